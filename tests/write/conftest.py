"""A bridge to be asked about, and an LLM that says what a test has scripted."""

import pytest

from index.store.passage_index import PassageIndex
from rag.assistant import Assistant
from rag.llm.opening import open_llm
from rag.read.similarity import SimilarityReader
from rag.types import ClaimReady, Revised, Text
from rag.write.generate import LLMWriter
from tests.claim_double import check_words
from tests.conftest import WordEmbedder
from tests.llm_server import serving

BRIDGE = """The bridge

The bridge opened in 1932. It cost 4 million pounds and took six years to build.

A toll of two shillings was charged until 1951. Ferries carried passengers before that.

The architect was Ada Moore of Leeds. Her office designed eleven other bridges.
"""
QUESTION = "When did the bridge open?"
OPENED, COST, TOLL, FERRIES, ARCHITECT, OFFICE = range(1, 7)  # the numbers of the sentences


@pytest.fixture(scope="module")
def server():
    with serving() as scripted:
        yield scripted


@pytest.fixture(scope="module")
def bridge(tmp_path_factory):
    """An index of the bridge."""
    yield from index_of(tmp_path_factory.mktemp("bridge"), {"bridge.txt": BRIDGE})


@pytest.fixture
def bridges(tmp_path):
    """An index of the bridge and five others."""
    others = {f"{n}.txt": f"Bridge {n} did open. " + "Nothing else is known of it. " * 10 for n in range(5)}
    yield from index_of(tmp_path, {"bridge.txt": BRIDGE, **others})


def index_of(folder, texts):
    (folder / "docs").mkdir()
    for name, text in texts.items():
        (folder / "docs" / name).write_text(text)
    index = PassageIndex(folder / "store", WordEmbedder())
    index.sync([folder / "docs"])
    yield index
    index.close()


def open_assistant(index, llm, strict=False, min_confidence=0.0):
    embedder = WordEmbedder()
    writer = LLMWriter(llm, embedder, strict=strict, check=check_words)
    return Assistant(index, embedder, SimilarityReader(embedder), writer=writer, min_confidence=min_confidence)


@pytest.fixture
def llm(server):
    return open_llm(f"openai-like:{server.url}#scripted", key="sk-secret")


@pytest.fixture
def assistant(bridge, llm):
    return open_assistant(bridge, llm)


@pytest.fixture
def no_wait(monkeypatch):
    """Attempts follow each other at once."""
    monkeypatch.setattr("rag.llm.patience.LONGEST_WAIT", 0.0)


def fold(events):
    """The text that a page shows after each event, and the claims that are ready then."""
    text, claims = "", []
    for event in events:
        match event:
            case Text(delta):
                text += delta
            case ClaimReady(claim):
                claims = [*claims, claim]
            case Revised(kept, ready):
                text, claims = kept, list(ready)
        yield text, claims


def quotes(answer):
    return [citation.quote for citation in answer.citations]
