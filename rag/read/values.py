"""Columns of a table whose cells are figures, times or dates that can be compared."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice, pairwise
from math import isclose
from typing import Literal

from rag.words import content

Kind = Literal["number", "money", "percent", "date", "time"]

FILLED = 0.8  #: share of a column's cells that must be figures of one kind
YES, NO = {"yes", "y", "true", "x", "✓", "✔"}, {"no", "n", "false", "-", "–"}  #: cells that say so, in small letters
PROBED = 40  #: cells that tell of which kind a column may be
#: Stems of what columns are called that tell how old a row is, or when what it is of began.
AGE = content("age aged")
BEGUN = content("began birth born built constructed established founded launched made opened planted vintage")
#: Stems of what columns are called whose figures are no years, even if they look like some, unless they say so.
_AMOUNTS = content(
    "amount balance budget charge cost expenses fee income pay price rent revenue sales salary sum total wage "
    "attendance calories capacity distance elevation height length members people population visitors weight"
)
_YEARLY = re.compile(r"(?<!per )(?<!\ba )\b(?:years?|season|since)\b", re.I)
_BLANK = re.compile(r"[-–—.\s/]*|n/?a\.?", re.I)
_CURRENCY = r"[$€£¥₹]|(?:US|C|A|NZ)\$|(?:USD|EUR|GBP|CHF|SEK|NOK|DKK|JPY|CAD|AUD)\b"
_FIGURE = re.compile(
    rf"(?P<open>\()?(?P<sign>[-–−+])?\s?(?P<before>{_CURRENCY})?\s?(?P<minus>[-–−])?"
    r"(?P<number>\d[\d.,'’\u00a0\u202f]*\d|\d)\s?(?P<unit>%|[^\W\d_][\w°²³/. ]{0,11}|°\w?)?\)?",
    re.I,
)
_CLOCK = re.compile(r"(?P<first>\d{1,3}):(?P<second>[0-5]\d)(?::(?P<third>[0-5]\d(?:\.\d+)?))?(?:\s?h)?")
_SPELT = re.compile(r"(?:(?P<hours>\d+)\s?h(?:ours?|rs?)?)?\s?(?:(?P<minutes>\d+)\s?m(?:in(?:utes?)?)?)?", re.I)
_OF_DAY = re.compile(r"start|end|begin|open|clos|depart|arriv|from|until|\bto\b|leav|due|when|doors", re.I)
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(?:\d\d)?\d\d")
_SHORT_DATE = re.compile(r"\d\d\.\d\d\.\d\d")
_DATES = (
    "%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%B %Y", "%b %Y", "%d.%m.%Y", "%Y/%m/%d",
    "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%d.%m.%y", "%d %b %y", "%d-%b-%y", "%d-%b-%Y", "%d %b. %Y",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """A column of figures: by row, what they amount to."""

    name: str
    kind: Kind
    unit: str  #: that all have; nothing for plain numbers
    figures: Mapping[int, float]  #: dates as days, times as seconds
    raw: Mapping[int, str]  #: as they are written
    unread: frozenset[int] = frozenset()  #: rows with something else there

    @property
    def is_numbering(self) -> bool:
        """Whether it only counts its rows."""
        values = list(self.figures.values())
        steps = {after - before for before, after in pairwise(values)}
        return self.kind == "number" and len(values) > 2 and steps == {1.0}

    @property
    def is_years(self) -> bool:
        """Whether its figures are years, which nobody adds up."""
        words = content(self.name)
        return (
            self.kind == "number"
            and self.unit.upper() in ("", "AD", "CE")
            and bool(words & BEGUN or _YEARLY.search(self.name) or not words & _AMOUNTS)
            and all(1800 <= value <= 2200 and value % 1 == 0 for value in self.figures.values())
            and all(re.match(r"\s*\d{4}", text) for text in self.raw.values())  # "1,800" sets thousands off
        )

    @property
    def is_time_of_day(self) -> bool:
        """Whether its times are those of a clock, as far as its name tells."""
        return self.kind == "time" and bool(_OF_DAY.search(self.name))

    def written(self, value: float) -> str:
        """A figure in the way in which those of the column are written."""
        if self.kind == "time":
            return _as_time(value, any(":" in one for one in self.raw.values()))
        texts = [match for one in self.raw.values() if (match := _FIGURE.fullmatch(one.strip()))]
        numbers = [match["number"] for match in texts]
        point = _decimal_point(numbers) or "."
        decimals = max((len(number.partition(point)[2]) for number in numbers), default=0)
        if not isclose(value, round(value, decimals), rel_tol=1e-12, abs_tol=1e-9):
            decimals = max(2, decimals)  # a mean may have more than any cell
        number = f"{abs(value):,.{decimals}f}"
        if max(self.figures.values()) >= 1000 and all(number.isdigit() for number in numbers):
            number = number.replace(",", "")
        before = next((match["before"] for match in texts if match["before"]), "")
        space = " " if before.isalpha() else ""
        joint = "" if self.unit == "%" and not any(" %" in one for one in self.raw.values()) else " "
        return f"{'-' * (value < 0)}{before}{space}{number}" + (f"{joint}{self.unit}" if self.unit else "")


def column_of(name: str, cells: Mapping[int, str]) -> Column | None:
    """The column if its cells, by row, can be compared: figures with one unit, times or dates; None if they cannot."""
    filled = {row: text.strip() for row, text in cells.items() if not _BLANK.fullmatch(text.strip())}
    probe = dict(islice(filled.items(), PROBED))  # a sheet of thousands of rows is not read three times for nothing
    for read in (_dates, _times, _figures):
        if read(name, probe) and (column := read(name, filled)):
            return replace(column, unread=frozenset(filled.keys() - column.figures.keys()))
    return None


def named_best(columns: Sequence[Column], asked: set[str]) -> list[Column]:
    """Those whose names have most of the words that are asked for, and the fewest others."""
    words = [content(one.name) for one in columns]
    fits = [(len(one & asked), -len(one - asked)) for one in words]
    best = max(fits, default=None)
    return [one for one, fit in zip(columns, fits, strict=True) if fit == best]


def are_answers(cells: Iterable[str]) -> bool:
    """Whether a column tells nothing but yes or no."""
    return {cell.lower() for cell in cells} <= YES | NO


def have_figures(cells: Iterable[str]) -> bool:
    """Whether at least half of the cells hold digits."""
    digits = [any(character.isdigit() for character in cell) for cell in cells]
    return sum(digits) >= len(digits) / 2


def _dates(name: str, cells: Mapping[int, str]) -> Column | None:
    slashed = [match for text in cells.values() if (match := _SLASHED.fullmatch(text))]
    # Which of the first two numbers is the day, only one above twelve tells.
    by_slashes = [
        form for part, form in ((1, "%d/%m/"), (2, "%m/%d/")) if any(int(match[part]) > 12 for match in slashed)
    ]
    slashes = (f"{by_slashes[0]}%Y", f"{by_slashes[0]}%y") if len(by_slashes) == 1 else ()
    forms = (*_DATES, *slashes)
    found = {row: day for row, text in cells.items() if (day := _day(text, forms)) is not None}
    return Column(name, "date", "", found, _raw(found, cells)) if _enough(found, cells) else None


def _day(text: str, forms: Sequence[str]) -> float | None:
    for form in forms:
        if form == "%d.%m.%y" and not _SHORT_DATE.fullmatch(text):
            continue  # the number of a version
        try:
            found = datetime.strptime(text, form)
        except ValueError:
            continue
        return found.toordinal() + found.hour / 24 + found.minute / 1440 + found.second / 86400
    return None


def _times(name: str, cells: Mapping[int, str]) -> Column | None:
    found: dict[int, float] = {}
    clocks = {row: clock for row, text in cells.items() if (clock := _CLOCK.fullmatch(text))}
    # Two parts are hours and minutes, but beside three of them, as of an hour and more, minutes and seconds.
    with_seconds = any(clock["third"] for clock in clocks.values())
    spelt_out = any(re.search(r"\d\s?(?:h|min)", text) for text in cells.values())  # else "m" stands for metres
    for row, text in cells.items():
        if clock := clocks.get(row):
            parts = [float(part) for part in clock.groups() if part]
            parts = [0.0, *parts] if with_seconds and len(parts) == 2 else parts
            found[row] = sum(part * unit for part, unit in zip(parts, (3600, 60, 1), strict=False))
        elif spelt_out and (spelt := _SPELT.fullmatch(text)) and (spelt["hours"] or spelt["minutes"]):
            found[row] = int(spelt["hours"] or 0) * 3600 + int(spelt["minutes"] or 0) * 60
    return Column(name, "time", "", found, _raw(found, cells)) if _enough(found, cells) else None


def _figures(name: str, cells: Mapping[int, str]) -> Column | None:
    matches = {row: match for row, text in cells.items() if (match := _FIGURE.fullmatch(text))}
    if not _enough(matches, cells):
        return None
    units = [((match["before"] or "").strip(), (match["unit"] or "").strip()) for match in matches.values()]
    before, unit = units[0]
    money = bool(before) or bool(re.fullmatch(_CURRENCY, unit, re.I))
    # As accountants write it, with the sign at the first of many figures and at their sum.
    bare = {("", "")} if money and units[-1] == units[0] else set()
    if {*units} - {units[0]} - bare:
        return None
    point = _decimal_point([match["number"] for match in matches.values()])
    if point is None:
        return None
    figures = {}
    for row, match in matches.items():
        plain = re.sub(r"[^\d.]", "", match["number"].replace("." if point == "," else ",", "").replace(point, "."))
        try:
            value = float(plain)
        except ValueError:
            return None
        figures[row] = -value if match["sign"] in ("-", "–", "−") or match["minus"] or match["open"] else value
    kind: Kind = "percent" if unit == "%" else "money" if money else "number"
    return Column(name, kind, unit, figures, _raw(figures, cells))


def _decimal_point(numbers: Sequence[str]) -> str | None:
    """What parts the whole from its fraction in all numbers of a column; None where it may be either sign."""
    both = [number for number in numbers if "." in number and "," in number]
    if both:
        last = {max(number.rfind("."), number.rfind(",")) == number.rfind(".") for number in both}
        return None if len(last) > 1 else "." if last.pop() else ","
    for sign, other in ((",", "."), (".", ",")):
        have = [number for number in numbers if sign in number]
        if not have:
            continue
        if any(not re.fullmatch(rf"\d{{1,3}}(?:{re.escape(sign)}\d{{3}})+", number) for number in have):
            alone = all(number.count(sign) == 1 for number in have) and not any(other in number for number in numbers)
            return sign if alone else None
        if any(number[0] == "0" for number in have):
            return None
        # Three digits behind each sign: thousands, unless the sign is a point, which may part either.
        plain = [int(number) for number in numbers if number.isdigit()]
        full = plain and max(plain) < 1000 <= 10 * max(plain)
        if sign == "," or full or any(number.count(".") > 1 for number in have):
            return other
        return None
    return "."


def _enough(found: Mapping[int, object], cells: Mapping[int, str]) -> bool:
    return len(found) >= 2 and len(found) >= FILLED * len(cells)


def _raw(found: Mapping[int, object], cells: Mapping[int, str]) -> dict[int, str]:
    return {row: cells[row] for row in found}


def _as_time(seconds: float, clock: bool) -> str:
    hours, rest = divmod(round(seconds), 3600)
    minutes, last = divmod(rest, 60)
    if clock:
        return f"{hours}:{minutes:02}" + (f":{last:02}" if last else "")
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"
