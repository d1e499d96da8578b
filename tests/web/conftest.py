"""A library of three small documents, and files as they come from a browser."""

import os
import time
from pathlib import Path

import pytest

from app.web.library import Library
from rag.assistant import Assistant
from rag.read.similarity import SimilarityReader


@pytest.fixture
def base(index, embedder, folder):
    """An assistant that knows of tea, bees and the moon."""
    return Assistant(index, embedder, SimilarityReader(embedder), docs=[folder], min_confidence=0.0)


@pytest.fixture
def library(base, tmp_path):
    with_uploads = Library(base, tmp_path / "uploads")
    yield with_uploads
    with_uploads.close()


@pytest.fixture
def shared(base, tmp_path):
    with_uploads = Library(base, tmp_path / "uploads", shared=True)
    yield with_uploads
    with_uploads.close()


@pytest.fixture
def upload(tmp_path):
    """A file as it comes from a browser: its name, and where its bytes are."""
    (tmp_path / "arriving").mkdir()

    def arrive(name, content):
        path = tmp_path / "arriving" / str(len(list((tmp_path / "arriving").iterdir())))
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return name, path

    return arrive


ROOF = "The roof was mended in May. It cost nine hundred euros."
OVEN = "The oven heats to five hundred degrees. It burns beech wood."


def quotes(assistant, question):
    return " ".join(citation.quote for citation in assistant.ask(question).citations)


def visible(library, session):
    return [document.title for document in library.documents(session)]


def files_in(tmp_path):
    """What is left on the disk; unlike `rglob`, `walk` takes no offence at what goes meanwhile."""
    return [Path(folder) / name for folder, _, names in os.walk(tmp_path / "uploads") for name in names]


def last_used(tmp_path, seconds_ago):
    """Pretend that every shelf was last used so long ago."""
    for clock in (tmp_path / "uploads").rglob("last-used"):
        os.utime(clock, (time.time() - seconds_ago,) * 2)
