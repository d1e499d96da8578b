"""Training of the reader: how it is measured."""

import re

import numpy as np
import pytest

from rag.read.spans import Window
from rag.training.measure import held_out_lines, measure
from tests.training_lines import BEES, LINES, TEA, line, write_lines


class Knowing:
    """A double that is sure of the answers that it was given, and that there is none to other questions."""

    def __init__(self, answers):
        self._answers = answers

    def read(self, question, passages):
        ((_, text),) = passages
        answer = self._answers.get(question)
        place = text.index(answer) if answer else 0
        words = [match.span() for match in re.finditer(r"\w+", text)]
        start = np.array([5.0 * (bool(answer) and word[0] == place) for word in words], dtype=np.float32)
        end = np.array([5.0 * (bool(answer) and word[1] == place + len(answer)) for word in words], dtype=np.float32)
        return [[Window(np.array(words), start, end, 5.0)]]


DEV = [
    line("Where were the queens from?", BEES, "Italy", source="squad_v2_dev"),
    line("Who rode to Morocco?", BEES, "Adam", source="squad_v2_dev"),
    line("Who rode to Spain?", BEES, source="squad_v2_dev", answerable=False),
    line("How was Robert Fortune dressed?", TEA, "as a merchant", "a merchant", source="hand"),
]


def test_a_reader_that_knows_everything_measures_one():
    answers = {one["question"]: one["answers"][0]["text"] for one in DEV if one["answers"]}
    assert measure(Knowing(answers), DEV) == {"hand": 1, "squad_v2_dev": 1, "mean": 1, "AUROC": 1}


def test_the_best_reference_answer_counts_and_every_source_as_much():
    figures = measure(Knowing({"How was Robert Fortune dressed?": "merchant", "Who rode to Morocco?": "Adam"}), DEV)
    assert figures["hand"] == 1
    assert figures["squad_v2_dev"] == pytest.approx(1 / 2)
    assert figures["mean"] == pytest.approx(3 / 4)
    assert figures["AUROC"] == pytest.approx(3 / 4)


def test_of_the_held_out_questions_a_few_of_each_source_are_measured(tmp_path):
    contradiction = line("Who?", BEES)
    path = write_lines(tmp_path, [*LINES, contradiction, *DEV[:3]])
    assert len(held_out_lines(path, 100, seed=1)) == len(LINES) + 3
    few, again, others = (held_out_lines(path, 5, seed) for seed in (1, 1, 2))
    assert [one["source"] for one in few] == ["hand"] * 5 + ["squad_v2_dev"] * 3
    assert few == again != others
