"""Evidence is found in the documents, whatever its white space, marks and tables."""

import pytest

from index.errors import QuestionError
from index.files.finding import load_documents
from index.passages import split_document
from index.types import Document
from rag.evaluation.questions import Question
from rag.evaluation.running import evaluate, find_evidence
from tests.evaluation.scripted import ANIMALS, CATS, PLANTS, ScriptedAssistant

ZOO, GARDEN = (split_document(document, len, max_tokens=20) for document in (ANIMALS, PLANTS))


def test_evidence_is_found_whatever_the_white_space():
    spans = find_evidence(Question("q", "?", evidence=("Bees  hum\u00a0loudly.",)), [ZOO, GARDEN])
    found = [(document, {d.id: d for d in (ANIMALS, PLANTS)}[document].text[a:b]) for document, a, b in spans]
    assert found == [("zoo/animals.txt", "Bees hum\nloudly."), ("plants.txt", "Bees hum loudly.")]


@pytest.mark.parametrize("name", ["zoo/animals.txt", "animals.txt", "animals"])
def test_evidence_is_looked_for_in_the_document_that_is_named(name):
    question = Question("q", "?", evidence=("Bees hum loudly.",), document=name)
    assert [document for document, _, _ in find_evidence(question, [ZOO, GARDEN])] == ["zoo/animals.txt"]


def test_evidence_that_is_not_there_is_an_error_before_anything_is_asked():
    wrong = Question("q9", "Who?", evidence=("Bees sing.", "Bees dance."))
    assistant = ScriptedAssistant()
    with pytest.raises(QuestionError, match=r"q9.*'Bees sing\.'"):
        evaluate(assistant, [CATS, wrong])
    assert assistant.asked == []


def test_one_string_of_evidence_suffices():
    question = Question("q", "?", evidence=("Bees hum loudly.", "Bees sing."))
    assert find_evidence(question, [GARDEN]) == [("plants.txt", 11, 27)]


ROWS = """Prices of *garden* tools.

| Tool | Price 2021 | Price 2022 |
|------|------------|------------|
| Rake | 12.50      | 13         |
| Hoe  | 9          | 12.50      |
"""


@pytest.fixture(scope="module")
def prices(tmp_path_factory):
    """A sheet and a page of the same prices, each as the index has it: with column names in each row, and without."""
    folder = tmp_path_factory.mktemp("prices")
    (folder / "sheet.csv").write_text("Tool,Price 2021,Price 2022\nRake,12.50,13\nHoe,9,12.50\n")
    (folder / "page.md").write_text(ROWS)
    documents, _ = load_documents([folder])
    return [split_document(document, len) for document in documents]


def quoted(evidence, documents):
    """What the evidence is found to be in the documents."""
    texts = {one.document.id: one.document.text for one in documents}
    found = find_evidence(Question("q", "?", evidence=(evidence,)), documents)
    return [texts[document][start:end] for document, start, end in found]


def test_evidence_copied_from_a_table_is_found_in_the_row_that_has_its_words(prices):
    sheet = [one for one in prices if one.document.id == "sheet.csv"]
    assert quoted("Rake 12.50 13", sheet) == ["Rake | Price 2021: 12.50 | Price 2022: 13"]
    assert quoted("Rake,12.50,13", sheet) == ["Rake | Price 2021: 12.50 | Price 2022: 13"]


@pytest.mark.parametrize(
    ("kept", "shown", "found"),
    [
        ("0.9382", "93.8%", True),
        ("0.94", "93.8%", False),
        ("93", "93.8%", False),
        ("1234.5", "$1,234.50", True),
        ("1234.4961", "$1,234.50", True),
        ("1,234.50", "$1,234.50", True),
        ("1234.500", "$1,234.50", True),
        ("1234", "$1,234.50", False),
        ("1234.6", "$1,234.50", False),
        ("234.5", "$1,234.50", False),
    ],
)
def test_a_figure_that_a_sheet_keeps_is_found_where_it_is_shown_as_a_share_or_as_money(kept, shown, found):
    rows = Document("boats.txt", "Boats", "/boats.txt", f"Boat | Figure\nBoat: Ketch | Figure: {shown} | Days: 4\n")
    document = split_document(rows, len, max_tokens=90)
    if found:
        assert quoted(f"Ketch {kept} 4", [document]) == [f"Ketch | Figure: {shown} | Days: 4"]
    else:
        with pytest.raises(QuestionError):
            quoted(f"Ketch {kept} 4", [document])


@pytest.mark.parametrize("evidence", ["250 m2 by Ann Lorn1", "250 m² by Ann Lorn¹", "m2 Ann Lorn1"])
def test_evidence_is_found_whether_its_figures_are_raised_or_not(evidence):
    page = Document("page.txt", "Page", "/page.txt", "A field of 250 m² by Ann Lorn¹ was mown in May.\n")
    document = split_document(page, len, max_tokens=90)
    assert quoted(evidence, [document])[0].endswith("m² by Ann Lorn¹")


def test_evidence_copied_from_a_page_is_found_whatever_its_marks(prices):
    assert quoted("Prices of garden tools", prices) == ["Prices of *garden* tools"]
    assert quoted("Prices of `garden` tools.", prices) == ["Prices of *garden* tools"]


@pytest.mark.parametrize("evidence", ["Rake 9", "13 Rake", "Rake 12.50 14", "Prices of tools of the garden", "Spade"])
def test_words_of_several_rows_or_in_another_order_are_no_evidence(prices, evidence):
    with pytest.raises(QuestionError, match=f"question q is not in the documents: '{evidence}'"):
        find_evidence(Question("q", "?", evidence=(evidence,)), prices)
