"""How long do many people wait who ask at the same moment?

    python -m tests.benchmarks.crowd [PEOPLE]

A chat with the real engine over the essay is launched, and each of 20 people adds a document of their own. Then all
ask at once, first about their own document, then about the essay; none is to see what is another's. Beside it, what
one person waits who is alone.
"""

import sys
import tempfile
import time
from pathlib import Path

from app.web.library import Library
from app.web.server import launch
from rag import Assistant
from tests.crowd import percentiles, visit_at_once

ROOT = Path(__file__).parent.parent.parent


def measure(folder, people):
    with Assistant.open(ROOT / "seeds", folder / "store") as assistant:
        assistant.warm_up()
        library = Library(assistant, folder / "uploads")
        app, url = launch(library)
        try:
            visit_at_once(url, 1)  # the first question is slower
            alone = [seconds for _ in range(3) for visit in visit_at_once(url, 1) for seconds in visit.seconds]
            before = time.process_time()
            visits = visit_at_once(url, people)
            busy = time.process_time() - before
        finally:
            app.close()
            library.close()
    seconds = [one for visit in visits for one in visit.seconds]
    served = sum(visit.secret in visit.conversation for visit in visits)
    leaks = sum(len(visit.seen_of_others(visits)) for visit in visits)
    p50, p95 = percentiles(seconds)
    print(f"one person: p50 {percentiles(alone)[0]:.2f} s")
    print(f"{people} people at once: p50 {p50:.2f} s, p95 {p95:.2f} s over {len(seconds)} questions")
    print(f"  {busy / people:.2f} s of processor time a visitor, for one upload and two questions")
    print(f"  {served} of {people} were answered from their own document; {leaks} leaks")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), int(sys.argv[1]) if len(sys.argv) > 1 else 20)
