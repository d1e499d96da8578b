"""The lines of a box on a slide, of which the file tells which are items of a list, and how far these are set in."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

SHORT = 60  #: characters of a line, up to which it is an item where no line of its box is marked as one
_MARKS = ("buChar", "buAutoNum", "buBlip", "buNone")


def paragraphs_of(shape: Any) -> list[str]:
    """What a box says: a paragraph for each line, but one for all items that follow each other."""
    told = [(text, one) for one in shape.text_frame.paragraphs if (text := " ".join(one.text.split()))]
    marks = [_mark_of(one, shape) for _, one in told]
    if len(told) == 1 or not any(marks):
        return unmarked([text for text, _ in told])
    numbers = _numbers(marks, [one.level for _, one in told])
    found = []
    for is_item, group in groupby(zip(told, marks, numbers, strict=True), key=lambda each: bool(each[1])):
        if is_item:
            items = list(group)
            least = min(one.level for (_, one), _, _ in items)
            lines = [f"{'  ' * (one.level - least)}{number} {text}" for (text, one), _, number in items]
            found.append("\n".join(lines))
        else:
            found += [text for (text, _), _, _ in group]
    return found


def unmarked(lines: list[str]) -> list[str]:
    """Lines of which none is marked as an item, as one paragraph: short ones are items, if there are others."""
    text = "\n".join(line if len(line) > SHORT else f"• {line}" for line in lines if line)
    return [text if "\n" in text else text.removeprefix("• ")] if text else []


def _mark_of(paragraph: Any, shape: Any) -> str:
    """`buChar`, `buBlip` or `buAutoNum` for an item; nothing for what is none.

    What a paragraph does not say itself, its box does, or else the layout's box of that kind, or the master's.
    """
    for told in _properties(paragraph, shape):
        for element in told:
            if (name := element.tag.rpartition("}")[2]) in _MARKS:
                return "" if name == "buNone" else name
    return ""


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


def _numbers(marks: list[str], levels: list[int]) -> list[str]:
    """What stands before each line: its number where it is numbered, counted on each level, else a bullet."""
    counts: dict[int, int] = {}
    numbers = []
    for mark, level in zip(marks, levels, strict=True):
        counts = {each: count for each, count in counts.items() if each < level or (each == level and mark)}
        if mark == "buAutoNum":
            counts[level] = counts.get(level, 0) + 1
        else:
            counts.pop(level, None)
        numbers.append(f"{counts[level]}." if mark == "buAutoNum" else "•")
    return numbers
