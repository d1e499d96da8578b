"""Train the reader.

    python -m rag.training --data DIR --held-out DIR --out OUT
    python -m rag.training --data DIR --held-out DIR --out AGAIN --start OUT/model --seed 20261126 --tokens 7e6
    python -m rag.training.average --out BOTH ONE/model OTHER/model

The second command goes on with examples made anew. ONE and OTHER are trained like it, side by side, from AGAIN/model
with `--recipe documents --tokens 7.2e6` and the seeds 20261128 and 20261129: they learn what is asked of whole
documents. BOTH was taken once more through that with `--tokens 1.8e6` and the seeds 20261130 and 20261131; what that
left is what ships in `rag/models/reader`, once `rag.training.card` had measured it. The earlier stages were run before
passages of a question shared a softmax, and before half of the written questions were there: the commands make a
reader like it today, not the same one. DIR holds `train.jsonl.gz` and `dev.jsonl.gz`; the model card gives their origin
and form. Stopped at any time, the same command goes on where it was. On two cores that multiply bfloat16 the first
takes about 75 minutes, the second 35, the two together 70; on two that do not, the last two together took 40.
"""

import argparse
import json
import shutil
from operator import attrgetter
from pathlib import Path

from tokenizers import Tokenizer

from index.embedding import bundled_folder
from rag.training.gather import gather, gathered_once
from rag.training.recipes import RECIPES
from rag.training.spans import SPANS, encode
from rag.training.train import plan_batches, train

SETTINGS = "training.json"
SEED = 20261125
TOKENS = 16e6
TOKENIZER_FILES = ("tokenizer.json", "tokenizer_config.json")


def main() -> None:
    """Run the training."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with train.jsonl.gz and dev.jsonl.gz")
    parser.add_argument("--held-out", type=Path, nargs="+", default=[], help="folders of texts not to be trained on")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints and the model")
    parser.add_argument("--start", type=Path, help="model to go on from, with examples made anew")
    parser.add_argument("--recipe", choices=sorted(RECIPES), default="footnote")
    parser.add_argument("--no-negatives", action="store_true", help="leave out questions without an answer")
    parser.add_argument("--tokens", type=float, default=TOKENS, help="how long to train, in tokens")
    parser.add_argument("--seed", type=int, default=SEED)
    arguments = parser.parse_args()
    files = sorted(file for folder in arguments.held_out for file in folder.rglob("*"))
    recipe, negatives = RECIPES[arguments.recipe], not arguments.no_negatives
    folder = arguments.out / "model"
    folder.mkdir(parents=True, exist_ok=True)
    examples, made_of = gathered_once(
        arguments.out, lambda: gather(recipe, arguments.data, files, arguments.seed, negatives=negatives)
    )
    rows = encode(examples, Tokenizer.from_file(str(bundled_folder() / "tokenizer.json")))
    batches = plan_batches(rows, int(arguments.tokens), arguments.seed, asked=attrgetter("asked"))
    settings = {
        "recipe": arguments.recipe,
        "negatives": negatives,
        "seed": arguments.seed,
        "before": json.loads((arguments.start / SETTINGS).read_text()) if arguments.start else None,
        **made_of,
        "examples": len(rows),
        "without an answer": sum(row.first == 0 for row in rows),
        "tokens of a pass": sum(len(row.ids) for row in rows),
        "tokens": int(arguments.tokens),
        "steps": len(batches),
    }
    print(json.dumps(settings, indent=1))
    model = train(arguments.start or bundled_folder(), rows, batches, arguments.out, arguments.seed, SPANS)
    model.save_pretrained(folder)
    for name in TOKENIZER_FILES:
        shutil.copyfile(bundled_folder() / name, folder / name)
    (folder / SETTINGS).write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
