"""How far a short answer agrees with a reference, by the measures of SQuAD (Rajpurkar et al., 2016)."""

import re
from collections import Counter

_ARTICLES = frozenset(("a", "an", "the"))


def normalise(text: str) -> tuple[str, ...]:
    """The words of a text in lower case, without punctuation and articles."""
    return tuple(word for word in re.sub(r"[^\w\s]", "", text.lower()).split() if word not in _ARTICLES)


def exact_match(answer: str, reference: str) -> bool:
    """Whether both are the same words."""
    return normalise(answer) == normalise(reference)


def token_f1(answer: str, reference: str) -> float:
    """The harmonic mean of precision and recall of the words, 0 to 1."""
    given, wanted = normalise(answer), normalise(reference)
    if not given or not wanted:
        return float(given == wanted)
    shared = sum((Counter(given) & Counter(wanted)).values())
    return 2 * shared / (len(given) + len(wanted))


def holds(text: str, reference: str) -> bool:
    """Whether a text has the reference's words in a row."""
    return bool(normalise(reference)) and f" {' '.join(normalise(reference))} " in f" {' '.join(normalise(text))} "
