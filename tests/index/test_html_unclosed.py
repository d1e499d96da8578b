"""Pages of HTML whose cells, rows and items are not closed, as pages of long ago are: a browser ends them."""

import pytest

from tests.index.pages import load


def html(tmp_path, page):
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    return load(tmp_path / "page.html").text


ROWS = (("Boat", "Crew", "Run 1"), ("Tern", "2", "47.694"), ("Skua", "3", "51.237"))
TOLD = "Boat | Crew | Run 1\nBoat: Tern | Crew: 2 | Run 1: 47.694\nBoat: Skua | Crew: 3 | Run 1: 51.237"


@pytest.mark.parametrize(
    "page",
    [
        "<table>{}</table><p>Tides.",
        "<font size=2><table>{}</table><p>Tides.</font>",
        "<table><tbody>{}</tbody></table><p>Tides.",
        "<table><tr><td>{}".format("<table>{}</table><td>Tides."),
    ],
    ids=["in a page", "in a font", "in a body", "in another"],
)
@pytest.mark.parametrize("mark", ["<font size=-2>", "<b><i>", "<p><font>", ""])
def test_cells_and_rows_end_where_the_next_begin_whatever_is_open_in_them(tmp_path, page, mark):
    rows = "".join("<tr>" + "".join(f"<td>{mark}{text}" for text in row) for row in ROWS).replace("td", "th", 3)
    assert f"{TOLD}\n\nTides." in html(tmp_path, page.format(rows))


@pytest.mark.parametrize(
    ("page", "text"),
    [
        (
            "<ul><li><b>Ketch<li><b>Punt<ul><li><i>old<li><i>new</ul><li>Tern</ul>",
            "- Ketch\n- Punt\n  - old\n  - new\n- Tern",
        ),
        ("<ul><li><p><b>Ketch<ul><li>old</ul><p>Two masts.<li>Punt</ul>", "- Ketch\n  - old\n\n  Two masts.\n- Punt"),
        ("<dl><dt><b>Ketch<dd><i>Two masts<dt><b>Punt<dd><i>None</dl>", "Ketch: Two masts\nPunt: None"),
        ("<p><b>Ketch<p><b>Punt<p>Tern", "Ketch\n\nPunt\n\nTern"),
        ("<table><tr><td><p><font>Hulls<p><font>Two<td>Cat<tr><td>One<td>Tern</table>", "Hulls Two: Cat\nOne: Tern"),
        (
            "<table><tr><th>Boat<th>Fee<tr><td>Tern<td>4</tr><table><tr><td>Skua<td>6</table>",
            "Boat: Tern | Fee: 4\nSkua: 6",
        ),
        (
            "<table><caption><b>Boats<tr><td><b>Ketch<td>Two masts<tbody><tr><td><b>Punt<td>None</table>",
            "Boats\nKetch: Two masts\nPunt: None",
        ),
        (  # a list in a list, a table in a table, and in an item, end nothing around them
            "<ul><li>Ketch<ol><li>old</ol></li><li>Punt</li></ul>",
            "- Ketch\n  1. old\n- Punt",
        ),
        ("<ul><li>Ketch<table><tr><td>Mast<td>2<tr><td>Sail<td>3</table><p>Old.</ul>", "Mast: 2\nSail: 3\n\n  Old."),
        ("<b><p>Ketch</p><p>Punt</b> Tern</p>", "Ketch\n\nPunt Tern"),
    ],
)
def test_items_terms_and_paragraphs_end_where_the_next_begin(tmp_path, page, text):
    assert text in html(tmp_path, page)


def test_many_rows_that_are_not_closed_are_read_as_fast_as_others(tmp_path):
    rows = "".join(f"<tr><td><font>{number}<td><font>Tern" for number in range(2000))
    lines = html(tmp_path, f"<table><tr><th><font>No.<th><font>Boat{rows}</table>").splitlines()
    assert len(lines) == 2001 and lines[-1] == "No.: 1999 | Boat: Tern"


def test_a_table_right_in_a_row_ends_none(tmp_path):
    inner = "<table><tr><td>x</td><td>y</td></tr></table>"
    page = f"<table><tr><td>a</td>{inner}<td>c</td></tr><tr><td>d</td><td>e</td></tr></table><p>f"
    assert html(tmp_path, page).split() == ["a", "x:", "y", "c", "d", "e", "f"]
