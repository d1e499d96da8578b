"""No regular expression runs on and on, whatever a document or a question holds."""

import importlib
import pkgutil
import re
import signal
import time
from contextlib import contextmanager
from itertools import product

import pytest

import app
import index
import rag

SHORT, LONG = 50, 250  #: times that a piece is repeated
QUICK = 0.005  #: seconds, for a short text; by the cube of its length it is far below the limit for a long one
PIECES = [
    *("Senior Architect ", "of the ", "word ", "Word, ", "IT (AB) ", "Ab-Cd's ", "A", "a", "1", "1,", "1.5 ", "$1 "),
    *("- ", "-", "| ", "|", ": ", "a: b ", "(", "[", "<a ", "</td>", "`", "*", "_", "# ", "> ", ". ", "? ", "… ", "\n"),
    *(" \n", "\t", "a\n", "- a\n", "1. a\n", "http://a.b/", "a@b.c ", "x’s ", "é", "不", " ", "¨ ", "\\", '"', "“a” "),
]
ENDS = ["", "!", " (ABC", "\n\nEnd"]


def patterns():
    """Every pattern that a module compiles once, by where it stands."""
    found = {}
    for package in (app, index, rag):
        for one in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".training" in one.name or one.name.endswith("__main__"):
                continue
            for name, value in vars(importlib.import_module(one.name)).items():
                for number, pattern in enumerate(value if isinstance(value, tuple | list) else [value]):
                    if isinstance(pattern, re.Pattern) and isinstance(pattern.pattern, str):
                        found[f"{one.name}.{name}.{number}"] = pattern
    return found


def search(pattern, text):
    for _ in pattern.finditer(text):
        pass
    pattern.fullmatch(text)


@contextmanager
def given_up_after(seconds):
    def give_up(*_):
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="the system has no alarm")
def test_no_pattern_runs_on():
    found = patterns()
    assert len(found) > 150, "the patterns were not found"
    endless = []
    for name, pattern in found.items():
        for piece, end in product(PIECES, ENDS):
            try:
                with given_up_after(5):
                    start = time.perf_counter()
                    search(pattern, piece * SHORT + end)
                    if time.perf_counter() - start > QUICK:
                        search(pattern, piece * LONG + end)
            except TimeoutError:
                endless.append((name, piece, end))
                break
    assert endless == []
