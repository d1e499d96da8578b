"""How long does it take to answer, and where does the time go?

    python tests/benchmarks/speed.py

Whole commands are run in turn, a baseline beside each: machines are noisy, so quote the ratios. Warm
questions are those of tests/questions/essay.jsonl, each asked for the first time by one assistant.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from index.models import bfloat16_pays
from rag import Assistant
from rag.evaluation.questions import read_questions

ROOT = Path(__file__).parent.parent.parent
ROUNDS = 9
#: What no answer can do without: the client of an index on disk is imported by Chroma when one is opened.
LIBRARIES = "torch, chromadb, chromadb.api.rust, scipy.sparse, tokenizers, safetensors, click"
QUESTION = "When did China debut the Wing Loong drone?"

#: What a cold `footnote ask` does, a stage a line.
STAGES = f"""
import PyTorch: import torch
import Chroma: import chromadb
import the rest: from rag.assistant import Assistant
open the index: assistant = Assistant.open("seeds", store)
load the models: assistant.warm_up()
answer: assistant.ask({QUESTION!r})
"""


def seconds(command):
    started = time.perf_counter()
    subprocess.run(command, check=False, capture_output=True, cwd=ROOT)
    return time.perf_counter() - started


def compare(name, command, baseline_name, baseline):
    pairs = [(seconds(command), seconds(baseline)) for _ in range(ROUNDS)]
    ours, theirs = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratio = statistics.median(one / other for one, other in pairs)
    print(f"{name}: {ours:.2f} s, {ratio:.2f} times {baseline_name} ({theirs:.2f} s)")


def cold(store):
    footnote = shutil.which("footnote") or "footnote"
    python = [sys.executable, "-c"]
    ask = [footnote, "ask", "--docs", "seeds", "--store", store, QUESTION]
    subprocess.run(ask, check=True, capture_output=True, cwd=ROOT)  # the index is made
    compare("footnote --help", [footnote, "--help"], "an empty Python", [*python, "pass"])
    bare = [*python, "import sentence_transformers"]
    compare("footnote ask, nothing to index", ask, "importing sentence_transformers", bare)
    compare("the same", ask, f"importing {LIBRARIES}", [*python, f"import {LIBRARIES}"])
    print("  of which " + ", ".join(f"{name} {took:.2f}" for name, took in stages(store).items()))


def stages(store):
    """Median seconds of each stage of a cold question in processes of their own, and of starting and ending Python."""
    steps = dict(line.split(": ", 1) for line in STAGES.strip().splitlines())
    timed = "\n".join(f"{step}; times.append(now())" for step in steps.values())
    program = (
        "import gc; from time import perf_counter as now\n"
        "from app.commands.starting import leave\n"
        f"gc.disable(); store = {str(store)!r}; times = [now()]\n{timed}\ngc.freeze(); print(*times); leave(0)"
    )
    runs = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, cwd=ROOT, text=True)
        whole = time.perf_counter() - started
        took = np.diff(np.array(done.stdout.split(), dtype=float))
        runs.append([*took, whole - took.sum()])
    return dict(zip([*steps, "start and end Python"], np.median(runs, axis=0), strict=True))


#: Questions in one process, which has answered as many before; told are processor seconds and the peak of memory, MB.
ANSWERING = """
import resource, sys, time
from pathlib import Path
import index.encoder
from rag import Assistant
from rag.evaluation.questions import read_questions
store, change = sys.argv[1:]
reader = None
exec(change)
questions = [one.question for one in read_questions(Path("tests/questions/essay.jsonl"))[::10]]
with Assistant.open("seeds", store, reader=reader) as assistant:
    for _ in range(2):
        started = time.process_time()
        answers = [assistant.ask(question).text for question in questions]
    took = time.process_time() - started
print(took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000, hash(tuple(answers)))
"""


#: What is changed before, so that products are computed in the other way.
PACKED = {"with packed weights": "index.encoder.PACKED_AFTER = 1", "without": "index.encoder.PACKED_AFTER = 10**9"}
INT8 = {"in int8": "", "in float32": "reader = 'base-float32'"}


def products(store):
    """What it saves, and takes, that products are computed as this processor does them fastest."""
    ways = PACKED if bfloat16_pays() else INT8
    told = {way: [] for way in ways}
    for _ in range(ROUNDS):
        for way, change in ways.items():
            command = [sys.executable, "-c", ANSWERING, store, change]
            environment = {**os.environ, "PYTHONHASHSEED": "0"}
            done = subprocess.run(command, check=True, capture_output=True, cwd=ROOT, text=True, env=environment)
            told[way].append(done.stdout.split())
    these, those = told.values()
    ratio = statistics.median(float(one[0]) / float(other[0]) for one, other in zip(these, those, strict=True))
    more = statistics.median(float(one[1]) - float(other[1]) for one, other in zip(these, those, strict=True))
    same = len({one[2] for one in (*these, *those)}) == 1
    first, second = ways
    print(f"{first}: {ratio:.2f} times the processor's time {second}, {more:+.0f} MB; the same answers: {same}")


def warm(store):
    with Assistant.open(ROOT / "seeds", store) as assistant:
        assistant.warm_up()
        questions = read_questions(ROOT / "tests" / "questions" / "essay.jsonl")
        timings = [assistant.ask(question.question, history=question.history).timings for question in questions]
        bare = []
        for question in questions:
            started = time.perf_counter()
            assistant.embedder.embed_query(question.question)
            bare.append(time.perf_counter() - started)
    total = np.array([timing["total"] for timing in timings])
    shares = {stage: sum(timing[stage] for timing in timings) / total.sum() for stage in ("retrieve", "read", "write")}
    print(
        f"warm question: p50 {np.median(total):.3f} s, p95 {np.percentile(total, 95):.3f} s, "
        f"{np.median(total) / np.median(bare):.1f} times embedding the question alone ({np.median(bare):.3f} s)"
    )
    print("  of which " + ", ".join(f"{stage} {share:.0%}" for stage, share in shares.items()))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        cold(folder)
        warm(folder)
        products(folder)
