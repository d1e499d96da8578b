"""What tells a document from its neighbours: the fields at its head, and a label that no other has."""

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from index.files.pdf import ocr
from index.files.tables.rows import DIVIDER
from index.files.titles import words_of_file
from index.types import Document

HEAD = 2500  #: characters at the beginning of a document in which fields tell what it is
MOST_FIELDS = 30

_FIELD = re.compile(r"[*_]*([^\W\d_][^:|]{1,40}?)[*_]*:[*_]*\s+(\S.{0,90})")


def head_fields(text: str) -> tuple[tuple[str, str], ...]:
    """The fields at the head of a text, such as `Place: Orrin` or front matter, as names and values."""
    fields: dict[str, str] = {}
    for line in text[:HEAD].splitlines():
        for part in line.split(DIVIDER):
            found = _FIELD.fullmatch(part.strip().lstrip("-*• "))
            if found and len(found[1].split()) <= 5 and len(fields) < MOST_FIELDS:
                fields.setdefault(found[1].strip(), found[2].strip().strip("*_ \"'"))
    return tuple(fields.items())


def labels(documents: Sequence[Document]) -> dict[str, str]:
    """A label for each document, by id: its title, and where others have the same what tells it from them.

    That is a day, or else a field that others of the title have, too, with another value; or else the file's name.
    """
    titles = Counter(document.title for document in documents)
    told = Counter((document.title, fact) for document in documents for fact in {*document.facts})
    named = Counter((document.title, name) for document in documents for name in {name for name, _ in document.facts})
    result: dict[str, str] = {}
    for document in documents:
        label = document.title
        if titles[label] > 1:
            own = {
                name: value
                for name, value in document.facts
                if told[label, (name, value)] == 1 and named[label, name] > 1
            }
            for fact in ("title", ocr.UNREAD, ocr.RECOGNISED):
                own.pop(fact, None)
            name = words_of_file(Path(document.id))
            label = f"{label} ({own.get('date') or next(iter(own.values()), name)})"
        result[document.id] = label
    return result
