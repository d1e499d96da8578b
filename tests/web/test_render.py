"""An answer becomes HTML in which every text is shown as it is, and every marker can be opened."""

import re
from dataclasses import replace
from html import escape, unescape

import pytest

from app.web import render
from app.web.places import place_of
from app.web.typesetting import typeset
from index.files.pdf import ocr
from index.types import Document, Hit, Part, Passage
from rag.types import Answer, Citation, Claim

HOSTILE = '<script>alert("1")</script> **bold** [99] ${alert(2)} {{value}} <b>&amp;'
TEXT = f"Before it.\r\n\r\nThe tower is 96 m high. {HOSTILE}\nAfter \U0001f409 it."
TOWER = Document("tower.txt", "Towers & <masts>", "/tower.txt", TEXT)
START = TEXT.index("The tower")
END = TEXT.index("\nAfter")
QUOTE = TEXT[START:END]
HIT = Hit(Passage("p", "tower.txt", QUOTE, START, END, "Heights <1>"), 0.9, 1, 0.8, 0.7)
ANSWER = Answer(
    question="How high?",
    text=f"{QUOTE} [1]",
    status="answered",
    span="96 m",
    confidence=0.75,
    claims=(Claim(QUOTE, (1,), "quoted", 1.0),),
    citations=(Citation(1, "tower.txt", TOWER.title, TOWER.source, START, END, QUOTE),),
    hits=(HIT,),
)
REFUSAL = replace(ANSWER, text="Not in the documents.", status="abstained", span=None, claims=(), citations=())


def answer_html(answer: Answer = ANSWER, turn: int = 3) -> str:
    """Render with the one document there is."""
    return render.render_answer(answer, turn, {TOWER.id: TOWER})


def plain(html: str) -> str:
    """What a reader sees."""
    return unescape(re.sub(r"<[^>]*>", "", html))


def test_a_marker_is_a_button_that_names_its_turn_and_number() -> None:
    marker = re.search(r'<button class="fn-marker"[^>]*>\[1\]</button>', answer_html(turn=3))
    assert marker
    assert 'data-turn="3" data-number="1" data-kind="citation"' in marker.group()
    assert 'aria-label="Open citation 1: Towers &amp; &lt;masts&gt;"' in marker.group()


def test_the_answer_shows_span_quote_confidence_and_source() -> None:
    html = answer_html()
    assert '<p class="fn-lead">96 m<sup>' in html
    assert "<strong>96 m</strong>" in html
    assert "Probably the answer" in html
    assert "Towers & <masts> Heights <1> [1] paragraph\N{NO-BREAK SPACE}2" in plain(html)


def test_text_of_documents_questions_and_spans_is_never_markup() -> None:
    hostile = replace(ANSWER, span="<script>alert(", text=HOSTILE)
    shown = (
        answer_html(hostile),
        answer_html(replace(REFUSAL, text=HOSTILE)),
        render.render_turn(1, HOSTILE, "", {"answer": {"text": HOSTILE}}),
        render.render_draft((Claim(HOSTILE, (), "weak", 0.5),), (), 1),
        render.render_draft((), (), 1, HOSTILE),
        render.render_note(HOSTILE, "error"),
        render.render_conversation((), render.render_welcome([HOSTILE])),
    )
    for html in shown:
        assert "<script" not in html
        assert HOSTILE in plain(html)
        assert ">[99]<" not in html


def test_a_span_is_emphasised_only_as_a_whole_word() -> None:
    claim = Claim("In 1996 it was 96.", (1,), "quoted", 1.0)
    assert "In 1996 it was <strong>96</strong>." in answer_html(replace(ANSWER, span="96", claims=(claim,)))


def test_a_refusal_is_plain_and_offers_the_nearest_sentences() -> None:
    html = answer_html(replace(REFUSAL, nearest=ANSWER.citations))
    assert "Not in the documents." in html
    assert html.count('data-kind="nearest"') == len(ANSWER.citations)
    assert QUOTE in plain(html)
    assert "fn-marker" not in html


def test_a_claim_without_support_is_flagged() -> None:
    html = answer_html(replace(ANSWER, claims=(Claim("It leans.", (), "unsupported", 0.1),)))
    assert "not found in the documents" in html


@pytest.mark.parametrize(
    ("confidence", "words"),
    [
        (1.0, "Very likely"),
        (0.6, "Probably"),
        (0.4, "Possibly the answer; check"),
        (0.0, "Perhaps not the answer; check"),
    ],
)
def test_confidence_is_said_in_words(confidence: float, words: str) -> None:
    assert words in render.confidence_words(confidence)


def test_quotes_from_one_section_share_a_footnote() -> None:
    cited = ANSWER.citations[0]
    below = replace(cited, number=2, start=cited.start + 4, end=cited.end, quote=QUOTE[4:])
    elsewhere = replace(cited, number=3, start=0, end=10, quote=TEXT[:10])
    html = answer_html(replace(ANSWER, citations=(cited, below, elsewhere)))
    footnotes = [plain(item) for item in re.findall(r"<li>.*?</li>", html)]
    assert [re.findall(r"\[\d\]", footnote) for footnote in footnotes] == [["[1]", "[2]"], ["[3]"]]
    assert all(footnote.startswith(TOWER.title) for footnote in footnotes)


def test_claims_of_one_quote_are_one_block() -> None:
    claims = tuple(Claim(text, numbers, "quoted", 1.0) for text, numbers in (("A.", (1,)), ("B.", (1,)), ("C.", (2,))))
    html = answer_html(replace(ANSWER, claims=claims, span=None))
    assert [plain(block) for block in re.findall(r"<blockquote.*?</blockquote>", html)] == ["A. B.[1]", "C."]


def test_a_refusal_says_why() -> None:
    assert "a chance of 75%; 80% is asked for" in render.render_answer(REFUSAL, 1, {}, 0.8)
    assert "No passage that was read" in render.render_answer(REFUSAL, 1, {}, 0.5)
    assert "No passage of the documents is like" in render.render_answer(replace(REFUSAL, hits=()), 1, {}, 0.8)


def test_only_the_last_turn_is_asked_again_or_edited() -> None:
    saved = {"answer": {"text": "!"}, "rating": "like"}
    for last in (True, False):
        html = render.render_turn(1, "?", "", saved, last)
        assert ("Ask again" in html, "Edit the question" in html) == (last, last)
        assert re.findall(r'aria-pressed="(\w+)"', html) == ["true", "false"]
    assert "fn-action" not in render.render_turn(1, "?", "", {"answer": None}, False)


def test_what_is_out_of_the_ordinary_is_told_with_the_answer():
    told = replace(REFUSAL, rewritten="Who built <it>?", notices=("The model was not asked.",))
    html = render.render_answer(told, 1, {}, 0.5)
    assert html.startswith('<p class="fn-why">Understood as: Who built &lt;it&gt;?</p>')
    assert html.endswith('<p class="fn-why">The model was not asked.</p>')


def cited(document: Document, quote: str, heading: str = "") -> str:
    """What is seen of an answer that quotes a stretch of a document."""
    start = document.text.index(quote)
    found = Citation(1, document.id, document.title, document.source, start, start + len(quote), quote)
    hit = replace(HIT, passage=Passage("p", document.id, document.text, 0, len(document.text), heading))
    answer = replace(
        ANSWER, span=None, text=quote, claims=(Claim(quote, (1,), "quoted", 1.0),), citations=(found,), hits=(hit,)
    )
    return render.render_answer(answer, 1, {document.id: document})


def test_a_source_is_named_by_its_row_or_slide() -> None:
    sheet = Document(
        "fees.xlsx", "Fees", "/fees.xlsx", "Rope: 4\nLamp: 5\n", parts=(Part(0, "row 2"), Part(8, "row 3"))
    )
    assert "[1] row 3" in plain(cited(sheet, "Lamp: 5"))


def test_of_the_headings_of_a_passage_the_one_above_the_quote_is_shown() -> None:
    guide = Document("a.md", "Guide", "/a.md", "# Oil\n\nTwo tins.\n\n# Wick and glass\n\nTrim it.\n")
    assert "Guide Wick and glass [1]" in plain(cited(guide, "Trim it.", "Oil; Wick and glass"))
    assert "Guide Oil [1]" in plain(cited(guide, "Two tins.", "Oil; Wick and glass"))


def test_the_head_row_of_a_table_stands_above_a_quoted_row() -> None:
    table = "Tools\n\n| Tool | Price |\n|---|---|\n| Rake | 12 |\n| Hoe | 9 |\n"
    html = cited(Document("a.md", "Tools", "/a.md", table), "| Hoe | 9 |")
    assert '<p class="fn-columns">Tool | Price</p>' in html
    assert "fn-columns" not in cited(Document("a.md", "Tools", "/a.md", "| Hoe | 9 |\n"), "| Hoe | 9 |")
    assert "fn-columns" not in cited(Document("a.md", "Tools", "/a.md", table), "Tools")


def test_the_names_of_a_rows_columns_step_back() -> None:
    row = "Item: Rope <x> | Price in 2021: €40"
    html = typeset(escape(row))
    assert plain(html) == row
    assert html.startswith('<span class="fn-name">Item:</span> Rope')
    assert '<span class="fn-name">Price in 2021:</span> €40' in html
    for prose in ("He said: a thing.", "a | b", "see x: y"):
        assert typeset(prose) == prose


def test_what_is_wrong_with_a_document_is_told_with_its_quotes() -> None:
    facts = ((ocr.RECOGNISED, "from pictures, by text recognition that is 91% sure"),)
    scan = Document("a.pdf", "Scan", "/a.pdf", "Two tins.\n", facts=facts)
    assert "Its text was read from pictures, by text recognition that is 91% sure." in plain(cited(scan, "Two tins."))
    old = replace(scan, facts=(("encoding", "cp1252"),))
    assert "Its text was decoded from cp1252" in plain(cited(old, "Two tins."))


def test_sources_of_one_title_are_told_apart() -> None:
    twins = [
        Document(f"{place}.txt", "Report", f"/{place}.txt", QUOTE, facts=(("Place", place),))
        for place in ("Orrin", "Tarn")
    ]
    found = tuple(Citation(n, one.id, one.title, one.source, 0, len(QUOTE), QUOTE) for n, one in enumerate(twins, 1))
    answer = replace(ANSWER, claims=(Claim(QUOTE, (1, 2), "quoted", 1.0),), citations=found)
    html = plain(render.render_answer(answer, 1, {one.id: one for one in twins}))
    assert "Report (Orrin)" in html
    assert "Report (Tarn)" in html


def test_an_answer_says_what_was_asked_unless_that_is_everything() -> None:
    asked = replace(ANSWER, documents=("tower.txt", "notes/", "gone.md"))
    assert "Asked only: Towers & <masts>, notes and gone.md" in plain(answer_html(asked))
    many = replace(ANSWER, documents=("tower.txt", *(f"{n}.md" for n in range(9))))
    assert "Asked only: Towers & <masts>, 0.md, 1.md and 7 more" in plain(answer_html(many))
    assert "Asked only" not in answer_html()


@pytest.mark.parametrize(("sought", "number"), [("One", 1), ("still", 1), ("Two", 2), ("Three", 3)])
def test_a_place_in_a_document_without_pages_is_that_of_its_paragraph(sought: str, number: int) -> None:
    text = "One\nis still it.\n\n \nTwo.\n\n\nThree."
    document = Document("a.txt", "A", "/a.txt", text)
    assert place_of("a.txt", text.index(sought), {"a.txt": document}) == f"paragraph\N{NO-BREAK SPACE}{number}"


@pytest.mark.parametrize(
    ("sought", "headings", "shown"),
    [
        ("Ann", "Budget; Summer fair", ""),  # both stand below it
        ("Ann", "Budget", ""),
        ("All agreed", "Budget; Summer fair", "Budget"),
        ("Rain plan", "Budget; Summer fair", "Summer fair"),
        ("Rain plan", "Budget; Plans: Summer fair", "Plans: Summer fair"),
        ("Rain plan", "What is not in the text", "What is not in the text"),
    ],
)
def test_a_quotation_stands_under_the_heading_above_it(sought: str, headings: str, shown: str) -> None:
    text = "Present: Ann\n\n# Budget\n\nAll agreed.\n\n# Summer fair\n\nRain plan: the hall."
    document = Document("minutes.md", "Minutes", "/minutes.md", text)
    place = place_of("minutes.md", text.index(sought), {"minutes.md": document}, headings, page=1)
    assert place == " · ".join(filter(None, (shown, "page\N{NO-BREAK SPACE}1")))


def test_a_long_row_is_shown_in_brief_and_unfolded_whole() -> None:
    text = " | ".join(
        ["Boat: Heron", *(f"Week {number} of the season: mooring {number * 11}" for number in range(1, 15))]
    )
    document = Document("boats.csv", "Boats", "/boats.csv", text)
    answer = replace(
        ANSWER,
        span=None,
        claims=(Claim(text, (1,), "quoted", 1.0, "mooring 77"),),
        citations=(Citation(1, document.id, "Boats", document.source, 0, len(text), text),),
    )
    html = render.render_answer(answer, 1, {document.id: document})
    shown, _, whole = html.partition('<details class="fn-whole">')
    assert "Boat: Heron | … | Week 7 of the season: mooring 77 | …[1]" in plain(shown)
    assert text in plain(whole.partition("</details>")[0])
    assert "fn-whole" not in render.render_answer(replace(answer, claims=(Claim(text, (1,), "quoted", 1.0),)), 1, {})
