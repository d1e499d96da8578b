"""Fit a trained support model's calibration, measure it, and write its model card.

    python -m rag.training.support.card --data DIR --model OUT/model

DIR holds `support/` and `reader/`, as for the training. Writes `calibration.json`, `figures.json` and `README.md` into
the model's folder. Takes about half an hour on two cores.
"""

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rag.training.card import table
from rag.training.sources import SOURCES
from rag.training.support.__main__ import make_examples
from rag.training.support.examples import load_claims
from rag.training.support.fit import LET_THROUGH, fit, judge, measure

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
    _, held_out = make_examples(arguments.data, settings["seed"])
    figures: dict[str, Any] = {"fit": fit(arguments.model, held_out)}
    dev = load_claims(arguments.data / "support" / "dev.jsonl.gz")
    said = judge(dev, held_out, arguments.model, figures["fit"]["weights"])
    figures["dev"] = measure(dev, said, settings["seed"])
    text = json.dumps(figures, indent=1) + "\n"
    (arguments.model / "figures.json").write_text(text, encoding="utf-8")
    (arguments.model / "README.md").write_text(write_card(settings, figures), encoding="utf-8")


def write_card(settings: Mapping[str, Any], figures: Mapping[str, Any]) -> str:
    """The model card, Markdown with the header that model hubs read."""
    made = {name: count for name, count in settings["claims"].items() if name in CLAIM_SOURCES or name in SOURCES}
    sentences = sum(settings["claims"].values()) - sum(made.values())
    dev = figures["dev"]
    return CARD.format(
        data=table(
            ["source", "claims", "what", "licence", "origin"],
            [[name, f"{count:,}", *(CLAIM_SOURCES | SOURCES)[name]] for name, count in made.items()],
        ),
        sentences=f"{sentences:,}",
        settings=settings,
        stages=", then ".join(
            f"{one['steps']:,} steps ({one['tokens'] / 1e6:.0f} million tokens, seed {one['seed']})"
            for one in _stages(settings)
        ),
        share=f"{settings['supported'] / settings['examples']:.0%}",
        fit=figures["fit"],
        let_through=f"{LET_THROUGH:.2%}",
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
    )


def _stages(settings: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The trainings that made a model, in order."""
    before = settings.get("before")
    return [*(_stages(before) if before else []), settings]


CARD = """---
license: cc-by-sa-4.0
language: en
library_name: transformers
pipeline_tag: text-classification
base_model: sentence-transformers/all-MiniLM-L6-v2
---

# Footnote's support model

Says whether evidence bears out a claim: a sentence that an answer makes. A cross-encoder of six layers and 22.7
million parameters that classifies pairs of texts, trained on from Footnote's reader (which began as all-MiniLM-L6-v2,
Apache-2.0). `transformers` loads it as a `BertForSequenceClassification`; Footnote asks it through
`rag/verify/support.py`, and `rag/verify/claims.py` weighs what it says with what code can look up. English only.

Input: the evidence, then the claim; 256 tokens together, longer evidence in overlapping windows of which the one that
says most counts. Output: logits of `not_entailment` and `entailment`.

## Licence

CC BY-SA 4.0, for the reasons that the reader's card gives. The essay in `seeds/` and the texts in `tests/` were not
trained on, nor fitted on.

## Data

{data}

The claims of question-answering data are the question with its answer, or a statement made of both; false ones have
another answer of the same kind, or the one that the reader gives where there is none. Claims that people wrote stand
a second time, with their evidence somewhere in a longer text. {sentences} more were made by code of sentences and
claims: reworded ones (moved, shortened, merged, synonyms, numbers in words or digits, passive), which are supported,
and ones changed in one place (number, date, name, negation, quantifier, opposite, unit, hedge, two names exchanged),
as they are or reworded first, which are not. Together {settings[examples]:,} claims, {share} supported; every
twentieth piece of evidence was kept for the fit.

## Training

`python -m rag.training.support`: {stages}, each on claims made anew, with the settings of the reader's training.

## Figures

Written by `python -m rag.training.support.card`.

**Fit**, on {fit[claims]:,} claims kept from training. The score of a claim adds up the model's log-odds, the share of
its words that the evidence has, and, against it, the numbers, names, negations and opposites that code finds to differ,
each divided by its standard deviation; of a claim that is a question with its answer it counts too how far both stand
in the same place. A logistic fit makes the sum a probability. Balanced accuracy there, with one threshold
({fit[weak]:.3f}, from which a claim is at least weak): {kinds}.
Whether the evidence says just this is judged by a logistic fit of the same things, of which {let_through} of the
sentences changed in one place come out as supported, and {fit[reworded sentences supported]:.1%} of the reworded ones;
a missing number or name rules it out.

**Claims of other kinds**, none of them trained or fitted on: balanced accuracy with one threshold for each judge,
fitted on the claims kept from training; overlap is of words as they are written, stems of those that say
something, by their stems. BEGIN: replies in a dialogue; WiCE: sentences of Wikipedia and the pages that
they cite, partly supported ones being unsupported; MultiRC: a question and an answer, which several sentences bear out.

{dev}

## Limits

It knows little of the world: that a physician is a doctor, hardly that a wedding makes a husband. Sums, dates that
have to be worked out, and claims that rest on sentences far apart are often taken for unsupported. Two names exchanged
are the change that it misses most.
"""


if __name__ == "__main__":
    main()
