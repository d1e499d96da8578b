"""Questions that tempt: half of them are not answered, though something like it stands in the same document.

Nothing was trained or fitted on them; `docs/figures.md` has what came of them.
"""

from pathlib import Path

from index.files.finding import load_documents
from rag.evaluation.questions import read_questions
from rag.evaluation.running import find_text
from rag.training.data import shingles

HERE = Path(__file__).parent
TRAINED_ON = Path(__file__).parents[2] / "rag" / "training" / "written" / "documents"


def test_half_of_the_questions_have_an_answer_which_stands_in_their_document():
    documents, _ = load_documents([HERE / "documents"])
    named = {document.id: document for document in documents}
    questions = read_questions(HERE / "questions.jsonl")
    answerable = [one for one in questions if one.answerable]
    assert len(questions) == 2 * len(answerable) == 168
    assert all(find_text(text, [named[one.document]]) for one in answerable for text in one.evidence)


def test_none_of_the_documents_was_trained_on():
    held = set().union(*(shingles(path.read_text(encoding="utf-8")) for path in (HERE / "documents").iterdir()))
    assert all(held.isdisjoint(shingles(path.read_text(encoding="utf-8"))) for path in TRAINED_ON.iterdir())
