"""What is asked, of a document that a test writes."""

from collections.abc import Callable
from pathlib import Path

import pytest

from index.store.passage_index import PassageIndex
from index.store.snapshot import Snapshot
from tests.conftest import WordEmbedder


@pytest.fixture
def snapshot_of(tmp_path: Path) -> Callable[[str], Snapshot]:
    """Indexes one document with this text."""

    def write(text: str) -> Snapshot:
        (tmp_path / "log.txt").write_text(text, encoding="utf-8")
        index = PassageIndex(tmp_path / "index", WordEmbedder())
        index.sync([tmp_path / "log.txt"])
        return index.snapshot()

    return write
