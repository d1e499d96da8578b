"""The records of a store in one file, as opening and parsing thousands at every start takes seconds."""

from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from itertools import accumulate, chain, pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from index.store.arrays_file import holds_others, lines_of, packed_lines, read_arrays, write_arrays
from index.store.packed import PackedPassages, PackedSentences
from index.types import Document, IndexedDocument

NAME = "documents.npz"
VERSION = "1"  #: raise it when records hold something else

_HEADS = TypeAdapter(tuple[tuple[Document, ...], tuple[str, ...]])  #: documents without their texts; headings


def read_documents(folder: Path) -> dict[str, IndexedDocument]:
    """What the file in `folder` holds, by the names of records; nothing if it is missing or damaged."""
    return read_arrays(folder / NAME, VERSION, lambda arrays: dict(_documents(dict(arrays)))) or {}


def write_documents(folder: Path, documents: Mapping[str, IndexedDocument]) -> None:
    """Have the file in `folder` hold these documents, by the names of their records."""
    write_arrays(folder / NAME, VERSION, _arrays(documents))


def forget_documents(folder: Path, keep: Set[str]) -> None:
    """Take every document out of the file but those of these records."""
    if not holds_others(folder / NAME, VERSION, keep):
        return
    kept = {name: one for name, one in read_documents(folder).items() if name in keep}
    (folder / NAME).unlink(missing_ok=True)  # also where it cannot be written anew
    if kept:
        write_documents(folder, kept)


def _arrays(documents: Mapping[str, IndexedDocument]) -> dict[str, NDArray[Any]]:
    texts, passages, sentences = [], [], []
    for one in documents.values():
        if not isinstance(one.passages, PackedPassages) or not isinstance(one.sentences, PackedSentences):
            raise TypeError("only documents of records can be written")
        texts.append(one.document.text.encode())
        passages.append(one.passages)
        sentences.append(one.sentences)
    heads = tuple(replace(one.document, text="", blocks=()) for one in documents.values())
    headings = {heading: number for number, heading in enumerate(dict.fromkeys(_chained(passages, "headings")))}
    return {
        "records": packed_lines(documents),
        "heads": np.frombuffer(_HEADS.dump_json((heads, tuple(headings))), dtype=np.uint8),
        "texts": np.frombuffer(b"".join(texts), dtype=np.uint8),
        "text_sizes": _sizes(texts),
        "passages": packed_lines(_chained(passages, "names")),
        "passage_sizes": _sizes(passages),
        "passage_places": np.concatenate([np.empty((0, 2), np.int32), *(one.places for one in passages)]),
        "passage_headings": np.array([headings[one] for one in _chained(passages, "headings")], dtype=np.int32),
        "sentence_sizes": _sizes(sentences),
        "sentence_places": np.concatenate([np.empty((0, 3), np.int32), *(one.places for one in sentences)]),
        "sentence_headings": np.concatenate(
            [np.empty(0, np.int32), *(np.array(sorted(one.headings), dtype=np.int32) for one in sentences)]
        ),
        "sentence_heading_sizes": _sizes([one.headings for one in sentences]),
    }


def _documents(arrays: Mapping[str, NDArray[Any]]) -> Iterator[tuple[str, IndexedDocument]]:
    heads, headings = _HEADS.validate_json(arrays["heads"].tobytes(), strict=True)
    texts, names = arrays["texts"].tobytes(), lines_of(arrays["passages"])
    passage_headings = [headings[number] for number in arrays["passage_headings"].tolist()]
    sentence_headings = arrays["sentence_headings"].tolist()
    parts = (_slices(arrays[f"{kind}_sizes"]) for kind in ("text", "passage", "sentence", "sentence_heading"))
    for record, head, text, own, said, over in zip(lines_of(arrays["records"]), heads, *parts, strict=True):
        document = replace(head, text=texts[text].decode())
        passages = PackedPassages(document, names[own], arrays["passage_places"][own], passage_headings[own])
        sentences = PackedSentences(arrays["sentence_places"][said], sentence_headings[over])
        yield record, IndexedDocument(document, passages, sentences)


def _chained(parts: Sequence[Any], name: str) -> Iterator[str]:
    return chain.from_iterable(getattr(part, name) for part in parts)


def _sizes(parts: Sequence[Collection[Any]]) -> NDArray[np.int64]:
    return np.array([len(part) for part in parts], dtype=np.int64)


def _slices(sizes: NDArray[np.int64]) -> Iterator[slice]:
    return (slice(*ends) for ends in pairwise(accumulate(sizes.tolist(), initial=0)))
