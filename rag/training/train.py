"""Train a model on examples: the same weights for the same seed and kind of processor, and it goes on if stopped."""

import hashlib
import json
import os
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path
from typing import Any, TextIO

import torch
from tqdm import tqdm

from index.models import bfloat16_pays

BATCH_TOKENS = 4096
POOL = 8192  #: examples that are sorted by length together
LEARNING_RATE = 1.5e-4
WARM_UP = 0.04  #: of all steps; then the rate falls linearly to nothing
WEIGHT_DECAY = 0.01
CHECKPOINT_EVERY = 250  #: steps


def plan_batches(
    rows: Sequence[Any],
    tokens: int,
    seed: int,
    asked: Callable[[Any], int] | None = None,
    batch_tokens: int = BATCH_TOKENS,
) -> list[list[int]]:
    """Batches of rows of like length until `tokens` are used, padding counted; passes begin anew as needed.

    Args:
        rows: Begin with token ids.
        tokens: How many to use.
        seed: Of the order.
        asked: Tells of a row which question it is of; rows of one question stay together.
        batch_tokens: The most in a batch, but for one of a single question.

    Raises ValueError if there are no rows.
    """
    if not rows:
        raise ValueError("there are no examples; does the data have the recipe's sources?")
    questions: dict[int, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        questions[asked(row) if asked else number].append(number)
    groups = [(max(len(rows[row][0]) for row in group), group) for group in questions.values()]
    batches: list[list[int]] = []
    used, epoch = 0, 0
    while True:
        rng = random.Random(f"{seed} {epoch}")
        rng.shuffle(groups)
        for start in range(0, len(groups), POOL):
            pool = list(_by_length(sorted(groups[start : start + POOL], key=itemgetter(0)), batch_tokens))
            rng.shuffle(pool)
            for longest, batch in pool:
                batches.append(batch)
                used += len(batch) * longest
                if used >= tokens:
                    return batches
        epoch += 1


def _by_length(groups: Sequence[tuple[int, list[int]]], batch_tokens: int) -> Iterator[tuple[int, list[int]]]:
    longest, batch = 0, list[int]()
    for length, group in groups:
        if batch and (len(batch) + len(group)) * length > batch_tokens:
            yield longest, batch
            batch = []
        longest, batch = length, batch + group
    if batch:
        yield longest, batch


@dataclass(frozen=True, slots=True)
class Task:
    """What a model learns: which head it has, and how far its output is from what the rows want."""

    head: Any  #: one of transformers' Auto classes
    loss: Callable[[Any, Sequence[Any]], torch.Tensor]  #: of the head's output for a batch, in which padding is masked
    settings: Mapping[str, Any] = field(default_factory=dict)  #: of the model's configuration

    def open(self, start: Path) -> Any:
        """The model in a folder, with its dropout off and attention eager: on a CPU that is two to three times as fast.

        In bfloat16 where the processor multiplies it.
        """
        return self.head.from_pretrained(
            start,
            dtype=torch.bfloat16 if bfloat16_pays() else torch.float32,
            attn_implementation="eager",
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
            **self.settings,
        )


@dataclass(frozen=True, slots=True)
class Pace:
    """How a training goes on."""

    learning_rate: float = field(default_factory=lambda: LEARNING_RATE)  #: the highest
    parallel: int = 1  #: batches of a step, each in its own thread
    seconds: float = float("inf")  #: after which it ends, if its steps have not come to their end before
    checkpoint_every: int = field(default_factory=lambda: CHECKPOINT_EVERY)  #: steps
    at_checkpoint: Callable[[Any], None] = lambda model: None  #: what else to do with the model then


def train(
    start: Path,
    rows: Sequence[Any],
    batches: Sequence[Sequence[int]],
    out: Path,
    seed: int,
    task: Task,
    pace: Pace | None = None,
) -> Any:
    """Train a model for a task; goes on from the checkpoint in `out`, if there is one.

    Rows begin with token ids and segments. Raises ValueError if the checkpoint is of other batches.
    """
    pace = pace or Pace()
    plan = hashlib.sha256(json.dumps([seed, batches]).encode()).hexdigest()
    steps = [batches[start : start + pace.parallel] for start in range(0, len(batches), pace.parallel)]
    run = _Run(start, len(steps), out / "checkpoint.pt", seed, plan, task, pace)
    bar = tqdm(steps[run.done :], initial=run.done, total=len(steps), desc="training", unit="step", mininterval=10)
    with (out / "log.jsonl").open("a") as log:
        for step in bar:
            if run.rate == 0:
                break
            run.step([[rows[row] for row in batch] for batch in step])
            if run.done % 20 == 0:
                bar.set_postfix(loss=f"{run.loss:.3f}")
            if run.done % 5 == 0:
                run.tell(log)
            if run.done % pace.checkpoint_every == 0:
                run.save()
                run.tell(log)
                pace.at_checkpoint(run.model)
        run.save()
        run.tell(log)
    return run.model.bfloat16().eval()


class _Run:
    """A model in training, after `done` of its steps.

    The forward and backward passes run in bfloat16 throughout where the processor multiplies it, the updates always in
    float32. What is frozen in the model stays as it is.
    """

    def __init__(self, start: Path, steps: int, checkpoint: Path, seed: int, plan: str, task: Task, pace: Pace) -> None:
        torch.manual_seed(seed)  # of the head's first weights
        self._task = task
        self._pace = pace
        self.model = task.open(start).train()
        self.done = 0
        self.loss = 0.0  #: running mean
        self.seconds = 0.0
        self.tokens = 0  #: padding left out
        self._steps = steps
        self._plan = plan
        self._checkpoint = checkpoint
        self._parameters = [parameter for parameter in self.model.parameters() if parameter.requires_grad]
        self._master = [parameter.detach().float().clone().requires_grad_() for parameter in self._parameters]
        decayed = [weight for weight in self._master if weight.ndim > 1]
        plain = [weight for weight in self._master if weight.ndim <= 1]
        groups = [{"params": decayed, "weight_decay": WEIGHT_DECAY}, {"params": plain, "weight_decay": 0.0}]
        self._optimizer = torch.optim.AdamW(groups, lr=pace.learning_rate, fused=True)
        self._threads = ThreadPoolExecutor(pace.parallel)
        if checkpoint.exists():
            self._resume()

    @property
    def rate(self) -> float:
        """The learning rate of the next step: it rises, then falls linearly to nothing."""
        warm_up = max(1, int(WARM_UP * self._steps))
        left = min((self._steps - self.done) / max(1, self._steps - warm_up), 1 - self.seconds / self._pace.seconds)
        return self._pace.learning_rate * max(0.0, min((self.done + 1) / warm_up, left))

    def tell(self, log: TextIO) -> None:
        """Write into the log how far it is."""
        state = {
            "step": self.done,
            "of": self._steps,
            "tokens": self.tokens,
            "seconds": round(self.seconds, 1),
            "loss": round(self.loss, 4),
            "rate": self.rate,
        }
        log.write(json.dumps(state) + "\n")
        log.flush()

    def step(self, batches: Sequence[Sequence[Any]]) -> None:
        """One update of the weights."""
        started = time.monotonic()
        for group in self._optimizer.param_groups:
            group["lr"] = self.rate
        # Gradients of several threads are added up in the parameters; of two, the order does not matter.
        losses = list(self._threads.map(lambda rows: self._backward(rows, len(batches)), batches))
        for weight, parameter in zip(self._master, self._parameters, strict=True):
            weight.grad = None if parameter.grad is None else parameter.grad.float()
            parameter.grad = None
        torch.nn.utils.clip_grad_norm_(self._master, 1.0)
        self._optimizer.step()
        self._copy_down()
        self.done += 1
        self.loss += (sum(losses) / len(losses) - self.loss) * max(0.01, 1 / self.done)
        self.tokens += sum(len(row[0]) for rows in batches for row in rows)
        self.seconds += time.monotonic() - started

    def _backward(self, rows: Sequence[Any], parts: int) -> float:
        loss = self._task.loss(_forward(self.model, rows), rows)
        (loss / parts).backward()  # type: ignore[no-untyped-call]
        return float(loss.detach())

    def save(self) -> None:
        """Write the checkpoint, which replaces the one before it as a whole."""
        state = {
            "plan": self._plan,
            "done": self.done,
            "loss": self.loss,
            "seconds": self.seconds,
            "tokens": self.tokens,
            "optimizer": self._optimizer.state_dict(),
            "weights": [weight.detach() for weight in self._master],
        }
        new = self._checkpoint.with_suffix(".new")
        torch.save(state, new)
        os.replace(new, self._checkpoint)

    def _resume(self) -> None:
        saved = torch.load(self._checkpoint)
        if saved["plan"] != self._plan:
            raise ValueError(f"{self._checkpoint} is of another training; give another folder, or delete it.")
        self.done, self.loss = saved["done"], saved["loss"]
        self.seconds, self.tokens = saved["seconds"], saved["tokens"]
        self._optimizer.load_state_dict(saved["optimizer"])
        for weight, value in zip(self._master, saved["weights"], strict=True):
            weight.data.copy_(value)
        self._copy_down()

    def _copy_down(self) -> None:
        with torch.no_grad():
            for weight, parameter in zip(self._master, self._parameters, strict=True):
                parameter.copy_(weight)


def _forward(model: Any, rows: Sequence[Any]) -> Any:
    longest = max(len(row[0]) for row in rows)
    lengths = [(row, longest - len(row[0])) for row in rows]
    pad = model.config.pad_token_id or 0
    inputs = {
        "input_ids": torch.tensor([row[0] + [pad] * left for row, left in lengths]),
        "attention_mask": torch.tensor([[1] * len(row[0]) + [0] * left for row, left in lengths]),
    }
    if hasattr(model.config, "type_vocab_size"):  # else it is not told which text a token is of
        inputs["token_type_ids"] = torch.tensor([row[1] + [0] * left for row, left in lengths])
    return model(**inputs)
