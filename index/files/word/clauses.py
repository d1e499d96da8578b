"""Clauses of Word documents that have the style of a heading, for its number or its look, and head nothing."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from index.files.word.numbers import BEGIN
from index.files.word.xml import W, first_child

if TYPE_CHECKING:
    from lxml import etree

STYLE = "FootnoteClause"  #: that paragraphs get which are no headings
FEWEST_WORDS = 6  #: of a sentence; fewer may be a heading with a point behind it

_BLOCKS = (f"{W}tbl", f"{W}sdt")  #: what a body holds beside paragraphs, and marks that show nothing
_HEADING = re.compile(r"heading ([1-9])", re.I)
_ITEM = re.compile(r";(?: (?:and|or))?$")


def mark_clauses(text: "etree._Element", styles: "etree._Element | None") -> bool:
    """Give sentences and items in the style of a heading one of their own, where another heading follows each.

    Args:
        text: The root of `word/document.xml`, which is changed.
        styles: That of `word/styles.xml`.

    Returns whether there are any.
    """
    levels = _levels(styles) if styles is not None else dict[str, str]()
    parts = [one for one in text.iterfind(f"{W}body/*") if one.tag in _BLOCKS or _words(one)]
    triples = zip([None, *parts], parts, [*parts[1:], None], strict=False)
    marked = [
        one for before, one, after in triples if _is_clause(one, before, levels) and _heads_nothing(one, after, levels)
    ]
    for paragraph in marked:
        first_child(first_child(paragraph, "pPr"), "pStyle").set(f"{W}val", STYLE)
    return bool(marked)


def _levels(styles: "etree._Element") -> dict[str, str]:
    """The levels of the styles that Word itself calls headings, by their ids."""
    names = ((style.get(f"{W}styleId", ""), style.find(f"{W}name")) for style in styles.iter(f"{W}style"))
    found = ((style, _HEADING.fullmatch(name.get(f"{W}val", ""))) for style, name in names if name is not None)
    return {style: heading[1] for style, heading in found if heading}


def _is_clause(paragraph: "etree._Element", before: "etree._Element | None", levels: Mapping[str, str]) -> bool:
    """Whether a heading ends as a sentence does, or as an item, or is the last one of items."""
    if _style(paragraph) not in levels:
        return False
    is_last = before is not None and _style(before) == _style(paragraph) and _ends_item(before)
    said = _words(paragraph)
    return _ends_item(paragraph) or (said[-1].endswith(".") and (is_last or len(said) >= FEWEST_WORDS))


def _ends_item(paragraph: "etree._Element") -> bool:
    return bool(_ITEM.search(" ".join(_words(paragraph))))


def _heads_nothing(paragraph: "etree._Element", after: "etree._Element | None", levels: Mapping[str, str]) -> bool:
    """Whether what follows is another heading that is not below this one, or the end."""
    level = levels.get(_style(after)) if after is not None else None
    return after is None or (level is not None and level <= levels[_style(paragraph)])


def _style(paragraph: "etree._Element") -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return style.get(f"{W}val", "") if style is not None else ""


def _words(paragraph: "etree._Element") -> list[str]:
    return "".join(one.text or "" for one in paragraph.iter(f"{W}t") if not (one.text or "").startswith(BEGIN)).split()
