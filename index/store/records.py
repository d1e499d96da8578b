"""The records of a store: a file for each indexed document, named by its content and never changed."""

import hashlib
import json
from collections.abc import Collection
from dataclasses import asdict
from pathlib import Path
from typing import Any

from index.errors import StoreError
from index.store.manifest import write_atomically
from index.types import Document, IndexedDocument, Passage, Sentence


def write_record(folder: Path, indexed: IndexedDocument) -> str:
    """Write the record of a document, unless it is there, and return its name. Raises OSError."""
    data = _encode(indexed)
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
        return _decode((folder / "documents" / name).read_bytes())
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(
            f"The index in {folder} is damaged (record {name}: {error}); "
            "rebuild it with `footnote index --rebuild` and the same --docs and --store."
        ) from error


def sweep_records(folder: Path, keep: Collection[str]) -> None:
    """Delete every record but these. Raises OSError."""
    for path in (folder / "documents").glob("*"):
        if path.name not in keep:
            path.unlink(missing_ok=True)


def _encode(indexed: IndexedDocument) -> bytes:
    """JSON in which the texts of passages are left to their offsets."""
    data: dict[str, Any] = {
        "document": asdict(indexed.document),
        "passages": [[p.id, p.start, p.end, p.heading] for p in indexed.passages],
        "sentences": [[s.start, s.end, s.paragraph] for s in indexed.sentences],
    }
    return json.dumps(data, ensure_ascii=False).encode()


def _decode(data: bytes) -> IndexedDocument:
    parts = json.loads(data)
    document = Document(**{**parts["document"], "pages": tuple(parts["document"]["pages"])})
    passages = (
        Passage(identifier, document.id, document.text[start:end], start, end, heading)
        for identifier, start, end, heading in parts["passages"]
    )
    return IndexedDocument(document, tuple(passages), tuple(Sentence(*sentence) for sentence in parts["sentences"]))
