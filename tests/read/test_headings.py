"""Headings and lines that look like some: they answer, too, and are quoted as what they are."""

import pytest

from index.files.structure import heading_span
from index.passages import split_document
from index.types import Block, Document
from rag import Assistant
from rag.evaluation.questions import Question
from rag.evaluation.running import evaluate
from rag.read.sentences import headings_above, lines_within, sentences_within
from rag.write.numbered import number_sentences
from tests.conftest import WordEmbedder

LOG = """\
# Changes in Ferrule

## 2.3.0 (2025-03-14)

- Added `ferrule watch`, which rebuilds when a file changes.
- The minimum Python is now 3.10.

## 2.2.0 (2024-12-20)

- Removed the flag `--legacy-names`.
- Templates may be nested three levels deep.
"""

RECORD = """\
Lease record

Tenant: Maud Ferris

The rent is paid on the first of the month by standing order to the account of the landlord.

Cellar store: No. 23, included

Signed for the Landlord: R. Dunnachie, Lettings Officer

The flat was painted before the tenant moved in, and the keys were handed over on the same day.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    folder = tmp_path_factory.mktemp("papers")
    (folder / "changes.md").write_text(LOG)
    (folder / "lease.txt").write_text(RECORD)
    with Assistant.open(folder, tmp_path_factory.mktemp("store")) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "quotes"),
    [
        ("What is the latest release of Ferrule?", ["2.3.0 (2025-03-14)"]),
        ("Which version of Ferrule is the most recent?", ["2.3.0 (2025-03-14)"]),
        ("When did Ferrule 2.3.0 come out?", ["2.3.0 (2025-03-14)"]),
        (
            "Which release removed --legacy-names?",
            ["2.2.0 (2024-12-20)", "Removed the flag `--legacy-names`."],
        ),
        ("Is there a cellar store?", ["Cellar store: No. 23, included"]),
    ],
)
def test_a_heading_or_a_line_set_off_like_one_answers(assistant, question, quotes):
    answer = assistant.ask(question)
    assert [citation.quote for citation in answer.citations] == quotes
    for citation in answer.citations:
        text = assistant.index.snapshot().documents[citation.document_id].document.text
        assert text[citation.start : citation.end] == citation.quote


def test_a_heading_that_only_repeats_the_question_is_no_answer(assistant):
    assert assistant.ask("When must the landlord paint the flat again?").status == "abstained"
    (citation,) = assistant.ask("How is the rent paid?").citations
    assert citation.quote.startswith("The rent is paid")


@pytest.fixture
def changes():
    document = Document("changes.md", "Changes in Ferrule", "changes.md", LOG)
    return split_document(document, WordEmbedder().count_tokens, max_tokens=20)


def test_a_passage_stands_under_the_heading_above_it(changes):
    headings = [changes.sentences[position] for p in changes.passages for position in headings_above(p, changes)]
    assert [LOG[one.start : one.end] for one in headings] == [one.heading for one in changes.passages]
    assert len(headings) == 3


def test_the_lines_of_a_passage_are_its_heading_and_its_sentences(changes):
    last = changes.passages[-1]
    heading, *rest = lines_within(last, changes)
    assert changes.sentences[heading].heading
    assert rest == list(sentences_within(last, changes))
    assert [changes.sentences[position].heading for position in rest] == [False, False]


KEPT = """\
# Changelog

## 1.1.0 (2024-05-02)

### Removed

- The flag `--legacy-names`, which nobody had used for years and which stood in the way of a simpler parser.

### Fixed

- Empty folders no longer crash `ferrule build`, nor do files whose names begin with a dot or hold a line end.
"""


def test_a_heading_without_text_of_its_own_is_named_before_those_below_it():
    document = Document("c.md", "Changelog", "c.md", KEPT)
    indexed = split_document(document, WordEmbedder().count_tokens, max_tokens=20)
    assert {one.heading for one in indexed.passages} == {"1.1.0 (2024-05-02): Removed", "1.1.0 (2024-05-02): Fixed"}
    above = [headings_above(passage, indexed) for passage in indexed.passages]
    said = {tuple(KEPT[indexed.sentences[n].start : indexed.sentences[n].end] for n in one) for one in above}
    assert said == {("1.1.0 (2024-05-02)", "Removed"), ("1.1.0 (2024-05-02)", "Fixed")}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("## Bees ##", "Bees"),
        ("### -20 °C freezer", "-20 °C freezer"),
        ("# Written in C#", "Written in C#"),
        ("## Blood group O-", "Blood group O-"),
        ("## **2.3.0** (2025)", "**2.3.0** (2025)"),
        ("== Bees ==", "Bees"),
    ],
)
def test_marks_around_a_heading_are_no_part_of_it(line, words):
    assert line[slice(*heading_span(line, Block(0, len(line), heading=True)))] == words


def test_an_llm_is_shown_headings_too_but_the_title_once(assistant):
    snapshot = assistant.index.snapshot()
    hits = assistant.search("Which version has ferrule watch?")
    shown = number_sentences(hits, snapshot, lambda text: True)
    lines = [one.text for one in shown.sentences]
    assert "2.3.0 (2025-03-14)" in lines
    assert "Changes in Ferrule" not in lines


def test_evidence_in_a_heading_is_found_with_the_passages_below_it(assistant):
    question = Question("1", "What is the newest version of Ferrule?", evidence=("2.3.0 (2025-03-14)",))
    (outcome,) = evaluate(assistant, [question]).outcomes
    assert outcome.scores["recall@8"] == [(1.0,)]
    assert outcome.scores["first_citation"] == [(1.0,)]
