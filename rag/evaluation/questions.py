"""Question sets: JSON lines, each a question with what is known of its answer."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Strict, TypeAdapter

from index.errors import QuestionError
from rag.ask import Turn
from rag.jsonlines import Filled, Text, Texts, check, numbered_lines, otherwise, parse, read_text


def _as_text(identifier: Any) -> Any:
    return str(identifier) if type(identifier) is int else "" if identifier is None else identifier


def _compilable(patterns: tuple[str, ...]) -> tuple[str, ...]:
    for pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(f"has a bad regular expression, {pattern!r} ({error})") from None
    return patterns


Identifier = Annotated[Text, BeforeValidator(_as_text)]
Patterns = Annotated[Texts, AfterValidator(_compilable)]
TrueOrFalse = Annotated[bool, Strict(), otherwise("is neither true nor false")]
History = Annotated[tuple[Turn, ...], otherwise("is not a list of [question, answer] pairs")]


@dataclass(frozen=True, slots=True)
class Question:
    """One line of a question set."""

    id: Identifier
    question: Filled
    answerable: TrueOrFalse = True
    category: Text = ""
    evidence: Texts = ()  #: stretches of the documents; a right citation touches one
    must: Patterns = ()  #: regular expressions that the answer matches, all of them
    answers: Texts = ()  #: short reference answers
    document: Text = ""  #: id, file name or stem of the document that holds the evidence
    history: History = ()

    @property
    def is_judged(self) -> bool:
        """Whether it says enough to tell that an answer is wrong: reference answers may be put in other words."""
        return bool(self.evidence or self.must)


_QUESTION = TypeAdapter(Question)


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
    for number, line in numbered_lines(read_text(path, "question file", QuestionError)):
        try:
            yield number, _question(parse(line), str(number))
        except ValueError as error:
            yield number, str(error)


def _question(data: dict[str, Any], number: str) -> Question:
    question = check({"id": None, **data}, _QUESTION)
    known = bool(question.evidence or question.must or question.answers)
    return replace(question, id=question.id or number, answerable=data.get("answerable", known))
