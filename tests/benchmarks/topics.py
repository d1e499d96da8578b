"""Requests to be told of something: are the sentences that belong told, and is what nothing speaks of refused?

    python -m tests.benchmarks.topics [FOLDER FOLDER …]

First the requests of tests/questions/requests.jsonl, over the invented documents. Then, of two folders or more, the
headings of each are topics for the others: how near, by the embedder, a sentence comes to one that has none of its
words. `LIKE` in rag/about/topic.py was chosen by that.
"""

import json
import random
import sys
import tempfile
from collections import Counter
from itertools import permutations

import numpy as np

from index.store.lexical import stems
from rag import Assistant
from rag.about.overview import tells
from rag.about.topic import LIKE
from rag.read.choosing import understandable
from rag.read.evidence import Candidate
from tests.conftest import ROOT

DOCUMENTS = ROOT / "tests" / "documents"
REQUESTS = ROOT / "tests" / "questions" / "requests.jsonl"
COSINES = (0.3, 0.35, 0.4, 0.45, 0.5)
MOST_HEADINGS, MOST_SENTENCES = 40, 1_500  #: of a folder


def outcomes(assistant, every=1):
    """How often, by kind of request, evidence was told, something else, or nothing; one request of so many is made."""
    counted = Counter()
    for request in map(json.loads, REQUESTS.read_text(encoding="utf-8").splitlines()[::every]):
        answer = assistant.ask(request["request"])
        counted[request["kind"], outcome(answer, request["evidence"])] += 1
    return counted


def outcome(answer, evidence):
    if answer.status == "abstained":
        return "refused"
    quotes = [plain(citation.quote) for citation in answer.citations]
    told = any(plain(one) in quote or quote in plain(one) for one in evidence for quote in quotes)
    return "told" if told else "something else"


def plain(text):
    return " ".join(text.split())


def topics_and_sentences(folder, store):
    """Headings of a few words, and the sentences that could tell what a document is about with their vectors."""
    with Assistant.open(folder, store) as assistant:
        documents = assistant.index.snapshot().documents.values()
        candidates = [Candidate(one, place, 1.0) for one in documents for place in range(len(one.sentences))]
        headings = {one.text.strip(" #*").lower() for one in candidates if one.sentence.heading}
        words = sorted(one for one in headings if len(one.split()) <= 3 and one.replace(" ", "").isalpha())
        prose = (one for one in candidates if not one.sentence.heading and understandable(one))
        texts = [one.text for one in prose if tells(plain(one.text))]
        chosen = random.Random(1)
        texts = chosen.sample(texts, min(len(texts), MOST_SENTENCES))
        held = {stem for said in stems(texts) for stem in said}
        words = chosen.sample(words, min(len(words), MOST_HEADINGS))
        return words, assistant.embedder.embed(words), held, assistant.embedder.embed(texts)


def nearest(folders, where):
    """The cosine of each foreign topic and the sentence nearest to it."""
    read = [topics_and_sentences(folder, f"{where}/{number}") for number, folder in enumerate(folders)]
    return np.array(
        [
            float((vectors @ topic).max())
            for (words, topics, *_), (_, _, held, vectors) in permutations(read, 2)
            for word, topic in zip(words, topics, strict=True)
            if (said := stems([word])[0]) and held.isdisjoint(said)
        ]
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as where:
        with Assistant.open(DOCUMENTS, f"{where}/invented") as assistant:
            for (kind, became), times in sorted(outcomes(assistant).items()):
                print(f"{kind}: {became} {times}")
        if len(sys.argv) > 2:
            cosines = nearest(sys.argv[1:], where)
            shares = ", ".join(f"{least}: {np.mean(cosines >= least):.3f}" for least in COSINES)
            print(f"{len(cosines)} foreign topics; share as near to a sentence as (LIKE is {LIKE}) {shares}")
