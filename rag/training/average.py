"""Average the weights of trainings that began alike, or went on from each other: better than each, at no cost.

    python -m rag.training.average --out OUT ONE/model OTHER/model
    python -m rag.training.average --out OUT ONE/adapter OTHER/adapter

The trainings differ in their seeds only, and so in which examples they saw in which order; or each of them goes on from
one that is named before it, and the mean keeps some of what the later one forgot.
"""

import argparse
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file

from rag.adapter import WEIGHTS as ADAPTER_WEIGHTS
from rag.adapter import is_adapter
from rag.training.__main__ import SETTINGS, TOKENIZER_FILES

WEIGHTS = "model.safetensors"
ADAPTER = ("adapter_config.json",)  #: what an adapter has beside its weights
OF_A_RUN = ("seed", "steps", "examples", "without an answer", "tokens of a pass", "tokens", "questions")


def main() -> None:
    """Average the models that are named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", type=Path, nargs="+", help="folders of trained models")
    parser.add_argument("--out", type=Path, required=True, help="folder for the average")
    arguments = parser.parse_args()
    average(arguments.models, arguments.out)


def average(models: Sequence[Path], out: Path) -> None:
    """Write the mean of the models' weights to `out`, with the settings of their trainings.

    Raises ValueError if they neither began alike nor went on from each other.
    """
    settings = [json.loads((model / SETTINGS).read_text(encoding="utf-8")) for model in models]
    last = settings[-1]
    alike = all(_shared(one) == _shared(last) for one in settings)
    if not alike and not all(one in _trainings(last) for one in settings):
        raise ValueError(
            "the models differ in more than their seeds; average those of one recipe and one start, or one that went "
            "on from the others, and name it last"
        )
    out.mkdir(parents=True, exist_ok=True)
    adapted = is_adapter(str(models[0]))
    weights_name = ADAPTER_WEIGHTS if adapted else WEIGHTS
    for name in ADAPTER if adapted else ("config.json", *TOKENIZER_FILES):
        shutil.copyfile(models[0] / name, out / name)
    weights = [load_file(model / weights_name) for model in models]
    means = {
        name: torch.stack([one[name].float() for one in weights]).mean(0).to(first.dtype)
        for name, first in weights[0].items()
    }
    save_file(means, out / weights_name, metadata={"format": "pt"})
    runs = [{name: one[name] for name in ("seed", "steps", "tokens")} for one in settings]
    (out / SETTINGS).write_text(json.dumps({**last, "averaged": runs}, indent=1) + "\n", encoding="utf-8")


def _trainings(settings: dict[str, Any]) -> list[dict[str, Any]]:
    """A training, and those that it goes on from."""
    before = settings.get("before")
    return [settings, *(_trainings(before) if before else ())]


def _shared(settings: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in settings.items() if name not in OF_A_RUN}


if __name__ == "__main__":
    main()
