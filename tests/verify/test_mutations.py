"""The mutation suite: true sentences of every document, changed in one place, must not pass for quotations."""

import random
import re
from collections import Counter

import pytest

from index.files.finding import load_documents
from index.passages import split_document
from rag.training.support.mutations import mutate, names_in
from rag.verify.quotes import check_quote
from tests.conftest import ESSAY

SEED = 20261125
SHORTEST = 4  #: words; what is shorter may be said elsewhere in the document
FOLDERS = (ESSAY.parent, ESSAY.parent.parent / "tests" / "documents")


def every_document():
    """The essay, and the documents written for the tests."""
    return [document for folder in FOLDERS for document in load_documents([folder])[0]]


@pytest.fixture(scope="module")
def sentences():
    """Every sentence: its document, itself, and the names nearby."""
    found = []
    for document in every_document():
        names = names_in(document.text)
        split = split_document(document, lambda text: len(text.split()))
        found += [(document.text, document.text[one.start : one.end], names) for one in split.prose]
    return found


@pytest.fixture(scope="module")
def mutations(sentences):
    rng = random.Random(SEED)
    return [
        (document, mutation)
        for document, sentence, names in sentences
        for mutation in mutate(" ".join(sentence.split()), names, rng)
        if len(mutation.text.split()) >= SHORTEST
    ]


def test_no_changed_sentence_passes_for_a_quotation(mutations):
    assert len(mutations) >= 3000
    passed = [mutation for document, mutation in mutations if check_quote(mutation.text, document).holds]
    assert passed == []


def test_what_was_changed_is_named(mutations):
    one_token = [(document, mutation) for document, mutation in mutations if mutation.is_one_token]
    missed = Counter()
    for document, mutation in one_token:
        missed[mutation.kind] += not is_named(check_quote(mutation.text, document), mutation)
    assert missed.total() <= 0.05 * len(one_token), missed


def is_named(verdict, mutation):
    """Whether a quotation is said to be altered, and what was put in or taken out is named."""
    new, old = (re.sub(r"\W", "", token).casefold() for token in (mutation.new, mutation.old))
    pairs = [[re.sub(r"\W", "", token).casefold() for token in pair] for pair in verdict.differences]
    return verdict.kind == "altered" and any((new and new in ours) or (old and old in theirs) for ours, theirs in pairs)


def _spaced(text, rng):
    return re.sub(" ", lambda _: rng.choice((" ", "  ", "\n", "\u00a0")), text)


def _quoted(text, rng):
    return f"“{text.translate(str.maketrans({'“': '«', '”': '»', '’': chr(39)}))}”"


def _emphasised(text, rng):
    words = text.split(" ")
    place = rng.randrange(len(words))
    return " ".join([*words[:place], f"**{words[place]}**", *words[place + 1 :]])


def _hyphenated(text, rng):
    long = list(re.finditer(r"(?<![\w'’-])[a-z]{8,}(?![\w'’-])", text))
    if not long:
        return text
    middle = sum(rng.choice(long).span()) // 2
    return f"{text[:middle]}-\n{text[middle:]}"


def _shouted(text, rng):
    return text.upper()


def _ungrouped(text, rng):
    return re.sub(r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?![\w.,])", lambda match: match.group().replace(",", ""), text)


REFORMATTINGS = (_spaced, _quoted, _emphasised, _hyphenated, _shouted, _ungrouped)


@pytest.mark.parametrize("reformat", REFORMATTINGS)
def test_faithful_reformattings_pass(sentences, reformat):
    rng = random.Random(7)
    rejected = [
        (sentence, changed)
        for document, sentence, _ in sentences
        if any(map(str.isalnum, sentence)) and not check_quote(changed := reformat(sentence, rng), document).holds
    ]
    assert len(rejected) <= 0.02 * len(sentences), rejected[:5]
