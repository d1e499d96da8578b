"""`footnote index`: bring the index up to date, and say what it holds."""

import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.commands.settings import Settings, index_of, say_waiting, shared_options
from app.commands.terminal import counted, say, show_report, working
from index.errors import FootnoteError, SettingsError

if TYPE_CHECKING:
    from index.store.passage_index import PassageIndex
    from rag.assistant import Assistant

WATCH_MS = 2000  #: after which it is looked whether anything is due, though no file has changed
LOOK_SECONDS = 60.0  #: after which changes are looked for that nobody has told of
AGAIN_SECONDS = 1.0  #: after trouble


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--remove", multiple=True, metavar="PATH", help="Forget a file or folder that was added.")
@click.option("--rebuild", is_flag=True, help="Make the whole index anew.")
@click.option("--watch", is_flag=True, help="Stay, and index changes as they come; Ctrl-C ends it.")
@shared_options
def index(paths: tuple[str, ...], remove: tuple[str, ...], rebuild: bool, watch: bool, settings: Settings) -> None:
    """Build the index or bring it up to date; each PATH is added to it for good."""
    if paths and settings.store and not settings.docs:
        settings = replace(settings, docs=paths)  # a store of its own holds these alone, not the default documents
    assistant = settings.open(sync=False)
    with working("Reading documents") as update:
        report = assistant.sync(paths, remove=remove, rebuild=rebuild, progress=update, on_wait=say_waiting)
    show_report(report)
    manifest = index_of(assistant).manifest
    roots = manifest.roots if manifest else ()
    passages = sum(entry.passages for entry in manifest.entries.values()) if manifest else 0
    places = ", ".join(str(root) for root in roots) or "nothing"
    click.echo(f"{counted(passages, 'passage')} from: {places}")
    if watch:
        _keep_in_step(assistant)


def _keep_in_step(assistant: "Assistant") -> None:
    """Index what changes in the folders and files of this machine, until the user ends it.

    What goes wrong, as with a file that is half written or a server that is away, is told, and tried again. Some file
    systems tell of no changes, so that it looks for them from time to time in any case.
    """
    index = index_of(assistant)
    roots = _own_roots(index)
    if not roots:
        raise SettingsError("There is nothing to watch on this machine; name a folder to add.")
    say("Watching for changes (Ctrl-C ends it)")
    told, stamp = "", index.place.stamp()
    with suppress(KeyboardInterrupt):
        while True:
            looked = -LOOK_SECONDS  # at first it looks for what has changed before it began to watch
            for changes in _changes(roots):
                try:
                    late = time.monotonic() - looked > LOOK_SECONDS
                    if not (changes or told or late or index.place.stamp() != stamp):
                        continue
                    report = assistant.sync(on_wait=say_waiting)
                    now, stamp, looked = _own_roots(index), index.place.stamp(), time.monotonic()
                except FootnoteError as error:
                    if str(error) != told:
                        told = str(error)
                        say(f"Error: {told}")
                    break
                if not report.is_empty:
                    show_report(report)
                anew = bool(told) or now != roots
                told, roots = "", now
                if anew:
                    break
            time.sleep(AGAIN_SECONDS)


def _changes(roots: Sequence[Path]) -> Iterator[bool]:
    """Every few seconds, or when a file changes, whether one has."""
    from watchfiles import watch

    # Of a file its folder, as one that is saved may be another one. What is gone is watched when it is back.
    folders = {folder for root in roots for folder in [root if root.is_dir() else root.parent] if folder.is_dir()}
    if not folders:
        time.sleep(WATCH_MS / 1000)
        yield False
        return
    for changes in watch(*folders, watch_filter=None, yield_on_timeout=True, rust_timeout=WATCH_MS):
        yield bool(changes)


def _own_roots(index: "PassageIndex") -> list[Path]:
    """The folders and files of the index that are on this machine."""
    manifest = index.manifest
    return [root.path for root in manifest.roots if root.machine == index.place.machine] if manifest else []
