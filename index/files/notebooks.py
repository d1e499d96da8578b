"""Jupyter notebooks: their texts, their code, and what it printed."""

import json
import re
from collections.abc import Mapping

from index.files.aligned import tell_rows
from index.files.extract import Extract, FormatError
from index.files.markdown import add_markdown
from index.files.markup.pages import parse_html, text_of
from index.files.structure import read_blocks
from index.files.text import decode
from index.files.writing import Writer

LONGEST_OUTPUT = 4000  #: characters of what a cell printed
LONGEST_TABLE = 60_000  #: characters of the page that a table is shown as

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def read_notebook(data: bytes) -> Extract:
    """The texts, the code and the printed results of a Jupyter notebook. Raises FormatError if it is damaged."""
    text, _ = decode(data)
    try:
        book = json.loads(text)
        cells = book["cells"] if "cells" in book else [cell for sheet in book["worksheets"] for cell in sheet["cells"]]
        writer = Writer()
        for number, cell in enumerate(cells, start=1):
            source = _whole(cell.get("source", cell.get("input", ""))).strip()
            writer.part(f"cell {number}")
            if cell["cell_type"] == "markdown" and source:
                add_markdown(writer, source)
            elif cell["cell_type"] in ("raw", "heading") and source:
                writer.add(source, read_blocks(source, markdown=True, part=True))
            elif source:
                _lines(writer, source)
                for output in cell.get("outputs", []):
                    _write_output(writer, output)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise FormatError(f"is damaged, or no notebook ({type(error).__name__}); save it again") from None
    return writer.extract()


def _write_output(writer: Writer, output: Mapping[str, object]) -> None:
    """What code printed: the rows of a table with their columns' names, other lines as they are."""
    data = output.get("data")
    shown = data if isinstance(data, Mapping) else {}
    page = _whole(shown.get("text/html", ""))
    if "<table" in page and len(page) <= LONGEST_TABLE:
        writer.add(*text_of(parse_html(page), part=True))
        return
    printed = _COLOUR.sub("", _whole(output.get("text") or shown.get("text/plain") or ""))[:LONGEST_OUTPUT]
    text, blocks = tell_rows(printed)
    if blocks:
        writer.add(text, blocks)
    else:
        _lines(writer, printed)


def _whole(source: object) -> str:
    """A text, or one that is kept in lines."""
    return source if isinstance(source, str) else "".join(source)  # type: ignore[arg-type]


def _lines(writer: Writer, text: str) -> None:
    for number, line in enumerate(filter(str.strip, text.splitlines())):
        writer.line(line, first=number == 0)
