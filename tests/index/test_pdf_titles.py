"""Titles, headings and running heads of PDF files."""

import pytest

from tests.index.pages import BEES, WINTER, Sheet


def test_headings_in_the_middle_stand_above_their_sections(tmp_path):
    sheet = Sheet(tmp_path / "sheet.pdf")
    lines = [
        "On the ferry",
        None,
        "Tilda Marrow",
        None,
        BEES[:71],
        BEES[72:],
        None,
        "2. Results",
        None,
        WINTER[:71],
        WINTER[72:],
    ]
    for number, line in enumerate(lines):
        if line:
            sheet.line(250 if len(line) < 20 else 72, 760 - 14 * number, line)
    text = sheet.load().text
    order = [text.index(start) for start in ("On the ferry", "Tilda", "A hive", "2. Results", "In winter")]
    assert order == sorted(order)


def test_names_of_columns_below_a_text_are_no_title_though_they_are_somewhat_larger(tmp_path):
    sheet = Sheet(tmp_path / "Draft - Budget_2031.pdf")
    for line in range(9):
        sheet.line(
            72, 740 - 14 * line, "for the needs of the town in the year that follows, as the council has told all of us"
        )
    sheet.line(300, 600, "Proposed Budget", size=13)
    for line in range(6):
        sheet.line(72, 580 - 14 * line, f"Mending of the pier, part {line}")
    assert sheet.load().title == "Draft Budget 2031"


@pytest.mark.parametrize(
    ("large", "title"),
    [("Bees of Orrin", "Bees of Orrin"), ("Grand total 319.00", "sheet"), ("MONDAY TUESDAY FRIDAY", "sheet")],
)
def test_the_largest_letters_name_a_file_unless_they_are_a_sum_or_days(tmp_path, large, title):
    sheet = Sheet(tmp_path / "sheet.pdf")
    for line in range(12):
        sheet.line(72, 700 - 14 * line, "the bees of the miller were counted, and there were too many of them to feed")
    sheet.line(72, 740, large, size=22)
    assert sheet.load().title == title


def prose(sheet, top, lines=12):
    for line in range(lines):
        sheet.line(
            72, top - 14 * line, "the bees of the miller were counted, and there were too many of them to feed", size=12
        )


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ([(740, 16, "Bees of Orrin"), (640, 20, "Methods"), (300, 20, "Results")], "Bees of Orrin"),
        (
            [(780, 15, "Search this site"), (740, 22, "The bees of Orrin,"), (716, 22, "and of Eide")],
            "The bees of Orrin, and of Eide",
        ),
        (
            [(740, 20, "The bees of Orrin,"), (716, 20, "and of Eide"), (300, 20, "Results")],
            "The bees of Orrin, and of Eide",
        ),
        ([(740, 20, "Orrin Mills"), (300, 20, "Orrin Mills"), (660, 20, "Annual return")], "Orrin Mills Annual return"),
        ([(740 - 20 * n, 14, "What the miller of Orrin knew of bees and why") for n in range(5)], "sheet"),  # too long
        (
            [(740, 14, "What the miller of Orrin knew of bees, and why he never told it")],
            "What the miller of Orrin knew of bees, and why he never told it",
        ),
        ([(740, 12, "What the miller of Orrin knew of bees")], "sheet"),
        ([(740, 20, "Orrin Mills"), (700, 15, "Annual return")], "Orrin Mills"),
    ],
)
def test_the_title_stands_above_what_has_headings_as_large(tmp_path, lines, title):
    sheet = Sheet(tmp_path / "sheet.pdf")
    for top, size, text in lines:
        sheet.line(72, top, text, size=size)
    prose(sheet, 620)
    prose(sheet, 280)
    assert sheet.load().title == title


def test_headings_on_the_next_page_as_large_are_no_title_and_the_cover_of_a_report_has_one(tmp_path):
    """On the cover most letters are large; those of the pages after it tell which are."""
    sheet = Sheet(tmp_path / "sheet.pdf")
    sheet.line(72, 740, "The bees of Orrin", size=16)
    sheet.line(72, 600, "Committee matters", size=18)
    sheet.canvas.showPage()
    sheet.line(72, 740, "Honey", size=18)
    prose(sheet, 700, lines=30)
    assert sheet.load().title == "The bees of Orrin"


def test_a_raised_number_makes_no_heading(tmp_path):
    sheet = Sheet(tmp_path / "sheet.pdf")
    sheet.line(72, 714, "The bees of Orrin were counted for the first time by the miller, who")
    end = sheet.line(72, 700, "wrote in the year of the great flood that there were too many of them")
    sheet.line(end, 705, "12", size=7)
    sheet.line(72, 686, "to feed, and that he would not count them again in his life.")
    document = sheet.load()
    assert document.title == "sheet"
    assert "\n\n" not in document.text


def test_headings_that_count_years_are_no_running_heads(tmp_path):
    sheet = Sheet(tmp_path / "sheet.pdf")
    for number, year in enumerate((2019, 2020, 2021), start=1):
        sheet.line(72, 800, f"Budget {year}")
        sheet.line(72, 700, f"The town spent {number} million on roads.")
        sheet.line(290, 30, f"page {number} of 3")
        sheet.next()
    text = sheet.load().text
    assert [line for line in text.splitlines() if line] == [
        line for n in (1, 2, 3) for line in (f"Budget {2018 + n}", f"The town spent {n} million on roads.")
    ]


def test_a_title_that_heads_every_page_is_told_once(tmp_path):
    sheet = Sheet(tmp_path / "sheet.pdf")
    for number in (1, 2, 3):
        sheet.line(200, 806, "Orrin Harbour Board", size=18)
        sheet.line(200, 760, "Report on the piers", size=15)
        for line in range(4):
            sheet.line(72, 700 - 40 * line, f"The town spent {number}{line} thousand on piers.")
        sheet.next()
    heads = ["Orrin Harbour Board", "Report on the piers"]
    said = [f"The town spent {number}{line} thousand on piers." for number in (1, 2, 3) for line in range(4)]
    assert [line for line in sheet.load().text.splitlines() if line] == [*heads, *said]


def test_a_running_head_is_left_out_where_the_text_says_it(tmp_path):
    sheet = Sheet(tmp_path / "sheet.pdf")
    for number in (1, 2, 3):
        sheet.line(72, 810, "Orrin harbour plan")
        sheet.line(72, 30, f"Revised in May 2024 | Page {number} of 3")
        sheet.line(72, 700, f"Pier {number} is a part of the Orrin Harbour Plan.")
        sheet.next()
    assert sheet.load().text.splitlines()[-1] == "Revised in May 2024"


@pytest.mark.parametrize(
    ("foot", "told"),
    [
        ("Purchase order #4471 of Acme Mills", "Purchase order #4471 of Acme Mills"),
        ("Orrin plan, p. {} / 4", "Orrin plan,"),
        ("Page {} of 4 - Case #2021-04 of Smith", "Case #2021-04 of Smith"),
    ],
)
def test_of_a_running_foot_the_number_of_the_page_alone_is_cut_out(tmp_path, foot, told):
    sheet = Sheet(tmp_path / "sheet.pdf")
    for number in (1, 2, 3, 4):
        sheet.line(72, 30, foot.format(number))
        sheet.line(72, 700, f"The pier number {number} is mended.")
        sheet.next()
    assert sheet.load().text.splitlines()[-1] == told
