"""`footnote index`: bring the index up to date, and say what it holds."""

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from app.commands.settings import Settings, index_of, say_waiting, shared_options
from app.commands.terminal import counted, say, show_report, working
from index.errors import FootnoteError

if TYPE_CHECKING:
    from rag.assistant import Assistant


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
    """Index what changes in the folders and files of this machine, until the user ends it."""
    from watchfiles import watch

    index = index_of(assistant)
    manifest = index.manifest
    own = [root.path for root in manifest.roots if root.machine == index.place.machine] if manifest else []
    if not own:
        return
    say("Watching for changes (Ctrl-C ends it)")
    told = ""  #: of what went wrong, which is tried again every few seconds until it goes well
    for changes in watch(*own, watch_filter=None, raise_interrupt=False, yield_on_timeout=True):
        if not (changes or told):
            continue
        try:
            report = assistant.sync(on_wait=say_waiting)
        except FootnoteError as error:  # as of a file that is half written, or a server that is away
            if str(error) != told:
                told = str(error)
                say(f"Error: {told}")
            continue
        told = ""
        if not report.is_empty:
            show_report(report)
