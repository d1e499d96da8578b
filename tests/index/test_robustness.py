"""Sixty files of all formats, a third of them bad: each is read, or named with its reason."""

import resource
import time
import zipfile
from io import BytesIO

import docx
import openpyxl
import pytest
from PIL import Image
from pptx import Presentation
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from index.files.finding import load_documents
from tests import outlook_file
from tests.index.samples import book, message, workbook
from tests.pdf_files import write_pdf

TEXT = "The pier of Orrin is forty metres long. It opens in June, and boats pay eight euros a night.\n"
SECONDS = 120  #: for all of them, on a slow machine
MEGABYTES = 2000  #: that reading them may add

PLAIN = (
    "txt text md markdown html htm xhtml rst py js ts java c go rs rb sh sql r css json yaml toml ini xml log tex eml"
)


def good(folder):
    """Files that can be read."""
    for suffix in PLAIN.split():
        (folder / f"plain.{suffix}").write_text(f"<p>{TEXT}</p>" if "h" in suffix and "m" in suffix else TEXT)
    (folder / "latin.txt").write_bytes(
        ("Ein Gruß aus Köln. Über die Brücke führt kein Weg zurück. " * 3).encode("cp1252")
    )
    (folder / "wide.txt").write_text(TEXT, encoding="utf-16")
    (folder / "values.csv").write_text("Boat,Fee\nKetch,31\n")
    (folder / "values.tsv").write_text("Boat\tFee\nKetch\t31\n")
    workbook(folder / "sheet.xlsx")
    book(folder / "book.epub")
    (folder / "mail.eml").write_bytes(bytes(message()))
    saved = {outlook_file.SUBJECT: "The pier", outlook_file.BODY: "It opens in June."}
    (folder / "mail.msg").write_bytes(outlook_file.message(saved))
    (folder / "mail.mbox").write_bytes(b"From tilda Tue May  4 10:00:00 2021\n" + bytes(message()))
    (folder / "talk.srt").write_text(f"1\n00:00:01,000 --> 00:00:04,000\n{TEXT}")
    (folder / "dates.ics").write_text(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:The pier opens\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    (folder / "note.rtf").write_bytes(rb"{\rtf1 The pier opens in June.}")
    (folder / "notebook.ipynb").write_text('{"cells": [{"cell_type": "markdown", "source": "It opens in June."}]}')
    write_pdf(folder / "paper.pdf", [("BodyText", TEXT * 9)])
    write_pdf(folder / "columns.pdf", [("BodyText", TEXT * 60)], columns=2)
    word = docx.Document()
    word.add_paragraph(TEXT)
    word.save(folder / "word.docx")
    slides = Presentation()
    slides.slides.add_slide(slides.slide_layouts[0]).shapes.title.text = "The pier opens in June"
    slides.save(folder / "slides.pptx")


def bomb(entry):
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(entry, b"\0" * 201_000_000)
    return data.getvalue()


def pages(path, number):
    canvas = Canvas(str(path))
    for _ in range(number):
        canvas.showPage()
    canvas.save()


def blank(path):
    Image.new("1", (9000, 9000)).save(path)


def empty_sheet(path):
    openpyxl.Workbook().save(path)


def locked(path):
    write_pdf(path, [("BodyText", TEXT)], encrypt=StandardEncryption("secret"))


BAD = {
    "empty.txt": (b"", "is empty"),
    "blank.md": (b" \n\n", "is empty"),
    "empty.pdf": (b"", "is empty"),
    "empty.xlsx": (empty_sheet, "is empty"),
    "program.txt": (b"MZ\0\0\1\2", "is a binary file"),
    "picture.html": (b"\x89PNG\r\n\x1a\n\0\0", "is a binary file"),
    "words.pdf": (b"Dear Sir,", "is not a PDF file"),
    "cut.pdf": (b"%PDF-1.7\nand then nothing", "is damaged"),
    "locked.pdf": (locked, "is locked by a password"),
    "long.pdf": (lambda path: pages(path, 3001), "has more than 3000 pages"),
    "no-text.pdf": (lambda path: pages(path, 2), "holds no text"),
    "old.docx": (b"\xd0\xcf\x11\xe0 of another age", "or of an older kind"),
    "words.docx": (b"Dear Sir,", "is damaged"),
    "bomb.docx": (bomb("word/document.xml"), "unpacks to more than 200 MB"),
    "bomb.xlsx": (bomb("xl/workbook.xml"), "unpacks to more than 200 MB"),
    "words.xlsx": (b"Dear Sir,", "is damaged"),
    "words.pptx": (b"Dear Sir,", "is damaged"),
    "words.epub": (b"PK\3\4 Dear Sir,", "is damaged"),
    "sound.eml": (b"ID3\0\1", "is a binary file"),
    "words.msg": (b"Dear Sir,", "is damaged, or no message of Outlook’s"),
    "words.mbox": (b"Dear Sir,", "is no mailbox"),
    "words.vtt": (b"Dear Sir,", "is no transcript"),
    "words.ics": (b"Dear Sir,", "is no calendar"),
    "words.rtf": (b"Dear Sir,", "is no RTF file"),
    "words.ipynb": (b"{}", "is damaged, or no notebook"),
    "long.csv": (b"a,b\n" * 200_001, "has more than 200,000 rows"),
    "words.png": (b"Dear Sir,", "is damaged, or no picture"),
    "wide.png": (blank, "million pixels"),
    "sound.mp3": (b"ID3", "not a kind of file that is read"),
}


@pytest.mark.slow
def test_each_of_many_files_is_read_or_named_with_its_reason(tmp_path):
    pytest.importorskip("rapidocr")
    good(tmp_path)
    readable = {path.name for path in tmp_path.iterdir()}
    for name, (made, _) in BAD.items():
        if callable(made):
            made(tmp_path / name)
        else:
            (tmp_path / name).write_bytes(made)
    started, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    documents, skipped = load_documents([tmp_path])
    assert time.monotonic() - started < SECONDS
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1000 < MEGABYTES
    assert {document.id for document in documents} == readable
    assert len(readable) + len(BAD) > 60
    reasons = {one.path.rsplit("/", 1)[-1]: one.reason for one in skipped}
    assert reasons.keys() == BAD.keys()
    for name, (_, reason) in BAD.items():
        assert reason in reasons[name], reasons[name]
