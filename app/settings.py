"""The options that the commands share, read from the command line or from FOOTNOTE_… variables."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from app.terminal import Working, say, show_report

if TYPE_CHECKING:
    from rag.pipeline import Assistant


@dataclass(frozen=True, slots=True)
class Settings:
    """Which documents are asked, and with what."""

    docs: tuple[str, ...]
    store: Path | None
    engine: str
    embedder: str | None
    reader: str | None

    def open(self, *, sync: bool = True) -> "Assistant":
        """Open the assistant, showing on stderr what takes time. Raises FootnoteError."""
        with Working("Opening the index") as working:
            from rag.pipeline import Assistant

            assistant = Assistant.open(
                self.docs or None,
                self.store,
                engine=self.engine,
                embedder=self.embedder,
                reader=self.reader,
                sync=False,
            )
            report = assistant.sync(progress=working.update, on_wait=say_waiting) if sync else None
        if report and not report.is_empty:
            show_report(report)
        return assistant


def say_waiting() -> None:
    """Tell that another process has to be waited for."""
    say("Another Footnote is writing this index; waiting for it to finish.")


def shared_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the shared options, as one `Settings` argument."""

    def option(name: str, **attributes: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        # Named one by one: Click's automatic variables would differ by command, FOOTNOTE_ASK_STORE and so on.
        return click.option(f"--{name}", envvar=f"FOOTNOTE_{name.upper()}", **attributes)

    # As a path, because FOOTNOTE_DOCS is then split like PATH and not at spaces.
    @option("docs", type=click.Path(), multiple=True, help="File or folder to answer from; may be repeated.")
    @option("store", type=click.Path(path_type=Path), metavar="DIR", help="Folder of the index.")
    @option("engine", type=click.Choice(["extract"]), default="extract", help="How answers are made.")
    @option("embedder", metavar="NAME_OR_PATH", help="Another sentence-transformers model.")
    @option("reader", metavar="NAME_OR_PATH", help="Another question-answering model, or `similarity` for none.")
    @wraps(command)
    def with_settings(
        *args: object,
        docs: tuple[str, ...],
        store: Path | None,
        engine: str,
        embedder: str | None,
        reader: str | None,
        **options: object,
    ) -> object:
        return command(*args, settings=Settings(docs, store, engine, embedder, reader), **options)

    return with_settings
