"""A cell of a table, and what the text of a cell is: a figure, or a name of a column."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from index.files.signs import RAISED

LONGEST_LABEL = 60  #: characters of a cell that names the one beside it
LONGEST_HEADER = 120  #: characters
MONEY = re.compile(r"(?:[$€£¥]|US\$)\(?")  #: a sign that belongs to the figure after it, however far away
#: A year, maybe with initials of whose figures they are, or a date, by which columns are named.
YEAR = re.compile(
    r"(?:FY\s?)?(?:19|20)\d\d(?:\s?[-–/]\s?(?:(?:19|20)\d\d|\d\d))?(?: [A-Z]{2,3}|\W?)|\d{1,2}/\d{1,2}(?:/\d{2,4})?"
)

# But for the "(95% CI)" over intervals of confidence.
_NUMBERISH = re.compile(
    r"(?!\W*\d\d(?:\.\d)? ?% ?(?:C|Cr|U)I\b)[\W\d_]*\d[\W\d_]*(?:%|[a-zA-Z]{0,3})\W*|[-–—•._]+|n/?a"
    r"|[<>≤≥~±−-]?\d+(?:[.,]\d+e[+−–-]?|e[+−–-])\d{1,3}(?: ?[a-zA-Z]{1,3})?"  # with a power of ten
    r"|[<>≤≥~±−-]?\d[\d.,]* ?[x×·*] ?10(?:\^[+−–-]?\d{1,3}|[⁺⁻]?[⁰¹²³⁴-⁹]{1,3}|[+−–-]\d)(?: ?[a-zA-Z]{1,3})?",
    re.I,
)
_OF_A_YEAR = re.compile(r"(?:19|20)\d\d [A-Z][a-z]{2}")  # "2025 Fee", and no unit, which is written small
# As a field holds, and no header; "A1.3" is the number of one.
_VALUE = re.compile(r":\s+\S|\S@\S|[$€£]\s?\d|(?<![A-Za-z\d.])\d[\d,]*\.\d|\d{5}|\d,\d{3}")
# Of the figures below a header; and the number of a table or a time of day, which are no figures.
_UNIT = re.compile(
    r"\((?:[^()]|\([^()]*\))*\)|\bper [\d,]+|\btables? \d+(?:\.\d+)*[a-z]?\b|\b\d{1,2}\.\d\d ?[ap]\.?m\b", re.I
)

_ITEM = re.compile(r"\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-z]|[ivx]{2,4})[.)]|[-–•▪◦●○■]")


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a table at a place, from 0, and how far it reaches."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    head: bool = False  #: marked as a header, or set in bold
    indent: float = 0  #: of its text from the left

    @property
    def reach(self) -> range:
        """The columns that it stands in."""
        return range(self.column, self.column + self.columns)


def is_figure(text: str) -> bool:
    """Whether this is a number with its signs and unit, or stands for one that is not there."""
    return bool(_NUMBERISH.fullmatch(text) or _NUMBERISH.fullmatch(text.rstrip(RAISED)))


def names_only(texts: Iterable[str]) -> bool:
    """Whether these may be names of columns: neither figures nor fields with values of their own."""
    return all(
        (not is_figure(text) or YEAR.fullmatch(text) or _OF_A_YEAR.fullmatch(text)) and not is_value(text)
        for text in texts
    )


def is_value(text: str) -> bool:
    """Whether this is what a field holds, or too long, rather than the name of one; "10+" may be a name."""
    return bool(_VALUE.search(_UNIT.sub("", text))) or len(text) > LONGEST_HEADER


def is_label(text: str) -> bool:
    """Whether this may name what stands beside it."""
    return len(text) <= LONGEST_LABEL and text[-1] not in ".;,!" and any(map(str.isalpha, text)) and ": " not in text


def is_item(text: str) -> bool:
    """Whether this is what stands before an item of a list: its number, its letter, or a bullet."""
    return bool(_ITEM.fullmatch(text))
