"""Errors that a user can act on. Each is shown as one sentence: what is wrong, and what to do."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import ValidationError

REBUILD = "rebuild it with `footnote index --rebuild` and the same --docs, --store or --chroma."


class FootnoteError(Exception):
    """Base of every error meant for users; the command line prints its message and exits with 1."""


class DocumentError(FootnoteError):
    """A file or folder that cannot be read as documents."""


class FileError(DocumentError):
    """A file that cannot be read; the reason reads on after its name."""

    def __init__(self, path: object, reason: str) -> None:
        super().__init__(f"{path} {reason}.")
        self.reason = reason


class QuestionError(FootnoteError):
    """A question, or a file of questions, that cannot be asked."""


class ModelError(FootnoteError):
    """A model that cannot be loaded, or is not the one that was expected."""


class LLMError(FootnoteError):
    """An LLM that cannot be asked, or that breaks off."""


class StoreError(FootnoteError):
    """A store that cannot be opened, read or written."""


class StoreDamagedError(StoreError):
    """A store whose manifest cannot be understood."""


class StoreMismatchError(StoreError):
    """A store made with another embedder, splitter or format than the present one."""


class SettingsError(FootnoteError):
    """Options that do not go together, or have no meaning."""


class AnswerError(FootnoteError):
    """A file of saved answers that cannot be read."""


def first_problem(error: "ValidationError") -> str:
    """What is wrong with data that pydantic refused, and where: the first of it, on one line."""
    problem = error.errors(include_url=False)[0]
    place = ".".join(map(str, problem["loc"]))
    return f"{place}: {problem['msg']}" if place else problem["msg"]
