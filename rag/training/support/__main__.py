"""Train the support model.

    python -m rag.training.support --data DIR --out OUT
    python -m rag.training.support --data DIR --out AGAIN --start OUT/model --seed 20261126 --tokens 12e6

DIR holds `support/train.jsonl.gz` and `reader/train.jsonl.gz`; the model card gives their origin and form. Training
begins with the bundled reader; the second command goes on with claims made anew. Stopped at any time, the same command
goes on where it was. On two cores making the claims takes ten minutes, as the reader misreads many questions, and a
million tokens five.
"""

import argparse
import hashlib
import json
import shutil
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch.nn.functional import cross_entropy
from tqdm import tqdm
from transformers import AutoModelForSequenceClassification

from index.embedding import bundled_folder
from rag.read.spans import SpanModel
from rag.training.__main__ import SETTINGS, TOKENIZER_FILES
from rag.training.spans import MAX_LENGTH
from rag.training.support.examples import Example, in_longer_texts, load_claims, made_by_code, misread_questions
from rag.training.train import POOL, Task, plan_batches, train

SEED = 20261125
TOKENS = 7e6
HELD_OUT = 20  #: one in so many groups is kept for the fit

LABELS = {0: "not_entailment", 1: "entailment"}


def make_examples(data: Path, seed: int) -> tuple[list[Example], list[Example]]:
    """The examples to train on, and those to fit on, which share no evidence."""
    reading = data / "reader" / "train.jsonl.gz"
    written = load_claims(data / "support" / "train.jsonl.gz")
    made = made_by_code(reading, written, seed) + misread_questions(reading, seed, SpanModel())

    def part(held_out: bool) -> list[Example]:
        people, code = ([one for one in some if is_held_out(one) == held_out] for some in (written, made))
        return people + in_longer_texts(people, seed) + code

    return part(False), part(True)


def is_held_out(example: Example) -> bool:
    """Whether an example is for the fit, which all of its group are."""
    return int(hashlib.sha256(example.group.encode()).hexdigest(), 16) % HELD_OUT == 0


def encode_claims(examples: Sequence[Example], tokenizer: Tokenizer) -> list[tuple[list[int], list[int], int]]:
    """Token ids, segments and label of each example; evidence comes first, as in NLI, and is cut if need be."""
    tokenizer.enable_truncation(MAX_LENGTH, strategy="only_first")
    tokenizer.no_padding()
    rows: list[tuple[list[int], list[int], int]] = []
    for start in tqdm(range(0, len(examples), POOL), desc="tokenising"):
        chunk = [one for one in examples[start : start + POOL] if len(one.claim) < 600]
        encodings = tokenizer.encode_batch([(one.evidence, one.claim) for one in chunk])
        rows.extend((e.ids, e.type_ids, int(one.supported)) for one, e in zip(chunk, encodings, strict=True))
    return rows


def _loss(output: Any, rows: Sequence[Any]) -> torch.Tensor:
    return cross_entropy(output.logits.float(), torch.tensor([row[2] for row in rows]))


SUPPORT = Task(
    AutoModelForSequenceClassification,
    _loss,
    {"num_labels": 2, "id2label": LABELS, "label2id": {name: number for number, name in LABELS.items()}},
)


def _settings_of(folder: Path) -> dict[str, Any] | None:
    """How a support model was trained that training goes on from; None for a reader."""
    settings: dict[str, Any] = json.loads((folder / SETTINGS).read_text(encoding="utf-8"))
    return settings if "claims" in settings else None


def main() -> None:
    """Run the training."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with support/ and reader/")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints and the model")
    parser.add_argument("--start", type=Path, default=SpanModel.bundled, help="model to start from")
    parser.add_argument("--tokens", type=float, default=TOKENS, help="how long to train, in tokens")
    parser.add_argument("--seed", type=int, default=SEED)
    arguments = parser.parse_args()
    examples, held_out = make_examples(arguments.data, arguments.seed)
    rows = encode_claims(examples, Tokenizer.from_file(str(bundled_folder() / "tokenizer.json")))
    batches = plan_batches(rows, int(arguments.tokens), arguments.seed)
    settings = {
        "seed": arguments.seed,
        "before": _settings_of(arguments.start),
        "claims": dict(sorted(Counter(one.source for one in examples).items())),
        "examples": len(rows),
        "supported": sum(label for *_, label in rows),
        "held out": len(held_out),
        "tokens of a pass": sum(len(ids) for ids, *_ in rows),
        "tokens": int(arguments.tokens),
        "steps": len(batches),
    }
    print(json.dumps(settings, indent=1))
    folder = arguments.out / "model"
    folder.mkdir(parents=True, exist_ok=True)
    model = train(arguments.start, rows, batches, arguments.out, arguments.seed, SUPPORT)
    model.save_pretrained(folder)
    for name in TOKENIZER_FILES:
        shutil.copyfile(bundled_folder() / name, folder / name)
    (folder / SETTINGS).write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
