"""What tests of reading share."""

import pytest

from index.store.passage_index import PassageIndex
from rag.ask import understand
from rag.read.confidence import Figures
from rag.read.evidence import Candidate, Reading
from rag.read.reckon import reckon
from rag.read.rivals import Rows
from tests.conftest import WordEmbedder


@pytest.fixture
def table(tmp_path, embedder):
    def made(text):
        (tmp_path / "table.csv").write_text(text, encoding="utf-8")
        index = PassageIndex(tmp_path / "index", embedder)
        index.sync([tmp_path / "table.csv"])
        return index

    return made


STUDIES = """\
author,year,years of data,forest
Tewksbury,2000,1995-1996,aspen
Akerman,1999,,spruce
Hannah,2007,2003-2004,aspen
"""
GAMES = """\
date,time,age,canteen
16/06/12,08:30,U9,Reds
16/06/12,09:45,U13,Blues
16/06/12,20:30,Open,Greens
23/06/12,08:30,U9,Blues
"""


def document_of(folder, embedder, text):
    (folder / "text.md").write_text(text, encoding="utf-8")
    index = PassageIndex(folder / "index of text", embedder)
    index.sync([folder / "text.md"])
    return document(index)


def document(index):
    (indexed,) = index.snapshot().documents.values()
    return indexed


def row(indexed, said):
    text = indexed.document.text
    return next(n for n, one in enumerate(indexed.sentences) if said in text[one.start : one.end])


def rivalled(question, indexed, found):
    return Rows(question, {indexed.id: range(len(indexed.sentences))}).rivalled(indexed, row(indexed, found))


GRANTS = """\
Organisation,District,Amount awarded,Awarded on,Report received
Quay Theatre,Harbour,"$18,500.00",2024-02-12,yes
Fen Allotments,Northgate,"$1,250.00",2024-01-29,no
Open Kitchen,Old Town,"$24,000.00",2024-03-05,yes
Quay Choir,Harbour,"$990.00",2024-04-01,no
"""


@pytest.fixture
def ask(tmp_path):
    """What becomes of a question if the reader takes the row of a document that has some words for the answer."""

    def asked(question, row, text=GRANTS, name="grants.csv", confidence=0.9, span=None):
        (tmp_path / name).write_text(text, encoding="utf-8")
        index = PassageIndex(tmp_path / "index", WordEmbedder())
        index.sync([tmp_path / name])
        (document,) = index.snapshot().documents.values()
        texts = [document.document.text[one.start : one.end] for one in document.sentences]
        position = next(number for number, one in enumerate(texts) if row in one)
        figures = Figures(near=0.5, anywhere=0.5, cosine=0.5, topic=0.8)
        others = [Candidate(document, one, 0.01) for one in range(len(texts)) if one != position]
        reading = Reading((Candidate(document, position, 1.0, span), *others), confidence, figures)
        return reckon(understand(question, (), index.snapshot(), WordEmbedder()), reading, WordEmbedder())

    return asked
