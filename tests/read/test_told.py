"""Rows of Markdown tables are read with the names of their columns, as those of other formats are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.store.passage_index import PassageIndex
from index.types import Document, IndexedDocument, Passage, Sentence
from rag.ask import Query
from rag.read.reader import open_reader
from rag.read.retrieve import retrieve
from rag.read.told import line_told, told
from tests.conftest import WordEmbedder

FEES = """\
# Broadband in the shires

Four councils answered.

| Shire | Charge a year | Joining fee | Contact |
|---|---|---|---|
| Northshire | £120 | £30 | Ada Fenn |
| **Midshire** | £96 | | Tom Rook |
| Southshire | £144 | £45 | |

A pipe | in prose is no table.
"""
AS_CSV = "Shire,Charge a year,Joining fee,Contact\nNorthshire,£120,£30,Ada Fenn\nMidshire,£96,,Tom Rook\n"


def indexed(folder, name, text, embedder):
    (folder / name).write_text(text, encoding="utf-8")
    index = PassageIndex(folder / f"index of {name}", embedder)
    index.sync([folder / name])
    return index


def test_a_row_tells_the_names_of_its_columns_and_nothing_else_changes(tmp_path):
    (document,) = indexed(tmp_path, "fees.md", FEES, WordEmbedder()).snapshot().documents.values()
    text = "\n".join(told(passage, document).text for passage in document.passages)
    assert "Shire: Northshire | Charge a year: £120 | Joining fee: £30 | Contact: Ada Fenn\n" in text
    assert "Shire: **Midshire** | Charge a year: £96 | Contact: Tom Rook\n" in text  # an empty cell is left out
    assert "A pipe | in prose is no table." in text


def test_a_row_read_by_itself_tells_them_too(tmp_path):
    (document,) = indexed(tmp_path, "fees.md", FEES, WordEmbedder()).snapshot().documents.values()
    lines = [line_told(document, position) for position in range(len(document.sentences))]
    assert "Shire: Southshire | Charge a year: £144 | Joining fee: £45" in lines
    assert "Four councils answered." in lines


@pytest.mark.parametrize(
    ("question", "answer"),
    [("What does Midshire charge per year?", "£96"), ("Who should I talk to in Northshire?", "Ada Fenn")],
)
def test_a_table_is_answered_from_as_surely_in_markdown_as_in_a_sheet(tmp_path, embedder, question, answer):
    readings = []
    for name, text in (("fees.md", FEES), ("fees.csv", AS_CSV)):
        snapshot, hits = retrieve(question, indexed(tmp_path, name, text, embedder), embedder, 8)
        readings.append(open_reader(None, embedder).read(Query(question, question), hits, snapshot))
    in_markdown, in_sheet = readings
    assert in_markdown.candidates[0].span == in_sheet.candidates[0].span == answer
    assert in_markdown.confidence >= in_sheet.confidence - 0.05


cells = st.text("abc é·", max_size=6).map(str.strip)


@given(st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=5), st.data())
def test_what_is_found_in_a_row_that_is_told_is_the_same_stretch_of_the_document(rows, data):
    text = "Before.\n\n| A | B | C |\n|---|---|---|\n" + "".join(f"| {' | '.join(row)} |\n" for row in rows)
    starts = [0, *(place for place in range(len(text)) if text.startswith("\n|", place - 1))]
    sentences = tuple(Sentence(start, text.index("\n", start), 0) for start in starts if text[start:].strip())
    document = IndexedDocument(Document("a.md", "A", "a.md", text), (), sentences)
    passage = Passage("p", "a.md", text, 0, len(text), "")
    reading = told(passage, document)
    for sentence in sentences[3:]:  # behind the prose, the head and the rule below it
        start, end = reading.place(sentence.start, sentence.end)
        line = reading.text[start:end]
        assert "|" not in line.replace(" | ", "") or not line.replace("|", "").strip()
        parts = (part.strip() for part in text[sentence.start : sentence.end].split("|")[1:-1])
        for name, cell in zip("ABC", parts, strict=True):
            if cell and f"{name}: {cell}" in line:
                at = start + line.index(f"{name}: {cell}") + 3
                begin, stop = reading.back(at, at + len(cell))
                assert text[begin:stop] == cell
    begin = data.draw(st.integers(0, len(reading.text) - 1))
    first, last = reading.back(begin, data.draw(st.integers(begin + 1, len(reading.text))))
    assert 0 <= first < last <= len(text)
