"""Questions that ask for several things: each of them asked by itself."""

import re

from index.embedding import Embedder
from rag.ask.against import of_each
from rag.ask.conversation import contextualise
from rag.ask.kinds import PREPOSITION, WH, is_yes_or_no
from rag.ask.query import Query
from rag.words import AUXILIARIES, PREPOSITIONS, one_of

MOST = 3  #: parts
MOST_ASKING = 3  #: words of "in which town"
MOST_WORDS = 6  #: of the other thing, of which the same is asked

_AUXILIARY = rf"{one_of(AUXILIARIES)}\b"
_SUBJECT = r"(?:(?:i|you|he|she|it|we|they|there|the|an?|my|our|your|this|that)\b|(?-i:[A-Z]))"
_QUESTIONS = re.compile(r"(?<=\?)\s+(?=\S)")
_AND = re.compile(rf",?\s+and\s+(?:also\s+)?(?={PREPOSITION}{WH}|{_AUXILIARY}\s+{_SUBJECT})", re.I)
_ASKS = re.compile(rf"\b{WH}", re.I)
_VERB = re.compile(rf"(?:^|\s)(?={_AUXILIARY})", re.I)
_WORD_ALONE = re.compile(r"when|where|why|how|(?:at|by|for|from|in|of|on|since|to|until|with) \w+", re.I)
_WHO_DOES = re.compile(rf"who(?! {one_of(PREPOSITIONS)}\b) \w", re.I)  # "who paid for it"
# "in the flap operation and in the deep closure operation?", "in March and which in April?"
_BOTH = re.compile(
    r"(?P<rest>.*\s)(?P<one>(?P<word>about|at|by|for|from|in|on|to|under|with)\s(?:(?!\band\b).)+?),?"
    rf"\s+and\s+(?:(?P<again>{WH}(?:\s+\w+)?)\s+)?(?P<other>(?P=word)\s(?P<thing>[^,;]+?))(?P<end>\W*)",
    re.I | re.S,
)
_ONE_OF_ALL = re.compile(r"\W*(?:who|whose|whom|which)\b", re.I)  # "Which is sold in Germany and in France?"
_TOGETHER = re.compile(r"\b(?:between|both|compared?|differ\w*)\b", re.I)
_IT = re.compile(r"\bit\b", re.I)
# What "it" stands for ends the question before where no verb does, as in "Who signed the lease?"
_THING = re.compile(
    rf"(?P<within>\b{one_of(PREPOSITIONS)} )?"
    r"\b(?P<thing>(?:the|this|an?|my|our|your) [\w’'-]+(?: [\w’'-]+){0,4})(?<!ed)\W*$",
    re.I,
)
_DOES = re.compile(rf"\b(?!(?:is|are|was|were)\b){_AUXILIARY}", re.I)


def parts_of(query: Query, embedder: Embedder) -> tuple[Query, ...]:
    """The questions that one consists of, each as it would be asked alone; none where it asks for one thing only."""
    question, carried = query.question.strip(), query.text.removeprefix(query.question)
    if complete := _of_both(question) or of_each(question) or _asked_in_two_ways(question):
        parts = [Query(part, part) for part in complete]
    else:
        asked = [part for part in _QUESTIONS.split(question) if part.endswith("?")]
        asked = asked if len(asked) > 1 else _joined_by_and(question)
        if not 2 <= len(asked) <= MOST:
            return ()
        first, *rest = asked
        thing = None if _DOES.search(first) else _THING.search(first)
        if thing and not thing["within"]:
            rest = [_IT.sub(lambda _: thing["thing"], part, count=1) for part in rest]
        parts = [Query(first, first), *(contextualise(part, [(first, "")], embedder) for part in rest)]
    return tuple(Query(part.question, f"{part.text}{carried}") for part in parts)


def _of_both(question: str) -> list[str]:
    """The same asked of two things."""
    both = None if _TOGETHER.search(question) else _BOTH.fullmatch(question)
    if not both or not (_ASKS.search(both["rest"]) or is_yes_or_no(question)):
        return []
    thing, again = both["thing"], both["again"]
    # Not "in March and why in April?"
    same = again.lower() in both["rest"].lower() if again else not _ONE_OF_ALL.match(question)
    goes_on = re.search(rf"\b{both['word']}\b|\b{WH}|\b{_AUXILIARY}|ed$", thing, re.I)
    if not same or goes_on or len(thing.split()) > MOST_WORDS:
        return []
    return [f"{both['rest']}{both[name]}{both['end']}" for name in ("one", "other")]


def _asked_in_two_ways(question: str) -> list[str]:
    """Two things asked of the same: "When and where is the hearing?", "How wide and how deep are the trays?"."""
    first, *others = _AND.split(question)
    verb = _VERB.search(others[0]) if len(others) == 1 else None
    if not verb:
        return []
    asking, rest = others[0][: verb.start()], others[0][verb.start() :].strip()
    alike = 1 < len(first.split()) == len(asking.split()) <= MOST_ASKING
    return [f"{first} {rest}", others[0]] if alike or _WORD_ALONE.fullmatch(first) else []


def _joined_by_and(question: str) -> list[str]:
    first, *further = _AND.split(question)
    if _TOGETHER.search(question) or not (_ASKS.search(first) or is_yes_or_no(first)):
        return []
    if len(first.split()) == 1 or not all(_VERB.search(one) or _WHO_DOES.match(one) for one in further):
        return []  # "Who and what …?", "… and how much?", "… and who at the other?"
    return [*(f"{part}?" for part in (first, *further[:-1])), *further[-1:]]
