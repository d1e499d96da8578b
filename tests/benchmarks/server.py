"""What does an index on a Chroma server cost, beside the same one in a folder?

    python -m tests.benchmarks.server            # 10,000 passages, invented as those of tests.benchmarks.growth
    python -m tests.benchmarks.server 1000       # of another size

Server and Footnote are on one machine, so that what a network adds is not in it: a question asks the server six times.
"""

import json
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from index.store.passage_index import PassageIndex
from index.store.server import Server
from rag.read.retrieve import retrieve
from tests.benchmarks.growth import SimulatedEmbedder, write_documents
from tests.chroma_process import ChromaProcess

PASSAGES = 10_000
QUESTIONS = 50


def clocked(work):
    """What work gives, and the seconds that it takes, of which a server's are a part."""
    started = time.perf_counter()
    result = work()
    return result, time.perf_counter() - started


def kilobytes(folder):
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1024


def median_ms(index, embedder, questions):
    seconds = [clocked(lambda asked=asked: retrieve(asked, index, embedder, 8))[1] for asked in questions]
    return round(1000 * float(np.median(seconds)), 1)


def main():
    embedder = SimulatedEmbedder()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_documents(folder / "docs", int(sys.argv[1]) if len(sys.argv) > 1 else PASSAGES, embedder.words)
        chroma = ChromaProcess(folder / "chroma")
        chroma.start()
        on_disk = PassageIndex(folder / "store", embedder)
        on_server = PassageIndex(Server(chroma.url, folder / "copies"), embedder)
        seconds = {}
        for where, index in (("disk", on_disk), ("server", on_server)):
            _, seconds[where] = clocked(lambda index=index: index.sync([folder / "docs"]))
        elsewhere = PassageIndex(Server(chroma.url, folder / "other copies"), embedder)
        snapshot, first = clocked(elsewhere.snapshot)
        count = len(snapshot.passages)
        questions = [" ".join(snapshot.passages[place * count // QUESTIONS].text.split()[3:12]) for place in range(50)]
        asked = {
            where: median_ms(one, embedder, questions) for where, one in (("disk", on_disk), ("server", elsewhere))
        }
        memory = chroma.megabytes()
        chroma.kill()
        print(
            json.dumps(
                {
                    "passages": count,
                    "indexing on the server over in a folder": round(seconds["server"] / seconds["disk"], 2),
                    "first opening on another machine, s": round(first, 1),
                    "retrieval p50 in a folder, ms": asked["disk"],
                    "retrieval p50 on the server, ms": asked["server"],
                    "the folder's disk, KB a passage": round(kilobytes(folder / "store") / count, 1),
                    "the server's disk, KB a passage": round(kilobytes(folder / "chroma") / count, 1),
                    "the server's memory, MB": round(memory),
                }
            )
        )


if __name__ == "__main__":
    main()
