"""Find and read the files that the user names. A document's text is made here, once."""

import hashlib
import os
import shlex
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.errors import DocumentError
from index.files.extract import KINDS, Extract, FormatError
from index.files.formats import FORMATS
from index.files.heads import head_fields
from index.files.structure import find_title, heading_text
from index.types import Document


@dataclass(frozen=True, slots=True)
class Root:
    """A file or folder that the user named. `label` begins its documents' ids; empty for a lone root."""

    path: Path
    label: str


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that may hold a document. `named` when it is a root itself, not found in a folder."""

    id: str
    path: Path  #: as it was found under its root
    root: Path
    named: bool

    @property
    def source(self) -> str:
        """The file itself, behind any links."""
        return str(self.path.resolve())


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file that was read, its SHA-256, and the document that it holds."""

    file: SourceFile
    sha256: str
    document: Document


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file inside a folder that could not be read, and why."""

    path: str
    reason: str


def is_markdown(document: Document) -> bool:
    """Whether the document's text follows Markdown's rules."""
    kind = FORMATS.get(Path(document.id).suffix.lower())
    return kind is not None and kind.markdown


def resolve_paths(paths: Iterable[str | os.PathLike[str]]) -> tuple[Path, ...]:
    """`paths` resolved, each once, sorted. Raises DocumentError if one is missing."""
    resolved = set()
    for path in paths:
        if not os.fspath(path):
            raise DocumentError("A document is named by an empty path; give a file or folder, or leave it out.")
        whole = Path(path).expanduser().resolve()
        if not _is_utf8(whole):
            raise DocumentError(f"The name {printable(whole)} is not UTF-8; rename it and try again.")
        if not whole.exists():
            raise DocumentError(f"There is no file or folder {path}; check the path.")
        resolved.add(whole)
    return tuple(sorted(resolved))


def add_roots(known: Sequence[Root], paths: Sequence[Path]) -> tuple[Root, ...]:
    """The known roots and one for each new path. A known root keeps its label, and so its ids, for good."""
    new = [path for path in dict.fromkeys(paths) if path not in {root.path for root in known}]
    if not known and len(new) == 1:
        return (Root(new[0], ""),)
    taken = {root.label for root in known}
    roots = list(known)
    for path in new:
        ends = ["/".join(path.parts[-length:]) for length in range(1, len(path.parts))]
        clashes = {"/".join(other.parts[-length:]) for other in new if other != path for length in range(1, 99)}
        label = next((end for end in ends if end not in taken | clashes), path.as_posix())
        taken.add(label)
        roots.append(Root(path, label))
    return tuple(roots)


def find_files(roots: Sequence[Root]) -> tuple[list[SourceFile], list[Skipped]]:
    """Every candidate file under the roots, each once, and the files of a kind that is not read.

    Hidden files and folders are passed over. Raises DocumentError for a root that is gone.
    """
    found: dict[Path, SourceFile] = {}
    skipped: list[Skipped] = []
    for root in roots:  # in the order in which they came to be known: a later one leaves the ids of earlier ones alone
        if not root.path.exists():
            raise DocumentError(
                f"{root.path} is gone; bring it back, or forget it with "
                f"`footnote index --remove {shlex.quote(str(root.path))}` and the same --store."
            )
        if root.path.is_file():
            # Named it is, and refused if it is bad, even where its folder is a root too and gave it its id.
            earlier = found.get(root.path)
            identifier = earlier.id if earlier else root.label or root.path.name
            found[root.path] = SourceFile(identifier, root.path, root.path, named=True)
            continue
        for path in _walk(root.path, skipped):
            resolved = path.resolve()
            if resolved in found:
                continue
            if path.suffix.lower() not in FORMATS:
                skipped.append(Skipped(str(path), f"not a kind of file that is read; {KINDS} are"))
                continue
            relative = path.relative_to(root.path).as_posix()
            identifier = f"{root.label}/{relative}" if root.label else relative
            found[resolved] = SourceFile(identifier, path, root.path, named=False)
    return _with_unique_ids(found.values()), skipped


def read_document(file: SourceFile, data: bytes) -> Document:
    """Make the document that `data`, the bytes of `file`, holds.

    Raises DocumentError if it is empty, damaged, not UTF-8 or of a kind that is not read.
    """
    kind = FORMATS.get(file.path.suffix.lower())
    if kind is None:
        raise DocumentError(f"{file.path} is not a kind of file that is read; {KINDS} are.")
    if not data.strip():
        raise DocumentError(f"{file.path} is empty; put text into it or take it away.")
    try:
        extract = kind.read(data)
    except FormatError as error:
        raise DocumentError(f"{file.path} {error}.") from None
    if not extract.text.strip():
        raise DocumentError(f"{file.path} is empty; put text into it or take it away.")
    stem = file.path.stem.replace("_", " ").replace("-", " ")
    facts = (*extract.facts, *head_fields(extract.text))
    title = extract.title or _first_heading(extract, markdown=kind.markdown) or stem
    return Document(file.id, title, file.source, extract.text, extract.pages, extract.parts, facts, extract.blocks)


def _first_heading(extract: Extract, *, markdown: bool) -> str:
    if not extract.blocks:
        return find_title(extract.text, markdown=markdown)
    first = extract.blocks[0]
    return heading_text(extract.text, first) if first.heading else ""


def read_bytes(file: SourceFile) -> tuple[bytes, str]:
    """The bytes of a file and their SHA-256. Raises DocumentError if it cannot be read."""
    try:
        data = file.path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise DocumentError(f"{file.path} cannot be read ({reason}); check that it exists and may be read.") from None
    return data, digest(data)


def digest(data: bytes) -> str:
    """The SHA-256 of a file's bytes, by which it is known again."""
    return hashlib.sha256(data).hexdigest()


def read_files(
    roots: Sequence[Root], is_known: Callable[[SourceFile, str], bool] = lambda *_: False
) -> tuple[list[SourceFile], list[Loaded], list[Skipped]]:
    """The files under the roots that are known by their SHA-256, the others with their documents, and what is not read.

    Raises DocumentError for a root that is gone or holds nothing to read, or a bad file that was named.
    """
    files, skipped = find_files(roots)
    known, loaded = [], []
    for file in files:
        try:
            data, sha256 = read_bytes(file)
            if is_known(file, sha256):
                known.append(file)
            else:
                loaded.append(Loaded(file, sha256, read_document(file, data)))
        except DocumentError as error:
            if file.named:
                raise
            skipped.append(Skipped(str(file.path), str(error)))
    readable = [Path(place) for file in (*known, *(one.file for one in loaded)) for place in (file.path, file.source)]
    for root in roots:
        if not any(place.is_relative_to(root.path) for place in readable):
            raise DocumentError(f"There is nothing to read in {root.path}; put {KINDS} files there.")
    return known, loaded, skipped


def load_documents(paths: Iterable[str | os.PathLike[str]]) -> tuple[list[Document], list[Skipped]]:
    """Every document under `paths`, and the files inside folders that could not be read. Raises as `read_files`."""
    _, loaded, skipped = read_files(add_roots((), resolve_paths(paths)))
    return [one.document for one in loaded], skipped


def _walk(root: Path, skipped: list[Skipped]) -> Iterator[Path]:
    """The files under a root, those that are no links first, so that a link never takes its target's place."""

    def skip(error: OSError) -> None:
        skipped.append(Skipped(str(error.filename), f"cannot be read ({error.strerror})"))

    paths: list[Path] = []
    for folder, subfolders, names in os.walk(root, onerror=skip):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        paths.extend(Path(folder) / name for name in sorted(names) if not name.startswith("."))
    for path in sorted(paths, key=Path.is_symlink):
        if not _is_utf8(path):
            skipped.append(Skipped(printable(path), "its name is not UTF-8"))
        elif path.is_file():
            yield path
        else:
            skipped.append(Skipped(str(path), "not a regular file, or a link to nothing"))


def _is_utf8(path: Path) -> bool:
    return printable(path) == str(path)


def printable(path: Path) -> str:
    """A path with what is not UTF-8 in its name written as escapes."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _with_unique_ids(files: Iterable[SourceFile]) -> list[SourceFile]:
    """Fall back to the whole path where two files under different roots would share an id."""
    result: dict[str, SourceFile] = {}
    for file in files:
        if file.id in result:
            file = replace(file, id=file.path.as_posix())
        result[file.id] = file
    return sorted(result.values(), key=lambda file: file.id)
