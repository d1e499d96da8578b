"""Sums, counts and extremes over the rows of a table."""

import pytest

from rag.ask.reckoning import asks_to_reckon
from rag.read.reckon import UNTOLD


@pytest.mark.parametrize(
    ("question", "what"),
    [
        ("Which hire is the cheapest?", "lowest"),
        ("Who got the most money?", "highest"),
        ("How much was spent altogether?", "sum"),
        ("What is the average age?", "mean"),
        ("How many members are there?", "count"),
        ("How many at most may come?", "count"),
        ("When must it be paid at the latest?", None),
        ("Who is the chair?", None),
        ("Which catering was dearer, the first or the second?", "highest"),
        ("Does the hall cost less than the barn?", "lowest"),
        ("How much more does the mill cost than the loft?", None),
        ("Can members bring more than one dog?", None),
        ("Was it finished sooner than expected?", None),
        ("What is the average rent of the larger rooms in May or June?", "mean"),
        ("Which had longer trips on average, the quay or the mill?", "highest"),
        ("What is the highest rent of sheds cheaper than the mill?", "highest"),
        ("Was the rent higher or lower in May?", None),
        ("How many come in May or later?", "count"),
        ("What happened on the first of October?", None),
        ("How long did the meeting last?", None),
        ("What is the first name of the chair?", None),
        ("What is on the first floor?", None),
        ("Who was the first to hire the floor?", "lowest"),
        ("Is smoking forbidden in all rooms?", None),
        ("Is there a lamp in all the rooms?", None),
        ("What was paid in all?", "sum"),
        ("What was paid in all three months?", "sum"),
        ("How many letters came in the last six months of 2025?", "count"),
        ("What was paid in the first two weeks?", None),
        ("Which firms use the standard or mean to?", None),
        ("What sum of its own did it spend?", None),
        ("What is the sum of the fees?", "sum"),
        ("What does grade 3 mean?", None),
        ("What do red and green mean on the chart?", None),
        ("What is the mean age on the chart?", "mean"),
        ("Who preaches on the last Sunday of May?", None),
        ("How much did we spend on paint?", "sum"),
        ("How much money have they paid for it?", "sum"),
        ("How much did the Garden Club spend on paint?", "sum"),
        ("What did the gifts come to over the year?", "sum"),
        ("What do the gifts of Ada come to?", "sum"),
        ("What did she come to see?", None),
        ("When was the boiler last mended?", "highest"),
        ("When was the last cup won?", "highest"),
        ("How often did we go to the mill?", "count"),
        ("How often must the filter be changed?", None),
        ("How much does a ticket cost?", None),
    ],
)
def test_what_sounds_as_if_it_were_to_be_worked_out(question, what):
    asked = asks_to_reckon(question)
    assert (asked and asked.what) == what


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("How much was awarded altogether?", "Computed from 4 rows: the sum of “Amount awarded” is $44,740.00."),
        (
            "What do the grants in the Harbour district add up to?",
            "Computed from 2 rows with “District” Harbour: the sum of “Amount awarded” is $19,490.00.",
        ),
        (
            "What was the average amount in the Harbour district?",
            "Computed from 2 rows with “District” Harbour: the average of “Amount awarded” is $9,745.00.",
        ),
        ("How many grants are in the Harbour district?", "Counted: 2 of 4 rows with “District” Harbour."),
        ("How many reports were not received?", "Counted: 2 of 4 rows with “Report received” no."),
        (
            "Which organisation got the most money?",
            "Compared over 4 rows: the highest “Amount awarded” is $24,000.00.",
        ),
        (
            "Which organisation was the first to be awarded its grant?",
            "Compared over 4 rows: the earliest “Awarded on” is 2024-01-29.",
        ),
        (
            "Which district got the most money?",
            "Added up by “District” over 4 rows: Old Town has the highest sum of “Amount awarded”, $24,000.00.",
        ),
    ],
)
def test_what_the_columns_tell_is_worked_out(ask, question, told):
    assert ask(question, "Quay Choir").reckoned.text == told


def test_a_sentence_in_a_row_may_tell_an_extreme_by_itself(ask):
    clauses = "No.,Clause\n13.1,There must be three trustees at all times.\n13.2,No one under 16 may be a trustee.\n"
    assert ask("What is the youngest age of a trustee?", "No one under 16", clauses, "rules.csv").confidence == 0.9


LOG = "Date,Kind,Garage,Cost\n2 May,Fuel,Hill,$50\n9 May,Repair,Orr,$90\n16 May,Fuel,Orr,$40\n23 May,Toll,,$7\n"


@pytest.mark.parametrize(
    ("question", "row", "told"),
    [
        ("How much did I spend on fuel?", "2 May", "Computed from 2 rows with “Kind” Fuel: the sum of “Cost” is $90."),
        ("How often did I go to Orr?", "9 May", "Counted: 2 of 4 rows with “Garage” Orr."),
    ],
)
def test_what_several_rows_tell_together_is_worked_out_though_the_question_does_not_say_so(ask, question, row, told):
    assert ask(question, row, LOG, "log.csv").reckoned.text == told


@pytest.mark.parametrize("question", ["How much did I spend on repairs?", "How much did we pay at the harbour?"])
def test_what_one_row_may_tell_stays_as_sure_as_it_was(ask, question):
    reading = ask(question, "9 May", LOG, "log.csv")
    assert reading.reckoned is None and reading.confidence == 0.9


TESTS = 'Test,Result\n"Cholesterol, total (mg/dL)",210\nGlucose (mg/dL),95\nSodium (mmol/L),140\n'
JOINED = "Member,Joined,Fee\nAnn Low,2019,$30\nBob Orr,2015,$20\nCid Ash,2021,$10\n"
TRAINS = "Train,Arrives,Stops\nNight,06:30,14\nExpress,08:15,3\nMail,11:40,9\n"
DAYS_OPEN = "Day,Date,Visitors\nMonday,2 May,40\nTuesday,3 May,90\nMonday,9 May,60\nTuesday,10 May,95\n"


@pytest.mark.parametrize(
    ("question", "row", "text", "answer"),
    [
        ("Which test had the highest result?", "Glucose", TESTS, "210"),
        ("Which Monday had the most visitors?", "2 May", DAYS_OPEN, "9 May"),
        ("Who is the oldest member?", "Bob", JOINED, None),  # when somebody joined tells no age
        ("Is Ann younger than Bob?", "Bob", JOINED, None),
        ("Is the Night faster than the Express?", "Night", TRAINS, None),  # nor when it arrives how fast it is
    ],
)
def test_what_a_row_is_called_and_what_a_column_tells(ask, question, row, text, answer):
    reading = ask(question, row, text, "table.csv")
    assert bool(reading.reckoned) == bool(answer)
    assert answer is None or answer in reading.candidates[0].text


def test_rows_whose_names_have_no_name_are_of_what_is_asked_for(ask):
    rows = [",Copper 2010,Copper 2011", "Chile,540,560", "Peru,120,130", "Other countries,900,90"]
    mined = "\n".join([*rows, "World total (rounded),1560,780", ""])
    reading = ask("Which country had most copper in 2011?", "Peru", mined, "copper.csv")
    assert [one.span for one in reading.reckoned.answering] == ["Chile"]


QUOTES = "Trade,Company,Quote\nMason,Hill,$900\nMason,Volt,$800\nPlumber,Drip,$700\n"


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What is the lowest quote of a mason?", "$800"),
        ("Which mason gave the lowest quote?", "Volt"),  # what no other mason is called
        ("Which company gave the lowest quote?", "Drip"),
    ],
)
def test_what_the_question_says_is_not_told_as_its_answer(ask, question, told):
    assert [one.span for one in ask(question, "Hill", QUOTES, "quotes.csv").reckoned.answering] == [told]


SHEDS = "Shed,Height,Built,Rent per day\nRed Barn,6 m,1951,$80\nThe Loft,9 m,1987,$70\nOld Mill,12 m,1804,$95\n"


@pytest.mark.parametrize(
    ("question", "answer", "told"),
    [
        (
            "Which has the greater height, the loft or the red barn?",
            "The Loft",
            "“Height” is 6 m for Red Barn and 9 m for The Loft",
        ),
        (
            "Is the Loft or the Red Barn cheaper for a day?",
            "The Loft",
            "“Rent per day” is $80 for Red Barn and $70 for The Loft",
        ),
        (
            "Does the old mill cost more than the loft?",
            "Old Mill",
            "“Rent per day” is $70 for The Loft and $95 for Old Mill",
        ),
        (
            "Which of them is older: Red Barn or The Loft?",
            "Red Barn",
            "“Built” is 1951 for Red Barn and 1987 for The Loft",
        ),
    ],
)
def test_two_rows_that_a_question_names_are_held_against_each_other(ask, question, answer, told):
    reading = ask(question, "Red Barn", SHEDS, "sheds.csv")
    assert [one.span for one in reading.reckoned.answering] == [answer]
    assert reading.reckoned.text == f"Compared over 2 rows: {told}."


@pytest.mark.parametrize(
    "question",
    [
        "Which is taller, the old mill or a house?",  # which is no row
        "Which is prettier, the loft or the red barn?",
        "Which sheds cost more than the loft?",
    ],
)
def test_what_is_not_told_of_two_rows_is_left_to_the_reader(ask, question):
    reading = ask(question, "Red Barn", SHEDS, "sheds.csv")
    assert reading.reckoned is None
    assert reading.confidence == 0.9


def test_what_a_thing_is_compared_with_must_be_there(ask):
    reading = ask("Is the Red Barn taller than Corn Hall?", "Red Barn", SHEDS, "sheds.csv")
    assert reading.confidence <= UNTOLD
    assert "compared with Corn" in reading.why_refused


def test_the_row_that_is_asked_for_is_the_answer_and_all_rows_are_cited(ask):
    reading = ask("Which organisation got the smallest amount?", "Quay Theatre")
    (answer,) = reading.reckoned.answering
    assert answer.span == "Quay Choir"
    assert reading.candidates[0].text.startswith("Organisation: Quay Choir")
    assert sum(len(rows.sentences) for rows in reading.reckoned.rows) == 4


PRICES = """\
| Kind | Item | Price |
|---|---|---|
| Floor | Oak boards | $900 |
| Wall | Paint | $80 |
| Roof | Slates | $700 |
"""


def test_what_stands_above_a_table_tells_what_it_is_of(ask):
    text = f"# Accounts\n\nBoathouse renovation 2024\n\n{PRICES}"
    question = "Which was the most expensive item of the boathouse renovation?"
    assert [one.span for one in ask(question, "Oak", text, "sheet.md").reckoned.answering] == ["Oak boards"]
