"""What is measured of the sentences that are quoted."""

import pytest

from index.passages import split_document
from index.types import Document
from rag.read.evidence import Candidate
from rag.training.dev import Asking
from rag.training.quoted import quality

TEXT = "Bees hum.\n\nCats purr.\n\nDogs bark."


def candidates(*told):
    indexed = split_document(Document("d.txt", "D", "d.txt", TEXT), lambda text: len(text.split()))
    return [Candidate(indexed, position, 0.5**n, relevance=odds) for n, (position, odds) in enumerate(told)]


def spans(*parts):
    return [(TEXT.index(part), TEXT.index(part) + len(part)) for part in parts]


@pytest.mark.parametrize(
    ("told", "answers", "expected"),
    [
        ([(0, 1), (1, 1)], ["hum", "purr"], (1, 1, 1, 2)),
        ([(0, 1), (1, 1)], ["hum"], (1 / 2, 1, 2 / 3, 2)),
        ([(0, 1), (1, -5)], ["hum", "purr"], (1, 1 / 2, 2 / 3, 1)),
        ([(2, 1)], ["hum"], (0, 0, 0, 1)),
    ],
)
def test_what_is_quoted_is_held_against_the_parts_of_the_answer(told, answers, expected):
    asking = Asking("own", "written", "d", "Why?", (), (), (), ())
    assert quality(asking, spans(*answers), candidates(*told)) == pytest.approx(expected)
