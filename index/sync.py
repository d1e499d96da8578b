"""What a sync has to do: the difference between the manifest and the files."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index.documents import (
    Root,
    Skipped,
    SourceFile,
    add_roots,
    find_files,
    read_bytes,
    read_document,
    require_documents,
)
from index.embedding import Embedder
from index.errors import DocumentError
from index.manifest import Entry, Manifest
from index.passages import MAX_TOKENS, split_document
from index.types import IndexedDocument

TITLE_TOKENS = 24  #: of the title, and as many of the heading, are embedded with a passage


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync did, by document id."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    embedded: int = 0  #: passages that had to be embedded

    @property
    def is_empty(self) -> bool:
        """Whether nothing had to be done."""
        return not (self.added or self.changed or self.removed)


@dataclass(frozen=True, slots=True)
class SyncPlan:
    """The roots to remember, the documents to keep, and those to index, with their files' SHA-256."""

    report: SyncReport
    roots: tuple[Root, ...]
    kept: dict[str, Entry]
    loaded: tuple[tuple[IndexedDocument, str], ...]
    is_empty: bool


def plan_sync(
    manifest: Manifest | None,
    add: Sequence[Path],
    remove: Sequence[Path],
    embedder: Embedder,
    *,
    rebuild: bool = False,
) -> SyncPlan:
    """Compare the manifest with the files; new and changed ones are read and split already.

    Raises DocumentError if a named file is bad, a root is gone, or a root holds nothing to read.
    """
    known = manifest.roots if manifest else ()
    for path in remove:
        if path not in {root.path for root in known}:
            raise DocumentError(
                f"{path} is not among the folders and files of this index; `footnote doctor` lists them."
            )
    roots = add_roots([root for root in known if root.path not in remove], add)
    if not roots and not remove:
        raise DocumentError("The index has no documents; name some with `footnote index PATH`.")
    files, skipped = find_files(roots)
    entries = dict(manifest.entries) if manifest and not rebuild else {}
    kept: dict[str, Entry] = {}
    added: list[str] = []
    changed: list[str] = []
    loaded: list[tuple[IndexedDocument, str]] = []
    for file in files:
        try:
            entry, indexed = _examine(file, entries.get(file.id), embedder)
        except DocumentError as error:
            if file.named:
                raise
            skipped.append(Skipped(str(file.path), str(error)))
            continue
        if indexed is None:
            kept[file.id] = entry
        else:
            loaded.append((indexed, entry.sha256))
            (changed if file.id in entries else added).append(file.id)
    sources = [entry.source for entry in kept.values()] + [indexed.document.source for indexed, _ in loaded]
    require_documents(roots, sources)
    removed = set(entries) - set(kept) - set(changed)
    report = SyncReport(tuple(added), tuple(changed), tuple(sorted(removed)), tuple(kept), tuple(skipped))
    same = manifest is not None and (roots, report.skipped) == (manifest.roots, manifest.skipped)
    return SyncPlan(report, roots, kept, tuple(loaded), is_empty=report.is_empty and same)


def _examine(file: SourceFile, entry: Entry | None, embedder: Embedder) -> tuple[Entry, IndexedDocument | None]:
    """The entry of a file, and the document if it is new or changed."""
    data, sha256 = read_bytes(file)
    if entry and (entry.sha256, entry.source) == (sha256, str(file.path)):
        return entry, None
    document = read_document(file, data)
    most = min(MAX_TOKENS, embedder.max_tokens - 2 * TITLE_TOKENS)
    indexed = split_document(document, embedder.count_tokens, max_tokens=most)
    return Entry("", sha256, str(file.path), len(indexed.passages)), indexed
