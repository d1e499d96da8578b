"""Training of the reader: from data sets to examples, tokens, batches and weights."""

import gzip
import json
import re
from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer
from transformers import AutoModelForQuestionAnswering

import rag.training.train
from index.embedding import bundled_folder
from rag.overlap import holds
from rag.spans import Window
from rag.training.data import held_out_shingles, load, read_lines, readable_title
from rag.training.examples import RECIPES, SHORT, Example, Recipe, make_examples
from rag.training.measure import held_out_lines, measure
from rag.training.train import BATCH_TOKENS, MAX_LENGTH, SPANS, _forward, _span_loss, encode, plan_batches, train
from tests.conftest import WordEmbedder

BEES = (
    "Brother Adam of Buckfast bred bees for seventy years. In 1916 a disease killed thirty of his forty-six hives. "
    "Only those with queens from Italy lived on. He crossed them with drones from Cyprus, and the cross throve. "
    "By 1935 the abbey sold eight tons of honey in a year. Adam rode to Morocco in 1962 to look for a darker bee."
)
TEA = (
    "Robert Fortune left Shanghai in 1848 dressed as a merchant. He sent twenty thousand tea plants to Calcutta. "
    "Most of them died of the damp. The seeds fared better, for he had sown them in glass cases. "
    "His servant Wang knew every garden on the way, and was paid four dollars a month. Fortune wrote it all down."
)
LIGHTHOUSE = " ".join(
    f"In year {n} the lighthouse was lit for {n + 300} nights, and its keeper was K{n}." for n in range(40)
)
ON_BEES = {
    "How many hives did the disease kill in 1916?": ("thirty", "thirty of his forty-six hives"),
    "Where were the queens from?": ("Italy",),
    "Where did Father Adam ride in 1962?": ("Morocco", "to Morocco"),
}
ON_TEA = {
    "How was Robert Fortune dressed?": ("as a merchant",),
    "What became of the plants and of the seeds?": ("died of the damp. The seeds fared better",),
    "How much was Wang paid?": ("four dollars a month", "four dollars"),
}
ON_LIGHT = {"How many nights was it lit in year 30?": ("330",)}
ON_GOATS = {f"How many goats are in herd {n}?": (f"{n % 10 + 500}",) for n in range(50)}
ANSWERS = ON_BEES | ON_TEA | ON_LIGHT | ON_GOATS


def line(question, context, *answers, title="", source="hand", answerable=True):
    placed = [{"text": answer, "answer_start": context.index(answer)} for answer in answers]
    return {
        "source": source,
        "title": title,
        "question": question,
        "context": context,
        "answers": placed,
        "answerable": answerable,
    }


def lines_on(context, title, answers):
    return [line(question, context, *texts, title=title) for question, texts in answers.items()]


LINES = [
    *lines_on(BEES, "Brother_Adam", ON_BEES),
    line("Who taught Brother Adam?", BEES, title="Brother_Adam", answerable=False),
    *lines_on(TEA, "Tea", ON_TEA),
    *lines_on(LIGHTHOUSE, "lighthouse/log.txt", ON_LIGHT),
    *[
        line(question, f"Herd {n} has {goats} goats. They graze on the hill of Village {n}.", goats)
        for n, (question, (goats,)) in enumerate(ON_GOATS.items())
    ],
]
MIXED = Recipe(cropped=0.5, retrieved=0.3, removed=0.3, swapped=0.3, no_question_mark=0, keywords=0, misspelt=0)
PLAIN = replace(MIXED, titled=0, cropped=0, neighbours=0, retrieved=0, removed=0, swapped=0)


def write_lines(folder, lines):
    path = folder / "lines.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(one) + "\n" for one in lines)
    return path


def load_lines(folder, lines, *, caps=None, default_cap=1000, held_out=(), seed=1):
    path = write_lines(folder, lines)
    count_tokens = WordEmbedder().count_tokens
    shingles = held_out_shingles(held_out)
    return load(path, count_tokens, caps=caps or {}, default_cap=default_cap, held_out=shingles, seed=seed)


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    return load_lines(tmp_path_factory.mktemp("data"), LINES)


def passages(asked):
    return {passage.text for one in asked for passage in one.passages}


# Data


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


# Examples


@settings(max_examples=20, deadline=None)
@given(st.integers())
def test_an_answer_stays_in_its_place_whatever_is_done_to_its_context(asked, seed):
    examples = [example for example in make_examples(asked, MIXED, seed) if example.answer]
    assert len(examples) == len(ANSWERS)
    for example in examples:
        assert example.context[slice(*example.answer)] in ANSWERS[example.question]


@settings(max_examples=20, deadline=None)
@given(st.integers())
def test_what_is_retrieved_or_left_after_removal_does_not_hold_an_answer(asked, seed):
    examples = make_examples(asked, replace(MIXED, retrieved=0.5, removed=0.5, swapped=0), seed)
    unanswered = [example for example in examples if not example.answer]
    assert len(unanswered) > 10
    for example in unanswered:
        assert not any(holds(example.context, answer) for answer in ANSWERS.get(example.question, ()))


def test_the_same_seed_makes_the_same_examples_and_another_one_others(asked):
    first, again, other = (make_examples(asked, RECIPES["footnote"], seed) for seed in (1, 1, 2))
    assert first == again != other


def test_without_negatives_every_example_has_an_answer(asked):
    examples = make_examples(asked, MIXED, 1, negatives=False)
    assert len(examples) == len(ANSWERS)
    assert all(example.answer for example in examples)


def test_a_question_without_an_answer_is_asked_of_its_own_context(asked):
    (example,) = [example for example in make_examples(asked, PLAIN, 1) if not example.answer]
    assert example == Example("Who taught Brother Adam?", "", BEES, None)


def test_nothing_is_changed_that_the_recipe_does_not_say(asked):
    examples = make_examples(asked, PLAIN, 1)
    assert len(examples) == len(LINES)
    assert {example.question for example in examples} == {one["question"] for one in LINES}
    assert {example.context for example in examples} <= passages(asked)


def test_titles_are_put_above_contexts(asked):
    titles = {example.title for example in make_examples(asked, replace(PLAIN, titled=1), 1)}
    assert titles == {"Brother Adam", "Tea", ""}


def test_longer_contexts_are_cropped_to_sentences_around_the_answer(asked):
    examples = make_examples(asked, replace(PLAIN, cropped=1), 1)
    cropped = [example.context for example in examples if example.context not in passages(asked)]
    assert cropped
    assert all(any(context in passage for passage in passages(asked)) for context in cropped)
    assert all(re.match(r"[A-Z]", context) and context.endswith(".") for context in cropped)


def test_short_contexts_are_mixed_with_others_that_do_not_hold_the_answer(asked):
    examples = make_examples(asked, replace(PLAIN, neighbours=1), 1)
    mixed = [example for example in examples if example.context not in passages(asked)]
    assert len(mixed) == len(ON_GOATS)
    for example in mixed:
        parts = re.findall(r"Herd.*?Village \d+\.", example.context)
        assert " ".join(parts) == example.context
        assert 2 <= len(parts) <= 5
        assert set(parts) <= {passage for passage in passages(asked) if len(passage) < SHORT}
        assert sum(holds(part, *ANSWERS[example.question]) for part in parts) == 1


def test_removal_leaves_the_other_sentences(asked):
    examples = make_examples(asked, replace(PLAIN, removed=1), 1)
    left = [example.context for example in examples if example.question == "Where were the queens from?"]
    assert sorted(left, key=len) == [BEES.replace("Only those with queens from Italy lived on. ", ""), BEES]


def test_a_name_or_number_of_a_question_is_swapped_for_another_one(asked):
    recipe = replace(PLAIN, swapped=1)
    unanswered = [one for seed in range(10) for one in make_examples(asked, recipe, seed) if not one.answer]
    on_bees = {example.question for example in unanswered if example.context == BEES}
    assert on_bees.isdisjoint(ANSWERS)
    assert any(re.fullmatch(r"How many hives did the disease kill in (1935|1962)\?", question) for question in on_bees)
    on_goats = [example for example in unanswered if example.context.startswith("Herd")]
    assert len(on_goats) > 10
    for example in on_goats:
        herd = re.fullmatch(r"How many goats are in herd (\d+)\?", example.question)[1]
        assert not example.context.startswith(f"Herd {herd} ")


def test_a_name_that_the_passage_does_not_have_is_not_swapped(asked):
    examples = [one for seed in range(10) for one in make_examples(asked, replace(PLAIN, swapped=1), seed)]
    rides = {example.question for example in examples if " ride " in example.question}
    assert len(rides) > 1
    assert all("Father Adam" in question for question in rides)


def test_questions_are_written_as_people_type_them(asked):
    def typed(**shares):
        return {example.question for example in make_examples(asked, replace(PLAIN, **shares), 1)}

    assert "Where were the queens from" in typed(no_question_mark=1)
    assert "Where queens from" in typed(keywords=1)
    misspelt = typed(misspelt=1)
    assert len(misspelt - ANSWERS.keys()) > 40
    assert {"".join(sorted(question)) for question in misspelt} == {"".join(sorted(one["question"])) for one in LINES}


def test_a_few_questions_are_enough(tmp_path):
    few = load_lines(tmp_path, LINES[:4])
    assert len(make_examples(few, replace(MIXED, retrieved=1, neighbours=1), 1)) >= 4


def test_removal_that_removes_nothing_makes_no_example(tmp_path):
    context = (
        "Blood of group A is common on the island. Blood of group B is not. Nobody knows why that is so. "
        "Doctors have asked for samples more than once, and have written to every household, but few have answered."
    )
    (one,) = load_lines(tmp_path, [line("Which blood group is common?", context, "A")])
    herds = load_lines(tmp_path, LINES)
    examples = make_examples([one, *herds], replace(PLAIN, removed=1), 1)
    assert Example(one.question, "", context, None) not in examples


# Tokens


@pytest.fixture(scope="module")
def tokenizer():
    return Tokenizer.from_file(str(bundled_folder() / "tokenizer.json"))


def test_the_tokens_pointed_at_are_the_answer(asked, tokenizer):
    examples = [one for one in make_examples(asked, MIXED, 1) if one.answer]
    rows = encode(examples, tokenizer)
    assert any(example.title for example in examples)
    for example, (ids, segments, first, last) in zip(examples, rows, strict=True):
        answer = example.context[slice(*example.answer)].lower()
        assert tokenizer.decode(ids[first : last + 1]).replace(" - ", "-") == answer
        assert segments[first] == segments[last] == 1


def test_what_has_no_answer_points_at_the_first_token(tokenizer):
    ((ids, _, first, last),) = encode([Example("Who?", "Tea", TEA, None)], tokenizer)
    assert (first, last) == (0, 0)
    assert ids[0] == tokenizer.token_to_id("[CLS]")


def test_the_title_stands_above_the_context(tokenizer):
    ((ids, segments, *_),) = encode([Example("Who?", "Tea", "Wang did.", (0, 4))], tokenizer)
    assert tokenizer.decode(ids, skip_special_tokens=False) == "[CLS] who? [SEP] tea wang did. [SEP]"
    assert segments == [0] * 4 + [1] * 5


def test_an_example_whose_answer_is_cut_off_is_left_out(tokenizer):
    context = "bees " * MAX_LENGTH
    examples = [Example("Who?", "", context, place) for place in ((0, 4), None, (len(context) - 5, len(context) - 1))]
    rows = encode(examples, tokenizer)
    assert [row[2:] for row in rows] == [(4, 4), (0, 0)]
    assert {len(ids) for ids, *_ in rows} == {MAX_LENGTH}


def test_an_overlong_question_is_cut(tokenizer):
    assert len(encode([Example("何" * 10_000, "", "Bees hum.", (0, 4))], tokenizer)) == 1


# Batches


def rows_of(*lengths):
    return [(range(length), [], 0, 0) for length in lengths]


def padded(batch, rows):
    return len(batch) * max(len(rows[row][0]) for row in batch)


@given(
    st.lists(st.integers(1, 400) | st.integers(1, BATCH_TOKENS * 2), min_size=1, max_size=60),
    st.floats(0.1, 4),
    st.integers(1, 100),
)
def test_batches_are_full_passes_over_the_rows_and_none_is_too_large(lengths, wanted, pool):
    rows, tokens = rows_of(*lengths), wanted * sum(lengths)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rag.training.train, "POOL", pool)
        batches = plan_batches(rows, tokens, seed=1)
    assert all(len(batch) == 1 or padded(batch, rows) <= BATCH_TOKENS for batch in batches)
    used = [padded(batch, rows) for batch in batches]
    assert sum(used[:-1]) < tokens <= sum(used)
    order = [row for batch in batches for row in batch]
    *passes, last = (order[start : start + len(rows)] for start in range(0, len(order), len(rows)))
    assert all(sorted(one) == list(range(len(rows))) for one in passes)
    assert len(set(last)) == len(last)


def test_the_same_seed_plans_the_same_batches_and_another_one_others():
    rows = rows_of(*range(1, 200))
    first, again, other = (plan_batches(rows, 50_000, seed) for seed in (1, 1, 2))
    assert first == again != other


def test_rows_of_like_length_are_batched_so_that_little_is_padding():
    rows = rows_of(*(n * 37 % 250 + 1 for n in range(1000)))
    batches = plan_batches(rows, sum(len(row[0]) for row in rows), seed=1)
    used = sum(padded(batch, rows) for batch in batches)
    assert used < 1.1 * sum(len(rows[row][0]) for batch in batches for row in batch)


# Weights


@pytest.fixture(scope="module")
def rows(tokenizer):
    places = {"Ada": "Old Rome", "Ben": "New Oslo", "Eve": "Big Cork", "Max": "Old Bonn", "Zoe": None, "Tom": None}
    contexts = {name: f"{name} lives in {place}." if place else "They live apart." for name, place in places.items()}
    return encode(
        [
            Example(f"Where is {name}?", "", context, (13, 21) if places[name] else None)
            for name, context in contexts.items()
        ],
        tokenizer,
    )


BATCHES = [[0, 1], [2, 3, 4], [5], [0, 2], [1, 5], [3, 4]]


class InterruptedRows(list):
    """Rows of which so many are read before the training is stopped by hand."""

    def __init__(self, rows, left):
        super().__init__(rows)
        self.left = left

    def __getitem__(self, number):
        if self.left == 0:
            raise KeyboardInterrupt
        self.left -= 1
        return super().__getitem__(number)


def assert_same_weights(one, other):
    for name, weight in one.state_dict().items():
        assert torch.equal(weight, other.state_dict()[name]), name


def test_training_that_was_stopped_goes_on_and_ends_with_the_same_weights(
    tiny_reader_folder, rows, tmp_path, monkeypatch
):
    monkeypatch.setattr(rag.training.train, "CHECKPOINT_EVERY", 2)
    through, halting = tmp_path / "through", tmp_path / "halting"
    through.mkdir()
    halting.mkdir()
    expected = train(tiny_reader_folder, rows, BATCHES, through, seed=1, task=SPANS)
    with pytest.raises(KeyboardInterrupt):
        train(
            tiny_reader_folder, InterruptedRows(rows, left=6), BATCHES, halting, seed=1, task=SPANS
        )  # in the fourth batch
    assert torch.load(halting / "checkpoint.pt")["done"] == 2
    finished = train(
        tiny_reader_folder, InterruptedRows(rows, left=7), BATCHES, halting, seed=1, task=SPANS
    )  # the last four
    assert_same_weights(finished, expected)


def test_a_run_that_is_finished_is_not_trained_further(tiny_reader_folder, rows, tmp_path):
    finished = train(tiny_reader_folder, rows, BATCHES, tmp_path, seed=1, task=SPANS)
    assert_same_weights(train(tiny_reader_folder, [], BATCHES, tmp_path, seed=1, task=SPANS), finished)


def test_a_checkpoint_of_another_training_is_refused(tiny_reader_folder, rows, tmp_path):
    train(tiny_reader_folder, rows, BATCHES, tmp_path, seed=1, task=SPANS)
    for batches, seed in ((BATCHES, 2), (BATCHES[:-1], 1)):
        with pytest.raises(ValueError, match="another training"):
            train(tiny_reader_folder, rows, batches, tmp_path, seed=seed, task=SPANS)


def test_no_examples_are_an_error():
    with pytest.raises(ValueError, match="no examples"):
        plan_batches([], 1000, 1)


def test_padding_does_not_change_the_loss(tiny_reader_folder, rows):
    model = AutoModelForQuestionAnswering.from_pretrained(tiny_reader_folder)
    assert len(rows[0][0]) != len(rows[-1][0])
    together, *alone = (
        float(_span_loss(_forward(model, some), some).detach()) for some in ([rows[0], rows[-1]], [rows[0]], [rows[-1]])
    )
    assert together == pytest.approx(sum(alone) / 2, abs=1e-4)


def test_one_batch_is_enough(tiny_reader_folder, rows, tmp_path):
    before = AutoModelForQuestionAnswering.from_pretrained(tiny_reader_folder, dtype=torch.bfloat16).qa_outputs.bias
    assert not torch.equal(
        train(tiny_reader_folder, rows, [[0, 1]], tmp_path, seed=1, task=SPANS).qa_outputs.bias, before
    )


def test_training_teaches_the_place_of_the_answer(tiny_reader_folder, rows, tmp_path, monkeypatch):
    monkeypatch.setattr(rag.training.train, "LEARNING_RATE", 0.01)
    model = train(tiny_reader_folder, rows, [list(range(len(rows)))] * 40, tmp_path, seed=1, task=SPANS)
    for ids, segments, first, last in rows:
        with torch.inference_mode():
            output = model(input_ids=torch.tensor([ids]), token_type_ids=torch.tensor([segments]))
        assert (int(output.start_logits.argmax()), int(output.end_logits.argmax())) == (first, last)


def test_steps_too_small_for_bfloat16_add_up(tiny_reader_folder, rows, tmp_path, monkeypatch):
    monkeypatch.setattr(rag.training.train, "LEARNING_RATE", 2e-4)
    model = AutoModelForQuestionAnswering.from_pretrained(tiny_reader_folder, dtype=torch.bfloat16)
    before = model.qa_outputs.weight.detach()
    large = before.abs() > 0.25
    assert torch.equal(before[large] + 2e-4, before[large])
    after = train(tiny_reader_folder, rows, [[0, 1]] * 60, tmp_path, seed=1, task=SPANS).qa_outputs.weight
    assert (after != before)[large].float().mean() > 0.5


# Measures


class Knowing:
    """A double that is sure of the answers that it was given, and that there is none to other questions."""

    def __init__(self, answers):
        self._answers = answers

    def read(self, question, passages):
        ((_, text),) = passages
        answer = self._answers.get(question)
        place = text.index(answer) if answer else 0
        words = [match.span() for match in re.finditer(r"\w+", text)]
        start = np.array([5.0 * (bool(answer) and word[0] == place) for word in words], dtype=np.float32)
        end = np.array([5.0 * (bool(answer) and word[1] == place + len(answer)) for word in words], dtype=np.float32)
        return [[Window(np.array(words), start, end, 5.0)]]


DEV = [
    line("Where were the queens from?", BEES, "Italy", source="squad_v2_dev"),
    line("Who rode to Morocco?", BEES, "Adam", source="squad_v2_dev"),
    line("Who rode to Spain?", BEES, source="squad_v2_dev", answerable=False),
    line("How was Robert Fortune dressed?", TEA, "as a merchant", "a merchant", source="hand"),
]


def test_a_reader_that_knows_everything_measures_one():
    answers = {one["question"]: one["answers"][0]["text"] for one in DEV if one["answers"]}
    assert measure(Knowing(answers), DEV) == {"hand": 1, "squad_v2_dev": 1, "mean": 1, "AUROC": 1}


def test_the_best_reference_answer_counts_and_every_source_as_much():
    figures = measure(Knowing({"How was Robert Fortune dressed?": "merchant", "Who rode to Morocco?": "Adam"}), DEV)
    assert figures["hand"] == 1
    assert figures["squad_v2_dev"] == pytest.approx(1 / 2)
    assert figures["mean"] == pytest.approx(3 / 4)
    assert figures["AUROC"] == pytest.approx(3 / 4)


def test_of_the_held_out_questions_a_few_of_each_source_are_measured(tmp_path):
    contradiction = line("Who?", BEES)
    path = write_lines(tmp_path, [*LINES, contradiction, *DEV[:3]])
    assert len(held_out_lines(path, 100, seed=1)) == len(LINES) + 3
    few, again, others = (held_out_lines(path, 5, seed) for seed in (1, 1, 2))
    assert [one["source"] for one in few] == ["hand"] * 5 + ["squad_v2_dev"] * 3
    assert few == again != others
