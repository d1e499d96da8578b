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
