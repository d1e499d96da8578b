"""Train an adapter for the reader on all-mpnet-base-v2: low-rank additions to its frozen weights, and the head.

    python -m rag.training.adapter --data DIR --held-out DIR [DIR ...] --start ADAPTER --out OUT --tokens 5e5

OUT/adapter is what was learnt so far, in the form of `peft`; it is written anew at each checkpoint, so that the
training may be stopped at any time. The same command goes on where it was. Without `--start`, an adapter begins anew.
The learning rate falls to nothing over the tokens or, if they are given, the hours, whichever are used up first.
A core without bfloat16 trains on 160 tokens a second when it has nothing else to do.
"""

import argparse
import json
import os
import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer

from index.embedding import SentenceEmbedder
from rag.adapter import BASE, CONFIG, WEIGHTS, is_adapter
from rag.base import base_folder
from rag.training.__main__ import SETTINGS
from rag.training.data import held_out_from
from rag.training.examples import RECIPES, Example, make_examples, questions_for
from rag.training.forms import form_examples
from rag.training.spans import SPANS, encode
from rag.training.train import Pace, Task, plan_batches, train
from rag.training.written import examples_as_found, read_written

SEED = 20261201
RANK = 32
TARGETS = ["q", "k", "v", "o", "dense"]  #: attention and both feed-forward matrices of every layer
HEAD = "qa_outputs"
LEARNING_RATE = 3e-4
BATCH_TOKENS = 1024  #: of a thread; a step has as many such batches as there are threads


@dataclass(frozen=True, slots=True)
class AdapterTask(Task):
    """A task that leaves the base as it is."""

    base: Path = Path()
    frozen: int = 0  #: of the layers, the lowest ones, in which the adapter stays as it was

    def open(self, start: Path) -> Any:
        """The base with the adapter in a folder, or with a new one if there is none; only that is trained."""
        from peft import LoraConfig, PeftModel, TaskType, get_peft_model

        model = super(AdapterTask, self).open(self.base)
        if is_adapter(str(start)):
            adapted = PeftModel.from_pretrained(model, start, is_trainable=True)
        else:
            config = LoraConfig(
                task_type=TaskType.QUESTION_ANS,
                r=RANK,
                lora_alpha=RANK,
                target_modules=TARGETS,
                modules_to_save=[HEAD],
            )
            adapted = get_peft_model(model, config)
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


def gather(arguments: argparse.Namespace, settings: dict[str, Any]) -> list[Example]:
    """The examples of a recipe, with counts of what they are made of in `settings`."""
    embedder = SentenceEmbedder()
    recipe = RECIPES[arguments.recipe]
    files = (file for folder in arguments.held_out for file in sorted(folder.rglob("*")))
    held_out = held_out_from(arguments.data, (file for file in files if file.suffix in (".txt", ".md")))
    asked = questions_for(recipe, arguments.data, embedder.count_tokens, held_out, arguments.seed)
    examples = make_examples(asked, recipe, arguments.seed)
    settings["questions"] = dict(sorted(Counter(one.source for one in asked).items()))
    if recipe.forms:
        sentences = [
            passage.text[start:end] for one in asked for passage in one.passages for start, end in passage.sentences
        ]
        examples += form_examples(recipe.forms, arguments.seed, [one for one in sentences if 40 < len(one) < 160])
    settings["written"] = {}
    for part, most in recipe.written.items():
        documents = read_written(part, arguments.data, embedder, held_out, most=most, seed=arguments.seed)
        settings["written"][part] = sum(len(one.questions) for one in documents)
        examples += examples_as_found(documents, embedder, arguments.seed)
    settings["forms"] = recipe.forms
    random.Random(arguments.seed).shuffle(examples)
    return examples


def made_once(arguments: argparse.Namespace) -> tuple[list[Example], dict[str, Any]]:
    """The examples and what they are made of; kept in OUT, as the search behind them takes minutes."""
    made = arguments.out / "examples.json"
    if made.is_file():
        kept = json.loads(made.read_text(encoding="utf-8"))
        return [Example(*one) for one in kept["examples"]], kept["settings"]
    counts: dict[str, Any] = {}
    examples = gather(arguments, counts)
    fields = [(one.question, one.title, one.context, one.answer, one.asked) for one in examples]
    made.write_text(json.dumps({"settings": counts, "examples": fields}), encoding="utf-8")
    return examples, counts


def save(model: Any, out: Path, settings: Mapping[str, Any]) -> None:
    """Write the adapter, and what it was trained on until now."""
    save_adapter(model, out / "adapter")
    done = torch.load(out / "checkpoint.pt")
    size = (out / "adapter" / WEIGHTS).stat().st_size
    # Two bytes a parameter.
    told = {"parameters": round(size / 2e6, 1), "megabytes": round(size / 1e6, 1)}
    told |= {**settings, "steps": done["done"], "tokens": done["tokens"]}
    (out / "adapter" / SETTINGS).write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Run the training."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with train.jsonl.gz and dev.jsonl.gz")
    parser.add_argument("--held-out", type=Path, nargs="+", default=[], help="folders of texts not to be trained on")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints and the adapter")
    parser.add_argument("--start", type=Path, help="adapter to go on from")
    parser.add_argument("--recipe", choices=sorted(RECIPES), default="adapter")
    parser.add_argument("--tokens", type=float, default=5e5, help="how long to train, in tokens")
    parser.add_argument("--hours", type=float, default=float("inf"), help="how long to train at most")
    parser.add_argument("--learning-rate", type=float, default=LEARNING_RATE)
    parser.add_argument("--frozen", type=int, default=0, help="lowest layers, whose adapter stays as it was")
    parser.add_argument("--threads", type=int, default=2, help="batches that are worked on at once")
    parser.add_argument("--checkpoint-every", type=int, default=10, help="steps")
    parser.add_argument("--seed", type=int, default=SEED)
    arguments = parser.parse_args()
    torch.set_num_threads(1)  # each batch has a thread of its own, and none waits for another within a layer
    folder = arguments.out / "adapter"
    folder.mkdir(parents=True, exist_ok=True)
    examples, made_of = made_once(arguments)
    rows = encode(examples, Tokenizer.from_file(str(base_folder() / "tokenizer.json")))
    batches = plan_batches(rows, int(arguments.tokens), arguments.seed, attrgetter("asked"), BATCH_TOKENS)
    settings = {
        "recipe": arguments.recipe,
        "negatives": True,
        "seed": arguments.seed,
        "before": json.loads((arguments.start / SETTINGS).read_text()) if arguments.start else None,
        "rank": RANK,
        "learning rate": arguments.learning_rate,
        "frozen": arguments.frozen,
        "batch": BATCH_TOKENS * arguments.threads,
        **made_of,
        "examples": len(rows),
        "without an answer": sum(row.first == 0 for row in rows),
        "tokens of a pass": sum(len(row.ids) for row in rows),
    }
    print(json.dumps(settings, indent=1), flush=True)
    pace = Pace(
        arguments.learning_rate,
        arguments.threads,
        arguments.hours * 3600,
        arguments.checkpoint_every,
        partial(save, out=arguments.out, settings=settings),
    )
    task = AdapterTask(SPANS.head, SPANS.loss, base=base_folder(), frozen=arguments.frozen)
    start = arguments.start or Path("nowhere")
    save(train(start, rows, batches, arguments.out, arguments.seed, task, pace), arguments.out, settings)


if __name__ == "__main__":
    main()
