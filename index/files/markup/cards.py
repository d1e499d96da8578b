"""What stands above the heading of a part of a web page and is of that part: its date, its kind, an office held."""

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from bs4.element import NavigableString, PageElement, Tag

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

LONGEST = 60  #: characters that stand above a heading
_HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]
_PARTS = {"article", "section", "header"}  #: that a heading within them is of
_CARDS = {"div", "li"}  #: the same, where others of the kind stand beside them


def rank_below_title(soup: "BeautifulSoup") -> None:
    """Put the headings of a chapter below its title where they are marked alike: its first, without a text of its own.

    They are what comes next.
    """
    headings = soup.find_all(_HEADINGS)
    if len(headings) < 2 or headings[0].name != headings[1].name:
        return
    following = list(headings[0].next_siblings)
    between = takewhile(lambda one: one is not headings[1], following)
    if any(one is headings[1] for one in following) and not any(map(_says, between)):
        for heading in headings[1:]:
            heading.name = f"h{min(6, int(heading.name[1]) + 1)}"


def put_below_headings(soup: "BeautifulSoup") -> None:
    """Put what a part of a page says above its heading below it, as it would be read as the end of the part before."""
    headings = [heading for heading in soup.find_all(_HEADINGS) if _says(heading)]
    for before, heading, after in zip([None, *headings], headings, [*headings[1:], None], strict=False):
        part = _part_of(heading, [one for one in (before, after) if one is not None])
        above = list(_above(heading, part)) if part else []
        for element in reversed(above) if sum(map(len, map(_says, above))) <= LONGEST else ():
            line = soup.new_tag("p")
            line.string = _says(element.extract())
            heading.insert_after(line)


def _part_of(heading: Tag, others: Sequence[Tag]) -> Tag | None:
    """The largest part of a page that has this heading and no other; none if all boxes around it are like no others.

    Args:
        heading: A heading.
        others: Those next to it.
    """
    shared = {id(one) for other in others for one in other.parents}
    around = takewhile(lambda one: id(one) not in shared and one.name != "body", heading.parents)
    parts = [one for one in around if one.name in _PARTS or (one.name in _CARDS and _is_one_of_several(one))]
    return parts[-1] if parts else None


def _is_one_of_several(card: Tag) -> bool:
    """Whether a box of the same look, with a heading of its own, stands beside it."""
    beside = [*card.find_previous_siblings(card.name, limit=1), *card.find_next_siblings(card.name, limit=1)]
    return any(one.get("class") == card.get("class") and one.find(_HEADINGS) for one in beside)


def _above(heading: Tag, part: Tag) -> Iterator[PageElement]:
    """The elements and texts of a part that come before its heading and say something, in their order."""
    levels = [heading, *takewhile(lambda one: one is not part, heading.parents)]
    for level in reversed(levels):
        yield from [one for one in reversed(list(level.previous_siblings)) if _says(one)]


def _says(element: PageElement) -> str:
    if isinstance(element, Tag):
        return " ".join(element.get_text(" ").split())
    return " ".join(element.split()) if type(element) is NavigableString else ""
