"""What is told beside a refusal: that the properties of a file name an author or a date, where its text does not."""

from datetime import datetime

import pytest
from docx import Document

from rag import Assistant

PLAN = (
    "Plan for the care of the mill pond",
    "The pond is drained in March, and its banks are mended before the herons come back.",
    "The sluice is opened by two people, one of whom keeps the key.",
)
LETTER = ("Letter to the millers of Orrest", "The wheel turns again since Tuesday. Please come and look at it.")


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    """Two files of which one names its author and the day it was made, and one neither."""
    folder = tmp_path_factory.mktemp("shelf")
    for name, lines, author in (("plan.docx", PLAN, "Petra Lindqvist"), ("letter.docx", LETTER, "")):
        document = Document()
        document.core_properties.author = author
        document.core_properties.created = datetime(2019, 5, 7)
        for line in lines:
            document.add_paragraph(line)
        document.save(str(folder / name))
    with Assistant.open(folder, tmp_path_factory.mktemp("store")) as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Who wrote the plan for the mill pond?", ["name Petra Lindqvist as its author"]),
        ("Who is named as the author in the properties of the pond care plan?", ["name Petra Lindqvist as its author"]),
        ("When was the plan for the mill pond created?", ["say that it was made on 7 May 2019"]),
        (
            "Who wrote the plan for the mill pond, and when was the pond plan made?",
            ["name Petra Lindqvist as its author", "say that it was made on 7 May 2019"],
        ),
        ("Who wrote the letter to the millers?", []),
        ("Who keeps bees at the mill pond?", []),
        ("Who opens the sluice?", []),
    ],
)
def test_properties_are_told_where_the_author_or_the_date_is_asked_for(shelf, question, told):
    notices = [notice for notice in shelf.ask(question).notices if "properties" in notice]
    assert notices == [f"The properties of the file plan.docx {one}." for one in told]


def test_what_they_say_is_no_answer_of_the_documents(shelf):
    answer = shelf.ask("Who wrote the plan for the mill pond?")
    assert (answer.status, answer.citations) == ("abstained", ())
