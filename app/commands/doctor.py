"""`footnote doctor`: what is installed, which models answer, and is the index healthy?"""

import platform
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import click

from app.commands.settings import Settings, index_of, shared_options
from app.commands.terminal import counted, show_partly, show_skipped, show_table, working
from index.errors import FootnoteError

if TYPE_CHECKING:
    from rag.assistant import Assistant

PACKAGES = (
    "footnote",
    "llama-index-core",
    "chromadb",
    "sentence-transformers",
    "gradio",
    "bm25s",
    "torch",
    "transformers",
)


@click.command()
@shared_options
def doctor(settings: Settings) -> None:
    """Tell what is installed, which model is used, and whether the index is healthy."""
    facts: list[tuple[str, Any]] = [("Python", platform.python_version())]
    facts += [(package, version(package)) for package in PACKAGES]
    problems: list[str] = []
    with working("Looking"):
        assistant = settings.open(sync=False)
        index, manifest = index_of(assistant), None
        try:
            facts += [*models_of(assistant), ("index", index.place.name)]
            manifest = index.manifest
            problems += index.check() if manifest else []
        except FootnoteError as error:
            problems.append(str(error))
    if manifest:
        facts += [("documents from", root) for root in manifest.roots]
        facts += [(f"  {name}", counted(entry.passages, "passage")) for name, entry in manifest.entries.items()]
    elif not problems:
        first = f"make it with `{index.place.making}`" if index.place.shared else "the first question indexes them"
        facts.append(("documents", f"none yet; {first}"))
    show_table(facts)
    if manifest:
        partly = {name: one.unread for name, one in manifest.entries.items() if one.unread}
        show_partly(partly, len(partly))
        show_skipped(manifest.skipped, len(manifest.skipped))
    if problems:
        raise click.ClickException(" ".join(problems))
    click.echo("All is well.")


def models_of(assistant: "Assistant") -> list[tuple[str, str]]:
    """The models that answer, by what each does."""
    from rag.base import MPNET, base_installed
    from rag.verify.claims import best_model, bundled_model

    return [
        ("embedder", assistant.embedder.identity),
        ("reader", assistant.reader.identity),
        ("base of adapters", "there" if base_installed() else f"not installed; for it: {MPNET.install}"),
        ("claims judged by", best_model().identity),
        ("and in doubt by", bundled_model().identity),
        ("LLM", _llm(assistant)),
    ]


def _llm(assistant: "Assistant") -> str:
    """The LLM by its class, name and context window; never its settings, which hold a key."""
    if assistant.writer is None:
        return "none; answers are made of quotations"
    llm = assistant.writer.llm
    window = llm.metadata.context_window
    return f"{llm.metadata.model_name} by {llm.class_name()}, {window:,} tokens"
