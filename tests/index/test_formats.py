"""Readers of formats: which there are, what they load, and those of books, notebooks, RTF, Markdown, code and text."""

import json
import subprocess
import sys
from pkgutil import resolve_name

import pytest

from index.files.finding import load_documents
from index.files.formats import FORMATS
from index.files.heads import labels
from index.files.pdf import ocr
from tests.index.pages import BEES, load, sentences
from tests.index.samples import book, scan, workbook


def test_every_format_names_a_reader():
    assert all(callable(resolve_name(f"index.files.{kind.reader}")) for kind in FORMATS.values())


def test_text_is_read_without_the_libraries_of_other_formats(tmp_path):
    (tmp_path / "bees.txt").write_text(BEES)
    script = (
        "import sys; from index.files.finding import load_documents; load_documents([sys.argv[1]]); print(*sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True)
    assert {"pypdfium2", "docx", "lxml", "openpyxl", "PIL", "bs4"}.isdisjoint(run.stdout.split())


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_wide_text_without_a_mark_is_read_and_its_encoding_told(tmp_path, encoding):
    (tmp_path / "bees.csv").write_bytes("Hive;Bees\nNorth – new;40000\n".encode(encoding))
    document = load(tmp_path / "bees.csv")
    assert "Hive: North – new | Bees: 40000" in document.text
    assert dict(document.facts)["encoding"] == encoding


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


def test_tables_in_html_within_markdown_become_rows_and_examples_of_them_do_not(tmp_path):
    table = "<table>\n <tr><td><strong>Data</strong></td><td><b>Kept</b></td></tr>\n\n <tr><td>Scans</td>\n"
    table += "  <td>6 months</td></tr>\n <tr><td>Mail</td><td>1 year</td></tr>\n</table>"
    text = f"# Rules\n\nWhat is *kept*:\n\n{table}\n\n- see [here](a.md)\n\n```html\n<table><tr></tr></table>\n```\n"
    (tmp_path / "rules.md").write_text(text, encoding="utf-8")
    document = load(tmp_path / "rules.md")
    assert document.title == "Rules"
    rows = "Data | Kept\nData: Scans | Kept: 6 months\nData: Mail | Kept: 1 year"
    assert document.text == text.replace(table, rows)


def test_a_book_is_read_in_its_order(tmp_path):
    document = load(book(tmp_path / "pier.epub"))
    assert document.title == "The Pier"
    assert ("author", "Tilda Marrow") in document.facts
    # Its pages do not say who wrote it.
    assert document.text == "by Tilda Marrow\n\n# Chapter 1\n\nIt was winter.\n\n# Chapter 2\n\nIt was spring.\n"


@pytest.mark.parametrize(
    ("author", "said", "told"),
    [
        ("Marrow, Tilda", "It was winter.", True),
        ("Marrow, Tilda", "It was told by Tilda Marrow.", False),
        ("Unknown", "It was winter.", False),
    ],
)
def test_who_wrote_a_book_is_told_unless_its_pages_say_so_or_nobody_does(tmp_path, author, said, told):
    read = load(book(tmp_path / "pier.epub", {"1": f"<p>{said}</p>"}, ["1"], author)).text
    assert read.startswith(f"by {author}\n") == told


def test_the_pages_of_a_book_that_only_its_contents_lead_to_are_read_and_the_contents_are_not(tmp_path):
    pages = {
        "contents": '<h1>Soups</h1><ul><li><a href="leek.xhtml">Leek</a></li><li><a href="pea.xhtml">Pea</a></li></ul>',
        "leek": "<h1>Leek</h1>\n<h1>You need</h1><p>Three leeks.</p><h1>To do</h1><p>Boil them.</p>",
        "pea": "<h1>Pea</h1><p>For four.</p><h1>You need</h1><p>A bag of peas.</p>",
    }
    document = load(book(tmp_path / "soups.epub", pages, spine=["contents"]))
    leek, pea = document.text.split("\n\n# Pea")
    assert leek == "by Tilda Marrow\n\n# Leek\n\n## You need\n\nThree leeks.\n\n## To do\n\nBoil them."
    assert pea == "\n\nFor four.\n\n# You need\n\nA bag of peas.\n"


def test_rtf_is_read_without_its_marks(tmp_path):
    (tmp_path / "note.rtf").write_bytes(
        rb"{\rtf1\ansi {\b The pier} opens in June. It costs \'8031.\par Bring a coat.}"
    )
    assert sentences(load(tmp_path / "note.rtf")) == ["The pier opens in June.", "It costs €31.", "Bring a coat."]


def test_restructured_text_loses_its_roles_and_directives(tmp_path):
    (tmp_path / "pier.rst").write_text(
        ".. _pier:\n\n==========\n The pier\n==========\n\nIt opens in :ref:`June <june>`; see ``open.txt``. "
        "Run this::\n\n    pier --open\n\n.. note:: Bring a `coat <https://coat.example>`_.\n\n"
        ".. toctree::\n   :maxdepth: 2\n\n- No fires.\n"
    )
    document = load(tmp_path / "pier.rst")
    assert document.title == "The pier"
    assert sentences(document) == [
        "It opens in June; see open.txt.",
        "Run this:",
        "pier --open",
        "Bring a coat.",
        "No fires.",
    ]


def test_a_notebook_has_its_texts_code_and_results(tmp_path):
    cells = [
        {"cell_type": "markdown", "source": ["# Tides\n", "\n", "High water is at noon."]},
        {"cell_type": "code", "source": "print(3 * 4)", "outputs": [{"text": ["12\n"]}]},
    ]
    (tmp_path / "tides.ipynb").write_text(json.dumps({"cells": cells, "nbformat": 4}))
    document = load(tmp_path / "tides.ipynb")
    assert sentences(document) == ["High water is at noon.", "print(3 * 4)", "12"]
    assert document.part(document.text.index("12")) == "cell 2"


PRINTED = """\
 month  made  sent
 March   171    70
 April   312   168
   May   398   231
"""
SHOWN = """\
<div><style scoped>.dataframe th {vertical-align: top;}</style><table border="1" class="dataframe">
<thead><tr style="text-align: right;"><th></th><th>month</th><th>made</th></tr></thead>
<tbody><tr><th>0</th><td>March</td><td>171</td></tr><tr><th>1</th><td>April</td><td>312</td></tr></tbody>
</table></div>
"""


@pytest.mark.parametrize(
    ("output", "row"),
    [
        ({"text": PRINTED}, "month: April | made: 312 | sent: 168"),
        ({"data": {"text/plain": PRINTED}}, "month: April | made: 312 | sent: 168"),
        ({"data": {"text/html": SHOWN, "text/plain": PRINTED}}, "1 | month: April | made: 312"),
    ],
)
def test_rows_that_a_notebook_shows_tell_their_columns_names(tmp_path, output, row):
    cell = {"cell_type": "code", "source": "made", "outputs": [output]}
    (tmp_path / "solar.ipynb").write_text(json.dumps({"cells": [cell], "nbformat": 4}))
    assert row in sentences(load(tmp_path / "solar.ipynb"))


def test_each_line_of_code_is_a_unit_and_the_text_is_the_file(tmp_path):
    code = "def pier():\n    # forty metres. Or so.\n    return 40\n"
    (tmp_path / "pier.py").write_text(code)
    document = load(tmp_path / "pier.py")
    assert document.text == code
    assert sentences(document) == ["def pier():", "# forty metres. Or so.", "return 40"]


def test_another_encoding_is_recognised_and_said(tmp_path):
    text = "Die Brücke über den Fluß wurde im März eröffnet, und die Gäste aßen süße Brötchen dazu.\n"
    (tmp_path / "old.txt").write_bytes(text.encode("cp1252"))
    document = load(tmp_path / "old.txt")
    assert document.text == text
    assert dict(document.facts)["encoding"]


def test_the_fields_at_its_head_tell_a_report_from_its_twin(tmp_path):
    for place in ("Orrin", "Tarn"):
        (tmp_path / f"{place}.txt").write_text(
            f"Accident report\n\nState: X\nPlace: {place}\n\nThe basket touched a wire.\n"
        )
    documents, _ = load_documents([tmp_path])
    assert labels(documents) == {"Orrin.txt": "Accident report (Orrin)", "Tarn.txt": "Accident report (Tarn)"}


@pytest.mark.slow
@pytest.mark.parametrize("suffix", [".png", ".pdf"])
def test_a_scan_is_recognised_and_how_surely_is_told(tmp_path, suffix):
    pytest.importorskip("rapidocr")
    document = load(scan(tmp_path / f"scan{suffix}", "The pier opens in June"))
    assert "pier opens in June" in document.text
    assert "% sure" in dict(document.facts)[ocr.RECOGNISED]


def test_without_recognition_a_picture_is_refused_with_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr("index.files.pdf.ocr.available", lambda: False)
    _, skipped = load_documents([workbook(tmp_path / "a.xlsx").parent, scan(tmp_path / "scan.png", "x").parent])
    assert "pip install 'footnote[ocr]'" in skipped[0].reason
