"""The lines of a box on a slide, of which the file tells which are items of a list, and how far these are set in."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from index.files.lines import BREAKS_OFF, BULLETS

_LEADER = re.compile(r"(?<![\d.…\s])\s?(?:…{2}|[.…]{4})[\s.…]*(?=[£$€]?\d[\d.,]*\s*$)")  # dots that lead to a price
SHORT = 60  #: characters of a line, up to which it is an item where no line of its box is marked as one
LONG = 30  #: characters of a line, from which one that begins small goes on
_MARKS = ("buChar", "buAutoNum", "buBlip", "buNone")


def paragraphs_of(shape: Any) -> list[str]:
    """What a box says: a paragraph for each line, but one for all items that follow each other."""
    marked = [(_mark_of(one, shape), one) for one in shape.text_frame.paragraphs]
    told = [
        (text, one, mark)
        for mark, one in marked
        for text in (_lines(one.text) if mark is None else [_LEADER.sub(": ", " ".join(one.text.split()))])
        if text
    ]
    marks = [mark for *_, mark in told]
    if len(told) == 1 or all(mark is None for mark in marks):  # an element without others in it is false
        return unmarked([text for text, *_ in told])
    numbers = _numbers(marks, [one.level for _, one, _ in told])
    found = []
    for is_item, group in groupby(zip(told, numbers, strict=True), key=lambda each: each[0][2] is not None):
        if is_item:
            items = list(group)
            least = min(one.level for (_, one, _), _ in items)
            lines = [f"{'  ' * (one.level - least)}{number} {text}" for (text, one, _), number in items]
            found.append("\n".join(lines))
        else:
            found += [text for (text, *_), _ in group]
    return found


def _lines(text: str) -> list[str]:
    """The lines into which somebody broke a paragraph: one if these are two short ones, or go on; dots lead to figures.

    Two short lines may be a title.
    """
    lines: list[str] = []
    for line in filter(None, (" ".join(one.split()) for one in text.split("\v"))):
        if lines and (BREAKS_OFF.search(lines[-1]) or line[0] == "(" or (line[0].islower() and len(lines[-1]) >= LONG)):
            lines[-1] = f"{lines[-1]} {line}"
        else:
            lines.append(line)
    if len(lines) == 2 and max(map(len, lines)) <= SHORT and not any(map(_LEADER.search, lines)):
        lines = [" ".join(lines)]
    return [_LEADER.sub(": ", line) for line in lines]


def unmarked(lines: list[str]) -> list[str]:
    """Lines of which none is marked as an item, as one paragraph: short ones are items, if there are others."""
    text = "\n".join(line if len(line) > SHORT or line[0] in BULLETS else f"• {line}" for line in lines if line)
    return [text if "\n" in text else text.removeprefix("• ")] if text else []


def _mark_of(paragraph: Any, shape: Any) -> Any:
    """The element that says what stands before an item: a bullet, a picture, or a number; None for what is no item.

    What a paragraph does not say itself, its box does, or else the layout's box of that kind, or the master's.
    """
    for told in _properties(paragraph, shape):
        for element in told:
            if (name := _name_of(element)) in _MARKS:
                return None if name == "buNone" else element
    return None


def _name_of(element: Any) -> str:
    name: str = element.tag.rpartition("}")[2]
    return name


def _properties(paragraph: Any, shape: Any) -> Iterator[Any]:
    """What is said of the properties of a paragraph, the nearest to it first."""
    level = f"lvl{paragraph.level + 1}pPr"
    yield from paragraph._p.findall("{*}pPr")
    box = shape
    while box is not None:
        yield from box.element.iterfind(f"{{*}}txBody/{{*}}lstStyle/{{*}}{level}")
        box = getattr(box, "_base_placeholder", None)
    if shape.is_placeholder:
        master = shape.part.slide.slide_layout.slide_master
        yield from master.element.iterfind(f"{{*}}txStyles/{{*}}bodyStyle/{{*}}{level}")


def _numbers(marks: Sequence[Any], levels: Sequence[int]) -> list[str]:
    """What stands before each line: its number where it is numbered, counted on each level, else a bullet."""
    counts: dict[int, int] = {}
    numbers = []
    for mark, level in zip(marks, levels, strict=True):
        is_item = mark is not None
        counts = {each: count for each, count in counts.items() if each < level or (each == level and is_item)}
        is_numbered = is_item and _name_of(mark) == "buAutoNum"
        if is_numbered:
            counts[level] = counts.get(level, int(mark.get("startAt", 1)) - 1) + 1
        else:
            counts.pop(level, None)
        numbers.append(f"{counts[level]}." if is_numbered else "•")
    return numbers
