"""Requests to be told of something, without a question: “Tell me about drones”, “facts about Huawei”, “drones”."""

import re

from rag.ask.query import Kind
from rag.words import FUNCTION_WORDS, WORD, content

MOST_KEYWORDS = 3

_TOPIC = r"(?:about|on|of|regarding|concerning)\s+(?P<topic>[^?.!]+?)(?:,? please)?\W*"
_POLITE = r"\W*(?:(?:please|and|so|but|can you|could you|would you|i (?:want|would like) (?:you )?to)\W+)*"
_NOTES = (
    r"(?:(?:\w+\s+){0,2}(?:facts?|points?|details?|notes?|quotes?|quotations?|passages?|sentences?|information|info)"
    r"|something|anything|everything)"
)
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
    rf"|what (?:is|was|are) (?:said|told|written|known|mentioned|reported|stated)) {_TOPIC}",
    re.I,
)
# What points at documents, or at what was said, and is no topic.
_NOTHING = content(
    "it this that them these those me you us document documents file files essay article text paper report "
    "everything anything something yes no ok okay thanks please help more next again hello hi stop continue go"
)


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
    words = WORD.findall(question)
    alone = 0 < len(words) <= MOST_KEYWORDS and re.fullmatch(r"\W{0,2}[^?!]+?\W{0,2}", question) and "?" not in question
    if alone and FUNCTION_WORDS.isdisjoint(word.lower() for word in words) and content(question) - _NOTHING:
        return ("topic" if len(words) == 1 else "said"), " ".join(words)
    return None
