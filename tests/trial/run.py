"""Ask the trial's questions as a new user would, of its whole folder and with default settings.

    python -m tests.trial.run ANSWERS.jsonl

Each answer is written as it comes, with what a person needs to judge it and a first verdict by rule; then the table of
those verdicts is printed. On one slow core a question takes some seconds.
"""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import click

from rag.assistant import Assistant
from rag.evaluation.questions import Question, read_questions
from rag.types import Answer, Citation
from tests.trial.judging import judge, table
from tests.trial.writing import write_documents

QUESTIONS = Path(__file__).parent / "questions.jsonl"


def to_line(question: Question, answer: Answer, verdict: str, note: str) -> dict[str, Any]:
    """What a person needs to judge an answer."""
    return {
        "id": question.id,
        "verdict": verdict,
        "note": note,
        "category": question.category,
        "question": question.question,
        "before": [turn[0] for turn in question.history],
        "expected": question.answers,
        "in": question.document,
        "status": answer.status,
        "short": answer.span,
        "text": answer.text,
        "quotations": [_told(one) for one in answer.citations],
        "confidence": round(answer.confidence, 3),
        "understood": answer.rewritten,
        "notices": answer.notices,
        "nearest": [_told(one) for one in answer.nearest],
        "seconds": round(answer.timings.get("total", 0), 2),
    }


def _told(citation: Citation) -> dict[str, str]:
    return {"document": citation.document_id, "quote": citation.quote}


def run(target: Path, folder: Path) -> list[tuple[str, str]]:
    """Ask all questions of the documents, written into `folder`; the kind and the verdict of each."""
    documents = folder / "documents"
    documents.mkdir()
    write_documents(documents)
    rows = []
    with Assistant.open(documents, folder / "store") as assistant, target.open("w", encoding="utf-8") as file:
        for question in read_questions(QUESTIONS):
            answer = assistant.ask(question.question, history=question.history)
            verdict, note = judge(question, answer, assistant.index.snapshot().documents)
            rows.append((question.category, verdict))
            file.write(json.dumps(to_line(question, answer, verdict, note), ensure_ascii=False) + "\n")
            file.flush()
    return rows


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        click.echo(table(run(Path(sys.argv[1]), Path(name))))
