"""How well are changed sentences told from faithful ones, as quotations and as claims?

    python -m tests.benchmarks.mutations

True sentences of the essay and of the documents in tests/documents are changed in one place, and reworded by rules;
the claims of tests/claims were written by hand. Takes about four minutes on two cores.
"""

import random
from collections import Counter
from itertools import chain
from pathlib import Path

from sklearn.metrics import roc_auc_score

from index.passages import split_document
from rag.jsonlines import read_lines
from rag.training.support.mutations import mutate, names_in
from rag.training.support.rewordings import reword
from rag.verify.claims import best_model, check_claims
from rag.verify.quotes import check_quote
from tests.verify.test_mutations import REFORMATTINGS, SEED, SHORTEST, every_document, is_named

CLAIMS = Path(__file__).parent.parent / "claims"


def main():
    rng = random.Random(SEED)
    quotes, changed, reworded, both, reformatted = Counter(), [], [], [], Counter()
    for document in every_document():
        names = names_in(document.text)
        for one in split_document(document, lambda text: len(text.split())).prose:
            sentence = " ".join(document.text[one.start : one.end].split())
            if len(sentence.split()) < SHORTEST:
                continue
            for mutation in mutate(sentence, names, rng):
                verdict = check_quote(mutation.text, document.text)
                quotes[f"changed, {'passed' if verdict.holds else verdict.kind}"] += 1
                if mutation.is_one_token:
                    quotes["one token changed"] += 1
                    quotes["one token changed, and named"] += is_named(verdict, mutation)
                changed.append((mutation.text, [sentence]))
            for rewording in reword(sentence, rng):
                reworded.append((rewording.text, [sentence]))
                both += [(mutation.text, [sentence]) for mutation in mutate(rewording.text, names, rng)]
            for reformat in REFORMATTINGS:
                passed = check_quote(reformat(document.text[one.start : one.end], rng), document.text).holds
                reformatted["passed" if passed else "rejected"] += 1
    print(f"quotations: {dict(quotes)}; faithful reformattings: {dict(reformatted)}")
    tell("sentences changed in one place", changed)
    tell("reworded and changed in one place", rng.sample(both, min(len(both), len(changed))))
    tell("reworded", reworded)
    written = {name: list(read_lines(CLAIMS / f"{name}.jsonl")) for name in ("right", "wrong")}
    for name, lines in written.items():
        tell(f"written by hand, {name}", [(one["claim"], one["evidence"]) for one in lines])
    opinions = best_model().log_odds([(" ".join(one["evidence"]), one["claim"]) for one in chain(*written.values())])
    auroc = roc_auc_score([name == "right" for name, lines in written.items() for _ in lines], opinions)
    print(f"AUROC there of what the support model alone makes of them: {auroc:.3f}")


def tell(name, claims):
    counts = Counter(verdict.support for verdict in check_claims(claims))
    shares = ", ".join(f"{support} {count} ({count / len(claims):.1%})" for support, count in counts.most_common())
    print(f"claims, {name}: {len(claims)}; {shares}")


if __name__ == "__main__":
    main()
