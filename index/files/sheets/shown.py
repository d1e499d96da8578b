"""What cells show that their values do not tell: money, units, shares, months, hours beyond a day, zeros in front."""

import re
import unicodedata
import warnings
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from io import BytesIO
from itertools import chain
from typing import Any

from index.files.tables.cells import is_figure

_LARGEST = 1e15  #: figure of which all digits are kept

Texts = Mapping[tuple[int, int], str]  #: by row and column, from 0

_FIRST = re.compile(r'(?:"[^"]*"|\\.|[^;"\\])*')  #: of the forms for figures above, below and at zero
#: What is written as it stands, money, colours, and what only takes room.
_LITERAL = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<one>.)|\[\$(?P<money>[^\]-]*)(?:-[^\]]*)?\]'
    r"|\[(?:black|blue|cyan|green|magenta|red|white|yellow|color ?\d+)\]|[_*].",
    re.I,
)
_FIGURE = re.compile(r"(?P<before>[^#0?.]*)(?P<number>[#0,]*0)(?:\.(?P<decimals>0+))?(?P<after>[^#0?.,][^#0?]*)?")
_ZEROS = re.compile(r"0{2,}")
_MONTH = re.compile(r"(mmmm?)[\W_]*yy(?:yy)?(?:;@)?", re.I)
_HOURS = re.compile(r"\[h+\]:mm", re.I)


@dataclass(frozen=True, slots=True)
class Figure:
    """How a figure is written."""

    before: str
    after: str
    decimals: int
    grouped: bool = False  #: whether thousands are set apart
    share: bool = False  #: whether it is shown in per cent

    def written(self, value: float) -> str:
        """A figure as it is shown; empty where that says no more than the value, or could not be read as a figure.

        One below zero has its sign before it, whichever way that is shown.
        """
        number = in_digits(value, self.decimals, grouped=self.grouped, share=self.share)
        sign = "-" if value < 0 and number.strip("0.") else ""
        before, after = (" ".join(part.replace("-", " ").split()) for part in (self.before, self.after))
        space = " " if after and after != "%" and self.after[0].isspace() else ""
        text = f"{sign}{before}{number}{space}{after}"
        said = (before + after).replace(" ", "")
        return text if number and said and all(map(_tells, said)) and is_figure(text) else ""


def in_digits(value: float, decimals: int, *, grouped: bool = False, share: bool = False) -> str:
    """A figure without its sign, rounded as sheets do; empty if it is too large for all of its digits to be kept."""
    if not abs(value) < _LARGEST:
        return ""
    exact = Decimal(f"{abs(value):.15g}") * (100 if share else 1)
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{rounded:{',' if grouped else ''}.{decimals}f}"


def shown_texts(data: bytes) -> dict[str, Texts]:
    """By sheet the texts of cells of an Excel file that show more than their values tell, as far as it can be read.

    Calamine, which reads what openpyxl cannot, and faster, does not tell.
    """
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that it leaves out what no figure depends on
        try:
            sheets = load_workbook(BytesIO(data), read_only=True, data_only=True).worksheets
        except Exception:  # of many kinds, as it reads fewer files; cells are then shown as they are kept
            return {}
        return {sheet.title: dict(_texts(sheet)) for sheet in sheets}


def _texts(sheet: Any) -> Iterator[tuple[tuple[int, int], str]]:
    """The texts of a sheet, up to where it cannot be read."""
    with suppress(Exception):
        sheet.reset_dimensions()
        for cell in chain.from_iterable(sheet.iter_rows()):
            if cell.value is not None and (text := shown(cell.value, cell.number_format)):
                yield (cell.row - 1, cell.column - 1), text


def shown(value: Any, form: str) -> str:
    """What a cell shows of a value in this form of Excel's; empty where it is no more than the value."""
    if isinstance(value, bool) or form == "General":
        return ""
    if isinstance(value, int | float):
        if _ZEROS.fullmatch(form) and value >= 0 and value == int(value):
            return f"{int(value):0{len(form)}}"
        figure = _figure_of(form)
        return figure.written(value) if figure and (value >= 0 or _is_said_alike(form)) else ""
    if isinstance(value, timedelta):
        return hours(value, seconds=not _HOURS.fullmatch(form))
    plain = _month_of(form) if isinstance(value, date) else ""
    return month(value, full=plain == "mmmm") if plain else ""


def hours(value: timedelta, *, seconds: bool) -> str:
    """How long something takes, in hours however many they are."""
    whole = round(value.total_seconds())
    minutes, rest = divmod(abs(whole), 60)
    text = f"{'-' * (whole < 0)}{minutes // 60}:{minutes % 60:02}"
    return f"{text}:{rest:02}" if seconds else text


def month(value: date, *, full: bool) -> str:
    """The month and the year of a day that stands for them: the first or the last; empty of another day."""
    if isinstance(value, datetime) and value.time() != time():
        return ""
    stands = value.day == 1 or (value + timedelta(days=1)).day == 1
    return f"{value:%B %Y}" if stands and full else f"{value:%b %Y}" if stands else ""


@cache
def _figure_of(form: str) -> Figure | None:
    """How figures are written in this form; None of one that is no such, or tells more than this reads."""
    first = _FIRST.match(form)[0]  # type: ignore[index]
    found = _FIGURE.fullmatch(_LITERAL.sub(_as_it_stands, first))
    if not found:
        return None
    before, after = found["before"], found["after"] or ""
    share = "%" in _LITERAL.sub("", first)
    if any(map(str.isalpha, before)) or "[" in before + after or (share and after.strip() != "%"):
        return None
    return Figure(before, after, len(found["decimals"] or ""), "," in found["number"], share)


@cache
def _is_said_alike(form: str) -> bool:
    """Whether a form has the same letters and signs of money for what is below zero as for what is above."""
    first, *others = (_LITERAL.sub(_as_it_stands, found[0]) for found in _FIRST.finditer(form) if found[0])
    return not others or list(filter(_tells, first)) == list(filter(_tells, others[0]))


@cache
def _month_of(form: str) -> str:
    """How a form that tells no more than month and year writes the month; empty of another."""
    found = _MONTH.fullmatch(_LITERAL.sub(_as_it_stands, form))
    return found[1].lower() if found else ""


def _as_it_stands(found: re.Match[str]) -> str:
    return found["quoted"] or found["one"] or found["money"] or ""


def _tells(character: str) -> bool:
    """Whether this says of what a figure is, as a letter of a unit and a sign of money do."""
    return character.isalpha() or character in "%°²³" or unicodedata.category(character) == "Sc"
