"""The mutation suite again, for claims: sentences in other words are supported, changed in one place they are not."""

import random

import pytest

from index.passages import split_document
from rag.training.support.mutations import mutate, names_in
from rag.training.support.rewordings import reword
from rag.verify.claims import check_claims
from tests.verify.test_mutations import SEED, SHORTEST, every_document

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def claims():
    """Of every sentence: what it was changed to, what it was reworded to, and what that was changed to."""
    rng = random.Random(SEED)
    changed, reworded, both = [], [], []
    for document in every_document():
        names = names_in(document.text)
        for one in split_document(document, lambda text: len(text.split())).prose:
            sentence = " ".join(document.text[one.start : one.end].split())
            if len(sentence.split()) < SHORTEST:
                continue
            changed += [(mutation.text, [sentence]) for mutation in mutate(sentence, names, rng)]
            for rewording in reword(sentence, rng):
                reworded.append((rewording.text, [sentence]))
                both += [(mutation.text, [sentence]) for mutation in mutate(rewording.text, names, rng)]
    return changed, reworded, rng.sample(both, min(len(both), len(changed)))


def supported(claims):
    return [claim for claim, verdict in zip(claims, check_claims(claims), strict=True) if is_supported(verdict)]


def is_supported(verdict):
    return verdict.holds


def test_changed_sentences_are_hardly_ever_supported(claims):
    changed, _, _ = claims
    assert len(changed) >= 3000
    assert len(supported(changed)) <= 0.02 * len(changed)


def test_changed_rewordings_are_hardly_ever_supported(claims):
    _, _, both = claims
    assert len(both) >= 3000
    assert len(supported(both)) <= 0.02 * len(both)


def test_rewordings_are_mostly_supported(claims):
    _, reworded, _ = claims
    assert len(supported(reworded)) >= 0.9 * len(reworded)
