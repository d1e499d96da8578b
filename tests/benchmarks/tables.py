"""How well tables of PDF files are read, on the data set of the ICDAR 2013 table competition.

    python tests/benchmarks/tables.py FOLDER

FOLDER holds `NAME.pdf` and `NAME-str.xml`, what its tables are (the data set is the work of governments, mostly public
domain; a copy is in the repository of camelot, under `tests/files/tabula`). Compared are pairs of cells that stand next
to each other, as in the competition: precision, recall and F1 by the documents' means, beside pdfplumber's own tables.
What is no table there, such as the labels of a chart, counts as wrong.
"""

import argparse
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import mean

import pdfplumber
import pypdfium2
from lxml import etree

from index.files.pdf.forms import open_page
from index.files.pdf.layout import read_layout
from index.files.pdf.letters import read_page
from index.files.tables.cells import Cell
from index.files.tables.rows import Grid

Pairs = Counter[tuple[str, str, str]]  #: the texts of two cells, and whether the second is beside or below


def pairs(cells: Iterable[Cell]) -> Pairs:
    """Each cell that is not empty with the next one on its right and below it."""
    told = [replace(cell, text=_plain(cell.text)) for cell in cells if _plain(cell.text)]
    turned = [Cell(cell.text, cell.column, cell.row, cell.columns, cell.rows) for cell in told]
    return Counter([*_next(told, "beside"), *_next(turned, "below")])


def _next(cells: Sequence[Cell], how: str) -> Iterator[tuple[str, str, str]]:
    """The texts of each cell and of the next one in each of the rows that it stands in."""
    for cell in cells:
        found = set()
        for row in range(cell.row, cell.row + cell.rows):
            beside = [
                (other.column, number)
                for number, other in enumerate(cells)
                if other.row <= row < other.row + other.rows and other.column >= cell.column + cell.columns
            ]
            found |= {number for _, number in sorted(beside)[:1]}
        yield from ((cell.text, cells[number].text, how) for number in found)


def _plain(text: str) -> str:
    """Letters and signs alone: spaces, and dots that lead on, are no matter of what a table is."""
    return re.sub(r"[\s.·…]+", "", re.sub("[−–—]", "-", unicodedata.normalize("NFKC", text))).casefold()


def truth(path: Path) -> Pairs:
    """The pairs of the tables of a document."""
    found: Pairs = Counter()
    for region in etree.parse(str(path)).getroot().iter("region"):
        cells = []
        for cell in region.iter("cell"):
            row, column = int(cell.get("start-row")), int(cell.get("start-col"))
            rows, columns = int(cell.get("end-row", row)) - row + 1, int(cell.get("end-col", column)) - column + 1
            text = "".join(content.text or "" for content in cell.iter("content"))
            cells.append(Cell(text, row, column, rows, columns))
        found += pairs(cells)
    return found


def as_footnote(path: Path) -> Pairs:
    """Those that are read for the index."""
    found: Pairs = Counter()
    with pypdfium2.PdfDocument(path) as file:
        file.init_forms()
        for number in range(len(file)):
            page = open_page(file, number)
            for block in read_layout(read_page(page)):
                if isinstance(block, Grid):
                    found += pairs(block.cells)
            page.close()
    return found


def as_pdfplumber(path: Path) -> Pairs:
    """Those of its tables by drawn lines, as it finds them by default."""
    found: Pairs = Counter()
    with pdfplumber.open(path) as file:
        for page in file.pages:
            for table in page.extract_tables():
                cells = [Cell(text or "", row, n) for row, line in enumerate(table) for n, text in enumerate(line)]
                found += pairs(cells)
    return found


def measure(folder: Path, read: Callable[[Path], Pairs]) -> tuple[float, float, int]:
    """Precision, recall, and the number of documents that they are means over."""
    precision, recall = [], []
    for path in sorted(folder.glob("*-str.xml")):
        file = path.with_name(path.name.replace("-str.xml", ".pdf"))
        if not file.is_file():
            continue
        wanted, found = truth(path), read(file)
        hits = (wanted & found).total()
        precision.append(hits / max(1, found.total()))
        recall.append(hits / max(1, wanted.total()))
    if not recall:
        raise SystemExit(f"{folder} holds no NAME-str.xml beside NAME.pdf; give a folder of the data set")
    return mean(precision), mean(recall), len(recall)


def main() -> None:
    """Print the figures of both."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    for name, read in (("Footnote", as_footnote), ("pdfplumber", as_pdfplumber)):
        precision, recall, count = measure(folder, read)
        told = f"precision {precision:.3f}, recall {recall:.3f}, F1 {2 * precision * recall / (precision + recall):.3f}"
        print(f"{name}: {told} ({count} documents)")


if __name__ == "__main__":
    main()
