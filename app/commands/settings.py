"""The options that the commands share, read from the command line or from FOOTNOTE_… variables."""

import os
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from app.commands.starting import starting
from app.commands.terminal import say, show_report, working

if TYPE_CHECKING:
    from index.store.passage_index import PassageIndex
    from rag.assistant import Assistant

LLM_KEY = "FOOTNOTE_LLM_KEY"  #: variable with the key of an OpenAI-compatible server; no option, lest it be seen


@dataclass(frozen=True, slots=True)
class Settings:
    """Which documents are asked, and with what."""

    docs: tuple[str, ...]
    store: Path | None
    chroma: str | None
    engine: str | None
    llm: str | None
    strict: bool
    trace: str | None
    embedder: str | None
    reader: str | None

    def open(self, *, sync: bool = True, warm: bool = False) -> "Assistant":
        """Open the assistant, with its models loaded if it is to be warm, showing on stderr what takes time.

        Raises FootnoteError.
        """
        with working("Opening the index") as update:
            with starting():
                assistant = self._assistant()
            sync = sync and self.chroma is None  # what a server holds is kept in step by `footnote index`
            report = assistant.sync(progress=update, on_wait=say_waiting) if sync else None
        if report and not report.is_empty:
            show_report(report)
        if warm:
            with working("Loading the model"), starting():
                assistant.warm_up()
        return assistant

    def _assistant(self) -> "Assistant":
        from rag.assistant import Assistant
        from rag.llm.opening import open_llm

        if self.trace:
            from rag.llm.tracing import start_tracing

            start_tracing(self.trace)
        wanted = self.llm is not None and self.engine != "extract"
        return Assistant.open(
            self.docs or None,
            self.store,
            chroma=self.chroma,
            engine=self.engine,
            llm=open_llm(self.llm, key=os.environ.get(LLM_KEY)) if wanted else None,
            strict=self.strict,
            embedder=self.embedder,
            reader=self.reader,
            sync=False,
        )


def index_of(assistant: "Assistant") -> "PassageIndex":
    """The index of an assistant that a command has opened, which is never joined to another."""
    from index.store.passage_index import PassageIndex

    assert isinstance(assistant.index, PassageIndex)
    return assistant.index


def say_waiting() -> None:
    """Tell that another process has to be waited for."""
    say("Another Footnote is writing this index; waiting for it to finish.")


# As `rag.ask.checks` has it, whose libraries take a while to load.
top_k_option = click.option("--top-k", type=click.IntRange(1, 100), help="Number of passages to read, or to show.")
min_confidence_option = click.option(
    "--min-confidence", type=click.FloatRange(0, 1), help="Refuse below this probability."
)


def shared_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the shared options, as one `Settings` argument."""

    def option(name: str, **attributes: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        # Named one by one: Click's automatic variables would differ by command, FOOTNOTE_ASK_STORE and so on.
        return click.option(f"--{name}", envvar=f"FOOTNOTE_{name.upper()}", **attributes)

    # As a path, because FOOTNOTE_DOCS is then split like PATH and not at spaces.
    @option("docs", type=click.Path(), multiple=True, help="File or folder to answer from; may be repeated.")
    @option("store", type=click.Path(path_type=Path), metavar="DIR", help="Folder of the index.")
    @option("chroma", metavar="URL", help="Chroma server that holds the index instead, such as http://localhost:8000.")
    @option("engine", type=click.Choice(["extract", "llm"]), help="Quote, or have an LLM write; llm if one is named.")
    @option("llm", metavar="SPEC", help="openai-like:URL#model, ollama:…, openai:…, anthropic:… or gguf:PATH.")
    @option("strict", is_flag=True, help="Withhold what an LLM writes unsupported, instead of flagging it.")
    @option("trace", metavar="URL", help="Send OpenTelemetry traces of the LLM to this collector.")
    @option("embedder", metavar="NAME_OR_PATH", help="Another sentence-transformers model.")
    @option("reader", metavar="NAME_OR_PATH", help="base, base-float32, small, similarity, or a model.")
    @wraps(command)
    def with_settings(*args: object, **options: Any) -> object:
        settings = Settings(**{field.name: options.pop(field.name) for field in fields(Settings)})
        return command(*args, settings=settings, **options)

    return with_settings
