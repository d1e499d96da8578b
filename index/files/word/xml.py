"""What the parts of a Word document are called, and what they say in more than one place."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def is_on(mark: "Element") -> bool:
    """Whether a mark such as that of bold letters holds: it may be there to say that it does not."""
    return mark.get(f"{W}val", "1") not in ("0", "false", "off", "nil")


def first_child(element: "Element", name: str) -> "Element":
    """What of that name an element has, such as a paragraph's settings; made, as the first in it, where it has none."""
    from lxml import etree

    child = element.find(f"{W}{name}")
    if child is None:
        child = etree.Element(f"{W}{name}")
        element.insert(0, child)
    return child


def based_on(style: "Element") -> str:
    """The id of the style that a style is based on; empty if it is none."""
    base = style.find(f"{W}basedOn")
    return base.get(f"{W}val", "") if base is not None else ""


def ancestry(name: str, based: Mapping[str, str]) -> list[str]:
    """A style and those it is based on, the nearest first."""
    line: list[str] = []
    while name and name not in line:
        line.append(name)
        name = based.get(name, "")
    return line
