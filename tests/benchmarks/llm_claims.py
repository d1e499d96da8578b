"""What the LLM engine makes of right and wrong claims, said by a scripted model over real passages.

Run `python tests/benchmarks/llm_claims.py` in the repository's root. A wrong claim ought to be flagged, a right one
not, and its footnote ought to be the evidence, whatever numbers the model puts at it.
"""

import argparse
import functools
import json
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

from rag import Assistant, ClaimReady
from rag.conversation import Query
from rag.generate import LLMWriter
from rag.numbered import number_sentences
from rag.retrieve import retrieve
from rag.support import SupportModel
from rag.verify import check_claims
from tests.llm_double import ScriptedLLM

CLAIMS = Path("tests/claims")
FLAGGED = ("weak", "unsupported")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--support", help="another support model")
    parser.add_argument("--every", type=int, default=1, help="take every n-th claim")
    parser.add_argument("--show", action="store_true", help="print the claims that went wrong")
    options = parser.parse_args()
    check = functools.partial(check_claims, model=SupportModel(options.support) if options.support else None)
    with tempfile.TemporaryDirectory() as store, Assistant.open(["seeds", "tests/documents"], store) as assistant:
        for name, expected in (("right", False), ("wrong", True)):
            lines = (CLAIMS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
            claims = [json.loads(line) for line in lines][:: options.every]
            table(name, expected, [judge(assistant, check, claim, expected, options.show) for claim in claims])


def judge(assistant, check, claim, expected, show):
    """For each way of citing: whether the claim was flagged, and whether its footnotes touch the evidence."""
    snapshot, hits = retrieve(claim["claim"], assistant.index, assistant.embedder, 8)
    context = number_sentences(hits, snapshot, lambda text: True)
    right = [
        n
        for n, one in enumerate(context.sentences, 1)
        if any(one.text in " ".join(e.split()) for e in claim["evidence"])
    ]
    wrong = [n for n in range(1, len(context.sentences) + 1) if n not in right][-2:]
    ways = {"right": right, "none": [], "wrong": wrong, "reversed": right[::-1]}
    outcome = {"kind": claim["kind"], "found": bool(right)}
    for way, numbers in ways.items():
        marks = "".join(f"[S{number}]" for number in numbers)
        said = f"{claim['claim'].rstrip('.')} {marks}."
        writer = LLMWriter(ScriptedLLM(chunks=list(said)), assistant.embedder, check=check)
        quotations = [context.sentences[0].quotation]
        events = list(writer.begin().write(Query("?", claim["claim"]), hits, snapshot, quotations, 1.0))
        drafted = [event.claim for event in events if isinstance(event, ClaimReady)]
        first = drafted[0] if drafted else None
        outcome[way] = first is None or first.support in FLAGGED
        if show and outcome[way] != expected:
            print(f"{claim['kind']}, {way} numbers: {claim['claim']}\n    {claim['evidence']}\n    {first}")
    return outcome


def table(name, expected, outcomes):
    kinds = defaultdict(list)
    for outcome in outcomes:
        kinds[outcome["kind"]].append(outcome)
    ways = ("right", "none", "wrong", "reversed")
    print(f"\n{name} claims: share flagged, by the numbers that the model puts at them")
    print(f"{'kind':<20}{'n':>5}" + "".join(f"{way:>10}" for way in ways))
    for kind, group in [*sorted(kinds.items()), ("all", outcomes)]:
        shares = "".join(f"{sum(one[way] for one in group) / len(group):>10.3f}" for way in ways)
        print(f"{kind:<20}{len(group):>5}{shares}")
    missing = Counter(one["found"] for one in outcomes)[False]
    print(f"evidence not among the passages found: {missing}")


if __name__ == "__main__":
    main()
