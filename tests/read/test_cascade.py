"""A small reader reads all passages, and a better one those that say most."""

import shutil

import pytest

from rag.read import cascade
from rag.read import reader as reader_module
from rag.read.cascade import REREAD, Cascade
from rag.read.reader import open_reader
from rag.read.spans import SpanModel

PASSAGES = [("", f"Hive {n} stands at gate {n}. The queen of hive {n} is {n * 3} years old.") for n in range(9)]
QUESTION = "How old is the queen?"


@pytest.fixture(scope="module")
def small():
    return SpanModel("small")


@pytest.fixture(scope="module")
def better(tiny_reader_folder):
    return SpanModel(str(tiny_reader_folder))


@pytest.mark.parametrize(("sure", "count"), [(float("-inf"), REREAD[0]), (float("inf"), REREAD[-1])])
def test_the_better_model_reads_what_the_small_one_finds_likeliest(sure, count, small, better, monkeypatch):
    """More of it where it is not sure after the first few."""
    monkeypatch.setattr(cascade, "SURE", sure)
    passages = [*PASSAGES[:4], ("", "Nobody knows whom the gate was named after."), *PASSAGES[4:]]
    masses = [windows[0].mass(0, 1000) for windows in small.read(QUESTION, passages)]
    read = Cascade(small, better).read(QUESTION, passages)
    likeliest = sorted(range(len(passages)), key=masses.__getitem__)[-count:]
    assert [number for number, windows in enumerate(read) if windows] == sorted(likeliest)
    expected = better.read(QUESTION, passages)
    for number in likeliest:
        assert read[number][0].start == pytest.approx(expected[number][0].start, abs=0.1)


def test_of_passages_that_say_alike_those_that_the_search_finds_best_are_read(small, better, monkeypatch):
    monkeypatch.setattr(cascade, "SURE", float("-inf"))
    read = Cascade(small, better).read(QUESTION, [PASSAGES[0]] * 6, [0.1, 0.6, 0.2, 0.5, 0.3, 0.4])
    assert [bool(windows) for windows in read] == [False, True, False, True, False, True]


def test_a_line_of_the_head_above_a_passage_is_no_reason_to_stop(small, better):
    """It stands above all passages of its document, and its own may not have been read yet."""
    passages = [(f"The gates\n{text}", "Nobody knows whom this gate was named after.") for _, text in PASSAGES]
    sure = max(window.mass(-100, 0) for windows in better.read(QUESTION, passages) for window in windows)
    least = max(window.mass(0, 100) for windows in better.read(QUESTION, passages) for window in windows)
    assert sure > least
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cascade, "SURE", (sure + least) / 2)
        assert sum(map(bool, Cascade(small, better).read(QUESTION, passages))) == REREAD[-1]


def test_few_passages_are_all_read(small, better):
    assert all(Cascade(small, better).read(QUESTION, PASSAGES[: REREAD[0]]))
    assert Cascade(small, better).read(QUESTION, []) == []


def test_its_identity_names_both(small, better):
    assert Cascade(small, better).identity == f"{small.identity}, then {better.identity}"


@pytest.fixture
def adapter(tiny_reader_folder, tmp_path, monkeypatch):
    """The folder of an adapter that takes the place of the one on the base."""
    folder = shutil.copytree(tiny_reader_folder, tmp_path / "adapter")
    (folder / "model.safetensors").rename(folder / "adapter_model.safetensors")
    (folder / "adapter_config.json").write_text("{}")
    monkeypatch.setattr(SpanModel, "adapted", folder)
    return folder


def test_an_adapter_reads_after_the_small_reader(adapter, small, embedder):
    for name in ("base-float32", str(adapter)):
        assert open_reader(name, embedder).identity.startswith(f"{small.identity}, then adapter@")


@pytest.mark.parametrize("faster", [True, False])
def test_both_readers_are_in_int8_where_that_is_faster(faster, adapter, embedder, monkeypatch):
    monkeypatch.setattr("rag.networks.bfloat16_pays", lambda: not faster)
    monkeypatch.setattr("rag.networks.can_multiply_int8", lambda: True)
    assert open_reader("base", embedder).identity.count(" in int8@") == 2 * faster
    assert " in int8@" not in open_reader("base-float32", embedder).identity


@pytest.mark.parametrize("installed", [True, False])
def test_the_base_is_the_default_where_it_is_installed(installed, adapter, small, embedder, monkeypatch):
    monkeypatch.setattr(reader_module, "base_installed", lambda: installed)
    identity = open_reader(None, embedder).identity
    assert (", then adapter" in identity) == installed
    assert (identity == small.identity) == (not installed)


def test_the_larger_reader_tells_which_sentences_are_a_part_of_the_answer():
    shut = "The kiln was shut, as the price of gas had tripled within a year."
    band = "On Sundays a brass band plays in the yard."
    text = f"{shut} It stands by the river. {band}"
    for question, answering, other in (
        ("Why was the kiln shut?", shut, band),
        ("When does the band play?", band, shut),
    ):
        ((window,),) = SpanModel("base").read(question, [("The kiln", text)])
        relevance = [window.relevance(start := text.index(one), start + len(one)) for one in (answering, other)]
        assert relevance[0] > 0 > relevance[1]
    ((window,),) = SpanModel("small").read(question, [("The kiln", text)])
    assert window.relevance(0, len(shut)) is None
