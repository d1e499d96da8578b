"""Every metric: its name, which way is better, what it means, and how it is computed from what questions scored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

import numpy as np
from scipy.stats import quantile

from rag.evaluation.bootstrap import Floats, Metric, Row, Statistic, count, mean, measure

RECALL_AT = (1, 3, 8)
BINS = 10  #: of confidence, for its calibration

Better = Literal["higher", "lower", "neither"]
Scores = Mapping[str, Sequence[Row]]  #: what one question contributes, by metric
Metrics = Mapping[str, Metric]


@dataclass(frozen=True, slots=True)
class Measure:
    """A metric that evaluations report."""

    name: str
    better: Better
    meaning: str
    statistic: Statistic = mean
    source: str = ""  #: the metric whose rows it is another statistic of
    timed: bool = False  #: depends on the machine, so that runs on two of them cannot be compared

    @property
    def rows(self) -> str:
        """The name under which questions score what it is a statistic of."""
        return self.source or self.name

    @property
    def is_judged(self) -> bool:
        """Whether more or less of it, on another machine too, is better."""
        return self.better != "neither" and not self.timed


def _percentile(percent: float) -> Statistic:
    def of_first_column(rows: Floats) -> Floats:
        found: Floats = np.nan_to_num(quantile(rows[..., 0], percent / 100, axis=-1, nan_policy="omit"))
        return found

    return of_first_column


median, percentile_95 = _percentile(50), _percentile(95)


def f1_of_flags(rows: Floats) -> Floats:
    """F1 of columns `given`, `wanted`; 1 where nothing is given and nothing wanted."""
    both, either = np.nansum(rows[..., 0] * rows[..., 1], axis=-1), np.nansum(rows, axis=(-2, -1))
    ratio: Floats = np.where(either > 0, 2 * both / np.maximum(either, 1), 1.0)
    return ratio


def calibration_error(rows: Floats) -> Floats:
    """The expected calibration error of columns `confidence`, `truth` over ten bins."""
    confidence, truth = np.moveaxis(np.nan_to_num(rows), -1, 0)
    which = np.minimum((confidence * BINS).astype(int), BINS - 1)
    gap = confidence - truth
    total = sum(np.abs(np.where(which == number, gap, 0.0).sum(axis=-1)) for number in range(BINS))
    error: Floats = np.asarray(total) / np.maximum(count(rows), 1)
    return error


def risks(rows: Floats) -> Floats:
    """Of columns `confidence`, `right`: the share of wrong answers among the 1, 2, 3 … surest, (…, rows).

    Equally sure ones count with the wrong ones first; rows of NaN come last.
    """
    order = np.lexsort((rows[..., 1], -rows[..., 0]), axis=-1)
    wrong = 1 - np.take_along_axis(rows[..., 1], order, axis=-1)
    shares: Floats = wrong.cumsum(axis=-1) / np.arange(1, rows.shape[-2] + 1)
    return shares


def area_of_risks(rows: Floats) -> Floats:
    """The mean of `risks`: the area under the risk-coverage curve, up to the coverage that was reached."""
    return mean(risks(rows)[..., None])


#: By what they are about; the order is that of reports.
GROUPS: Mapping[str, tuple[Measure, ...]] = {
    "Retrieval": (
        *(
            Measure(f"recall@{k}", "higher", f"questions with evidence in the best {k} passages found")
            for k in RECALL_AT
        ),
        Measure("mrr", "higher", "1 / rank of the first passage that holds evidence, 0 if none is found"),
        Measure("ndcg@8", "higher", "how early the passages that hold evidence come among the first 8 (nDCG)"),
        *(Measure(f"corpus_share@{k}", "neither", f"what chance would find: {k} of all passages") for k in RECALL_AT),
    ),
    "Answers": (
        Measure("right", "higher", "questions where nothing that was checked went wrong"),
        Measure("must", "higher", "questions whose answer matches all that it must"),
        Measure("document_hit", "higher", "questions whose first citation is of the document named"),
        Measure("right_quote", "higher", "questions whose first quote holds a reference answer"),
        Measure("short_right", "higher", "short answers shown that alone hold what the answer must"),
        Measure("exact_match", "higher", "questions whose short answer is a reference answer (EM of SQuAD)"),
        Measure("answer_f1", "higher", "F1 of the words of the short answer and of a reference answer"),
    ),
    "Citations": (
        Measure("first_citation", "higher", "questions whose first citation touches the evidence"),
        Measure("evidence_overlap", "higher", "F1 of the characters that are cited and those of the evidence"),
        Measure("citation_recall", "higher", "claims that their citations together support (ALCE)"),
        Measure("citation_precision", "higher", "citations that their claim needs, or that support it alone (ALCE)"),
        Measure("miscited", "lower", "claims that other texts support, but not what they cite"),
        Measure("uncited", "lower", "sentences without a citation"),
        Measure("quoted", "higher", "claims found verbatim in what they cite"),
    ),
    "Faithfulness": (
        Measure("faithfulness", "higher", "claims that some text supports, cited or not"),
        Measure("invented", "lower", "claims that nothing supports: no context, or nothing in the documents"),
        Measure("claims_quoted", "neither", "claims that the engine calls quoted"),
        Measure("claims_computed", "neither", "claims that were computed over the rows they cite"),
        Measure("claims_supported", "neither", "claims that it calls supported"),
        Measure("claims_weak", "lower", "claims that it calls weakly supported"),
        Measure("claims_unsupported", "lower", "claims that it calls unsupported"),
        Measure("checked_quoted", "neither", "claims found quoted when they are checked anew"),
        Measure("checked_supported", "neither", "claims found supported when they are checked anew"),
        Measure("checked_weak", "lower", "claims found weakly supported when they are checked anew"),
        Measure("checked_unsupported", "lower", "claims found unsupported when they are checked anew"),
    ),
    "Refusals": (
        Measure("refusal_precision", "higher", "refusals of questions that are unanswerable"),
        Measure("refusal_recall", "higher", "unanswerable questions that are refused"),
        Measure("refusal_f1", "higher", "harmonic mean of precision and recall of refusals", f1_of_flags),
        Measure("wrongly_refused", "lower", "answerable questions that are refused"),
    ),
    "Confidence": (
        Measure("aurc", "lower", "area under the risk-coverage curve: how wrong the surest answers are", area_of_risks),
        Measure("ece", "lower", "expected calibration error of the answers given, ten bins", calibration_error),
    ),
    "Length and time": (
        Measure("quote_chars_median", "neither", "length of the quotes in characters, median", median),
        Measure("citations_per_answer", "neither", "citations of an answer, mean"),
        Measure("latency_p50", "lower", "seconds an answer takes, median", median, "latency", timed=True),
        Measure("latency_p95", "lower", "seconds, 95th percentile", percentile_95, "latency", timed=True),
    ),
}
MEASURES: Mapping[str, Measure] = {one.name: one for group in GROUPS.values() for one in group}


def summarise(scores: Sequence[Scores], constants: Scores | None = None) -> dict[str, Metric]:
    """Every metric that the questions' scores, or what holds for all of them, have something to say on."""
    metrics = {}
    for name, one in MEASURES.items():
        rows = [row for each in [*scores, constants or {}] for row in each.get(one.rows, ())]
        if rows:
            metrics[name] = measure(rows, one.statistic)
    return metrics


def nearest(name: str) -> str:
    """The metric whose name is most like this one."""
    return get_close_matches(name, MEASURES, n=1, cutoff=0.0)[0]
