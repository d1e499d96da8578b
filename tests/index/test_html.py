"""Pages of HTML: their main part, title, encoding and tables, and what is refused."""

import pytest

from tests.index.pages import BEES, WINTER, load, refusal, sentences

PAGE = """<!DOCTYPE html><html><head><title>Bees | The Keeper</title><style>p { color: red }</style></head><body>
<nav><a href="/">Home</a></nav><script>track("you")</script>
<main><h1>About <em>bees</em></h1><p>A hive holds <b>40,000</b> bees<sup><a>1</a></sup>, give or take. {more}</p>
<ul><li>They <a href="x">dance</a>.</li><li>They sleep.</li></ul>
<table><tr><th>Month</th><th>Bees</th></tr><tr><td>June</td><td>40,000</td></tr></table></main>
<footer>Imprint</footer></body></html>""".replace("{more}", BEES + WINTER)


def test_a_page_becomes_its_main_part_in_markdown(tmp_path):
    (tmp_path / "bees.html").write_text(PAGE, encoding="utf-8")
    document = load(tmp_path / "bees.html")
    assert document.title == "About bees"
    assert document.text.startswith("# About bees\n\nA hive holds 40,000 bees, give or take. ")
    assert "- They dance.\n- They sleep.\n\nMonth | Bees\nMonth: June | Bees: 40,000\n" in document.text
    assert not any(word in document.text for word in ("Home", "track", "Imprint", "color"))


@pytest.mark.parametrize(
    "named", ["Untitled document", "Untitled-1", "Microsoft Word - Document1", "Unknown", "Contents"]
)
def test_a_page_is_called_by_its_file_where_only_a_program_named_it(tmp_path, named):
    (tmp_path / "bee-rules.html").write_text(f"<title>{named}</title><p>{BEES}</p>", encoding="utf-8")
    document = load(tmp_path / "bee-rules.html")
    assert document.title == "bee rules"
    assert named not in dict(document.facts).values()


@pytest.mark.parametrize(
    ("named", "heading", "title"),
    [
        ("Bees - The Keeper", "Bees", "Bees"),
        ("Bees", "All about bees", "All about bees"),
        ("Prices · The Keeper", "The Keeper", "Prices · The Keeper"),
        ("January Newsletter!", "News", "January Newsletter: News"),
        ("Hive HP8 bee box", "Hive HP8 wooden bee box – manual", "Hive HP8 wooden bee box – manual"),
        ("", "Bees", "Bees"),
        ("Bees", "", "Bees"),
        ("Untitled document", "Bees", "Bees"),
        ("Document control", "", "Document control"),
    ],
)
def test_a_page_is_called_by_its_title_and_its_heading(tmp_path, named, heading, title):
    page = f"<html><head><title>{named}</title></head><body><h1>{heading}</h1><p>{BEES}</p></body></html>"
    (tmp_path / "bees.html").write_text(page)
    assert load(tmp_path / "bees.html").title == title


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "utf-16"])
def test_a_page_says_how_it_is_encoded(tmp_path, encoding):
    page = f'<html><head><meta charset="{encoding}"></head><body><p>Über Bienen weiß man viel.</p></body></html>'
    (tmp_path / "page.htm").write_bytes(page.encode(encoding))
    assert load(tmp_path / "page.htm").text == "Über Bienen weiß man viel.\n"


def html(tmp_path, page):
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    return load(tmp_path / "page.html").text


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>Łódź is a city", "Łódź is a city"),
        ("<head><title>T</title><body><p>No head ends here.", "No head ends here."),
        ("<form><div><p>A page in a form. <input value='x'>", "A page in a form."),
        (
            "<?xml version='1.0' encoding='UTF-8'?><html xmlns='http://www.w3.org/1999/xhtml'><p>Strict.</p></html>",
            "Strict.",
        ),
        ("<ul><li>One<li>Two</ul>", "- One\n- Two"),
        ("<ol start='²'><li>x</li></ol>", "1. x"),
        ("<p>The interval a<![b] is half open.</p>", "The interval a"),
        ("<p>Built in 1902<sup><a href='#n'>3</a></sup>.</p>", "Built in 1902."),
        (
            "<p>10<sup>6</sup> bees in 3 m<sup>2</sup>, the 2<sup>nd</sup> x<sup>a</sup></p>",
            "10⁶ bees in 3 m², the 2nd x^a",
        ),
        (
            "<p>le 1<sup>er</sup> mai, le XX<sup>e</sup> siècle, la <sup>3ème</sup>",
            "le 1er mai, le XXe siècle, la 3ème",
        ),
        ("<p>M<sup>me</sup> Blanc, n<sup>o</sup> 4, the n<sup>th</sup>", "Mme Blanc, nº 4, the nth"),
        ("<p>e<sup>rt</sup>, 2<sup>k</sup>, e<sup>e</sup>, Orrin<sup>®</sup>", "e^rt, 2^k, e^e, Orrin®"),
        ("<table><tr><td>8 m</td><td>€2</td></tr></table>", "8 m: €2"),
        ("<table><tr><th>a|b</th><th>c</th></tr><tr><td>1</td><td>2</td></tr></table>", "a|b | c\na|b: 1 | c: 2"),
        (
            "<table><tr><th>Data</th><th>Kept</th></tr><tr><td>Scans<ul><li>of doors</li><li>of lifts</li></ul></td>"
            "<td>6 months</td></tr><tr><td>Mail</td><td>1 year</td></tr></table>",
            "Data: Scans of doors; of lifts | Kept: 6 months\nData: Mail | Kept: 1 year",
        ),
        ("<table><tr><td><ul><li>One</li></ul></td><td><ul><li>Two</li></ul></td></tr></table>", "- One\n\n- Two"),
        ("<table><tr><td><h1>Laid out</h1><p>As a table.</p></td></tr></table>", "# Laid out\n\nAs a table."),
        ("<pre>a" + " " * 100_000 + "b</pre>", "a b"),
        ("<p>One." * 400, "One."),
    ],
)
def test_pages_as_they_come_are_read(tmp_path, page, text):
    assert text in html(tmp_path, page)


def test_of_several_articles_all_are_read(tmp_path):
    page = f"<p>Logo</p><article><h1>First</h1><p>{BEES * 2}</p></article><article><p>{WINTER}</p></article>"
    text = html(tmp_path, page)
    assert BEES.strip() in text and WINTER.strip() in text and "Logo" not in text


def test_a_heading_above_tables_alone_is_the_title(tmp_path):
    table = "<table><tr><th>Boat</th><th>Fee</th></tr><tr><td>Tern</td><td>12.50</td></tr></table>"
    (tmp_path / "p7.html").write_text(f"<h1>Hire of boats</h1>{table}<h2>Later</h2>{table}")
    document = load(tmp_path / "p7.html")
    assert document.title == "Hire of boats"
    assert sum(block.heading for block in document.blocks) == 2


def test_what_is_no_page_is_refused(tmp_path):
    (tmp_path / "page.html").write_text("<div id='app'></div><script>run()</script>")
    assert "made by scripts" in refusal(tmp_path / "page.html")
    (tmp_path / "page.html").write_text("<div>" * 5000 + "Deep.")
    assert "cannot be read as HTML" in refusal(tmp_path / "page.html")
    (tmp_path / "page.html").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    assert "is a binary file" in refusal(tmp_path / "page.html")


def test_a_table_in_a_table_that_lays_out_a_page_keeps_its_rows(tmp_path):
    fees = "".join(
        f"<tr><td>{boat}</td><td>{fee}</td></tr>" for boat, fee in (("Boat", "Fee"), ("Ketch", 4), ("Punt", 2))
    )
    page = f"<table><tr><td>Menu</td><td><p>What it costs:</p><table>{fees}</table></td></tr></table>"
    (tmp_path / "page.html").write_text(f"<title>Fees</title>{page}")
    assert "Boat | Fee\nBoat: Ketch | Fee: 4\nBoat: Punt | Fee: 2" in load(tmp_path / "page.html").text


def test_boxes_that_are_told_to_be_a_table_are_one(tmp_path):
    rows = [("Boat", "Fee"), ("Ketch", "€4"), ("Punt", "€2")]
    kinds = ["columnheader", "cell", "cell"]
    lines = ("".join(f"<i role={kind}>{text}</i>" for text in row) for kind, row in zip(kinds, rows, strict=True))
    page = f"<h1>Hire</h1><div role=table>{''.join(f'<p role=row>{line}</p>' for line in lines)}</div>"
    assert "Boat | Fee\nBoat: Ketch | Fee: €4\nBoat: Punt | Fee: €2" in html(tmp_path, page)


@pytest.mark.parametrize(
    ("icon", "told"),
    [
        ("<img src=x.png alt=included>", "included"),
        ("<i class=tick aria-label=Yes></i>", "Yes"),
        ("<img src=x.png alt=tick_green.png>", ""),
        ("<img src=x.png alt='A view of the pier from the sea'>", ""),
        ("<img src=x.png alt=''>", ""),
        ("<i title=Gold></i><i title=Silver></i>", ""),
    ],
)
def test_an_icon_alone_in_a_cell_is_told_by_what_it_stands_for(tmp_path, icon, told):
    rows = f"<tr><th>Boat</th><th>Oars</th><th>Sails</th></tr><tr><td>Tern</td><td>2</td><td>{icon}</td></tr>"
    said = html(tmp_path, f"<h1>Hire</h1><table>{rows}</table>").splitlines()[-1]
    assert said == "Boat: Tern | Oars: 2" + f" | Sails: {told}" * bool(told)


def test_pictures_that_fill_a_row_are_no_icons(tmp_path):
    row = f"<tr>{'<td><img src=x.png alt=Larger></td>' * 3}</tr>"
    assert "Larger" not in html(tmp_path, f"<h1>Hire</h1><table>{row * 2}</table>")


def test_a_frame_around_a_page_is_not_told_for_each_row_that_it_reaches_down_to(tmp_path):
    asked = "".join(f"<p>How do I get boat {boat}?</p><p>Ask Ann for its key, at noon.</p>" for boat in range(9))
    rows = "<tr><td>Fees</td></tr><tr><td>Links</td></tr>"
    page = f"<tr><td rowspan=3><table><td>{asked}</td></table></td><td>News</td></tr>{rows}"
    (tmp_path / "page.html").write_text(f"<title>Boats</title><table>{page}</table>")
    text = load(tmp_path / "page.html").text
    assert text.count("How do I get boat 7?\n\nAsk Ann for its key, at noon.") == 1


def test_what_stands_between_rules_across_a_page_is_read(tmp_path):
    (tmp_path / "page.html").write_text(
        "<hr><p>The pier is shut in May.<p/>It opens in June.<hr><p>The harbour office</p>"
    )
    assert sentences(load(tmp_path / "page.html"))[:2] == ["The pier is shut in May.", "It opens in June."]


def test_lines_below_names_of_groups_of_columns_name_the_columns_of_each(tmp_path):
    head = "<tr><th></th><th>Members</th><th></th><th>Guests</th><th></th></tr>"
    names = "<tr><td></td><td>Early</td><td>Late</td><td>Early</td><td>Late</td></tr><tr><td><b>Boats</b></td></tr>"
    row = "<tr><td>Ketch</td><td>$8</td><td>$9</td><td>$10</td><td>$12</td></tr>"
    (tmp_path / "page.html").write_text(f"<table>{head}{names}{row}</table>")
    row = "Boats: Ketch | Members Early: $8 | Members Late: $9 | Guests Early: $10 | Guests Late: $12"
    assert row in load(tmp_path / "page.html").text


@pytest.mark.parametrize(
    "page",
    [
        "<header><h1>Bee Blog</h1><ul><li>Home</li><li>About us</li></ul></header><main>{}</main>",
        "<title>Queens - Bee Blog</title><header><h1>Bee Blog</h1></header><main>{}</main>",
        "<dialog><header><h1>Bee Blog</h1></header></dialog><main>{}</main>",
        "<main>{}</main><header><h1>Bee Blog</h1></header>",
    ],
    ids=["menu", "site", "dialog", "behind"],
)
def test_a_banner_is_no_head_of_a_page(tmp_path, page):
    text = "<p>Bees live in hives, and there are forty thousand of them, more or less.</p>" * 4
    assert "Bee Blog" not in html(tmp_path, page.format(text))


@pytest.mark.parametrize("own", ["", "<h1>Wasps</h1>"], ids=["named above", "named by itself"])
def test_a_page_s_head_is_read_where_its_main_part_has_no_name(tmp_path, own):
    main = f"<main>{own}<p>{'Bees live in hives, and there are forty thousand of them. ' * 5}</p></main>"
    (tmp_path / "page.html").write_text(f"<header><h1>Report on bees</h1><p>Version 2.16</p></header>{main}")
    document = load(tmp_path / "page.html")
    assert ("Version 2.16" in document.text) is not bool(own)
    assert document.title == ("Wasps" if own else "Report on bees")


def test_signs_of_fonts_that_hold_nothing_else_become_letters_and_typed_bullets_items(tmp_path):
    text = html(tmp_path, "<p>\uf0b7&nbsp;&nbsp; Bees dance.</p><p>\uf0b7&nbsp; Bees sleep at 30\uf0b0.</p>")
    assert "- Bees dance." in text and "- Bees sleep at 30°." in text
