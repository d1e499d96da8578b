"""Facts of a claim that can be looked up in its evidence: numbers, names, negations, and words with an opposite."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from index.passages import sentence_spans
from rag.verify.alignment import changed_blocks, likeliest
from rag.verify.names import is_same_name, names_missing
from rag.verify.numbers import numbers_missing, values
from rag.verify.tokens import Token, surface, tokenise
from rag.verify.words import NEGATIONS, OPPOSITES, QUANTIFIERS, UNITS
from rag.words import ARTICLES, DAYS, FUNCTION_WORDS, MONTHS, NUMBERS, ORDINALS, PREPOSITIONS, stem

Kind = Literal["number", "name", "negation", "contrast", "exchange"]

ALIKE = 0.5  #: share of a claim's words that it must have in a row with the evidence, for their order to tell
SCOPE = 4  #: words after a negation that it may deny

_MOVABLE = PREPOSITIONS - set("about into out over to up".split())  #: what they begin may stand anywhere in a sentence
_CALENDAR = frozenset(word.lower() for word in (*MONTHS, *DAYS))
_AMBIGUOUS = ("march", "may")
_CONTRASTS: dict[str, set[str]] = {}
for _pairs in (OPPOSITES, QUANTIFIERS, UNITS):
    for _one, _other in _pairs:
        _CONTRASTS.setdefault(_one, set()).add(_other)
        _CONTRASTS.setdefault(_other, set()).add(_one)


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A fact of a claim that its evidence lacks or contradicts."""

    kind: Kind
    token: str  #: as the claim has it

    def __str__(self) -> str:
        return {
            "number": f"the evidence does not give the number “{self.token}”",
            "name": f"the evidence does not name “{self.token}”",
            "negation": f"the evidence and the claim do not deny the same: “{self.token}”",
            "contrast": f"the evidence says the opposite of “{self.token}”",
            "exchange": f"where the claim has “{self.token}”, the evidence has another",
        }[self.kind]


def mismatches(claim: str, evidence: str) -> list[Mismatch]:
    """The facts of a claim that its evidence does not bear out, as far as code can tell."""
    return [
        *(Mismatch("number", token) for token in numbers_missing(claim, evidence)),
        *(Mismatch("name", token) for token in names_missing(claim, evidence)),
        *(Mismatch("negation", token) for token in _denied_otherwise(claim, evidence)),
        *(Mismatch("contrast", token) for token in _contradicted(claim, evidence)),
        *(Mismatch("exchange", token) for token in _exchanged(claim, evidence)),
    ]


def overlap(claim: str, evidence: str) -> float:
    """The share of the claim's words that the evidence has too, by stem, 0 to 1."""
    words = content(claim)
    there = set(content(evidence))
    return sum(word in there for word in words) / len(words) if words else 0.0


def pair_overlap(claim: str, evidence: str) -> float:
    """The share of the claim's pairs of neighbouring words that the evidence has in the same order."""
    ours, theirs = content(claim), content(evidence)
    pairs = list(pairwise(ours))
    there = set(pairwise(theirs))
    return sum(pair in there for pair in pairs) / len(pairs) if pairs else overlap(claim, evidence)


def answer_overlap(claim: str, evidence: str) -> float:
    """Of a claim that is a question with its answer: how far both are in the same place of the evidence.

    The share of the question's words that a sentence has, times that of the answer's in it and its neighbours, for the
    sentence where that is most; 1 for a claim of another form.
    """
    question, _, answer = claim.rpartition("?")
    asked, given = set(content(question)), content(answer)
    if not asked or not given:
        return 1.0
    sentences = [set(content(evidence[start:end])) for start, end in sentence_spans(evidence)]
    best = 0.0
    for place, here in enumerate(sentences):
        around = set[str]().union(*sentences[max(0, place - 1) : place + 2])
        found = sum(word in around for word in given) / len(given)
        best = max(best, found * len(asked & here) / len(asked))
    return best


@lru_cache(maxsize=512)
def content(text: str) -> tuple[str, ...]:
    """The stems of a text's words, those left out that say nothing alone."""
    return tuple(stem(token.key) for token in tokenise(text) if token.key not in FUNCTION_WORDS)


def _is_negation(key: str) -> bool:
    return key in NEGATIONS or key.endswith("n't")


def _denied_and_not(text: str) -> tuple[set[str], set[str]]:
    """The stems of the words that a negation stands before, and of those that stand somewhere without one."""
    tokens = tokenise(text)
    denied, plain = set[str](), set[str]()
    for position, token in enumerate(tokens):
        if token.key not in FUNCTION_WORDS:
            before = tokens[max(0, position - SCOPE) : position]
            (denied if any(_is_negation(one.key) for one in before) else plain).add(stem(token.key))
    return denied, plain


def _denied_otherwise(claim: str, evidence: str) -> list[str]:
    (ours, plain), (theirs, plain_there) = _denied_and_not(claim), _denied_and_not(evidence)
    return sorted(((ours & plain_there) - theirs) | ((theirs & plain) - ours - plain_there))


def _contradicted(claim: str, evidence: str) -> list[str]:
    ours, theirs = ({token.key for token in tokenise(text)} for text in (claim, evidence))
    times, times_there = _months_and_days(claim), _months_and_days(evidence)
    found = sorted(times - theirs) if times_there else []
    for word in sorted(ours & _CONTRASTS.keys()):
        if word not in theirs and theirs & _CONTRASTS[word] and not ours & _CONTRASTS[word] & theirs:
            found.append(word)
    bounds_there = _bounds(evidence)
    for bound, figure in sorted(_bounds(claim)):
        told = any(part in found for part in bound.split())  # "more than" says no more than "more" does
        opposed = any((other, figure) in bounds_there for other in _CONTRASTS.get(bound, ()))
        if opposed and not told and (bound, figure) not in bounds_there:
            found.append(bound)
    return found


def _bounds(text: str) -> set[tuple[str, str]]:
    """Any two words before a figure, and it: "at least 50" contradicts "up to 50", not "up to you" nor "up to 60"."""
    words = [token.key for token in tokenise(text)]
    threes = zip(words, words[1:], words[2:], strict=False)
    return {(f"{one} {two}", after) for one, two, after in threes if not after.isalpha() or after in NUMBERS}


def _months_and_days(text: str) -> set[str]:
    """The months and days of the week that a text names; "may" and "march" are other words more often than not."""
    tokens = tokenise(text)
    found = set()
    for position, token in enumerate(tokens):
        beside = tokens[max(0, position - 1) : position] + tokens[position + 1 : position + 2]
        is_date = any(one.key[0].isdigit() for one in beside) or any(one.key in PREPOSITIONS for one in beside[:1])
        if surface(text, token)[0].isupper() and token.key in _CALENDAR and (token.key not in _AMBIGUOUS or is_date):
            found.add(token.key)
    return found


def _exchanged(claim: str, evidence: str) -> list[str]:
    """Names and numbers that stand where the evidence, otherwise in the same words, has others."""
    ours = [token for token in tokenise(claim) if token.key not in FUNCTION_WORDS]
    theirs = [token for token in tokenise(evidence) if token.key not in FUNCTION_WORDS]
    wanted, there = ([stem(token.key) for token in tokens] for tokens in (ours, theirs))
    window = likeliest(wanted, there)
    if window is None:
        return []
    first, last = window
    blocks = changed_blocks(wanted, there[first:last])
    if len(wanted) - sum(len(wanted[block]) for block, _ in blocks) < ALIKE * len(wanted):
        return []
    stretch = theirs[first:last]
    numbers = values(evidence)

    def is_there(word: str) -> bool:
        return all(value in numbers for value in values(word))  # else it was looked for already

    found: list[str] = []
    for block, other in blocks:
        said = [surface(claim, token) for token in ours[block] if _is_particular(claim, token)]
        stood = [surface(evidence, token) for token in stretch[other] if _is_particular(evidence, token)]
        if said and stood:
            found.extend(word for word in said if is_there(word) and not any(_same(word, other) for other in stood))
    return found + _moved_alone(claim, [ours[b] for b, _ in blocks], evidence, [stretch[b] for _, b in blocks])


def _same(one: str, other: str) -> bool:
    return is_same_name(one, other) or bool(values(one) and values(one) == values(other))


def _moved_alone(
    claim: str, ours: Sequence[Sequence[Token]], evidence: str, theirs: Sequence[Sequence[Token]]
) -> list[str]:
    """Names that changed places where nothing else did; "in May" may stand anywhere, and a passive has "by"."""
    here = {stem(token.key): token for block in ours for token in block}
    there = {stem(token.key): token for block in theirs for token in block}
    moved = here.keys() & there.keys()
    if not all(_is_particular(claim, here[word]) for word in moved):
        return []
    found = []
    for word in moved:
        before, after = (_word_before(*one) for one in ((claim, here[word]), (evidence, there[word])))
        movable = before in _MOVABLE and after in _MOVABLE
        if not movable and "by" not in (before, after):
            found.append(surface(claim, here[word]))
    return found


def _word_before(text: str, token: Token) -> str:
    """The word before a name's, its article and other capitals left out."""
    for word in reversed(re.findall(r"[\w'’]+", text[: token.start])):
        if not word[0].isupper() and word not in ARTICLES:
            return str(word)
    return ""


def _is_particular(text: str, token: Token) -> bool:
    written = surface(text, token)
    return written[0].isupper() or written[0].isdigit() or token.key in NUMBERS or token.key in ORDINALS
