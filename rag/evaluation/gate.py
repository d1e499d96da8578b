"""Is an evaluation good enough: against limits, and against an earlier one?"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ValidationError
from typing_extensions import TypedDict

from index.errors import SettingsError
from rag.evaluation.bootstrap import Difference, compare, holm
from rag.evaluation.metrics import MEASURES, Measure, Metrics, nearest
from rag.jsonlines import read_text

SIGNIFICANT = 0.05  #: of the p values that Holm's method has corrected


@dataclass(frozen=True, slots=True)
class Limit:
    """The worst that a metric may be: the least, or the most where lower is better."""

    name: str
    value: float

    @property
    def is_most(self) -> bool:
        """Whether figures above the limit fail."""
        return MEASURES[self.name].better == "lower"

    def broken_by(self, metrics: Metrics) -> str:
        """How the figures fail, as a sentence, or an empty string.

        Raises SettingsError if the metric was not measured, which must not pass for good.
        """
        if self.name not in metrics:
            raise SettingsError(
                f"This question set says nothing on {self.name}, so it cannot be held to {self.value:g}; "
                "leave that limit out or extend the set."
            )
        value = metrics[self.name].value
        if value > self.value if self.is_most else value < self.value:
            return f"{self.name} is {value:.4g}, which is {'above' if self.is_most else 'below'} {self.value:g}."
        return ""


def parse_limit(text: str) -> Limit:
    """Read `metric=value`. Raises ValueError, whose message says what is wrong."""
    name, equals, number = (part.strip() for part in text.partition("="))
    if not equals:
        raise ValueError(f"{text!r} is not metric=value")
    if name not in MEASURES:
        raise ValueError(f"there is no metric {name!r}; the nearest is {nearest(name)!r}")
    if MEASURES[name].better == "neither":
        raise ValueError(f"neither more nor less of {name!r} is better, so it has no limit")
    try:
        value = float(number)
    except ValueError:
        raise ValueError(f"{number!r} is no number") from None
    if value != value:
        raise ValueError("a limit that is not a number would let everything pass")
    return Limit(name, value)


@dataclass(frozen=True, slots=True)
class Compared:
    """A metric of two evaluations. `p` is corrected for the number of metrics that are judged."""

    measure: Measure
    difference: Difference
    p: float | None  #: None where it is not judged

    @property
    def is_worse(self) -> bool:
        """Whether it is significantly worse than it was."""
        change = self.difference.change
        falls = change < 0 if self.measure.better == "higher" else change > 0
        return self.p is not None and self.p < SIGNIFICANT and falls

    @property
    def is_better(self) -> bool:
        """Whether it is significantly better than it was."""
        return self.p is not None and self.p < SIGNIFICANT and not self.is_worse and self.difference.change != 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two evaluations, on the questions that both have."""

    metrics: tuple[Compared, ...]
    questions: int  #: in common
    left_out: int  #: in one of them only

    @property
    def worse(self) -> tuple[Compared, ...]:
        """The metrics that are significantly worse."""
        return tuple(one for one in self.metrics if one.is_worse)


class Record(TypedDict):
    """A question of `eval --json`: what another evaluation of it is compared with."""

    id: str
    question: str
    scores: dict[str, list[list[float]]]


class _Baseline(BaseModel):
    questions: list[Record]


def read_baseline(path: Path) -> list[Record]:
    """The questions of an evaluation that `eval --json` wrote. Raises SettingsError if it is none."""
    try:
        return _Baseline.model_validate_json(read_text(path, "baseline", SettingsError)).questions
    except ValidationError:
        raise SettingsError(
            f"The baseline {path} is no evaluation with its questions; write one with `footnote eval --json`."
        ) from None


def compare_with(baseline: Sequence[Record], present: Sequence[Record]) -> Comparison:
    """Compare two evaluations question by question.

    Metrics without a better and a worse, and times, which depend on the machine, are compared but not judged.
    Raises SettingsError if they have no question in common.
    """
    old, new = ({(one["id"], one["question"]): one["scores"] for one in records} for records in (baseline, present))
    common = [key for key in new if key in old]
    if not common:
        raise SettingsError("The baseline has no question in common with this set; give that of the same set.")
    found: list[tuple[Measure, Difference]] = []
    tested: list[Measure] = []
    for one in MEASURES.values():
        pairs = [(old[key].get(one.rows, []), new[key].get(one.rows, [])) for key in common]
        befores, afters = ([pair[side] for pair in pairs if any(pair)] for side in (0, 1))
        if any(befores) and any(afters):
            found.append((one, compare(befores, afters, one.statistic)))
            # What is the same for every question cannot be significant, so it does not count among the tests.
            if one.is_judged and befores != afters:
                tested.append(one)
    values = {one.name: difference.p for one, difference in found if one.is_judged}
    values |= zip((one.name for one in tested), holm([values[one.name] for one in tested]), strict=True)
    return Comparison(
        tuple(Compared(one, difference, values.get(one.name)) for one, difference in found),
        len(common),
        len(old) + len(new) - 2 * len(common),
    )
