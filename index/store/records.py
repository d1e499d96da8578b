"""The records of a store: a file for each indexed document, named by its content and never changed."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from index.errors import REBUILD, StoreError, first_problem
from index.store.manifest import write_atomically
from index.types import Document, IndexedDocument, Passage, Sentence


@dataclass(frozen=True, slots=True)
class _Record:
    """An indexed document in which the texts of passages are left to their offsets."""

    document: Document
    passages: tuple[tuple[str, int, int, str], ...]  #: id, start, end and heading
    sentences: tuple[tuple[int, int, int], ...]  #: start, end and paragraph


_JSON = TypeAdapter(_Record)


def write_record(folder: Path, indexed: IndexedDocument) -> str:
    """Write the record of a document, unless it is there, and return its name. Raises OSError."""
    document = replace(indexed.document, blocks=())  # which have become passages and sentences
    passages = tuple((one.id, one.start, one.end, one.heading) for one in indexed.passages)
    sentences = tuple((one.start, one.end, one.paragraph) for one in indexed.sentences)
    data = _JSON.dump_json(_Record(document, passages, sentences))
    name = f"{hashlib.sha256(data).hexdigest()[:32]}.json"
    path = folder / "documents" / name
    path.parent.mkdir(exist_ok=True)
    if not path.exists() or path.read_bytes() != data:  # a damaged one is mended
        write_atomically(path, data)
    return name


def has_record(folder: Path, name: str) -> bool:
    """Whether a record is there."""
    return (folder / "documents" / name).is_file()


def read_record(folder: Path, name: str) -> IndexedDocument:
    """The document that a record holds. Raises StoreError if it is missing or damaged."""
    try:
        record = _JSON.validate_json((folder / "documents" / name).read_bytes(), strict=True)
    except (OSError, ValidationError) as error:
        problem = first_problem(error) if isinstance(error, ValidationError) else error
        raise StoreError(f"The index in {folder} is damaged (record {name}: {problem}); {REBUILD}") from error
    document = record.document
    passages = (
        Passage(identifier, document.id, document.text[start:end], start, end, heading)
        for identifier, start, end, heading in record.passages
    )
    return IndexedDocument(document, tuple(passages), tuple(Sentence(*place) for place in record.sentences))


def sweep_records(folder: Path, keep: Collection[str]) -> None:
    """Delete every record but these. Raises OSError."""
    for path in (folder / "documents").glob("*"):
        if path.name not in keep:
            path.unlink(missing_ok=True)
