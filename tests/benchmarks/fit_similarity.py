"""Fit the weights of the hybrid search and of the similarity reader; `rag.training.fit` fits its confidence.

    python tests/benchmarks/fit_similarity.py --data DIR

DIR holds `train.jsonl.gz`, lines with `title`, `question`, `context`, `answers`
(`text`, `answer_start`), `answerable`. The contexts of one title make one document. For the weight of the
search a question is searched in its own document and in all of them together, for the rest in its own.
"""

import argparse
import itertools
import random
from collections import defaultdict
from pathlib import Path

import numpy as np

from index.embedding import SentenceEmbedder
from index.files.finding import Document
from index.passages import split_document
from index.store.lexical import LexicalIndex
from rag.jsonlines import read_lines

SEED = 20261125
QUESTIONS_PER_DOCUMENT = 24
CONTEXTS_PER_DOCUMENT = 30


def load(path, documents):
    """Documents of many contexts, each with its questions: (question, answer offsets or None)."""
    by_title = defaultdict(lambda: defaultdict(list))
    for line in read_lines(path):
        if line["title"] and len(line["context"]) > 200:
            by_title[line["source"], line["title"]][line["context"]].append(line)
    random.seed(SEED)
    titles = [title for title, contexts in by_title.items() if len(contexts) >= 8]
    random.shuffle(titles)
    for title in titles[:documents]:
        contexts = list(by_title[title].items())[:CONTEXTS_PER_DOCUMENT]
        text, questions = "", []
        for context, asked in contexts:
            for line in asked:
                offsets = [
                    (len(text) + answer["answer_start"], len(text) + answer["answer_start"] + len(answer["text"]))
                    for answer in line["answers"]
                ]
                questions.append((line["question"], offsets if line["answerable"] else None))
            text += context + "\n\n"
        random.shuffle(questions)
        yield Document("/".join(title), title[1], "document.txt", text), questions[:QUESTIONS_PER_DOCUMENT]


def measure(documents, embedder):
    """For each question: passage and sentence scores, and which of them hold the answer."""
    everything = [question for _, questions in documents for question, _ in questions]
    for document, questions in documents:
        indexed = split_document(document, embedder.count_tokens)
        sentences = [document.text[s.start : s.end] for s in indexed.prose]
        passages = [passage.text for passage in indexed.passages]
        vectors = embedder.embed([f"{document.title}\n{text}" for text in passages])
        sentence_vectors = embedder.embed(sentences)
        lexical, sentence_lexical = LexicalIndex(passages), LexicalIndex(sentences)
        elsewhere = random.sample(everything, len(questions))
        for kind, (question, offsets) in [("own", q) for q in questions] + [("other", (q, None)) for q in elsewhere]:
            vector = embedder.embed_query(question)

            def holds(span, offsets=offsets):
                return any(span.start <= start and end <= span.end for start, end in offsets or ())

            def parent(sentence, indexed=indexed):
                return [i for i, p in enumerate(indexed.passages) if p.start < sentence.end and sentence.start < p.end]

            yield {
                "kind": "near" if kind == "own" and offsets is None else kind,
                "cosine": vectors @ vector,
                "bm25": lexical.scores(question),
                "right": np.array([holds(passage) for passage in indexed.passages]),
                "sentence_cosine": sentence_vectors @ vector,
                "sentence_bm25": sentence_lexical.scores(question),
                "sentence_right": np.array([holds(sentence) for sentence in indexed.prose]),
                "parents": [parent(sentence) for sentence in indexed.prose],
            }


def fused(row, weight):
    return weight * np.maximum(row["cosine"], 0) + (1 - weight) * row["bm25"]


def measure_pooled(documents, elsewhere, embedder):
    """For each question: the scores of the passages of all documents, and which hold the answer.

    The questions of `elsewhere` are asked too: no document here answers them.
    """
    indexed = [split_document(document, embedder.count_tokens) for document, _ in documents]
    passages = [(one.document, passage) for one in indexed for passage in one.passages]
    vectors = embedder.embed([f"{document.title}\n{passage.text}" for document, passage in passages])
    lexical = LexicalIndex([f"{document.title}\n{passage.text}" for document, passage in passages])
    asked = [(document, *question) for document, questions in documents for question in questions]
    asked += [(None, question, None) for _, questions in elsewhere for question, _ in questions]
    for document, question, offsets in asked:
        right = [
            document is own and any(passage.start <= start and end <= passage.end for start, end in offsets or ())
            for own, passage in passages
        ]
        yield {
            "kind": "other" if document is None else "own" if offsets else "near",
            "cosine": vectors @ embedder.embed_query(question),
            "bm25": lexical.scores(question),
            "right": np.array(right),
        }


def fit_search(own, pooled):
    """The dense weight with the best mean reciprocal rank of a passage that holds the answer, over both searches."""
    table = []
    for weight in np.arange(0, 1.01, 0.1):
        figures = []
        for rows in (own, pooled):
            ranks = np.array([1 + int(np.argmax(row["right"][np.argsort(-fused(row, weight))])) for row in rows])
            figures += [np.mean(1 / ranks), np.mean(ranks <= 8)]
        table.append((figures[0] + figures[2], weight))
        print(
            f"dense weight {weight:.1f}: in its document MRR {figures[0]:.3f} recall@8 {figures[1]:.3f}, "
            f"among all MRR {figures[2]:.3f} recall@8 {figures[3]:.3f}"
        )
    return max(table)[1]


def fit_sentences(rows, weight):
    """Weights of sentence cosine, sentence BM25 and passage score with the best first sentence."""
    best = (0.0, None)
    for cosine, bm25 in itertools.product(np.arange(0, 1.01, 0.1), repeat=2):
        if cosine + bm25 > 1.001:
            continue
        right = []
        for row in rows:
            passage = fused(row, weight)
            read = set(np.argsort(-passage)[:8])
            above = np.array(
                [max((passage[p] for p in parents if p in read), default=-9) for parents in row["parents"]]
            )
            score = cosine * row["sentence_cosine"] + bm25 * row["sentence_bm25"] + (1 - cosine - bm25) * above
            right.append(row["sentence_right"][int(np.argmax(score))])
        best = max(best, (float(np.mean(right)), (f"{cosine:.1f}", f"{bm25:.1f}", f"{1 - cosine - bm25:.1f}")))
    print(f"sentence weights (cosine, BM25, passage) {best[1]}: first sentence right {best[0]:.3f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--documents", type=int, default=60)
    arguments = parser.parse_args()
    embedder = SentenceEmbedder()
    documents = list(load(arguments.data / "train.jsonl.gz", arguments.documents))
    rows = [row for row in measure(documents, embedder) if row["sentence_right"].any() and row["right"].any()]
    pooled = [row for row in measure_pooled(documents, [], embedder) if row["right"].any()]
    print(f"{len(rows)} training questions, {len(pooled)} of them searched among {len(documents)} documents")
    weight = float(fit_search(rows, pooled))
    fit_sentences(rows, weight)


if __name__ == "__main__":
    main()
