"""Shared by all tests: a home of their own, a small embedder double, and the essay."""

import gc
import os
import re
import shutil
import tempfile
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, settings

from index.embedding import bundled_folder
from index.store.passage_index import PassageIndex
from rag.assistant import Assistant

ROOT = Path(__file__).parent.parent
ESSAY = ROOT / "seeds" / "the-dragons-cuddle.txt"

# Machines are shared: how long an example takes says nothing of it.
settings.register_profile("shared machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("shared machine")


def _permissions_bind():
    """Whether a file that may not be read cannot be: not so for root, unless it gave up that right."""
    with tempfile.NamedTemporaryFile() as file:
        Path(file.name).chmod(0)
        return not os.access(file.name, os.R_OK)


needs_permissions = pytest.mark.skipif(not _permissions_bind(), reason="file permissions do not bind root")


class WordEmbedder:
    """A deterministic double: a text's vector counts its words, each hashed to one of 256 places."""

    def __init__(self, identity="words"):
        self.identity = identity
        self.max_tokens = 254
        self.embedded = []  # every text ever embedded, for tests that count the work

    def count_tokens(self, text):
        return len(re.findall(r"\w+|[^\w\s]", text))

    def embed(self, texts):
        self.embedded.extend(texts)
        vectors = np.full((len(texts), 256), 1e-3, dtype=np.float32)
        for vector, text in zip(vectors, texts, strict=True):
            for word in re.findall(r"\w+", text.lower()):
                vector[zlib.crc32(word.encode()) % 256] += 1
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def embed_query(self, query):
        return self.embed([query])[0]


def only_document(path):
    """The snapshot of an index of one file, and the document that it is."""
    index = PassageIndex(path.parent / "index", WordEmbedder())
    index.sync([path])
    snapshot = index.snapshot()
    (document,) = snapshot.documents.values()
    return snapshot, document


@pytest.fixture(autouse=True)
def unfrozen():
    """What a command that a test runs in this process leaves out of garbage collection is looked at again."""
    yield
    gc.unfreeze()


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory):
    """Default stores go to a folder of the test run's own."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("home")
        patch.setenv("XDG_DATA_HOME", str(folder))
        for name in ("FOOTNOTE_STORE", "FOOTNOTE_DOCS"):
            patch.delenv(name, raising=False)
        yield folder


@pytest.fixture
def embedder():
    return WordEmbedder()


@pytest.fixture
def folder(tmp_path):
    """A folder with three small documents."""
    root = tmp_path / "docs"
    root.mkdir()
    (root / "tea.md").write_text("# Tea\n\nGreen tea is steeped for two minutes. Black tea takes four.\n")
    (root / "bees.txt").write_text("Bees\n\nA hive holds forty thousand bees. The queen lays the eggs.\n")
    (root / "moon.txt").write_text("The moon is 384,400 km away. It has no air.\n")
    return root


@pytest.fixture
def index(folder, tmp_path, embedder):
    """An index of those documents, by the double."""
    with_documents = PassageIndex(tmp_path / "store", embedder)
    with_documents.sync([folder])
    yield with_documents
    with_documents.close()


@pytest.fixture(scope="session")
def essay_assistant(tmp_path_factory):
    """The real thing: the bundled model over the essay."""
    with Assistant.open(ESSAY.parent, tmp_path_factory.mktemp("essay-store")) as assistant:
        yield assistant


@pytest.fixture(scope="session")
def chroma(tmp_path_factory):
    """A Chroma server that all tests share; each names an index of its own."""
    from tests.chroma_process import ChromaProcess

    process = ChromaProcess(tmp_path_factory.mktemp("chroma"))
    process.start()
    yield process
    process.kill()


@pytest.fixture(scope="session")
def tiny_reader_folder(tmp_path_factory):
    """A folder with a reader of random weights and the bundled embedder's tokenizer."""
    import torch
    from transformers import BertConfig, BertForQuestionAnswering

    folder = tmp_path_factory.mktemp("tiny-reader")
    torch.manual_seed(0)
    # Weights larger than usual: every token is to tell on the logits.
    config = BertConfig(
        hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=64, initializer_range=0.3
    )
    BertForQuestionAnswering(config).save_pretrained(folder)
    for name in ("tokenizer.json", "tokenizer_config.json", "vocab.txt", "special_tokens_map.json"):
        shutil.copy(bundled_folder() / name, folder)
    return folder


def reopened(index, **options):
    """The same store, opened again with nothing in memory."""
    index.close()
    return PassageIndex(index.folder, WordEmbedder(), **options)


def texts(index, question="bees", count=10):
    """The passages found, best first."""
    snapshot, cosines = index.search_dense(WordEmbedder().embed([question])[0], count)
    return [snapshot.by_id[identifier].text for identifier in cosines]


def one_sentence(error):
    message = str(error.value)
    assert message.endswith(".")
    assert "\n" not in message
    return message
