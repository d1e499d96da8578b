"""Columns of figures: which cells can be compared, what they amount to, and how a result is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.read.values import column_of


def column(*cells, name="Amount"):
    return column_of(name, dict(enumerate(cells)))


@pytest.mark.parametrize(
    ("cells", "kind", "figures"),
    [
        (("12", "7", "30"), "number", [12, 7, 30]),
        (("$1,200.50", "$80.00"), "money", [1200.5, 80]),
        (("1.840 EUR", "220 EUR"), "money", [1840, 220]),
        (("$1,200.50", "80.00", "$1,280.50"), "money", [1200.5, 80, 1280.5]),
        (("2,90 EUR", "14,00 EUR"), "money", [2.9, 14]),
        (("25%", "7.5 %"), "percent", [25, 7.5]),
        (("(3.5)", "-2", "4"), "number", [-3.5, -2, 4]),
        (("28.5 m²", "84 m²"), "number", [28.5, 84]),
        (("2024-03-01", "2023-12-31"), "date", [738946, 738885]),
        (("3 March 2024", "March 4, 2024"), "date", [738948, 738949]),
        (("21/03/2024", "01/04/2024"), "date", [738966, 738977]),
        (("21/03/24", "01/04/24"), "date", [738966, 738977]),
        (("21.03.24", "01.04.24"), "date", [738966, 738977]),
        (("21-Mar-24", "01-Apr-2024"), "date", [738966, 738977]),
        (("51:48", "1:00:17"), "time", [3108, 3617]),
        (("35 min", "2 h 10 min"), "time", [2100, 7800]),
        (("50 m", "75 m"), "number", [50, 75]),
        (("12", "–", "", "n/a", "3"), "number", [12, 3]),
    ],
)
def test_what_cells_amount_to(cells, kind, figures):
    made = column(*cells)
    assert made.kind == kind
    assert list(made.figures.values()) == figures


@pytest.mark.parametrize(
    "cells",
    [
        ("Anna", "Ben"),
        ("12", "Ben", "Carl"),
        ("3 kg", "4 lb"),  # which is more?
        ("1.234", "2.345"),  # thousands, or three decimals
        ("03/04/2024", "05/06/2024"),  # April, or March
        ("12",),
        ("5,5", "3.5"),
        ("0,125", "0,250"),
        ("$1.2m", "$900k"),
        ("5 kg", "6"),
        ("6", "$5"),
        ("$6", "4", "€5"),
        ("£1,200", "35", "12"),  # only the first is money
    ],
)
def test_cells_that_cannot_be_compared_are_no_column(cells):
    assert column(*cells) is None


@pytest.mark.parametrize(
    ("cells", "value", "written"),
    [
        (("$1,200.50", "$80.00"), 1280.5, "$1,280.50"),
        (("1250", "3000"), 4250, "4250"),
        (("28,5 m²", "84 m²"), 112.5, "112.5 m²"),
        (("25%", "30%"), 27.5, "27.50%"),
        (("35 min", "2 h 10 min"), 9900, "2 h 45 min"),
        (("7", "4"), 11 / 2, "5.50"),
        (("0.5", "0.125", "0.25"), 0.875, "0.875"),
        (("0.5", "0.125", "0.25"), 0.875 / 3, "0.292"),
        (("0.1", "0.2"), 0.1 + 0.2, "0.3"),
        (("0,125 kg", "12,5 kg"), 12.625, "12.625 kg"),
        (("1,200", "2,345"), 3545, "3,545"),  # thousands are no decimals
        (("1.840 EUR", "220 EUR"), 2060, "2,060 EUR"),
    ],
)
def test_a_sum_or_mean_is_written_as_its_cells_are(cells, value, written):
    assert column(*cells).written(value) == written


def test_numbers_of_rows_are_told_from_figures():
    assert column("1", "2", "3", "4", name="No.").is_numbering
    assert not column("1", "2", "4").is_numbering


@pytest.mark.parametrize(
    ("name", "cells", "are_years"),
    [
        ("Built", ("1999", "2004"), True),
        ("No. 7", ("1999", "2004"), True),
        ("Budget year", ("2024", "2025"), True),
        ("Members since", ("1987", "2004"), True),
        ("Founded", ("1999.0", "2004.0"), True),
        ("Rent", ("1800", "1950", "2100"), False),
        ("Monthly cost", ("1800", "1950"), False),
        ("Rent per year", ("1800", "2100"), False),
        ("Balance until May", ("1800", "2100"), False),
        ("Per day", ("1,800", "1,950"), False),
        ("Energy", ("1800 kcal", "2100 kcal"), False),
    ],
)
def test_figures_that_look_like_years_are_none_where_the_column_says_otherwise(name, cells, are_years):
    assert column(*cells, name=name).is_years == are_years


@given(st.lists(st.integers(0, 10**7), min_size=2, max_size=20))
def test_figures_with_thousands_set_off_are_the_same(figures):
    assert list(column(*(f"{figure:,}" for figure in figures)).figures.values()) == figures


@given(st.lists(st.text(max_size=12), min_size=2, max_size=6))
def test_whatever_stands_in_cells_is_a_column_or_none(cells):
    made = column(*cells)
    if made:
        assert made.written(max(made.figures.values()))
