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
    ],
)
def test_what_no_column_tells_is_not_worked_out(ask, question, row, text):
    reading = ask(question, row, text, "table.csv")
    assert not reading.reckoned or "columns" not in reading.reckoned.text
