"""What files looked like when they were last hashed, so that only those that may have changed are read again."""

import os
import time
from contextlib import suppress
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from index.files.finding import SourceFile, file_sha256, unreadable
from index.store.manifest import write_atomically

NAME = "looks.json"
YOUNG = 2_000_000_000  #: nanoseconds, the coarsest clock of a file system: what changed later may look the same

Look = tuple[int, int, int, int]  #: size in bytes, times of the last change of content and of status in ns, and inode

_JSON = TypeAdapter(dict[str, tuple[Look, str]])


class Looks:
    """The SHA-256 of files by what they look like: a cache beside the manifest, of no account if it is lost.

    Size, times and inode are looked at. A file that was written just before it was hashed is hashed once more the
    next time, as it may have been written again within one tick of its file system's clock.
    """

    def __init__(self, folder: Path) -> None:
        """Take up what is known in the store in `folder`."""
        self._path = folder / NAME
        self._saved: dict[str, tuple[Look, str]] = {}
        with suppress(OSError, ValidationError):
            self._saved = _JSON.validate_json(self._path.read_bytes())
        self._known = dict(self._saved)
        self._young: set[str] = set()

    def sha256(self, file: SourceFile) -> str:
        """The SHA-256 of a file. Raises FileError if it cannot be read."""
        now, name = time.time_ns(), str(file.path)
        try:
            status = os.stat(name)
        except OSError as error:
            raise unreadable(file, error) from None
        look = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
        known = self._known.get(name)
        sha256 = known[1] if known and known[0] == look else file_sha256(file)
        self._known[name] = look, sha256
        if now - max(status.st_mtime_ns, status.st_ctime_ns) < YOUNG:
            self._young.add(name)
        return sha256

    def save(self, names: set[str]) -> None:
        """Write down what these files look like, if there is anything new; where that cannot be, they are read anew."""
        known = {name: seen for name, seen in self._known.items() if name in names and name not in self._young}
        if known != self._saved:
            with suppress(OSError):
                write_atomically(self._path, _JSON.dump_json(known))
                self._saved = known
