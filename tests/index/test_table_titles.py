"""What stands above a table is told with each passage of it: its title, and the names of the groups of its rows."""

import pytest

from index.files.finding import load_documents
from index.passages import split_document
from tests.conftest import WordEmbedder

DISHES = ("Soup", "Rice", "Peas", "Pie", "Fish", "Stew")
MENU = "<table><caption>{week}</caption><tr><th>Day</th><th>Dish</th><th>Price</th></tr>{rows}</table>"
ROWS = "".join(f"<tr><td>Day {number}</td><td>{dish}</td><td>4.50</td></tr>" for number, dish in enumerate(DISHES))
PRICES = "| Day | Dish |\n|---|---|\n" + "".join(f"| {number} | {dish} |\n" for number, dish in enumerate(DISHES))


@pytest.fixture
def passages(tmp_path):
    def made(name, text, most=30):
        (tmp_path / name).write_text(text, encoding="utf-8")
        (document,), _ = load_documents([tmp_path / name])
        return split_document(document, WordEmbedder().count_tokens, max_tokens=most).passages

    return made


def test_each_passage_of_a_table_is_told_its_title_the_first_as_well(passages):
    weeks = ("Week one, from May", "Week two, from June")
    found = passages("menu.html", "".join(MENU.format(week=week, rows=ROWS) for week in weeks))
    assert [found[0].heading, found[-1].heading] == [*weeks]
    assert all(passage.heading in weeks for passage in found)


def test_the_title_goes_on_below_the_names_of_groups(passages):
    groups = "".join(f"<tr><td colspan=3>{group}</td></tr>{ROWS}" for group in ("Midday", "Evening"))
    found = passages("menu.html", MENU.format(week="Week one", rows=groups))
    assert found[0].heading == "Week one Midday"
    assert found[-1].heading == "Week one Evening"


def test_the_first_passage_of_a_table_in_markdown_is_told_the_names_of_its_columns(passages):
    found = passages("prices.md", f"# Canteen\n\nAll we cook.\n\n## Prices\n\n{PRICES}", most=20)
    assert {passage.heading for passage in found if passage.text.startswith("|")} == {"Prices: Day | Dish"}


def test_a_title_that_is_the_heading_is_told_once(passages):
    found = passages("menu.html", f"<h1>Canteen</h1><p>Old.</p><h2>Week</h2>{MENU.format(week='Week', rows=ROWS)}")
    assert found[-1].heading == "Week"


def test_a_title_is_not_told_of_the_table_after_its_own(passages):
    boats = "<table><tr><th>Boat</th><th>Length</th></tr><tr><td>Tern</td><td>9 m</td></tr></table>"
    found = passages("two.html", f"<p>All.</p>{MENU.format(week='Week one', rows=ROWS)}{boats}", most=16)
    assert found[-1].text.startswith("Boat: Tern")
    assert found[-1].heading == ""


def test_a_heading_whose_letters_a_column_has_too_is_kept(passages):
    found = passages("prices.md", f"# Canteen\n\nAll we cook.\n\n## Dis\n\n{PRICES}", most=20)
    assert {passage.heading for passage in found if passage.text.startswith("|")} == {"Dis: Day | Dish"}
