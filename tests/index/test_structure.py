"""The blocks of a text: what is a heading, what runs on, and what stands alone."""

import pytest

from index.files.structure import read_blocks
from index.files.titles import find_title
from tests.index.splitting import blocks

# Plain text


def test_a_short_line_above_a_paragraph_is_a_heading():
    assert blocks("Bees\n\nA hive holds forty thousand bees.\n") == ["# Bees", "A hive holds forty thousand bees."]


def test_a_heading_needs_no_empty_line_below_it():
    paragraph = "A hive that is left alone in winter needs about fifteen kilograms of honey, and a dry and quiet place."
    assert blocks(f"Bees in winter\n{paragraph}") == ["# Bees in winter", paragraph]


@pytest.mark.parametrize(
    "line", ["--- DAMSON GIN ---", "== Damson gin ==", "*** Damson gin ***", "   ~~ Damson gin ~~"]
)
def test_a_line_between_signs_is_a_heading_whatever_stands_around_it(line):
    said = line.strip("-=*~ ")
    assert blocks(f"It is late.\n{line}\n500 g damsons\n250 g sugar\n\nIt rains.") == [
        "It is late.",
        f"# {said}",
        "500 g damsons\n250 g sugar",
        "It rains.",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "-- not this one",
        "a -- b -- c",
        "5 -- 7",
        "-----",
        "** bold ** word",
        "-- Ann Lee --",
        "--- 5 ---",
        "-- 3 of 4 --",
    ],
)
def test_signs_on_one_side_or_within_a_line_make_no_heading(line):
    assert not any(block.startswith("# ") for block in blocks(f"It is late.\n{line}\nIt rains, and the sun shines.\n"))


def test_sentences_and_long_lines_are_no_headings():
    long = "Bees " * 20
    assert blocks(f"It rains.\n\n{long}\n\nThe end.") == ["It rains.", long.strip(), "The end."]


def test_a_last_line_heads_nothing():
    assert blocks("It rains.\n\nThe Editors") == ["It rains.", "The Editors"]


@pytest.mark.parametrize(
    "line", ["By Tilda Marrow", "Author: Tilda Marrow", "Published 3 May 2021", "Last updated: May"]
)
def test_who_wrote_it_and_when_is_no_heading(line):
    assert blocks(f"The ferry\n\n{line}\n\nMara rowed the ferry.\n") == ["# The ferry", line, "Mara rowed the ferry."]


def test_a_text_of_nothing_but_headings_is_text():
    assert blocks("# Only this", markdown=True) == ["# Only this"]
    assert not any(block.heading for block in read_blocks("# Only this", markdown=True))


def test_questions_of_a_list_of_questions_are_headings():
    text = "How long does a bee live?\n\nSix weeks in summer.\n\nDoes it sleep?\n\nYes, at night."
    assert blocks(text) == ["# How long does a bee live?", "Six weeks in summer.", "# Does it sleep?", "Yes, at night."]


def test_a_caption_between_paragraphs_is_kept_apart():
    text = "It rains.\n\nA beekeeper, photographed by Ada\n\nThe sun shines."
    assert blocks(text) == ["It rains.", "# A beekeeper, photographed by Ada", "The sun shines."]


def test_line_ends_of_every_kind_end_paragraphs():
    for end in ("\n", "\r\n", "\r"):
        assert blocks(f"It rains.{end} \t{end}The sun shines.{end}") == ["It rains.", "The sun shines."]


# Markdown


@pytest.mark.parametrize("words", ["Visual C ++", "Grade A ++"])
def test_signs_at_one_end_are_of_the_heading(words):
    assert blocks(f"# {words}\n\nIt rains.", markdown=True)[0] == f"# {words}"


def test_what_is_said_by_the_way_is_no_heading():
    text = "He said that it sank\n-- as all of us know, it was old --\nand it did."
    assert not any("as all of us know" in block for block in blocks(text) if block.startswith("# "))


def test_markdown_headings_lose_their_marks():
    assert blocks("# Green *tea* #\n\nSteep it.\n\nBlack\n-----\nFour minutes.", markdown=True) == [
        "# Green tea",
        "Steep it.",
        "# Black",
        "Four minutes.",
    ]


@pytest.mark.parametrize("markdown", [True, False])
def test_a_task_tells_whether_it_is_done(markdown):
    assert blocks("- [x] Mend the pier\n- [ ] Paint the oars\n", markdown=markdown) == [
        "[x] Mend the pier",
        "[ ] Paint the oars",
    ]


def test_tasks_without_bullets_are_items_and_a_box_in_a_line_begins_none():
    assert blocks("To do\n[x] Mend the pier\n[ ] Paint the oars\n") == [
        "# To do",
        "[x] Mend the pier",
        "[ ] Paint the oars",
    ]
    assert blocks("Insured? [x] Yes\n[1] Boats\n") == ["Insured? [x] Yes\n[1] Boats"]


def test_markdown_list_items_and_quotations_lose_their_marks():
    text = "- milk\n- two eggs\n  and more\n    1. nested\n\n> quoted"
    assert blocks(text, markdown=True) == ["milk", "two eggs\n  and more", "nested", "quoted"]


def test_a_table_row_is_one_unit():
    text = "| tea | minutes |\n|---|---|\n| green | 2 |\n| black | 4 |\n"
    assert blocks(text, markdown=True) == ["| | tea | minutes |", "| | green | 2 |", "| | black | 4 |"]


def test_lines_of_code_are_units_and_fences_are_none():
    assert blocks("Run it:\n\n```sh\nmake. Now\n\nmake install\n```\n", markdown=True) == [
        "Run it:",
        "| make. Now",
        "| make install",
    ]


def test_a_fence_that_is_never_closed_keeps_its_last_line():
    assert blocks("Run it:\n\n```sh\nmake\nmake install", markdown=True)[1:] == ["| make", "| make install"]


def test_of_front_matter_who_wrote_and_when_is_text():
    text = '---\ntitle: Tea\nauthor: "Ada Moor"\ndate: 2024-05-02\ntags:\n  - tea\n---\n\n# Green tea\n\nSteep it.'
    fields = ['| author: "Ada Moor"', "| date: 2024-05-02", "| tags:\n  - tea"]
    assert blocks(text, markdown=True) == [*fields, "# Green tea", "Steep it."]
    assert blocks(text.replace("\n", "\r\n"), markdown=True)[:2] == ['| author: "Ada Moor"', "| date: 2024-05-02"]
    assert find_title(text, markdown=True) == "Green tea"


def test_tags_without_text_are_no_blocks():
    text = "<!-- hidden -->\n<div>\n<b>Three words shown</b>\n<i>two words</i>\n</div>\n"
    assert blocks(text, markdown=True) == ["| <b>Three words shown</b>"]


def test_a_dash_is_a_mark_in_markdown_and_offsets_still_point_into_the_text():
    text = "# T\r\n\r\nOne 🐉.\r\n\r\n* Two\u00a0€.\r\n"
    assert blocks(text, markdown=True) == ["# T", "One 🐉.", "Two\u00a0€."]


# Titles


def test_an_underscore_inside_a_word_is_no_mark():
    assert find_title("Nikola_Tesla\n\nHe was an engineer.\n", markdown=False) == "Nikola_Tesla"
    assert find_title("# _Nikola_ Tesla\n\nHe was an engineer.\n", markdown=True) == "Nikola Tesla"


def test_the_title_is_the_heading_that_a_text_begins_with():
    assert find_title("Bees\n\nThey fly.", markdown=False) == "Bees"
    assert find_title("---\na: b\n---\n# The **best** `tea`\n\nx", markdown=True) == "The best tea"
    assert find_title("They fly.\n\n# Bees\n\nx", markdown=True) == "Bees"  # a note or badge stands above many a title
    assert find_title("They fly.\n\nThey hum.\n\n# Bees\n\nx", markdown=True) == ""


def test_a_title_is_found_in_a_long_text():
    assert find_title("Bees\n\n" + "They fly. " * 10_000, markdown=False) == "Bees"


def test_the_caption_of_a_picture_is_neither_heading_nor_sentence():
    text = "The harbour\n\nThe harbour at dawn. Photo: A. Berg/Pressehuset\n\nShips come and go all night.\n"
    blocks = read_blocks(text.replace("dawn. ", "dawn, "), markdown=False)
    assert [(block.heading, block.caption) for block in blocks] == [(True, False), (False, True), (False, False)]
    picture = read_blocks("# Harbour\n\n![at dawn](harbour.png)\n\nShips come and go.\n", markdown=True)
    assert [block.caption for block in picture] == [False, True, False]


def test_a_short_line_above_a_list_or_columns_is_its_heading():
    assert blocks("Costs\nHotel    €310\nFood     €142.60") == ["# Costs", "Hotel    €310", "Food     €142.60"]
    assert blocks("It rains today.\n- socks\n- shoes") == ["It rains today.", "socks", "shoes"]


def test_the_head_row_of_a_table_is_never_quoted():
    rows = read_blocks("| name | price |\n|---|---|\n| Tea | 3 |\n", markdown=True)
    assert [row.caption for row in rows] == [True, False]


def test_deeply_nested_text_is_not_lost():
    assert blocks("> " * 40 + "Far down.\n", markdown=True) == ["Far down."]


def test_brackets_that_nest_too_deeply_for_a_parser_are_text():
    paragraph = "[" * 5000 + "Bees hum."
    assert blocks(f"# Bees\n\n{paragraph}\n", markdown=True) == ["# Bees", paragraph]


def test_paragraphs_under_a_lettered_list_are_no_code():
    wrapped = "        The roof was looked at, and two of its\n        beams are to be replaced by May.\n"
    assert blocks(f"1.  Reports:\n\n    a.  House committee.\n\n{wrapped}", markdown=True)[-1] == wrapped.strip()


def test_code_is_cut_at_its_lines():
    text = "Run:\n\n    pip install footnote\n    footnote chat\n"
    assert blocks(text, markdown=True) == ["Run:", "| pip install footnote", "| footnote chat"]


def test_the_first_line_of_an_item_as_long_as_a_section_heads_it():
    item = "- Librarian\n\n  Nora Soames\n\n  Favourite tea: Assam.\n\n  Favourite shop: Ink & Co.\n"
    assert blocks(f"# Staff\n\n{item}", markdown=True)[1:3] == ["# Librarian", "Nora Soames"]
    assert blocks("# Staff\n\n- Librarian\n\n  Nora Soames\n", markdown=True)[1:] == ["Librarian", "Nora Soames"]


def test_a_sentence_of_which_each_line_is_a_paragraph_is_one():
    text = "The bridge over the river is on a road that\n\nis private, and is not looked after by the\n\nCouncil.\n"
    assert blocks(text, markdown=True) == [text.strip()]
    whole = "Minutes of the meeting of the garden society in May\n\nPresent were nine members.\n"
    assert blocks(whole, markdown=True) == whole.strip().split("\n\n")
    short = "Bring these things\n\ntea\n\ncups\n"
    assert blocks(short, markdown=True) == ["Bring these things", "tea", "cups"]


def test_lettered_items_stay_apart_though_one_ends_with_and():
    items = ["(a) The tenant pays the rent on the first day of the month; and", "(b) keeps the stairs clean."]
    assert blocks("\n\n".join(items), markdown=True) == items


SECTIONS = "## Scope\n\nAll of it.\n\n## Costs\n\nNone at all.\n"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Terms of Reference for a Ferry\n\n{SECTIONS}", "Terms of Reference for a Ferry"),
        (f"This must be read by everybody who works here.\n\n{SECTIONS}", ""),
        (f"Date: 3 May 2021\n\n{SECTIONS}", ""),
        ("Read this first, please.\n\n## Scope\n\nAll of it.\n", "Scope"),
        (f"[a badge](https://badge.example)\n\n# Ferry\n\n{SECTIONS}", "Ferry"),
        (f"#\n\n# Ferry\n\n{SECTIONS}", "Ferry"),
    ],
)
def test_a_line_above_the_headings_of_sections_is_the_title_and_no_section_is(text, title):
    assert find_title(text, markdown=True) == title
