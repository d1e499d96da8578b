"""HTML, Word and PDF files: what is taken for their text, and what they are refused for."""

import subprocess
import sys
from io import BytesIO
from pkgutil import resolve_name

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from index.errors import DocumentError
from index.files.finding import load_documents
from index.files.formats import FORMATS
from rag import Assistant
from tests.pdf_files import write_pdf

BEES = "A hive holds forty thousand bees in June, and four thousand in January. The queen lays all of the eggs. "
WINTER = "In winter the bees sit close together and shiver, which keeps them warm. They eat what they have stored. "


def load(path):
    (document,), _ = load_documents([path])
    return document


def refusal(path):
    with pytest.raises(DocumentError) as caught:
        load_documents([path])
    return str(caught.value)


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
    ("named", "heading", "title"),
    [
        ("Bees - The Keeper", "Bees", "Bees"),
        ("Bees", "All about bees", "All about bees"),
        ("Prices · The Keeper", "The Keeper", "Prices · The Keeper"),
        ("January Newsletter!", "News", "January Newsletter: News"),
        ("", "Bees", "Bees"),
        ("Bees", "", "Bees"),
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
        ("Table Grid", "Ada Quill | Warden | North lodge"),
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


# PDF


LONG = [("Title", "On bees"), *[("BodyText", f"{BEES * 3}{WINTER * 2}Number {n} ends here.") for n in range(14)]]


@pytest.mark.parametrize("columns", [1, 2])
def test_paragraphs_are_put_together_again_and_running_heads_told_once_at_the_end(tmp_path, columns):
    document = load(write_pdf(tmp_path / "bees.pdf", LONG, columns=columns))
    assert document.title == "On bees"
    assert len(document.pages) > 1
    expected = "\n\n".join([*(text.strip() for _, text in LONG), "The Keeper, volume 12"])
    assert document.text.replace("\n\n", " ").split() == expected.split()
    for n in range(14):
        assert f"{WINTER}Number {n} ends here." in document.text


def test_a_page_begins_where_its_first_words_stand(tmp_path):
    document = load(write_pdf(tmp_path / "bees.pdf", LONG))
    assert document.pages[0] == 0
    assert list(document.pages) == sorted(document.pages)
    assert all(document.text[start - 1].isspace() for start in document.pages[1:])


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("The bees infor-", "mation is old. Bees inform.", "The bees information is old."),
        ("They are well-", "known, and well they are known.", "They are well-known, and"),
        ("He met Smith-", "Jones there.", "He met Smith-Jones there."),
    ],
)
def test_a_word_that_was_broken_is_whole_again(tmp_path, first, second, whole):
    canvas = Canvas(str(tmp_path / "broken.pdf"), pagesize=A4)
    canvas.setFont("Courier", 12)
    for number, line in enumerate((first, second)):
        canvas.drawString(72, 700 - 14 * number, line)
    canvas.save()
    assert whole in load(tmp_path / "broken.pdf").text


def test_items_stay_on_lines_of_their_own(tmp_path):
    canvas = Canvas(str(tmp_path / "list.pdf"), pagesize=A4)
    for number, line in enumerate(
        ("What a hive needs, in the order of need, and more:", "• water", "• honey", "1. peace")
    ):
        canvas.drawString(72, 700 - 14 * number, line)
    canvas.save()
    assert load(tmp_path / "list.pdf").text.splitlines() == [
        "What a hive needs, in the order of need, and more:",
        "• water",
        "• honey",
        "1. peace",
    ]


def test_an_answer_names_the_page(tmp_path):
    texts = [("BodyText", BEES * 20), ("BodyText", WINTER * 12 + "The heather blooms on the Tarn moor in August.")]
    write_pdf(tmp_path / "bees.pdf", [*texts, ("BodyText", BEES * 40)])
    with Assistant.open(tmp_path / "bees.pdf", tmp_path / "store") as assistant:
        answer = assistant.ask("When does the heather bloom?")
        citation = answer.citations[0]
        text = assistant.document("bees.pdf").text
    assert answer.span == "August"
    assert text[citation.start : citation.end] == citation.quote == "The heather blooms on the Tarn moor in August."
    assert citation.page == 1


def picture_only(path):
    canvas = Canvas(str(path), pagesize=A4)
    picture = BytesIO(b"P6 2 2 255\n" + bytes(12))
    canvas.drawImage(ImageReader(picture), 72, 72, 300, 300)
    canvas.save()


def locked(path):
    write_pdf(path, LONG[:2], encrypt=StandardEncryption("secret", ownerPassword="more secret"))


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (picture_only, "recognition (OCR)"),
        (locked, "is locked by a password"),
        (lambda path: path.write_bytes(b"Dear Sir,"), "is not a PDF file"),
        (lambda path: path.write_bytes(b"%PDF-1.7\nand then nothing"), "is damaged"),
    ],
)
def test_a_pdf_without_text_is_refused_with_the_reason(tmp_path, make, reason):
    make(tmp_path / "file.pdf")
    assert reason in refusal(tmp_path / "file.pdf")


class Sheet:
    """A page on which lines are drawn one by one."""

    def __init__(self, path):
        self.canvas = Canvas(str(path), pagesize=A4)
        self.path = path

    def line(self, x, y, text, size=11):
        self.canvas.setFont("Helvetica", size)
        self.canvas.drawString(x, y, text)
        return x + self.canvas.stringWidth(text, "Helvetica", size)

    def next(self):
        self.canvas.showPage()

    def load(self):
        self.canvas.save()
        return load(self.path)


def raw_pdf(path, text, *, catalog="", font="", more=()):
    """A PDF of one line, its parts written out."""
    objects = (
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 4 0 R"
        f" /Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica {font} >> >> >> >>",
        *(
            f"<< /Length {len(one)} >> stream\n{one}\nendstream"
            for one in (f"BT /F 12 Tf 20 200 Td ({text}) Tj ET", *more)
        ),
    )
    body = "".join(f"{number} 0 obj {one} endobj\n" for number, one in enumerate(objects, start=1))
    path.write_text(f"%PDF-1.7\n{body}trailer << /Root 1 0 R /Size {len(objects) + 1} >>\n%%EOF\n")
    return path


def test_a_form_that_its_own_program_draws_is_refused(tmp_path):
    """Its one page only asks to wait."""
    catalog = "/NeedsRendering true /AcroForm << /Fields [] /XFA 5 0 R >>"
    path = raw_pdf(tmp_path / "form.pdf", "Please wait ...", catalog=catalog, more=["<xdp></xdp>"])
    with pytest.raises(DocumentError, match=r"is a form \(XFA\) that only Adobe Reader shows; print it"):
        load_documents([path])


def test_letters_of_formulas_are_plain_letters(tmp_path):
    """They lie beyond U+FFFF, so that PDFium tells each in two halves."""
    names = (
        "begincmap 1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <6E> <D835DC5B> endbfchar endcmap"
    )
    path = raw_pdf(tmp_path / "paper.pdf", "n = 350 boats", font="/ToUnicode 5 0 R", more=[names])
    (paper,), _ = load_documents([path])
    assert paper.text.strip() == "n = 350 boats"


def test_half_a_character_is_told_to_be_none(tmp_path):
    (tmp_path / "notes.ipynb").write_text(
        r'{"cells": [{"cell_type": "markdown", "source": ["The boat \ud835 is red."]}], "nbformat": 4, "metadata": {}}'
    )
    (notes,), _ = load_documents([tmp_path / "notes.ipynb"])
    assert "The boat \ufffd is red." in notes.text


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


def test_a_paragraph_goes_on_after_its_indented_first_line(tmp_path):
    sheet = Sheet(tmp_path / "sheet.pdf")
    sheet.line(90, 700, "A hive holds forty thousand bees in June, and four thousand of them")
    sheet.line(72, 686, "are left in January, when the rest is dead and the queen lays no")
    sheet.line(72, 672, "eggs at all.")
    assert (
        "four thousand of them are left in January, when the rest is dead and the queen lays no eggs"
        in sheet.load().text
    )


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


def test_words_that_only_narrow_gaps_part_stay_apart(tmp_path):
    """As browsers print them: no space is in the file."""
    sheet = Sheet(tmp_path / "sheet.pdf")
    words = "From Date of the invoice Gas for SEIU and HST Number Paid by Eric Wickham".split()
    text = sheet.canvas.beginText(72, 700)
    text.setFont("Helvetica", 11)
    text._code.append(f"[{' -135 '.join(f'({word})' for word in words)}] TJ")
    sheet.canvas.drawText(text)
    assert sheet.load().text.split() == words


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


def test_text_on_its_side_is_left_out_and_text_in_a_drawing_is_not(tmp_path):
    sheet = Sheet(tmp_path / "sheet.pdf")
    sheet.canvas.saveState()
    sheet.canvas.rotate(90)
    sheet.line(300, -30, "arXiv 1706 stamped on the side")
    sheet.canvas.restoreState()
    sheet.canvas.beginForm("drawing")
    sheet.line(72, 700, "The pier is forty metres long.")
    sheet.canvas.endForm()
    sheet.canvas.doForm("drawing")
    assert sheet.load().text == "The pier is forty metres long.\n"


def test_signs_of_fonts_that_hold_nothing_else_become_letters_and_typed_bullets_items(tmp_path):
    text = html(tmp_path, "<p>\uf0b7&nbsp;&nbsp; Bees dance.</p><p>\uf0b7&nbsp; Bees sleep at 30\uf0b0.</p>")
    assert "- Bees dance." in text and "- Bees sleep at 30°." in text
