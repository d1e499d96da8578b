"""Tables of two columns that are fields, each a name and its value, of which the first one is no head."""

import re
from collections.abc import Mapping, Sequence

from index.files.signs import RAISED
from index.files.tables.cells import MONEY, is_figure
from index.files.tables.naming import TIMES, kind_of, names_columns

MOST_FIELDS = 20  #: more rows below one are of a list, whose columns have names
LEAST = 0.7  #: log-odds of a row that names columns of figures
SURE = 2.5  #: the same, where the values below it are of several kinds, or there is but one

_AMOUNT = re.compile(r"\(?[+−–-]?[\d,]*[.,]\d+\)?")  # of money, too, whose sign may stand in the first row alone
_LEADING_ZERO = re.compile(r"0\d[\d ]+")  # of a telephone or an account
_NOTES = f"{RAISED}*†‡"  #: marks of notes behind a figure
#: What is the value of no field, as it names values.
_NAMES_VALUES = re.compile(
    r"(?:values?|amounts?|results?|fees?|fines?|prices?|costs?|rates?|totals?|qty|quantity|per\b.*|[qh][1-4](?: \d{4})?"
    r"|(?:19|20)\d\d)",
    re.I,
)
_COUNT = re.compile(r"[+−–-]?\d+(?:\s?[–-]\s?\d+)?")


def begins_with_field(rows: Sequence[Mapping[int, str]], *, named: bool = False) -> bool:
    """Whether the first row of a table is a field as those below it, some of which have figures for values.

    Args:
        rows: Text by column, none of it empty.
        named: Whether the first row is likely to name the columns, as in a file that mostly has a head.
    """
    head, *below = rows
    pairs = [{column: text.rstrip(_NOTES) for column, text in row.items()} for row in below if len(row) > 1]
    if len(head) != 2 or any(not row.keys() <= head.keys() for row in below) or not 0 < len(pairs) <= MOST_FIELDS:
        return False
    if _NAMES_VALUES.fullmatch(list(head.values())[1]):
        return False
    names, values = ([row[column] for row in pairs] for column in head)
    if len(set(names)) < len(names) or not any(character.isdigit() for value in values for character in value):
        return False
    odds = names_columns(head, pairs)
    kinds = {kind for value in values if (kind := _kind(value))}
    several = len(kinds - ({"count"} if "amount" in kinds else set())) > 1  # 30 stands among 1.5 and 12.25, too
    if named:
        return several and odds < SURE
    return odds < LEAST or (odds < SURE and (several or len(pairs) == 1))


def _kind(value: str) -> str:
    """Of what kind a figure or a time is that stands in a table; nothing of words."""
    if MONEY.match(value) or _AMOUNT.fullmatch(value):
        return "amount"
    if _LEADING_ZERO.fullmatch(value):
        return "code"
    if _COUNT.fullmatch(value):
        return "count"
    if (kind := kind_of(value)) in TIMES:
        return kind if kind == "hour" else "day"
    return "measure" if is_figure(value) else ""
