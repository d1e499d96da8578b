"""Train a model on examples: the same weights for the same seed and kind of processor, and it goes on if stopped."""

import hashlib
import json
import os
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

import torch
from tokenizers import Tokenizer
from torch.nn.functional import cross_entropy
from tqdm import tqdm
from transformers import AutoModelForQuestionAnswering

from index.models import bfloat16_pays
from rag.training.examples import Example

MAX_LENGTH = 256  #: tokens of question, title and passage together
BATCH_TOKENS = 4096
POOL = 8192  #: examples that are sorted by length together
LEARNING_RATE = 1.5e-4
WARM_UP = 0.04  #: of all steps; then the rate falls linearly to nothing
WEIGHT_DECAY = 0.01
CHECKPOINT_EVERY = 250  #: steps
NEVER = -1e4  #: log-odds


class Row(NamedTuple):
    """An example in tokens."""

    ids: list[int]
    segments: list[int]
    first: int  #: token of the answer; 0 if there is none
    last: int
    asked: int  #: which question, by number: others may be of the same


def encode(examples: Sequence[Example], tokenizer: Tokenizer) -> list[Row]:
    """Token ids of the examples; what has no answer points at the first token."""
    tokenizer.enable_truncation(MAX_LENGTH, strategy="longest_first")
    tokenizer.no_padding()
    rows: list[Row] = []
    numbers: dict[str, int] = {}
    for start in tqdm(range(0, len(examples), POOL), desc="tokenising"):
        chunk = examples[start : start + POOL]
        pairs = [(example.question, _context(example)) for example in chunk]
        for example, encoding in zip(chunk, tokenizer.encode_batch(pairs), strict=True):
            place = (0, 0)
            if example.answer is not None:
                shift = len(_context(example)) - len(example.context)
                first, last = (
                    encoding.char_to_token(offset + shift, 1) for offset in (example.answer[0], example.answer[1] - 1)
                )
                if first is None or last is None:
                    continue  # cut off, or it begins with white space
                place = (first, last)
            asked = numbers.setdefault(example.asked or f"only {len(rows)}", len(numbers))
            rows.append(Row(encoding.ids, encoding.type_ids, *place, asked))
    return rows


def plan_batches(
    rows: Sequence[Any], tokens: int, seed: int, asked: Callable[[Any], int] | None = None
) -> list[list[int]]:
    """Batches of rows of like length until `tokens` are used, padding counted; passes begin anew as needed.

    Args:
        rows: Begin with token ids.
        tokens: How many to use.
        seed: Of the order.
        asked: Tells of a row which question it is of; rows of one question stay together.

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
            pool = list(_by_length(sorted(groups[start : start + POOL], key=itemgetter(0))))
            rng.shuffle(pool)
            for longest, batch in pool:
                batches.append(batch)
                used += len(batch) * longest
                if used >= tokens:
                    return batches
        epoch += 1


def _by_length(groups: Sequence[tuple[int, list[int]]]) -> Iterator[tuple[int, list[int]]]:
    longest, batch = 0, list[int]()
    for length, group in groups:
        if batch and (len(batch) + len(group)) * length > BATCH_TOKENS:
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


def train(start: Path, rows: Sequence[Any], batches: Sequence[Sequence[int]], out: Path, seed: int, task: Task) -> Any:
    """Train a model for a task; goes on from the checkpoint in `out`, if there is one.

    Rows begin with token ids and segments. Raises ValueError if the checkpoint is of other batches.
    """
    plan = hashlib.sha256(json.dumps([seed, batches]).encode()).hexdigest()
    run = _Run(start, len(batches), out / "checkpoint.pt", seed, plan, task)
    bar = tqdm(batches[run.done :], initial=run.done, total=len(batches), desc="training", unit="step", mininterval=10)
    for batch in bar:
        run.step([rows[row] for row in batch])
        if run.done % 20 == 0:
            bar.set_postfix(loss=f"{run.loss:.3f}")
        if run.done % CHECKPOINT_EVERY == 0 or run.done == len(batches):
            run.save()
    return run.model.bfloat16().eval()


class _Run:
    """A model in training, after `done` of its steps.

    The forward and backward passes run in bfloat16 throughout where the processor multiplies it, the updates always in
    float32. Dropout is off and attention eager: on a CPU that is two to three times as fast.
    """

    def __init__(self, start: Path, steps: int, checkpoint: Path, seed: int, plan: str, task: Task) -> None:
        torch.manual_seed(seed)  # of the head's first weights
        self._task = task
        self.model = task.head.from_pretrained(
            start,
            dtype=torch.bfloat16 if bfloat16_pays() else torch.float32,
            attn_implementation="eager",
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
            **task.settings,
        ).train()
        self.done = 0
        self.loss = 0.0  #: running mean
        self._steps = steps
        self._plan = plan
        self._checkpoint = checkpoint
        self._parameters = list(self.model.parameters())
        self._master = [parameter.detach().float().requires_grad_() for parameter in self._parameters]
        decayed = [weight for weight in self._master if weight.ndim > 1]
        plain = [weight for weight in self._master if weight.ndim <= 1]
        groups = [{"params": decayed, "weight_decay": WEIGHT_DECAY}, {"params": plain, "weight_decay": 0.0}]
        self._optimizer = torch.optim.AdamW(groups, lr=LEARNING_RATE, fused=True)
        if checkpoint.exists():
            self._resume()

    def step(self, rows: Sequence[Any]) -> None:
        """One update of the weights."""
        warm_up = max(1, int(WARM_UP * self._steps))
        progress = min((self.done + 1) / warm_up, (self._steps - self.done) / max(1, self._steps - warm_up))
        for group in self._optimizer.param_groups:
            group["lr"] = LEARNING_RATE * progress
        loss = self._task.loss(_forward(self.model, rows), rows)
        loss.backward()  # type: ignore[no-untyped-call]
        for weight, parameter in zip(self._master, self._parameters, strict=True):
            weight.grad = None if parameter.grad is None else parameter.grad.float()
            parameter.grad = None
        torch.nn.utils.clip_grad_norm_(self._master, 1.0)
        self._optimizer.step()
        self._copy_down()
        self.done += 1
        self.loss += (float(loss.detach()) - self.loss) * max(0.01, 1 / self.done)

    def save(self) -> None:
        """Write the checkpoint, which replaces the one before it as a whole."""
        state = {
            "plan": self._plan,
            "done": self.done,
            "loss": self.loss,
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
    ids = torch.tensor([row[0] + [0] * (longest - len(row[0])) for row in rows])
    segments = torch.tensor([row[1] + [0] * (longest - len(row[1])) for row in rows])
    mask = torch.tensor([[1] * len(row[0]) + [0] * (longest - len(row[0])) for row in rows])
    return model(input_ids=ids, token_type_ids=segments, attention_mask=mask)


def _span_loss(output: Any, rows: Sequence[Row]) -> torch.Tensor:
    """Half of it asks each passage for itself, and half all passages of a question together.

    In both what is weighed is how far a token is over the passage's first one, which stands for "not here".
    """
    lengths = torch.tensor([len(row.ids) for row in rows])
    padding = torch.arange(output.start_logits.shape[1]) >= lengths[:, None]
    asked = [row.asked for row in rows]
    of_question = torch.tensor(sorted(set(asked)))[:, None] == torch.tensor(asked)
    loss: torch.Tensor = torch.tensor(0.0)
    firsts, lasts = [row.first for row in rows], [row.last for row in rows]
    for logits, place in ((output.start_logits, torch.tensor(firsts)), (output.end_logits, torch.tensor(lasts))):
        odds = (logits.float() - logits.float()[:, :1]).masked_fill(padding, NEVER)
        loss = loss + (cross_entropy(odds, place) + _shared_loss(odds, place, of_question)) / 4
    return loss


def _shared_loss(odds: torch.Tensor, place: torch.Tensor, of_question: torch.Tensor) -> torch.Tensor:
    """That of a softmax over the tokens of all passages of a question, and one "nowhere"."""
    right = odds.gather(1, place[:, None])[:, 0].masked_fill(place == 0, NEVER)
    rights = right.expand_as(of_question).masked_fill(~of_question, NEVER)
    everything = odds[:, 1:].logsumexp(1).expand_as(of_question).masked_fill(~of_question, NEVER)
    nowhere = torch.zeros(len(of_question), 1)
    somewhere = (of_question & (place > 0)).any(1)
    wanted = torch.where(somewhere, rights.logsumexp(1), 0.0)
    return (torch.cat([everything, nowhere], 1).logsumexp(1) - wanted).mean()


SPANS = Task(AutoModelForQuestionAnswering, _span_loss)


def _context(example: Example) -> str:
    return f"{example.title}\n{example.context}" if example.title else example.context
