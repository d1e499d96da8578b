"""The task of the reader: examples to tokens, and how far its logits are from the answers' places."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import torch
from tokenizers import Encoding, Tokenizer
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy
from tqdm import tqdm
from transformers import AutoModelForQuestionAnswering

from index.passages import split_document
from index.types import Document
from rag.adapter import RELEVANCE
from rag.training.examples import Example
from rag.training.train import POOL, Task

MAX_LENGTH = 256  #: tokens of question, title and passage together
NEVER = -1e4  #: log-odds
OUTSIDE = -1  #: of the passage


class Row(NamedTuple):
    """An example in tokens."""

    ids: list[int]
    segments: list[int]
    first: int  #: token of the answer; 0 if there is none
    last: int
    asked: int  #: which question, by number: others may be of the same
    relevant: list[int]  #: by token, 1 if it is of a sentence that has a part of the answer, 0 if not, else `OUTSIDE`


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
            shift = len(_context(example)) - len(example.context)
            place = (0, 0)
            if example.answer is not None:
                first, last = (
                    encoding.char_to_token(offset + shift, 1) for offset in (example.answer[0], example.answer[1] - 1)
                )
                if first is None or last is None:
                    continue  # cut off, or it begins with white space
                place = (first, last)
            asked = numbers.setdefault(example.asked or f"only {len(rows)}", len(numbers))
            rows.append(Row(encoding.ids, encoding.type_ids, *place, asked, _relevant(example, encoding, shift)))
    return rows


def _relevant(example: Example, encoding: Encoding, shift: int) -> list[int]:
    answers = [example.answer, *example.also] if example.answer else []
    # As the index has them: rows and items of lists are sentences. How its passages would be cut does not matter.
    split = split_document(Document("", "", "d.txt", example.context), len).sentences if answers else ()
    ranges = [(start + shift, end + shift) for start, end in answers]  # in a caption there is no sentence
    ranges += [
        (sentence.start + shift, sentence.end + shift)
        for sentence in split
        if any(start < sentence.end and sentence.start < end for start, end in answers)
    ]
    return [
        int(any(start <= offset < end for start, end in ranges)) if of == 1 and offset >= shift else OUTSIDE
        for (offset, _), of in zip(encoding.offsets, encoding.sequence_ids, strict=True)
    ]


def with_relevance(model: Any) -> Any:
    """The model with a second head, whose log-odds stand in its output as `relevance`, shape (rows, tokens)."""
    head = torch.nn.Linear(model.config.hidden_size, 1, dtype=model.dtype)
    torch.nn.init.zeros_(head.weight)
    torch.nn.init.zeros_(head.bias)
    model.add_module(RELEVANCE, head)

    def ask(_: object, args: Any, given: Any) -> Any:
        return args, {**given, "output_hidden_states": True}

    def add(module: Any, _: object, output: Any) -> Any:
        output[RELEVANCE] = getattr(module, RELEVANCE)(output.hidden_states[-1])[..., 0]
        return output

    model.register_forward_pre_hook(ask, with_kwargs=True)
    model.register_forward_hook(add)
    return model


def _span_loss(output: Any, rows: Sequence[Row]) -> torch.Tensor:
    """Of the spans, half asks each passage for itself, and half all passages of a question together.

    In both what is weighed is how far a token is over the passage's first one, which stands for "not here". Where the
    model has a second head, it is asked of each token whether its sentence is a part of the answer.
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
    if RELEVANCE in output:
        loss = loss + _relevance_loss(output[RELEVANCE].float(), rows)
    return loss


def _relevance_loss(odds: torch.Tensor, rows: Sequence[Row]) -> torch.Tensor:
    """The mean over all tokens of the passages."""
    width = odds.shape[1]
    wanted = torch.tensor([row.relevant + [OUTSIDE] * (width - len(row.relevant)) for row in rows])
    inside = wanted != OUTSIDE
    return binary_cross_entropy_with_logits(odds[inside], wanted[inside].float())


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
