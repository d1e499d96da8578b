"""What a document is called, by what stands at its top."""

import re
from collections.abc import Sequence
from pathlib import PurePath

from index.files.extract import Extract
from index.files.front import front_matter
from index.files.lines import KEY
from index.files.structure import IMPRINT, heading_text, plain_heading, read_blocks
from index.files.tables.naming import kind_of, run_of_times
from index.types import Block

#: Three words or more on a line, without a link, and no sentence.
_TITLE = re.compile(r"\**[A-Z][^\s|<>\[\]]*(?: [^\s|<>\[\]]+){2,29}(?<![.!?:;,])\**")
MOST_OF_TIMES = 0.5  #: of the words of a title
_OF_ALL = re.compile(r"^# ", re.M)
_MARKS = re.compile(r"#+ ")
_OF_SECTION = re.compile(r"#{2,6} ")
#: What programs write where nobody has told a title or an author, and what names a part of every document.
_UNTOLD = re.compile(
    r"\W*(?:microsoft word - )?(?:untitled(?: (?:document|form|page|presentation|spreadsheet))?|(?:new )?document"
    r"|new page|anonymous|unknown|powerpoint presentation|unspecified|(?:table of )?contents)"
    r"(?:[ _(-]{0,2}\d{1,3})?\W*",
    re.I,
)
#: The number of the first of several sections, as in `1. General`, `1 Scope`, `A. Parties` or `Article I`.
_FIRST_NUMBER = re.compile(
    r"((?:article|chapter|clause|part|section)\s+|(?=1|[IA][.):]))(1|I|A)((?:\.0)?[.):]?)(?!\S)", re.I
)
_LATER = {"1": r"(?:[2-9]|\d{2})", "I": "(?:I{2,3}|I?V|VI{1,3}|I?X)", "A": "[B-Z]"}
_SUM = re.compile(r"\d[.,]\d\d$")
_BETWEEN_NAMES = re.compile(r"\s[|·•–—-]\s")  # of a page and its site


def is_told(said: str) -> bool:
    """Whether somebody wrote what a file says of itself, rather than the program that made it."""
    return not _UNTOLD.fullmatch(said)


def is_title(said: str) -> bool:
    """Whether this may be what a document is called: neither a sum of money, nor a day or those of a calendar."""
    is_day = said.isalpha() and kind_of(said) == "day"
    return is_told(said) and not _SUM.search(said) and not is_day and run_of_times(said.split()) <= MOST_OF_TIMES


def first_heading(extract: Extract, *, markdown: bool) -> str:
    """What a document is called whose file tells no title."""
    if not extract.blocks:
        title = find_title(extract.text, markdown=markdown)
    else:
        headings = [block for block in extract.blocks[: 2 if markdown else 1] if block.heading]
        first = _highest(extract.text, headings) if extract.blocks[0].heading else None
        title = heading_text(extract.text, first) if first else ""
    return title if is_title(title) and not _is_first_section(title, extract, markdown=markdown) else ""


def _is_first_section(heading: str, extract: Extract, *, markdown: bool) -> bool:
    """Whether a heading is that of a document's first section: one below counts on from it."""
    number = _FIRST_NUMBER.match(heading)
    if not number:
        return False
    word, first, end = (re.escape(part) for part in number.groups())
    later = re.compile(rf"{word}{_LATER[first.upper()]}{end}(?!\S)", re.I)
    # Blocks that the file told count from its beginning, those that are found from behind the front matter.
    front = len(front_matter(extract.text)) if markdown and not extract.blocks else 0
    text = extract.text[front:]
    headings = [block for block in extract.blocks or read_blocks(text, markdown=markdown) if block.heading]
    marks = _MARKS.match(text, headings[0].start) if headings else None
    named = (heading_text(text, one) for one in headings if not marks or text.startswith(marks[0], one.start))
    return any(map(later.match, named))


def find_title(text: str, *, markdown: bool) -> str:
    """The first heading, if the text begins with one, or in Markdown after a note or badge; else an empty string.

    A first line that stands like a title above headings of sections, as Word's often do, is one.
    """
    front = len(front_matter(text)) if markdown else 0
    # A heading is known by what follows it, so a few thousand characters are enough to see it.
    text = text[front:][:4000]
    top = read_blocks(text, markdown=markdown)
    headings = [block for block in top[: 2 if markdown else 1] if block.heading and heading_text(text, block)]
    if not headings:
        return ""
    marks = _OF_SECTION.match(text, headings[0].start)
    if markdown and headings[0] is not top[0] and marks:
        line = text[top[0].start : top[0].end]
        if _TITLE.fullmatch(line) and not IMPRINT.match(line) and not KEY.match(line):
            return plain_heading(line)
        if text.count(f"\n{marks[0]}") > 1:  # one section of several
            return ""
    return heading_text(text, _highest(text, headings))


def _highest(text: str, headings: Sequence[Block]) -> Block:
    """The first heading, unless it is one of Markdown's of a section, and the next one is of the whole."""
    first, *others = headings
    of_whole = [one for one in others if text.startswith("# ", one.start)]
    alone = len(_OF_ALL.findall(text)) == 1  # else these are sections, too
    return of_whole[0] if of_whole and alone and _OF_SECTION.match(text, first.start) else first


def page_title(named: str, heading: str) -> str:
    """What a page is called, by its title and its first heading.

    The heading alone may be one of many, or the name of the site, which a title has at its end.
    """
    if not is_told(named):
        return heading
    first, *others = (part.strip(" !.:") for part in _BETWEEN_NAMES.split(named))
    if not heading or (others and heading.casefold() == others[-1].casefold()):
        return named
    said, words = (set(re.findall(r"\w+", text.casefold())) for text in (heading, first))
    if words <= said or _says(named, heading):
        return heading
    return f"{first}: {heading}"


def _says(text: str, words: str) -> bool:
    """Whether a text has some words."""
    return bool(re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.I))


def words_of_file(path: PurePath) -> str:
    """The words of a file's name, which is what it is called where nothing in it tells."""
    return " ".join(path.stem.replace("_", " ").replace("-", " ").split())
