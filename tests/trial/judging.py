"""What became of each question of the trial, in five rows; a first verdict by rule, and the table.

python -m tests.trial.judging tests/trial/verdicts.jsonl
"""

import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from index.types import IndexedDocument
from rag.evaluation.outcome import Span
from rag.evaluation.overlap import token_f1
from rag.evaluation.questions import Question
from rag.evaluation.running import find_text
from rag.jsonlines import read_lines
from rag.types import Answer, Citation

VERDICTS = {
    "satisfying": "right and satisfying",
    "unsatisfying": "right in an unsatisfying form",
    "wrong": "wrong",
    "wrongly refused": "wrongly refused",
    "rightly refused": "rightly refused",
}
SEVERAL = ("list", "comparison")  #: kinds of question that need all of their evidence quoted, others any
MOST_NEEDLESS = 2  #: further quotations that hold no evidence, in an answer that satisfies


def judge(question: Question, answer: Answer, documents: Mapping[str, IndexedDocument]) -> tuple[str, str]:
    """A verdict by rule, and why: one of the keys of `VERDICTS` and a note. A person has the last word."""
    if answer.status == "abstained":
        return ("wrongly refused" if question.answerable else "rightly refused"), ""
    if not question.answerable:
        return "wrong", "not in the documents"
    if not question.document and not question.evidence:
        return _judge_listing(question, answer)
    held = [_holding(text, question, answer, documents) for text in question.evidence]
    found = [numbers for numbers in held if numbers]
    if not found:
        return "wrong", "no quotation holds the evidence"
    if question.category in SEVERAL and len(found) < len(held):
        return "unsatisfying", f"{len(found)} of {len(held)} pieces of evidence are quoted"
    if not any(0 in numbers for numbers in found):
        return "unsatisfying", "the first quotation is another one"
    if answer.span and not any(_agrees(answer.span, one) for one in question.answers):
        return "unsatisfying", f"the short answer is another one: {answer.span}"
    needless = len(answer.citations) - len(set().union(*found))
    if needless > MOST_NEEDLESS:
        return "unsatisfying", f"{needless} needless quotations"
    return "satisfying", ""


def _agrees(short: str, expected: str) -> bool:
    """Whether a short answer has words of the expected one and, where both have numbers, one of these in common."""
    numbers, wanted = (set(re.findall(r"\d+", text.replace(",", ""))) for text in (short, expected))
    return token_f1(short, expected) > 0 and (not numbers or not wanted or bool(numbers & wanted))


def _judge_listing(question: Question, answer: Answer) -> tuple[str, str]:
    """Of a question that is answered by naming documents."""
    cited = {citation.document_id for citation in answer.citations}
    missing, needless = set(question.answers) - cited, cited - set(question.answers)
    note = "; ".join(
        f"{name}: {', '.join(sorted(ids))}" for name, ids in (("missing", missing), ("needless", needless)) if ids
    )
    return ("wrong" if missing == set(question.answers) else "unsatisfying" if note else "satisfying"), note


def _holding(text: str, question: Question, answer: Answer, documents: Mapping[str, IndexedDocument]) -> list[int]:
    """The places, among an answer's quotations, of those that hold this piece of evidence."""
    named = [one for name, one in documents.items() if question.document in ("", name)]
    spans = find_text(text, named)
    return [number for number, one in enumerate(answer.citations) if any(_holds(one, span) for span in spans)]


def _holds(citation: Citation, span: Span) -> bool:
    document, start, end = span
    return citation.document_id == document and citation.start <= start and end <= citation.end


def table(rows: Iterable[tuple[str, str]]) -> str:
    """A Markdown table of the five rows from pairs of a kind of question and a verdict."""
    counts = Counter(rows)
    kinds = sorted({kind for kind, _ in counts})
    total = counts.total()
    lines = [["", "all", "share", *kinds], ["---"] * (3 + len(kinds))]
    for verdict, name in VERDICTS.items():
        of_kinds = [counts[kind, verdict] for kind in kinds]
        lines.append([name, sum(of_kinds), f"{sum(of_kinds) / max(total, 1):.1%}", *of_kinds])
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def rows_of(questions: Sequence[Question], verdicts: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """The kind and the verdict of each question; KeyError where one has none."""
    by_id = {line["id"]: line["verdict"] for line in verdicts}
    return [(question.category, by_id[question.id]) for question in questions]


if __name__ == "__main__":
    from rag.evaluation.questions import read_questions

    asked = read_questions(Path(__file__).parent / "questions.jsonl")
    click.echo(table(rows_of(asked, read_lines(Path(sys.argv[1])))))
