"""`footnote index`: bring the index up to date, and say what it holds."""

from dataclasses import replace

import click

from app.commands.settings import Settings, index_of, say_waiting, shared_options
from app.commands.terminal import counted, show_report, working


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
    passages = manifest.passages if manifest else 0
    places = ", ".join(str(root) for root in roots) or "nothing"
    click.echo(f"{counted(passages, 'passage')} from: {places}")
    if watch:
        from app.commands.watching import keep_in_step

        keep_in_step(assistant)
