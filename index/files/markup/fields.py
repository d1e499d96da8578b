"""Names beside their values that a web page sets in boxes of their own, and lists of terms: fields, each a row."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from bs4.element import NavigableString, Tag

from index.files.tables.cells import LONGEST_LABEL, is_figure

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

FEWEST = 3  #: pairs of boxes that look alike, from which they are fields
LONGEST_VALUE = 300  #: characters
_AROUND = ["div", "li", "p", "section"]  #: a pair
_BLOCKS = {"div", "p", "dt", "dd"}
_IN_LINES = {"span", "b", "strong", "label"}
_NO_VALUE = "h1 h2 h3 h4 h5 h6 table pre code form input dl ul ol".split()
_CODE = ["pre", "code"]

Said = Callable[[Tag], str]


def fields_of(soup: "BeautifulSoup", said: Said) -> Iterator[tuple[list[Tag], str]]:
    """What the fields of a page consist of, and what each says.

    Args:
        soup: The page.
        said: What an element says; nothing if that cannot stand in a field.
    """
    alike: defaultdict[tuple[str, ...], list[list[Tag]]] = defaultdict(list)
    for around in soup.find_all(_AROUND):
        if (boxes := _pair(around)) and not around.find_parent(_CODE):
            alike[tuple(map(_look, (around, *boxes)))].append(boxes)
    for (_, name, value), pairs in alike.items():
        unlike = name != value  # two of one kind are no name and its value, unless a colon says so
        meant = [boxes for boxes in pairs if _ends_with_colon(boxes[0]) or (unlike and not _in_sentence(boxes))]
        told = [(boxes, text) for boxes in meant if (text := _field(boxes[0], boxes[1:], said))]
        if len(told) >= FEWEST:
            yield from told
    for terms in soup.find_all("dl"):
        yield from _defined(terms, said)


def _look(element: Tag) -> str:
    return f"{element.name} {element.get('class')}"


def _ends_with_colon(box: Tag) -> bool:
    return box.get_text().rstrip().endswith(":")


def _in_sentence(boxes: list[Tag]) -> bool:
    """Whether two boxes within lines may be parts of a sentence, as in a paragraph, or before small letters alone."""
    in_lines, value = all(box.name in _IN_LINES for box in boxes), boxes[1].get_text().lstrip()
    goes_on = value[:1].islower() and not any(map(str.isdigit, value))
    return in_lines and (boxes[0].find_parent("p") is not None or goes_on)


def _defined(terms: Tag, said: Said) -> list[tuple[list[Tag], str]]:
    """The terms of a list, each with what is said of it, unless one is long."""
    fields: list[list[Tag]] = []
    for part in _parts(terms):
        if part.name == "dt":
            fields.append([part])
        elif part.name == "dd" and fields:
            fields[-1].append(part)
        else:
            return []
    told = [(field, _field(field[0], field[1:], said)) for field in fields]
    return told if all(text for _, text in told) else []


def _pair(element: Tag) -> list[Tag]:
    """The two boxes that an element consists of, if it does."""
    parts = _parts(element)
    return parts if len(parts) == 2 and all(part.name in _BLOCKS | _IN_LINES for part in parts) else []


def _parts(element: Tag) -> list[Tag]:
    """The elements that an element consists of, but for ends of lines; none if it has words of its own."""
    own = [one for one in element.children if not isinstance(one, Tag)]
    if any(type(one) is NavigableString and one.strip() for one in own):
        return []
    return [one for one in element.children if isinstance(one, Tag) and one.name not in {"br", "hr"}]


def _field(name: Tag, values: list[Tag], said: Said) -> str:
    """What a name and its values say, as a line; nothing if one is missing, or is none for a field."""
    label, value = said(name).rstrip(": "), "; ".join(filter(None, map(said, values)))
    names = any(map(str.isalnum, label)) and len(label) <= LONGEST_LABEL and ": " not in label
    if not names or not 0 < len(value) <= LONGEST_VALUE:
        return ""
    if label.rstrip("\"'”’»)")[-1:] in tuple(".?!") or (is_figure(label) and not is_figure(value)):
        return ""  # a sentence, or a figure above what it counts
    parts = (name, *values)
    links = all(part.find("a") for part in parts)  # of a menu
    more = any(part.find(_NO_VALUE) or any(map(_pair, (part, *part.find_all(_AROUND)))) for part in parts)
    return "" if links or more else f"{label}: {value}"
