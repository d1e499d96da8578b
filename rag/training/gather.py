"""All examples of a recipe: from public data, from forms made by code, and from questions written for Footnote."""

import json
import random
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from index.embedding import SentenceEmbedder
from rag.training.bands import band_examples
from rag.training.catalogues import catalogue_examples
from rag.training.data import held_out_from
from rag.training.examples import Example, make_examples, questions_for
from rag.training.forms import form_examples
from rag.training.lists import list_examples
from rag.training.periods import period_examples
from rag.training.recipes import Recipe
from rag.training.records import record_examples
from rag.training.reports import report_examples
from rag.training.timetables import timetable_examples
from rag.training.written import examples_as_found, read_written

BY_CODE = {
    "forms": form_examples,
    "records": record_examples,
    "reports": report_examples,
    "periods": period_examples,
    "lists": list_examples,
    "catalogues": catalogue_examples,
    "timetables": timetable_examples,
    "bands": band_examples,
}
Gathered = tuple[list[Example], dict[str, Any]]


def gathered_once(folder: Path, make: Callable[[], Gathered]) -> Gathered:
    """What `make` gathers, kept in a folder, as the search behind it takes minutes."""
    made = folder / "examples.json"
    if made.is_file():
        kept = json.loads(made.read_text(encoding="utf-8"))
        return [Example(**one) for one in kept["examples"]], kept["settings"]
    examples, counts = make()
    kept = {"settings": counts, "examples": [asdict(one) for one in examples]}
    made.write_text(json.dumps(kept), encoding="utf-8")
    return examples, counts


def gather(recipe: Recipe, data: Path, held_out: Iterable[Path], seed: int, *, negatives: bool = True) -> Gathered:
    """The examples in random order, and counts of what they are made of.

    Args:
        recipe: How much of what.
        data: Folder with `train.jsonl.gz` and `dev.jsonl.gz`.
        held_out: Files, of which those with text must not be trained on.
        seed: Of every choice.
        negatives: Whether to ask what a context does not answer, too.
    """
    embedder = SentenceEmbedder()
    shingles = held_out_from(data, (file for file in held_out if file.suffix in (".txt", ".md")))
    asked = questions_for(recipe, data, embedder.count_tokens, shingles, seed)
    examples = make_examples(asked, recipe, seed, negatives=negatives)
    written: dict[str, int] = {}
    by_code = {name: getattr(recipe, name) for name in BY_CODE}
    if any(by_code.values()):
        sentences = [
            passage.text[start:end] for one in asked for passage in one.passages for start, end in passage.sentences
        ]
        fillers = [one for one in sentences if 40 < len(one) < 160]
        for name, make in BY_CODE.items():
            examples += [one for one in make(by_code[name], seed, fillers) if one.answer or negatives]
    for part, most in recipe.written.items():
        documents = read_written(part, data, embedder, shingles, most=most, seed=seed)
        written[part] = sum(len(one.questions) for one in documents)
        examples += [one for one in examples_as_found(documents, embedder, seed) if one.answer or negatives]
    random.Random(seed).shuffle(examples)
    counts = dict(sorted(Counter(one.source for one in asked).items()))
    return examples, {"questions": counts, "written": written, **by_code}
