"""JSON: a list of records as rows that tell their names, anything else as the file is."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from index.files.extract import Extract
from index.files.text import decode, read_code
from index.files.writing import Writer

FEWEST = 2  #: records
LONGEST = 500  #: characters of a value
DEEPEST = 3  #: names within names

Field = tuple[str, str]  #: a name, with those it stands within before it, and a value


def read_json(data: bytes) -> Extract:
    """A JSON file. Raises FormatError if it is no text."""
    text, facts = decode(data)
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):  # settings with comments, or half a file: it is still text
        return read_code(data)
    whole = value if isinstance(value, dict) else {"": value}
    lists = [name for name, one in whole.items() if _are_records(one)]
    if len(lists) != 1:
        return read_code(data)
    return _read(data, {name: one for name, one in whole.items() if name != lists[0]}, whole[lists[0]], facts)


def read_json_lines(data: bytes) -> Extract:
    """A file with a JSON value in each line. Raises FormatError if it is no text."""
    text, facts = decode(data)
    try:
        return _read(data, {}, [json.loads(line) for line in text.splitlines() if line.strip()], facts)
    except (ValueError, RecursionError):
        return read_code(data)


def _are_records(value: Any) -> bool:
    return isinstance(value, list) and len(value) >= FEWEST and all(isinstance(one, dict) for one in value)


def _read(data: bytes, beside: dict[str, Any], records: Sequence[Any], facts: tuple[Field, ...]) -> Extract:
    """The records of a file below what it says beside them; the file as it is, if they are none."""
    if not _are_records(records):
        return read_code(data)
    writer = Writer()
    told: list[Field] = []
    longer: list[str] = []  # texts, and records within records
    for name, value in beside.items():
        try:
            told += list(_fields({name: value}))
        except ValueError:
            longer.append(f"{name}: {value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}")
    writer.record("all records", told)
    for text in longer:
        writer.paragraph(text)
    try:
        for number, record in enumerate(records, start=1):
            writer.record(f"record {number}", _fields(record))
    except ValueError:
        return read_code(data)
    return writer.extract(facts=facts)


def _fields(record: dict[str, Any], within: tuple[str, ...] = ()) -> Iterator[Field]:
    """The fields of a record, those of a record in it as well. Raises ValueError if it is more than that."""
    for name, value in record.items():
        names = (*within, str(name))
        if isinstance(value, dict) and len(names) < DEEPEST:
            yield from _fields(value, names)
        elif said := _said(value):
            yield " ".join(names), said


def _said(value: Any) -> str:
    """A value, or several one after the other. Raises ValueError if it is neither, or too long."""
    if isinstance(value, list):
        said = ", ".join(map(_said, value))
    elif isinstance(value, bool):
        said = "yes" if value else "no"
    elif isinstance(value, str | int | float | None):
        said = "" if value is None else " ".join(str(value).split())
    else:
        raise ValueError("a record within")
    if len(said) > LONGEST:
        raise ValueError("a text")
    return said
