"""Fit a trained reader's calibration, measure it beside others, and write its model card.

    python -m rag.training.card --data DIR --model OUT/model --beside OTHER/model --corpus FOLDER

DIR holds `dev.jsonl.gz`; each FOLDER has `documents`, and questions on them in `questions.jsonl`. Writes
`calibration.json`, `figures.json` and `README.md` into the model's folder; what is there already is not measured again.
Takes about half an hour on two cores.
"""

import argparse
import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from rag.adapter import is_adapter
from rag.read.confidence import UNSAID
from rag.read.spans import SpanModel
from rag.training.__main__ import SETTINGS
from rag.training.fit import MIX, REFUSED, fit
from rag.training.gather import BY_CODE
from rag.training.measure import compare_formats, held_out_lines, measure
from rag.training.sources import SOURCES

ALL = 100_000  #: more than any source has
FEW = 100  #: questions of each source, in comparing short trainings and number formats

CARDS = Path(__file__).parent / "cards"  #: templates

Figures = dict[str, Any]


def main() -> None:
    """Measure what is not measured yet, and write the card."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--beside", type=Path, action="append", default=[], help="another trained model's folder")
    parser.add_argument("--short", type=Path, action="append", default=[], help="a short training's, for the ablation")
    parser.add_argument("--corpus", type=Path, action="append", default=[], help="folder to fit the confidence on, too")
    parser.add_argument("--asked", type=int, help="questions of a corpus that the confidence is fitted on; else all")
    parser.add_argument("--keep", type=Path, help="folder for what was read: a stopped fit goes on from there")
    parser.add_argument("--most", type=int, default=ALL, help="questions of a source")
    parser.add_argument("--seed", type=int, default=20261125)
    arguments = parser.parse_args()
    dev = arguments.data / "dev.jsonl.gz"
    path = arguments.model / "figures.json"
    figures: Figures = json.loads(path.read_text()) if path.exists() else {}

    def once(name: str, measured: Callable[[], Any]) -> None:
        if name not in figures:
            figures[name] = measured()
            path.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")

    once("most", lambda: arguments.most)
    lines = held_out_lines(dev, figures["most"], arguments.seed)
    asked = arguments.corpus, arguments.asked, arguments.keep
    once("fit", partial(fit, arguments.model, arguments.data, arguments.seed, *asked))
    settings = json.loads((arguments.model / SETTINGS).read_text())
    once("dev shipped", partial(_measure_one, arguments.model, settings, lines))
    for folder in arguments.beside:
        other = json.loads((folder / SETTINGS).read_text())
        once(f"dev {_name(other)}", partial(_measure_one, folder, other, lines))
    few = held_out_lines(dev, FEW, arguments.seed)
    for folder in arguments.short:
        other = json.loads((folder / SETTINGS).read_text())
        once(f"short {_name(other)}", partial(_measure_one, folder, other, few))
    if not is_adapter(str(arguments.model)):
        once("formats", lambda: compare_formats(arguments.model, few))
    (arguments.model / "README.md").write_text(write_card(settings, figures), encoding="utf-8")


def _measure_one(folder: Path, settings: Figures, lines: Sequence[dict[str, Any]]) -> Figures:
    return {"settings": settings, **measure(SpanModel(str(folder)), lines)}


def write_card(settings: Mapping[str, Any], figures: Figures) -> str:
    """The model card, Markdown with the header that model hubs read."""
    adapter = "rank" in settings
    card = (CARDS / ("adapter.md" if adapter else "reader.md")).read_text(encoding="utf-8")
    return card.format(
        settings=settings,
        most="all questions" if figures["most"] >= ALL else f"at most {figures['most']:,} questions of a source",
        dev=_beside_each_other(_measured(figures, "dev ")),
        documents=_documents(figures["fit"]),
        **(_adapter(settings) if adapter else _reader(settings, figures)),
    )


def _adapter(settings: Mapping[str, Any]) -> dict[str, Any]:
    """What is told of an adapter: its trainings, one on the other."""
    parts = ("train", "rows", "reasons", "particulars", "misses", "everyday", "tempting")
    return {
        "stages": table(
            [
                *(
                    "training",
                    "public questions",
                    "written ones",
                    "on rows and forms",
                    "on reasons",
                    "on particulars",
                    "on near misses",
                    "in everyday words",
                    "on what tempts",
                    "forms by code",
                    *(name for name in BY_CODE if name != "forms"),
                ),
                *("tokens", "rate", "layers left as they were"),
            ],
            [
                [
                    str(number),
                    f"{one.get('public', sum(one['questions'].values())):,}",
                    *(f"{one['written'].get(part, 0):,}" for part in parts),
                    *(f"{one.get(part, 0):,}" for part in BY_CODE),
                    f"{one['tokens']:,}",
                    str(one["learning rate"]),
                    str(one["frozen"]),
                ]
                for number, one in enumerate(_stages(settings), start=1)
            ],
        ),
    }


def _reader(settings: Mapping[str, Any], figures: Figures) -> dict[str, Any]:
    """What is told of a reader that was trained whole."""
    short = _measured(figures, "short ")
    stages = _stages(settings)
    questions = {source: max(one["questions"].get(source, 0) for one in stages) for source in stages[0]["questions"]}
    return {
        "data": table(
            ["source", "questions", "what", "licence", "origin"],
            [[source, f"{count:,}", *SOURCES[source]] for source, count in questions.items()],
        ),
        "total": sum(questions.values()),
        "few": FEW,
        "stages": ", then ".join(map(_stage, stages)),
        "written": settings.get("written", 0),
        "share": settings["without an answer"] / settings["examples"],
        "short": _beside_each_other(short, ("mean", "AUROC")) if short else "not measured",
        "formats": table(
            ["in memory", *next(iter(figures["formats"].values()))],
            [[name, *(f"{value:.3f}" for value in one.values())] for name, one in figures["formats"].items()],
        ),
    }


def _documents(fit: Figures) -> str:
    """The part on whole documents and on confidence, which all readers share."""
    by = fit["combined"]
    return (
        (CARDS / "documents.md")
        .read_text(encoding="utf-8")
        .format(
            fits=_fits(by["by"]),
            engines=table(
                ["mean of the corpora", *next(iter(by["by"].values()))],
                [[name, *map(_number, _mean(one["by"]).values())] for name, one in fit.items()],
            ),
            worst=", ".join(f"{row} {_number(value)} ({where})" for row, (where, value) in _worst(by["by"]).items()),
            ece=", ".join(f"{name} {one['ece']:.3f}" for name, one in fit.items()),
            bins=table(
                ["confidence", "right", "share of the questions"],
                [
                    [f"{said:.2f}", f"{was:.2f} {'▪' * round(was * 20)}", f"{share:.0%}"]
                    for said, was, share in by["bins"]
                ],
            ),
            threshold=by["threshold"],
            refused=f"{REFUSED:.0%}",
            unsaid=UNSAID,
            answerable=f"{MIX['own'] / sum(MIX.values()):.0%}",
        )
    )


def _fits(by: Mapping[str, Figures]) -> str:
    """A row for each corpus, and one for their mean."""
    rows = [[name, *map(_number, one.values())] for name, one in by.items()]
    return table(["", *next(iter(by.values()))], [*rows, ["mean", *map(_number, _mean(by).values())]])


def _mean(by: Mapping[str, Figures]) -> Figures:
    told = {name: [one[name] for one in by.values() if one[name] is not None] for name in next(iter(by.values()))}
    means = {name: float(np.mean(values)) if values else None for name, values in told.items()}
    return means | {"questions": sum(one["questions"] for one in by.values())}


def _worst(by: Mapping[str, Figures]) -> dict[str, tuple[str, float]]:
    """Where most answerable questions are refused, and fewest of the others."""
    where = {}
    for name, sign in (
        ("answerable refused", -1),
        ("of the right ones", -1),
        ("near, refused", 1),
        ("far, refused", 1),
    ):
        told = {corpus: one[name] for corpus, one in by.items() if one[name] is not None}
        where[name] = min(told.items(), key=lambda item: sign * item[1])
    return where


def _measured(figures: Figures, kind: str) -> Figures:
    return {name.removeprefix(kind): value for name, value in figures.items() if name.startswith(kind)}


def _beside_each_other(measured: Figures, rows: Sequence[str] = ()) -> str:
    rows = rows or [row for row in next(iter(measured.values())) if row != "settings"]
    tokens = [tokens_trained_on(one["settings"]) for one in measured.values()]
    return table(
        ["", *measured],
        [
            ["tokens trained on", *(f"{count / 1e6:.0f} M" for count in tokens)],
            *([row, *(f"{one[row]:.3f}" for one in measured.values())] for row in rows),
        ],
    )


def _stages(settings: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The trainings that made a model, in order."""
    return [*(_stages(settings["before"]) if settings["before"] else []), settings]


def tokens_trained_on(settings: Mapping[str, Any]) -> int:
    """All that was trained on; a training that a later mean takes up again counts once."""
    runs = [run for stage in _stages(settings) for run in _runs(stage)]
    return sum({(run["seed"], run["steps"], run["tokens"]): run["tokens"] for run in map(_complete, runs)}.values())


def _complete(run: Mapping[str, Any]) -> Mapping[str, Any]:
    """A training with all that tells it from others; the first ones told less."""
    return {"seed": None, "steps": None, **run}


def _runs(settings: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The trainings that were averaged in a stage."""
    runs: Sequence[Mapping[str, Any]] = settings.get("averaged", [settings])
    return runs


def _stage(settings: Mapping[str, Any]) -> str:
    runs = _runs(settings)
    told = " and ".join(
        f"{one['steps']:,} steps ({one['tokens'] / 1e6:.1f} million tokens, seed {one['seed']})" for one in runs
    )
    return f"recipe `{settings['recipe']}` for {told}" + (", the weights averaged" if len(runs) > 1 else "")


def _name(settings: Mapping[str, Any]) -> str:
    return str(settings["recipe"]) + ("" if settings["negatives"] else ", no negatives")


def _number(value: float | None) -> str:
    return "–" if value is None else str(value) if isinstance(value, int) else f"{value:.3f}"


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    main()
