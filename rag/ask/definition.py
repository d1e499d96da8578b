"""Questions that ask what something is, or what letters stand for."""

import re
from dataclasses import dataclass

MOST_WORDS = 6  #: of what is asked about

_SUBJECT = r"(?P<article>(?:the|an?)\s+)?[\"“‘']?(?P<subject>\S.*?)[\"”’']?"
_ASKS = tuple(
    re.compile(rf"\W*(?:(?:and|so|but|please)\W+)?{pattern}(?:\s+exactly)?\W*", re.I | re.S)
    for pattern in (
        rf"what do(?:es)?\s+{_SUBJECT}\s+(?:(?P<spelt>stand for)|(?P<means>mean))",
        rf"what do(?:es)?\s+(?:the\s+)?\w+\s+(?P<means>mean)\s+(?:by|with)\s+{_SUBJECT}(?P<spelt>(?!))?",
        rf"what(?:[’']s|\s+(?:is|are))\s+{_SUBJECT}\s+(?P<spelt>short for)(?P<means>)?",
        r"(?:(?:what|who)(?:[’']s|\s+(?:exactly\s+)?(?:is|are|was|were))|define)\s+(?:exactly\s+)?"
        rf"(?:(?:meant by|(?:the )?(?:meaning|definition) of)\s+)?{_SUBJECT}(?P<spelt>(?!))?(?P<means>(?!))?",
    )
)
_NOTHING = frozenset("this that these those it he she they there here we you i going happening".split())


@dataclass(frozen=True, slots=True)
class Definition:
    """What is to be defined."""

    subject: str
    spelt: bool  #: whether it is asked what an abbreviation stands for


def asks_for_definition(question: str) -> Definition | None:
    """What a question asks the meaning of; None for any other question."""
    found = _asked(question)
    if not found:
        return None
    words = found["subject"].split()
    if len(words) > MOST_WORDS or not _NOTHING.isdisjoint(word.lower() for word in words):
        return None
    # The one that the documents speak of, or whoever holds an office, is not what such a thing is.
    of_some = (found["article"] or "").lower().startswith("the") or question.lower().lstrip().startswith("who")
    if of_some and not (found["means"] or words[0][:1].isupper()):
        return None
    letters = len(words) == 1 and words[0].isupper()
    return Definition(" ".join(words), bool(found["spelt"] or (found["means"] and letters)))


def what_is(question: str) -> str | None:
    """The words of which a question asks what that is, whatever they are; None for any other question."""
    found = _asked(question)
    return None if not found or found["spelt"] else found["subject"]


def _asked(question: str) -> re.Match[str] | None:
    return next((match for pattern in _ASKS if (match := pattern.fullmatch(question))), None)
