"""Read question-answering data sets, and split their contexts into passages as the index does."""

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from tqdm import tqdm

from index.packing import CountTokens
from index.passages import split_document
from index.types import Document
from rag.jsonlines import read_lines

SHINGLE = 12  #: words that two texts share only if one is taken from the other

Offsets = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of a context, as long as those that the reader will see."""

    text: str
    title: str
    sentences: tuple[Offsets, ...]  #: in `text`


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on a context: its passages, and where in them the answers are, if any."""

    source: str
    question: str
    passages: tuple[Passage, ...]
    answers: tuple[tuple[int, Offsets], ...]  #: passage, offsets in its text
    texts: tuple[str, ...]  #: of all answers


def load(
    path: Path, count_tokens: CountTokens, *, caps: dict[str, int], default_cap: int, held_out: set[int], seed: int
) -> list[Asked]:
    """The questions of a data set, those on held-out texts left out.

    Args:
        path: JSON lines with `source`, `title`, `question`, `context`, `answers` (`text`,
            `answer_start`) and `answerable`.
        count_tokens: The embedder's.
        caps: The most questions to take, by source.
        default_cap: The same for a source that `caps` does not name.
        held_out: Shingles of texts that must not be trained on.
        seed: Of the choice.
    """
    by_source: dict[str, list[dict[str, Any]]] = defaultdict(list)
    seen: dict[str, bool] = {}
    for line in read_lines(path):
        context = line["context"]
        if context not in seen:
            seen[context] = bool(held_out) and not held_out.isdisjoint(shingles(context))
        if not seen[context]:
            by_source[line["source"]].append(line)
    print(f"{sum(seen.values())} of {len(seen)} contexts share {SHINGLE} words with a held-out text and are left out")
    chosen = []
    for source, lines in sorted(by_source.items()):
        random.Random(f"{seed} {source}").shuffle(lines)
        chosen += lines[: caps.get(source, default_cap)]
    split: dict[tuple[str, str], tuple[tuple[int, Passage], ...]] = {}
    asked = []
    for line in tqdm(chosen, desc="splitting", mininterval=5):
        key = line["title"], line["context"]
        if key not in split:
            split[key] = tuple(_passages(line, count_tokens))
        if one := _asked(line, split[key]):
            asked.append(one)
    return asked


def shingles(text: str) -> Iterator[int]:
    """Hashes of all runs of `SHINGLE` words of a text."""
    words = re.findall(r"\w+", text.lower())
    for start in range(len(words) - SHINGLE + 1):
        yield hash(tuple(words[start : start + SHINGLE]))


def held_out_from(data: Path, files: Iterable[Path]) -> set[int]:
    """Shingles of what must not be trained on: those files, and the contexts of the development set in `data`."""
    dev = dict.fromkeys(line["context"] for line in read_lines(data / "dev.jsonl.gz"))
    return held_out_shingles(chain((file.read_text(encoding="utf-8") for file in files), dev))


def held_out_shingles(texts: Iterable[str]) -> set[int]:
    """Shingles of texts that must not be trained on."""
    return {shingle for text in texts for shingle in shingles(text)}


def readable_title(title: str) -> str:
    """A title as one would read it; empty if it is an identifier only."""
    words = title.replace("_", " ").strip()
    return "" if re.search(r"squad|train|:|/|\d{4,}|\.com|-EX-", words) or len(words) > 60 else words


def _passages(line: dict[str, Any], count_tokens: CountTokens) -> Iterator[tuple[int, Passage]]:
    """The passages of a context, with where they begin."""
    context, title = line["context"], readable_title(line["title"])
    if len(context) < 200:
        yield 0, Passage(context, title, ((0, len(context)),))
        return
    indexed = split_document(Document("d", line["title"], "d.txt", context), count_tokens)
    for passage in indexed.passages:
        inside = [s for s in indexed.prose if s.start < passage.end and passage.start < s.end]
        sentences = [
            (max(s.start, passage.start) - passage.start, min(s.end, passage.end) - passage.start) for s in inside
        ]
        yield passage.start, Passage(passage.text, title, tuple(sentences))


def _asked(line: dict[str, Any], placed: Sequence[tuple[int, Passage]]) -> Asked | None:
    """A line with its answers found in its passages; None if they are in none, or are empty."""
    answers = []
    for answer in line["answers"]:
        text, start = answer["text"], answer["answer_start"]
        if text.strip() and line["context"][start : start + len(text)] == text:
            for number, (begin, passage) in enumerate(placed):
                if begin <= start and start + len(text) <= begin + len(passage.text):
                    answers.append((number, (start - begin, start - begin + len(text))))
    if not placed or bool(answers) != line["answerable"]:
        return None
    texts = tuple(dict.fromkeys(answer["text"] for answer in line["answers"]))
    passages = tuple(passage for _, passage in placed)
    return Asked(line["source"], line["question"].strip(), passages, tuple(dict.fromkeys(answers)), texts)
