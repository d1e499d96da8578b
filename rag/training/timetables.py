"""Timetables made by code: what is on at which times of several days, some of it on more than one of them.

A question names the day, which stands above its lines, in its rows, or over its column. It is asked of the text; of the
same text without that on that day, while the other days keep theirs; or without that day.
"""

import random
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag.training.examples import Example
from rag.training.forms import made_until
from rag.training.placed import PlacedText
from rag.training.values import MONTHS

_TOPICS: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "timetables.toml").read_text(encoding="utf-8"))[
    "topic"
]
_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_FIGURES = re.compile(r"\d+")
_ORDINALS = ("first", "second", "third", "fourth", "fifth")
_WHEN = (
    "When is the {item} {day}?",
    "When does the {item} start {day}?",
    "What time is the {item} {day}?",
    "At what time does the {item} begin {day}?",
    "From when to when is the {item} {day}?",
    "time of the {item} {day}",
    "when's the {item} {day}",
    "{day}, when is the {item}?",
)
#: Of all that a day has, and of all days that have it.
_ALL_OF_DAY = ("What is on {day}?", "What happens {day}?", "programme {day}", "What can one do {day}?")
_ALL_DAYS = (
    "When is the {item}?",
    "At what times is the {item}?",
    "On which days is the {item}?",
    "times of the {item}",
)
_WHERE = ("Where is the {item} {day}?", "In which place does the {item} happen {day}?", "where's the {item} {day}")
_WHAT = ("What is on at {time} {day}?", "What happens {day} at {time}?", "what's at {time} {day}")


@dataclass(frozen=True, slots=True)
class _Day:
    """A day as the text has it, and as people say it."""

    head: str
    asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Event:
    day: _Day
    time: str
    name: str
    called: tuple[str, ...]
    place: str


_Part = tuple[_Event, str]  # an event, and which part of it: `time`, `name` or `place`


def timetable_examples(number: int, seed: int, fillers: Sequence[str] = ()) -> list[Example]:
    """At least `number` examples on timetables, in random order; the same for the same seed.

    Args:
        number: How many.
        seed: Of everything.
        fillers: Sentences, one of which stands below the timetable now and then.
    """
    return made_until(number, random.Random(f"timetables {seed}"), "timetable", _of_timetable, fillers)


def _of_timetable(asked: str, fillers: Sequence[str], rng: random.Random) -> Iterator[Example]:
    topic = rng.choice(_TOPICS)
    days = _days(rng)
    form = rng.choice(("{:02}:{:02}", "{:02}:{:02}", "{}.{:02}")), rng.choice(("-", " - ", "–"))
    events = [event for day in days for event in _events(day, topic, form, rng)]
    own = rng.choice(events)
    if rng.random() < 0.25:
        yield from _of_several(asked, topic, events, own, rng)
        return
    draw = rng.random()
    what, templates = ("time", _WHEN) if draw < 0.7 else ("place", _WHERE) if draw < 0.85 else ("name", _WHAT)
    layout = rng.choice((_below_days, _below_days, _below_days, _in_rows, _in_columns))
    if what == "place" and layout is not _in_rows:
        what, templates = "time", _WHEN
    at = own.time.split(form[1])[0]
    fitting = [one for one in templates if form[1] in own.time or "to when" not in one]
    question = rng.choice(fitting).format(item=rng.choice(own.called), day=rng.choice(own.day.asked), time=at)
    title, whole = rng.choice(topic["kinds"])
    if rng.random() < 0.35:
        mark = "?" if question.endswith("?") else ""
        question = f"{question.rstrip('?')} at {whole}{mark}"
    question = question[:1].upper() + question[1:] if rng.random() < 0.8 else question
    below = f"\n\n{rng.choice(fillers)}" if fillers and rng.random() < 0.2 else ""
    style = rng.random()

    def example(shown: Sequence[_Event], answer: _Event | None) -> Example:
        written = layout(shown, random.Random(style))
        return Example(question, title, written.text + below, written.places[answer, what] if answer else None, asked)

    yield example(events, own)
    draw = rng.random()
    if draw < 0.6:
        yield example([event for event in events if event is not own], None)
    elif draw < 0.8:
        yield example([event for event in events if event.day is not own.day], None)


def _of_several(
    asked: str, topic: dict[str, Any], events: Sequence[_Event], own: _Event, rng: random.Random
) -> Iterator[Example]:
    """A question on all that is on in a day, or on all times of what is on several days; and of the rest alone."""
    again = [event for event in events if event.name == own.name]
    of_day = len(again) < 2
    meant = [event for event in events if event.day is own.day] if of_day else again
    template, what = rng.choice(_ALL_OF_DAY if of_day else _ALL_DAYS), "name" if of_day else "time"
    question = template.format(item=rng.choice(own.called), day=rng.choice(own.day.asked))
    title, _ = rng.choice(topic["kinds"])
    layout, style = rng.choice((_below_days, _below_days, _in_rows)), rng.random()
    written = layout(events, random.Random(style))
    first, *also = sorted(written.places[event, what] for event in meant)
    yield Example(question, title, written.text, first, asked, tuple(also))
    if rng.random() < 0.7:
        rest = layout([event for event in events if event not in meant], random.Random(style))
        yield Example(question, title, rest.text, None, asked)


def _days(rng: random.Random) -> list[_Day]:
    """Two days or more that follow each other."""
    number = rng.randint(2, 5)
    first, date, month = rng.randrange(7), rng.randint(1, 20), rng.randrange(12)
    form = rng.choice(("{week}", "{week}", "{week}, {month} {date}", "{week} {date} {month}", "{short} {date} {cut}"))
    form = rng.choice((form, form, form, "Day {number}", "{date} {month}"))
    made = []
    for count in range(number):
        week = _WEEK[(first + count) % 7]
        words = {"week": week, "short": week[:3], "month": MONTHS[month], "cut": MONTHS[month][:3]}
        words |= {"date": str(date + count), "number": str(count + 1), "ordinal": _ORDINALS[count]}
        asked = {
            "week": ("on {week}", "on the {week}", "{week}"),
            "short": ("on {week}", "on the {week}", "on {date} {month}"),
            "number": ("on day {number}", "on the {ordinal} day"),
            "date": ("on {date} {month}", "on {month} {date}"),
        }
        said = next(asked[name] for name in ("week", "short", "number", "date") if f"{{{name}}}" in form)
        if "{week}" in form and "{date}" in form:
            said = (*said, "on {date} {month}")
        made.append(_Day(form.format(**words), tuple(one.format(**words) for one in said)))
    return made


def _events(day: _Day, topic: dict[str, Any], form: tuple[str, str], rng: random.Random) -> list[_Event]:
    """What is on in a day, in the order of its times, nothing twice and no two at once."""
    chosen = rng.sample(topic["items"], rng.randint(2, 5))
    clock, dash = form
    hours = sorted(rng.sample(range(7, 22), len(chosen)))
    events = []
    for hour, (name, called) in zip(hours, chosen, strict=True):
        start = clock.format(hour, rng.choice((0, 0, 15, 30)))
        until = clock.format(*rng.choice(((hour, 45), (hour + 1, 0))))
        time = f"{start}{dash}{until}" if rng.random() < 0.6 else start
        events.append(_Event(day, time, name, (*called.split("|"),), rng.choice(topic["places"])))
    return events


def _say(written: PlacedText[_Part], event: _Event, what: str) -> None:
    """Write a part of an event: its `time`, `name` or `place`."""
    written.place(getattr(event, what), (event, what))


def _by_day(events: Sequence[_Event]) -> dict[_Day, list[_Event]]:
    found: dict[_Day, list[_Event]] = {}
    for event in events:
        found.setdefault(event.day, []).append(event)
    return found


def _below_days(events: Sequence[_Event], rng: random.Random) -> PlacedText[_Part]:
    """A line for each event below its day."""
    written = PlacedText[_Part]()
    mark, between, turned = rng.choice(("", "", "- ")), rng.choice((": ", " ", " | ", "  ")), rng.random() < 0.25
    for day, own in _by_day(events).items():
        written.text += ("\n\n" if written.text else "") + day.head
        for event in own:
            written.text += f"\n{mark}"
            parts = ("name", "time") if turned else ("time", "name")
            _say(written, event, parts[0])
            written.text += ": " if turned and between == " " else between
            _say(written, event, parts[1])
    return written


def _in_rows(events: Sequence[_Event], rng: random.Random) -> PlacedText[_Part]:
    """A row for each event, with its day."""
    written = PlacedText[_Part]()
    heads = rng.choice((("Day", "Time", "Activity", "Place"), ("Date", "When", "What", "Where"), ("", "", "", "")))
    for event in events:
        written.text += ("\n" if written.text else "") + (f"{heads[0]}: " if heads[0] else "") + event.day.head
        for head, what in zip(heads[1:], ("time", "name", "place"), strict=True):
            written.text += " | " + (f"{head}: " if head else "")
            _say(written, event, what)
    return written


def _in_columns(events: Sequence[_Event], rng: random.Random) -> PlacedText[_Part]:
    """A row for each time, with what is on then on each day."""
    written, first = PlacedText[_Part](), rng.choice(("Time: ", "", ""))
    for time in sorted({event.time for event in events}, key=lambda time: [*map(int, _FIGURES.findall(time))]):
        written.text += ("\n" if written.text else "") + first
        at, written.text = len(written.text), written.text + time
        for event in (one for one in events if one.time == time):
            written.text += f" | {event.day.head}: "
            _say(written, event, "name")
            written.places[event, "time"] = at, at + len(time)
    return written
