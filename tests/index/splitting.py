"""Texts split into sentences and passages, by the words that the double of an embedder counts."""

from random import Random

from index.files.structure import heading_text, read_blocks
from index.passages import MAX_TOKENS, split_document
from index.types import Document
from tests.conftest import WordEmbedder

count_words = WordEmbedder().count_tokens


def split(text, *, suffix=".txt", max_tokens=MAX_TOKENS):
    document = Document(f"doc{suffix}", "Doc", f"/doc{suffix}", text)
    return split_document(document, count_words, max_tokens=max_tokens)


def sentences(text, **options):
    indexed = split(text, **options)
    return [text[sentence.start : sentence.end] for sentence in indexed.sentences if not sentence.heading]


def long_text(paragraphs, seed=1):
    """Paragraphs without headings, of sentences that all differ."""
    random = Random(seed)
    words = "rain snow bees hive moon tea garden river stone bridge winter summer light wind harbour".split()
    return [
        " ".join(
            f"The {' '.join(random.choices(words, k=random.randint(5, 20)))}." for _ in range(random.randint(2, 6))
        )
        for _ in range(paragraphs)
    ]


def blocks(text, *, markdown=False):
    """The pieces of a text, headings marked with a leading `#`, units that stay whole with `|`."""
    found = []
    for block in read_blocks(text, markdown=markdown):
        piece = text[block.start : block.end]
        if block.heading:
            found.append(f"# {heading_text(text, block)}")
        else:
            found.append(f"| {piece}" if block.whole else piece)
    return found
