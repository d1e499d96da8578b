"""Paragraphs of a document whose parts are set apart by tabs: rows, as signatures beside each other and forms are."""

import re
from itertools import groupby
from typing import TYPE_CHECKING

from index.files.rows import DIVIDER

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

FEWEST_ROWS = 3  #: of two parts, that make a table
LONGEST_PART = 120  #: characters; a longer one is a sentence that begins behind a tab
_NUMBER = re.compile(r"\W*(?:\d{1,3}(?:\.\d{1,3})*|[a-zA-Z]|[ivx]{1,4})?[.)]?\W*")  #: of an item, or its bullet
_PAGE = re.compile(r"\d{1,4}|[ivxlc]{1,7}")  #: behind an entry of contents


def tabs_as_rows(soup: "BeautifulSoup") -> None:
    """Part what is set with tabs; of paragraphs with as many parts that follow each other make a table."""
    with_tabs = (one for one in soup.find_all("p") if "\t" in one.get_text())
    for around in {id(one.parent): one.parent for one in with_tabs}.values():
        paragraphs = around.find_all(True, recursive=False) if around else []
        for count, group in groupby(paragraphs, key=lambda one: len(_parts(one))):
            alike = list(group)
            heads = count and all(part.endswith(":") for part in _parts(alike[0]))  # as above names that sign
            if count > 2 or (count == 2 and len(alike) >= FEWEST_ROWS and not heads):
                _make_table(soup, alike)
            elif count:
                for one in alike:
                    one.string = DIVIDER.join(_parts(one))


def _make_table(soup: "BeautifulSoup", paragraphs: "list[Tag]") -> None:
    table = soup.new_tag("table")
    for paragraph in paragraphs:
        row = soup.new_tag("tr")
        for part in _parts(paragraph):
            cell = soup.new_tag("td")
            cell.string = part
            row.append(cell)
        table.append(row)
    paragraphs[0].insert_before(table)
    for paragraph in paragraphs:
        paragraph.decompose()


def _parts(paragraph: "Tag") -> list[str]:
    """What stands between the tabs of a paragraph; nothing of an item, a field, an entry of contents or a sentence."""
    if paragraph.name != "p" or paragraph.find(["br", "img", "table"]):
        return []
    parts = [said for part in paragraph.get_text().split("\t") if (said := " ".join(part.split()))]
    if (
        len(parts) < 2
        or _NUMBER.fullmatch(parts[0])
        or _PAGE.fullmatch(parts[-1])
        or max(map(len, parts)) > LONGEST_PART
    ):
        return []
    return [] if len(parts) == 2 and parts[0].endswith(":") and not parts[1].endswith(":") else parts
