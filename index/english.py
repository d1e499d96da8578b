"""Everyday English: the words that the bundled embedder knows whole, which come in the order of their frequency."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from index.embedding import bundled_folder


def common_words(initial: str) -> Mapping[str, int]:
    """The words that begin with a letter or sign, and their places among all, from 0."""
    return _vocabulary().get(initial, {})


@cache
def _vocabulary() -> Mapping[str, Mapping[str, int]]:
    """By initial, as a question needs the words of a few, and no stem begins unlike its word."""
    words: dict[str, dict[str, int]] = defaultdict(dict)
    for place, word in enumerate((bundled_folder() / "vocab.txt").read_text(encoding="utf-8").splitlines()):
        if not word.startswith("##"):
            words[word[:1]][word] = place
    return words
