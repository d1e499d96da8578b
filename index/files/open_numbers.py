"""The numbers of lists and headings of an OpenDocument text, which it does not hold as text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.files.word.numbers import BEGIN, END, in_form

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_OUTLINE = "Outline"  #: the style of lists that headings are numbered in
_MOST_LEVELS = 10


@dataclass(frozen=True, slots=True)
class _Level:
    """How the items of a level are numbered."""

    form: str
    before: str
    after: str
    start: int
    shown: int  #: how many levels, with this one, a number tells

    def label(self, level: int, counts: Mapping[int, int], levels: Mapping[int, "_Level"]) -> str:
        """The number of an item of this level as it is shown."""
        told = (one for one in range(level - self.shown + 1, level + 1) if one in levels)
        numbers = (in_form(counts.get(one, levels[one].start), levels[one].form) for one in told)
        return f"{self.before}{'.'.join(numbers)}{self.after}".strip()


_Levels = Mapping[int, _Level]


def mark_items(body: "Element", *styles: "Element") -> None:
    """Put before the first paragraph of each numbered item, and before each numbered heading, its number, with marks.

    Args:
        body: Of the text, which is changed.
        styles: The parts of the file that say how lists are numbered.
    """
    lists = {_told(one, "name"): dict(_levels(one)) for part in styles for one in part.iter("{*}list-style")}
    outline = {level: told for part in styles for one in part.iter("{*}outline-style") for level, told in _levels(one)}
    lists[_OUTLINE] = outline
    of_styles: dict[str, dict[int, int]] = {}  # how far each list has counted, by its style and by its id
    of_lists: dict[str, dict[int, int]] = {}
    headings: dict[int, int] = {}
    for element in body.iter("{*}list", "{*}h"):
        if next(element.iterancestors("{*}tracked-changes"), None) is not None:
            continue  # what was taken away
        within = next(element.iterancestors("{*}list"), None)
        if element.tag.endswith("}h"):
            level = _told(element, "outline-level")
            if within is None and level.isdecimal() and not _told(element, "is-list-header"):
                _number(element, int(level), headings, outline, "")
        elif within is None:
            style, counts = _told(element, "style-name"), dict[int, int]()
            if _told(element, "continue-numbering") == "true":
                counts = of_styles.get(style, counts)
            if continued := _told(element, "continue-list"):
                counts = of_lists.get(continued, counts)
            of_styles[style] = of_lists[_told(element, "id")] = counts
            _number_items(element, 1, counts, style, lists)


def _number_items(
    listed: "Element", level: int, counts: dict[int, int], style: str, lists: Mapping[str, _Levels]
) -> None:
    """Number the items of a list, and those of the lists below them."""
    style = _told(listed, "style-name") or style
    if level > _MOST_LEVELS:
        return
    for item in listed.iterfind("{*}list-item"):
        parts = list(item.iterfind("*"))
        if parts and parts[0].tag.rpartition("}")[2] in ("p", "h"):
            _number(parts[0], level, counts, lists.get(style, {}), _told(item, "start-value"))
        for below in item.iterfind("{*}list"):
            _number_items(below, level + 1, counts, style, lists)


def _number(paragraph: "Element", level: int, counts: dict[int, int], levels: _Levels, start: str) -> None:
    """Count an item, and put its number before its paragraph."""
    told = levels.get(level)
    for deeper in [one for one in counts if one > level]:
        del counts[deeper]
    if told is None:
        return
    counts[level] = int(start) if start.isdecimal() else counts.get(level, told.start - 1) + 1
    if "".join(paragraph.itertext()).strip():
        paragraph.text = f"{BEGIN}{told.label(level, counts, levels)}{END}{paragraph.text or ''}"


def _levels(style: "Element") -> Iterator[tuple[int, _Level]]:
    """The levels of a style that are numbered."""
    for level in style.iterfind("*"):
        at, form = _told(level, "level"), _FORMS.get(_told(level, "num-format"))
        if form and at.isdecimal():
            start, shown = _told(level, "start-value"), _told(level, "display-levels")
            yield (
                int(at),
                _Level(
                    form,
                    _told(level, "num-prefix"),
                    _told(level, "num-suffix"),
                    int(start) if start.isdecimal() else 1,
                    int(shown) if shown.isdecimal() else 1,
                ),
            )


def _told(element: "Element", name: str) -> str:
    """What an attribute says, whichever its namespace; empty if there is none."""
    return next((value for own, value in element.items() if own.rpartition("}")[2] == name), "")
