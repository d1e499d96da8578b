"""What a sync has to do: the difference between the manifest and the files."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.errors import DocumentError
from index.files.finding import (
    Root,
    Skipped,
    SourceFile,
    add_roots,
    find_files,
    read_bytes,
    read_document,
    require_documents,
)
from index.store.manifest import Entry, Manifest
from index.types import Document


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
    loaded: tuple[tuple[SourceFile, Document, str], ...]
    is_empty: bool


def plan_sync(
    manifest: Manifest | None,
    add: Sequence[Path],
    remove: Sequence[Path],
    has_record: Callable[[str], bool],
    *,
    rebuild: bool = False,
) -> SyncPlan:
    """Compare the manifest with the files; new and changed ones, and those without a record, are read already.

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
    loaded: list[tuple[SourceFile, Document, str]] = []
    readable: list[SourceFile] = []
    for file in files:
        entry = entries.get(file.id)
        try:
            data, sha256 = read_bytes(file)
            if entry and (entry.sha256, entry.path) == (sha256, str(file.path)) and has_record(entry.record):
                kept[file.id] = entry
            else:
                loaded.append((file, read_document(file, data), sha256))
                (changed if entry else added).append(file.id)
            readable.append(file)
        except DocumentError as error:
            if file.named:
                raise
            skipped.append(Skipped(str(file.path), str(error)))
    require_documents(roots, readable)
    removed = set(entries) - set(kept) - set(changed)
    report = SyncReport(tuple(added), tuple(changed), tuple(sorted(removed)), tuple(kept), tuple(skipped))
    same = manifest is not None and (roots, report.skipped) == (manifest.roots, manifest.skipped)
    return SyncPlan(report, roots, kept, tuple(loaded), is_empty=report.is_empty and same)
