"""The source pane shows documents as they are, with exactly the quote marked."""

from dataclasses import replace
from urllib.parse import parse_qs

from app.web import pane
from tests.web.test_render import END, HOSTILE, QUOTE, START, TEXT, TOWER, plain


def test_pieces_of_an_excerpt_join_to_the_document() -> None:
    pieces = pane.excerpt(TOWER, START, END)
    assert pieces.quote == QUOTE
    assert pieces.before + pieces.quote + pieces.after == TEXT


def test_a_long_document_is_cut_around_the_quote_and_says_so() -> None:
    long = replace(TOWER, text="x" * 50_000 + QUOTE + "y" * 50_000)
    pieces = pane.excerpt(long, 50_000, 50_000 + len(QUOTE))
    assert (pieces.before, pieces.quote, pieces.after) == ("x" * 3_000, QUOTE, "y" * 3_000)
    assert pane.render_source(long, 50_000, 50_000 + len(QUOTE)).count("[…]") == 2
    assert "[…]" not in pane.render_source(TOWER, START, END)
    assert "[…]" not in pane.render_source(long, 50_000, 50_000 + len(QUOTE), whole=True)
    assert pane.render_document(long).count("[…]") == 1
    assert "[…]" not in pane.render_document(long, whole=True)


def test_the_source_marks_the_quote_and_the_span_in_it() -> None:
    html = pane.render_source(TOWER, START, END, "96 m", page=2)
    assert "page\N{NO-BREAK SPACE}2" in html
    assert html.count("<mark>") == 1
    assert plain(html[html.index("<mark>") : html.index("</mark>")]) == QUOTE
    assert "<strong>96 m</strong>" in html


def test_markdown_is_set_without_changing_a_character() -> None:
    text = "# Lamp & <b>\n\n| oil | 4 |\na | b\n## Wick"
    document = replace(TOWER, text=text)
    html = pane.render_source(document, text.index("| oil"), text.index("\na |"), "oil")
    assert plain(html[html.index('<div class="fn-source-text') :]) == text
    assert "<b># Lamp &amp; &lt;b&gt;</b>" in html
    assert '<span class="fn-bar">|</span> <strong>oil</strong> <span' in html
    assert "a | b" in html


def test_the_header_names_two_documents_and_counts_more() -> None:
    documents = [replace(TOWER, title=title) for title in ("One", "Two", "Three")]
    assert "from One and Two" in plain(pane.render_header(documents[:2]))
    assert "from 3 documents" in plain(pane.render_header(documents))
    assert "from your documents" in plain(pane.render_header(()))


def test_what_stands_around_a_quote_is_escaped_too() -> None:
    text = f"{HOSTILE} The tower is 96 m high. {HOSTILE}"
    start = text.index("The tower")
    html = pane.render_source(replace(TOWER, text=text), start, start + len("The tower is 96 m high."))
    assert "<script" not in html
    assert plain(html).count(HOSTILE) == 2


def test_text_of_documents_is_never_markup() -> None:
    shown = (
        pane.render_source(TOWER, START, END, "<script>alert("),
        pane.render_document(TOWER),
        pane.render_moved(HOSTILE, HOSTILE),
        pane.render_missing(HOSTILE, HOSTILE),
        pane.render_header([replace(TOWER, title=HOSTILE)]),
    )
    for html in shown:
        assert "<script" not in html
        assert HOSTILE in plain(html)


def test_a_link_names_the_passage_and_tells_if_it_has_changed() -> None:
    link = parse_qs(pane.link_to(TOWER, START, END))
    assert (link["document"], link["start"], link["end"]) == (["tower.txt"], [str(START)], [str(END)])
    assert link["check"] == [pane.checksum(QUOTE)]
    assert pane.checksum(QUOTE) != pane.checksum(QUOTE + ".")


def test_the_pane_tells_what_is_wrong_with_a_documents_text() -> None:
    old = replace(TOWER, facts=(("encoding", "cp1252"),))
    for html in (pane.render_source(old, START, END), pane.render_document(old)):
        assert "Its text was decoded from cp1252, as the file does not say what it is." in html
