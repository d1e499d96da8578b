"""Average the weights of trainings that began alike: better than each, for nothing at run time.

    python -m rag.training.average --out OUT ONE/model OTHER/model

The trainings differ in their seeds only, and so in which examples they saw in which order.
"""

import argparse
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file

from rag.training.__main__ import SETTINGS, TOKENIZER_FILES

WEIGHTS = "model.safetensors"
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

    Raises ValueError if they did not begin alike.
    """
    settings = [json.loads((model / SETTINGS).read_text(encoding="utf-8")) for model in models]
    if any(_shared(one) != _shared(settings[0]) for one in settings):
        raise ValueError("the models differ in more than their seeds; average those of one recipe and one start")
    out.mkdir(parents=True, exist_ok=True)
    for name in ("config.json", *TOKENIZER_FILES):
        shutil.copyfile(models[0] / name, out / name)
    weights = [load_file(model / WEIGHTS) for model in models]
    means = {
        name: torch.stack([one[name].float() for one in weights]).mean(0).to(first.dtype)
        for name, first in weights[0].items()
    }
    save_file(means, out / WEIGHTS, metadata={"format": "pt"})
    runs = [{name: one[name] for name in ("seed", "steps", "tokens")} for one in settings]
    (out / SETTINGS).write_text(json.dumps({**settings[0], "averaged": runs}, indent=1) + "\n", encoding="utf-8")


def _shared(settings: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in settings.items() if name not in OF_A_RUN}


if __name__ == "__main__":
    main()
