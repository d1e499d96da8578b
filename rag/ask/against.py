"""Questions that hold one thing against another: the same asked of each."""

import re

from rag.ask.reckoning import asks_to_reckon
from rag.words import AUXILIARIES, PREPOSITIONS, QUESTION_WORDS, one_of

MOST_WORDS = 6  #: of each of the things

_AGAINST = re.compile(r"[,(]? (?:vs\.?|versus|as against|as opposed to|(?P<loose>compared (?:to|with))) ", re.I)
#: What a thing begins after: a pause, or a preposition. Loose words hold what comes right after a pause only, as they
#: say other things, too: "fell compared with the year before".
_PAUSE = re.compile(r"(?:.*[:;,(–—]\s*|.*\s-\s+|\s*)", re.S)
_BEGINS = re.compile(rf"(?:.*(?:[:;,(–—]|\s-|\b{one_of(PREPOSITIONS)})\s+|\s*)", re.I | re.S)
_PAUSES = re.compile(r"\s*[:;,?!)–—]|\s-\s|\s*$")
_ENDS = re.compile(rf"{_PAUSES.pattern}|\s+{one_of(PREPOSITIONS)}\b", re.I)
_NO_THING = re.compile(
    rf"\b(?:{one_of(AUXILIARIES)}|{one_of(QUESTION_WORDS)}|others?|before|last|previous)\b|[()]"
    rf"|\b{one_of(PREPOSITIONS)}$",
    re.I,
)
#: Words for what is one thing of the two.
_TOGETHER = re.compile(
    r"\b(?:between|both|differ\w*|ratio|proportion|trade-?offs?|relation\w*|correlation|graph|chart|plot|match|game|final)\b",
    re.I,
)
_ONE = re.compile(r"\bones?$", re.I)
_OR = re.compile(r",? or ", re.I)
#: "In red, is the saw any dearer than the drill?"; what is behind a figure is none of the things: "two years older".
_THAN = re.compile(
    r"(?P<before>(?:.*[,:]\s)?(?:is|are|was|were)(?:n['’]t)?\s)(?P<one>\D+?)(?<!\sor)"
    r"(?P<more>(?:\s(?:any|even|much|far|a (?:bit|little|lot)))?\s(?:(?:more|less)(?:\s\w+)?|\w+er))"
    r"\sthan\s(?P<other>\D+?)(?P<end>[,;?!)].*|\W*)",
    re.I | re.S,
)
#: What no thing of the two begins or ends with: what points elsewhere, or what is asked of both.
_NOT_HELD = re.compile(
    r"^(?:it|there|this|that|these|those|they|he|she|we|i|you|mine|yours|ours|theirs|(?:any|every|no|some)(?:one|body|thing)?)\b"
    rf"|^{one_of(PREPOSITIONS)}\b|^an? (?:year|month|week|day|hour|minute)$|(?:ed|[ai]ble|paid)$",
    re.I,
)
_PREPOSITION = re.compile(rf"{one_of(PREPOSITIONS)}\s+", re.I)


def of_each(question: str) -> list[str]:
    """The questions that ask the same of two things held against each other; none where that cannot be told.

    "In type 1 as against type 2 diabetes" is of type 1 diabetes and of type 2 diabetes. What is worked out over rows is
    asked as a whole.
    """
    question = " ".join(question.split())
    found = list(_AGAINST.finditer(question))
    reckoning = asks_to_reckon(question)
    if len(found) != 1 or _TOGETHER.search(question) or (reckoning and reckoning.either):
        return []
    before, after = question[: found[0].start()], question[found[0].end() :]
    return _of_two(before, after, _PAUSE if found[0]["loose"] else _BEGINS, cases=True)


def of_either(question: str) -> list[str]:
    """The questions that ask the same of either of two things, one of which is more; none where that cannot be told.

    "Which is heavier, the saw or the drill?" is of the saw and of the drill, and so is "Is the saw heavier than the
    drill?".
    """
    question = " ".join(question.split())
    than = None if _OR.search(question) else _THAN.fullmatch(question)
    if than:
        one, other = than["one"], _ONE.sub(lambda _: than["one"].split()[-1], than["other"])
        if any(not _is_thing(thing) or _NOT_HELD.search(thing) for thing in (one, other)):
            return []
        return [f"{than['before']}{thing}{than['more']}{than['end']}" for thing in (one, other)]
    parted = [(question[: one.start()], question[one.end() :]) for one in _OR.finditer(question)]
    # "For the hall or for bed or board" is of two.
    parted = [one for one in parted if _PREPOSITION.match(one[1])] or parted
    return _either_of(*parted[0]) if len(parted) == 1 else []


def _either_of(before: str, after: str) -> list[str]:
    """The questions of what stands before "or" and of what stands after it."""
    if again := _PREPOSITION.match(after):  # "in the hall or in the garden"
        begins = _BEGINS.match(before)
        if not begins or not begins[0].lower().endswith(again[0].lower()):
            return []
        after = after[again.end() :]
    return _of_two(before, after, _BEGINS, cases=False)


def _of_two(before: str, after: str, begins: re.Pattern[str], *, cases: bool) -> list[str]:
    """The questions of two things, of which one ends what stands before, and the other begins what comes after.

    With `cases`, two names may be those of one, as of a lawsuit.
    """
    again = _first_word_again(before, after)
    found = begins.match(before)
    start = again if again >= 0 else found.end() if found else 0
    ends = (_PAUSES if again >= 0 else _ENDS).search(after)
    end = ends.start() if ends else len(after)
    one, other = before[start:], after[:end]
    if again < 0 and not any(map(str.isalnum, before[:start] + after[end:])):
        return []  # nothing tells what is asked of the second
    are_names = cases and again < 0 and one[0].isupper() and other[0].isupper() and start > 0
    if are_names or not (_is_thing(one) and _is_thing(other)):
        return []
    one, other = _in_full(one, other)
    return [f"{before[:start]}{thing}{after[end:]}" for thing in (one, other)]


def _first_word_again(before: str, after: str) -> int:
    """Where the word with which the second thing begins stands before, too, so that the first begins there; or -1."""
    first = re.match(r"[^\W\d_]{4,}", after)
    found = list(re.finditer(rf"\b{first[0]}\b", before, re.I)) if first else []
    return found[-1].start() if found else -1


def _is_thing(words: str) -> bool:
    return 0 < len(words.split()) <= MOST_WORDS and not _NO_THING.search(words)


def _in_full(one: str, other: str) -> tuple[str, str]:
    """Both with what they share: "type 1", "type 2 diabetes"; "the first dose", "the second one"."""
    first, second = one.split(), other.split()
    if first[0].lower() == second[0].lower() and len(first) < len(second):
        one = " ".join([*first, *second[len(first) :]])
    return one, _ONE.sub(lambda _: first[-1], other) if len(first) > 1 else other
