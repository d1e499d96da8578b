"""Word files: headings, lists, tables, tabs and fields, and what is refused."""

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from tests.index.pages import load, refusal


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
    section.header.add_paragraph("Professor Ann Quill\nInstitute of Tides")
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
        "Professor Ann Quill Institute of Tides",
        "",
        "Revised on 7 May 2024",
    ]


def test_what_a_program_writes_into_each_file_is_neither_its_author_nor_its_date(tmp_path):
    document = docx.Document()
    document.add_paragraph("The lease of the boat shed runs from May to October.")
    document.save(tmp_path / "lease.docx")
    assert dict(load(tmp_path / "lease.docx").facts).keys().isdisjoint({"author", "date"})
    document.core_properties.author = "Tilda Marrow"
    document.save(tmp_path / "lease.docx")
    facts = dict(load(tmp_path / "lease.docx").facts)
    assert facts["author"] == "Tilda Marrow"
    assert "date" not in facts
