"""Whether a row of a table names the columns of the rows below it, as a small model has learnt from tables."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from math import log

from index.files.tables.cells import is_figure

ROWS_READ = 40  #: below a row
FEWEST_OF_A_RUN = 2  #: cells that are all different times, as the years or days that columns are of
FEWEST_NUMBERED = 4  #: cells that go on by one

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?"
#: Kinds of times, each a pattern.
TIMES = {
    "year": r"(?:FY\s?)?(?:19|20)\d\d(?:\s?[-–/]\s?(?:19|20)?\d\d)?",
    "date": r"\d{4}-\d\d(?:-\d\d)?(?: \d\d:\d\d)?|\d{1,2}[./-](?:\d{1,2}|[a-z]{3})(?:[./-]\d{2,4})?"
    rf"|(?:{_WEEKDAY},? )?(?:\d{{1,2}}(?:st|nd|rd|th)?[ -]{_MONTH}(?:[ ,-]+\d{{2,4}})?"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?)",
    "class": r"\d{1,2}[a-z]",
    "hour": r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s?[ap]\.?m\.?)?(?:\s?[-–]\s?\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\.?)?)?"
    r"|\d{1,2}\s?[ap]m",
    "day": rf"{_WEEKDAY}|{_MONTH}(?:[ -]\d{{2,4}})?",
}
_TIME = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in TIMES.items()), re.I)
_NUMBERED = re.compile(r"(?:[a-z]{1,10}\s?#?)?(\d{1,3})(?:st|nd|rd|th)?|[qh][1-4]", re.I)
_WORD = re.compile(r"[^\W\d_]+|[#%$£€]")
_NAMES = {"short", "long", "day", "year", "code", "class"}  #: kinds of cells that may be names of columns
_VALUES = {"figure", "date", "hour", "day", "code", "class"}  #: kinds by which cells of one column are alike


@dataclass(frozen=True, slots=True)
class Weights:
    """What the model has learnt."""

    bias: float
    features: Mapping[str, float]
    words: Mapping[str, float]  #: log-odds that a word stands in a name of a column, not in a cell below it


def names_columns(row: Mapping[int, str], below: Sequence[Mapping[int, str]]) -> float:
    """The log-odds that a row names the columns of the rows below it.

    Args:
        row: Text by column, none of it empty.
        below: Rows below it, from the first; sums and names of groups may be among them.
    """
    weights = _weights()
    features = features_of(row, below, weights.words)
    return weights.bias + sum(weights.features[name] * value for name, value in features.items())


def features_of(
    row: Mapping[int, str], below: Sequence[Mapping[int, str]], words: Mapping[str, float]
) -> dict[str, float]:
    """What tells a row of names from the rows below it, most of it as a share of its cells or of theirs."""
    columns: dict[int, list[str]] = {}
    for other in below[:ROWS_READ]:
        for column, text in other.items():
            columns.setdefault(column, []).append(text)
    size = {"rows below": log(1 + min(len(below), ROWS_READ)) / 4, "two columns": float(len(row) == 2)}
    return _of_cells(list(row.values()), columns, words) | _of_columns(row, columns) | size


def _of_cells(
    texts: Sequence[str], columns: Mapping[int, Sequence[str]], words: Mapping[str, float]
) -> dict[str, float]:
    """What the cells of a row tell, each by itself."""
    values = [text for column in columns.values() for text in column]
    elsewhere = {text.casefold() for text in values}
    return {
        "without digits": _share(not any(map(str.isdigit, text)) for text in texts),
        "figures": _share(kind_of(text) == "figure" for text in texts),
        "again anywhere": _share(text.casefold() in elsewhere for text in texts),
        "all different": len({text.casefold() for text in texts}) / len(texts),
        "capitals": _capitals(texts) - _capitals(values),
        "colons": _share(text.endswith(":") for text in texts),
        "words": _mean(_told(text, words) for text in texts),
        "names at the side": _beside(columns, words) if len(texts) % 2 == 0 else 0.0,
        "longest": min(2.0, max(map(len, texts)) / 60),
    }


def _of_columns(row: Mapping[int, str], columns: Mapping[int, Sequence[str]]) -> dict[str, float]:
    """What the cells of a row tell by what stands in their columns."""
    over = [(text, columns[column]) for column, text in row.items() if column in columns]
    kinds = [(kind_of(text), *_most_common(map(kind_of, column))) for text, column in over]
    typed = [(own, main) for own, main, alike in kinds if alike and main in _VALUES]
    lengths = [log(sum(map(len, column)) / len(column) / len(text)) for text, column in over]
    of_words = [not alike or main not in _VALUES for _, main, alike in kinds]
    corner = min(columns, default=0) not in row
    # Times over times, and counted numbers over figures, may be the first of them, unless a column has no name.
    others = [
        text
        for column, text in row.items()
        if corner or column not in columns or not _is_one_of(kind_of(text), columns[column])
    ]
    return {
        "run of times": run_of_times(others) * len(others) / len(row),
        "over values of another kind": sum(own in _NAMES and own != main for own, main in typed) / max(1, len(over)),
        "over values of its kind": sum(own == main for own, main in typed) / max(1, len(over)),
        "again in its column": _share(text.casefold() in map(str.casefold, column) for text, column in over),
        "shorter than words below": _mean(
            max(-2.0, min(2.0, length)) for length, wordy in zip(lengths, of_words, strict=True) if wordy
        ),
        "over words that come again": _share(_come_again(text, column) for text, column in over),
        "columns covered": len(over) / max(1, len(columns)),
        "empty corner": float(corner),
    }


def _beside(columns: Mapping[int, Sequence[str]], words: Mapping[str, float]) -> float:
    """How much likelier names stand in every other column from the first on than beside these, as in a form."""
    names, values = (
        [_told(text, words) for column in sorted(columns)[start::2] for text in columns[column]] for start in (0, 1)
    )
    return _mean(names) - _mean(values)


def _told(text: str, words: Mapping[str, float]) -> float:
    """The log-odds that a cell is the name of a column, by its words alone."""
    return max(-3.0, min(3.0, sum(words.get(word, 0.0) for word in words_of(text))))


def words_of(text: str) -> list[str]:
    """The words of a cell."""
    return [word.lower() for word in _WORD.findall(text)]


@lru_cache(maxsize=10_000)
def kind_of(text: str) -> str:
    """What a cell holds: a time, a figure, a code with digits, or short or long words."""
    if found := _TIME.fullmatch(text):
        return str(found.lastgroup)
    if is_figure(text):
        return "figure"
    if any(map(str.isdigit, text)):
        return "code"
    return "short" if len(text.split()) <= 3 else "long"


def _most_common(kinds: Iterable[str]) -> tuple[str, bool]:
    """The kind of most cells of a column, and whether it is that of three in five."""
    counts = Counter(kinds)
    kind, count = counts.most_common(1)[0]
    return kind, count >= 0.6 * counts.total()


def _is_one_of(kind: str, column: Sequence[str]) -> bool:
    """Whether a time or figure stands over nearly nothing but such."""
    return (kind in TIMES or kind == "figure") and _most_common(map(kind_of, column)) == (kind, True)


def _come_again(name: str, column: Sequence[str]) -> bool:
    """Whether cells of a column come again, and its name is none of them."""
    cells = [text.casefold() for text in column]
    return len(cells) > 2 and len(set(cells)) <= 0.75 * len(cells) and name.casefold() not in cells


def run_of_times(texts: Sequence[str]) -> float:
    """The share of cells that are different times of one kind, or go on by one as "Week 1" and "Week 2" do."""
    kinds = [kind_of(text) for text in texts]
    longest = 0
    for kind in TIMES:
        times = [text for text, own in zip(texts, kinds, strict=True) if own == kind]
        if len(times) >= FEWEST_OF_A_RUN and len(set(times)) == len(times):
            longest = max(longest, len(times))
    numbers = [int(found[1]) if (found := _NUMBERED.fullmatch(text)) and found[1] else None for text in texts]
    length = 1
    for one, after in pairwise(numbers):
        length = length + 1 if one is not None and after == one + 1 else 1
        longest = max(longest, length if length >= FEWEST_NUMBERED else 0)
    return longest / len(texts) if texts else 0.0


def _capitals(texts: Iterable[str]) -> float:
    return _share(text[0].isupper() for text in texts if text[0].isalpha())


def _share(told: Iterable[bool]) -> float:
    return _mean(map(float, told))


def _mean(values: Iterable[float]) -> float:
    some = list(values)
    return sum(some) / len(some) if some else 0.0


@cache
def _weights() -> Weights:
    learnt = json.loads(files("index.files.tables").joinpath("naming.json").read_text(encoding="utf-8"))
    return Weights(learnt["bias"], learnt["features"], learnt["words"])
