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

from rag.read.spans import SpanModel
from rag.training.__main__ import SETTINGS
from rag.training.fit import MIX, REFUSED, fit
from rag.training.measure import compare_formats, held_out_lines, measure
from rag.training.sources import SOURCES

ALL = 100_000  #: more than any source has
FEW = 100  #: questions of each source, in comparing short trainings and number formats

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
    once("fit", partial(fit, arguments.model, arguments.data, arguments.seed, arguments.corpus, arguments.asked))
    settings = json.loads((arguments.model / SETTINGS).read_text())
    once("dev shipped", partial(_measure_one, arguments.model, settings, lines))
    for folder in arguments.beside:
        other = json.loads((folder / SETTINGS).read_text())
        once(f"dev {_name(other)}", partial(_measure_one, folder, other, lines))
    few = held_out_lines(dev, FEW, arguments.seed)
    for folder in arguments.short:
        other = json.loads((folder / SETTINGS).read_text())
        once(f"short {_name(other)}", partial(_measure_one, folder, other, few))
    once("formats", lambda: compare_formats(arguments.model, few))
    (arguments.model / "README.md").write_text(write_card(settings, figures), encoding="utf-8")


def _measure_one(folder: Path, settings: Figures, lines: Sequence[dict[str, Any]]) -> Figures:
    return {"settings": settings, **measure(SpanModel(str(folder)), lines)}


def write_card(settings: Mapping[str, Any], figures: Figures) -> str:
    """The model card, Markdown with the header that model hubs read."""
    short = _measured(figures, "short ")
    by = figures["fit"]["combined"]
    stages = _stages(settings)
    questions = {source: max(one["questions"].get(source, 0) for one in stages) for source in stages[0]["questions"]}
    return CARD.format(
        data=table(
            ["source", "questions", "what", "licence", "origin"],
            [[source, f"{count:,}", *SOURCES[source]] for source, count in questions.items()],
        ),
        total=sum(questions.values()),
        settings=settings,
        most="all questions" if figures["most"] >= ALL else f"at most {figures['most']:,} questions of a source",
        few=FEW,
        stages=", then ".join(map(_stage, stages)),
        written=settings.get("written", 0),
        share=settings["without an answer"] / settings["examples"],
        dev=_beside_each_other(_measured(figures, "dev ")),
        short=_beside_each_other(short, ("mean", "AUROC")) if short else "not measured",
        fits=_fits(by["by"]),
        engines=table(
            ["mean of the corpora", *next(iter(by["by"].values()))],
            [[name, *map(_number, _mean(one["by"]).values())] for name, one in figures["fit"].items()],
        ),
        worst=", ".join(f"{row} {_number(value)} ({where})" for row, (where, value) in _worst(by["by"]).items()),
        ece=", ".join(f"{name} {one['ece']:.3f}" for name, one in figures["fit"].items()),
        bins=table(
            ["confidence", "answerable", "share of the questions"],
            [[f"{said:.2f}", f"{was:.2f} {'▪' * round(was * 20)}", f"{share:.0%}"] for said, was, share in by["bins"]],
        ),
        threshold=by["threshold"],
        refused=f"{REFUSED:.0%}",
        answerable=f"{MIX['own'] / sum(MIX.values()):.0%}",
        formats=table(
            ["in memory", *next(iter(figures["formats"].values()))],
            [[name, *(f"{value:.3f}" for value in one.values())] for name, one in figures["formats"].items()],
        ),
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
    for name, sign in (("answerable refused", -1), ("of those found", -1), ("near, refused", 1), ("far, refused", 1)):
        told = {corpus: one[name] for corpus, one in by.items() if one[name] is not None}
        where[name] = min(told.items(), key=lambda item: sign * item[1])
    return where


def _measured(figures: Figures, kind: str) -> Figures:
    return {name.removeprefix(kind): value for name, value in figures.items() if name.startswith(kind)}


def _beside_each_other(measured: Figures, rows: Sequence[str] = ()) -> str:
    rows = rows or [row for row in next(iter(measured.values())) if row != "settings"]
    tokens = [
        sum(run["tokens"] for stage in _stages(one["settings"]) for run in _runs(stage)) for one in measured.values()
    ]
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


CARD = """---
license: cc-by-sa-4.0
language: en
library_name: transformers
pipeline_tag: question-answering
base_model: sentence-transformers/all-MiniLM-L6-v2
---

# Footnote's reader

Says where in a passage the answer to a question stands, and whether it stands there at all. A cross-encoder of six
layers and 22.6 million parameters with an extractive question-answering head, started from the weights of
all-MiniLM-L6-v2 (Apache-2.0). `transformers` loads it as a `BertForQuestionAnswering`; Footnote reads with it through
`rag/read/spans.py` and weighs what it says in `rag/read/reader.py`. English only.

Input: the question, then the document's title (and heading), a line break and the passage; 256 tokens together, longer
passages in overlapping windows. Output: logits of each token to begin and to end the answer; those of the first
token mean that the passage does not hold it.

## Licence

CC BY-SA 4.0: most of the data below is under a ShareAlike licence, and whether weights are an adaptation of the data
they were trained on is not settled, so they are given on the same terms. The essay in `seeds/` and the question sets
in `tests/` were not trained on, nor fitted on.

## Data

{data}

{total:,} questions, the most that one stage of training took. Contexts that share twelve words in a row with a
held-out text (the development set, and the articles that the README's figures are of) were left out. Each line of the
file has `source`, `title`, `question`, `context`, `answers` (`text`, `answer_start`) and `answerable`.

From them {settings[examples]:,} examples were made for the last stage, {share:.0%} without an answer, by
`rag/training/examples.py`: contexts split into passages as the index splits documents; half of them under their title;
short contexts mixed with similar ones; some longer ones cut to sentences around the answer. Besides the questions that
people wrote to be unanswerable, a question is also asked of a similar passage that does not hold its answer, of its own
passage without the answering sentence, or with a name or number in it swapped for another. Some questions lose their
question mark, are cut to keywords or misspelt.

The last stage took {written:,} more, on whole documents of some pages: lists, reasons, comparisons, summaries,
follow-ups, facts, and one in five that the document does not answer though it looks as if it did. A large language
model wrote them, reading each document whole; programs checked that what they point at is there, and samples
were read. They are in `rag/training/written`, with the documents, which were invented for it in the same way; the
others are Wikipedia articles, put together from paragraphs of SQuAD. Each is asked of the passages that the index finds
for it, those with an answer and those without. Questions on 17 of the documents are held out: of those, all were read a
second time, and 4% mended. Of 150 of the newest others, which such a model read again, no quotation was wrong, three
left out a sentence that answers as well, and two of 35 near misses are open to argument.

## Training

`python -m rag.training`: {stages}. Each time AdamW, learning rate 1.5e-4 with 4% warm-up
and linear decay, batches of 4,096 tokens, weight decay 0.01, gradients clipped at 1, bfloat16 with float32 updates (the
last stage float32 throughout), no dropout. In the last stage only half of the loss asks each passage for itself; in the
other half all passages of a question share one softmax, in which a token is weighed by how far it is over its passage's
"not here". The stages before it were run without that, and with the 8,878 written questions that there were: the same
commands make a reader like this one today, not the same. On two cores that multiply bfloat16 a million tokens take four
and a half minutes, on two that do not eleven.

## Figures

All on development data, none of whose documents was trained on; written by `python -m rag.training.card`.

**Each question with its own context.** F1 of the best span by source, and the area under the ROC curve of its margin
over "not here" for the answerable and unanswerable questions of SQuAD 2.0; {most}; beside the model that is
shipped, a simpler recipe (`trial`) and itself before the last two stages, which are for whole documents (`footnote`).

{dev}

**Without negatives.** Short trainings with the recipe of the first stage, with and without questions that have no
answer where they are asked, on {few} questions of each source:

{short}

**Whole documents.** Documents made of the contexts of one title, asked alone or pooled; invented ones, asked what was
written for them; and folders of documents as people have them. Eight passages are retrieved as Footnote does. Is the
answer among them, is the first sentence the right one, and is a question told from one that the documents do not
answer (near: they speak of it, but do not say; far: of other things)? Each corpus is judged by a fit that has seen none
of its documents:

{fits}

Worst: {worst}.

The same without one of the two parts ("similarity" has no reader, "reader" nothing but it):

{engines}

**Confidence** is the product of two logistic fits, in which no figure counts against an answer as it grows: the
documents speak of what is asked, by the share of the question's words (weighed by their rarity in everyday English)
in the passage, its title and its document's header, and in the whole document, by the likeness of the passage, and by
what the reader makes of the best sentence; and they say it, by the last alone. None of that depends on what else is
indexed. Expected calibration error: {ece}, for questions of which
{answerable} are answerable, and the others half near, half far. Reliability:

{bins}

By default an answer is refused below a confidence of {threshold}, so chosen that of the questions whose answer was
found at most {refused} are, each corpus judged by a fit that has not seen it and counting alike. A corpus unlike all of
these may fare worse; the table says by how much the worst does.

**Number formats**, on {few} questions of each source, of the weights before the last stage; int8 is dynamic
quantisation. The weights are stored in bfloat16 (45 MB), and run in it where the processor multiplies bfloat16, else in
float32.

{formats}

## Limits

Near misses, questions that a passage is about but does not answer, are the hardest to refuse. A reason, a list or a
summary is often no span; similarity ranks the sentences then. It reads one passage at a time and cannot combine two.
"""


if __name__ == "__main__":
    main()
