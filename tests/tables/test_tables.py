"""Sums, means, counts and extremes over tables of all formats, by the default engine; and what only sounds like that.

The documents and questions were written for this, in three parts of which each was asked when the rules had been made
by the ones before: `docs/figures.md` has what came of it then. Here all are in one folder, which must not be worse; to
save time, a part of the questions is asked.
"""

import re
from collections import Counter
from pathlib import Path

import pytest

from rag import Assistant
from rag.evaluation.questions import read_questions

FOLDER = Path(__file__).parent
COMPUTED = ("sum", "mean", "count", "highest", "lowest")

ASKED = 2  #: one question of so many is

pytestmark = [pytest.mark.slow, pytest.mark.timeout(2400)]


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """How many questions of each kind are answered right, wrong or not at all, and of those that were computed."""
    counts = Counter()
    with Assistant.open(FOLDER / "documents", tmp_path_factory.mktemp("store")) as assistant:
        for question in read_questions(FOLDER / "questions.jsonl")[::ASKED]:
            answer = assistant.ask(question.question)
            right = all(re.search(pattern, answer.text, re.I) for pattern in question.must) and question.answerable
            outcome = "refused" if answer.status == "abstained" else "right" if right else "wrong"
            kind = "computed" if question.category in COMPUTED else question.category
            counts[kind, outcome] += 1
            if any(claim.support == "computed" for claim in answer.claims):
                counts["shown as computed", outcome] += 1
    return counts


def share(counts, kind, outcome):
    return counts[kind, outcome] / sum(number for (of, _), number in counts.items() if of == kind)


def test_more_of_what_has_to_be_computed_is_right_than_wrong(outcomes):
    assert share(outcomes, "computed", "right") >= 0.28
    assert share(outcomes, "computed", "wrong") <= 0.25


def test_what_is_shown_as_computed_can_be_relied_on(outcomes):
    assert share(outcomes, "shown as computed", "right") >= 0.85


def test_what_a_row_or_a_sentence_tells_is_still_quoted(outcomes):
    assert share(outcomes, "told", "right") >= 0.8


def test_most_of_what_no_column_tells_is_refused(outcomes):
    assert share(outcomes, "unknown", "refused") >= 0.6
