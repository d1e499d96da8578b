"""Clauses of Word documents that have the style of a heading, for its number or its look, and head nothing."""

import re
from typing import TYPE_CHECKING

from index.files.word.numbers import BEGIN
from index.files.word.xml import W, first_child

if TYPE_CHECKING:
    from lxml import etree

STYLE = "FootnoteClause"  #: that paragraphs get which are no headings
FEWEST_WORDS = 6  #: of a sentence; fewer may be a heading with a point behind it

_HEADING = re.compile(r"heading [1-9]", re.I)


def mark_clauses(text: "etree._Element", styles: "etree._Element | None") -> bool:
    """Give sentences and items in the style of a heading one of their own, where another heading follows each.

    Args:
        text: The root of `word/document.xml`, which is changed.
        styles: That of `word/styles.xml`.

    Returns whether there are any.
    """
    names = _headings(styles) if styles is not None else set[str]()
    paragraphs = [one for one in text.iterfind(f"{W}body/*") if one.tag != f"{W}p" or _words(one)]
    triples = zip([None, *paragraphs], paragraphs, [*paragraphs[1:], None], strict=False)
    marked = [one for before, one, after in triples if _is_clause(one, before, names) and _heads_nothing(after, names)]
    for paragraph in marked:
        first_child(first_child(paragraph, "pPr"), "pStyle").set(f"{W}val", STYLE)
    return bool(marked)


def _headings(styles: "etree._Element") -> set[str]:
    """The ids of the styles that Word itself calls headings."""
    names = ((style.get(f"{W}styleId", ""), style.find(f"{W}name")) for style in styles.iter(f"{W}style"))
    return {style for style, name in names if name is not None and _HEADING.fullmatch(name.get(f"{W}val", ""))}


def _is_clause(paragraph: "etree._Element", before: "etree._Element | None", headings: set[str]) -> bool:
    """Whether a heading ends as a sentence does, or as an item, or is the last one of items."""
    if not _is_heading(paragraph, headings):
        return False
    said = _words(paragraph)
    is_last = before is not None and _style(before) == _style(paragraph) and _words(before)[-1].endswith(";")
    return said[-1].endswith(";") or (said[-1].endswith(".") and (is_last or len(said) >= FEWEST_WORDS))


def _heads_nothing(after: "etree._Element | None", headings: set[str]) -> bool:
    """Whether what follows is another heading, or the end."""
    return after is None or after.tag == f"{W}sectPr" or _is_heading(after, headings)


def _is_heading(element: "etree._Element", headings: set[str]) -> bool:
    return element.tag == f"{W}p" and _style(element) in headings


def _style(paragraph: "etree._Element") -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return style.get(f"{W}val", "") if style is not None else ""


def _words(paragraph: "etree._Element") -> list[str]:
    return "".join(one.text or "" for one in paragraph.iter(f"{W}t") if not (one.text or "").startswith(BEGIN)).split()
