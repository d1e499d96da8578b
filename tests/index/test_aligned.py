"""Tables in plain text whose columns line up by spaces: each row tells the names that stand over them."""

import pytest

from index.passages import split_document
from tests.index.pages import load

MOORINGS = """\
Boats of the harbour

Boat        Length   Fee     Mooring
            in m     in EUR
Ketch         12     31.00   North quay
Punt           4      8.50   West pier
Yawl           9     22.00   North quay
All fees are for one night.

They are due on arrival.
"""


def told(folder, text):
    (folder / "log.txt").write_bytes(text.encode())
    return load(folder / "log.txt")


def test_each_row_tells_the_names_that_stand_over_its_columns_in_two_lines(tmp_path):
    assert told(tmp_path, MOORINGS).text.splitlines() == [
        "Boats of the harbour",
        "",
        "Boat | Length in m | Fee in EUR | Mooring",
        "Boat: Ketch | Length in m: 12 | Fee in EUR: 31.00 | Mooring: North quay",
        "Boat: Punt | Length in m: 4 | Fee in EUR: 8.50 | Mooring: West pier",
        "Boat: Yawl | Length in m: 9 | Fee in EUR: 22.00 | Mooring: North quay",
        "All fees are for one night.",
        "",
        "They are due on arrival.",
    ]


def test_what_stands_above_and_below_a_table_is_read_as_ever(tmp_path):
    indexed = split_document(told(tmp_path, MOORINGS), lambda text: len(text.split()))
    said = [indexed.document.text[one.start : one.end] for one in indexed.sentences]
    assert said[0] == "Boats of the harbour"
    assert indexed.sentences[0].heading
    assert said[-2:] == ["All fees are for one night.", "They are due on arrival."]


def test_a_line_between_dashes_names_the_rows_below_it_and_a_last_column_of_words_needs_no_name(tmp_path):
    text = """\
hours hours since
      today  rest
  2.0   2.0   2.0  Orrin Mill #water
                   --- DAY 2 ---
  3.0   3.0   5.0  Tarn Bridge
 10.5  13.5  15.5  Sill
                   --- DAY 3 ---
  1.0   1.0   1.0  Orrin Mill #water
"""
    assert told(tmp_path, text).text.splitlines()[1:] == [
        "hours: 2.0 | hours today: 2.0 | since rest: 2.0 | Orrin Mill #water",
        "DAY 2",
        "DAY 2: hours: 3.0 | hours today: 3.0 | since rest: 5.0 | Tarn Bridge",
        "DAY 2: hours: 10.5 | hours today: 13.5 | since rest: 15.5 | Sill",
        "DAY 3",
        "DAY 3: hours: 1.0 | hours today: 1.0 | since rest: 1.0 | Orrin Mill #water",
    ]


RULED = ["Name       Role", "---------  ------", "Ada Quill  Warden", "Ben Tarn   Clerk", "Cy Dahl    Pilot"]
CREW = ["Name  Age  Town", "Ann    12  Sill", "Ben    14  Tarn", "Cy      9  Sill"]
YEARS = ["          2031     2032", "Roads   20,000   18,900", "Signs      500      450", "Sum     20,500   19,350"]


@pytest.mark.parametrize(
    ("lines", "row"),
    [
        (RULED, "Name: Cy Dahl | Role: Pilot"),
        (["Crew of 2031", *CREW], "Name: Cy | Age: 9 | Town: Sill"),
        ([f"{line}\r" for line in CREW], "Name: Cy | Age: 9 | Town: Sill"),
        (YEARS, "Signs | 2031: 500 | 2032: 450"),
        (["---------------", CREW[0], "---------------", *CREW[1:]], "Name: Cy | Age: 9 | Town: Sill"),
        (["Staff", *RULED], "Name: Cy Dahl | Role: Pilot"),
        ([CREW[0], "--- Juniors ---", *CREW[1:]], "Juniors: Cy | Age: 9 | Town: Sill"),
    ],
    ids=[
        "words below a rule",
        "a title above",
        "lines that end as in Windows",
        "years",
        "two rules",
        "a word above",
        "rows named at once",
    ],
)
def test_names_of_columns_are_told_in_other_tables(tmp_path, lines, row):
    assert row in told(tmp_path, "\n".join(lines)).text.splitlines()


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(CREW[1:], id="no names"),
        pytest.param(CREW[:3], id="too few rows"),
        pytest.param([line.replace(" ", "  ") for line in RULED if "-" not in line], id="words without a rule"),
        pytest.param(["Wind      Tide", "strong    12", "weak       3", "none       8"], id="a form, perhaps"),
        pytest.param(
            ["    line  col file", "       3    0 plums.txt", "      70    2 jars.txt", "     115   23 end.txt"],
            id="two columns with one space between them",
        ),
        pytest.param(
            [
                "Name  Age  Since Town",
                "Ann    12        2031  Sill",
                "Ben    14        2032  Tarn",
                "Cy      9        2033  X",
            ],
            id="a name beside its column",
        ),
        pytest.param(
            ["Name  Age", "Ann    12  Sill   x", "Ben    14  Tarn   y", "Cy      9  Sill   z"],
            id="two columns without a name",
        ),
        pytest.param(["Crew list", "---------", *CREW], id="a title above a rule"),
        pytest.param(
            [
                "Game   Place  Fee",
                "Chess  Hall   free",
                "Darts  Barn     12",
                "Whist  Attic     8",
                "Quiz   Hall      5",
            ],
            id="a first row without its figure",
        ),
        pytest.param(
            [
                "Room   Day      Fee",
                "Hall   Monday",
                "Attic  Tuesday   12",
                "Barn   Friday     8",
                "Shed   Sunday     5",
            ],
            id="a first row with an empty cell",
        ),
        pytest.param([CREW[0], "Juniors:", *CREW[1:]], id="the name of a group"),
        pytest.param([*RULED[:1], *RULED[2:], RULED[1], *RULED[2:]], id="a rule within"),
        pytest.param(
            [
                "Item    Price  Taste",
                "Red      1.20  sweet and",
                " apple         juicy",
                "Pear     0.90  mild",
                "Plum     0.40  sour",
            ],
            id="a cell in two lines",
        ),
        pytest.param([line.replace("  ", "\t", 1) for line in CREW], id="tabs"),
        pytest.param([*CREW, "Dee and", "others  8  Orrin"], id="a row that goes on in a line of its own"),
        pytest.param(
            [
                "It was  late when   they came",
                "and 12  of them   had no",
                "to 3   sleep at   all",
                "nor 4  any  food   to eat",
            ],
            id="prose",
        ),
    ],
)
def test_what_may_be_no_table_stays_as_it_is(tmp_path, lines):
    text = "\n".join(lines)
    assert told(tmp_path, text).text == text
