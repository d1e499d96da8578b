"""Errors that a user can act on. Each is shown as one sentence: what is wrong, and what to do."""


class FootnoteError(Exception):
    """Base of every error meant for users; the command line prints its message and exits with 1."""


class DocumentError(FootnoteError):
    """A file or folder that cannot be read as documents."""


class QuestionError(FootnoteError):
    """A question, or a file of questions, that cannot be asked."""


class ModelError(FootnoteError):
    """A model that cannot be loaded, or is not the one that was expected."""


class StoreError(FootnoteError):
    """A store that cannot be opened, read or written."""


class StoreMismatchError(StoreError):
    """A store made with another embedder, splitter or format than the present one."""


class SettingsError(FootnoteError):
    """Options that do not go together, or have no meaning."""


class AnswerError(FootnoteError):
    """A file of saved answers that cannot be read."""
