"""JSON lines are read and checked in one place, and what is wrong with one is told with its number."""

import gzip
from dataclasses import dataclass, field

import pytest
from pydantic import TypeAdapter

from index.errors import QuestionError
from rag.jsonlines import Filled, Strings, Texts, check, json_texts, parse, read_lines, read_text


@dataclass(frozen=True)
class Hive:
    name: Filled
    bees: int = 0
    queens: Texts = ()
    keepers: Strings = ()
    twin: "Hive | None" = field(default=None)


HIVE = TypeAdapter(Hive)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ({}, "its `name` is missing"),
        ({"name": " "}, "its `name` is missing or empty"),
        ({"name": 3}, "its `name` is not a string"),
        ({"name": "A", "queens": "Bea"}, "its `queens` is not a list of strings"),
        ({"name": "A", "keepers": [1]}, "its `keepers` is not a list of strings"),
        ({"name": "A", "bees": "many"}, "its `bees` is wrong: it should be a valid integer, unable to parse"),
        ({"name": "A", "twin": {"name": ""}}, "its `twin.name` is missing or empty"),
    ],
)
def test_what_is_wrong_with_an_object_is_told_by_its_names(data, problem):
    with pytest.raises(ValueError) as error:
        check(data, HIVE)
    assert str(error.value).startswith(problem)


def test_only_a_strict_check_converts_nothing():
    assert check({"name": "A", "bees": "6"}, TypeAdapter(dict[str, str])) == {"name": "A", "bees": "6"}
    assert check({"name": "A", "bees": "6"}, HIVE).bees == 6
    with pytest.raises(ValueError, match="`bees` is wrong: it should be a valid integer"):
        check({"name": "A", "bees": "6"}, HIVE, strict=True)


def test_blank_strings_are_left_out_of_texts_and_kept_in_strings():
    hive = check({"name": "A", "queens": ["Bea", " "], "keepers": ["", "Cy"]}, HIVE)
    assert (hive.queens, hive.keepers) == (("Bea",), ("", "Cy"))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "not a JSON object"),
        ('{"a": "\\ud83d"}', "half of a surrogate pair"),
    ],
)
def test_a_text_that_is_no_object_is_refused(text, problem):
    with pytest.raises(ValueError, match=problem):
        parse(text)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("\n3\n\n4\n", ["Line 2 of f", "Line 4 of f"]),
        ("[3,\n 4]", ["Item 1 of f", "Item 2 of f"]),
        ('{"a":\n 3}', ["Item 1 of f"]),
        ("[]", []),
    ],
)
def test_a_file_is_one_value_or_a_list_or_one_a_line(text, places):
    assert [place for place, _, _ in json_texts(text, "f")] == places


def test_lines_may_be_compressed_and_a_bad_one_is_named(tmp_path):
    lines = '{"a": "one\\u2028two"}\n\n{"a": 2}\n'
    plain, packed = tmp_path / "a.jsonl", tmp_path / "a.jsonl.gz"
    plain.write_text(lines, encoding="utf-8")
    packed.write_bytes(gzip.compress(lines.encode()))
    assert list(read_lines(plain)) == list(read_lines(packed)) == [{"a": "one\u2028two"}, {"a": 2}]
    plain.write_text(lines + "{\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"Line 4 of .*a\.jsonl is bad: it is not JSON\."):
        list(read_lines(plain))


def test_a_file_that_cannot_be_read_is_named_with_the_reason(tmp_path):
    with pytest.raises(QuestionError, match=r"The question file .*none cannot be read \(No such file"):
        read_text(tmp_path / "none", "question file", QuestionError)
    (tmp_path / "latin").write_bytes("é".encode("latin-1"))
    with pytest.raises(QuestionError, match=r"latin cannot be read \(it is not UTF-8 text\); check the path\."):
        read_text(tmp_path / "latin", "question file", QuestionError)
