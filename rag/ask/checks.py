"""What may be asked: each check gives back what it was given, made regular, or says what is wrong with it."""

from collections.abc import Iterable, Sequence

from index.errors import DocumentError, QuestionError, SettingsError
from rag.ask.query import Turn
from rag.jsonlines import is_text

MAX_QUESTION_CHARS = 10_000
MAX_TOP_K = 100  #: passages; each takes a model some hundredths of a second to read


def check_question(question: str) -> str:
    """The question without white space around it. Raises QuestionError if it cannot be asked."""
    if not isinstance(question, str):
        raise QuestionError(f"The question is {question!r}; give a text.")
    question = question.strip()
    if not question:
        raise QuestionError("The question is empty; type one.")
    if len(question) > MAX_QUESTION_CHARS:
        raise QuestionError(
            f"The question has {len(question):,} characters, more than the {MAX_QUESTION_CHARS:,} allowed; shorten it."
        )
    if not is_text(question):
        raise QuestionError("The question holds bytes that are not UTF-8 text; type it anew.")
    return question


def check_history(history: Sequence[Turn]) -> list[Turn]:
    """The earlier turns as pairs of texts. Raises QuestionError if they are not."""
    if not isinstance(history, list | tuple):
        raise QuestionError(f"The history is {history!r}; give a list of earlier questions with their answers.")
    turns = []
    for turn in history:
        if not (isinstance(turn, tuple | list) and len(turn) == 2 and all(isinstance(part, str) for part in turn)):
            raise QuestionError(f"The history holds {turn!r}; give pairs of an earlier question and its answer.")
        question, answer = turn
        if not (is_text(question) and is_text(answer)):
            raise QuestionError("The history holds what is not UTF-8 text; leave it out.")
        turns.append((question, answer))
    return turns


def check_names(names: Iterable[str]) -> tuple[str, ...]:
    """Documents to be asked. Raises DocumentError if none are named, or what names one is no text."""
    if not isinstance(names, list | tuple | set | frozenset) or not all(isinstance(name, str) for name in names):
        raise DocumentError(
            f"The documents to ask are {names!r}; give a list of their ids, or of folders such as notes/."
        )
    if not names:
        raise DocumentError("No document is chosen; choose one to ask, or leave the choice out to ask all.")
    return tuple(names)


def check_top_k(top_k: int) -> int:
    """A number of passages. Raises SettingsError if it is not from 1 to `MAX_TOP_K`."""
    if isinstance(top_k, bool) or not isinstance(top_k, int) or not 1 <= top_k <= MAX_TOP_K:
        raise SettingsError(f"top_k is {top_k!r}; give a number of passages from 1 to {MAX_TOP_K}.")
    return top_k


def check_probability(value: float) -> float:
    """A least confidence. Raises SettingsError if it is not from 0 to 1."""
    if not isinstance(value, int | float) or not 0 <= value <= 1:
        raise SettingsError(f"min_confidence is {value!r}; give a probability from 0 to 1.")
    return value
