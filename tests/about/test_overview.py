"""Questions about documents as a whole: what is taken for one, and what is quoted."""

import openpyxl
import pytest

from rag import Assistant
from rag.about.overview import MOST_DOCUMENTS, tells
from rag.ask.addressed import asks_about_whole
from tests.conftest import ROOT

DOCUMENTS = ROOT / "tests" / "documents"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    with Assistant.open(DOCUMENTS, tmp_path_factory.mktemp("overview")) as assistant:
        yield assistant


@pytest.fixture(scope="module")
def snapshot(assistant):
    return assistant.index.snapshot()


def names(whole):
    return [indexed.document.id for indexed in whole.documents]


@pytest.mark.parametrize(
    "question",
    [
        "What is this about?",
        "What are these documents about?",
        "Summarise the text.",
        "Please summarize it in two sentences",
        "tl;dr",
        "Sum up the essay in a few sentences",
        "What does this document say?",
        "What's in these files?",
        "Give me an overview",
        "What are the key takeaways?",
        "What's the main point?",
        "What does the author conclude?",
    ],
)
def test_a_question_without_a_topic_is_about_all_documents(question, snapshot):
    assert len(asks_about_whole(question, snapshot).documents) == len(snapshot.documents)


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("Summarise the minutes", "minutes.md"),
        ("What is the contract about?", "contract.txt"),
        ("Give me the key points of postmortem.md", "postmortem.md"),
        ("What is the paper's conclusion?", "paper.md"),
    ],
)
def test_a_document_may_be_named(question, document, snapshot):
    assert names(asks_about_whole(question, snapshot)) == [document]


@pytest.mark.parametrize(
    "question",
    [
        "Summarise what the contract says about hoists",
        "What is said about the oat drinks?",
        "What does the author conclude about beetles?",
        "Who wrote this?",
        "What happened at about nine o'clock?",
        "How many automata are there?",
        "What does the contract say about noise?",
        "What is in the museum?",
    ],
)
def test_a_question_with_a_topic_is_not_about_a_whole(question, snapshot):
    assert asks_about_whole(question, snapshot) is None


def test_it_stands_for_what_was_spoken_of_before(snapshot):
    assert asks_about_whole("What is it about?", snapshot) is not None
    assert asks_about_whole("What is it about?", snapshot, follows=True) is None
    assert asks_about_whole("What is the document about?", snapshot, follows=True) is not None


def test_one_document_is_told_by_several_sentences_in_order(assistant):
    answer = assistant.ask("What is the postmortem about?")
    assert answer.status == "answered"
    assert {citation.document_id for citation in answer.citations} == {"postmortem.md"}
    assert len(answer.claims) >= 3
    assert [citation.start for citation in answer.citations] == sorted(citation.start for citation in answer.citations)
    assert "sale of Harbourline ferry tickets was disrupted" in answer.citations[0].quote


def test_a_conclusion_is_looked_for_where_documents_conclude(assistant):
    answer = assistant.ask("What is the paper's conclusion?")
    assert "Temperature, not mass, sets the pace" in answer.text


def test_of_many_documents_some_are_told_and_that_is_said(assistant):
    answer = assistant.ask("What are these documents about?")
    documents = [citation.document_id for citation in answer.citations]
    assert len(set(documents)) == len(documents) == MOST_DOCUMENTS
    assert f"{MOST_DOCUMENTS} of 22 documents" in answer.notices[0]


def test_quotes_are_whole_sentences_that_stand_alone(assistant):
    for indexed in assistant.index.snapshot().documents.values():
        answer = assistant.ask(f"Summarise {indexed.document.id}")
        assert answer.status == "answered", indexed.document.id
        for citation in answer.citations:
            starts = {sentence.start for sentence in indexed.sentences}
            assert citation.start in starts
            assert not citation.quote.startswith(("It ", "They ", "This is ", "However"))


def test_the_passages_found_are_ranked(assistant):
    hits = assistant.ask("Summarise the guild").hits
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert sorted(hits, key=lambda hit: -hit.score) == list(hits)


@pytest.mark.parametrize(
    "text",
    [
        "Copyright 2019 by the Harbour Press, all rights reserved in every country.",
        "Please visit https://example.org/ferries for more of our reports.",
        "THE ANNUAL REPORT OF THE FERRY COMPANY OF THE NORTHERN ISLES.",
        "However, this was only the beginning of the trouble with the ferry.",
        "Last updated on 3 May 2021 by the office of the harbour master.",
        "Figure 3: The ferry of the Northern Isles on its second day at sea.",
        "See the notes about the ferry below for what all of these words mean.",
        "Route: Tarn to Orrin | Days: Monday and Friday | Notes: The ferry is late.",
        "will be late on every second day of the winter, unless the sea is calm.",
    ],
)
def test_what_stands_on_many_documents_tells_of_none(text):
    assert not tells(text)
    assert tells("The report looks at why the ferry was late on every second day of the winter.")


def test_what_others_have_written_tells_nothing_of_a_document(tmp_path):
    prose = "Every ferry of the isles was late in winter, and early in summer. Nobody knew why that was so at all.\n"
    others = "".join(
        f"{name}. A history of ferries and harbours of the isles, in {n} parts.\n\n" for n, name in enumerate("ABC")
    )
    (tmp_path / "ferry.md").write_text(f"# Ferries\n\n{prose}\n## References\n\n{others}", encoding="utf-8")
    with Assistant.open(tmp_path / "ferry.md", tmp_path / "store") as assistant:
        answer = assistant.ask("What is this about?")
        assert "late in winter" in answer.text
        assert "history of ferries" not in answer.text


def test_a_table_is_told_by_its_rows(tmp_path):
    (tmp_path / "docs").mkdir()
    rows = "".join(f"{name},{seats},{price}\n" for name, seats, price in (("Birch", 12, 300), ("Elm", 40, 900)))
    (tmp_path / "docs" / "rooms.csv").write_text(f"Room,Seats,Price\n{rows}")
    with Assistant.open(tmp_path / "docs", tmp_path / "store", reader="similarity") as assistant:
        answer = assistant.ask("What is this about?")
    assert answer.citations[0].quote == "Room: Birch | Seats: 12 | Price: 300"


def test_a_workbook_is_told_by_what_stands_above_its_tables_and_a_row_of_each(tmp_path):
    """Though nothing but the end of its file's name says that it is a spreadsheet."""
    book = openpyxl.Workbook()
    rooms = ["Room", "Seats", "Price"], ["Birch", 12, 300], ["Elm", 40, 900], ["Oak", 8, 150]
    for row in ["Rooms to hire in 2024"], [], *rooms:
        book.active.append(row)
    quotes = book.create_sheet("Quotes")
    for row in ["Trade", "Company", "Quote"], ["Plumber", "Hill", 650], ["Plumber", "Drip", 720]:
        quotes.append(row)
    (tmp_path / "docs").mkdir()
    book.save(tmp_path / "docs" / "rooms.xlsx")
    (tmp_path / "docs" / "notes.md").write_text("The rooms are cleaned on Mondays by the keeper of the house.\n")
    with Assistant.open(tmp_path / "docs", tmp_path / "store", reader="similarity") as assistant:
        answer = assistant.ask("What is the rooms spreadsheet about?")
    assert [one.quote for one in answer.citations] == [
        "Rooms to hire in 2024",
        "Room: Birch | Seats: 12 | Price: 300",
        "Trade: Plumber | Company: Hill | Quote: 650",
    ]
