"""Names beside their values that a web page sets in boxes of their own, and lists of terms: fields, each a row."""

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bs4.element import NavigableString, Tag

from index.files.cells import LONGEST_LABEL

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

FEWEST = 3  #: pairs of boxes that look alike, from which they are fields
LONGEST_VALUE = 300  #: characters
_AROUND = ["div", "li", "p", "section"]  #: a pair
_BOXES = {"div", "span", "p", "b", "strong", "label", "dt", "dd"}
_NO_VALUE = "h1 h2 h3 h4 h5 h6 table pre form input dl ul ol".split()


def fields_of(soup: "BeautifulSoup") -> Iterator[tuple[list[Tag], str]]:
    """What the fields of a page consist of, and what each says."""
    alike: defaultdict[tuple[str, ...], list[list[Tag]]] = defaultdict(list)
    for around in soup.find_all(_AROUND):
        if boxes := _pair(around):
            alike[tuple(f"{one.name} {one.get('class')}" for one in (around, *boxes))].append(boxes)
    for pairs in alike.values():
        told = [(boxes, text) for boxes in pairs if (text := _field(boxes[0], boxes[1:]))]
        if len(told) >= FEWEST:
            yield from told
    for terms in soup.find_all("dl"):
        yield from _defined(terms)


def _defined(terms: Tag) -> list[tuple[list[Tag], str]]:
    """The terms of a list, each with what is said of it, unless one is long."""
    fields: list[list[Tag]] = []
    for part in _parts(terms):
        if part.name == "dt":
            fields.append([part])
        elif part.name == "dd" and fields:
            fields[-1].append(part)
        else:
            return []
    told = [(field, _field(field[0], field[1:])) for field in fields]
    return told if all(text for _, text in told) else []


def _pair(element: Tag) -> list[Tag]:
    """The two boxes that an element consists of, if it does."""
    parts = _parts(element)
    return parts if len(parts) == 2 and all(part.name in _BOXES for part in parts) else []


def _parts(element: Tag) -> list[Tag]:
    """The elements that an element consists of, but for ends of lines; none if it has words of its own."""
    own = [one for one in element.children if not isinstance(one, Tag)]
    if any(type(one) is NavigableString and one.strip() for one in own):
        return []
    return [one for one in element.children if isinstance(one, Tag) and one.name not in {"br", "hr"}]


def _field(name: Tag, values: list[Tag]) -> str:
    """What a name and its values say, as a line; nothing if one is missing, or too long for a field."""
    said = " ".join(name.get_text(" ").split()).rstrip(": ")
    value = "; ".join(text for one in values if (text := " ".join(one.get_text(" ").split())))
    if not 0 < len(said) <= LONGEST_LABEL or said[-1] in ".?!" or ": " in said or not 0 < len(value) <= LONGEST_VALUE:
        return ""
    parts = (name, *values)
    links = all(part.find("a") for part in parts)  # of a menu
    more = any(part.find(_NO_VALUE) or any(map(_pair, (part, *part.find_all(_AROUND)))) for part in parts)
    return "" if links or more else f"{said}: {value}"
