"""Invariants of the index and of the whole, over any input: 2 (the text), 5 (the maker) and 6 (no network).

Invariants 1 and 3 are tested in test_answer_invariants.py, 4 in test_store_invariants.py.
"""

import hashlib
import json
import re
import socket

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.errors import StoreMismatchError
from index.store.passage_index import PassageIndex
from rag import Assistant
from rag.read.similarity import SimilarityReader
from tests.conftest import WordEmbedder

TEXTS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=200).filter(
    lambda text: text.removeprefix("\ufeff").strip()
)
WITH_SOME_ENDS = st.lists(st.sampled_from(["Bees hum.", "\r\n", "\n\n", " ", "\u00a0", "🐝", "# A"]), min_size=1).map(
    "".join
)
_TAG = re.compile(r"<[a-zA-Z/!]")  # HTML in Markdown is read as a page is
IN_A_FOLDER = {"deadline": None, "suppress_health_check": list(HealthCheck)}


@settings(max_examples=60, **IN_A_FOLDER)
@given((TEXTS | WITH_SOME_ENDS.filter(str.strip)).filter(lambda text: not _TAG.search(text)), st.booleans(), TEXTS)
def test_the_text_is_the_file_and_a_changed_file_is_noticed(tmp_path_factory, text, marked, other):
    folder = tmp_path_factory.mktemp("text")
    path = folder / "a.md"
    path.write_bytes(b"\xef\xbb\xbf" * marked + text.encode())
    index = PassageIndex(folder / ".store", WordEmbedder())
    index.sync([folder])
    (entry,) = index.manifest.entries.values()
    assert entry.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    (indexed,) = index.snapshot().documents.values()
    assert indexed.document.text.encode() == path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    path.write_bytes(other.encode())
    changed = () if hashlib.sha256(path.read_bytes()).hexdigest() == entry.sha256 else ("a.md",)
    assert index.sync([folder]).changed == changed
    index.close()


@settings(max_examples=60, **IN_A_FOLDER)
@given(st.text(max_size=20) | st.just("words"), st.text(max_size=20) | st.just("same"), st.integers(1, 3))
def test_an_index_that_was_made_in_another_way_is_never_searched(index, embedder, maker, splitter, version):
    path = index.folder / "manifest.json"
    saved = path.read_bytes()
    splitter = index.splitter if splitter == "same" else splitter
    altered = json.loads(saved) | {"embedder": maker, "splitter": splitter, "format": version}
    path.write_bytes(json.dumps(altered).encode("utf-8", "surrogatepass"))
    other = PassageIndex(index.folder, embedder)
    try:
        if (maker, splitter, version) == (embedder.identity, index.splitter, 1):
            other.search_dense(embedder.embed(["Bees"])[0], 3)
        else:
            with pytest.raises(StoreMismatchError):
                other.search_dense(embedder.embed(["Bees"])[0], 3)
            with pytest.raises(StoreMismatchError):
                other.sync()
    finally:
        path.write_bytes(saved)


@settings(max_examples=25, **IN_A_FOLDER)
@given(TEXTS, TEXTS)
def test_no_document_and_no_question_makes_it_use_the_network(essay_assistant, tmp_path_factory, text, question):
    def refuse(*_, **__):
        pytest.fail("the network was used")

    folder = tmp_path_factory.mktemp("offline")
    (folder / "a.txt").write_bytes(text.encode())
    embedder = essay_assistant.embedder
    index = PassageIndex(folder / ".store", embedder)
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex", "sendto"):
            patch.setattr(socket.socket, name, refuse)
        patch.setattr(socket, "getaddrinfo", refuse)
        Assistant(index, embedder, SimilarityReader(embedder)).sync([folder])
        assert essay_assistant.ask(question, min_confidence=0).question == question.strip()
        Assistant(index, embedder, SimilarityReader(embedder)).ask(question, min_confidence=0)
    index.close()
