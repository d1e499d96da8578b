"""Fit a trained support model's calibration, measure it, and write its model card.

    python -m rag.training.support.card --data DIR --model OUT/model

DIR holds `support/` and `reader/`, as for the training. Writes `calibration.json`, `figures.json` and `README.md` into
the model's folder. Takes about half an hour on two cores.
"""

import argparse
import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rag.adapter import is_adapter
from rag.training.card import CARDS, table
from rag.training.sources import SOURCES
from rag.training.support.__main__ import make_examples
from rag.training.support.adapter import make_examples as make_adapter_examples
from rag.training.support.examples import load_claims
from rag.training.support.fit import LET_THROUGH, LET_THROUGH_WRITTEN, features, fit, judge, kind_of, measure

CLAIM_SOURCES = {
    "fever_dev_nli": ("Wikipedia sentences, claims by crowd workers", "CC BY-SA 3.0", "FEVER, its NLI form"),
    "taxinli_mnli": ("many genres, claims by crowd workers", "C-UDA 1.0", "TaxiNLI, of MultiNLI"),
}
JUDGES = ("overlap", "stems", "embedding", "model", "combined")


def main() -> None:
    """Fit, measure and write the card."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    arguments = parser.parse_args()
    settings = json.loads((arguments.model / "training.json").read_text())
    adapter = is_adapter(str(arguments.model))
    _, held_out = (make_adapter_examples if adapter else make_examples)(arguments.data, settings["seed"])
    rows = features(held_out, arguments.model)
    figures: dict[str, Any] = {"fit": fit(arguments.model, held_out, rows)}
    dev = load_claims(arguments.data / "support" / "dev.jsonl.gz")
    said = judge(dev, held_out, arguments.model, rows, figures["fit"]["weights"])
    figures["dev"] = measure(dev, said, settings["seed"])
    text = json.dumps(figures, indent=1) + "\n"
    (arguments.model / "figures.json").write_text(text, encoding="utf-8")
    (arguments.model / "README.md").write_text(write_card(settings, figures), encoding="utf-8")


def write_card(settings: Mapping[str, Any], figures: Mapping[str, Any]) -> str:
    """The model card, Markdown with the header that model hubs read."""
    adapter = "rank" in settings
    dev = figures["dev"]
    template = (CARDS / f"support{'-adapter' * adapter}.md").read_text(encoding="utf-8")
    return template.format(
        settings=settings,
        fit=figures["fit"],
        let_through=f"{LET_THROUGH:.2%}",
        let_through_written=f"{LET_THROUGH_WRITTEN:.0%}",
        kinds=", ".join(f"{kind} {value:.3f}" for kind, value in figures["fit"]["balanced accuracy"].items()),
        dev=table(
            ["source", "claims", *JUDGES, "combined over overlap, 95% interval"],
            [
                [
                    source,
                    str(one["n"]),
                    *(f"{one[name]:.3f}" for name in JUDGES),
                    f"{one['combined'] - one['overlap']:+.3f} ({one['over overlap'][0]:+.3f} to "
                    f"{one['over overlap'][1]:+.3f})",
                ]
                for source, one in dev.items()
            ],
        ),
        **(_adapter(settings) if adapter else _whole(settings)),
    )


def _whole(settings: Mapping[str, Any]) -> dict[str, str]:
    """What is told of a model that was trained whole."""
    made = {name: count for name, count in settings["claims"].items() if name in CLAIM_SOURCES or name in SOURCES}
    return {
        "data": table(
            ["source", "claims", "what", "licence", "origin"],
            [[name, f"{count:,}", *(CLAIM_SOURCES | SOURCES)[name]] for name, count in made.items()],
        ),
        "sentences": f"{sum(settings['claims'].values()) - sum(made.values()):,}",
        "stages": ", then ".join(
            f"{one['steps']:,} steps ({one['tokens'] / 1e6:.0f} million tokens, seed {one['seed']})"
            for one in _stages(settings)
        ),
        "share": f"{settings['supported'] / settings['examples']:.0%}",
    }


def _adapter(settings: Mapping[str, Any]) -> dict[str, str]:
    """What is told of an adapter: its trainings, one on the other."""
    counts: Counter[str] = Counter()
    for source, count in settings["claims"].items():
        counts[kind_of(source)] += count
    return {
        "data": table(["claims", "of what kind"], [[f"{count:,}", kind] for kind, count in counts.most_common()]),
        "share": f"{settings['supported'] / settings['examples']:.0%}",
        "stages": table(
            ["training", "pairs", "tokens", "rate"],
            [
                [str(number), f"{one['examples']:,}", f"{one['tokens']:,}", str(one["learning rate"])]
                for number, one in enumerate(_stages(settings), start=1)
            ],
        ),
    }


def _stages(settings: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The trainings that made a model, in order."""
    before = settings.get("before")
    return [*(_stages(before) if before else []), settings]


if __name__ == "__main__":
    main()
