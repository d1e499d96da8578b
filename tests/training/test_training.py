"""Training of the reader: from examples to tokens, batches and weights."""

from operator import itemgetter

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer
from torch.nn.functional import cross_entropy
from transformers import AutoModelForQuestionAnswering

import rag.training.train
from index.embedding import bundled_folder
from rag.training.examples import Example, make_examples
from rag.training.spans import MAX_LENGTH, OUTSIDE, SPANS, _shared_loss, _span_loss, encode
from rag.training.train import BATCH_TOKENS, _forward, plan_batches, train
from tests.training_lines import LINES, MIXED, TEA, load_lines


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    return load_lines(tmp_path_factory.mktemp("data"), LINES)


# Tokens


@pytest.fixture(scope="module")
def tokenizer():
    return Tokenizer.from_file(str(bundled_folder() / "tokenizer.json"))


def test_the_tokens_pointed_at_are_the_answer(asked, tokenizer):
    examples = [one for one in make_examples(asked, MIXED, 1) if one.answer]
    rows = encode(examples, tokenizer)
    assert any(example.title for example in examples)
    for example, (ids, segments, first, last, *_) in zip(examples, rows, strict=True):
        answer = example.context[slice(*example.answer)].lower()
        assert tokenizer.decode(ids[first : last + 1]).replace(" - ", "-") == answer
        assert segments[first] == segments[last] == 1


def test_what_has_no_answer_points_at_the_first_token(tokenizer):
    ((ids, _, first, last, *_),) = encode([Example("Who?", "Tea", TEA, None)], tokenizer)
    assert (first, last) == (0, 0)
    assert ids[0] == tokenizer.token_to_id("[CLS]")


def test_the_title_stands_above_the_context(tokenizer):
    ((ids, segments, *_),) = encode([Example("Who?", "Tea", "Wang did.", (0, 4))], tokenizer)
    assert tokenizer.decode(ids, skip_special_tokens=False) == "[CLS] who? [SEP] tea wang did. [SEP]"
    assert segments == [0] * 4 + [1] * 5


def test_the_sentences_that_have_a_part_of_the_answer_are_relevant(tokenizer):
    context = "Wang did. Nobody saw it. Li helped him."
    (row,) = encode([Example("Who?", "Tea", context, (0, 4), also=((25, 27),))], tokenizer)
    assert tokenizer.decode([one for one, relevant in zip(row.ids, row.relevant, strict=True) if relevant == 1]) == (
        "wang did. li helped him."
    )
    outside = [one for one, relevant in zip(row.ids, row.relevant, strict=True) if relevant == OUTSIDE]
    assert tokenizer.decode(outside, skip_special_tokens=False) == "[CLS] who? [SEP] tea [SEP]"
    (row,) = encode([Example("Who?", "Tea", context, None)], tokenizer)
    assert 1 not in row.relevant


def test_an_example_whose_answer_is_cut_off_is_left_out(tokenizer):
    context = "bees " * MAX_LENGTH
    examples = [Example("Who?", "", context, place) for place in ((0, 4), None, (len(context) - 5, len(context) - 1))]
    rows = encode(examples, tokenizer)
    assert [row[2:4] for row in rows] == [(4, 4), (0, 0)]
    assert {len(ids) for ids, *_ in rows} == {MAX_LENGTH}


def test_an_overlong_question_is_cut(tokenizer):
    assert len(encode([Example("何" * 10_000, "", "Bees hum.", (0, 4))], tokenizer)) == 1


def test_rows_tell_which_of_them_are_of_one_question(tokenizer):
    names = ["first", "second", "", "first", ""]
    rows = encode([Example("Who?", "", "Bees hum.", None, name) for name in names], tokenizer)
    first, second, alone, again, also_alone = (row.asked for row in rows)
    assert first == again
    assert len({first, second, alone, also_alone}) == 4


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


def test_rows_of_one_question_stay_in_one_batch():
    lengths = [n * 37 % 250 + 1 for n in range(1000)]
    rows = [(range(length), [], 0, 0, number // 3) for number, length in enumerate(lengths)]
    batches = plan_batches(rows, 2 * sum(lengths), seed=1, asked=itemgetter(4))
    assert all(padded(batch, rows) <= BATCH_TOKENS for batch in batches)
    order = [row for batch in batches for row in batch][: len(rows)]
    assert sorted(order) == list(range(len(rows)))
    for batch in batches[:-1]:
        assert {row // 3 * 3 + n for row in batch for n in range(3)} & set(range(len(rows))) == set(batch)


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


def test_the_loss_knows_which_passages_are_of_one_question(tiny_reader_folder, rows):
    model = AutoModelForQuestionAnswering.from_pretrained(tiny_reader_folder)
    right, wrong = rows[0], next(row for row in rows if row.first == 0)
    apart, together = ([right, wrong._replace(asked=asked)] for asked in (wrong.asked, right.asked))
    losses = [float(_span_loss(_forward(model, some), some).detach()) for some in (apart, together)]
    assert losses[0] != pytest.approx(losses[1], abs=1e-3)


@given(st.lists(st.lists(st.floats(-9, 9), min_size=4, max_size=4), min_size=1, max_size=5), st.data())
def test_passages_of_a_question_share_one_softmax(scores, data):
    odds = torch.tensor([[0.0, *row] for row in scores], dtype=torch.float64)
    place = torch.tensor(data.draw(st.lists(st.integers(0, 4), min_size=len(scores), max_size=len(scores))))
    everywhere = torch.cat([odds[:, 1:].flatten(), torch.zeros(1, dtype=torch.float64)]).softmax(0)
    right = [number * 4 + token - 1 for number, token in enumerate(place.tolist()) if token] or [-1]
    expected = -everywhere[right].sum().log()
    together = _shared_loss(odds, place, torch.ones(1, len(scores), dtype=torch.bool))
    assert float(together) == pytest.approx(float(expected), abs=1e-6)
    apart = _shared_loss(odds, place, torch.eye(len(scores), dtype=torch.bool))
    assert float(apart) == pytest.approx(float(cross_entropy(odds, place)), abs=1e-6)


def test_one_batch_is_enough(tiny_reader_folder, rows, tmp_path):
    before = AutoModelForQuestionAnswering.from_pretrained(tiny_reader_folder, dtype=torch.bfloat16).qa_outputs.bias
    assert not torch.equal(
        train(tiny_reader_folder, rows, [[0, 1]], tmp_path, seed=1, task=SPANS).qa_outputs.bias, before
    )


def test_training_teaches_the_place_of_the_answer(tiny_reader_folder, rows, tmp_path, monkeypatch):
    monkeypatch.setattr(rag.training.train, "LEARNING_RATE", 0.01)
    model = train(tiny_reader_folder, rows, [list(range(len(rows)))] * 40, tmp_path, seed=1, task=SPANS)
    for ids, segments, first, last, *_ in rows:
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
