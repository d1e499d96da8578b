"""Requests to be told of something, without a question: “Tell me about drones”, “facts about Huawei”, “drones”."""

import re
from collections.abc import Sequence

from rag.ask.query import Kind
from rag.words import (
    ARTICLES,
    AUXILIARIES,
    FUNCTION_WORDS,
    NUMBERS,
    PREPOSITIONS,
    QUESTION_WORDS,
    WORD,
    content,
    one_of,
)

MOST_KEYWORDS = 3

_TOPIC = r"(?:about|on|of|regarding|concerning)\s+(?P<topic>[^?.!]+?)(?:,? please)?\W*"
_POLITE = r"\W*(?:(?:please|and|so|but|can you|could you|would you|i (?:want|would like) (?:you )?to)\W+)*"
# What goes before facts and notes of any kind; “the flash point of” and “contact details of” ask for one thing.
_SOME = one_of(
    "a additional all any background basic few full further general important interesting key main more other short"
    " some the useful".split()
    + NUMBERS
)
_KINDS = r"(?:facts?|points|details?|notes?|quotes?|quotations?|passages?|sentences?|information|info)"
_NOTES = rf"(?:(?:(?:\d+|{_SOME})\s+){{0,2}}{_KINDS}|(?:the\s+)?(?:key|main)\s+point|something|anything|everything)"
_TOLD = re.compile(
    _POLITE + rf"(?:tell (?:me|us)(?: more| a bit| a little| something| everything| anything| all)?(?: there is)?"
    rf"|(?:(?:give|show|list|get|find)(?: me| us)? )?{_NOTES}"
    r"|(?:give (?:me|us) )?an? (?:\w+ )?(?:overview|summary)"
    r"|(?:summari[sz]e|sum up) what (?:[^?]{1,40} )?(?:says?|tells?(?: us)?|is said)"
    rf"|what do (?:i|we|you) know) {_TOPIC}",
    re.I,
)
_SAID = re.compile(
    _POLITE + r"(?:what (?:do|does|did) [^?]{1,60}? (?:say|tell (?:us|me)|mention|state|report)"
    r"|what(?:[’']s| is) in [^?]{1,40}?"
    rf"|what (?:is|was|are) (?:said|told|written|known|mentioned|reported|stated)) {_TOPIC}",
    re.I,
)
# What points at documents, or at what was said, and is no topic.
_NOTHING = content(
    "it this that them these those me you us document documents file files essay article text paper report "
    "everything anything something yes no ok okay thanks please help more next again hello hi stop continue go"
)
# Words that ask to be told, and such as go with them; what is left of a request without them is its topic.
_ASKING = frozenset(
    "anything bits brief briefly bring comments compile details everything facts find get give have info information "
    "interested know known list mention mentioned mentions note notes overview please points pull quotes read recap "
    "remarks said say says show something speak speaks sum summarise summarize summary talk talks tell tells told "
    "whatever written".split()
)
_BESIDE = FUNCTION_WORDS - QUESTION_WORDS | frozenset(
    "article bit collect collected doc docs document documents essay file files got hear here just kindly let "
    "like look lot love me much need paper papers part parts quick quickly regarding concerning report reports "
    "see short shortly source sources text texts together up us want what".split()
)
# What asks for one thing, or whether it is so.
_OTHER_QUESTION = re.compile(
    r"\A\W*(?:what(?:[’']s|\s+(?:is|are|was|were))\s+(?!(?:there|said|told|written|known|mentioned|reported)\b)"
    rf"|(?!(?:is|are) there\b|do (?:we|you|i) have\b|(?:can|could|would) you\b){one_of(AUXILIARIES)}\b)"
    r"|\b(?:should|must|may|might|shall|(?:have|has|had|needs?|needed) to)\b"
    r"|\b(?:how|where|which|when|who|whose|whom|why)\b"
    r"|\bwhat (?!(?:do|does|did|have|has|is|are|was|were|i|we|you|they|there|it|the|my|our|your)\b)",
    re.I,
)
_JOINING = ARTICLES | PREPOSITIONS | {"and", "or"}
MOST_WORDS = 4  #: of a topic


def asks_to_be_told(question: str) -> tuple[Kind, str] | None:
    """What a question asks to be told of, and how; None for any other question.

    It is a `topic` if any sentence that speaks of it will do, and `said` if one may be asked for that says just that.
    """
    kind: Kind = "topic"
    found = _TOLD.fullmatch(question)
    if not found:
        found, kind = _SAID.fullmatch(question), "said"
    if found:
        topic = found["topic"].strip(" \"'“”‘’")
        return (kind, topic) if content(topic) - _NOTHING else None
    words = [word.lower() for word in WORD.findall(question)]
    if len(words) == 1 and "?" not in question and not {*words} & (_BESIDE | _ASKING) and content(question) - _NOTHING:
        return "topic", question.strip(" .,;:!\"'“”‘’")
    return _framed(question, words)


def _framed(question: str, words: Sequence[str]) -> tuple[Kind, str] | None:
    """The topic of what is no question by its words: what is left of it, in one piece, without those that ask."""
    topic = [found for found in WORD.finditer(question) if found.group().lower() not in _ASKING | _BESIDE]
    keywords = len(topic) == len(words) <= MOST_KEYWORDS and "?" not in question
    asking = not _ASKING.isdisjoint(words) and not _OTHER_QUESTION.search(question)
    if not (keywords or asking) or not 0 < len(topic) <= MOST_WORDS:
        return None
    said = question[topic[0].start() : topic[-1].end()]
    between = {word.lower() for word in WORD.findall(said)} - {found.group().lower() for found in topic}
    return ("said", said) if between <= _JOINING and content(said) - _NOTHING else None
