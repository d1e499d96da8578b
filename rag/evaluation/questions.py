"""Question sets: JSON lines, each a question with what is known of its answer."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import QuestionError
from rag.ask import Turn
from rag.types import is_text


@dataclass(frozen=True, slots=True)
class Question:
    """One line of a question set."""

    id: str
    question: str
    answerable: bool = True
    category: str = ""
    evidence: tuple[str, ...] = ()  #: stretches of the documents; a right citation touches one
    must: tuple[str, ...] = ()  #: regular expressions that the answer matches, all of them
    answers: tuple[str, ...] = ()  #: short reference answers
    document: str = ""  #: id, file name or stem of the document that holds the evidence
    history: tuple[Turn, ...] = ()


def read_questions(path: Path) -> list[Question]:
    """Read a question set. Raises QuestionError, with the line's number, if one line is bad."""
    questions = []
    for number, question in read_lines(path):
        if isinstance(question, str):
            raise QuestionError(f"Line {number} of {path} is not a question: {question}; mend it and try again.")
        questions.append(question)
    if not questions:
        raise QuestionError(f"There are no questions in {path}; write one JSON object a line.")
    return questions


def read_lines(path: Path) -> Iterator[tuple[int, Question | str]]:
    """The number of each line that is not blank, with its question or what is wrong with it.

    Raises QuestionError if the file cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise QuestionError(f"The question file {path} cannot be read ({reason}); check the path.") from None
    # Not splitlines(): JSON strings may hold the other characters that it takes for line ends.
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                yield number, _question(json.loads(line), str(number))
            except (ValueError, TypeError, RecursionError) as error:
                yield number, "it is not JSON" if isinstance(error, json.JSONDecodeError) else str(error)


def _question(data: Any, number: str) -> Question:
    if not isinstance(data, dict):
        raise ValueError("it is not a JSON object")
    if not is_text(json.dumps(data, ensure_ascii=False)):
        raise ValueError("it holds half of a surrogate pair, which is no character")
    question = _string(data, "question")
    if not question.strip():
        raise ValueError("its `question` is missing or empty")
    evidence, must, answers = (_strings(data, key) for key in ("evidence", "must", "answers"))
    for pattern in must:
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(f"its `must` has a bad regular expression, {pattern!r} ({error})") from None
    answerable = data.get("answerable", bool(evidence or must or answers))
    if not isinstance(answerable, bool):
        raise ValueError("its `answerable` is neither true nor false")
    return Question(
        _identifier(data, number),
        question,
        answerable,
        _string(data, "category"),
        evidence,
        must,
        answers,
        _string(data, "document"),
        _history(data),
    )


def _identifier(data: Mapping[str, Any], number: str) -> str:
    identifier = data.get("id", number)
    if identifier is None:
        return number
    if isinstance(identifier, bool) or not isinstance(identifier, str | int):
        raise ValueError("its `id` is not a string")
    return str(identifier)


def _string(data: Mapping[str, Any], key: str) -> str:
    value = data.get(key, "")
    if not isinstance(value, str):
        raise ValueError(f"its `{key}` is not a string")
    return value


def _strings(data: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = data.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError(f"its `{key}` is not a list of strings")
    return tuple(item for item in value if item.strip())


def _history(data: Mapping[str, Any]) -> tuple[Turn, ...]:
    value = data.get("history", [])
    well_formed = isinstance(value, list) and all(
        isinstance(turn, list) and len(turn) == 2 and all(isinstance(part, str) for part in turn) for turn in value
    )
    if not well_formed:
        raise ValueError("its `history` is not a list of [question, answer] pairs")
    return tuple((question, answer) for question, answer in value)
