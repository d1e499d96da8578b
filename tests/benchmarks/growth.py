"""What does an index cost as it grows: time, memory, disk, and how exact is its search?

    python -m tests.benchmarks.growth            # 1,000 and 10,000 passages, and a sync of 10,000 files
    python -m tests.benchmarks.growth 100000     # other sizes
    python -m tests.benchmarks.growth --store .  # an index that is there, of any documents, by the bundled model

The texts are invented: words of BERT's vocabulary by Zipf's law, twelve passages a document. So are the embeddings,
sums of a random vector for each word: only the index is measured, and not the model, but that a search takes the time
of embedding a question by the bundled one, and that it is in memory, as it is where documents are indexed or asked.
Each size has a process of its own for indexing, and another for opening and searching, whose peak of memory is taken
before the exact search. Times are those of the processor, so that others on the same machine hardly tell.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from index.embedding import SentenceEmbedder, bundled_folder
from index.store.passage_index import PassageIndex
from rag.read.retrieve import retrieve

SIZES = (1_000, 10_000)
PASSAGES = 12  #: a document
QUERIES = 100
FILES = 10_000
DIMENSION = 384
OLD = 2.5  #: seconds after which a file is known by its looks


class SimulatedEmbedder:
    """A text's vector is the sum of those of its words, rare ones first; each word's is random and always the same.

    A question's takes as long as the bundled model's.
    """

    identity = "simulated"
    max_tokens = 254

    def __init__(self):
        self.words = [word for word in (bundled_folder() / "vocab.txt").read_text().splitlines() if word.isalpha()]
        generator = np.random.default_rng(0)
        weights = np.log1p(np.arange(len(self.words)))[:, None] / 10
        vectors = (generator.standard_normal((len(self.words), DIMENSION)) * weights).astype(np.float32)
        self.vectors = dict(zip(self.words, vectors, strict=True))
        self.model = SentenceEmbedder()

    def count_tokens(self, text):
        return len(text.split())

    def embed(self, texts):
        none = np.full(DIMENSION, 1e-6, dtype=np.float32)
        words = (text.lower().replace(".", "").split() for text in texts)
        summed = np.stack([sum((self.vectors[word] for word in each if word in self.vectors), none) for each in words])
        return summed / np.linalg.norm(summed, axis=1, keepdims=True)

    def embed_query(self, query):
        self.model.embed_query(query)
        return self.embed([query])[0]


def write_documents(folder, passages, words):
    generator = np.random.default_rng(1)
    shares = 1 / np.arange(10, len(words) + 10)
    for number in range(max(1, passages // PASSAGES)):
        chosen = iter(generator.choice(words, size=PASSAGES * 165, p=shares / shares.sum()).tolist())
        sentences = [f"{' '.join(next(chosen) for _ in range(15)).capitalize()}." for _ in range(PASSAGES * 11)]
        paragraphs = [" ".join(sentences[start : start + 5]) for start in range(0, len(sentences), 5)]
        path = folder / f"{number % 100}" / f"{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n\n".join(paragraphs))


def timed(work):
    started = time.process_time()
    result = work()
    return result, time.process_time() - started


def peak():
    """Megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def indexing(folder, passages):
    """What it takes to index so many passages, in a folder that holds nothing yet."""
    embedder = SimulatedEmbedder()
    write_documents(folder / "docs", passages, embedder.words)
    embedder.embed_query("the model is loaded now")
    before = peak()
    index = PassageIndex(folder / "store", embedder)
    _, seconds = timed(lambda: index.sync([folder / "docs"]))
    most = peak()
    time.sleep(OLD)
    index.sync()
    _, unchanged = timed(index.sync)
    size = sum(path.stat().st_size for path in (folder / "store").rglob("*") if path.is_file())
    return {
        "passages": index.manifest.passages,
        "indexing, s": round(seconds, 2),
        "peak memory of indexing, MB": round(most),
        "of it added by the index, MB": round(most - before),
        "disk, KB a passage": round(size / 1024 / index.manifest.passages, 1),
        "sync without changes, s": round(unchanged, 3),
    }


def searching(store, embedder):
    """What it takes to open an index and to search it."""
    embedder.embed_query("the model is loaded now")
    first = opening(store, embedder)  # after a change, copies of records and BM25 are written
    later = opening(store, embedder)
    index = PassageIndex(store, embedder)
    snapshot = index.snapshot()
    generator = np.random.default_rng(2)
    some = generator.choice(len(snapshot.passages), size=QUERIES)
    questions = [" ".join(snapshot.passages[number].text.split()[3:12]) for number in some]
    retrieve(questions[0], index, embedder, 8)
    seconds = [timed(lambda asked=asked: retrieve(asked, index, embedder, 8))[1] for asked in questions]
    most = peak()
    return {
        "opening at first: texts, s": first[0],
        "opening at first: BM25, s": first[1],
        "opening later: texts, s": later[0],
        "opening later: BM25, s": later[1],
        "retrieval p50, ms": round(1000 * float(np.percentile(seconds, 50)), 1),
        "retrieval p95, ms": round(1000 * float(np.percentile(seconds, 95)), 1),
        "peak memory of searching, MB": round(most),
        "recall@10": round(exactness(index, snapshot, embedder.embed(questions)), 3),
    }


def opening(store, embedder):
    """Seconds until texts, and then BM25, are in memory."""
    index = PassageIndex(store, embedder)
    snapshot, texts = timed(index.snapshot)
    _, lexical = timed(lambda: snapshot.lexical)
    index.close()
    return round(texts, 2), round(lexical, 2)


def exactness(index, snapshot, questions):
    """The share of the ten nearest by exact search that are among the ten found."""
    vectors = index.vectors(list(snapshot.by_id))
    names, matrix = list(vectors), np.stack(list(vectors.values()))
    found = 0
    for question in questions:
        nearest = {names[number] for number in np.argsort(-(matrix @ question))[:10]}
        found += len(nearest & set(index.search_dense(question, 10)[1]))
    return found / (10 * len(questions))


def sync_of_many_files():
    with tempfile.TemporaryDirectory() as name:
        for number in range(FILES):
            path = Path(name) / "docs" / f"{number % 100}" / f"{number}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"This is the text of file {number}.")
        index = PassageIndex(Path(name) / "store", SimulatedEmbedder())
        index.sync([Path(name) / "docs"])
        time.sleep(OLD)
        index.sync()
        seconds = [timed(index.sync)[1] for _ in range(5)]
    return {f"sync of {FILES:,} unchanged files, s": round(float(np.median(seconds)), 2)}


def apart(*arguments):
    """What a process of its own measures."""
    command = [sys.executable, "-m", "tests.benchmarks.growth", *arguments]
    run = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    return json.loads(run.stdout.splitlines()[-1])


def main():
    match sys.argv[1:]:
        case ["--files"]:
            print(json.dumps(sync_of_many_files()))
        case ["--indexing", folder, size]:
            print(json.dumps(indexing(Path(folder), int(size))))
        case ["--searching", folder]:
            print(json.dumps(searching(Path(folder) / "store", SimulatedEmbedder())))
        case ["--store", store]:
            print(json.dumps(searching(Path(store), SentenceEmbedder())))
        case sizes:
            for size in sizes or SIZES:
                with tempfile.TemporaryDirectory() as folder:
                    made = apart("--indexing", folder, str(size))
                    print(json.dumps(made | apart("--searching", folder)))
            if not sizes:
                print(json.dumps(apart("--files")))


if __name__ == "__main__":
    main()
