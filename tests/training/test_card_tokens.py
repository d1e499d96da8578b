"""A model card counts what a model was trained on."""

from rag.training.card import tokens_trained_on


def run(seed, tokens, **others):
    return {"seed": seed, "steps": tokens // 1000, "tokens": tokens, "before": None, **others}


def test_a_training_that_a_later_mean_takes_up_again_counts_once():
    first, second = run(1, 4_000), run(2, 2_000)
    assert tokens_trained_on(run(2, 2_000, before=first, averaged=[first, second])) == 6_000


def test_trainings_that_began_alike_and_are_averaged_count_each():
    assert tokens_trained_on(run(1, 4_000, averaged=[run(1, 4_000), run(2, 4_000)])) == 8_000
