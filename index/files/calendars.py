"""Calendars: each event a row of what, when and where."""

import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from index.files.extract import Extract, FormatError
from index.files.text import decode
from index.files.writing import Writer

MOST_EVENTS = 50_000  #: of a file that is read
UTC = "UTC"


def read_calendar(data: bytes) -> Extract:
    """The events and tasks of an iCalendar file, in the order of their time. Raises FormatError if it is none."""
    from icalendar import Calendar

    text, facts = decode(data)
    try:
        calendars = Calendar.from_ical(text, multiple=True)
        entries = [entry for one in calendars for entry in one.walk() if entry.name in ("VEVENT", "VTODO")]
    except (ValueError, IndexError, KeyError, AttributeError, TypeError) as error:  # whatever a damaged one leads to
        raise FormatError(f"is no calendar, or is damaged ({error}); export it as .ics again") from None
    if not calendars:
        raise FormatError("is no calendar, whatever its name says")
    if len(entries) > MOST_EVENTS:
        raise FormatError(f"has more than {MOST_EVENTS:,} events; split it")
    writer = Writer()
    name, zone = (_text(calendars[0], f"X-WR-{what}") for what in ("CALNAME", "TIMEZONE"))
    if name:
        writer.heading(name)
    rows = sorted((_fields(entry, _zone(zone)) for entry in entries), key=lambda row: row["Start"] or row["Due"])
    for number, row in enumerate(rows, start=1):
        writer.record(f"entry {number}", row.items())
    return writer.extract(name, facts)


def _zone(name: str) -> datetime.tzinfo:
    """The zone in which the times of a calendar are told that gives them in UTC, as Google's do."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, ZoneInfoNotFoundError):  # a part of a name is a folder
        return datetime.UTC


def _fields(entry: Any, zone: datetime.tzinfo) -> dict[str, str]:
    start, end = _value(entry, "DTSTART"), _end(entry)
    return {
        "Event" if entry.name == "VEVENT" else "Task": _text(entry, "SUMMARY"),
        "Start": _time(start, zone),
        "End": _time(end, zone) if end != start else "",
        "Due": _time(_value(entry, "DUE"), zone),
        "Repeats": _repeats(entry, zone),
        "Place": _text(entry, "LOCATION"),
        "Organizer": _people(entry, "ORGANIZER"),
        "Attendees": _people(entry, "ATTENDEE"),
        "Description": _text(entry, "DESCRIPTION"),
    }


def _text(entry: Any, name: str) -> str:
    return " ".join(str(entry.get(name, "")).split())


def _value(entry: Any, name: str, kind: type = datetime.date) -> Any:
    """A day, a time or, of that kind, a span; None where it is not told, told twice or damaged."""
    from icalendar.error import BrokenCalendarProperty

    try:
        value = entry[name].dt
    except (AttributeError, KeyError, BrokenCalendarProperty):
        return None
    return value if isinstance(value, kind) else None


def _end(entry: Any) -> Any:
    """When it ends; the last day of one that is told by days, which the file ends with the day after."""
    start, end = _value(entry, "DTSTART"), _value(entry, "DTEND")
    lasts = _value(entry, "DURATION", datetime.timedelta)
    if end is None and start is not None and lasts is not None:
        end = start + lasts
    days = not any(one is None or isinstance(one, datetime.datetime) for one in (start, end))
    return max(start, end - datetime.timedelta(days=1)) if days else end


def _time(when: Any, zone: datetime.tzinfo) -> str:
    if not isinstance(when, datetime.datetime):
        return str(when or "")
    when = when.astimezone(zone) if when.tzname() == UTC else when
    return f"{when:%Y-%m-%d %H:%M}{f' {UTC}' if when.tzname() == UTC else ''}"


def _repeats(entry: Any, zone: datetime.tzinfo) -> str:
    rule = entry.get("RRULE")
    if not isinstance(rule, dict):  # there is none, or there are several, or it is damaged
        return ""
    often, until = rule.get("FREQ", []), rule.get("UNTIL", [])
    return " ".join([*map(str.lower, often[:1]), *(f"until {_time(last, zone)}" for last in until[:1])])


def _people(entry: Any, name: str) -> str:
    """Who is named, one or several: by name, or by address."""
    said = entry.get(name, [])
    people = said if isinstance(said, list) else [said]
    return ", ".join(str(getattr(one, "params", {}).get("CN", "")) or str(one).rpartition(":")[2] for one in people)
