"""A double of `rag.verify.claims.check_claims` that needs no model: a claim is supported if its words are there."""

import re

from rag.verify.claims import ClaimVerdict


def check_words(pairs, *, model=None):
    """`quoted` if the claim stands in a text, `supported` if all its words do in some; else what is missing is told."""
    return [_check(claim, evidence) for claim, evidence in pairs]


def _check(claim, evidence):
    if any(" ".join(claim.split()) in " ".join(text.split()) for text in evidence):
        return ClaimVerdict("quoted", 1.0)
    words, there = _words(claim), _words(" ".join(evidence))
    missing = sorted(words - there)
    score = 1 - len(missing) / max(1, len(words))
    if not missing:
        return ClaimVerdict("supported", score)
    return ClaimVerdict("weak" if score >= 0.8 else "unsupported", score, (f"missing: {', '.join(missing)}",))


def _words(text):
    return set(re.findall(r"\w+", text.lower()))
