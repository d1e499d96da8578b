"""Train an adapter for the reader on all-mpnet-base-v2: low-rank additions to its frozen weights, and two heads.

    python -m rag.training.adapter --data DIR --held-out DIR [DIR ...] --start ADAPTER --out OUT --tokens 5e5

OUT/adapter is what was learnt so far, in the form of `peft`; it is written anew at each checkpoint, so that the
training may be stopped at any time. The same command goes on where it was. Without `--start`, an adapter begins anew.
The learning rate falls to nothing over the tokens or, if they are given, the hours, whichever are used up first.
A core without bfloat16 trains on 160 tokens a second when it has nothing else to do.
"""

import argparse
import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer

from rag.adapter import BASE, CONFIG, RELEVANCE, WEIGHTS, is_adapter
from rag.base import base_folder
from rag.training.__main__ import SETTINGS
from rag.training.gather import gather, gathered_once
from rag.training.recipes import RECIPES
from rag.training.spans import SPANS, encode, with_relevance
from rag.training.train import Pace, Task, plan_batches, train

SEED = 20261201
RANK = 32
TARGETS = ["q", "k", "v", "o", "dense"]  #: attention and both feed-forward matrices of every layer
LEARNING_RATE = 3e-4
BATCH_TOKENS = 1024  #: of a thread; a step has as many such batches as there are threads


@dataclass(frozen=True, slots=True)
class AdapterTask(Task):
    """A task that leaves the base as it is."""

    base: Path = Path()
    kind: str = "QUESTION_ANS"  #: what `peft` calls it
    heads: tuple[str, ...] = ("qa_outputs", RELEVANCE)  #: what is trained whole
    prepare: Callable[[Any], Any] = with_relevance  #: gives the model the heads that it lacks
    frozen: int = 0  #: of the layers, the lowest ones, in which the adapter stays as it was

    def open(self, start: Path) -> Any:
        """The base with the adapter in a folder, or with a new one if there is none; only that is trained."""
        from peft import LoraConfig, PeftConfig, get_peft_model
        from peft.utils import get_peft_model_state_dict, set_peft_model_state_dict
        from safetensors.torch import load_file

        model = self.prepare(super(AdapterTask, self).open(self.base))
        known = is_adapter(str(start))
        if known:
            config = PeftConfig.from_pretrained(str(start))
            config.inference_mode, config.base_model_name_or_path = False, None  # as of one that begins anew
        else:
            config = LoraConfig(task_type=self.kind, r=RANK, lora_alpha=RANK, target_modules=TARGETS)
        config.modules_to_save = list(self.heads)
        adapted = get_peft_model(model, config)
        if known:  # a head that the adapter has not yet begins anew
            weights = get_peft_model_state_dict(adapted, save_embedding_layers=False)
            set_peft_model_state_dict(adapted, weights | load_file(start / WEIGHTS))
        below = tuple(f".layer.{number}." for number in range(self.frozen))
        for name, parameter in adapted.named_parameters():
            parameter.requires_grad &= not any(layer in name for layer in below)
            if parameter.requires_grad:
                parameter.data = parameter.data.to(model.dtype)
        return adapted


def save_adapter(model: Any, folder: Path) -> None:
    """Write the adapter in bfloat16; it replaces the one before it."""
    from peft import get_peft_model_state_dict
    from safetensors.torch import save_file

    folder.mkdir(parents=True, exist_ok=True)
    # Else it asks the network whether the base's vocabulary was changed.
    weights = get_peft_model_state_dict(model, save_embedding_layers=False)
    state = {name: value.bfloat16().contiguous() for name, value in weights.items()}
    new = folder / f"{WEIGHTS}.new"
    save_file(state, new)
    os.replace(new, folder / WEIGHTS)
    config = model.peft_config["default"]
    keys = "peft_type task_type base_model_name_or_path r lora_alpha lora_dropout bias target_modules modules_to_save"
    settings = {key: getattr(config, key) for key in keys.split()} | {"inference_mode": True}
    # A head that an adapter begins with is named once more at each loading.
    settings = {key: sorted(set(value)) if isinstance(value, set | list) else value for key, value in settings.items()}
    settings["base_model_name_or_path"] = BASE
    (folder / CONFIG).write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")


def parser(description: str | None) -> argparse.ArgumentParser:
    """The arguments of every training of an adapter."""
    made = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--out", type=Path, required=True, help="folder for checkpoints and the adapter")
    made.add_argument("--start", type=Path, help="adapter to go on from")
    made.add_argument("--tokens", type=float, default=5e5, help="how long to train, in tokens")
    made.add_argument("--hours", type=float, default=float("inf"), help="how long to train at most")
    made.add_argument("--learning-rate", type=float, default=LEARNING_RATE)
    made.add_argument("--frozen", type=int, default=0, help="lowest layers, whose adapter stays as it was")
    made.add_argument("--threads", type=int, default=2, help="batches that are worked on at once")
    made.add_argument("--checkpoint-every", type=int, default=10, help="steps")
    made.add_argument("--seed", type=int, default=SEED)
    return made


def train_adapter(
    arguments: argparse.Namespace,
    task: AdapterTask,
    rows: Sequence[Any],
    made_of: Mapping[str, Any],
    asked: Callable[[Any], int] | None = None,
) -> None:
    """Train on rows as the arguments say, and keep beside the adapter what it was trained on, `made_of` among it."""
    batches = plan_batches(rows, int(arguments.tokens), arguments.seed, asked, BATCH_TOKENS)
    known = arguments.start and (arguments.start / SETTINGS).is_file()
    settings = {
        "seed": arguments.seed,
        "before": json.loads((arguments.start / SETTINGS).read_text(encoding="utf-8")) if known else None,
        "rank": RANK,
        "learning rate": arguments.learning_rate,
        "frozen": arguments.frozen,
        "batch": BATCH_TOKENS * arguments.threads,
        **made_of,
        "examples": len(rows),
        "tokens of a pass": sum(len(row[0]) for row in rows),
    }
    print(json.dumps(settings, indent=1), flush=True)
    folder = arguments.out / "adapter"

    def save(model: Any) -> None:
        save_adapter(model, folder)
        done = json.loads((arguments.out / "log.jsonl").read_text(encoding="utf-8").splitlines()[-1])
        size = (folder / WEIGHTS).stat().st_size
        # Two bytes a parameter.
        told = {"parameters": round(size / 2e6, 1), "megabytes": round(size / 1e6, 1), **settings}
        told |= {"steps": done["step"], "tokens": done["tokens"]}
        (folder / SETTINGS).write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")

    seconds = arguments.hours * 3600
    pace = Pace(arguments.learning_rate, arguments.threads, seconds, arguments.checkpoint_every, save)
    save(train(arguments.start or Path("nowhere"), rows, batches, arguments.out, arguments.seed, task, pace))


def main() -> None:
    """Run the training."""
    asking = parser(__doc__)
    asking.add_argument("--data", type=Path, required=True, help="folder with train.jsonl.gz and dev.jsonl.gz")
    asking.add_argument("--held-out", type=Path, nargs="+", default=[], help="folders of texts not to be trained on")
    asking.add_argument("--recipe", choices=sorted(RECIPES), default="adapter")
    arguments = asking.parse_args()
    torch.set_num_threads(1)  # each batch has a thread of its own, and none waits for another within a layer
    arguments.out.mkdir(parents=True, exist_ok=True)
    files = (file for folder in arguments.held_out for file in sorted(folder.rglob("*")))
    recipe = RECIPES[arguments.recipe]
    examples, made_of = gathered_once(arguments.out, lambda: gather(recipe, arguments.data, files, arguments.seed))
    rows = encode(examples, Tokenizer.from_file(str(base_folder() / "tokenizer.json")))
    told = {"recipe": arguments.recipe, "negatives": True, **made_of}
    told["without an answer"] = sum(row.first == 0 for row in rows)
    task = AdapterTask(SPANS.head, SPANS.loss, base=base_folder(), frozen=arguments.frozen)
    train_adapter(arguments, task, rows, told, attrgetter("asked"))


if __name__ == "__main__":
    main()
