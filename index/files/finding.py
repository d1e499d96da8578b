"""Find and read the files that the user names. A document's text is made here, once."""

import hashlib
import os
import shlex
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.errors import DocumentError, FileError
from index.files.extract import Extract, FormatError, of_characters
from index.files.formats import FORMATS, KINDS, of_other_kind
from index.files.front import front_title
from index.files.heads import head_fields
from index.files.pdf import ocr
from index.files.titles import first_heading, is_title, is_told, words_of_file
from index.files.toml_front import toml_told
from index.models import sha256
from index.types import Document

READING = 2  #: raise it when files can be read that could not be before


@dataclass(frozen=True, slots=True)
class Root:
    """A file or folder that the user named. `label` begins its documents' ids; empty for a lone root."""

    path: Path
    label: str
    machine: str = ""  #: that has it, of an index on a server

    def __str__(self) -> str:
        return f"{self.path} on {self.machine}" if self.machine else str(self.path)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that may hold a document. `named` when it is a root itself, not found in a folder."""

    id: str
    path: Path  #: as it was found under its root
    named: bool
    target: Path | None = None  #: the file itself, where `path` is a link

    @property
    def source(self) -> str:
        """The file itself, behind any links."""
        return str(self.target or self.path)


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
    reason: str  #: reads on after the path
    sha256: str = ""  #: of a file of a kind that is read, which is not tried again while it stays as it is
    machine: str = ""  #: that has it, of an index on a server


def reading() -> str:
    """Names what decides, beside its bytes, whether a file can be read: those skipped are tried again if it changes."""
    return f"{READING}/{'ocr' if ocr.available() else 'no ocr'}"


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


def add_roots(known: Sequence[Root], paths: Sequence[Path], machine: str = "") -> tuple[Root, ...]:
    """The known roots and one for each new path. A known root keeps its label, and so its ids, for good.

    On a `machine` of several, those of others are left alone, and each has a label, as others may come.
    """
    own = {root.path for root in known if root.machine == machine}
    new = [path for path in dict.fromkeys(paths) if path not in own]
    if not known and len(new) == 1 and not machine:
        return (Root(new[0], ""),)
    taken = {root.label for root in known}
    roots = list(known)
    for path in new:
        ends = ["/".join(path.parts[-length:]) for length in range(1, len(path.parts))]
        clashes = {"/".join(other.parts[-length:]) for other in new if other != path for length in range(1, 99)}
        label = next((end for end in ends if end not in taken | clashes), path.as_posix())
        taken.add(label)
        roots.append(Root(path, label, machine))
    return tuple(roots)


def find_files(roots: Sequence[Root], store: Path | None = None) -> tuple[list[SourceFile], list[Skipped]]:
    """Every candidate file under the roots, each once, and the files of a kind that is not read.

    Hidden files and folders are passed over, and so is the `store` that is made of them. Raises DocumentError for a
    root that is gone.
    """
    own = f"{store}{os.sep}" if store else None
    found: dict[Path, SourceFile] = {}
    skipped: list[Skipped] = []
    for root in roots:  # in the order in which they came to be known: a later one leaves the ids of earlier ones alone
        if not root.path.exists():
            raise DocumentError(
                f"{root.path} is gone; bring it back, or forget it with "
                f"`footnote index --remove {shlex.quote(str(root.path))}` and the same --store or --chroma."
            )
        if root.path.is_file():
            if root.path.suffix.lower() not in FORMATS:
                raise DocumentError(f"{root.path} {of_other_kind(root.path)}; {KINDS} are.")
            # Named it is, and refused if it is bad, even where its folder is a root too and gave it its id.
            earlier = found.get(root.path)
            identifier = earlier.id if earlier else root.label or root.path.name
            found[root.path] = SourceFile(identifier, root.path, named=True)
            continue
        below = len(str(root.path).rstrip(os.sep)) + 1
        for path, target in _walk(root.path, skipped):
            if (target or path) in found or (own and str(path).startswith(own)):
                continue
            if path.suffix.lower() not in FORMATS:
                skipped.append(Skipped(str(path), of_other_kind(path)))
                continue
            relative = path.as_posix()[below:]
            identifier = f"{root.label}/{relative}" if root.label else relative
            found[target or path] = SourceFile(identifier, path, named=False, target=target)
    return _with_unique_ids(found.values()), skipped


def read_document(file: SourceFile, data: bytes) -> Document:
    """Make the document that `data`, the bytes of `file`, holds.

    Raises FileError if it is empty, damaged, not UTF-8 or of a kind that is not read.
    """
    kind = FORMATS.get(file.path.suffix.lower())
    if kind is None:
        raise FileError(file.path, of_other_kind(file.path))
    try:
        extract = of_characters(kind.read(data) if data.strip() else Extract(""))
    except FormatError as error:
        raise FileError(file.path, str(error)) from None
    except UnicodeError as error:
        raise FileError(file.path, f"holds what is no text ({error}); open it and save it anew") from None
    if not extract.text.strip():
        raise FileError(file.path, "is empty; put text into it or take it away")
    told = toml_told(extract.text).items() if kind.markdown else ()
    facts = (*((name, said) for name, said in (*extract.facts, *told) if is_told(said)), *head_fields(extract.text))
    front = front_title(extract.text) if kind.markdown else ""
    named = extract.title if is_title(extract.title) else ""
    title = named or front or (first_heading(extract, markdown=kind.markdown) if kind.headed else "")
    document = Document(
        file.id, title, "", extract.text, extract.pages, extract.parts, facts, extract.blocks, not title
    )
    return named_after(document, file)


def named_after(document: Document, file: SourceFile) -> Document:
    """The document of a file whose bytes and suffix are those of the one that it was read from."""
    return replace(document, id=file.id, source=file.source, title=document.own_title or words_of_file(file.path))


def load_file(file: SourceFile) -> Loaded | Skipped:
    """The document that a file holds, or why it is skipped. Raises FileError for a bad file that was named."""
    sha256 = ""
    try:
        try:
            data = file.path.read_bytes()
        except OSError as error:
            raise unreadable(file, error) from None
        sha256 = digest(data)
        return Loaded(file, sha256, read_document(file, data))
    except FileError as error:
        if file.named:
            raise
        return Skipped(str(file.path), error.reason, sha256)


def digest(data: bytes) -> str:
    """The SHA-256 of a file's bytes, by which it is known again."""
    return hashlib.sha256(data).hexdigest()


def file_sha256(file: SourceFile) -> str:
    """The SHA-256 of a file's bytes. Raises FileError if it cannot be read."""
    try:
        return sha256(file.path)
    except OSError as error:
        raise unreadable(file, error) from None


def unreadable(file: SourceFile, error: OSError) -> FileError:
    """What is said of a file whose bytes cannot be read."""
    return FileError(file.path, f"cannot be read ({error.strerror or error}); check that it may be read")


def check_roots(roots: Sequence[Root], places: Iterable[str], skipped: Sequence[Skipped]) -> None:
    """Raise DocumentError if one of the roots holds none of the places, paths of files that can be read."""
    readable = set(places)
    for root in roots:
        folder = str(root.path).rstrip(os.sep) + os.sep
        if str(root.path) not in readable and not any(place.startswith(folder) for place in readable):
            if bad := [f"{one.path} {one.reason}." for one in skipped if one.sha256 and one.path.startswith(folder)]:
                others = f" So it is with {len(bad) - 1} more." if len(bad) > 1 else ""
                raise DocumentError(f"Nothing in {root.path} can be read. {bad[0]}{others}")
            raise DocumentError(f"There is nothing to read in {root.path}; put {KINDS} files there.")


def load_documents(paths: Iterable[str | os.PathLike[str]]) -> tuple[list[Document], list[Skipped]]:
    """Every document under `paths`, and the files inside folders that could not be read.

    Raises DocumentError for a root that is gone or holds nothing to read, or a bad file that was named.
    """
    roots = add_roots((), resolve_paths(paths))
    files, skipped = find_files(roots)
    documents = []
    for file in files:
        match load_file(file):
            case Loaded(document=document):
                documents.append(document)
            case Skipped() as bad:
                skipped.append(bad)
    read = {document.id for document in documents}
    check_roots(roots, (place for file in files if file.id in read for place in (str(file.path), file.source)), skipped)
    return documents, skipped


def _walk(root: Path, skipped: list[Skipped]) -> Iterator[tuple[Path, Path | None]]:
    """The files under a resolved root, and what each link leads to.

    Those that are no links come first, so that a link never takes its target's place.
    """
    found: list[tuple[bool, str, bool]] = []  # whether it is a link, its path, and whether it is a file
    folders = [str(root)]
    while folders:
        try:
            for entry in _visible(folders.pop()):
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                elif not entry.is_dir():  # a link to a folder is not followed
                    found.append((entry.is_symlink(), entry.path, entry.is_file()))
        except OSError as error:
            skipped.append(Skipped(str(error.filename), f"cannot be read ({error.strerror})"))
    for is_link, name, is_file in sorted(found):
        path = Path(name)
        if not _is_utf8(path):
            skipped.append(Skipped(printable(path), "has a name that is not UTF-8"))
        elif is_file:
            yield path, path.resolve() if is_link else None
        else:
            skipped.append(Skipped(name, "is not a regular file, or a link to nothing"))


def _visible(folder: str) -> "list[os.DirEntry[str]]":
    with os.scandir(folder) as entries:
        return [entry for entry in entries if not entry.name.startswith(".")]


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
