"""Where the section stands that a question names by its number."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from index.types import IndexedDocument, Passage
from rag.ask.sections import Section
from rag.read.sentences import sentences_within

MOST = 80  #: sentences of a section whose end nothing tells


@dataclass(frozen=True, slots=True)
class Stretch:
    """The sentences and headings of a section: half-open positions, its own heading the first if it has one."""

    document: IndexedDocument
    first: int
    last: int

    @property
    def passages(self) -> list[Passage]:
        """The passages that it reaches into, what others say cut off."""
        start, end = self.document.sentences[self.first].start, self.document.sentences[self.last - 1].end
        return [
            replace(one, start=low, end=high, text=self.document.text[low:high])
            for one in self.document.passages
            if (low := max(start, one.start)) < (high := min(end, one.end))
            and any(sentences_within(replace(one, start=low, end=high), self.document))
        ]


def find_section(section: Section, documents: Iterable[IndexedDocument]) -> Stretch | None:
    """The section in the first of the documents that has it; a table of contents names it, too, but says nothing."""
    for document in documents:
        places = range(len(document.sentences))
        begins = [one for one in places if section.is_of(document.line(one), heading=document.sentences[one].heading)]
        found = [Stretch(document, one, _end(section, document, one)) for one in begins]
        if told := max(found, key=_length, default=None):
            return told
    return None


def _end(section: Section, document: IndexedDocument, first: int) -> int:
    """The position at which a section ends that begins at `first`."""
    level = _level(document, first)
    for position in range(first + 1, min(len(document.sentences), first + MOST)):
        heading = document.sentences[position].heading
        above = heading and 0 < _level(document, position) <= level
        if above or section.ends_before(document.line(position), heading=heading):
            return position
    return min(len(document.sentences), first + MOST)


def _level(document: IndexedDocument, position: int) -> int:
    """That of a heading in Markdown; 0 for any other line."""
    line = document.line(position)
    return len(line) - len(line.lstrip("#"))


def _length(stretch: Stretch) -> int:
    """In characters, what it says below its first line."""
    sentences = stretch.document.sentences
    return sentences[stretch.last - 1].end - sentences[stretch.first].end
