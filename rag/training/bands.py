"""Scales made by code: bands of numbers and what each gives, asked about by a number that lies within one of them.

It is asked of the scale, and of the same one without that band; now and then all that it gives is asked for.
"""

import random
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag.training.examples import Example
from rag.training.forms import made_until
from rag.training.placed import PlacedText
from rag.training.values import value_of

_SCALES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "bands.toml").read_text(encoding="utf-8"))[
    "scale"
]


@dataclass(frozen=True, slots=True)
class _Band:
    """Numbers from `low` to `high`, both in it; None where it has no such end."""

    low: int | None
    high: int | None
    gives: str


def band_examples(number: int, seed: int, fillers: Sequence[str] = ()) -> list[Example]:
    """At least `number` examples on scales, in random order; the same for the same seed.

    Args:
        number: How many.
        seed: Of everything.
        fillers: Sentences, one of which stands beside the scale now and then.
    """
    return made_until(number, random.Random(f"bands {seed}"), "band", _of_scale, fillers)


def _of_scale(asked: str, fillers: Sequence[str], rng: random.Random) -> Iterator[Example]:
    scale = rng.choice(_SCALES)
    bands = _bands(scale, rng)
    own = rng.choice(bands)
    low, high, step = scale["range"]
    first = low if own.low is None else own.low
    last = high + 5 * step if own.high is None else own.high
    value = rng.randint(first, last)
    question = rng.choice(scale["questions"]).format(value=value)
    if not str(value).startswith(("8", "11", "18")):
        question = question.replace(" an ", " a ")
    title = rng.choice(scale["kinds"])
    write = _Writer(scale, fillers, rng)
    if rng.random() < 0.2:
        written = write(bands)
        answer, *also = written.places.values()
        yield Example(rng.choice(scale["all"]), title, written.text, answer, asked, tuple(also))
        return
    written = write(bands)
    yield Example(question, title, written.text, written.places[own], asked)
    # "Up to 10" holds what "up to 5" does.
    if rng.random() < 0.75 and (not write.by_upper_end or own is bands[-1]):
        yield Example(question, title, write([band for band in bands if band is not own]).text, None, asked)


def _bands(scale: dict[str, Any], rng: random.Random) -> list[_Band]:
    """Three bands or more from below to above, the first and the last now and then without an end."""
    low, high, step = scale["range"]
    gives = scale["gives"]
    most = len(gives) if isinstance(gives, list) else 6
    number = rng.randint(3, most)
    edges = sorted(rng.sample(range(low + 2 * step, high - step, 2 * step), number - 1))
    lows, highs = [low, *edges], [*(edge - 1 for edge in edges), high]
    told = gives[:number] if isinstance(gives, list) else _given(gives, number, rng)
    if isinstance(gives, list) and scale["falling"]:
        told = told[::-1]
    first = None if rng.random() < 0.3 else lows[0]
    last = None if rng.random() < 0.4 else highs[-1]
    ends = zip([first, *lows[1:]], [*highs[:-1], last], told, strict=True)
    return [_Band(*end) for end in ends]


def _given(of: str, number: int, rng: random.Random) -> list[str]:
    """So many values that rise, or fall, from band to band."""
    if of not in ("credits", "money"):
        return [value_of(of, rng) for _ in range(number)]
    form = " credits" if of == "credits" else rng.choice(("£{}", "${}", "{}.00", "{} EUR"))
    amounts = sorted(rng.sample(range(1, 20 if of == "credits" else 400), number), reverse=rng.random() < 0.2)
    return [form.format(amount) if "{}" in form else f"{amount}{form}" for amount in amounts]


class _Writer:
    """Writes scales in one layout, such as all texts of a question have."""

    def __init__(self, scale: dict[str, Any], fillers: Sequence[str], rng: random.Random) -> None:
        self._by, self._head, self._unit = (
            rng.choice(scale["by"]),
            rng.choice(scale["heads"]),
            rng.choice(scale["unit"]),
        )
        self._dash = rng.choice(("-", "–", " - ", " to "))
        self._form = rng.choice((self._range, self._range, self._range, self._bounds, self._half_open))
        # On one line, of figures nobody could tell which is whose.
        last = "one line" if isinstance(scale["gives"], list) else "turned"
        self._layout = rng.choice(("named", "named", "lines", "lines", "turned", last))
        self._between = rng.choice((": ", " | ", "  ", " = "))
        self._below, self._above = rng.choice((("under {}", "over {}"), ("up to {}", "{}+"), ("< {}", "{} and over")))
        self._turned = rng.random() < 0.3
        self._filler = rng.choice(fillers) if fillers and rng.random() < 0.2 else ""

    @property
    def by_upper_end(self) -> bool:
        """Whether each band is told by its upper end alone."""
        return self._form == self._bounds

    def __call__(self, bands: Sequence[_Band]) -> PlacedText[_Band]:
        """The text, and where in it what each band gives stands, from its beginning on."""
        written = PlacedText[_Band](f"{self._filler}\n" if self._filler else "")
        for number, band in enumerate(reversed(bands) if self._turned else bands):
            before, after = self._around(self._form(band))
            written.write(("" if not number else " " if self._layout == "one line" else "\n") + before)
            written.place(band.gives, band)
            written.write(after)
        return written

    def _around(self, said: str) -> tuple[str, str]:
        """What stands before what a band gives, and behind it."""
        if self._layout == "named":
            return f"{self._by}: {said} | {self._head}: ", ""
        if self._layout == "lines":
            return f"{said}{self._between}", ""
        return "", f" {said}" if self._layout == "one line" else f"{self._between}{said}"

    def _range(self, band: _Band) -> str:
        if band.low is None or band.high is None:
            return self._open(band)
        return f"{band.low}{self._dash}{band.high}{self._unit}"

    def _bounds(self, band: _Band) -> str:
        """By its upper end alone where it has one, as in "up to 5 kg"."""
        return self._open(_Band(None, band.high, "") if band.high is not None else band)

    def _half_open(self, band: _Band) -> str:
        name = self._by.split()[0].lower()
        if band.low is None or band.high is None:
            return self._open(band)
        return f"{band.low} ≤ {name} < {band.high + 1}" if len(self._dash) > 1 else f"{band.low}≤{name}<{band.high + 1}"

    def _open(self, band: _Band) -> str:
        """A band without a lower end, or without an upper one."""
        if band.high is None:
            end = band.low if self._above != "over {}" else (band.low or 0) - 1
            return self._above.format(f"{end}{self._unit}" if "+" not in self._above else end)
        end = band.high if "up to" in self._below else band.high + 1
        return self._below.format(f"{end}{self._unit}")
