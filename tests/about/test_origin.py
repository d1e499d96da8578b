"""Questions about where documents come from: what is taken for one, and which lines tell."""

import pytest

from rag import Assistant
from rag.ask.addressed import asks_about_origin
from tests.conftest import ROOT

DOCUMENTS = ROOT / "tests" / "documents"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    with Assistant.open(DOCUMENTS, tmp_path_factory.mktemp("origin")) as assistant:
        yield assistant


@pytest.fixture(scope="module")
def snapshot(assistant):
    return assistant.index.snapshot()


@pytest.fixture
def ask_of(tmp_path):
    """Answers a question about a document of this text."""

    def ask(question, text):
        (tmp_path / "text.txt").write_text(text, encoding="utf-8")
        with Assistant.open(tmp_path / "text.txt", tmp_path / "store") as assistant:
            return assistant.ask(question)

    return ask


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who wrote this?", "author"),
        ("who is the author", "author"),
        ("What's the name of the author?", "author"),
        ("Who wrote these documents?", "author"),
        ("Who is this article by?", "author"),
        ("Where does the author work?", "author"),
        ("When was this published?", "date"),
        ("What is the date of the document?", "date"),
        ("How old is this text?", "date"),
    ],
)
def test_a_question_without_a_topic_is_about_the_documents_themselves(question, kind, snapshot):
    origin = asks_about_origin(question, snapshot)
    assert origin.kind == kind
    assert len(origin.documents) == len(snapshot.documents)


def test_a_document_may_be_named(snapshot):
    origin = asks_about_origin("Who wrote the newsletter?", snapshot)
    assert [indexed.document.id for indexed in origin.documents] == ["newsletter.txt"]


@pytest.mark.parametrize(
    "question",
    [
        "Who wrote the poem about the lion?",
        "When was the bridge published in the gazette?",
        "What date is the annual fair?",
        "Who is the captain?",
        "Who did Nella work for?",
        "When was Ottoline born?",
        "What is this about?",
    ],
)
def test_a_question_with_a_topic_is_not(question, snapshot):
    assert asks_about_origin(question, snapshot) is None


def test_it_stands_for_what_was_spoken_of_before(snapshot):
    assert asks_about_origin("When was it published?", snapshot) is not None
    for question in ("When was it published?", "By whom?", "On what date?", "Who wrote that?"):
        assert asks_about_origin(question, snapshot, follows=True) is None
    assert asks_about_origin("Who wrote this essay?", snapshot, follows=True) is not None


@pytest.mark.parametrize(
    ("question", "document", "quote"),
    [
        ("Who wrote the postmortem?", "postmortem.md", "Priya Lindgren-Mbeki"),
        ("Who is the author of the paper?", "paper.md", "Ilona Szántó"),
        ("Who wrote the newsletter?", "newsletter.txt", "Prudence Garland"),
        ("When was the specification released?", "specification.md", "6 June 2019"),
        ("When was the trial summary published?", "trial.txt", "May 2023"),
    ],
)
def test_the_line_that_tells_is_quoted(question, document, quote, assistant):
    answer = assistant.ask(question)
    assert answer.status == "answered"
    assert answer.citations[0].document_id == document
    assert quote in answer.citations[0].quote


STORY = (
    "The ferry\n\nMara Holt rowed the ferry for thirty years. She knew every stone in the river.\n\n"
    "When the bridge came, nobody asked her. She wrote it down in her book: nothing, nobody, rain.\n\n"
    "In the end Jon Bask bought the boat, by which he meant well.\n"
)


def test_people_in_a_story_are_not_its_author(ask_of):
    assert ask_of("Who wrote this?", STORY).status == "abstained"
    assert ask_of("Who is the author?", STORY).status == "abstained"
    assert ask_of("When was this published?", STORY).status == "abstained"


@pytest.mark.parametrize(
    "text",
    [
        STORY.replace("\n\n", "\n\nBy Tilda Marrow\n\n", 1),
        STORY + "\nTilda Marrow is a writer and lives in Port Sable.\n",
        STORY.replace("\n\n", "\nWritten by Dr. Tilda Marrow and Ines Okafor\n\n", 1),
        STORY.replace("\n\n", "\n\nAuthor: Tilda Marrow\n\n", 1),
        STORY.replace("\n\n", "\nby Tilda Marrow\n\n", 1),
    ],
)
def test_a_by_line_tells_wherever_it_stands(ask_of, text):
    answer = ask_of("Who wrote this?", text)
    assert answer.status == "answered"
    assert "Tilda Marrow" in answer.citations[0].quote


def test_names_on_lines_below_by_are_all_told(ask_of):
    front = "New lamps\n\nFor:\n\nBen Reed, keeper of the lamps\n\nBy :\n\nAda Moor\n\nCaleb Finch\n\n12 Quay Road.\n\n"
    answer = ask_of("Who wrote this report?", front + "The lamps are old. They need much oil.\n")
    said = " ".join(citation.quote for citation in answer.citations)
    assert "Ada Moor" in said
    assert "Caleb Finch" in said
    assert "Ben Reed" not in said


def test_several_documents_each_tell(tmp_path):
    for name, author in (("a", "Tilda Marrow"), ("b", "Ines Okafor")):
        (tmp_path / f"{name}.txt").write_text(f"Tale {name}\n\nBy {author}\n\nIt rained all day.\n", encoding="utf-8")
    with Assistant.open(tmp_path, tmp_path / "store") as assistant:
        answer = assistant.ask("Who are the authors of these texts?")
    assert [citation.quote for citation in answer.citations] == ["By Tilda Marrow", "By Ines Okafor"]


def test_of_many_documents_those_that_tell_are_quoted(assistant):
    answer = assistant.ask("Who is the editor?")
    assert any("Prudence Garland" in citation.quote for citation in answer.citations)


def test_more_documents_than_an_answer_holds_are_told_of(tmp_path):
    for number in range(7):
        (tmp_path / f"{number}.txt").write_text(f"Tale\n\nBy Author{number}\n\nIt rained.\n", encoding="utf-8")
    with Assistant.open(tmp_path, tmp_path / "store") as assistant:
        answer = assistant.ask("Who wrote these texts?")
    assert [citation.quote for citation in answer.citations] == [f"By Author{number}" for number in range(5)]
    assert answer.notices == ("This is of 5 of 7 documents; name one to be told more of it.",)


@pytest.mark.parametrize(
    ("title", "question", "status"),
    [
        ("Hamlet", "Who wrote Hamlet?", "William Shakespeare"),
        ("Hamlet", "Who wrote this?", "Tilda Marrow"),
        ("On Hamlet and others", "Who is the author of On Hamlet and Others?", "Tilda Marrow"),
    ],
)
def test_what_a_document_is_about_is_not_the_document(ask_of, title, question, status):
    text = f"{title}\n\nBy Tilda Marrow\n\nHamlet was written by William Shakespeare, who lived in London.\n"
    assert status in ask_of(question, text).text


def test_a_book_that_is_spoken_of_has_an_author_too(ask_of):
    answer = ask_of("Who wrote the book?", "A find\n\nThe book in the chest was written by the miller Orson Pell.\n")
    assert answer.status == "answered"
    assert "Orson Pell" in answer.text


PAPER = """\
# Significant declines in test scores after the closures of schools

A second look at the figures of the county

Krista Jain, Julia von Ahn

February 15, 2024

## Abstract

We look again at the figures of Oster and Tameshtit (2021), and find smaller losses than they did. Pass rates fell most
where lessons were held at home for longest.
"""
MINUTES = """\
Tarn Hill Homeowners Annual Meeting Minutes April 8, 2026

The treasurer reviewed the budget. Dues brought in 38,586 crowns, and the pond cost 6,571.

The garage sale moves to June. A new sign will stand at the gate, and the old one goes to the school.

Respectfully,

Trinity Parker, Secretary
"""
EELS = """\
# Eels of the Tarn

MAREN T. OSTERBERG

Eels come up the Tarn in May. The parish asked for a count in 1931, and Asa Holt wrote a letter on eels to the parish. A
talk on weirs was given by Ines Varga in the same year.
"""


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shelf")
    for name, text in (("paper.md", PAPER), ("meeting.txt", MINUTES), ("eels.md", EELS)):
        (folder / name).write_text(text, encoding="utf-8")
    with Assistant.open(folder, tmp_path_factory.mktemp("store")) as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("question", "quotes"),
    [
        ("Who wrote the paper on falling test scores after schools closed?", ["Krista Jain, Julia von Ahn"]),
        (
            "Who wrote the paper on falling test scores after schools closed, and what date is on it?",
            ["Krista Jain, Julia von Ahn", "February 15, 2024"],
        ),
        ("Who wrote the minutes of the Tarn Hill meeting of April 2026?", ["Trinity Parker, Secretary"]),
        ("Who wrote the study on the eels of the Tarn?", ["MAREN T. OSTERBERG"]),
        ("Who put together the slides on the eels of the Tarn?", ["MAREN T. OSTERBERG"]),
    ],
)
def test_a_document_may_be_described_by_what_stands_at_its_beginning(shelf, question, quotes):
    assert [citation.quote for citation in shelf.ask(question).citations] == quotes


@pytest.mark.parametrize(
    "question",
    [
        "Who wrote a letter on eels to the parish?",
        "Who gave the talk on weirs?",
        "Who made the proposal on the eels of the Tarn?",
        "Who wrote the paper on pike?",
        "Who wrote the song that was sung before the talk on eels of the Tarn?",
    ],
)
def test_what_a_document_tells_of_is_not_described(shelf, question):
    assert asks_about_origin(question, shelf.index.snapshot()) is None
