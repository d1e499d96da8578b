"""Headings of Word documents that are set off by hand: in larger letters, or bold, with no style that says so."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from index.files.word.numbers import BEGIN
from index.files.word.xml import W, ancestry, based_on, first_child, is_on

if TYPE_CHECKING:
    from lxml import etree

STYLE = "FootnoteHeading"  #: with a level behind it: the style that marked paragraphs get
MAP = "\n".join(f"p.{STYLE}{level} => h{level}:fresh" for level in range(1, 7))
LARGER = 1.15  #: than most of the text
MOST_WORDS = 12  #: of a heading
MOST_OF_QUESTION = 24  #: words of one that is a question
MOST_BOLD = 0.25  #: of the text, beyond which bold letters set nothing off
IN_A_ROW = 2  #: headings that follow each other; more are a list, an address or a title page
NUMBER = 5  #: characters of a number before a heading, behind which a tab may stand
PLAIN = 22.0  #: half points of letters where nothing tells, as Word itself takes them

_NO_HEAD = re.compile(r": |=|\w@\w")  #: a field, an equation or an address, however bold
_NO_END = tuple(".,;:!")


@dataclass(frozen=True, slots=True)
class _Look:
    """How letters look: their size in half points, and whether they are bold; None where that is not told."""

    size: float | None = None
    bold: bool | None = None

    def over(self, other: "_Look") -> "_Look":
        """This look, and the other's where this one tells nothing."""
        return _Look(
            other.size if self.size is None else self.size,
            other.bold if self.bold is None else self.bold,
        )


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph with what it says, and its letters' look if all look alike, or else that of the smallest."""

    element: "etree._Element"
    text: str
    size: float
    bold: bool
    styled: bool  #: whether a style or a list makes something of it already
    tabular: bool  #: whether tabs part it, but for a number at its beginning


def mark_headings(text: "etree._Element", styles: "etree._Element | None") -> bool:
    """Give paragraphs that look like headings a style that says so; whether there are any.

    Args:
        text: The root of `word/document.xml`, which is changed.
        styles: That of `word/styles.xml`.
    """
    looks = dict(_looks_of(styles)) if styles is not None else {}
    defaults = _defaults(styles) if styles is not None else _Look()
    runs = [[line for one in run if (line := _read(one, looks, defaults)).text] for run in _runs_of_paragraphs(text)]
    sizes, bold = Counter[float](), 0
    for line in chain.from_iterable(runs):
        sizes[line.size] += len(line.text)
        bold += len(line.text) * line.bold
    if not sizes:
        return False
    body = sizes.most_common(1)[0][0]
    by_weight = bold <= MOST_BOLD * sizes.total()
    marked = [line for run in runs for line in _heads_of(run, body, by_weight)]
    levels = sorted({line.size for line in marked}, reverse=True)
    for line in marked:
        _style(line.element, f"{STYLE}{min(2 + levels.index(line.size), 6)}")
    return bool(marked)


def _heads_of(lines: list[_Line], body: float, by_weight: bool) -> list[_Line]:
    heads = [_is_head(line, body, by_weight) for line in lines]
    return [line for number, line in enumerate(lines) if heads[number] and _heads_something(heads, number)]


def _is_head(line: _Line, body: float, by_weight: bool) -> bool:
    most = MOST_OF_QUESTION if line.text.endswith("?") else MOST_WORDS
    if line.styled or len(line.text.split()) > most or line.text.endswith(_NO_END):
        return False
    if line.tabular or not any(character.isalpha() for character in line.text) or line.text[0].islower():
        return False
    return line.size >= LARGER * body or (
        by_weight and line.bold and line.size >= body and not _NO_HEAD.search(line.text)
    )


def _heads_something(heads: list[bool], number: int) -> bool:
    """Whether text follows, after at most one more heading, and no run of many headings is around."""
    first, last = number, number
    while first > 0 and heads[first - 1]:
        first -= 1
    while last + 1 < len(heads) and heads[last + 1]:
        last += 1
    return last - first < IN_A_ROW and last + 1 < len(heads)


def _runs_of_paragraphs(text: "etree._Element") -> list[list["etree._Element"]]:
    """The paragraphs of a document outside of tables, and those of each box where most of the text stands in boxes.

    Beside a text, what heads a box would head what goes on below it, too.
    """
    outside = [paragraph for body in text.iter(f"{W}body") for paragraph in body.findall(f"{W}p")]
    boxes = list(text.iter(f"{W}txbxContent"))
    again = [box for box in boxes if any(one.tag.endswith("}Fallback") for one in box.iterancestors())]
    within = [paragraph for box in boxes if box not in again for paragraph in box.findall(f"{W}p")]
    said = [sum(len(_text(one)) for one in paragraphs) for paragraphs in (outside, within)]
    return [outside, *(box.findall(f"{W}p") for box in boxes)] if said[1] > said[0] else [outside]


def _text(paragraph: "etree._Element") -> str:
    return "".join(said for _, said in _letters(paragraph))


def _letters(paragraph: "etree._Element") -> Iterator[tuple["etree._Element", str]]:
    """The runs of a paragraph with what they say, without what boxes on it do."""
    for run in paragraph.iter(f"{W}r"):
        parts = [part for part in run.iter(f"{W}t", f"{W}tab") if next(part.iterancestors(f"{W}p")) is paragraph]
        yield run, "".join("\t" if part.tag == f"{W}tab" else part.text or "" for part in parts)


def _read(paragraph: "etree._Element", looks: dict[str, tuple[str, _Look]], defaults: _Look) -> _Line:
    settings = paragraph.find(f"{W}pPr")
    named = settings.find(f"{W}pStyle") if settings is not None else None
    style = named.get(f"{W}val", "") if named is not None else "Normal"
    own = _of_style(style, looks).over(defaults)
    told: list[tuple[str, _Look]] = []
    line = ""
    for run, said in _letters(paragraph):
        if said.startswith(BEGIN):
            continue  # the paragraph's number
        line += said
        if said.strip():
            told.append((said, _look(run.find(f"{W}rPr")).over(own)))
    is_list = settings is not None and settings.find(f"{W}numPr") is not None
    return _Line(
        paragraph,
        " ".join(line.split()),
        min((look.size or PLAIN for _, look in told), default=PLAIN),
        all(look.bold for _, look in told),
        is_list or not style.lower().startswith(("normal", "body", "default", "standard", "nospacing")),
        "\t" in line.strip()[NUMBER:],
    )


def _look(properties: "etree._Element | None") -> _Look:
    if properties is None:
        return _Look()
    size, bold = properties.find(f"{W}sz"), properties.find(f"{W}b")
    value = size.get(f"{W}val", "") if size is not None else ""
    return _Look(
        float(value) if value.replace(".", "", 1).isdigit() else None,
        None if bold is None else is_on(bold),
    )


def _looks_of(styles: "etree._Element") -> Iterator[tuple[str, tuple[str, _Look]]]:
    """The styles of paragraphs by their ids, each with the one that it is based on."""
    for style in styles.iter(f"{W}style"):
        yield style.get(f"{W}styleId", ""), (based_on(style), _look(style.find(f"{W}rPr")))


def _of_style(name: str, looks: dict[str, tuple[str, _Look]]) -> _Look:
    look = _Look()
    for one in ancestry(name, {style: base for style, (base, _) in looks.items()}):
        look = look.over(looks[one][1]) if one in looks else look
    return look


def _defaults(styles: "etree._Element") -> _Look:
    return _look(next(styles.iterfind(f"{W}docDefaults/{W}rPrDefault/{W}rPr"), None))


def _style(paragraph: "etree._Element", name: str) -> None:
    first_child(first_child(paragraph, "pPr"), "pStyle").set(f"{W}val", name)
