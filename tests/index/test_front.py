"""Front matter: what notes, blogs and wikis tell between two lines of dashes."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.files.finding import load_documents
from index.files.front import front_blocks, front_title
from index.files.titles import find_title
from tests.index.test_structure import blocks

NOTE = """\
---
title: Boiler
status: waiting for parts  # since May
paid: no
image:
tags:
  - house
  - heating
contacts:
  - name: Ana Ruiz
    phone: 01632 960 118
  - name: Tom Pike
    phone: 01632 960 121
notes: >
  The pump was replaced last winter.
  It should be flushed every two years.
---

It knocks.
"""


def rows(front: str) -> list[str]:
    text = f"---\n{front}\n---\n"
    return [text[block.start : block.end] for block in front_blocks(text)]


def test_each_field_is_a_row_and_a_list_of_groups_one_for_each():
    assert blocks(NOTE, markdown=True) == [
        "| status: waiting for parts",
        "| paid: no",
        "| tags:\n  - house\n  - heating",
        "| contacts:\n  - name: Ana Ruiz\n    phone: 01632 960 118",
        "| name: Tom Pike\n    phone: 01632 960 121",
        "| notes: >\n  The pump was replaced last winter.\n  It should be flushed every two years.",
        "It knocks.",
    ]


@pytest.mark.parametrize(
    "between",
    [
        "We met on Monday in the hall.\nNote: nobody took minutes.\nThe pump was flushed.\n",
        "- bread\n- milk\n",
        "# Boiler\n\nIt knocks. The pump was replaced last winter.\n",
    ],
)
def test_other_text_between_lines_of_dashes_is_read(between):
    told = "".join(blocks(f"---\n{between}\n---\n\nIt knocks.\n", markdown=True))
    assert all(word in told for word in between.split() if word.isalpha())


def test_what_is_long_is_read_as_sentences():
    long = " ".join(["The pump should be flushed every two years."] * 10)
    assert blocks(f"---\nnotes: {long}\n---\n\nIt knocks.\n", markdown=True) == [f"notes: {long}", "It knocks."]


def test_of_a_group_that_holds_long_texts_each_is_a_field():
    text = "Move person to fresh air. " * 8
    assert rows(f"firstAid:\n  inhaled:\n    ENG: {text}\n    ESP: {text}\n  swallowed: Sip water.") == [
        f"firstAid:\n  inhaled:\n    ENG: {text.strip()}",
        f"ESP: {text.strip()}",
        "swallowed: Sip water.",
    ]


@pytest.mark.parametrize(
    "front",
    [
        "a: [b\nc: d",
        "a: b\n\tc: x\nc: d",
        "- a\nc: d",
        "a: !x &\nc: d",
        'a: "\\UFFFFFFFF"\nc: d',
        f"%YAML 1.{'1' * 5000}\nc: d",
    ],
)
def test_of_what_is_no_yaml_each_line_is_a_field(front):
    assert rows(front)[-1] == "c: d"


@pytest.mark.parametrize("front", ["- a\n- b", "only words", "", "# a remark"])
def test_what_has_no_fields_is_no_row(front):
    assert rows(front) == []


def test_an_alias_is_not_told_again():
    names = "abcdefghijklmnopqrstuvwxyz"
    bomb = "a: &a [1, 2]\n" + "\n".join(f"{b}: &{b} [*{a}, *{a}]" for a, b in pairwise(names))
    assert rows(bomb)[0] == "a: &a [1, 2]"
    assert len(rows(bomb)) <= 2 * len(names)


def test_nesting_without_end_is_an_error_in_the_file_and_not_ours():
    assert rows("a: " + "[" * 5000 + "\nc: d")[-1] == "c: d"


def test_the_title_is_none_of_the_fields():
    assert front_title(NOTE) == "Boiler"
    assert "title" not in " ".join(rows("title: Boiler\nstatus: done"))


@pytest.mark.parametrize(
    ("front", "title"),
    [
        ("title: 'Don''t panic'", "Don't panic"),
        ('title: "The \\"big\\" one"  # for now', 'The "big" one'),
        ("title: >\n  The boiler\n  and its pump\nstatus: done", "The boiler and its pump"),
        ("title: 2024", "2024"),
        ("title:\nstatus: done", ""),
        ("title: [a, b]\nstatus: done", ""),
        ("book:\n  title: Pumps", ""),
        ("title: Boiler: a story\nstatus: done", "Boiler: a story"),  # which is no YAML
    ],
)
def test_a_title_is_read_as_yaml_has_it(front, title):
    assert front_title(f"---\n{front}\n---\n\nIt knocks.\n") == title


def test_a_remark_belongs_to_no_field():
    assert rows("tags:\n  - a\n# status: cancelled\n\nstatus: done") == ["tags:\n  - a", "status: done"]
    assert rows("who:\n  - name: Ana\n  # - name: Tom\nat: sea\nimage:\n# none") == ["who:\n  - name: Ana", "at: sea"]


@pytest.mark.parametrize("close", ["---", "...", "-----", "  ---"])
def test_what_stands_behind_its_end_is_text(close):
    text = f"---\nauthor: Ada\n{close}\n\n# Boiler\n\nNote: it knocks.\n\n---\n\nEnd.\n"
    assert blocks(text, markdown=True) == ["| author: Ada", "# Boiler", "Note: it knocks.", "End."]
    assert find_title(text, markdown=True) == "Boiler"


@pytest.mark.timeout(60)  # for no work at all, where blanks looked at again and again took minutes
def test_a_long_line_that_is_no_yaml_takes_no_time():
    assert len(rows("a: [\nx: b" + " " * 200_000 + "c")) == 1


MINUTES = """\
+++
title = "August Meeting"  # of the club
date = 2021-09-15T11:25:00
authors = [ "K0RQ", "W0JPJ" ]

draft = false  # still?
[menu.club]
  weight = 4
note = \"\"\"
A title = none.
\"\"\"
title = "Club"
tags = [ "a]b", ["c"], # d]
  "e" ]
"meeting place" = { city = "# 1" }  # or not
+++

* 26 members came.
"""


def test_fields_in_toml_are_rows_without_their_remarks():
    assert blocks(MINUTES, markdown=True) == [
        "| date = 2021-09-15T11:25:00",
        '| authors = [ "K0RQ", "W0JPJ" ]',
        "| draft = false",
        "| weight = 4",
        '| note = """\nA title = none.\n"""',
        '| title = "Club"',
        '| tags = [ "a]b", ["c"], # d]\n  "e" ]',
        '| "meeting place" = { city = "# 1" }',
        "26 members came.",
    ]


def test_a_title_in_toml_is_the_documents(tmp_path):
    path = tmp_path / "august.md"
    path.write_text(MINUTES, encoding="utf-8")
    [document], _ = load_documents([path])
    assert document.title == "August Meeting"
    assert dict(document.facts)["authors"] == "K0RQ, W0JPJ"


def test_a_list_that_begins_a_line_is_no_group_of_fields():
    assert blocks('+++\ntags = [\n  ["a"],\n]\ntitle = "Tarn"\n+++\n\nIt knocks.\n', markdown=True) == [
        '| tags = [\n  ["a"],\n]',
        "It knocks.",
    ]


def test_what_stands_between_lines_of_plus_signs_is_text_unless_it_is_toml():
    text = "+++\nWe met = on Monday.\n+++\n\nIt knocks.\n"
    assert front_title(text) == ""
    assert "It knocks." in blocks(text, markdown=True)
    assert any("We met" in block for block in blocks(text, markdown=True))


@given(st.sampled_from(["---", "+++"]), st.text(alphabet="ab:=- .\n[]{}\"'>|#&*?!+\r\t🐉", max_size=80))
@example("---", "&k a: 1\nb: *k")
@example("---", "a: &x foo\n*x : bar")
@example("+++", 'a = """\nb = 1\n"""')
@example("+++", "a = [1,\r\n 2]\r\nb = 'c'")
def test_fields_stand_in_the_front_matter_one_after_the_other(marks, front):
    text = f"{marks}\n{front}\n{marks}\n"
    found = list(front_blocks(text))
    assert all(text[block.start : block.end].strip() for block in found)
    assert all(before.end <= after.start for before, after in pairwise(found))
    assert all(block.end <= len(text) - len(f"{marks}\n") for block in found)
