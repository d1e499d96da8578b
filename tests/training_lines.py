"""Lines of a data set, small enough to look at, that the tests of the training begin with."""

import gzip
import json
from dataclasses import replace

from rag.training.data import held_out_shingles, load
from rag.training.recipes import Recipe
from tests.conftest import WordEmbedder

BEES = (
    "Brother Adam of Buckfast bred bees for seventy years. In 1916 a disease killed thirty of his forty-six hives. "
    "Only those with queens from Italy lived on. He crossed them with drones from Cyprus, and the cross throve. "
    "By 1935 the abbey sold eight tons of honey in a year. Adam rode to Morocco in 1962 to look for a darker bee."
)
TEA = (
    "Robert Fortune left Shanghai in 1848 dressed as a merchant. He sent twenty thousand tea plants to Calcutta. "
    "Most of them died of the damp. The seeds fared better, for he had sown them in glass cases. "
    "His servant Wang knew every garden on the way, and was paid four dollars a month. Fortune wrote it all down."
)
LIGHTHOUSE = " ".join(
    f"In year {n} the lighthouse was lit for {n + 300} nights, and its keeper was K{n}." for n in range(40)
)
ON_BEES = {
    "How many hives did the disease kill in 1916?": ("thirty", "thirty of his forty-six hives"),
    "Where were the queens from?": ("Italy",),
    "Where did Father Adam ride in 1962?": ("Morocco", "to Morocco"),
}
ON_TEA = {
    "How was Robert Fortune dressed?": ("as a merchant",),
    "What became of the plants and of the seeds?": ("died of the damp. The seeds fared better",),
    "How much was Wang paid?": ("four dollars a month", "four dollars"),
}
ON_LIGHT = {"How many nights was it lit in year 30?": ("330",)}
ON_GOATS = {f"How many goats are in herd {n}?": (f"{n % 10 + 500}",) for n in range(50)}
ANSWERS = ON_BEES | ON_TEA | ON_LIGHT | ON_GOATS


def line(question, context, *answers, title="", source="hand", answerable=True):
    placed = [{"text": answer, "answer_start": context.index(answer)} for answer in answers]
    return {
        "source": source,
        "title": title,
        "question": question,
        "context": context,
        "answers": placed,
        "answerable": answerable,
    }


def lines_on(context, title, answers):
    return [line(question, context, *texts, title=title) for question, texts in answers.items()]


LINES = [
    *lines_on(BEES, "Brother_Adam", ON_BEES),
    line("Who taught Brother Adam?", BEES, title="Brother_Adam", answerable=False),
    *lines_on(TEA, "Tea", ON_TEA),
    *lines_on(LIGHTHOUSE, "lighthouse/log.txt", ON_LIGHT),
    *[
        line(question, f"Herd {n} has {goats} goats. They graze on the hill of Village {n}.", goats)
        for n, (question, (goats,)) in enumerate(ON_GOATS.items())
    ],
]
MIXED = Recipe(cropped=0.5, retrieved=0.3, removed=0.3, swapped=0.3, no_question_mark=0, keywords=0, misspelt=0)
PLAIN = replace(MIXED, titled=0, cropped=0, neighbours=0, retrieved=0, removed=0, swapped=0)


def write_lines(folder, lines):
    path = folder / "lines.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(one) + "\n" for one in lines)
    return path


def load_lines(folder, lines, *, caps=None, default_cap=1000, held_out=(), seed=1):
    path = write_lines(folder, lines)
    count_tokens = WordEmbedder().count_tokens
    shingles = held_out_shingles(held_out)
    return load(path, count_tokens, caps=caps or {}, default_cap=default_cap, held_out=shingles, seed=seed)
