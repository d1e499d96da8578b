"""The records of a store: a file for each indexed document, named by its content and never changed."""

import hashlib
import os
from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from index.errors import REBUILD, StoreError, first_problem
from index.store.manifest import write_atomically
from index.store.packed import PackedPassages, PackedSentences
from index.types import Document, IndexedDocument, vector_of


@dataclass(frozen=True, slots=True)
class _Passages:
    """What of a record is read where the rest is not needed."""

    passages: tuple[tuple[str, int, int, str], ...]  #: id, start, end and heading; their texts are left to these


@dataclass(frozen=True, slots=True)
class _Record(_Passages):
    """An indexed document."""

    document: Document
    sentences: tuple[tuple[int, int, int], ...]  #: start, end and paragraph
    headings: tuple[int, ...] = ()  #: which of the sentences are headings


_RECORD = TypeAdapter(_Record)
_PASSAGES = TypeAdapter(_Passages)

T = TypeVar("T")


def write_record(folder: Path, indexed: IndexedDocument) -> str:
    """Write the record of a document, unless it is there, and return its name. Raises OSError."""
    document = replace(indexed.document, blocks=())  # which have become passages and sentences
    passages = tuple((one.id, one.start, one.end, one.heading) for one in indexed.passages)
    sentences = tuple((one.start, one.end, one.paragraph) for one in indexed.sentences)
    headings = tuple(number for number, one in enumerate(indexed.sentences) if one.heading)
    data = _RECORD.dump_json(_Record(passages, document, sentences, headings))
    name = name_of(data)
    path = folder / "documents" / name
    path.parent.mkdir(exist_ok=True)
    if not path.exists() or path.read_bytes() != data:  # a damaged one is mended
        write_atomically(path, data)
    return name


def name_of(data: bytes) -> str:
    """The name of the record that holds this."""
    return f"{hashlib.sha256(data).hexdigest()[:32]}.json"


def record_names(folder: Path) -> set[str]:
    """The names of all records that are there."""
    try:
        return set(os.listdir(folder / "documents"))
    except FileNotFoundError:
        return set()


def read_record(folder: Path, name: str) -> IndexedDocument:
    """The document that a record holds. Raises StoreError if it is missing or damaged."""
    record = _read(_RECORD, folder, name)
    try:
        names, starts, ends, headings = zip(*record.passages, strict=True) if record.passages else ((), (), (), ())
        passages = PackedPassages(record.document, names, list(zip(starts, ends, strict=True)), headings)
        return IndexedDocument(record.document, passages, PackedSentences(record.sentences, record.headings))
    except OverflowError as error:
        raise _damaged(folder, name, error) from error


def read_vectors(folder: Path, name: str) -> list[str]:
    """The names of the embeddings of a record's passages. Raises StoreError if it is missing or damaged."""
    return [vector_of(identifier) for identifier, *_ in _read(_PASSAGES, folder, name).passages]


def _read(kind: TypeAdapter[T], folder: Path, name: str) -> T:
    try:
        return kind.validate_json((folder / "documents" / name).read_bytes(), strict=True)
    except (OSError, ValidationError) as error:
        raise _damaged(folder, name, first_problem(error) if isinstance(error, ValidationError) else error) from error


def _damaged(folder: Path, name: str, problem: object) -> StoreError:
    return StoreError(f"The index in {folder} is damaged (record {name}: {problem}); {REBUILD}")


def sweep_records(folder: Path, keep: Collection[str]) -> None:
    """Delete every record but these. Raises OSError."""
    for path in (folder / "documents").glob("*"):
        if path.name not in keep:
            path.unlink(missing_ok=True)
