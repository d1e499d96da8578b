"""The task of the reader: examples to tokens, and how far its logits are from the answers' places."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import torch
from tokenizers import Tokenizer
from torch.nn.functional import cross_entropy
from tqdm import tqdm
from transformers import AutoModelForQuestionAnswering

from rag.training.examples import Example
from rag.training.train import POOL, Task

MAX_LENGTH = 256  #: tokens of question, title and passage together
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
