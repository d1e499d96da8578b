"""What `footnote doctor` finds out."""

import platform
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from app.commands.terminal import counted
from index.errors import FootnoteError
from rag.verify.claims import bundled_model

if TYPE_CHECKING:
    from index.files.finding import Skipped
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


@dataclass(frozen=True, slots=True)
class Examination:
    """Names and values to show, what could not be read, and what is wrong."""

    facts: list[tuple[str, Any]]
    skipped: "tuple[Skipped, ...]"
    problems: list[str]


def examine(assistant: "Assistant") -> Examination:
    """Look at the installation, the model and the index, without changing anything."""
    facts: list[tuple[str, Any]] = [("Python", platform.python_version())]
    facts += [(package, version(package)) for package in PACKAGES]
    problems = []
    skipped: tuple[Skipped, ...] = ()
    try:
        facts.append(("embedder", assistant.embedder.identity))
        facts.append(("reader", assistant.reader.identity))
        facts.append(("support model", bundled_model().identity))
        facts.append(("LLM", _llm(assistant)))
        facts.append(("index", assistant.index.folder))
        manifest = assistant.index.manifest
        if manifest is None:
            facts.append(("documents", "none yet; the first question indexes them"))
        else:
            skipped = manifest.skipped
            facts += [("documents from", root.path) for root in manifest.roots]
            facts += [(f"  {name}", counted(entry.passages, "passage")) for name, entry in manifest.entries.items()]
            problems += assistant.index.check()
    except FootnoteError as error:
        problems.append(str(error))
    return Examination(facts, skipped, problems)


def _llm(assistant: "Assistant") -> str:
    """The LLM by its class, name and context window; never its settings, which hold a key."""
    if assistant.writer is None:
        return "none; answers are made of quotations"
    llm = assistant.writer.llm
    window = llm.metadata.context_window
    return f"{llm.metadata.model_name} by {llm.class_name()}, {window:,} tokens"
