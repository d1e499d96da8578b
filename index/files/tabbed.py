"""Paragraphs of a document whose parts are set apart by tabs, as signatures beside each other and forms are."""

import re
from typing import TYPE_CHECKING

from index.files.tables.rows import DIVIDER

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

LONGEST_PART = 120  #: characters; a longer one is a sentence that begins behind a tab
_NUMBER = re.compile(r"\W*(?:\d{1,3}(?:\.\d{1,3})*|[a-zA-Z]|[ivx]{1,4})?[.)]?\W*")  #: of an item, or its bullet
_PAGE = re.compile(r"\d{1,4}|[ivxlc]{1,7}")  #: behind an entry of contents


def part_by_tabs(soup: "BeautifulSoup") -> None:
    """Put a divider where tabs set parts of a paragraph apart: which of them belong together nothing tells."""
    for paragraph in soup.find_all("p"):
        if parts := _parts(paragraph):
            paragraph.string = DIVIDER.join(parts)


def _parts(paragraph: "Tag") -> list[str]:
    """What stands between the tabs of a paragraph; nothing of an item, a field, an entry of contents or a sentence."""
    text = paragraph.get_text()
    if "\t" not in text or paragraph.find(["br", "img"]) or paragraph.find_parent(["td", "th"]):
        return []
    parts = [said for part in text.split("\t") if (said := " ".join(part.split()))]
    if len(parts) < 2 or _NUMBER.fullmatch(parts[0]) or max(map(len, parts)) > LONGEST_PART:
        return []
    of_one = len(parts) == 2 and (_PAGE.fullmatch(parts[1]) or (parts[0].endswith(":") and parts[1][-1] != ":"))
    return [] if of_one else parts
