"""A long row is shown by the cells that matter, each as it stands in the document."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.files.tables.rows import DIVIDER
from rag.ask import understand
from rag.read.evidence import Quotation
from rag.types import Answer, Claim
from rag.write.long_rows import LEFT_OUT, LONG, SHORTER, brief, in_brief
from rag.write.quoting import cite
from rag.write.short import short_answer
from tests.conftest import WordEmbedder, only_document

WEEKS = DIVIDER.join(
    ["Boat: Heron", "Berth: 14", "Owner: the Lindqvist sisters"]
    + [f"Week {number} of the season: {'slipway' if number == 7 else f'mooring {number}'}" for number in range(1, 16)]
)
STUDY = DIVIDER.join(
    [
        "Number: K-77",
        "Title: Sleep of lorry drivers",
        "Summary: " + "Drivers sleep badly. They were asked why. Noise was named first. " * 5,
        "Funding: " + "A union paid for a part of it. The state gave 40,000 crowns in 2019. Nobody else did. " * 3,
        "Start: May 2018",
        "End: June 2021",
    ]
)


def row(text, focus):
    return Claim(text, (1,), "quoted", 1.0, focus)


def test_the_cells_left_are_the_first_one_the_answer_and_those_that_share_a_word_with_the_question():
    told = brief(row(WEEKS, "slipway"), "Where is the boat of the Lindqvist sisters in the seventh week?")
    week = "Week 7 of the season: slipway"
    assert told == f"Boat: Heron | {LEFT_OUT} | Owner: the Lindqvist sisters | {LEFT_OUT} | {week} | {LEFT_OUT}"


def test_of_a_word_that_many_cells_share_the_first_that_has_it_names_the_row():
    cells = [
        "Number: K-77",
        "Title: Sleep of lorry drivers",
        "Place: a motel for drivers",
        "Paid by: the drivers' union",
    ]
    others = [f"Measure {letter}: taken at noon on the {number}th day" for number, letter in enumerate("abcdef", 4)]
    told = brief(
        row(DIVIDER.join([*cells, *others, "Start: May 2018"]), "May 2018"), "When did the drivers' study begin?"
    )
    assert told == f"Number: K-77 | Title: Sleep of lorry drivers | {LEFT_OUT} | Start: May 2018"


def test_a_long_cell_is_cut_to_the_sentence_of_the_answer():
    told = brief(row(STUDY, "2019"), "When did the state give money?")
    sentence = f"Funding: {LEFT_OUT} The state gave 40,000 crowns in 2019. {LEFT_OUT}"
    assert told == f"Number: K-77 | {LEFT_OUT} | {sentence} | {LEFT_OUT}"


def test_an_answer_that_is_the_name_of_a_column_keeps_its_cell():
    assert "Week 7 of the season: slipway" in brief(row(WEEKS, "Week 7"), "When does the Heron come ashore?")


@pytest.mark.parametrize(
    "claim",
    [
        row(WEEKS, None),  # what the answer is nobody knows
        row(WEEKS, "Kestrel"),
        row("Boat: Heron | Berth: 14 | Owner: Ada | Since: 2019", "14"),  # short enough
        row("The slipway is long. " * 30, "slipway"),  # no row
        row(DIVIDER.join(["slipway", *(f"a cell of {n} without a name" for n in range(20))]), "slipway"),
        Claim(WEEKS, (1,), "supported", 1.0, "slipway"),  # not a document's words
    ],
)
def test_what_is_no_long_row_with_a_known_answer_is_shown_whole(claim):
    assert brief(claim, "Where is the Heron?") is None


def test_of_two_things_that_are_asked_for_neither_is_left_out():
    assert brief(row(WEEKS, "slipway"), "Where is the Heron in the seventh week, and what is its berth?") is None


NAMES = st.text("abcdefgh ", min_size=1, max_size=12).map(lambda text: f"N{text.strip()}")
VALUES = st.text("abcdefgh. 123", min_size=1, max_size=200).map(lambda text: f"v{' '.join(text.split())}")


@given(cells=st.lists(st.tuples(NAMES, VALUES), min_size=2, max_size=30), data=st.data())
def test_what_is_told_stands_in_the_row_in_that_order_and_holds_the_answer(cells, data):
    text = DIVIDER.join(f"{name}: {value}" for name, value in cells)
    focus = data.draw(st.sampled_from([value for _, value in cells]))
    told = brief(row(text, focus), "what is N?")
    if told is None:
        return
    assert focus in told
    assert len(text) > LONG
    assert len(told) <= SHORTER * len(text)
    place = 0
    for piece in told.replace(f" {LEFT_OUT}", LEFT_OUT).replace(f"{LEFT_OUT} ", LEFT_OUT).split(LEFT_OUT):
        for part in filter(None, piece.strip(" |").split(": ")):
            place = text.index(part, place) + len(part)


def test_an_answer_in_brief_keeps_its_markers_and_all_other_sentences():
    claims = (row(WEEKS, "slipway"), Claim("The Heron leaks.", (2,), "quoted", 1.0))
    answer = Answer("Where is it?", f"{WEEKS} [1] The Heron leaks. [2]", "answered", None, 0.9, claims)
    assert in_brief(answer) == f"{brief(claims[0], 'Where is it?')} [1] The Heron leaks. [2]"
    assert len(in_brief(answer)) < len(answer.text)


@pytest.fixture
def timetable(tmp_path):
    (tmp_path / "rooms.csv").write_text(
        "Room,Monday 17 April,Tuesday 18 April,Friday 21 April\nHall,Latin,Greek,Maths\n"
    )
    snapshot, document = only_document(tmp_path / "rooms.csv")
    rows = [document.document.text[one.start : one.end] for one in document.sentences]
    return snapshot, document, next(number for number, text in enumerate(rows) if "Hall" in text)


def test_a_quoted_sentence_tells_what_the_reader_takes_for_the_answer(timetable):
    _, document, position = timetable
    _, (claim,) = cite([Quotation(document, position, position + 1, None, position, "Greek")])
    assert claim.focus == "Greek"
    _, (claim,) = cite([Quotation(document, position, position + 1)])
    assert claim.focus is None


def test_a_cell_is_no_short_answer_where_another_column_has_more_of_the_question(timetable):
    snapshot, document, position = timetable
    query = understand("What is written in the hall on Tuesday 18 April?", (), snapshot, WordEmbedder())
    assert short_answer(query, Quotation(document, position, position + 1, "Greek", position)) == "Greek"
    assert short_answer(query, Quotation(document, position, position + 1, "Latin", position)) is None
