"""What the LLM engine makes of right and wrong claims, said by a scripted model over real passages.

Run `PYTHONPATH=. python tests/benchmarks/llm_claims.py` in the repository's root. A wrong claim ought to be flagged, a
right one not, and its footnote ought to touch the evidence, whatever numbers the model puts at it. A claim that is
true of another passage than the one cited ("other passage") ought to be flagged or to get the right footnote.
"""

import argparse
import functools
import tempfile
from collections import defaultdict
from pathlib import Path

import numpy as np

from rag import Assistant, ClaimReady
from rag.ask import Query
from rag.jsonlines import read_lines
from rag.read.evidence import Reading
from rag.read.retrieve import retrieve
from rag.verify.claims import check_claims
from rag.verify.support import SupportModel
from rag.write.generate import LLMWriter
from rag.write.numbered import number_sentences
from tests.llm_double import ScriptedLLM

CLAIMS = Path("tests/claims")
WAYS = ("right", "none", "wrong", "reversed")  # the numbers that the model puts at a claim; reversed: where it has two


class Remembering:
    """An embedder that embeds nothing twice: every claim is said in several ways."""

    def __init__(self, embedder):
        self.embedder, self.known = embedder, {}

    def embed(self, texts):
        new = [text for text in dict.fromkeys(texts) if text not in self.known]
        self.known |= dict(zip(new, self.embedder.embed(new), strict=True)) if new else {}
        return np.array([self.known[text] for text in texts])

    def count_tokens(self, text):
        return self.embedder.count_tokens(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--support", help="another support model")
    parser.add_argument("--every", type=int, default=1, help="take every n-th claim")
    parser.add_argument("--show", action="store_true", help="print the claims that went wrong")
    options = parser.parse_args()
    check = functools.partial(check_claims, model=SupportModel(options.support) if options.support else None)
    documents = ["seeds", "tests/documents", CLAIMS / "documents"]
    with tempfile.TemporaryDirectory() as store, Assistant.open(documents, store) as assistant:
        embedder = Remembering(assistant.embedder)
        for name in ("right", "wrong"):
            claims = list(read_lines(CLAIMS / f"{name}.jsonl"))[:: options.every]
            outcomes = [judge(assistant, embedder, check, claim) for claim in claims]
            table(name, outcomes)
            if options.show:
                show(name, outcomes)


def judge(assistant, embedder, check, claim):
    """For each way of citing: how the claim is supported, and whether its footnotes touch the evidence."""
    snapshot, hits = retrieve(claim["claim"], assistant.index, assistant.embedder, 8)
    context = number_sentences(hits, snapshot, lambda text: True)
    evidence = [" ".join(text.split()) for text in claim["evidence"]]
    right = [number for number, one in enumerate(context.sentences, 1) if any(one.text in text for text in evidence)]
    others = [number for number in range(1, len(context.sentences) + 1) if number not in right]
    numbers = {"right": right, "none": [], "wrong": others[-2:], "reversed": right[::-1] if len(right) > 1 else None}
    outcome = {**claim, "found": bool(right)}
    for way in WAYS:
        if numbers[way] is not None:
            marks = "".join(f"[S{number}]" for number in numbers[way])
            said = f"{claim['claim'].rstrip('.')}{marks and ' '}{marks}."
            writer = LLMWriter(ScriptedLLM(chunks=list(said)), embedder, check=check)
            quotations = [context.sentences[0].quotation]
            reading = Reading((), 1.0)
            query = Query(claim["claim"], claim["claim"])
            events = list(writer.begin().write(query, hits, snapshot, quotations, reading))
            outcome[way] = verdict(next((event for event in events if isinstance(event, ClaimReady)), None), evidence)
    return outcome


def verdict(ready, evidence):
    """Flagged, supported by the evidence that is given, or by other."""
    if ready is None or ready.claim.support in ("weak", "unsupported"):
        return "flagged"
    quotes = [" ".join(cited.quote.split()) for cited in ready.citations]
    return "evidence" if any(text in quote or quote in text for text in evidence for quote in quotes) else "other"


def table(name, outcomes):
    kinds = defaultdict(list)
    for outcome in outcomes:
        kinds[outcome["kind"]].append(outcome)
    print(f"\n{name} claims, by the numbers that the model puts at them: share flagged (and given another footnote)")
    print(f"{'kind':<20}{'n':>5}" + "".join(f"{way:>16}" for way in WAYS))
    for kind, group in [*sorted(kinds.items()), ("all", outcomes)]:
        cells = "".join(f"{cell([one[way] for one in group if way in one]):>16}" for way in WAYS)
        print(f"{kind:<20}{len(group):>5}{cells}")
    print(f"evidence not among the passages found: {sum(not one['found'] for one in outcomes)}")


def cell(verdicts):
    if not verdicts:
        return "–"
    return f"{verdicts.count('flagged') / len(verdicts):.3f} ({verdicts.count('other')})"


def show(name, outcomes):
    for outcome in outcomes:
        wrong = [way for way in WAYS if way in outcome and (outcome[way] == "flagged") == (name == "right")]
        if wrong:
            print(f"{name}, {outcome['kind']}, {' '.join(wrong)}: {outcome['claim']}\n    {outcome['evidence']}")


if __name__ == "__main__":
    main()
