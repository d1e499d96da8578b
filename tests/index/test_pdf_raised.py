"""Figures that stand raised on a line of a PDF file: exponents, and marks of notes."""

import pytest

from tests.index.pages import build, draw, sentences


@pytest.mark.parametrize(
    ("drawn", "told"),
    [
        ("Sill had 12,345<super>2</super> souls in 2021<super>3</super>.", "Sill had 12,345² souls in 2021³."),
        ("The pool holds 250 m<super>2</super> of water.", "The pool holds 250 m² of water."),
        ("A cell has 10<super>-6</super> m of skin.", "A cell has 10⁻⁶ m of skin."),
        ("So it was found in Tarn.<super>3,14</super>", "So it was found in Tarn.³,¹⁴"),
        ("<super>1</super> 100 are paid before May.", "¹ 100 are paid before May."),
        ("<super>1</super> Members pay 100 before May.", "1 Members pay 100 before May."),
        ("It opened on the 1<super>st</super> of May.", "It opened on the 1st of May."),
        ("The net sales<super>(3)</super> were large.", "The net sales(3) were large."),
        ("It is 250<super>a</super> of them.", "It is 250a of them."),
        ("Much H<sub>2</sub>O is drunk in Tarn.", "Much H2O is drunk in Tarn."),
        ('A fee of 120 <font size="7">12 months</font>', "A fee of 120 12 months"),
        ('A fee of 120 <font size="6">12</font> is due.', "A fee of 120 12 is due."),
    ],
)
def test_a_raised_figure_is_told_as_such_and_no_part_of_the_number_before_it(tmp_path, drawn, told):
    assert sentences(build(tmp_path / "report.pdf", drawn)) == [told]


@pytest.mark.parametrize(
    ("top", "beside", "told"),
    [(96, "1", "120¹"), (100, "1", "120 1"), (96, "2024", "120 2024")],
    ids=["raised", "small", "a year"],
)
def test_a_raised_figure_that_the_file_has_elsewhere_is_told_as_such(tmp_path, top, beside, told):
    lines = [(70, 100, "120"), (200, 100, "Grown-ups"), (70, 120, "60"), (200, 120, "Children")]
    assert f"{told} | Grown-ups" in draw(tmp_path / "fees.pdf", [*lines, (88, top, beside, "Helvetica", 6)]).text
