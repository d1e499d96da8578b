"""The trial's questions and documents: are they well-formed, and are the verdicts those that its README tells?"""

import hashlib
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from index.files.finding import load_documents
from index.passages import split_document
from rag.evaluation.questions import read_questions
from rag.evaluation.running import find_evidence
from rag.jsonlines import read_lines
from rag.types import Answer, Citation
from tests.trial.judging import VERDICTS, judge, rows_of, table
from tests.trial.run import QUESTIONS
from tests.trial.writing import write_documents

TRIAL = Path(__file__).parent
SHA256 = "715f958f2045df6da0a0f238ab648bed2a3b972b3b6e043d67a75c32ab7e59ed"
SHARES = {
    "fact": 0.25, "cell": 0.15, "list": 0.06, "reason": 0.05, "yes or no": 0.05, "comparison": 0.03, "overview": 0.04,
    "follow-up": 0.03, "near miss": 0.15,
}  # fmt: skip


@pytest.fixture(scope="module")
def questions():
    return read_questions(QUESTIONS)


@pytest.fixture(scope="module")
def documents(tmp_path_factory):
    folder = tmp_path_factory.mktemp("documents")
    written = write_documents(folder)
    loaded, skipped = load_documents([folder])
    assert not skipped
    assert len(loaded) == len(written)
    return {document.id: split_document(document, lambda text: len(text.split())) for document in loaded}


def test_the_set_is_frozen():
    assert hashlib.sha256(QUESTIONS.read_bytes()).hexdigest() == SHA256


def test_there_are_many_documents_of_many_kinds(documents):
    assert len(documents) >= 12
    assert len({Path(name).suffix for name in documents}) >= 8


def test_there_are_enough_questions_of_each_kind(questions):
    counts = Counter(question.category for question in questions)
    assert len(questions) >= 120
    assert len({question.id for question in questions}) == len(questions)
    assert counts.keys() == SHARES.keys()
    assert {kind for kind, share in SHARES.items() if counts[kind] < share * len(questions)} == set()
    assert all(bool(question.history) == (question.category == "follow-up") for question in questions)


def test_questions_are_spread_over_the_documents(questions, documents):
    counts = Counter(question.document for question in questions)
    assert counts.keys() == {*documents, ""}
    assert min(counts.values()) >= 6


def test_every_piece_of_evidence_is_in_the_text_of_its_document(questions, documents):
    for question in questions:
        known = bool(question.evidence) or set(question.answers) <= documents.keys()
        assert question.answerable == (known and bool(question.answers)) == (question.category != "near miss")
        for text in question.evidence:
            assert find_evidence(replace(question, evidence=(text,)), documents.values()), question.id


def test_the_readme_has_the_table_of_the_verdicts(questions):
    verdicts = list(read_lines(TRIAL / "verdicts.jsonl"))
    assert [line["id"] for line in verdicts] == [question.id for question in questions]
    assert {line["verdict"] for line in verdicts} <= VERDICTS.keys()
    for question, line in zip(questions, verdicts, strict=True):
        assert (line["verdict"] == "wrongly refused") <= question.answerable
        assert (line["verdict"] == "rightly refused") <= (not question.answerable)
    assert table(rows_of(questions, verdicts)) in (TRIAL / "README.md").read_text(encoding="utf-8")


def quoting(question, documents, *texts, span=None):
    spans = [find_evidence(replace(question, evidence=(text,)), documents.values())[0] for text in texts]
    citations = tuple(
        Citation(number, name, name, name, start, end, documents[name].document.text[start:end])
        for number, (name, start, end) in enumerate(spans, start=1)
    )
    return Answer(question.question, "", "answered" if texts else "abstained", span, 0.9, citations=citations)


def test_a_verdict_by_rule_is_one_of_the_five_rows(questions, documents):
    by_id = {question.id: question for question in questions}
    fact, steps, missing = by_id["lease-01"], by_id["family-05"], by_id["lease-11"]

    def verdict(question, *texts, span=None):
        return judge(question, quoting(question, documents, *texts, span=span), documents)[0]

    right, other = fact.evidence[0], "a lost key to the street door is charged at £65"
    assert verdict(fact, right) == verdict(fact, right, other) == verdict(fact, right, span="£1,080") == "satisfying"
    assert verdict(fact, right, span="£65") == verdict(fact, other, right) == "unsatisfying"
    assert verdict(fact, right, other, "One cat may be kept", "four rings") == "unsatisfying"
    assert verdict(fact, other) == verdict(replace(missing, document="lease.docx"), other) == "wrong"
    weight = by_id["dehumidifier-06"]
    assert verdict(weight, *weight.evidence, span="18.6 kg") == "satisfying"
    assert verdict(weight, *weight.evidence, span="17.2 kg") == "unsatisfying"
    assert (verdict(fact), verdict(missing)) == ("wrongly refused", "rightly refused")
    assert verdict(steps, *steps.evidence) == "satisfying"
    assert verdict(steps, *steps.evidence[:3]) == "unsatisfying"


def test_a_list_of_documents_is_judged_by_those_it_cites(questions, documents):
    asked = next(question for question in questions if "dehumidifier?" in question.question and not question.document)
    first = {name: Citation(1, name, name, name, 0, 5, documents[name].document.text[:5]) for name in documents}

    def verdict(*names):
        cited = tuple(first[name] for name in names)
        return judge(asked, Answer(asked.question, "", "answered", None, 1.0, citations=cited), documents)[0]

    assert verdict(*asked.answers) == "satisfying"
    assert verdict(*asked.answers, "lease.docx") == verdict(*asked.answers[:2]) == "unsatisfying"
    assert verdict("lease.docx") == "wrong"
