"""`footnote index` and `footnote doctor`: what they do to the index, and what they tell of it."""

from tests.commands.conftest import counts, footnote
from tests.pdf_files import write_mixed_pdf


def test_index_says_what_was_added_changed_removed_and_unchanged(folder, tmp_path):
    store = ("--store", tmp_path / "store")
    first = footnote("index", "--docs", folder, *store)
    assert counts(first) == {"added": 3}
    assert first.stdout == f"3 passages from: {folder}\n"
    (folder / "bees.txt").write_text("Bees sleep.\n")
    (folder / "moon.txt").unlink()
    (folder / "sun.txt").write_text("The sun is hot.\n")
    assert counts(footnote("index", *store)) == {"added": 1, "changed": 1, "removed": 1, "unchanged": 1}
    assert counts(footnote("index", *store)) == {"unchanged": 3}
    assert counts(footnote("index", "--rebuild", *store)) == {"added": 3}


def test_an_index_begins_with_the_folder_seeds(folder, tmp_path, monkeypatch):
    extra = tmp_path / "sun.txt"
    extra.write_text("The sun is hot.\n")
    seeds = folder.rename(tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    assert footnote("index", extra).stdout == f"4 passages from: {extra}, {seeds}\n"


def test_what_is_indexed_stays_until_it_is_removed(folder, tmp_path):
    store = ("--store", tmp_path / "store")
    extra = tmp_path / "sun.txt"
    extra.write_text("The sun is 150 million kilometres away.\n")
    footnote("index", "--docs", folder, *store)
    added = footnote("index", extra, *store)
    assert (counts(added), added.exit_code) == ({"added": 1, "unchanged": 3}, 0)
    sun = "How far away is the sun?"
    assert "150 million" in footnote("ask", sun, *store).stdout
    removed = footnote("index", "--remove", extra, *store)
    assert counts(removed) == {"removed": 1, "unchanged": 3}
    assert removed.stdout == f"3 passages from: {folder}\n"
    assert "150 million" not in footnote("ask", sun, *store).stdout


def test_a_root_that_is_gone_can_be_removed(folder, tmp_path):
    store = ("--store", tmp_path / "store")
    extra = tmp_path / "sun.txt"
    extra.write_text("The sun is hot.\n")
    footnote("index", "--docs", folder, extra, *store)
    extra.unlink()
    assert footnote("index", *store).exit_code == 1
    assert counts(footnote("index", "--remove", extra, *store)) == {"removed": 1, "unchanged": 3}


def test_an_index_of_another_version_is_made_anew_before_a_question_and_told(folder, tmp_path, monkeypatch):
    store = ("--store", tmp_path / "store")
    sun = tmp_path / "sun.txt"
    sun.write_text("The sun is 150 million kilometres away.\n")
    footnote("index", "--docs", sun, *store)
    monkeypatch.setattr("index.store.passage_index.SPLITTER_VERSION", 99)
    asked = footnote("ask", "How far away is the sun?", *store)
    assert (asked.exit_code, "150 million" in asked.stdout) == (0, True)
    assert "made by another version" in asked.stderr
    assert footnote("ask", "How far away is the sun?", *store).stderr == ""


def test_doctor_finds_a_healthy_index_well(options, folder, tmp_path):
    for name in ("picture.heic", "film.mp4"):
        (folder / name).write_bytes(b"\x89PNG")
    footnote("index", *options)
    examined = footnote("doctor", *options)
    assert examined.exit_code == 0
    assert examined.stdout.endswith("All is well.\n")
    for fact in ("footnote", "chromadb", "all-MiniLM-L6-v2@", str(tmp_path / "store"), str(folder), "bees.txt"):
        assert fact in examined.stdout
    assert f"skipped {folder / 'picture.heic'}: is not a kind of file that is read (.heic)\n" in examined.stderr
    assert examined.stderr.count("Word (.docx)") == 1


def test_the_kinds_of_file_that_are_read_are_told_only_where_one_is_of_another(options, folder):
    (folder / "empty.txt").write_text("")
    assert "Word (.docx)" not in footnote("index", *options).stderr


def test_what_of_a_document_was_not_read_is_told_by_index_and_doctor(options, folder, monkeypatch):
    monkeypatch.setattr("index.files.pdf.ocr.available", lambda: False)
    write_mixed_pdf(folder / "minutes.pdf", ["Bees live in hives.", None])
    told = "not all of minutes.pdf was read: page 2 holds no letters that can be read; if there is text on it, install "
    assert told in footnote("index", *options).stderr
    assert told in footnote("doctor", *options).stderr


def test_doctor_leaves_a_store_that_is_not_there_alone(options, tmp_path):
    examined = footnote("doctor", *options)
    assert examined.exit_code == 0
    assert "none yet" in examined.stdout
    assert not (tmp_path / "store").exists()


def test_doctor_says_what_is_wrong(options, tmp_path):
    footnote("index", *options)
    for record in (tmp_path / "store" / "documents").iterdir():
        record.unlink()
    examined = footnote("doctor", *options)
    assert examined.exit_code == 1
    assert "All is well" not in examined.stdout
    assert "damaged" in examined.stderr and "footnote index --rebuild" in examined.stderr
    assert footnote("index", "--rebuild", *options).exit_code == 0
    assert footnote("doctor", *options).exit_code == 0
