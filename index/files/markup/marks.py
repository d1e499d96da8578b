"""Marks of a page that tell what holds: boxes that are ticked, and words that are struck out."""

from collections.abc import Set
from typing import TYPE_CHECKING

from bs4.element import NavigableString, Tag

from index.files.struck import is_replaced

if TYPE_CHECKING:
    from bs4 import BeautifulSoup
    from bs4.element import PageElement

MOST_BESIDE = 20  #: parts beside an element that tell what it stands next to
_BOXES = "input[type=checkbox], input[type=radio]"
_STRUCK = "del, s, strike, [style*=line-through]"
_ENDS = {"br", "p", "div", "li", "ul", "ol", "table", "tr", "td", "th"}  #: elements before and after which a line ends


def tell_marks(soup: "BeautifulSoup | Tag") -> None:
    """Write boxes as signs, and leave out what is struck out before what holds instead."""
    ticked = {id(box.find_parent("table")) for box in soup.select("input[checked]")}
    for box, alone in [(box, _fills_cell(box, ticked)) for box in soup.select(_BOXES)]:
        _write_box(box, alone=alone)
    for struck in soup.select(_STRUCK):
        if not struck.decomposed and _is_replaced(struck):
            before = struck.previous_sibling
            if type(before) is NavigableString and _said(struck, forward=True)[:1].isspace():
                before.replace_with(before.rstrip()) if before.strip() else before.extract()
            struck.decompose()


def _write_box(box: Tag, *, alone: bool) -> None:
    """A sign for a box beside words, or alone in a cell of a table."""
    before, after = (_said(box, forward=forward) for forward in (False, True))
    unseen = box.has_attr("hidden") or box.has_attr("role") or "none" in str(box.get("style") or "")
    if unseen or _opens(box) or not (before.strip() or after.strip() or alone):
        return
    behind = box.next_sibling
    if type(behind) is NavigableString:
        behind.replace_with(behind.lstrip()) if behind.strip() else behind.extract()
    sign = "☒" if box.has_attr("checked") else "☐"
    box.replace_with(f"{'' if before[-1:].strip() == '' else ' '}{sign} ")


def _opens(box: Tag) -> bool:
    """Whether a box but shows or hides the part of the page behind its label."""
    label = box.find_next_sibling()
    part = label.find_next_sibling() if label is not None and label.name == "label" else None
    of_box = label is not None and bool(box.get("id")) and label.get("for") == box.get("id")
    return of_box and part is not None and part.name in ("div", "nav", "section", "ul", "table")


def _fills_cell(box: Tag, ticked: Set[int]) -> bool:
    """Whether a box stands in a cell of a table in which one is ticked: else they may choose its rows."""
    cell = box.find_parent(["td", "th"])
    table = box.find_parent("table")
    return cell is not None and table is not None and id(table) in ticked


def _is_replaced(struck: Tag) -> bool:
    before, after = (_said(struck, forward=forward) for forward in (False, True))
    follows = struck.find_next_sibling()
    inserted = follows is not None and follows.name == "ins" and after.strip().startswith(follows.get_text().strip())
    return is_replaced(struck.get_text(), before, after, inserted=inserted)


def _said(element: Tag, *, forward: bool) -> str:
    """What is said in the same line beside an element, before or behind it."""
    said = ""
    steps = 0
    part: Tag = element
    while part.name not in _ENDS:
        for beside in part.next_siblings if forward else part.previous_siblings:
            steps += 1
            if _ends_line(beside) or steps > MOST_BESIDE:
                return said
            text = beside.get_text() if isinstance(beside, Tag) else _text(beside)
            said = said + text if forward else text + said
        if part.parent is None:
            break
        part = part.parent
    return said


def _ends_line(part: "PageElement") -> bool:
    return isinstance(part, Tag) and (part.name in _ENDS or part.find(_ENDS) is not None)


def _text(part: "PageElement") -> str:
    return str(part) if type(part) is NavigableString else ""
