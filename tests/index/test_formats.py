"""HTML and Word files: what is taken for their text, and what they are refused for."""

import json
import subprocess
import sys
from pkgutil import resolve_name

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from index.files.formats import FORMATS
from tests.index.pages import load, refusal, sentences

BEES = "A hive holds forty thousand bees in June, and four thousand in January. The queen lays all of the eggs. "
WINTER = "In winter the bees sit close together and shiver, which keeps them warm. They eat what they have stored. "


def test_every_format_names_a_reader():
    assert all(callable(resolve_name(f"index.files.{kind.reader}")) for kind in FORMATS.values())


def test_text_is_read_without_the_libraries_of_other_formats(tmp_path):
    (tmp_path / "bees.txt").write_text(BEES)
    script = (
        "import sys; from index.files.finding import load_documents; load_documents([sys.argv[1]]); print(*sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True)
    assert {"pypdfium2", "docx", "lxml", "openpyxl", "PIL", "bs4"}.isdisjoint(run.stdout.split())


# HTML

PAGE = """<!DOCTYPE html><html><head><title>Bees | The Keeper</title><style>p { color: red }</style></head><body>
<nav><a href="/">Home</a></nav><script>track("you")</script>
<main><h1>About <em>bees</em></h1><p>A hive holds <b>40,000</b> bees<sup><a>1</a></sup>, give or take. {more}</p>
<ul><li>They <a href="x">dance</a>.</li><li>They sleep.</li></ul>
<table><tr><th>Month</th><th>Bees</th></tr><tr><td>June</td><td>40,000</td></tr></table></main>
<footer>Imprint</footer></body></html>""".replace("{more}", BEES + WINTER)


def test_a_page_becomes_its_main_part_in_markdown(tmp_path):
    (tmp_path / "bees.html").write_text(PAGE, encoding="utf-8")
    document = load(tmp_path / "bees.html")
    assert document.title == "About bees"
    assert document.text.startswith("# About bees\n\nA hive holds 40,000 bees, give or take. ")
    assert "- They dance.\n- They sleep.\n\nMonth | Bees\nMonth: June | Bees: 40,000\n" in document.text
    assert not any(word in document.text for word in ("Home", "track", "Imprint", "color"))


@pytest.mark.parametrize(
    "named", ["Untitled document", "Untitled-1", "Microsoft Word - Document1", "Unknown", "Contents"]
)
def test_a_page_is_called_by_its_file_where_only_a_program_named_it(tmp_path, named):
    (tmp_path / "bee-rules.html").write_text(f"<title>{named}</title><p>{BEES}</p>", encoding="utf-8")
    document = load(tmp_path / "bee-rules.html")
    assert document.title == "bee rules"
    assert named not in dict(document.facts).values()


@pytest.mark.parametrize(
    ("named", "heading", "title"),
    [
        ("Bees - The Keeper", "Bees", "Bees"),
        ("Bees", "All about bees", "All about bees"),
        ("Prices · The Keeper", "The Keeper", "Prices · The Keeper"),
        ("January Newsletter!", "News", "January Newsletter: News"),
        ("", "Bees", "Bees"),
        ("Bees", "", "Bees"),
        ("Untitled document", "Bees", "Bees"),
        ("Document control", "", "Document control"),
    ],
)
def test_a_page_is_called_by_its_title_and_its_heading(tmp_path, named, heading, title):
    page = f"<html><head><title>{named}</title></head><body><h1>{heading}</h1><p>{BEES}</p></body></html>"
    (tmp_path / "bees.html").write_text(page)
    assert load(tmp_path / "bees.html").title == title


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "utf-16"])
def test_a_page_says_how_it_is_encoded(tmp_path, encoding):
    page = f'<html><head><meta charset="{encoding}"></head><body><p>Über Bienen weiß man viel.</p></body></html>'
    (tmp_path / "page.htm").write_bytes(page.encode(encoding))
    assert load(tmp_path / "page.htm").text == "Über Bienen weiß man viel.\n"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_wide_text_without_a_mark_is_read_and_its_encoding_told(tmp_path, encoding):
    (tmp_path / "bees.csv").write_bytes("Hive;Bees\nNorth – new;40000\n".encode(encoding))
    document = load(tmp_path / "bees.csv")
    assert "Hive: North – new | Bees: 40000" in document.text
    assert dict(document.facts)["encoding"] == encoding


def html(tmp_path, page):
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    return load(tmp_path / "page.html").text


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>Łódź is a city", "Łódź is a city"),
        ("<head><title>T</title><body><p>No head ends here.", "No head ends here."),
        ("<form><div><p>A page in a form. <input value='x'>", "A page in a form."),
        (
            "<?xml version='1.0' encoding='UTF-8'?><html xmlns='http://www.w3.org/1999/xhtml'><p>Strict.</p></html>",
            "Strict.",
        ),
        ("<ul><li>One<li>Two</ul>", "- One\n- Two"),
        ("<ol start='²'><li>x</li></ol>", "1. x"),
        ("<p>The interval a<![b] is half open.</p>", "The interval a"),
        ("<p>Built in 1902<sup><a href='#n'>3</a></sup>.</p>", "Built in 1902."),
        (
            "<p>10<sup>6</sup> bees in 3 m<sup>2</sup>, the 2<sup>nd</sup> x<sup>a</sup></p>",
            "10⁶ bees in 3 m², the 2nd x^a",
        ),
        ("<table><tr><td>8 m</td><td>€2</td></tr></table>", "8 m: €2"),
        ("<table><tr><th>a|b</th><th>c</th></tr><tr><td>1</td><td>2</td></tr></table>", "a|b | c\na|b: 1 | c: 2"),
        (
            "<table><tr><th>Data</th><th>Kept</th></tr><tr><td>Scans<ul><li>of doors</li><li>of lifts</li></ul></td>"
            "<td>6 months</td></tr><tr><td>Mail</td><td>1 year</td></tr></table>",
            "Data: Scans of doors; of lifts | Kept: 6 months\nData: Mail | Kept: 1 year",
        ),
        ("<table><tr><td><ul><li>One</li></ul></td><td><ul><li>Two</li></ul></td></tr></table>", "- One\n\n- Two"),
        ("<table><tr><td><h1>Laid out</h1><p>As a table.</p></td></tr></table>", "# Laid out\n\nAs a table."),
        ("<pre>a" + " " * 100_000 + "b</pre>", "a b"),
        ("<p>One." * 400, "One."),
    ],
)
def test_pages_as_they_come_are_read(tmp_path, page, text):
    assert text in html(tmp_path, page)


def test_of_several_articles_all_are_read(tmp_path):
    page = f"<p>Logo</p><article><h1>First</h1><p>{BEES * 2}</p></article><article><p>{WINTER}</p></article>"
    text = html(tmp_path, page)
    assert BEES.strip() in text and WINTER.strip() in text and "Logo" not in text


def test_what_is_no_page_is_refused(tmp_path):
    (tmp_path / "page.html").write_text("<div id='app'></div><script>run()</script>")
    assert "made by scripts" in refusal(tmp_path / "page.html")
    (tmp_path / "page.html").write_text("<div>" * 5000 + "Deep.")
    assert "cannot be read as HTML" in refusal(tmp_path / "page.html")
    (tmp_path / "page.html").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    assert "is a binary file" in refusal(tmp_path / "page.html")


def test_a_table_in_a_table_that_lays_out_a_page_keeps_its_rows(tmp_path):
    fees = "".join(
        f"<tr><td>{boat}</td><td>{fee}</td></tr>" for boat, fee in (("Boat", "Fee"), ("Ketch", 4), ("Punt", 2))
    )
    page = f"<table><tr><td>Menu</td><td><p>What it costs:</p><table>{fees}</table></td></tr></table>"
    (tmp_path / "page.html").write_text(f"<title>Fees</title>{page}")
    assert "Boat | Fee\nBoat: Ketch | Fee: 4\nBoat: Punt | Fee: 2" in load(tmp_path / "page.html").text


def word(tmp_path, *lines):
    written = docx.Document()
    for line in lines:
        written.add_paragraph(line)
    written.save(tmp_path / "letter.docx")
    return load(tmp_path / "letter.docx").text


def test_what_tabs_set_apart_in_a_word_document_stays_apart(tmp_path):
    signed = ("Prepared by:\tNoted by:\tReviewed by:", "Ada Moor\tBen Ruiz\t\tCy Dahl")
    assert word(tmp_path, *signed) == "Prepared by: | Noted by: | Reviewed by:\n\nAda Moor | Ben Ruiz | Cy Dahl\n"
    assert word(tmp_path, "Ada Moor\tBen Ruiz", "Clerk\tMayor") == "Ada Moor | Ben Ruiz\n\nClerk | Mayor\n"
    assert word(tmp_path, "Pens\t10 boxes\t250") == "Pens | 10 boxes | 250\n"


@pytest.mark.parametrize(
    "line",
    [
        "Name:\tAda Moor",
        "2.1\tThe pier\t5",
        "The pier\t5",
        "1.\tBring a lamp.",
        "\tIt knocks.",
        f"He\tsaid {'so ' * 50}much",
    ],
)
def test_fields_entries_of_contents_items_and_sentences_with_tabs_are_read_as_they_are(tmp_path, line):
    assert word(tmp_path, line).split() == line.split()


BOXES = '<div><div class="label">{}</div><div class="value">{}</div></div>'
HALL = (("Seats", "80"), ("Heating:", "<p>Gas</p>"), ("Kitchen", "Urn,<br>fridge"))


def page_of(tmp_path, body):
    (tmp_path / "page.html").write_text(f"<title>The hall</title>{body}", encoding="utf-8")
    return load(tmp_path / "page.html")


@pytest.mark.parametrize("around", ["{}", "<table><tr><td><h2>The hall</h2>{}</td></tr></table>"])
def test_names_beside_their_values_in_boxes_that_look_alike_are_fields(tmp_path, around):
    hall = page_of(tmp_path, around.format("".join(BOXES.format(*field) for field in HALL) + "<p>Ask Ann.</p>"))
    assert hall.text.endswith("Seats: 80\nHeating: Gas\nKitchen: Urn, fridge\n\nAsk Ann.\n")
    assert "Heating: Gas" in sentences(hall)


def test_terms_with_what_is_said_of_them_are_fields(tmp_path):
    terms = "<dl><dt>Seats</dt><dd>80</dd><dt>Open</dt><dd>May</dd><dd>June</dd></dl>"
    assert page_of(tmp_path, terms).text == "Seats: 80\nOpen: May; June\n"


@pytest.mark.parametrize(
    "boxes",
    [
        [BOXES.format("Seats", "80"), BOXES.format("Heating", "Gas")],  # two may be anything
        [BOXES.format(f'<a href="{n}">Seats</a>', '<a href="b">All</a>') for n in range(3)],
        [BOXES.format("How many seats are there?", "80") for _ in range(3)],
        [BOXES.format("Seats", "They are old. " * 30) for _ in range(3)],
        [BOXES.format("Seats", "<ul><li>8</li><li>9</li></ul>") for _ in range(3)],
        [BOXES.format("Seats", "<table><tr><td>8</td><td>9</td></tr></table>") for _ in range(3)],
        [BOXES.format("Seats of all the boats and of the hall at the old pier in Orrin", "80") for _ in range(3)],
        [BOXES.format("Of oak: Seats", "80") for _ in range(3)],
        ["<div>Our <b class='x'>Seats</b><i class='y'>80</i></div>" for _ in range(3)],
        ["<div><b class='x'>Seats</b><span class='y'>are of oak.</span></div>" for _ in range(3)],
        ["<p><b class='x'>Seats</b><span class='y'>80</span></p>" for _ in range(3)],  # parts of a sentence
        ["<div><div>Seats</div><div>Parking</div></div>" for _ in range(3)],  # two of one kind
        [f"<div><div class='{n}'>Seats</div><div>80</div></div>" for n in range(3)],  # which look not alike
        ["<pre><div><b class='x'>Seats</b> <i class='y'>x</i></div></pre>" for _ in range(3)],
        ["<dl><dt>Seats</dt><dd>80</dd><p>All are welcome.</p></dl>"],
    ],
)
def test_boxes_of_other_things_are_no_fields(tmp_path, boxes):
    text = page_of(tmp_path, "".join(boxes)).text
    assert "Seats:" not in text and "Orrin:" not in text and "\ue000" not in text


def test_figures_above_what_they_count_are_no_names(tmp_path):
    counts = "".join(f'<div><div class="n">{n}00+</div><div class="of">Members</div></div>' for n in range(1, 4))
    assert ":" not in page_of(tmp_path, counts).text


def test_words_of_a_field_stay_whole(tmp_path):
    terms = "<dl><dt>CO<sub>2</sub> limit</dt><dd>5<sup>th</sup> May, $<span>45</span>.<span>99</span></dd></dl>"
    assert page_of(tmp_path, terms).text == "CO2 limit: 5th May, $45.99\n"


def test_of_boxes_in_boxes_the_inner_ones_are_fields(tmp_path):
    hall = "".join(BOXES.format(f"Hall {n}", "".join(BOXES.format(*field) for field in HALL[:2])) for n in range(3))
    assert page_of(tmp_path, hall).text.startswith("Hall 0\n\nSeats: 80\nHeating: Gas\n\nHall 1\n")


def test_a_frame_around_a_page_is_not_told_for_each_row_that_it_reaches_down_to(tmp_path):
    asked = "".join(f"<p>How do I get boat {boat}?</p><p>Ask Ann for its key, at noon.</p>" for boat in range(9))
    rows = "<tr><td>Fees</td></tr><tr><td>Links</td></tr>"
    page = f"<tr><td rowspan=3><table><td>{asked}</td></table></td><td>News</td></tr>{rows}"
    (tmp_path / "page.html").write_text(f"<title>Boats</title><table>{page}</table>")
    text = load(tmp_path / "page.html").text
    assert text.count("How do I get boat 7?\n\nAsk Ann for its key, at noon.") == 1


def test_what_stands_between_rules_across_a_page_is_read(tmp_path):
    (tmp_path / "page.html").write_text(
        "<hr><p>The pier is shut in May.<p/>It opens in June.<hr><p>The harbour office</p>"
    )
    assert sentences(load(tmp_path / "page.html"))[:2] == ["The pier is shut in May.", "It opens in June."]


def test_lines_below_names_of_groups_of_columns_name_the_columns_of_each(tmp_path):
    head = "<tr><th></th><th>Members</th><th></th><th>Guests</th><th></th></tr>"
    names = "<tr><td></td><td>Early</td><td>Late</td><td>Early</td><td>Late</td></tr><tr><td><b>Boats</b></td></tr>"
    row = "<tr><td>Ketch</td><td>$8</td><td>$9</td><td>$10</td><td>$12</td></tr>"
    (tmp_path / "page.html").write_text(f"<table>{head}{names}{row}</table>")
    row = "Boats: Ketch | Members Early: $8 | Members Late: $9 | Guests Early: $10 | Guests Late: $12"
    assert row in load(tmp_path / "page.html").text


# Notebooks and RTF


def test_a_heading_in_a_cell_of_its_own_is_one_of_the_notebook(tmp_path):
    cells = [{"cell_type": "markdown", "source": text} for text in ("# Tides", "## How they are read", "By eye.")]
    (tmp_path / "book.ipynb").write_text(json.dumps({"cells": cells}))
    document = load(tmp_path / "book.ipynb")
    assert document.title == "Tides"
    assert [document.text[one.start : one.end] for one in document.blocks if one.heading] == [
        "# Tides",
        cells[1]["source"],
    ]


def test_cells_of_an_rtf_table_that_end_with_their_lines_are_rows(tmp_path):
    rows = [("Boat", "Fee"), ("Ketch", "4"), ("Punt", "2"), ("Barge", "9")]
    cells = ["".join(f"{{\\pard\\intbl {text}\\par}}\n\\cell\n" for text in row) + "\\row\n" for row in rows]
    (tmp_path / "fees.rtf").write_text("{\\rtf1 {\\pard What it costs.\\par}\n" + "".join(cells) + "}")
    assert "Boat: Punt | Fee: 2" in load(tmp_path / "fees.rtf").text


# Markdown


def test_tables_in_html_within_markdown_become_rows_and_examples_of_them_do_not(tmp_path):
    table = "<table>\n <tr><td><strong>Data</strong></td><td><b>Kept</b></td></tr>\n\n <tr><td>Scans</td>\n"
    table += "  <td>6 months</td></tr>\n <tr><td>Mail</td><td>1 year</td></tr>\n</table>"
    text = f"# Rules\n\nWhat is *kept*:\n\n{table}\n\n- see [here](a.md)\n\n```html\n<table><tr></tr></table>\n```\n"
    (tmp_path / "rules.md").write_text(text, encoding="utf-8")
    document = load(tmp_path / "rules.md")
    assert document.title == "Rules"
    rows = "Data | Kept\nData: Scans | Kept: 6 months\nData: Mail | Kept: 1 year"
    assert document.text == text.replace(table, rows)


# Word


def test_a_word_document_keeps_headings_lists_and_tables(tmp_path):
    written = docx.Document()
    written.add_heading("The harbour rules", 0)
    written.add_heading("Mooring", 1)
    paragraph = written.add_paragraph("Boats over ")
    paragraph.add_run("12 metres").bold = True
    paragraph.add_run(" moor at the outer pier.")
    written.add_paragraph("No fires on deck.", style="List Bullet")
    table = written.add_table(rows=2, cols=2)
    for cell, text in zip(
        (cell for row in table.rows for cell in row.cells), ("Length", "Fee", "8 m", "€2"), strict=True
    ):
        cell.text = text
    written.save(tmp_path / "rules.docx")
    document = load(tmp_path / "rules.docx")
    assert document.title == "The harbour rules"
    assert document.text == (
        "# The harbour rules\n\n# Mooring\n\nBoats over 12 metres moor at the outer pier.\n\n- No fires on deck.\n\n"
        "Length | Fee\nLength: 8 m | Fee: €2\n"
    )


ROLES = [("Name", "Role", "Office"), ("Ada Quill", "Warden", "North lodge"), ("Ben Tarn", "Clerk", "Annexe")]


@pytest.mark.parametrize(
    ("style", "row"),
    [
        ("Light Grid Accent 1", "Ada Quill | Role: Warden | Office: North lodge"),  # whose first row is bold
        ("Table Grid", "Name: Ada Quill | Role: Warden | Office: North lodge"),  # by what it says
    ],
)
def test_a_row_that_the_style_of_a_word_table_sets_off_is_its_header(tmp_path, style, row):
    written = docx.Document()
    written.add_paragraph("Who is who.")
    table = written.add_table(0, 3, style)
    for cells in ROLES:
        for cell, text in zip(table.add_row().cells, cells, strict=True):
            cell.text = text
    written.save(tmp_path / "roles.docx")
    assert row in load(tmp_path / "roles.docx").text


def test_a_damaged_or_empty_word_document_is_refused(tmp_path):
    (tmp_path / "old.docx").write_bytes(b"\xd0\xcf\x11\xe0 of another age")
    assert "save it as .docx again" in refusal(tmp_path / "old.docx")
    docx.Document().save(tmp_path / "empty.docx")
    assert "is empty" in refusal(tmp_path / "empty.docx")


def test_a_word_document_that_unpacks_to_too_much_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("index.files.office.MAX_UNPACKED_MB", 0)
    docx.Document().save(tmp_path / "bomb.docx")
    assert "unpacks to more than 0 MB" in refusal(tmp_path / "bomb.docx")


def field(paragraph, instruction, shown):
    """A field of Word's, as it writes them today, which shows something."""
    for kind, text in (("begin", ""), ("instr", instruction), ("separate", ""), ("shown", shown), ("end", "")):
        run = paragraph.add_run(text if kind == "shown" else "")._r
        if kind == "instr":
            told = OxmlElement("w:instrText")
            told.text = text
            run.append(told)
        elif kind != "shown":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run.append(mark)


def test_what_headers_and_footers_of_a_word_document_say_is_told_once_at_the_end(tmp_path):
    document = docx.Document()
    document.add_paragraph("The Orrin Harbour Plan tells of O'Neil's pier.")
    section = document.sections[0]
    section.header.paragraphs[0].text = "Orrin Harbour Plan"  # which the text says, too
    section.header.add_paragraph("of O'Neil's pier")
    footer = section.footer.paragraphs[0]
    footer.text = "Revised on "
    field(footer, "SAVEDATE", "7 May 2024")
    footer.add_run(" | Page ")
    field(footer, "PAGE", "7")
    footer.add_run(" of ")
    field(footer, "NUMPAGES", "9")
    document.save(str(tmp_path / "plan.docx"))
    assert load(tmp_path / "plan.docx").text.splitlines() == [
        "The Orrin Harbour Plan tells of O'Neil's pier.",
        "",
        "Revised on 7 May 2024",
    ]


@pytest.mark.parametrize(
    "page",
    [
        "<header><h1>Bee Blog</h1><ul><li>Home</li><li>About us</li></ul></header><main>{}</main>",
        "<title>Queens - Bee Blog</title><header><h1>Bee Blog</h1></header><main>{}</main>",
        "<dialog><header><h1>Bee Blog</h1></header></dialog><main>{}</main>",
        "<main>{}</main><header><h1>Bee Blog</h1></header>",
    ],
    ids=["menu", "site", "dialog", "behind"],
)
def test_a_banner_is_no_head_of_a_page(tmp_path, page):
    text = "<p>Bees live in hives, and there are forty thousand of them, more or less.</p>" * 4
    assert "Bee Blog" not in html(tmp_path, page.format(text))


@pytest.mark.parametrize("own", ["", "<h1>Wasps</h1>"], ids=["named above", "named by itself"])
def test_a_page_s_head_is_read_where_its_main_part_has_no_name(tmp_path, own):
    main = f"<main>{own}<p>{'Bees live in hives, and there are forty thousand of them. ' * 5}</p></main>"
    (tmp_path / "page.html").write_text(f"<header><h1>Report on bees</h1><p>Version 2.16</p></header>{main}")
    document = load(tmp_path / "page.html")
    assert ("Version 2.16" in document.text) is not bool(own)
    assert document.title == ("Wasps" if own else "Report on bees")


def test_signs_of_fonts_that_hold_nothing_else_become_letters_and_typed_bullets_items(tmp_path):
    text = html(tmp_path, "<p>\uf0b7&nbsp;&nbsp; Bees dance.</p><p>\uf0b7&nbsp; Bees sleep at 30\uf0b0.</p>")
    assert "- Bees dance." in text and "- Bees sleep at 30°." in text
