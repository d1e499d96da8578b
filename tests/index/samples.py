"""A workbook, a message, a book and a scan, made for tests."""

import zipfile
from email.message import EmailMessage

import openpyxl
from PIL import Image, ImageDraw, ImageFont

FEES = [["Boat", "Length", "Fee"], ["Dinghy", "4 m", "€8"], ["Ketch", "12 m", "€31"], ["Barge", "22 m", "€95"]]


def workbook(path):
    book = openpyxl.Workbook()
    book.active.title = "Notes"
    book.active.append(["These fees hold from May."])
    sheet = book.create_sheet("Fees")
    sheet.append(["Harbour of Orrin"])
    for row in FEES:
        sheet.append(row)
    book.save(path)
    return path


def message(subject="The pier", text="The pier opens in June.\n"):
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Tilda Marrow <tilda@orrin.example>", "All", subject
    mail["Date"] = "Tue, 4 May 2021 10:00:00 +0000"
    mail.set_content(text)
    return mail


CHAPTERS = {"2": "<h1>Chapter 2</h1><p>It was spring.</p>", "1": "<h1>Chapter 1</h1><p>It was winter.</p>"}


def book(path, pages=None, spine=("1", "2"), author="Tilda Marrow"):
    """A book of pages by their names, of which some are in its order of reading."""
    pages = CHAPTERS if pages is None else pages
    items = "".join(f'<item id="p{one}" href="{one}.xhtml" media-type="application/xhtml+xml"/>' for one in pages)
    order = "".join(f'<itemref idref="p{one}"/>' for one in spine)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="in/book.opf"/></rootfiles></container>',
        )
        archive.writestr(
            "in/book.opf",
            '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
            f"<dc:title>The Pier</dc:title><dc:creator>{author}</dc:creator></metadata>"
            f"<manifest>{items}</manifest><spine>{order}</spine></package>",
        )
        for name, body in pages.items():
            archive.writestr(f"in/{name}.xhtml", f"<html><head><title>x</title></head><body>\n{body}\n</body></html>")
    return path


def scan(path, text):
    picture = Image.new("RGB", (1200, 300), "white")
    ImageDraw.Draw(picture).text((60, 100), text, "black", ImageFont.load_default(60))
    picture.save(path, **({"resolution": 150} if path.suffix == ".pdf" else {}))
    return path
