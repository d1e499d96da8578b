"""Questions to begin with, drawn from what is indexed, that the assistant answers well."""

import re
from typing import TYPE_CHECKING

from app.web.engines import with_engine
from app.web.render import heading_of
from index.passages import JOINT
from rag.about.subjects import Subject, find_subjects
from rag.types import Answer, Citation

if TYPE_CHECKING:
    from rag.assistant import Assistant

TRIED = 16  #: subjects that are asked about, at most
SURE = 0.6  #: confidence of an answer worth suggesting its question

_SENTENCE = re.compile(r"[^|].{20,}[.!?…][\"”’)]*", re.S)  # and not a table's row, a list's item or a caption


def suggest_questions(assistant: "Assistant", count: int = 4, tried: int = TRIED) -> list[str]:
    """At most `count` questions that the assistant answers well, each with another quote; no LLM is asked.

    At most `tried` are asked, each of which takes as long as an answer.
    """
    quoting = with_engine(assistant, "extract")
    questions: dict[str, str] = {}
    for subject in find_subjects(list(assistant.index.snapshot().documents.values()))[:tried]:
        answer = quoting.ask(subject.question)
        if cited := _telling(subject, answer):
            questions.setdefault(cited.quote, subject.question)
        if len(questions) == count:
            break
    return list(questions.values())


def _telling(subject: Subject, answer: Answer) -> Citation | None:
    """What a good answer quotes of its subject: a real sentence of this document; None if it is not good or sure."""
    if answer.confidence < SURE:
        return None
    return next((cited for cited in answer.citations if _is_about(subject, cited, answer)), None)


def _is_about(subject: Subject, cited: Citation, answer: Answer) -> bool:
    headings = heading_of(cited, answer.hits).split(JOINT)
    about = subject.text in headings or subject.text in " ".join(cited.quote.split())
    return about and cited.document_id == subject.document_id and bool(_SENTENCE.fullmatch(cited.quote))
