"""What a sync has to do: the difference between the manifest and the files."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index.errors import DocumentError
from index.files.finding import Loaded, Root, Skipped, SourceFile, add_roots, read_files
from index.store.manifest import Entry, Manifest
from index.store.records import has_record


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
    """The roots to remember, the documents to keep, and those to index."""

    report: SyncReport
    roots: tuple[Root, ...]
    kept: dict[str, Entry]
    loaded: tuple[Loaded, ...]
    is_empty: bool


def plan_sync(
    folder: Path, manifest: Manifest | None, add: Sequence[Path], remove: Sequence[Path], *, rebuild: bool
) -> SyncPlan:
    """Compare the manifest of the store in `folder` with the files; those that are not known as they are, are read.

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
    entries = manifest.entries if manifest and not rebuild else {}

    def is_known(file: SourceFile, sha256: str) -> bool:
        entry = entries.get(file.id)
        same = entry and (entry.sha256, entry.path) == (sha256, str(file.path))
        return bool(entry and same and has_record(folder, entry.record))

    unchanged, loaded, skipped = read_files(roots, is_known)
    kept = {file.id: entries[file.id] for file in unchanged}
    report = SyncReport(
        added=tuple(one.file.id for one in loaded if one.file.id not in entries),
        changed=tuple(one.file.id for one in loaded if one.file.id in entries),
        removed=tuple(sorted(entries.keys() - kept.keys() - {one.file.id for one in loaded})),
        unchanged=tuple(kept),
        skipped=tuple(skipped),
    )
    same = manifest is not None and (roots, report.skipped) == (manifest.roots, manifest.skipped)
    return SyncPlan(report, roots, kept, tuple(loaded), is_empty=report.is_empty and same)
