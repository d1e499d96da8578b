"""Training of the reader: what is taken of the data sets."""

import pytest

from rag.jsonlines import read_lines
from rag.training.data import readable_title
from tests.conftest import WordEmbedder
from tests.training_lines import ANSWERS, BEES, LINES, ON_LIGHT, TEA, line, load_lines, write_lines


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    return load_lines(tmp_path_factory.mktemp("data"), LINES)


def passages(asked):
    return {passage.text for one in asked for passage in one.passages}


def test_the_lines_come_back_as_they_were_written(tmp_path):
    assert list(read_lines(write_lines(tmp_path, LINES))) == LINES


def test_every_question_is_loaded_with_its_answers_in_their_places(asked):
    assert len(asked) == len(LINES)
    for one in asked:
        found = {one.passages[number].text[start:end] for number, (start, end) in one.answers}
        assert found == set(one.texts) == set(ANSWERS.get(one.question, ()))


def test_a_long_context_is_split_into_passages_as_the_index_splits_it(asked):
    (one,) = [one for one in asked if one.question in ON_LIGHT]
    assert len(one.passages) > 2
    assert all(WordEmbedder().count_tokens(passage.text) <= 200 for passage in one.passages)
    ((number, _),) = one.answers
    assert number > 0


def test_a_passage_knows_where_its_sentences_are(asked):
    for one in asked:
        for passage in one.passages:
            assert " ".join(passage.text[start:end] for start, end in passage.sentences) == passage.text
    (bees,) = {passage for one in asked for passage in one.passages if passage.title == "Brother Adam"}
    assert len(bees.sentences) == 6


def test_an_answer_that_is_not_where_it_is_said_to_be_is_left_out(tmp_path):
    right, wrong = (line("Where were the queens from?", BEES, "Italy") for _ in range(2))
    wrong["answers"][0]["answer_start"] += 1
    assert len(load_lines(tmp_path, [right, wrong])) == 1


def test_a_line_that_contradicts_itself_is_left_out(tmp_path):
    lines = [line("Who?", BEES), line("Where?", BEES, "Italy", answerable=False), line("Why?", BEES, answerable=False)]
    assert [one.question for one in load_lines(tmp_path, lines)] == ["Why?"]


def test_an_answer_without_text_is_none(tmp_path):
    empty = line("Who?", BEES, "", answerable=False)
    (one,) = load_lines(tmp_path, [empty])
    assert one.answers == ()


def test_a_context_that_shares_twelve_words_with_a_held_out_text_is_left_out(tmp_path):
    words = TEA.upper().replace(",", ";").split()
    for shared, left in ((11, ["bees", "tea"]), (12, ["bees"])):
        held_out = "Something else. " + " \n".join(words[5 : 5 + shared])
        lines = [line("bees", BEES, "Italy"), line("tea", TEA, "Wang")]
        asked = load_lines(tmp_path, lines, held_out=["Short.", held_out])
        assert sorted(one.question for one in asked) == left


def test_no_more_questions_of_a_source_are_taken_than_its_cap(tmp_path):
    lines = [line(f"{source} {n}?", BEES, "Italy", source=source) for source in "abc" for n in range(8)]
    asked = load_lines(tmp_path, lines, caps={"a": 5, "b": 0}, default_cap=2)
    assert [one.source for one in asked] == ["a"] * 5 + ["c"] * 2


def test_the_choice_under_a_cap_hangs_on_the_seed_alone(tmp_path):
    lines = [line(f"{n}?", BEES, "Italy") for n in range(20)]
    chosen = [[one.question for one in load_lines(tmp_path, lines, default_cap=5, seed=seed)] for seed in (1, 1, 2)]
    assert chosen[0] == chosen[1] != chosen[2]


@pytest.mark.parametrize(
    ("title", "readable"),
    [
        ("Brother_Adam", "Brother Adam"),
        ("", ""),
        ("https://bees.com", ""),
        ("news/0012345.story", ""),
        ("squad_v2_dev", ""),
        ("Bees " * 20, ""),
    ],
)
def test_a_title_that_is_an_identifier_is_none(title, readable):
    assert readable_title(title) == readable
