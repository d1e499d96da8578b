"""Train an adapter for the support model on all-mpnet-base-v2: low-rank additions to its frozen weights, and a head.

    python -m rag.training.support.adapter --data DIR --start ADAPTER --out OUT --tokens 1.5e6

DIR holds `support/` and `reader/`, as for the small model. Of the claims that were written for Footnote, those on one
document in six are for the fit; the same command goes on where it was stopped, as with the reader's adapter.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import torch
from tokenizers import Tokenizer
from torch.nn.functional import binary_cross_entropy_with_logits
from tqdm import tqdm
from transformers import AutoModelForSequenceClassification

from rag.base import base_folder
from rag.jsonlines import read_lines
from rag.training.adapter import AdapterTask, parser, train_adapter
from rag.training.support.__main__ import is_held_out
from rag.training.support.examples import Example, in_longer_texts, load_claims, made_by_code
from rag.training.train import POOL
from rag.verify.support import MAX_LENGTH

WRITTEN = Path(__file__).parents[1] / "written" / "claims.jsonl"
#: How many pairs of a kind; of each data set the same number, as far as it has so many.
PUBLIC, OF_A_SET, MADE = 2_000, 200, 5_000
LONGER = 0.15  #: of the pairs of data sets are shown in longer evidence, too
WRITTEN_LONGER = 0.2  #: of the written ones are
FIT = 4  #: for the fit, a quarter of that


class Row(NamedTuple):
    """A claim with its evidence in tokens."""

    ids: list[int]
    segments: list[int]
    supported: int


def written_claims() -> tuple[list[Example], list[Example]]:
    """The claims that were written for Footnote: to train on, and held out, which share no document."""
    parts: dict[str, list[Example]] = {"train": [], "fit": []}
    for line in read_lines(WRITTEN):
        parts[line["part"]] += [
            Example(f"written, {kind}", line["evidence"], claim, verdict == "right", line["document"])
            for verdict in ("right", "wrong")
            for kind, claim in line[verdict]
        ]
    return parts["train"], parts["fit"]


def make_examples(data: Path, seed: int) -> tuple[list[Example], list[Example]]:
    """The examples to train on, in random order, and those to fit on; no evidence is in both.

    The same for the same seed.
    """
    by_people = load_claims(data / "support" / "train.jsonl.gz")
    sets: dict[str, list[Example]] = defaultdict(list)
    for one in load_claims(data / "support" / "train_more.jsonl.gz"):
        sets[one.source].append(one)
    made = made_by_code(data / "reader" / "train.jsonl.gz", by_people, seed)
    to_train_on, to_fit_on = written_claims()

    def part(held_out: bool) -> list[Example]:
        rng = random.Random(f"{seed} support adapter {held_out}")
        share = 1 / FIT if held_out else 1.0

        def some(examples: Sequence[Example], most: int) -> list[Example]:
            open_to = [one for one in examples if is_held_out(one) == held_out]
            return rng.sample(open_to, min(round(most * share), len(open_to)))

        public = some(by_people, PUBLIC) + [one for _, these in sorted(sets.items()) for one in some(these, OF_A_SET)]
        written = to_fit_on if held_out else to_train_on
        longer = [one for one in public if rng.random() < LONGER]
        longer += [one for one in written if rng.random() < WRITTEN_LONGER]
        examples = public + some(made, MADE) + written + in_longer_texts(longer, seed)
        rng.shuffle(examples)
        return examples

    return part(False), part(True)


def encode_claims(examples: Sequence[Example], tokenizer: Tokenizer) -> list[Row]:
    """The claim comes first, and the evidence is cut if need be."""
    tokenizer.enable_truncation(MAX_LENGTH, strategy="longest_first")
    tokenizer.no_padding()
    rows: list[Row] = []
    for start in tqdm(range(0, len(examples), POOL), desc="tokenising"):
        chunk = examples[start : start + POOL]
        encodings = tokenizer.encode_batch([(one.claim, one.evidence) for one in chunk])
        rows += [Row(one.ids, one.type_ids, int(of.supported)) for of, one in zip(chunk, encodings, strict=True)]
    return rows


def _loss(output: Any, rows: Sequence[Row]) -> torch.Tensor:
    wanted = torch.tensor([float(row.supported) for row in rows])
    return binary_cross_entropy_with_logits(output.logits.float()[:, 0], wanted)


def task(frozen: int) -> AdapterTask:
    """Whether evidence bears out a claim: one output, its log-odds."""
    return AdapterTask(
        AutoModelForSequenceClassification,
        _loss,
        {"num_labels": 1},
        base=base_folder(),
        frozen=frozen,
        kind="SEQ_CLS",
        heads=("classifier",),
        prepare=lambda model: model,
    )


def main() -> None:
    """Run the training."""
    asking = parser(__doc__)
    asking.add_argument("--data", type=Path, required=True, help="folder with support/ and reader/")
    arguments = asking.parse_args()
    torch.set_num_threads(1)
    arguments.out.mkdir(parents=True, exist_ok=True)
    examples, held_out = make_examples(arguments.data, arguments.seed)
    rows = encode_claims(examples, Tokenizer.from_file(str(base_folder() / "tokenizer.json")))
    counts = Counter(one.source for one in examples)
    made_of: dict[str, Any] = {"claims": dict(sorted(counts.items())), "supported": sum(row.supported for row in rows)}
    made_of["held out"] = len(held_out)
    train_adapter(arguments, task(arguments.frozen), rows, made_of)


if __name__ == "__main__":
    main()
