"""Files that are read, and indexes on a Chroma server, as machines see them."""

import os
import re

import pytest

from index.files.finding import load_documents
from index.store.passage_index import PassageIndex
from index.store.server import Server
from tests.conftest import WordEmbedder


@pytest.fixture
def read_text(tmp_path):
    """Gives the document that a file of some name and text becomes."""

    def document(name, text):
        (tmp_path / name).write_text(text, encoding="utf-8")
        (found,), _ = load_documents([tmp_path / name])
        return found

    return document


@pytest.fixture
def address(chroma, request):
    """An index of its own for each test."""
    name = re.sub(r"[^a-z0-9]+", "-", request.node.name.lower())[:30].strip("-")
    return f"{chroma.url}#{name}-{os.urandom(3).hex()}"


@pytest.fixture
def machine(address, tmp_path):
    """Gives the index as a machine of some name sees it, which has a folder of its own for copies."""

    def see(name, embedder=None):
        place = Server(address, tmp_path / f"copies of {name}")
        place.machine = name
        return PassageIndex(place, embedder or WordEmbedder())

    return see
