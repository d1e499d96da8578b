"""What a sync has to do: the difference between the manifest and the files."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from index.errors import DocumentError, FileError
from index.files.finding import Root, Skipped, SourceFile, add_roots, find_files, reading
from index.store.looks import Looks
from index.store.manifest import Entry, Manifest
from index.store.records import record_names


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync did, by document id."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    partly: Mapping[str, str] = field(default_factory=dict)  #: what of files that were read could not be, and why
    embedded: int = 0  #: passages that had to be embedded
    upgraded: bool = False  #: whether all was made anew, as another version had made it

    @property
    def is_empty(self) -> bool:
        """Whether nothing had to be done."""
        return not (self.added or self.changed or self.removed)


@dataclass(frozen=True, slots=True)
class SyncPlan:
    """The roots to remember, the documents to keep, and the files to read."""

    roots: tuple[Root, ...]
    own: tuple[Root, ...]  #: those of this machine, which alone are looked at
    known: Mapping[str, Entry]  #: the documents that may be kept, by id
    kept: Mapping[str, Entry]  #: those whose files are as they were
    changed: tuple[SourceFile, ...]  #: to be read, those that were named first
    hashes: Mapping[str, str]  #: the SHA-256 of these, by document id
    skipped: tuple[Skipped, ...]
    readings: Mapping[str, str]  #: what can read files, by machine
    is_empty: bool

    def report(
        self, read: Mapping[str, Entry] = MappingProxyType({}), skipped: Sequence[Skipped] = (), embedded: int = 0
    ) -> SyncReport:
        """What was done, given the changed files that could be read, by their ids, and all that were skipped."""
        return SyncReport(
            added=tuple(sorted(read.keys() - self.known.keys())),
            changed=tuple(sorted(self.known.keys() & read.keys())),
            removed=tuple(sorted(self.known.keys() - self.kept.keys() - read.keys())),
            unchanged=tuple(self.kept),
            skipped=tuple(skipped or self.skipped),
            partly={name: entry.unread for name, entry in sorted(read.items()) if entry.unread},
            embedded=embedded,
        )


def plan_sync(
    folder: Path,
    manifest: Manifest | None,
    looks: Looks,
    add: Sequence[Path],
    remove: Sequence[Path],
    *,
    rebuild: bool,
    machine: str = "",
) -> SyncPlan:
    """Compare the manifest of the store in `folder` with the files, by their looks; none is opened that looks the same.

    Of an index of several machines, what others have is left as it is.

    Raises DocumentError if a named file cannot be read or a root is gone.
    """
    known = _without(manifest.roots if manifest else (), remove, machine)
    roots = add_roots(known, add, machine)
    if not roots and not remove:
        raise DocumentError("The index has no documents; name some with `footnote index PATH`.")
    own = tuple(root for root in roots if root.machine == machine)
    others = {root.machine for root in roots} - {machine}
    if rebuild and others and not own:
        raise DocumentError(f"The documents of this index are on {' and '.join(sorted(others))}; rebuild it there.")
    before = _Known.of(None if rebuild else manifest, machine, record_names(folder))
    kept = {name: entry for name, entry in before.entries.items() if entry.machine != machine and _is_of(roots, entry)}
    files, missed = find_files(own, folder)
    skipped = [replace(one, machine=machine) for one in missed]
    skipped += [one for one in (manifest.skipped if manifest else ()) if one.machine != machine and _is_of(roots, one)]
    changed, hashes = [], {}
    for file in files:
        if file.id in kept:  # another machine has a document by that name
            file = replace(file, id=f"{machine}:{file.id}")
        try:
            sha256 = looks.sha256(file)
        except FileError as error:
            if file.named:
                raise
            skipped.append(Skipped(str(file.path), error.reason, machine=machine))
            continue
        if entry := before.entry_of(file, sha256):
            kept[file.id] = entry
        elif bad := before.why_bad(file, sha256):
            skipped.append(bad)
        else:
            changed.append(file)
            hashes[file.id] = sha256
    looks.save({str(file.path) for file in files})
    in_order = tuple(sorted(skipped, key=lambda one: (one.path, one.machine)))
    readings = {name: read for name, read in (manifest.readings if manifest else {}).items() if name in others}
    readings[machine] = reading()
    told = (manifest.roots, manifest.skipped, manifest.readings) if manifest else None
    is_empty = not changed and kept.keys() == before.entries.keys() and told == (roots, in_order, readings)
    changed.sort(key=lambda file: not file.named)
    return SyncPlan(roots, own, before.entries, kept, tuple(changed), hashes, in_order, readings, is_empty)


@dataclass(frozen=True, slots=True)
class _Known:
    """What a machine knows of files from the last time that it looked."""

    entries: Mapping[str, Entry]  #: the documents, by id
    bad: Mapping[tuple[str, str], Skipped]  #: the files that could not be read as they are, by path and SHA-256
    records: Container[str]  #: those that there are
    is_as_read: bool  #: whether it reads files as it did then

    @classmethod
    def of(cls, manifest: Manifest | None, machine: str, records: Container[str]) -> "_Known":
        """What the manifest tells, if anything."""
        if manifest is None:
            return cls({}, {}, records, is_as_read=True)
        is_as_read = manifest.readings.get(machine) == reading()
        own = [one for one in manifest.skipped if one.sha256 and one.machine == machine] if is_as_read else []
        return cls(manifest.entries, {(one.path, one.sha256): one for one in own}, records, is_as_read)

    def entry_of(self, file: SourceFile, sha256: str) -> Entry | None:
        """The entry of a file that need not be read."""
        entry = self.entries.get(file.id)
        if entry is None or (entry.sha256, entry.path) != (sha256, str(file.path)):
            return None
        is_whole = self.is_as_read or not entry.unread
        return entry if is_whole and entry.record in self.records else None

    def why_bad(self, file: SourceFile, sha256: str) -> Skipped | None:
        """Why a file that was not named by the user cannot be read."""
        return None if file.named else self.bad.get((str(file.path), sha256))


def _without(roots: Sequence[Root], remove: Sequence[Path], machine: str) -> list[Root]:
    """The roots but for those at some paths: those of this machine, or if it has none there, of others."""
    for path in remove:
        there = [root for root in roots if root.path == path]
        if not there:
            raise DocumentError(
                f"{path} is not among the folders and files of this index; `footnote doctor` lists them."
            )
        gone = [root for root in there if root.machine == machine] or there
        if len(gone) > 1:
            several = " and ".join(root.machine for root in gone)
            raise DocumentError(f"{path} is a folder or file of {several}; forget it on the one whose it is.")
        roots = [root for root in roots if root not in gone]
    return list(roots)


def _is_of(roots: Sequence[Root], one: Entry | Skipped) -> bool:
    """Whether a file is under one of the roots, of whatever machine, whose paths may be written in another way."""
    for root in roots:
        path = str(root.path).rstrip("/\\")
        if one.machine == root.machine and (one.path == path or one.path.startswith((f"{path}/", f"{path}\\"))):
            return True
    return False
