"""A small judge of claims, for tests of what is done with its verdicts: it looks words and numbers up."""

import re

from rag.verify.claims import ClaimVerdict

STOP = frozenset(
    "a about an and are at by for from had has in is it its of on or that the their they to was were with".split()
)


def _words(text):
    return {word[:5] for word in re.findall(r"\w+", text.lower()) if word not in STOP}


def check_words(pairs):
    """Quoted if the evidence holds the claim; supported if it has all its words; weak if it has most."""
    return [_verdict(claim, " ".join(evidence)) for claim, evidence in pairs]


def _verdict(claim, evidence):
    if claim in evidence:
        return ClaimVerdict("quoted", 1.0)
    words = _words(claim)
    share = len(words & _words(evidence)) / len(words) if words else 0.0
    numbers_hold = set(re.findall(r"\d+", claim)) <= set(re.findall(r"\d+", evidence))
    if share == 1.0:
        return ClaimVerdict("supported", share)
    return ClaimVerdict("weak" if share >= 0.8 and numbers_hold else "unsupported", share, ("a word is missing",))
