"""Where the section stands that a question names by its number."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from index.types import IndexedDocument, Passage
from rag.ask.sections import ROMAN, Section
from rag.read.sentences import before_on_line, heading_level, sentences_within
from rag.words import one_of

MOST = 80  #: sentences of a section whose end nothing tells
LONGEST_TITLE = 8  #: words, with its number, of a line in a table of contents
LETTERS = 1_000  #: more than any number is
_NUMBER = r"(?P<number>\d{1,3}(?:\.\d{1,3})*[A-Z]?|[IVX]{1,5}|[A-Z])"
#: Where another part begins, whatever a section's own is called.
_ANNEX = re.compile(r"[\s#*_]*(?:appendix|annex|schedule|exhibit)\s+(?:\d{1,2}|[IVX]{1,4}|[A-Z])(?!\w)", re.I)

Number = tuple[int, ...]


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

    @property
    def says_something(self) -> bool:
        """Whether it is more than a line in a table of contents."""
        sentences = self.document.sentences[self.first : self.last]
        return any(
            not one.heading and (number or _is_said(self.document.said(one))) for number, one in enumerate(sentences)
        )


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that begins with a number, as sections do."""

    position: int
    number: Number
    named: bool  #: whether it says “Section” or the like
    heading: bool
    level: int  #: that of a heading in Markdown; 0 for any other line


def find_section(section: Section, documents: Iterable[IndexedDocument]) -> Stretch | None:
    """The section in the first of the documents that has it; None if one before it names it, and has it not."""
    for document in documents:
        if stretch := section_of(section, document):
            return stretch
        if section.is_named_in(document.text):
            return None  # as “chapter 11” of bankruptcy
    return None


def section_of(section: Section, document: IndexedDocument) -> Stretch | None:
    """The section of a document; a table of contents names it, too, but says nothing.

    Where sections are called so, a number alone is one of their paragraphs; where they are headings, it is an item.
    """
    asked = _counted(section.number)
    lines = list(_numbered(section, document))
    begins = [line for line in lines if line.number == asked]
    for chosen in (
        [line for line in begins if line.named and line.heading],
        [line for line in begins if line.named],
        [line for line in begins if line.heading],
        [] if any(line.named for line in begins) else begins,
    ):
        stretches = (Stretch(document, line.position, _end(line, lines, document)) for line in chosen)
        if found := next((one for one in stretches if one.says_something), None):
            return found
    return None


def _numbered(section: Section, document: IndexedDocument) -> Iterator[_Line]:
    """The lines of a document that begin like sections of a kind."""
    called = rf"(?P<called>(?i:{one_of(map(re.escape, section.names))})\.?\s*)"
    begins = re.compile(rf"[\s#>*_(\[-]*{called}?{_NUMBER}(?![\w%]|[.,]\d)(?P<mark>\s?[.):–—-]|\t)?(?P<rest>\s*\S?)")
    for position, sentence in enumerate(document.sentences):
        line = before_on_line(document, position)
        before = line if len(line) < 8 and not any(map(str.isalpha, line)) else ""
        found = begins.match(before + document.said(sentence))
        number = _counted(found["number"]) if found else ()
        if not found or not number:
            continue
        named = bool(found["called"])
        said = document.said(sentence)
        sure = found["mark"] or sentence.heading or not found["rest"].strip() or said.isupper()
        if not sure and found["rest"].strip().islower():
            continue  # as in “Section 2 does not apply”, “4.2 tonnes were sold”
        if named or (section.may_stand_alone and (sure or len(number) > 1)):  # not in “4 People came”
            yield _Line(position, number, named, sentence.heading, heading_level(document, position))


def _counted(number: str) -> Number:
    """A number as it counts: “IV” as 4, “4A” between 4 and 5, letters apart from numbers; nothing for none."""
    if number in ROMAN:
        return (ROMAN.index(number) + 1,)
    if number.isalpha():
        return (LETTERS + ord(number),) if len(number) == 1 else ()
    letter = number[-1] if number[-1].isalpha() else ""
    parts = tuple(map(int, number.removesuffix(letter).split(".")))
    return (*parts, 0, ord(letter)) if letter else parts


def _end(line: _Line, lines: list[_Line], document: IndexedDocument) -> int:
    """The position at which a section ends that begins with a line."""
    most = min(len(document.sentences), line.position + MOST)
    after = (one for one in lines if one.position > line.position and one.named == line.named)
    ends = [one.position for one in after if (one.heading or not line.heading) and _follows(one, line)]
    for position in range(line.position + 1, min([most, *ends])):
        sentence, said = document.sentences[position], document.line(position)
        level = heading_level(document, position)
        of_lines = not line.heading and (level > 0 or not line.named)  # no heading stands within a paragraph
        if sentence.heading and (_ANNEX.match(said) or of_lines or 0 < level <= line.level):
            return position
    return min([most, *ends])


def _follows(one: _Line, line: _Line) -> bool:
    """Whether a line begins what comes after a section: its number is higher, and none within it."""
    deeper = one.number[len(line.number) :]
    within = one.number[: len(line.number)] == line.number and deeper[:1] != (0,)  # “4A” is not within 4
    return not within and (line.named or one.number > line.number)


def _is_said(text: str) -> bool:
    """Whether a line is a sentence, if only by its length, and no line of a table of contents."""
    ended = re.search(r"[^.\s]{2}[.!?;:][\"'”’)\]]*\s*\Z", text)
    return bool(ended) or (len(text.split()) > LONGEST_TITLE and not text.rstrip()[-1].isdigit())
