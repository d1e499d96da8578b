"""`footnote index --watch`: stay, and index what changes."""

import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands.settings import index_of, say_waiting
from app.commands.terminal import say, show_report
from index.errors import FootnoteError, SettingsError

if TYPE_CHECKING:
    from index.store.passage_index import PassageIndex
    from rag.assistant import Assistant

WATCH_MS = 2000  #: after which it is looked whether anything is due, though no file has changed
LOOK_SECONDS = 60.0  #: after which changes are looked for that nobody has told of: some file systems tell of none
AGAIN_SECONDS = 1.0  #: after which it watches anew


def keep_in_step(assistant: "Assistant") -> None:
    """Index what changes in the folders and files of this machine, until the user ends it.

    What goes wrong, as with a file that is half written or a server that is away, is told once, and tried again.
    Raises SettingsError if there is nothing to watch.
    """
    if not _own_roots(index_of(assistant)):
        raise SettingsError("There is nothing to watch on this machine; name a folder to add.")
    say("Watching for changes (Ctrl-C ends it)")
    told = ""
    with suppress(KeyboardInterrupt):
        while True:
            began = time.monotonic()
            try:
                _follow(assistant)
            except FootnoteError as error:
                if str(error) != told or time.monotonic() - began > LOOK_SECONDS:  # it went well in between
                    told = str(error)
                    say(f"Error: {told}")
            time.sleep(AGAIN_SECONDS)


def _follow(assistant: "Assistant") -> None:
    """Index what changes until folders are added, forgotten or gone, which have to be watched anew."""
    index = index_of(assistant)
    _sync(assistant)  # of roots that are gone it tells
    roots, stamp = _own_roots(index), index.place.stamp()
    looked = -LOOK_SECONDS  # so that at first it looks for what has changed before it watched
    for changes in _changes(roots):
        if changes or time.monotonic() - looked > LOOK_SECONDS or index.place.stamp() != stamp:
            _sync(assistant)
            stamp, looked = index.place.stamp(), time.monotonic()
            if _own_roots(index) != roots:
                return


def _sync(assistant: "Assistant") -> None:
    report = assistant.sync(on_wait=say_waiting)
    if not report.is_empty:
        show_report(report)


def _changes(roots: Sequence[Path]) -> Iterator[bool]:
    """Every few seconds, or when a file changes, whether one has."""
    from watchfiles import watch

    # Of a file its folder, as one that is saved may be another one.
    folders = {folder for root in roots for folder in [root if root.is_dir() else root.parent] if folder.is_dir()}
    for changes in watch(*folders, watch_filter=None, yield_on_timeout=True, rust_timeout=WATCH_MS):
        yield bool(changes)


def _own_roots(index: "PassageIndex") -> list[Path]:
    """The folders and files of the index that are on this machine."""
    manifest = index.manifest
    return [root.path for root in manifest.roots if root.machine == index.place.machine] if manifest else []
