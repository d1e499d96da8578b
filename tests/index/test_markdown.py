"""Markdown with HTML in it: what the tags say is told, and they are not."""

import pytest

from tests.index.pages import load


def read(tmp_path, text):
    (tmp_path / "notes.md").write_text(text, encoding="utf-8")
    return load(tmp_path / "notes.md")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Press <kbd>Ctrl</kbd> and <b>wait</b>.", "Press Ctrl and wait."),
        ("Tarn<br/>Mill Lane 4<br>", "Tarn\nMill Lane 4"),
        ("| Cable | v4: no<br/>v5: yes |\n|---|---|\n| a | b |", "| Cable | v4: no v5: yes |\n|---|---|\n| a | b |"),
        ('See <a href="x.html">the rules</a>.', "See the rules."),
        ("The pier is closed.\n\n<!-- open again in May -->\n\nUse the slip.", "The pier is closed.\n\nUse the slip."),
        ("Boats <!-- and rafts --> are let.", "Boats  are let."),
        ("10<sup>6</sup> of H<sub>2</sub>O on 30 m<sup>2</sup>", "10⁶ of H2O on 30 m²"),
        ("Tarn<br>\nMill Lane 4<br>\n12345 Town", "Tarn\nMill Lane 4\n12345 Town"),
        ("Price 5 <br># 3", "Price 5  # 3"),
        ("Kind | Cost\n---|---\nRope<br>long | 5", "Kind | Cost\n---|---\nRope long | 5"),
        ("We go.\n\n<aside>\nThe deadline is 5 May.\n</aside>\n\nEnd.", "We go.\n\nThe deadline is 5 May.\n\nEnd."),
        ("- <b>One</b>\n\n  <div>Two</div>\n", "- One\n\n  <div>Two</div>"),
    ],
)
def test_tags_inside_lines_are_not_told(tmp_path, text, told):
    assert read(tmp_path, text).text.rstrip() == told


@pytest.mark.parametrize(
    "text",
    [
        "Write `<b>` for bold.\n",
        "```html\n<div>\n<p>Tarn</p>\n</div>\n```\n",
        "Sizes <5 m and >3 m are let.\n",
        "It holds where a <b and c> d.\n",
        "In the 90`s it was so.\n\nWrite `<b>` for bold.\n",
        "```npm install```\n\n```html\n<b>x</b> <br> y\n```\n",
        "Example:\n\n    <b>bold</b><br>x\n",
        "Type \\<b> for bold.\n",
        "If $a<b$ then $x<s>y$ holds of vector<b>.\n",
        "Write `<table><tr><td>x</td></tr></table>` here.\n",
        "Note <!-- a\n\nThe fee is 5.\n\nb --> end\n",
        "<!-- begun\n\nThe fee is 5.\n",
        "<?php fee(); ?>\n\nThe fee is 5.\n",
        "<script>\nThe fee is 5.\n",
        "Write to\n\n<your name here>\n\nat once.\n",
        "---\ntitle: Fees\ndescription: |\n  <p>What we ask.</p>\nauthor: Ada\n---\n\nThe fee is 5.\n",
        "Mail <ada@tarn.example> or see <https://tarn.example>.\n",
    ],
)
def test_code_signs_and_addresses_stay(tmp_path, text):
    assert read(tmp_path, text).text.rstrip() == text.rstrip()


def test_blocks_of_html_are_read_as_a_page_is(tmp_path):
    document = read(
        tmp_path,
        '<div align="center">\n<h4><a href="index.html">Back</a></h4>\n</div>\n\n<h1>Tarn Sailing Club</h1>\n\n'
        "<div>\n<b>Office</b>: Pier 4<br/>\n<b>Clerk</b>: Ada Moor<br/>\n</div>\n\n"
        "<details>\n<summary>How to join</summary>\n\nSend *one* letter.\n\n</details>\n",
    )
    assert document.title == "Tarn Sailing Club"
    assert "Office: Pier 4\nClerk: Ada Moor" in document.text
    assert document.text.rstrip().endswith("How to join\n\nSend *one* letter.")
    assert "<" not in document.text


@pytest.mark.parametrize("html", ['<p align="center">by the lake</p>', "<!-- toc -->"])
def test_a_heading_above_html_is_one(tmp_path, html):
    document = read(tmp_path, f"# Tarn Sailing Club\n\n{html}\n\nThe club lets boats.\n")
    assert document.title == "Tarn Sailing Club"


def test_hundreds_of_tags_that_nothing_closes_are_read(tmp_path):
    assert read(tmp_path, "<div>\n" * 700 + "The fee is 5.\n").text.split() == ["The", "fee", "is", "5."]
    assert len(read(tmp_path, "x " + "<!-- a " * 20_000).text) > 100_000  # at once, as the following
    assert len(read(tmp_path, "Tarn <b>and</b> Sill <br> " * 5_000).text) > 50_000
    assert read(tmp_path, "The fee is 5.\n\n" + "<table> " * 5_000).text.strip() == "The fee is 5."
