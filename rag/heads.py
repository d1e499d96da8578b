"""Networks that read two texts together, by an encoder of ours, or else by a model of transformers."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.encoder import Encoder, weights_in
from index.threads import side_by_side
from rag.adapter import BASE, RELEVANCE, base_named, base_of, heads_of, is_adapter, merged, merged_once, outputs_of

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer
    from torch import Tensor

MODELS = Path(__file__).parent / "models"  #: those that come with Footnote

Run = Callable[[Sequence["Encoding"]], Sequence["Tensor"]]


@dataclass(frozen=True, slots=True)
class Network:
    """A network with its tokenizer."""

    run: Run  #: gives what its head says of each text of a batch
    tokenizer: "Tokenizer"  #: its own, without padding; not to be shared by threads
    cls: int  #: id of the token that stands for the whole
    labels: Mapping[int, str]  #: names of what a head that classifies says, by position

    def __call__(self, encodings: "Sequence[Encoding]") -> list[NDArray[np.float32]]:
        """What the head says of each text: as `spans` does, or `classes`."""
        import torch

        with torch.inference_mode():
            return [said.float().numpy() for said in self.run(encodings)]


def spans(encoder: Encoder, encodings: "Sequence[Encoding]") -> "list[Tensor]":
    """Logits of the tokens at which an answer may start and end, and that belong to one where a head tells.

    Shape (tokens, 2) or (tokens, 3) each.
    """
    import torch

    heads = [name for name in ("qa_outputs", RELEVANCE) if encoder.has(name)]
    return [torch.cat([encoder.linear(head, hidden) for head in heads], -1) for hidden in encoder(encodings)]


def classes(encoder: Encoder, encodings: "Sequence[Encoding]") -> "list[Tensor]":
    """Logits of the labels, shape (labels,) each."""
    import torch

    inner, outer = ("classifier.dense", "classifier.out_proj") if encoder.is_mpnet else ("pooler.dense", "classifier")
    first = torch.stack([hidden[0] for hidden in encoder(encodings)])
    return list(encoder.linear(outer, encoder.linear(inner, first).tanh()))


#: By the class of transformers that has it, a head of ours, and the weight that an adapter must have for it.
HEADS = {
    "AutoModelForQuestionAnswering": (spans, "qa_outputs.weight"),
    "AutoModelForSequenceClassification": (classes, "classifier.out_proj.weight"),
}


def is_ours(name_or_path: str) -> bool:
    """Whether a model comes with Footnote, or is an adapter on its base: they run without transformers."""
    if is_adapter(name_or_path):
        return base_named(Path(name_or_path)) == BASE
    return Path(name_or_path).parent == MODELS


def load_ours(folder: Path, head: str, dtype: Any) -> Network:
    """Load a model of which `is_ours` is true, with a head, in a number format of PyTorch.

    Raises ModelError, ValueError, KeyError, OSError or SafetensorError if something is missing or does not fit.
    """
    from tokenizers import Tokenizer

    run, needed = HEADS[head]
    adapted = is_adapter(str(folder))
    source = Path(base_of(folder)) if adapted else folder
    config = json.loads((source / "config.json").read_text(encoding="utf-8"))
    if adapted:
        if needed not in heads_of(folder):
            raise ValueError("it lacks the head")

        def merge() -> "dict[str, Tensor]":
            return merged(
                {f"{config['model_type']}.{name}": value for name, value in weights_in(source).items()}, folder
            )

        encoder = Encoder(config, merged_once(folder, dtype, merge))
    else:
        encoder = Encoder.read(source, dtype)
    tokenizer = Tokenizer.from_file(str(source / "tokenizer.json"))
    tokenizer.no_padding()
    labels = {int(number): str(name) for number, name in config.get("id2label", {}).items()}
    read = partial(side_by_side, partial(run, encoder))
    return Network(read, tokenizer, tokenizer.encode("").ids[0], labels)


@dataclass(frozen=True, slots=True)
class Pretrained:
    """A model of transformers, for batches that are padded to their longest text."""

    model: Any
    segments: bool  #: whether it is told which text a token is of

    def __call__(self, encodings: "Sequence[Encoding]") -> "list[Tensor]":
        """What the head says of each text, without its padding."""
        import torch

        lengths = [len(encoding.ids) for encoding in encodings]
        columns = {"input_ids": "ids", "attention_mask": "attention_mask"}
        if self.segments:
            columns["token_type_ids"] = "type_ids"
        inputs = {
            name: torch.tensor([getattr(one, column) + [0] * (max(lengths) - len(one.ids)) for one in encodings])
            for name, column in columns.items()
        }
        output = self.model(**inputs)
        if "logits" in output:
            return list(output.logits)
        both = torch.stack([output.start_logits, output.end_logits], dim=-1)
        return [said[:length] for said, length in zip(both, lengths, strict=True)]


def load_pretrained(name_or_path: str, head: str, dtype: Any, *, local: bool) -> Network:
    """Load a model of transformers, with the class that has the head; if `local` is false, it may be downloaded.

    Raises ModelError, or many an error of transformers, if it cannot be loaded or has no such head.
    """
    import torch
    import transformers
    from tokenizers import Tokenizer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    logging.set_verbosity_error()  # type: ignore[no-untyped-call]  # else it reports what a base has not, an adapter's head
    adapter = Path(name_or_path) if is_adapter(name_or_path) else None
    source = base_of(adapter) if adapter else name_or_path
    outputs = outputs_of(adapter) if adapter else None
    model, found = getattr(transformers, head).from_pretrained(
        source,
        local_files_only=local,
        dtype=torch.float32 if adapter else dtype,  # an addition is lost in bfloat16's few digits
        output_loading_info=True,
        **({"num_labels": outputs} if outputs else {}),
    )
    if set(found["missing_keys"]) - (heads_of(adapter) if adapter else set()):
        raise ValueError("it lacks the head")
    if adapter:
        known = model.state_dict()
        model.load_state_dict({name: value for name, value in merged(known, adapter).items() if name in known})
    tokenizer = transformers.AutoTokenizer.from_pretrained(source, local_files_only=local)
    # A copy of its own: threads share the other.
    backend = Tokenizer.from_str(tokenizer.backend_tokenizer.to_str())
    if backend.get_vocab_size() < model.config.vocab_size // 2:
        raise ValueError("its tokenizer is missing")
    backend.no_padding()
    run = Pretrained(model.to(dtype).eval(), "token_type_ids" in tokenizer.model_input_names)
    labels = {int(number): str(name) for number, name in model.config.id2label.items()}
    return Network(run, backend, int(tokenizer.cls_token_id or 0), labels)
