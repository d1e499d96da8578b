"""JSON files: lists of records are rows, anything else is read line by line."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.files.extract import FormatError
from index.files.formats import FORMATS
from rag import Assistant

BOATS = [
    {"name": "Orrin", "berth": {"pier": "north", "number": 7}, "crew": ["Ada", "Ben"], "sold": False, "note": None},
    {"name": "Tarn", "berth": {"pier": "south", "number": 12}, "crew": [], "sold": True, "length": 9.5},
]
ROWS = [
    "name: Orrin | berth pier: north | berth number: 7 | crew: Ada, Ben | sold: no",
    "name: Tarn | berth pier: south | berth number: 12 | sold: yes | length: 9.5",
]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("boats.json", json.dumps(BOATS, indent=2)),
        ("boats.json", json.dumps({"boats": BOATS, "ports": []})),
        ("boats.jsonl", "\n".join(map(json.dumps, BOATS))),
    ],
)
def test_records_are_rows_that_tell_their_names(read_text, name, text):
    boats = read_text(name, text)
    assert boats.text.splitlines() == ROWS
    assert [part.name for part in boats.parts] == ["record 1", "record 2"]


def test_what_a_file_says_beside_its_records_is_told_above_them(read_text):
    club = read_text("club.json", json.dumps({"club": "Tarn sailors", "seat": {"town": "Orrin"}, "boats": BOATS}))
    assert club.text.splitlines() == ["club: Tarn sailors | seat town: Orrin", *ROWS]
    assert [part.name for part in club.parts] == ["all records", "record 1", "record 2"]


def test_records_within_a_record_are_told_in_its_row(read_text):
    crew = [{"name": "Ada", "years": 3, "note": None}, {"name": "Ben", "cook": True}]
    boats = read_text("boats.json", json.dumps([{"boat": "Orrin", "crew": crew}, {"boat": "Tarn", "crew": []}]))
    assert boats.text == "boat: Orrin | crew: name Ada, years 3; name Ben, cook yes\nboat: Tarn\n"


def test_long_texts_of_a_record_stand_below_its_row(read_text):
    log = "It sailed. " * 60
    boats = read_text("boats.json", json.dumps([{"boat": "Orrin", "log": f"{log}\n\nIt sank."}, {"boat": "Tarn"}]))
    assert boats.text == f"Orrin\n\nboat: Orrin\n\nlog: {log.strip()}\n\nIt sank.\n\nTarn\n\nboat: Tarn\n"
    assert [part.name for part in boats.parts] == ["record 1", "record 2"]
    assert boats.text[boats.parts[1].start :].startswith("Tarn")


def test_a_record_that_is_a_long_text_alone_is_one_too(read_text):
    posts = read_text(
        "posts.json", json.dumps([{"text": "Short."}, {"text": f" {'It sailed. ' * 60}"}, {"text": "End."}])
    )
    assert [part.name for part in posts.parts] == ["record 1", "record 2", "record 3"]
    assert posts.text[posts.parts[1].start :].startswith("record 2\n\ntext: It sailed.")


def test_empty_lists_of_a_record_within_hide_nothing(read_text):
    drinks = [{"drink": name, "of": [{"what": "gin", "notes": [], "by": {}}]} for name in ("Tarn", "Orrin")]
    assert read_text("drinks.json", json.dumps(drinks)).text.startswith("drink: Tarn | of: what gin\n")


@pytest.mark.parametrize("value", ["It sailed. " * 60, {"a": {"b": {"c": {"d": 1}}}}, [{"day": [1]}, 2]])
def test_a_long_text_or_settings_beside_records_hide_none(read_text, value):
    club = read_text("club.json", json.dumps({"club": "Tarn", "about": value, "boats": BOATS}))
    assert club.text.startswith("club: Tarn\n\nabout: ")
    assert club.text.splitlines()[-2:] == ROWS


@pytest.mark.parametrize(
    "text",
    [
        '{"name": "orrin", "scripts": {"start": "sail"}}',
        '{"name": "orrin", // of the boat\n "berth": 7}',
        json.dumps([1, 2, 3]),
        json.dumps(BOATS[:1]),
        json.dumps([{"name": "Orrin", "log": [{"day": [1]}]}, {"name": "Tarn"}]),
        json.dumps([{"name": name, "a": {"b": {"c": {"d": 1}}}} for name in ("Orrin", "Tarn")]),
        "[" * 100_000,
        f'[{{"a": {"[" * 900}{"]" * 900}}}, {{"a": 1}}]',
    ],
)
def test_what_is_no_list_of_records_is_read_as_it_is(read_text, text):
    assert read_text("a.json", text).text == text


@pytest.mark.parametrize("suffix", [".json", ".jsonl"])
@given(
    st.binary(max_size=60)
    | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(lambda one: json.dumps(one).encode())
)
def test_whatever_the_file_holds_it_is_read_or_refused(suffix, data):
    with suppress(FormatError):
        assert FORMATS[suffix].read(data).text is not None


def test_a_record_is_found_and_its_value_told(tmp_path):
    (tmp_path / "boats.json").write_text(json.dumps(BOATS), encoding="utf-8")
    with Assistant.open(tmp_path, tmp_path / "store") as assistant:
        answer = assistant.ask("At which pier is the Tarn?")
    assert (answer.span, answer.citations[0].part) == ("south", "record 2")
