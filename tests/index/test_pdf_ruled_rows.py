"""Tables in PDF files with rules between their rows alone, whose cells have several lines."""

import pytest
from reportlab.platypus import Paragraph, Table

from index.files.pdf.ruled_rows import missing_uprights
from index.files.pdf.rules import Rule
from index.files.pdf.segment import Segment
from tests.index.pages import PROSE, STYLES, build, placed, ruled, sentences

LINES = [
    ("Symptom", "Cause", "Correction"),
    ("The lamp is dark.", "1. The battery is", "Charge it for an hour in"),
    ("", "empty.", "the sun, or change it."),
    ("The lamp blinks, and", "2. The switch is wet.", "Let it dry for a day, and"),
    ("goes out.", "", "oil the spring."),
    ("The lamp is hot.", "3. The dial stands at", "Turn the dial to one, and"),
    ("", "nine.", "call the maker."),
]
ROWS = [
    "Symptom: The lamp is dark. | Cause: 1. The battery is empty. "
    "| Correction: Charge it for an hour in the sun, or change it.",
    "Symptom: The lamp blinks, and goes out. | Cause: 2. The switch is wet. "
    "| Correction: Let it dry for a day, and oil the spring.",
    "Symptom: The lamp is hot. | Cause: 3. The dial stands at nine. "
    "| Correction: Turn the dial to one, and call the maker.",
]
TEXTS = [one for one in placed(LINES, (64, 204, 344), pitch=11) if one[2]]
TOPS = (117, 139, 161)  # below the names, and between the rows


@pytest.mark.parametrize("pieces", [1, 3], ids=["whole rules", "a rule for each cell"])
@pytest.mark.parametrize("last", [(), (184,)], ids=["open at the end", "closed"])
def test_what_stands_between_two_rules_is_a_row(tmp_path, pieces, last):
    width = 440 / pieces
    level = [(60 + part * width, 60 + (part + 1) * width, top) for top in (*TOPS, *last) for part in range(pieces)]
    assert ruled(tmp_path / "lamp.pdf", TEXTS, level=level) == ROWS


def test_what_pauses_beside_the_name_of_the_last_row_is_of_it(tmp_path):
    level = [(60, 500, top) for top in TOPS]
    more = placed([("4. The dial is bent.", "Send it to the maker.")], (204, 344), top=200)
    told = ruled(tmp_path / "lamp.pdf", [*TEXTS, *more], level=level)
    assert told[:2] == ROWS[:2]
    assert told[2].replace(" 4. The dial is bent.", "").replace(" Send it to the maker.", "") == ROWS[2]
    assert len(told) == 3


#: Columns whose lines are not level with each other, as in manuals.
FAULTS = [
    (
        ["The display shows", "a short word."],
        ["1. The automatic", "breaker has found a", "fault in the wires."],
        ["The word tells of a short circuit", "on one of the stations. Its number", "is shown, too.", "Mend the wire."],
    ),
    (["The display is", "blank."], ["2. No power comes", "from the wall."], ["Plug it in, and set the clock", "anew."]),
    (["Water runs on."], ["3. A valve is stuck", "in the open state."], ["Close it by hand, and mend the", "valve."]),
]


def uprights(rows, *, closed=False, lefts=(64, 146, 238), heads=("Symptom", "Cause", "Correction"), pause=0):
    """Where the upright rules stand that a table of such rows lacks, and where its last line and these end."""
    segments = [_segment(name, left, 92) for left, name in zip(lefts, heads, strict=True)]
    top, rules = 104, [Rule(60, 560, 104, 104)]
    for row in rows:
        for left, pitch, lines in zip(lefts, (10.5, 11, 9.5), row, strict=True):
            segments += [_segment(line, left, top + 3 + pitch * number) for number, line in enumerate(lines)]
        top += 14 + 11 * max(map(len, row))
        rules.append(Rule(60, 560, top, top))
    if pause:
        segments.append(_segment("Or call the maker.", lefts[-1], max(one.bottom for one in segments) + pause))
    found = [one for one in missing_uprights(rules if closed else rules[:-1], segments) if one.upright]
    return (
        [one.left for one in found],
        max(one.bottom for one in segments),
        max((one.bottom for one in found), default=0),
    )


def _segment(text, left, top):
    return Segment(text, left, left + 4.5 * len(text), top, top + 9, 9, False)


@pytest.mark.parametrize("closed", [True, False])
@pytest.mark.parametrize("pause", [0, 16])
def test_columns_are_parted_down_to_the_end_of_the_last_row(closed, pause):
    places, last, foot = uprights(FAULTS, closed=closed, pause=0 if closed else pause)
    assert len(places) == 4
    assert 60 == places[0] < places[1] < 146 < places[2] < 238 < places[3] == 560
    assert foot >= last


def test_names_may_stand_between_the_first_two_rules(tmp_path):
    level = [(60, 500, top) for top in (104, *TOPS, 184)]
    assert ruled(tmp_path / "lamp.pdf", TEXTS, level=level) == ROWS


def test_what_goes_on_below_the_last_rule_is_no_row_of_the_table(tmp_path):
    level = [(60, 500, top) for top in (*TOPS, 184)]
    below = [(64, 200, "Lamps of this kind are made by hand in Orrin, and each has a number.")]
    assert ruled(tmp_path / "lamp.pdf", [*TEXTS, *below], level=level) == [*ROWS, below[0][2]]


def test_a_word_that_a_cell_breaks_is_whole_and_a_compound_keeps_its_hyphen(tmp_path):
    texts = [(64, 80, "The controller of the long-term store is a controller like others.")]
    cells = [("Kind:", "Part"), ("The con-", "A long-"), ("troller", "term store")]
    boxes = [(60, 200, 100, 120), (200, 340, 100, 120), (60, 200, 120, 150), (200, 340, 120, 150)]
    told = ruled(tmp_path / "parts.pdf", [*texts, *placed(cells, (64, 204), pitch=13)], boxes=boxes)
    assert told[-1] == "The controller: A long-term store"


def test_a_long_field_is_read_as_sentences(tmp_path):
    summary = Paragraph(PROSE * 3, STYLES["BodyText"])
    rows = Table(
        [["Title:", "Balloons"], ["Place:", "Tarn"], ["Summary:", summary]],
        (80, 380),
        style=[("GRID", (0, 0), (-1, -1), 1, "black")],
    )
    told = sentences(build(tmp_path / "form.pdf", rows))
    assert told[:2] == ["Title: Balloons", "Place: Tarn"]
    assert told[2].startswith("Summary: The balloon lifted off")
    assert len(told) == 2 + 9


def test_a_long_field_of_short_entries_stays_whole(tmp_path):
    entries = " ".join(f"Ann Orrin {number}. Phone 0122 {number}. Open Mon. and Tue." for number in range(10, 20))
    cells = [["Title:", "Boats"], ["Place:", "Tarn"], ["Shops:", Paragraph(entries, STYLES["BodyText"])]]
    rows = Table(cells, (80, 380), style=[("GRID", (0, 0), (-1, -1), 1, "black")])
    assert sentences(build(tmp_path / "form.pdf", rows))[2:] == [f"Shops: {entries}"]


@pytest.mark.parametrize("below", [["Maintenance"], ["Yours sincerely", "A. Miller"], ["* by an expert only"]])
def test_a_heading_or_note_below_the_last_rule_is_no_row(tmp_path, below):
    level = [(60, 500, top) for top in (*TOPS, 184)]
    texts = [(64, 196 + 11 * number, line) for number, line in enumerate(below)]
    text = " ".join(ruled(tmp_path / "lamp.pdf", [*TEXTS, *texts], level=level))
    assert text.startswith(" ".join(ROWS))


def test_rules_between_groups_of_rows_leave_these_as_they_are(tmp_path):
    lines = [
        ("Time", "Event", "Place"),
        *[("9 am", "Opening by the chair", "Hall"), ("11 am", "Talk on bees", "Room 2")],
        *[("10 am", "Walk to the mill", "Gate"), ("2 pm", "Songs", "Hall")],
        *[("9 am", "Prizes", "Hall"), ("noon", "Lunch for all", "Yard")],
    ]
    texts = placed(lines, (64, 204, 344), pitch=12)
    level = [(60, 500, top) for top in (118, 142, 166, 190)]
    assert ruled(tmp_path / "days.pdf", texts, level=level)[-1] == "Time: noon | Event: Lunch for all | Place: Yard"


def test_a_contract_in_two_languages_is_not_cut_into_lines(tmp_path):
    lines = [
        ("The lamp is let by the maker for a week, and", "Die Lampe wird vom Hersteller auf eine Woche"),
        ("has to be given back clean and dry at its end.", "verliehen und ist danach sauber und trocken"),
        ("Who loses it pays what a new one costs now.", "abzugeben. Wer sie verliert, bezahlt eine neue."),
    ]
    texts = [(64, 114, "English"), (304, 114, "Deutsch")]
    texts += [one for start in (128, 172, 216) for one in placed(lines, (64, 304), top=start, pitch=11)]
    level = [(60, 540, top) for top in (118, 161, 205, 249)]
    told = ruled(tmp_path / "contract.pdf", texts, level=level)
    assert not any(" | " in one and "has to be" in one and "The lamp" not in one for one in told)
