"""The cell of the year, quarter or half that a question names, where the one found is of another."""

import pytest

from rag.read.times import cell_asked

SALES = """\
division,Q1 FY24,Q2 FY24,Q3 FY24
Gaming,2240,2486,2856
Auto,296,253,261
"""
RENT = """\
flat,Q1 2023,Q2 2023,2023,2024
Orrin,210,215,850,900
"""
HOUSING = """\
kind,homes 2007,homes 2009,damp homes 2007,damp homes 2009
Rented,3500,3640,310,290
"""
TRAVEL = """\
item,Year 1,Year 2,Year 3
Domestic,7500,12580,10760
Foreign,0,0,6250
"""
ROTA = """\
what,Tue,Wed,Thu to Sat
Locking up,Bram,Ingrid,Kofi
"""
BILLS = """\
bill,July,Aug.,Sept,Nov to Dec
Gas,61,58,72,90
"""


@pytest.fixture
def cell(table):
    def told(text, question, found):
        """The cell that is told instead of one of the first row that was found."""
        (indexed,) = table(text).snapshot().documents.values()
        whole = indexed.document.text
        start = whole.index(found)
        place = next(n for n, one in enumerate(indexed.sentences) if one.start <= start < one.end)
        span = cell_asked(question, indexed, place, (start, start + len(found)))
        return whole[slice(*span)] if span else None

    return told


@pytest.mark.parametrize(
    ("text", "question", "found", "told"),
    [
        (SALES, "What was gaming in Q2 FY24?", "2486", "2486"),
        (SALES, "What was gaming in the second quarter of 2024?", "2240", "2486"),  # the one cell that is asked for
        (SALES, "What was gaming in Q2 FY25?", "2486", None),
        (SALES, "What was gaming at its best?", "2856", "2856"),
        (SALES, "What was gaming in the second quarter?", "2240", "2486"),
        (TRAVEL, "What is set aside for travel in the second year?", "7500", "12580"),  # years may be numbered
        (HOUSING, "How many rented homes were damp in 2009?", "310", "290"),  # of two of that year
        (HOUSING, "How many rented homes were there in 2009?", "3500", "3640"),
        (RENT, "What was the rent of Orrin in 2023?", "900", "850"),  # and not of one of its quarters
        (RENT, "What was the rent of Orrin before 2024?", "850", "850"),
        (BILLS, "What was the gas bill in August?", "61", "58"),
        (BILLS, "How much was the gas bill of October?", "61", None),  # of which there is no column
        (BILLS, "What was the gas bill in Q4?", "90", "90"),
        (BILLS, "May I see the gas bill?", "61", "61"),
        (BILLS, "What was August's gas bill?", "61", "58"),
        (BILLS, "What was the best gas bill in July to September?", "58", "58"),
        (BILLS, "What did August Smith pay for gas in Sept?", "72", "72"),
        (BILLS, "How much did June count for gas at the peak?", "61", "61"),
        (ROTA, "Who locks up on Sunday?", "Bram", None),  # for which there is no column
        (ROTA.replace("Thu to Sat", "Thu"), "Who locks up on Sunday?", "what: Locking up | Tue: Bram", None),
        (ROTA, "Who locks up on Sunday?", "what: Locking up | Tue: Bram", "what: Locking up | Tue: Bram"),
        (ROTA, "Who locks up on wednesdays?", "Bram", "Ingrid"),
        (ROTA, "Who locks up on Friday?", "Kofi", "Kofi"),
        (ROTA, "Who locks up?", "Bram", "Bram"),
        ("item,price (list of March)\nTea,3\n", "What was the price of tea in June?", "3", "3"),
    ],
)
def test_the_cell_of_another_period_is_no_answer(cell, text, question, found, told):
    assert cell(text, question, found) == told


@pytest.mark.parametrize("column", ["Change vs 2023", "Price (as of 2023)", "Lease 2020-2026", "2019/20"])
def test_a_year_that_a_column_only_refers_to_is_not_held_against_it(cell, column):
    cities = f"city,{column},area\nBergen,12 %,North\nOslo,9 %,East\n"
    assert cell(cities, "What is it for Bergen in 2024?", "12 %") == "12 %"
