"""Is a question set sound: can every question be scored, and scored right?"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.types import IndexedDocument
from rag.evaluation.outcome import is_named
from rag.evaluation.questions import Question, read_lines
from rag.evaluation.running import find_text


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one line, as a sentence."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class QuestionCheck:
    """The problems of a question set, in the order of its lines, and what it is made of."""

    problems: tuple[Problem, ...]
    questions: int
    answerable: int
    categories: Mapping[str, int]  #: questions of each, the empty one included


def check_questions(path: Path, documents: Sequence[IndexedDocument]) -> QuestionCheck:
    """Check a set against the documents that it is about. Raises QuestionError if the file cannot be read."""
    problems: list[Problem] = []
    questions: list[Question] = []
    seen: dict[tuple[str, str], int] = {}
    for line, question in read_lines(path):
        if isinstance(question, str):
            problems.append(Problem(line, f"It is not a question: {question}."))
            continue
        found = [*_duplicates(question, line, seen), *_contradictions(question), *_against(question, documents)]
        problems += [Problem(line, text) for text in found]
        questions.append(question)
    if not questions and not problems:
        problems.append(Problem(1, "There are no questions."))
    return QuestionCheck(
        tuple(problems),
        len(questions),
        sum(question.answerable for question in questions),
        Counter(question.category for question in questions),
    )


def _duplicates(question: Question, line: int, seen: dict[tuple[str, str], int]) -> Iterator[str]:
    asked = " ".join([*(part for turn in question.history for part in turn), question.question])
    words = " ".join(re.findall(r"\w+", asked.lower())) or asked
    for kind, key, what in (("id", question.id, "has the id"), ("question", words, "asks the question")):
        first = seen.setdefault((kind, key), line)
        if first != line:
            yield f"It {what} of line {first}."


def _contradictions(question: Question) -> Iterator[str]:
    known = question.evidence or question.must or question.answers
    if question.answerable and not known:
        yield "It is answerable, but has neither evidence nor must nor answers to score it by."
    if not question.answerable and (question.evidence or question.answers):
        yield "It is not answerable, but has evidence or answers."


def _against(question: Question, documents: Sequence[IndexedDocument]) -> Iterator[str]:
    named = [one for one in documents if is_named(one.document, question.document)]
    if not named:
        yield f"There is no document {question.document!r}."
        return
    sentences = []
    for text in question.evidence:
        spans = find_text(text, named)
        if not spans:
            elsewhere = find_text(text, documents)
            where = f"{elsewhere[0][0]}, not {question.document}" if elsewhere else "no document"
            yield f"Its evidence {text!r} is in {where}."
        for document, start, end in spans:
            indexed = next(one for one in named if one.id == document)
            sentences.append(_sentences(indexed, start, end))
    if sentences:
        for pattern in question.must:
            if not any(re.search(pattern, sentence, re.IGNORECASE) for sentence in [*sentences, " ".join(sentences)]):
                yield f"Its must {pattern!r} does not match the sentences of its evidence."


def _sentences(indexed: IndexedDocument, start: int, end: int) -> str:
    """The sentences that a stretch of a document touches, which is what is quoted, on one line; else itself."""
    touched = [indexed.said(one) for one in indexed.sentences if one.start < end and start < one.end]
    return " ".join((" ".join(touched) or indexed.text[start:end]).split())
