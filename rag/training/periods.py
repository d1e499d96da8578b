"""Tables over periods made by code: a figure for several years, quarters or months, or of one that the title names.

A question names the period. It is asked of the text that has it, and of the same text with other periods: a figure
whose period is another one, or is not told at all, is no answer.
"""

import random
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag.training.examples import Example
from rag.training.forms import made_until
from rag.training.placed import PlacedText
from rag.training.values import MONTHS, value_of

_DATA: dict[str, Any] = tomllib.loads((Path(__file__).parent / "periods.toml").read_text(encoding="utf-8"))
_ORDINALS = ("first", "second", "third", "fourth")
_PLAIN = ("What was {item} {when}?", "{item} {when}", "{item} {when}?", "How high was {item} {when}?")


Places = dict[tuple[str, str], tuple[int, int]]  #: of each value, by item and period


@dataclass(frozen=True, slots=True)
class Period:
    """A period as a table's head has it, and as people ask for it."""

    head: str
    asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """A table: by item and period its values."""

    kind: str
    items: tuple[str, ...]
    periods: tuple[Period, ...]
    values: dict[tuple[str, str], str]


def period_examples(number: int, seed: int, fillers: Sequence[str] = ()) -> list[Example]:
    """At least `number` examples on tables over periods, in random order; the same for the same seed.

    Args:
        number: How many.
        seed: Of everything.
        fillers: Sentences, one of which stands beside the rows now and then.
    """
    return made_until(number, random.Random(f"periods {seed}"), "period", _of_table, fillers)


def _of_table(asked: str, fillers: Sequence[str], rng: random.Random) -> Iterator[Example]:
    """A question on an item's figure of a period, of its text and of one that has it for other periods only."""
    topic = rng.choice(_DATA["topic"])
    items = rng.sample(topic["items"], rng.randint(3, min(7, len(topic["items"]))))
    periods = _periods(rng)
    values = {(name, period.head): value_of(of, rng) for name, of, _ in items for period in periods}
    table = Figures(rng.choice(topic["kinds"]), tuple(name for name, *_ in items), periods, values)
    period = rng.choice(periods)
    name, _, own = rng.choice(items)
    who, when = rng.choice(topic["who"]), rng.choice(period.asked)
    template = rng.choice(own.split("|") if rng.random() < 0.7 else _PLAIN)
    question = template.format(item=_lower(name), when=when, who=who)
    question = question[:1].upper() + question[1:]
    write = rng.choice((_columns, _columns, _bare, _by_period, _of_one, _of_one, _prose))
    beside = _beside(table, name, fillers, rng)
    yield _example(question, table, (name, period), write, beside, rng, asked)
    others = tuple(other for other in periods if other != period)
    without = Figures(table.kind, table.items, others, values)
    if write is _of_one and rng.random() < 0.4:
        heading, context, _ = _untitled(without, rng)
        yield Example(question, heading, f"{context}{beside}", None, asked)
    elif rng.random() < 0.8:
        yield _example(question, without, None, write, beside, rng, asked)
    elif len(items) > 3:
        fewer = Figures(table.kind, tuple(item for item in table.items if item != name), periods, values)
        yield _example(question, fewer, None, write, "", rng, f"{asked} without")


def _example(
    question: str,
    table: Figures,
    answer: tuple[str, Period] | None,
    write: Callable[[Figures, random.Random, str, Period], tuple[str, str, Places]],
    beside: str,
    rng: random.Random,
    asked: str,
) -> Example:
    heading, context, places = write(table, rng, *(answer or ("", rng.choice(table.periods))))
    place = places.get((answer[0], answer[1].head)) if answer else None
    if beside and rng.random() < 0.5 and place:
        context, place = f"{beside[1:]}\n{context}", (place[0] + len(beside), place[1] + len(beside))
    else:
        context += beside
    return Example(question, heading, context, place, asked)


def _columns(table: Figures, rng: random.Random, item: str, period: Period) -> tuple[str, str, Places]:
    """A row for each item, each value with its period."""
    text = PlacedText[tuple[str, str]]()
    for name in table.items:
        text.line(name)
        for one in table.periods:
            text.write(f" | {one.head}: ")
            text.place(table.values[name, one.head], (name, one.head))
    return table.kind, text.text, text.places


def _bare(table: Figures, rng: random.Random, item: str, period: Period) -> tuple[str, str, Places]:
    """A line of heads, and rows without them."""
    text = PlacedText[tuple[str, str]]()
    text.line(" | ".join(["", *(one.head for one in table.periods)]).strip())
    for name in table.items:
        text.line(name)
        for one in table.periods:
            text.write(" | ")
            text.place(table.values[name, one.head], (name, one.head))
    return table.kind, text.text, text.places


def _by_period(table: Figures, rng: random.Random, item: str, period: Period) -> tuple[str, str, Places]:
    """A row for each period."""
    first, text = rng.choice(("Period: ", "Year: ", "")), PlacedText[tuple[str, str]]()
    for one in table.periods:
        text.line(f"{first}{one.head}")
        for name in table.items:
            text.write(f" | {name}: ")
            text.place(table.values[name, one.head], (name, one.head))
    return table.kind, text.text, text.places


def _of_one(table: Figures, rng: random.Random, item: str, period: Period) -> tuple[str, str, Places]:
    """The figures of one period, which the title names."""
    text = PlacedText[tuple[str, str]]()
    for name in table.items:
        text.line(f"{name}: ")
        text.place(table.values[name, period.head], (name, period.head))
    title = rng.choice(("{kind} {head}", "{kind}\n{head}", "{head}: {kind}", "{kind} | Period: {head}"))
    return title.format(kind=table.kind, head=period.head), text.text, text.places


def _untitled(table: Figures, rng: random.Random) -> tuple[str, str, Places]:
    """Figures of which nothing tells the period."""
    _, text, places = _of_one(table, rng, "", rng.choice(table.periods))
    return table.kind, text, places


def _prose(table: Figures, rng: random.Random, item: str, period: Period) -> tuple[str, str, Places]:
    """Sentences on some items, each with two periods."""
    text = PlacedText[tuple[str, str]]()
    names = list(table.items)
    rng.shuffle(names)
    for number, name in enumerate(names):
        one = period if name == item else rng.choice(table.periods)
        before = rng.choice([other for other in table.periods if other != one] or [one])
        periods = {"a": one, "b": before}
        when, earlier = one.asked[0], before.asked[0]
        told = rng.choice(_DATA["said"]["told"])
        said = told.replace("{item}", name if told.startswith("{item}") else _lower(name)).replace("{when}", when)
        said = said.replace("{When}", when[:1].upper() + when[1:]).replace("{before}", earlier)
        text.write(" " * (number > 0))
        while "{" in said:
            start = said.index("{")
            text.write(said[:start])
            text.place(table.values[name, periods[said[start + 1]].head], (name, periods[said[start + 1]].head))
            said = said[start + 3 :]
        text.write(said)
    return table.kind, text.text, text.places


def _beside(table: Figures, name: str, fillers: Sequence[str], rng: random.Random) -> str:
    """A line on the item's change, or on something else; often none."""
    draw = rng.random()
    if fillers and draw < 0.12:
        return f"\n{rng.choice(fillers)}"
    if draw > 0.45:
        return ""
    when = rng.choice(table.periods).asked[0]
    words = {"item": name, "when": when, "When": when[:1].upper() + when[1:]}
    said: str = rng.choice(_DATA["said"]["rise"])
    return "\n" + said.format(**words, a=value_of("money", rng), p=value_of("percent", rng))


def _periods(rng: random.Random) -> tuple[Period, ...]:
    """Two to five periods of a kind, the latest first or last."""
    start, many = rng.randint(1990, 2023), rng.randint(2, 5)
    made = rng.choice((_years, _years, _financial, _quarters, _months, _spans, _plans))(start, many, rng)
    return tuple(made if rng.random() < 0.5 else made[::-1])


def _years(start: int, many: int, rng: random.Random) -> list[Period]:
    step = 1 if rng.random() < 0.7 else rng.choice((2, 5, 10))
    years = [str(start - step * number) for number in range(many)]
    return [Period(year, (f"in {year}", f"in {year}", f"for {year}", f"in the year {year}")) for year in years]


def _financial(start: int, many: int, rng: random.Random) -> list[Period]:
    heads = [f"{year}/{(year + 1) % 100:02}" for year in range(start, start - many, -1)]
    return [Period(head, (f"in {head}", f"in the financial year {head}", f"for {head}")) for head in heads]


def _quarters(start: int, many: int, rng: random.Random) -> list[Period]:
    chosen = rng.sample([(year, quarter) for year in (start, start - 1) for quarter in range(4)], many)
    return [
        Period(
            rng.choice((f"Q{quarter + 1} {year}", f"{_ORDINALS[quarter].title()} quarter {year}")),
            (f"in the {_ORDINALS[quarter]} quarter of {year}", f"in Q{quarter + 1} {year}"),
        )
        for year, quarter in sorted(chosen, reverse=True)
    ]


def _months(start: int, many: int, rng: random.Random) -> list[Period]:
    chosen = sorted(rng.sample(range(12), many), reverse=True)
    names = [f"{MONTHS[month]} {start}" for month in chosen]
    return [Period(name, (f"in {name}", f"for {name}")) for name in names]


def _spans(start: int, many: int, rng: random.Random) -> list[Period]:
    """Spans that end on one day, of this year and the year before."""
    month, day = rng.choice((("March", 31), ("June", 30), ("September", 30), ("December", 31)))
    short, long = "Three Months", rng.choice(("Six Months", "Nine Months", "Twelve Months"))
    return [
        Period(
            f"{span} Ended {month} {day}, {year}",
            (
                f"in the {span.lower()} ended {month} {day}, {year}",
                f"in the {span.lower()} to {month} {year}",
                *((f"in the quarter ended {month} {day}, {year}",) if span == short else ()),
            ),
        )
        for span in (short, long)
        for year in (start, start - 1)
    ]


def _plans(start: int, many: int, rng: random.Random) -> list[Period]:
    """What was planned and what came of it, of two years."""
    return [
        Period(f"{kind} {year}", asked)
        for year in (start, start - 1)
        for kind, asked in (
            ("Budget", (f"in the budget for {year}", f"as budgeted for {year}")),
            ("Actual", (f"actually in {year}", f"in fact in {year}", f"in {year}, not as planned")),
        )
    ]


def _lower(name: str) -> str:
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
