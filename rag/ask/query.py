"""What a question is understood as."""

from dataclasses import dataclass, replace
from typing import Literal

from index.types import IndexedDocument
from rag.ask.dates import OR
from rag.ask.reckoning import Reckoning
from rag.ask.sections import Section

Turn = tuple[str, str]  #: an earlier question and the text of its answer

Kind = Literal[
    "open",  #: what one sentence answers, or several
    "two",  #: two things at once, or one beside the other
    "reason",
    "way",  #: how something is done
    "yes or no",
    "title",  #: what a title names
    "section",  #: what a section says
    "topic",  #: something that is to be told of
    "said",  #: what is said about something, which one sentence may answer
    "whole",  #: what documents are about
    "conclusion",  #: what they come to
    "mentions",  #: which of them mention something
    "author",  #: who made them
    "date",  #: when they were made
    "small talk",  #: nothing that a document answers
]

WHOLE: tuple[Kind, ...] = ("whole", "conclusion")
BY_LINE: tuple[Kind, ...] = ("author", "date")


@dataclass(frozen=True, slots=True)
class Query:
    """A question, understood once: what follows goes by this, and by the words for what a row or passage must name."""

    question: str  #: in full, where it was cut short
    text: str  #: what is searched: the question, with what it leans on
    kind: Kind = "open"
    subject: str = ""  #: what is to be told of, what a title names, what is mentioned, or what a section is of
    documents: tuple[IndexedDocument, ...] = ()  #: those that are asked about themselves
    itself: bool = False  #: whether it points at them, so that nothing they tell of can be meant
    described: bool = False  #: whether it describes them, so that something they tell of may be meant instead
    section: Section | None = None  #: that it names by its number
    leans_on: str = ""  #: the question before, where it leans on that only in being short, and may stand alone
    reply: str = ""  #: to small talk
    reckoning: Reckoning | None = None  #: what is to be worked out over rows, where it sounds so
    either: tuple[str, ...] = ()  #: the questions of either of two things, where it asks which of them is more
    both_ways: tuple[str, str] | None = None  #: its date as it was asked for, and as some documents write it
    parts: tuple["Query", ...] = ()  #: the questions that it consists of, where it asks for several things

    @property
    def searched(self) -> str:
        """The text with its date in both ways in which the documents write it, if they do both."""
        return self.text.replace(self.both_ways[0], OR.join(self.both_ways), 1) if self.both_ways else self.text

    def written(self, both_ways: tuple[str, str] | None) -> "Query":
        """The question, and its parts, with how the documents write its date."""
        return replace(self, both_ways=both_ways, parts=tuple(one.written(both_ways) for one in self.parts))

    @property
    def is_of_two(self) -> bool:
        """Whether one sentence may be but half of an answer."""
        return self.kind == "two" or bool(self.reckoning and self.reckoning.either)

    @property
    def is_whole(self) -> bool:
        """Whether documents as a whole are asked about, so that any sentence may be to the point."""
        return self.kind in WHOLE
