"""Rows whose columns are months or years: sums, means and extremes across them."""

import pytest

MONTHS = """\
Item,Jan 2024,Feb 2024,Mar 2024,Apr 2024
Hall rent,$400.00,$400.00,$0.00,$800.00 [2]
Donations,$120.00,$310.50,$95.00,$310.40
Share of gifts,12%,30%,9%,30%
"""
YEARS = """\
Visitors,2021,2022,2023,Total
Lighthouse,"1,200",900,"1,450","3,550"
Mill,80,140,110,330
"""
QUARTERS = """\
Item,Jan,Feb,Mar,Q1,Apr,May,Jun,Q2
Donations,$1,$2,$3,$6,$4,$5,$6,$15
"""
NAMES = ["January", "February", "March", "April", "May", "June", "July", "August"]
LONG = f"""\
Item,{",".join(f"{month[:3]} {year}" for year in (2023, 2024) for month in NAMES)}
Donations,{",".join(f"${number}" for number in range(1, 17))}
"""


@pytest.mark.parametrize(
    ("question", "row", "said", "span"),
    [
        (
            "Which month had the highest donations?",
            "Donations",
            "the highest “Donations” is $310.50, under",
            "Feb 2024",
        ),
        ("When were donations lowest?", "Donations", "the lowest “Donations” is $95.00, under “Mar 2024”", "Mar 2024"),
        ("What was the lowest donation?", "Donations", "the lowest “Donations” is $95.00", "$95.00"),
        ("How much was paid for the hall rent in total?", "Hall", "“Jan 2024” to “Apr 2024”: the sum of", None),
        ("How much did the club pay for hall rent from January to March?", "Hall", "is $800.00.", None),
        ("What were the average donations in 2024?", "Donations", "from 4 columns", None),
        ("What did donations come to over January, February and April?", "Donations", "is $740.90.", None),
        ("What are the donations of February and March together in total?", "Donations", "is $405.50.", None),
    ],
)
def test_across_months(ask, question, row, said, span):
    reading = ask(question, row, MONTHS, "club.csv", confidence=0.3)
    assert said in reading.reckoned.text
    assert [one.span for one in reading.reckoned.answering] == ([span] if span else [])
    assert all(one.first == reading.candidates[0].position for one in reading.reckoned.rows)


def test_across_years(ask):
    reading = ask("In which year did the lighthouse have the most visitors?", "Lighthouse", YEARS, "visitors.csv")
    assert [one.span for one in reading.reckoned.answering] == ["2023"]


@pytest.mark.parametrize(
    ("question", "row", "text"),
    [
        ("Which month had the highest donations of the choir?", "Donations", MONTHS),  # nothing tells whose
        ("Which month had the highest hall rent in 2022?", "Hall", MONTHS),  # of which there is no column
        ("How much rent was paid in total in June?", "Hall", MONTHS),
        ("Which month had the highest share of gifts?", "Share", MONTHS),  # two are equal
        ("What is the total share of gifts?", "Share", MONTHS),  # of different wholes
        ("Which item was the highest in March?", "Donations", MONTHS),  # rows are compared, not months
        ("How many visitors did the mill have in total?", "Mill", YEARS),  # a cell tells it
        ("Which month had the most members?", "Donations", MONTHS),
        ("Which year had the highest donations?", "Donations", MONTHS),  # its columns are months
        ("What were the donations in total of November 2023 to February 2024?", "Donations", LONG),
        ("What did donations come to in March?", "Donations", LONG),  # of which there are two
    ],
)
def test_what_no_column_tells_is_not_worked_out(ask, question, row, text):
    reading = ask(question, row, text, "table.csv")
    assert not reading.reckoned or "columns" not in reading.reckoned.text


@pytest.mark.parametrize(
    ("question", "text", "said"),
    [
        ("What were the donations in total?", QUARTERS, "6 columns, “Jan” to “Jun”: the sum of “Donations” is $21."),
        ("Which month had the highest donations?", QUARTERS, "is $6, under “Jun”"),
        ("Which quarter had no more than the lowest donations?", QUARTERS, None),
        ("What did donations come to in January to March 2024?", LONG, "3 columns, “Jan 2024” to “Mar 2024”"),
        ("What did donations come to over January-March 2023?", LONG, "3 columns, “Jan 2023” to “Mar 2023”"),
        ("What did donations come to in January and March 2024?", LONG, "2 columns, “Jan 2024” to “Mar 2024”"),
    ],
)
def test_times_of_one_kind_are_held_against_each_other(ask, question, text, said):
    reckoned = ask(question, "Donations", text, "club.csv", confidence=0.3).reckoned
    assert (said or "") in (reckoned.text if reckoned else "")
    assert bool(reckoned) == bool(said)
