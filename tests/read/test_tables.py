"""A table is read whole, and ends where it does."""

import re
import time

import pytest

from index.store.passage_index import PassageIndex
from rag.read.tables import head_of, table_around
from tests.conftest import WordEmbedder


def table_of(tmp_path, text):
    (tmp_path / "list.md").write_text(text, encoding="utf-8")
    index = PassageIndex(tmp_path / "index", WordEmbedder())
    index.sync([tmp_path / "list.md"])
    (document,) = index.snapshot().documents.values()
    texts = [document.document.text[one.start : one.end] for one in document.sentences]
    return table_around(document, next(n for n, text in enumerate(texts) if "Pan" in text))


HEAD = "| Item | Price |\n|---|---|\n"


def test_a_table_is_read_whole_and_ends_where_other_text_begins(tmp_path):
    rows = table_of(tmp_path, f"# Stock\n\nAs of May.\n\n{HEAD}| Pan | 5 |\n| Pot | 7 |\n\nPrices are in euros.\n")
    assert [row.label for row in rows] == ["Pan", "Pot"]


def test_groups_and_their_sums_are_parts_of_a_table(tmp_path):
    (tmp_path / "stock.csv").write_text(
        "Item,Count,Price\nKitchen,,\nPan,5,3\nPot,7,4\nSubtotal,12,\nGarden,,\nHoe,2,9\n"
    )
    index = PassageIndex(tmp_path / "index", WordEmbedder())
    index.sync([tmp_path / "stock.csv"])
    (document,) = index.snapshot().documents.values()
    rows = table_around(document, 0)
    assert [(row.label, row.is_total) for row in rows if len(row.cells) > 2 or row.is_total] == [
        ("Pan", False), ("Pot", False), ("Subtotal", True), ("Hoe", False)
    ]  # fmt: skip


def test_a_table_that_goes_on_under_another_heading_is_not_read_at_all(tmp_path):
    text = f"# Stock\n\n{HEAD}| Pan | 5 |\n| Pot | 7 |\n\n# Stock, page 2\n\n{HEAD}| Cup | 3 |\n| Mug | 4 |\n"
    assert table_of(tmp_path, text) == ()


@pytest.mark.parametrize(
    ("text", "head"),
    [
        (f"{HEAD}| Pan | 5 |\n", "| Item | Price |"),
        (f"{HEAD}| Cup | 3 |\n| - | - |\n| Pan | 5 |\n", "| Item | Price |"),  # a row that tells nothing is no rule
        (f"{HEAD}| Cup | 3 |\n\nKitchen\n\n| Name | Cost |\r\n|:--|--:|\r\n| Pan | 5 |\r\n", "| Name | Cost |"),
        (f"So | it goes\n{HEAD}| Pan | 5 |", "| Item | Price |"),
        (f"{HEAD}| Cup | 3 |\n\n| Pan | 5 |\n", ""),
        ("| Cup | 3 |\n| Pan | 5 |\n", ""),
    ],
)
def test_the_head_of_a_table_in_markdown_is_the_line_above_its_rule(text, head):
    assert head_of(text, text.index("| Pan")) == head


def test_the_head_of_each_row_of_a_long_table_is_found_without_reading_all_that_stands_above_it():
    text = HEAD + "".join(f"| Pan {number} | {number:>400} |\n" for number in range(4000))
    starts = [found.start() for found in re.finditer(r"^\| Pan", text, re.M)]
    started = time.monotonic()
    assert {head_of(text, start) for start in starts} == {"| Item | Price |"}
    assert time.monotonic() - started < 3
