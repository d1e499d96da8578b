"""Pages that are pictures, or whose letters have no names: recognised where that is installed, else told of."""

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from index.errors import DocumentError
from index.files.finding import load_documents
from index.files.heads import labels
from index.files.pdf import ocr
from tests.conftest import reopened
from tests.index.pages import load
from tests.pdf_files import PICTURED, write_mixed_pdf


def nameless(path):
    """A PDF file whose letters have numbers for codes, and no names, in a font of its own; they look like bars."""
    count = 20
    text = "".join(f"\\{1 + number % count:03o}" for number in range(80))
    shapes = [f"100 0 0 0 100 100 d1 10 10 {20 + 3 * number} 80 re f" for number in range(count)]
    names = " ".join(f"/g{number}" for number in range(count))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
        stream(f"BT /F 12 Tf 50 700 Td ({text}) Tj ET"),
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 100 100] /FontMatrix [0.01 0 0 0.01 0 0] /FirstChar 1 "
        f"/LastChar {count} /Widths [{'100 ' * count}] /Resources << >> /Encoding << /Differences [1 {names}] >> "
        f"/CharProcs << {' '.join(f'/g{number} {6 + number} 0 R' for number in range(count))} >> >>",
        *map(stream, shapes),
    ]
    told = "".join(f"{number} 0 obj\n{one}\nendobj\n" for number, one in enumerate(objects, 1))
    path.write_text(f"%PDF-1.4\n{told}trailer << /Size {len(objects) + 1} /Root 1 0 R >>\n%%EOF\n")
    return path


def stream(content):
    return f"<< /Length {len(content)} >> stream\n{content}\nendstream"


NOTICE = [f"The pier of Orrin opens in June, number {number}, and closes again in May" for number in range(8)]


def notice(light=False):
    """A picture of lines of text."""
    picture = Image.new("RGB", (900, 400), "black" if light else "white")
    pen = ImageDraw.Draw(picture)
    for number, line in enumerate(NOTICE):
        pen.text((20, 20 + 45 * number), line, "white" if light else "black", ImageFont.load_default(24))
    return picture


def photo():
    """A picture of no text: hills of all shades, with some grain."""
    across, down = np.meshgrid(np.arange(900), np.arange(400))
    grain = np.random.default_rng(5).normal(0, 25, (400, 900))
    shades = 128 + 70 * np.sin(across / 60) * np.cos(down / 35) + grain
    return Image.fromarray(np.clip(shades, 0, 255).astype(np.uint8)).convert("RGB")


def with_picture(path, picture, *, over=()):
    """A page with a line of text, a picture below it, and lines over that."""
    canvas = Canvas(str(path), pagesize=A4)
    canvas.drawString(72, 750, "What the harbour says:")
    canvas.drawImage(ImageReader(picture), 72, 500, 450, 200)
    canvas.setFont("Helvetica", 12)
    for number, line in enumerate(over):
        canvas.drawString(82, 680 - 22 * number, line)
    canvas.save()
    return path


@pytest.fixture
def without_recognition(monkeypatch):
    monkeypatch.setattr(ocr, "available", lambda: False)


@pytest.mark.parametrize(
    ("pages", "told"),
    [
        (["Bees live in hives.", None], "page 2 holds no letters that can be read; if there is text on it, "),
        (
            [None, "Bees live in hives.", None, None, None],
            "pages 1 and 3 to 5 hold no letters that can be read; if there is text on them, ",
        ),
        (["Bees live in hives."], ""),
    ],
)
@pytest.mark.usefixtures("without_recognition")
def test_a_document_tells_which_of_its_pages_were_not_read(tmp_path, pages, told):
    document = load(write_mixed_pdf(tmp_path / "mixed.pdf", pages))
    assert document.text == "Bees live in hives.\n"
    assert dict(document.facts).get(ocr.UNREAD, "") == (told and told + ocr.NEEDED)


@pytest.mark.parametrize(
    ("picture", "over", "told"),
    [
        (notice(), (), "page 1 shows pictures that look like text; if there is text on it, "),
        (notice(light=True), (), "page 1 shows pictures that look like text; if there is text on it, "),
        (notice(), NOTICE, ""),
        (photo(), (), ""),
    ],
    ids=["dark", "light", "with its letters", "photo"],
)
@pytest.mark.usefixtures("without_recognition")
def test_a_page_tells_of_text_in_a_picture_beside_its_own(tmp_path, picture, over, told):
    document = load(with_picture(tmp_path / "notice.pdf", picture, over=over))
    assert dict(document.facts).get(ocr.UNREAD, "") == (told and told + ocr.NEEDED)


def test_pages_without_text_and_those_with_pictures_of_some_are_told_of_together():
    _, told = ocr.left_out({0: False, 2: False, 7: True, 8: True, 9: True})
    assert told.startswith(
        "pages 1 and 3 hold no letters that can be read, and pages 8 to 10 show pictures that look like text; "
        "if there is text on them, "
    )


def test_what_is_recognised_in_a_picture_is_read_after_the_text_beside_it_which_is_painted_over(tmp_path, monkeypatch):
    monkeypatch.setattr(ocr, "available", lambda: True)
    seen = []
    monkeypatch.setattr(ocr, "recognise", lambda picture: (seen.append(picture), _page(picture), [0.9])[1:])
    document = load(with_picture(tmp_path / "notice.pdf", notice()))
    assert document.text == f"What the harbour says:\n\n{PICTURED}\n"
    assert ocr.UNREAD not in dict(document.facts)
    (picture,) = seen
    places = (72, 800 - 750 + 30, 200, 800 - 750 + 45)
    assert picture.crop([int(ocr.SCALE * one) for one in places]).convert("L").getextrema() == (255, 255)


@pytest.mark.slow
def test_a_picture_among_pages_of_text_is_recognised(tmp_path):
    pytest.importorskip("rapidocr")
    document = load(write_mixed_pdf(tmp_path / "mixed.pdf", ["Bees live in hives.", None]))
    assert "pier opens in June" in document.text
    assert ocr.UNREAD not in dict(document.facts)


@pytest.mark.usefixtures("without_recognition")
def test_a_label_does_not_tell_what_was_not_read(tmp_path):
    documents = [
        replace(load(write_mixed_pdf(tmp_path / f"{name}.pdf", ["Bees live in hives.", None][:pages])), title="Bees")
        for name, pages in (("one", 1), ("two", 2))
    ]
    assert not any("letters" in label for label in labels(documents).values())


@pytest.mark.usefixtures("without_recognition")
def test_a_sync_tells_what_was_not_read_and_reads_it_once_recognition_is_installed(index, folder, monkeypatch):
    write_mixed_pdf(folder / "mixed.pdf", ["Bees live in hives.", None])
    assert index.sync().partly.keys() == {"mixed.pdf"}
    assert index.manifest.entries["mixed.pdf"].unread.startswith("page 2 holds no letters")
    again = reopened(index)
    assert not again.sync().changed
    monkeypatch.setattr(ocr, "available", lambda: True)
    monkeypatch.setattr(ocr, "recognise", lambda picture: (_page(picture), [0.9]))
    report = again.sync()
    assert (report.changed, dict(report.partly)) == (("mixed.pdf",), {})
    assert PICTURED in again.snapshot().documents["mixed.pdf"].document.text


def _page(picture):
    from index.files.pdf.letters import Page
    from index.files.pdf.segment import Segment

    return Page((Segment(PICTURED, 72, 300, 100, 112, 12, False),), (), picture.width, picture.height)


@pytest.mark.usefixtures("without_recognition")
def test_letters_that_may_be_anything_are_not_taken_for_text(tmp_path):
    with pytest.raises(DocumentError, match="holds no text"):
        load_documents([nameless(tmp_path / "bars.pdf")])
