"""Forms in PDF files whose values are written on rules, their labels to the left."""

import pytest

from tests.index.test_pdf_forms import written

FIELDS = [
    (60, "Surname", 120, "MARROW", 300, "First name", 380, "TILDA"),
    (60, "Known as", 120, "Til", 300, "Born", 380, "17 / 09 / 2017"),
    (60, "School", 160, "Orrin Quay Primary, Year 3"),
    (60, "May also collect", 160, "Aunt Ada; NOT Uncle Bert"),
]


def fill_in(canvas, fields=FIELDS, width=140):
    canvas.drawString(60, 760, "Registration")
    for number, row in enumerate(fields):
        y = 720 - 20 * number
        for left, label, begin, value in zip(*[iter(row)] * 4, strict=True):
            canvas.drawString(left, y, label)
            canvas.drawString(begin + 3, y, value)
            canvas.line(begin, y - 3, begin + width, y - 3)


def lines(text):
    return [line for line in text.split("\n") if line]


def test_each_value_is_told_behind_its_label(tmp_path):
    assert lines(written(tmp_path / "form.pdf", fill_in)) == [
        "Registration",
        "Surname: MARROW | First name: TILDA",
        "Known as: Til | Born: 17 / 09 / 2017",
        "School: Orrin Quay Primary, Year 3",
        "May also collect: Aunt Ada; NOT Uncle Bert",
    ]


def test_a_form_of_which_little_is_filled_in_stays_as_it_is(tmp_path):
    fields = [*FIELDS[2:], (60, "Mobile", 160, ""), (60, "Work", 160, "")]
    assert "Mobile" in written(tmp_path / "form.pdf", lambda canvas: fill_in(canvas, fields))


SUMS = [(60, "Sales", 300, "$400"), (60, "Rent", 300, "$90"), (60, "Paint", 300, "$30"), (60, "Total", 300, "$520")]
DAYS = [
    (60, "Mon", 300, "Chess, free to all"),
    (60, "Tue", 300, "Choir in the hall"),
    (60, "Wed", 300, "Tea and games"),
]
LONG = "It is told in the Orrin Times and in the Tarn Post"


@pytest.mark.parametrize(
    "rules",
    [
        [(300, 717 - 20 * number, 360) for number in range(4)],
        [(60, 717 - 20 * number, 420) for number in range(3)],
        [(130, 717 - 20 * number, 180) for number in range(3)],
    ],
    ids=["sums", "rules of a table", "underlined words"],
)
def test_rules_below_figures_rows_and_words_are_none_to_write_on(tmp_path, rules):
    shown = {300: SUMS, 60: DAYS}.get(rules[0][0], [(60, LONG, 400, "")] * 3)

    def draw(canvas, *, ruled):
        for number, (left, label, begin, value) in enumerate(shown):
            canvas.drawString(left, 720 - 20 * number, label)
            canvas.drawString(begin, 720 - 20 * number, value)
        for left, y, right in rules if ruled else ():
            canvas.line(left, y, right, y)

    plain, with_rules = (
        written(tmp_path / f"{ruled}.pdf", lambda canvas, ruled=ruled: draw(canvas, ruled=ruled))
        for ruled in (False, True)
    )
    assert lines(plain) == lines(with_rules)


def test_a_unit_behind_a_rule_is_of_its_value(tmp_path):
    def draw(canvas):
        fill_in(canvas, [*FIELDS, (60, "Height", 120, "1.42", 300, "Weight", 380, "37")], width=140)
        canvas.drawString(262, 640, "m")
        canvas.drawString(522, 640, "kg")

    assert "Height: 1.42 m | Weight: 37 kg" in written(tmp_path / "form.pdf", draw)


def test_what_is_left_blank_between_two_fields_stays_between_them(tmp_path):
    fields = [*FIELDS, (60, "Name", 100, "Ann", 220, "Date", 260, "", 360, "Place", 400, "Orr")]
    text = written(tmp_path / "form.pdf", lambda canvas: fill_in(canvas, fields, width=90))
    (line,) = [line for line in lines(text) if "Place" in line]
    assert line.index("Ann") < line.index("Date") < line.index("Orr")


def test_rules_below_the_second_of_three_columns_make_no_form(tmp_path):
    def draw(canvas, *, ruled=True):
        for number, row in enumerate([("Ann", "Chair", "12"), ("Bob", "Clerk", "13"), ("Cy", "Cook", "14")]):
            for left, text in zip((60, 200, 400), row, strict=True):
                canvas.drawString(left, 720 - 20 * number, text)
            if ruled:
                canvas.line(200, 717 - 20 * number, 300, 717 - 20 * number)

    plain = written(tmp_path / "plain.pdf", lambda canvas: draw(canvas, ruled=False))
    assert lines(written(tmp_path / "ruled.pdf", draw)) == lines(plain)
