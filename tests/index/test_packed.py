"""What is packed cannot be told from the tuple that it stands for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.store.packed import Joined, PackedPassages, PackedSentences, PassagesById
from index.types import Document, Passage, Sentence

TEXT = "Bees gather nectar. A hive holds fifty thousand of them."
PLACES = st.lists(st.tuples(st.integers(0, 20), st.integers(20, 56)), max_size=8)
SLICES = st.slices(8)


@given(places=PLACES, headings=st.sets(st.integers(0, 7)), cut=SLICES)
def test_sentences(places, headings, cut):
    plain = tuple(Sentence(*place, n // 2, heading=n in headings) for n, place in enumerate(places))
    packed = PackedSentences([(*place, n // 2) for n, place in enumerate(places)], sorted(headings))
    same(packed, plain, cut)


@given(places=PLACES, split=st.integers(0, 8), cut=SLICES)
def test_passages_of_several_documents(places, split, cut):
    one, other = (Document(name, "Bees", f"/there/{name}", TEXT) for name in ("one.txt", "other.txt"))
    rows = [(f"{n:020}-{n}", *place, "Hives" * (n % 2)) for n, place in enumerate(places)]
    parts = [packed(one, rows[:split]), packed(other, rows[split:])]
    plain = tuple(
        Passage(name, document.id, TEXT[start:end], start, end, heading)
        for document, own in ((one, rows[:split]), (other, rows[split:]))
        for name, start, end, heading in own
    )
    same(Joined(parts), plain, cut)
    by_id = PassagesById(parts)
    assert list(by_id.items()) == [(passage.id, passage) for passage in plain]
    assert [by_id.places[passage.id] for passage in plain] == list(range(len(plain)))
    assert "gone" not in by_id


def packed(document, rows):
    return PackedPassages(
        document, [name for name, *_ in rows], [place for _, *place, _ in rows], [heading for *_, heading in rows]
    )


def same(packed, plain, cut):
    """Whether all ways to look at it agree."""
    assert len(packed) == len(plain)
    assert packed == plain
    assert hash(packed) == hash(plain)
    assert tuple(packed) == tuple(packed[place] for place in range(len(plain))) == plain
    assert packed[cut] == plain[cut]
    for beyond in (len(plain), -len(plain) - 1):
        with pytest.raises(IndexError):
            packed[beyond]
