"""Measure which sentences are quoted: of them, how many are a part of the answer, and how many of its parts are there.

    python -m rag.training.quoted --data DIR --model rag/models/reader-base

Asks the questions of `written/dev.jsonl`, on documents that no reader was trained on, each document alone; sentences
are ranked by the reader's calibration. Prints a row for each kind of question, with the sentences chosen by the
reader's relevance and, beside them, by their share of the best one's score alone.
"""

import argparse
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from index.embedding import SentenceEmbedder
from rag.read.cascade import open_model
from rag.read.choosing import choose_quotations
from rag.read.confidence import Calibration
from rag.read.evidence import Candidate
from rag.read.reader import SpanReader
from rag.read.weighing import ranked
from rag.training.card import table
from rag.training.data import Offsets
from rag.training.dev import Asking, ask_each
from rag.training.kept import kept
from rag.training.written import read_kinds, read_written

Figures = tuple[float, float, float, int]  #: precision, recall, their harmonic mean, sentences


def chosen(asking: Asking, calibration: Calibration, by_relevance: bool) -> list[Candidate]:
    """The candidates of an asking, best first, with what the reader says of their relevance or without."""
    candidates = ranked(asking.evidence, calibration.sentence)
    return list(candidates) if by_relevance else [replace(one, relevance=None) for one in candidates]


def quality(asking: Asking, answers: Sequence[Offsets], candidates: Sequence[Candidate]) -> Figures:
    """How good the sentences are that are quoted of candidates."""
    quotations = choose_quotations(candidates)
    given = [(one.start, one.end) for quotation in quotations for one in quotation.sentences]
    right = sum(any(start < end and begin < stop for start, stop in answers) for begin, end in given)
    there = sum(any(start < end and begin < stop for begin, end in given) for start, stop in answers)
    precision, recall = right / max(1, len(given)), there / len(answers)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall), len(given)


def measured(
    askings: Iterator[Asking],
    answers: Mapping[str, Sequence[Offsets]],
    kinds: Mapping[str, str],
    calibration: Calibration,
) -> str:
    """The table."""
    by: dict[tuple[str, bool], list[Figures]] = defaultdict(list)
    for asking in askings:
        if asking.kind == "own" and asking.found:
            for way in (True, False):
                told = quality(asking, answers[asking.question], chosen(asking, calibration, way))
                for kind in (kinds.get(asking.question, "followup"), "all"):
                    by[kind, way].append(told)
    rows = []
    for kind, way in sorted(by):
        means = np.mean(by[kind, way], axis=0)
        rows.append([kind, "relevance" if way else "share", str(len(by[kind, way])), *(f"{one:.3f}" for one in means)])
    return table(["kind", "chosen by", "questions", "precision", "recall", "F1", "sentences"], rows)


def main() -> None:
    """Ask, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with train.jsonl.gz")
    parser.add_argument("--model", type=Path, required=True, help="folder of a reader")
    parser.add_argument("--most", type=int, default=20, help="questions of a document")
    parser.add_argument("--keep", type=Path, help="folder for what was read, as for the fit")
    parser.add_argument("--seed", type=int, default=20261127)
    arguments = parser.parse_args()
    embedder = SentenceEmbedder()
    rng = random.Random(arguments.seed)
    documents = [
        replace(one, questions=tuple(rng.sample(one.questions, min(arguments.most, len(one.questions)))))
        for one in read_written("dev", arguments.data, embedder)
    ]
    model = open_model(str(arguments.model))
    calibration = Calibration.read(model.calibration_folder)
    reader = SpanReader(kept(model, arguments.keep), embedder, calibration)
    askings = ask_each(documents, reader, embedder, arguments.seed, "written")
    answers = {question: spans for one in documents for question, spans in one.questions}
    print(measured(askings, answers, read_kinds("dev"), calibration))


if __name__ == "__main__":
    main()
