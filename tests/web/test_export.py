"""A conversation is taken away as Markdown with footnotes, or as JSON that is read back and verified."""

import csv
import io
import json
import re
from dataclasses import replace
from typing import get_args

import pytest
from click.testing import CliRunner
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from app.commands.cli import main
from app.web.export import COLUMNS, PINS, Pin, read_pins, to_csv, to_json, to_markdown
from index.types import Hit, Passage
from rag.assistant import Assistant
from rag.read.similarity import SimilarityReader
from rag.types import Answer, Citation, Claim, Support

HOSTILE = (
    "<script>alert(1)</script> [99] [x](http://evil.example) ![x](http://evil.example/x.png) **bold** `code` &lt; "
    "[^1]: | a | $x$ https://evil.example"
)


def quoted(question, *quotes):
    """An answer made of these quotes."""
    citations = tuple(
        Citation(n, f"{n}.txt", f"Title {n}", f"/docs/{n}.txt", n, n + len(quote), quote)
        for n, quote in enumerate(quotes, start=1)
    )
    claims = tuple(Claim(quote, (n,), "quoted", 1.0) for n, quote in enumerate(quotes, start=1))
    text = " ".join(f"{quote} [{n}]" for n, quote in enumerate(quotes, start=1))
    return Answer(question, text, "answered", None, 0.9, claims, citations)


def refused(question):
    nearest = Citation(1, "bees.txt", "Bees", "/docs/bees.txt", 5, 23, "A hive holds bees.")
    return Answer(question, "The documents do not say.", "abstained", None, 0.05, nearest=(nearest,))


def tokens(markdown):
    """What a Markdown reader with footnotes and tables makes of it, nested tokens included."""
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).use(footnote_plugin)
    return [token for block in reader.parse(markdown) for token in (block, *(block.children or ()))]


def shown(markdown):
    """The text that a reader sees, without the numbers of footnotes."""
    return "".join(
        {"softbreak": "\n", "inline": ""}.get(token.type, token.content)
        + ("\n" if token.type.endswith("_close") else "")
        for token in tokens(markdown)
    )


def test_the_markdown_of_a_conversation():
    conversation = [
        quoted("Who mended the roof?", "Ann mended it.", "Bob helped."),
        refused("Why?"),
        quoted("When?", "In May."),
    ]
    assert to_markdown(conversation) == (
        "# Conversation with Footnote\n\n"
        "## Who mended the roof?\n\n"
        "Ann mended it.[^1] Bob helped.[^2]\n\n"
        "*Confidence 90%*\n\n"
        "## Why?\n\n"
        "The documents do not say.\n\n"
        "The nearest sentences:\n\n"
        "- “A hive holds bees.” — bees.txt, characters 5–23\n\n"
        "*Confidence 5%*\n\n"
        "## When?\n\n"
        "In May.[^3]\n\n"
        "*Confidence 90%*\n\n"
        "[^1]: Title 1, characters 1–15 (1.txt)\n\n"
        "[^2]: Title 2, characters 2–13 (2.txt)\n\n"
        "[^3]: Title 1, characters 1–8 (1.txt)\n"
    )


def test_what_is_not_supported_says_so_in_the_markdown_too():
    claims = (Claim("Bob.", (), "unsupported", 0.0), Claim("Cy.", (1,), "weak", 0.4))
    doubtful = replace(quoted("Who?", "Ann."), text="Bob. Cy. [1]", claims=claims)
    assert "Bob. *(not supported by the documents)* Cy.[^1] *(weakly supported)*" in to_markdown([doubtful])


def test_the_short_answer_the_date_and_the_row_are_kept():
    answer = replace(quoted("How much?", "Rope: €40"), span="€40")
    (citation,) = answer.citations
    answer = replace(answer, citations=(replace(citation, part="sheet Fees, row 3"),))
    markdown = to_markdown([answer], dates={"1.txt": "2021-05-03"})
    assert "## How much?\n\n**€40**\n\nRope: €40[^1]\n" in markdown
    assert "[^1]: Title 1, of 2021-05-03, sheet Fees, row 3, characters 1–10 (1.txt)" in markdown


def test_what_is_said_in_other_words_comes_with_its_quotation():
    other = replace(quoted("Who?", "Ann mended it."), claims=(Claim("It was Ann.", (1,), "supported", 0.9),))
    assert "[^1]: “Ann mended it.” — Title 1, characters 1–15 (1.txt)" in to_markdown([other])


def test_claims_and_sources_are_a_table():
    rich = replace(quoted("=cmd()", "Ann, and Bob.", "-1 is cold."), span="Ann")
    cited = tuple(replace(one, page=7) for one in rich.citations)
    both = (Claim("Ann, and Bob.", (1, 2), "quoted", 1.0), Claim("Cy.", (), "unsupported", 0.0))
    text = to_csv([replace(rich, citations=cited, claims=both), refused("Why?")], {"1.txt": "2021"})
    header, *rows = csv.reader(io.StringIO(text))
    assert tuple(header) == COLUMNS
    assert rows[0] == [
        *(
            "'=cmd()",
            "Ann",
            "Ann, and Bob.",
            "quoted",
            "Ann, and Bob.",
            "Title 1",
            "2021",
            "1.txt",
            "page 7",
            "1",
            "14",
            "",
        ),
    ]
    assert rows[1][4] == "'-1 is cold."
    assert rows[2][2:] == ["Cy.", "unsupported", *[""] * 8]
    assert rows[3] == ["Why?", "", "", "abstained", *[""] * 8]


def test_what_was_asked_is_kept_where_it_is_not_everything():
    few = replace(quoted("Who?", "Ann."), documents=("1.txt", "old_notes/"))
    assert "*Confidence 90%; asked only: 1.txt, old\\_notes/*" in to_markdown([few])
    assert "asked only" not in to_markdown([quoted("Who?", "Ann.")])
    assert next(csv.DictReader(io.StringIO(to_csv([few]))))["asked only"] == "1.txt, old_notes/"
    assert json.loads(to_json([few]))[0]["documents"] == ["1.txt", "old_notes/"]


def test_pins_are_taken_away_with_their_notes():
    pins = [Pin(quoted("Who?", "Ann."), "# Ask *her*\n\nagain"), Pin(quoted("When?", "In May."))]
    kept = json.loads(json.dumps([{"answer": one.answer.to_dict(), "note": one.note} for one in pins]))
    assert read_pins([*kept, None, {"answer": 7}, {"answer": {"schema": 9}}, {"note": "x"}]) == pins
    markdown = to_markdown([one.answer for one in pins], PINS, remarks=[one.note for one in pins])
    assert markdown == (
        "# Pinned answers\n\n"
        "## Who?\n\nAnn.[^1]\n\n*Confidence 90%*\n\n> Note:\n>\n> \\# Ask \\*her\\*\n>\n> again\n\n"
        "## When?\n\nIn May.[^2]\n\n*Confidence 90%*\n\n"
        "[^1]: Title 1, characters 1–5 (1.txt)\n\n[^2]: Title 1, characters 1–8 (1.txt)\n"
    )
    assert HOSTILE in shown(to_markdown([quoted("Who?", "Ann.")], remarks=[HOSTILE]))


def test_hostile_text_stays_text():
    markdown = to_markdown([quoted(HOSTILE, HOSTILE), refused(HOSTILE)], title=HOSTILE)
    kinds = {token.type for token in tokens(markdown)}
    assert not kinds & {"html_inline", "html_block", "link_open", "image", "code_inline", "strong_open", "table_open"}
    assert shown(markdown).count(HOSTILE) == 4  # title, two questions and sentence, which is the quote
    assert not re.search(r"(?<!\\)https?://|(?<!\\)\$", markdown)  # which GitHub would link, or typeset


@pytest.mark.parametrize(
    "text",
    [
        "# no heading",
        "- no list",
        "1. no list",
        "iv) no list",
        "=== no rule",
        "> no quotation",
        "+ no list",
        "    no code",
    ],
)
def test_a_sentence_that_looks_like_a_block_is_none(text):
    markdown = to_markdown([quoted("Who?", text)])
    kinds = [token.type for token in tokens(markdown)]
    assert kinds.count("heading_open") == 2
    assert not {"bullet_list_open", "ordered_list_open", "blockquote_open", "code_block", "hr"} & set(kinds)
    assert text.strip() in shown(markdown)


plain = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
hostile = plain | st.text("\\`*_{}[]<>&~^$|@#+-=:.!()\n\t 1aix/w\0", max_size=30)
score = st.floats(0, 1)
offset = st.integers(0, 10**6)
citation = st.builds(Citation, offset, hostile, hostile, hostile, offset, offset, hostile, st.none() | offset)
numbers = st.lists(offset, max_size=2).map(tuple)
claim = st.builds(Claim, hostile, numbers, st.sampled_from(get_args(Support)), score)
hit = st.builds(Hit, st.builds(Passage, plain, hostile, hostile, offset, offset, hostile), score, offset, score, score)
answers = st.builds(
    Answer,
    hostile,
    hostile,
    st.sampled_from(["answered", "abstained"]),
    st.none() | hostile,
    score,
    st.lists(claim, max_size=2).map(tuple),
    st.lists(citation, max_size=2).map(tuple),
    st.lists(hit, max_size=2).map(tuple),
    usage=st.dictionaries(plain, offset, max_size=1),
    timings=st.dictionaries(plain, score, max_size=1),
)


@given(st.lists(answers, max_size=3))
def test_the_json_of_any_conversation_is_read_back_as_it_was(conversation):
    assert [Answer.from_dict(answer) for answer in json.loads(to_json(conversation))] == conversation


words = hostile.filter(lambda text: text.replace("\0", "").split())


@given(words, st.lists(words, min_size=1, max_size=3))
@example("What is C #", ["Bees hum."])
def test_any_text_is_shown_as_it_is(question, quotes):
    markdown = to_markdown([quoted(question, *quotes)])
    seen = shown(markdown)
    for text in (question, *quotes):
        assert " ".join(text.replace("\0", "\ufffd").split()) in seen
    assert [token.type for token in tokens(markdown)].count("footnote_ref") == len(quotes)
    allowed = "heading|paragraph|inline|text|em|footnote|text_special"
    assert not [token.type for token in tokens(markdown) if not re.match(allowed, token.type)]


def test_the_command_verifies_an_exported_conversation(index, embedder, folder, tmp_path):
    assistant = Assistant(index, embedder, SimilarityReader(embedder), min_confidence=0.0)
    conversation = [assistant.ask("How many bees does a hive hold?"), assistant.ask("How long is tea steeped?")]
    path = tmp_path / "conversation.json"
    path.write_text(to_json(conversation), encoding="utf-8")
    assert json.loads(path.read_text(encoding="utf-8"))[0]["question"] == "How many bees does a hive hold?"
    assert CliRunner().invoke(main, ["verify", str(path)]).exit_code == 0
    bees = folder / "bees.txt"
    bees.write_text(bees.read_text().replace("forty", "fifty"))
    assert CliRunner().invoke(main, ["verify", str(path)]).exit_code == 4
