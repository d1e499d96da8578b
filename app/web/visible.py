"""What visitors are told: nothing of the server's disk, whose folders are its operator's matter."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import gradio as gr

from index.errors import DocumentError, FootnoteError, ModelError, StoreError
from rag.types import Answer

if TYPE_CHECKING:
    from rag.assistant import Assistant

log = logging.getLogger(__name__)


def public(answer: Answer) -> Answer:
    """The answer with the ids of its documents for their paths: they are found by them in any index of the same."""
    return replace(answer, citations=tuple(replace(cited, source=cited.document_id) for cited in answer.citations))


def refresh(assistant: "Assistant") -> None:
    """Index what has changed. Raises StoreError for what is amiss with the operator's documents."""
    try:
        assistant.refresh()
    except DocumentError as error:
        raise StoreError(str(error)) from error


def message(error: FootnoteError) -> str:
    """What a visitor is told of an error; what is not of the visitor's making is written to the log instead."""
    if not isinstance(error, StoreError | ModelError):
        return str(error)
    log.error("%s", error)
    return "The server cannot do this at present; whoever runs it finds the reason in its log."


@contextmanager
def told() -> Iterator[None]:
    """Tell the visitor, or the program, of errors that are meant for users."""
    try:
        yield
    except FootnoteError as error:
        raise gr.Error(message(error), print_exception=False) from error
