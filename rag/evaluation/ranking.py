"""How early the passages that hold the evidence were found, by ir-measures."""

from collections.abc import Mapping, Sequence

from rag.evaluation.bootstrap import Row
from rag.evaluation.metrics import RECALL_AT

CUT = 8  #: of nDCG

Found = Sequence[str]  #: ids of the passages found, best first
Relevant = Sequence[str]  #: ids of the passages that hold evidence


def score_rankings(rankings: Mapping[str, tuple[Found, Relevant]]) -> dict[str, dict[str, Sequence[Row]]]:
    """For each ranking, by any key: `recall@k` (is a relevant passage among the first k?), `mrr` and `ndcg@8`."""
    if not rankings:
        return {}
    from ir_measures import RR, Success, iter_calc, nDCG

    names = {Success @ k: f"recall@{k}" for k in RECALL_AT} | {RR: "mrr", nDCG @ CUT: f"ndcg@{CUT}"}
    wanted = {key: dict.fromkeys(relevant, 1) for key, (_, relevant) in rankings.items()}
    run = {key: {passage: -float(rank) for rank, passage in enumerate(found)} for key, (found, _) in rankings.items()}
    # A ranking in which there is nothing, or nothing to find, is left out by the library.
    scores: dict[str, dict[str, Sequence[Row]]] = {key: {name: [(0.0,)] for name in names.values()} for key in rankings}
    for one in iter_calc(list(names), {k: v for k, v in wanted.items() if v}, {k: v for k, v in run.items() if v}):
        scores[one.query_id][names[one.measure]] = [(float(one.value),)]
    return scores
