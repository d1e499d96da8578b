"""A sync costs what has changed: what looks the same is not opened, and nothing is parsed or embedded twice."""

import os
import shutil
import time

import pytest

import index.store.looks as looks_module
import index.store.writer as writer_module
from index.errors import DocumentError
from index.files.pdf import ocr
from index.store.looks import YOUNG
from index.store.passage_index import PassageIndex
from tests.conftest import reopened, texts
from tests.index.splitting import long_text

LATER = (YOUNG + 1_000_000_000) / 1e9  #: seconds after which a file is old enough to be known by its looks


@pytest.fixture
def work(monkeypatch):
    """The names of the files that were hashed, and of those that were parsed."""
    hashed, parsed = [], []

    def watch(module, name, names):
        original = getattr(module, name)
        monkeypatch.setattr(module, name, lambda file: names.append(file.path.name) or original(file))

    watch(looks_module, "file_sha256", hashed)
    watch(writer_module, "load_file", parsed)
    return hashed, parsed


@pytest.fixture
def later(monkeypatch):
    """Let a while pass."""

    def pass_by():
        now = time.time_ns() + int(LATER * 1e9)
        monkeypatch.setattr(looks_module.time, "time_ns", lambda: now)

    return pass_by


@pytest.fixture
def settled(index, later, work):
    """An index that has been synced once more since its files were written."""
    later()
    assert index.sync().is_empty
    for names in work:
        names.clear()
    return index


# Looks


def test_files_that_look_the_same_are_not_opened(settled, work):
    assert settled.sync().unchanged == ("bees.txt", "moon.txt", "tea.md")
    assert reopened(settled).sync().is_empty
    assert work == ([], [])


def test_only_what_looks_otherwise_is_opened(settled, folder, work):
    (folder / "bees.txt").write_text("Wasps sting.")
    os.utime(folder / "tea.md", (0, 0))
    assert settled.sync().changed == ("bees.txt",)
    assert set(work[0]) == {"bees.txt", "tea.md"}
    assert work[1] == ["bees.txt"]


def test_a_change_of_the_same_size_is_noticed_though_the_time_is_put_back(settled, folder):
    path = folder / "bees.txt"
    before, content = path.stat(), path.read_text()
    path.write_text(content.replace("forty", "fifty"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert settled.sync().changed == ("bees.txt",)


def test_a_file_written_within_a_tick_of_its_hashing_is_hashed_again(index, work):
    """Its clock may not tell a second change from the first, as git knows, too."""
    index.sync()
    index.sync()
    assert work[0].count("bees.txt") == 2


def test_lost_or_damaged_looks_are_no_loss(settled, work):
    path = settled.folder / "looks.json"
    for damage in (path.unlink, lambda: path.write_text("[")):
        damage()
        work[0].clear()
        assert settled.sync().is_empty
        assert sorted(work[0]) == ["bees.txt", "moon.txt", "tea.md"]


@pytest.mark.slow
def test_a_thousand_unchanged_files_are_synced_within_a_tenth_of_a_second(tmp_path, embedder, later):
    """Of processor time; `python -m tests.benchmarks.growth` has ten thousand."""
    (tmp_path / "many").mkdir()
    for number in range(1000):
        (tmp_path / "many" / f"{number}.txt").write_text("The same in all of them.")
    many = PassageIndex(tmp_path / "store", embedder)
    many.sync([tmp_path / "many"])
    later()
    many.sync()
    started = time.process_time()
    assert len(many.sync().unchanged) == 1000
    assert time.process_time() - started < 0.1


# What cannot be read


def test_a_file_that_cannot_be_read_is_parsed_once(settled, folder, work, later):
    (folder / "bad.pdf").write_bytes(b"%PDF-1.7 and then nothing")
    (skipped,) = settled.sync().skipped
    later()
    assert settled.sync().skipped == (skipped,)
    assert reopened(settled).sync().skipped == (skipped,)
    assert work[1] == ["bad.pdf"]
    (folder / "bad.pdf").write_bytes(b"%PDF-1.7 and then nothing more")
    settled.sync()
    assert work[1] == ["bad.pdf"] * 2


def test_a_file_that_cannot_be_read_is_refused_when_it_is_named(settled, folder):
    (folder / "bad.pdf").write_bytes(b"%PDF-1.7 and then nothing")
    settled.sync()
    with pytest.raises(DocumentError, match="damaged"):
        settled.sync([folder / "bad.pdf"])


def test_files_are_tried_again_once_text_recognition_is_installed(settled, folder, work, monkeypatch):
    monkeypatch.setattr(ocr, "available", lambda: False)
    (folder / "scan.png").write_bytes(b"\x89PNG")
    assert "install text recognition" in settled.sync().skipped[0].reason
    monkeypatch.setattr(ocr, "available", lambda: True)
    assert "is damaged, or no picture" in settled.sync().skipped[0].reason
    assert work[1] == ["scan.png"] * 2


def test_a_changed_file_is_parsed_once(settled, folder, work):
    (folder / "bees.txt").write_text("Wasps sting.")
    settled.sync()
    assert work[1] == ["bees.txt"]


# Embeddings


def test_renamed_files_and_folders_are_neither_parsed_nor_embedded(settled, folder, embedder, work):
    (folder / "sub").mkdir()
    (folder / "sub" / "wasps.txt").write_text("Wasps sting.")
    settled.sync()
    embedder.embedded.clear()
    work[1].clear()
    (folder / "sub").rename(folder / "insects")
    (folder / "moon.txt").rename(folder / "luna.txt")
    report = settled.sync()
    assert (report.added, report.removed) == (("insects/wasps.txt", "luna.txt"), ("moon.txt", "sub/wasps.txt"))
    assert report.embedded == 0
    assert embedder.embedded == work[1] == []
    documents = settled.snapshot().documents
    assert documents["luna.txt"].document.title == "luna"
    assert documents["luna.txt"].document.source == str(folder / "luna.txt")
    assert texts(settled, "The moon is far away")[0].startswith("The moon is 384,400 km")


def test_copies_are_embedded_once_and_found_under_each_name(settled, folder, embedder):
    embedder.embedded.clear()
    for number in range(3):
        shutil.copy(folder / "bees.txt", folder / f"copy-{number}.txt")
    assert settled.sync().embedded == 0
    snapshot, cosines = settled.search_dense(embedder.embed(["bees in a hive"])[0], 4)
    found = [snapshot.by_id[passage].document_id for passage in cosines]
    assert found == ["bees.txt", "copy-0.txt", "copy-1.txt", "copy-2.txt"]
    assert len(set(cosines.values())) == 1
    (folder / "bees.txt").unlink()
    settled.sync()
    assert settled.check() == []
    assert texts(settled, "bees in a hive", 1)[0].startswith("A hive holds forty thousand bees.")


def test_one_line_at_the_top_of_a_megabyte_embeds_at_most_two_passages(settled, folder, embedder):
    text = "\n\n".join(long_text(3500))
    assert len(text) > 1_000_000
    (folder / "long.txt").write_text(text)
    assert settled.sync().embedded > 1000
    (folder / "long.txt").write_text(f"This line is new.\n{text}")
    assert 1 <= settled.sync().embedded <= 2
