"""Measure readers on held-out questions, each with its own context."""

import random
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from sklearn.metrics import roc_auc_score
from torch import nn
from tqdm import tqdm

from rag.evaluation.overlap import token_f1
from rag.heads import Pretrained, load_pretrained
from rag.jsonlines import read_lines
from rag.read.spans import SpanModel

SQUAD_2 = ("squad_v2_dev", "squad_v2_train_part", "squad_v1.1_train_part")  #: both classes of the same articles

Line = dict[str, Any]


def measure(model: SpanModel, lines: Sequence[Line]) -> dict[str, float]:
    """The F1 of the best span by source, their mean, and how well the margin tells unanswerable questions.

    The last is the area under the ROC curve, over the questions of SQuAD 2.0.
    """
    f1, margins, labels = defaultdict(list), [], []
    for line in tqdm(lines, desc="measuring", leave=False):
        (windows,) = model.read(line["question"], [("", line["context"])])
        margin, start, end = max(span for window in windows if (span := window.best_span(0, len(line["context"]))))
        if line["source"] in SQUAD_2:
            margins.append(margin)
            labels.append(line["answerable"])
        if line["answerable"]:
            given = line["context"][start:end]
            f1[line["source"]].append(max(token_f1(given, answer["text"]) for answer in line["answers"]))
    figures = {source: float(np.mean(values)) for source, values in sorted(f1.items())}
    return figures | {"mean": float(np.mean(list(figures.values()))), "AUROC": float(roc_auc_score(labels, margins))}


def held_out_lines(path: Path, most: int, seed: int) -> list[Line]:
    """At most `most` questions of each source, those with an answer that is not empty, or none."""
    by_source = defaultdict(list)
    for line in read_lines(path):
        if any(answer["text"] for answer in line["answers"]) == line["answerable"]:
            by_source[line["source"]].append(line)
    for source, lines in sorted(by_source.items()):
        random.Random(f"{seed} {source}").shuffle(lines)
    return [line for _, lines in sorted(by_source.items()) for line in lines[:most]]


def _int8(network: nn.Module) -> nn.Module:
    quantize: Callable[..., nn.Module] = torch.ao.quantization.quantize_dynamic
    return quantize(network.float(), {nn.Linear}, dtype=torch.qint8)


FORMATS: dict[str, Callable[[nn.Module], nn.Module]] = {
    "float32": lambda network: network.float(),
    "bfloat16": lambda network: network.bfloat16(),
    "int8": _int8,
}


def compare_formats(folder: Path, lines: Sequence[Line]) -> dict[str, dict[str, float]]:
    """F1, AUROC and seconds a question, for each number format that the weights may have in memory."""
    figures = {}
    for name, convert in FORMATS.items():
        model = SpanModel(str(folder))
        loaded = load_pretrained(str(folder), model.head, torch.float32, local=True)
        assert isinstance(loaded.run, Pretrained)
        model.network = replace(loaded, run=replace(loaded.run, model=convert(loaded.run.model)))
        model.read("Warm?", [("", "It is warm.")])
        started = time.perf_counter()
        found = measure(model, lines)
        figures[name] = {
            "mean F1": found["mean"],
            "AUROC": found["AUROC"],
            "seconds": (time.perf_counter() - started) / len(lines),
        }
    return figures
