"""What tests of reading share."""

import pytest

from index.store.passage_index import PassageIndex


@pytest.fixture
def table(tmp_path, embedder):
    def made(text):
        (tmp_path / "table.csv").write_text(text, encoding="utf-8")
        index = PassageIndex(tmp_path / "index", embedder)
        index.sync([tmp_path / "table.csv"])
        return index

    return made
