"""JSON: a list of records as rows that tell their names, anything else as the file is."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from index.files.extract import Extract
from index.files.tables.rows import DIVIDER
from index.files.text import decode, read_code
from index.files.writing import Writer

FEWEST = 2  #: records
LONGEST = 500  #: characters of a value in a row
DEEPEST = 3  #: names within names

_EMPTY_LINES = re.compile(r"\n[ \t]*\n\s*")

Field = tuple[str, str]  #: a name, with those it stands within before it, and a value


class _WithinError(ValueError):
    """There are records within a value, which no row tells."""


def read_json(data: bytes) -> Extract:
    """A JSON file. Raises FormatError if it is no text."""
    text, facts = decode(data)
    try:
        value = json.loads(text)
        whole = value if isinstance(value, dict) else {"": value}
        lists = [name for name, one in whole.items() if _are_records(one)]
        if len(lists) == 1:
            beside = {name: one for name, one in whole.items() if name != lists[0]}
            return _read(data, beside, whole[lists[0]], facts)
    except (ValueError, RecursionError):  # settings with comments, or half a file: it is still text
        pass
    return read_code(data)


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
    _write(writer, "all records", *_parted(beside, whole=False))
    try:
        parted = [_parted(record) for record in records]
    except _WithinError:
        return read_code(data)
    headed = any(longer for _, longer in parted)
    for number, (told, longer) in enumerate(parted, start=1):
        _write(writer, f"record {number}", told, longer, headed=headed)
    return writer.extract(facts=facts)


def _write(writer: Writer, part: str, told: Sequence[Field], longer: Sequence[Field], *, headed: bool = False) -> None:
    """Write a record: its fields as a row, longer texts below it; with `headed`, its first field names it, too."""
    if headed and (told or longer):
        writer.part(part)
        writer.heading(told[0][1] if told else part)
    if headed and told:
        writer.line(DIVIDER.join(f"{name}: {said}" for name, said in told), first=True)
    elif not headed:
        writer.record(part, told)
    for name, text in longer:
        for paragraph in _EMPTY_LINES.split(f"{name}: {text}"):
            writer.paragraph(paragraph)


def _parted(record: dict[str, Any], *, whole: bool = True) -> tuple[list[Field], list[Field]]:
    """The fields of a record, those of a record in it as well, and those that are too long for a row.

    Raises _WithinError if it is `whole`, and more than that; what is deeper is longer text otherwise.
    """
    told: list[Field] = []
    longer: list[Field] = []
    for name, value in record.items():
        try:
            fields = list(_fields(value, (str(name),)))
        except _WithinError:
            if whole:
                raise
            longer.append((str(name), json.dumps(value, ensure_ascii=False)))
            continue
        for field in fields:
            (told if len(field[1]) <= LONGEST else longer).append(field)
    return told, longer


def _fields(value: Any, names: tuple[str, ...]) -> Iterator[Field]:
    """A value with its names, or those in it. Raises _WithinError if it is more than that."""
    if isinstance(value, dict) and len(names) < DEEPEST:
        for name, inner in value.items():
            yield from _fields(inner, (*names, str(name)))
    elif isinstance(value, str) and len(value.strip()) > LONGEST:
        yield " ".join(names), value.strip()
    elif said := _said(value):
        yield " ".join(names), said


def _said(value: Any) -> str:
    """A value, or several one after the other. Raises _WithinError if it is neither."""
    if isinstance(value, list):
        if value and all(isinstance(one, dict) for one in value):
            return "; ".join(map(_said_of_record, value))
        return ", ".join(map(_said, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value == {}:
        return ""
    if isinstance(value, str | int | float | None):
        return "" if value is None else " ".join(str(value).split())
    raise _WithinError


def _said_of_record(record: dict[str, Any]) -> str:
    """A record within a list of a record, as "amount 3, ingredient Gin". Raises _WithinError if more are in it."""
    if any(value and isinstance(value, dict | list) for value in record.values()):
        raise _WithinError
    return ", ".join(f"{name} {said}" for name, value in record.items() if (said := _said(value)))
