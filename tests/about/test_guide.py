"""What one document is, at a glance: sentences and headings, each where it stands."""

import pytest

from index.store.passage_index import PassageIndex
from rag.about.guide import make_guide

GORGE = """# The gorge of Tarn

This report describes how the gorge of Tarn was opened to walkers in the spring of 1911.

## The path

The path along the gorge was cut by forty men from the quarry within two summers. It is steep.

## Tolls

A toll of two pence was taken from every walker until the bridge was paid for. Tolls

## The bridge

The bridge over the gorge hangs from two cables that were spun in the village of Orrin.
"""
TABLE = "| boat | length |\n|---|---|\n| Ketch | 12 |\n| Yawl | 9 |\n"


@pytest.fixture
def guide_of(folder, tmp_path, embedder):
    """Makes the guide of a file of this name and text."""

    def make(name, text):
        (folder / name).write_text(text)
        index = PassageIndex(tmp_path / "guided", embedder)
        index.sync([folder])
        snapshot = index.snapshot()
        guide = make_guide(snapshot.documents[name], index, snapshot, embedder)
        index.close()
        return guide, snapshot.documents[name].document.text

    return make


def test_sentences_and_headings_are_where_they_stand(guide_of):
    guide, text = guide_of("gorge.md", GORGE)
    assert [one.text for one in guide.outline] == ["The path", "Tolls", "The bridge"]
    assert "This report describes how the gorge of Tarn was opened" in guide.sentences[0].text
    assert 1 < len(guide.sentences) <= 3
    for place in (*guide.sentences, *guide.outline):
        assert " ".join(text[place.start : place.end].split()) == place.text
    assert text[guide.outline[1].start - 3 : guide.outline[1].start] == "## "  # not where it is only spoken of
    assert list(guide.sentences) == sorted(guide.sentences, key=lambda one: one.start)


@pytest.mark.parametrize(("name", "text"), [("boats.md", TABLE), ("word.txt", "Ketch.\n")])
def test_what_tells_nothing_has_no_guide(guide_of, name, text):
    guide, _ = guide_of(name, text)
    assert guide.is_empty
