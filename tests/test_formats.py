"""HTML, Word and PDF files: what is taken for their text, and what they are refused for."""

from io import BytesIO

import docx
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from index.documents import load_documents
from index.errors import DocumentError
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


# HTML

PAGE = """<!DOCTYPE html><html><head><title>Bees | The Keeper</title><style>p { color: red }</style></head><body>
<nav><a href="/">Home</a></nav><script>track("you")</script>
<main><h1>About <em>bees</em></h1><p>A hive holds <b>40,000</b> bees<sup>1</sup>, give or take. {more}</p>
<ul><li>They <a href="x">dance</a>.</li><li>They sleep.</li></ul>
<table><tr><th>Month</th><th>Bees</th></tr><tr><td>June</td><td>40,000</td></tr></table></main>
<footer>Imprint</footer></body></html>""".replace("{more}", BEES + WINTER)


def test_a_page_becomes_its_main_part_in_markdown(tmp_path):
    (tmp_path / "bees.html").write_text(PAGE, encoding="utf-8")
    document = load(tmp_path / "bees.html")
    assert document.title == "About bees"
    assert document.text.startswith("# About bees\n\nA hive holds 40,000 bees1, give or take. ")
    assert "- They dance.\n- They sleep.\n\n| Month | Bees |\n| --- | --- |\n| June | 40,000 |" in document.text
    assert not any(word in document.text for word in ("Home", "track", "Imprint", "color"))


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "utf-16"])
def test_a_page_says_how_it_is_encoded(tmp_path, encoding):
    page = f'<html><head><meta charset="{encoding}"></head><body><p>Über Bienen weiß man viel.</p></body></html>'
    (tmp_path / "page.htm").write_bytes(page.encode(encoding))
    assert load(tmp_path / "page.htm").text == "Über Bienen weiß man viel.\n"


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("<html><body><div id='app'></div><script>run()</script></body></html>", "made by scripts"),
        ("<div>" * 5000 + "deep", "nested too deeply"),
    ],
)
def test_a_page_without_text_is_refused(tmp_path, page, reason):
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    assert reason in refusal(tmp_path / "page.html")


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
        "| Length | Fee |\n| --- | --- |\n| 8 m | €2 |\n"
    )


def test_a_damaged_or_empty_word_document_is_refused(tmp_path):
    (tmp_path / "old.docx").write_bytes(b"\xd0\xcf\x11\xe0 of another age")
    assert "save it as .docx again" in refusal(tmp_path / "old.docx")
    docx.Document().save(tmp_path / "empty.docx")
    assert "is empty" in refusal(tmp_path / "empty.docx")


def test_a_word_document_that_unpacks_to_too_much_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("index.markup.MAX_UNPACKED_MB", 0)
    docx.Document().save(tmp_path / "bomb.docx")
    assert "unpacks to more than 0 MB" in refusal(tmp_path / "bomb.docx")


# PDF


LONG = [("Title", "On bees"), *[("BodyText", f"{BEES * 3}{WINTER * 2}Number {n} ends here.") for n in range(14)]]


@pytest.mark.parametrize("columns", [1, 2])
def test_paragraphs_are_put_together_again_and_running_heads_left_out(tmp_path, columns):
    document = load(write_pdf(tmp_path / "bees.pdf", LONG, columns=columns))
    assert document.title == "On bees"
    assert len(document.pages) > 1
    expected = "\n\n".join(text.strip() for _, text in LONG)
    assert document.text.replace("\n\n", " ").split() == expected.split()
    assert "Keeper" not in document.text
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
