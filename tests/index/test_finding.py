"""Files become documents: their ids, their text, and what is said of files that cannot be read."""

from pathlib import Path

import pytest

from index.errors import DocumentError
from index.files.finding import Root, add_roots, find_files, load_documents, resolve_paths
from tests.conftest import needs_permissions


def ids(documents):
    return [document.id for document in documents]


def write(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def refusal(path):
    """The message with which a file or folder that was named is refused; always one sentence that names it."""
    with pytest.raises(DocumentError) as caught:
        load_documents([path])
    message = str(caught.value)
    assert str(path) in message
    assert message.endswith(".")
    assert "\n" not in message
    return message


# Identity


def test_an_id_is_the_path_below_the_root(folder):
    write(folder / "reports" / "2024" / "june.md", "# June\n\nIt rained.")
    documents, skipped = load_documents([folder])
    assert ids(documents) == ["bees.txt", "moon.txt", "reports/2024/june.md", "tea.md"]
    assert skipped == []


def test_one_path_spelt_three_ways_is_one_document(folder, monkeypatch):
    monkeypatch.chdir(folder)
    documents, _ = load_documents(["bees.txt", "./bees.txt", folder / "bees.txt", "../docs/bees.txt"])
    assert ids(documents) == ["bees.txt"]
    assert documents[0].source == str((folder / "bees.txt").resolve())


def test_a_folder_spelt_two_ways_gives_the_same_ids(folder, monkeypatch):
    monkeypatch.chdir(folder.parent)
    assert ids(load_documents(["docs"])[0]) == ids(load_documents([folder])[0]) == ids(load_documents(["./docs/"])[0])


def test_several_roots_label_their_documents(folder, tmp_path):
    write(tmp_path / "notes" / "bees.txt", "Wasps are not bees.")
    documents, _ = load_documents([folder, tmp_path / "notes"])
    assert ids(documents) == ["docs/bees.txt", "docs/moon.txt", "docs/tea.md", "notes/bees.txt"]


def test_roots_of_one_name_are_told_apart_by_their_parents(tmp_path):
    write(tmp_path / "a" / "docs" / "x.txt", "One.")
    write(tmp_path / "b" / "docs" / "x.txt", "Two.")
    documents, _ = load_documents([tmp_path / "a" / "docs", tmp_path / "b" / "docs"])
    assert ids(documents) == ["a/docs/x.txt", "b/docs/x.txt"]


def test_a_root_added_later_keeps_the_labels_of_earlier_ones(tmp_path):
    first = add_roots((), [tmp_path / "z" / "docs"])
    assert first == (Root(tmp_path / "z" / "docs", ""),)
    both = add_roots(first, [tmp_path / "a" / "docs", tmp_path / "z" / "docs"])
    assert both == (*first, Root(tmp_path / "a" / "docs", "docs"))
    three = add_roots(both, [tmp_path / "b" / "docs"])
    assert three == (*both, Root(tmp_path / "b" / "docs", "b/docs"))


@pytest.mark.parametrize("later", ["a/b", ".", "docs/b", "docs/b/x.txt"])
def test_a_root_added_later_leaves_earlier_ids_alone(tmp_path, later):
    """Even where it holds the earlier root, lies in it, or would give a file of its own the same id."""
    write(tmp_path / "docs" / "b" / "x.txt", "The first.")
    write(tmp_path / "a" / "b" / "x.txt", "The second.")
    first = add_roots((), resolve_paths([tmp_path / "docs"]))
    before = {file.path: file.id for file in find_files(first)[0]}
    files, _ = find_files(add_roots(first, resolve_paths([tmp_path / later])))
    after = {file.path: file.id for file in files}
    assert before.items() <= after.items()
    assert len(set(after.values())) == len(files)


def test_a_symlink_to_a_file_counts_it_once(folder):
    (folder / "queen.txt").symlink_to(folder / "bees.txt")
    assert ids(load_documents([folder])[0]) == ["bees.txt", "moon.txt", "tea.md"]


# Text


def test_the_text_is_the_file_unchanged(tmp_path):
    text = "Café\r\n\r\nTwo lines\rand a\u00a0no-break space, 🐉 and e\u0301.  \n\n\tTab.\u2028End\n\n"
    documents, _ = load_documents([write(tmp_path / "odd.txt", text)])
    assert documents[0].text == text


def test_a_byte_order_mark_is_no_text_but_only_at_the_start(tmp_path):
    path = write(tmp_path / "mark.txt", b"\xef\xbb\xbfOne \xef\xbb\xbftwo.")
    assert load_documents([path])[0][0].text == "One \ufefftwo."


def test_the_title_is_the_first_heading_or_else_the_file_name(tmp_path):
    write(tmp_path / "a.md", "# Green *tea*\n\nSteep it.")
    write(tmp_path / "how_to-brew.txt", "It is steeped for two minutes.")
    assert [document.title for document in load_documents([tmp_path])[0]] == ["Green tea", "how to brew"]


# What cannot be read


BAD = {
    "empty": (b"", "is empty", "put text into it"),
    "white-space": (" \r\n\t\u00a0\n".encode(), "is empty", "put text into it"),
    "only-a-mark": (b"\xef\xbb\xbf", "is empty", "put text into it"),
    "binary": (b"\x7fELF\0\0\1", "is a binary file", "give text"),
    "latin-1": ("Müller".encode("latin-1"), "not UTF-8 text (byte 2 is not)", "save it as UTF-8"),
    "utf-16": ("Miller".encode("utf-16")[:-1], "UTF-16 text and is not", "save it as UTF-8"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_that_was_named_is_refused_with_reason_and_remedy(tmp_path, kind):
    data, reason, remedy = BAD[kind]
    message = refusal(write(tmp_path / f"{kind}.txt", data))
    assert reason in message
    assert remedy in message


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_inside_a_folder_is_skipped_with_its_reason(folder, kind):
    data, reason, _ = BAD[kind]
    path = write(folder / f"{kind}.txt", data)
    documents, skipped = load_documents([folder])
    assert ids(documents) == ["bees.txt", "moon.txt", "tea.md"]
    assert [file.path for file in skipped] == [str(path)]
    assert reason in skipped[0].reason
    assert str(path) not in skipped[0].reason


def test_a_bad_file_that_was_named_is_refused_though_its_folder_was_named_too(folder):
    path = write(folder / "empty.txt", b"")
    with pytest.raises(DocumentError, match=r"empty\.txt is empty"):
        load_documents([folder, path])


def test_a_missing_path_is_refused():
    assert "check the path" in refusal(Path("/nowhere/at-all.txt"))


def test_a_folder_with_nothing_to_read_is_refused(tmp_path):
    assert "nothing to read" in refusal(tmp_path)
    write(tmp_path / "photo.heic", b"\xff\xd8")
    assert "put text (.txt), Markdown (.md), " in refusal(tmp_path)


def test_a_folder_in_which_nothing_can_be_read_is_refused_with_the_reason(tmp_path):
    write(tmp_path / "mail.eml", b"From: =?utf-7?q?Ann_+2DU-?= <a@b.c>\nSubject: Boats\n\nThe boats leave at nine.\n")
    write(tmp_path / "void.txt", b"")
    told = refusal(tmp_path)
    assert "can be read. " in told
    assert "mail.eml holds what is no text" in told
    assert told.endswith("So it is with 1 more.")


def test_every_root_must_hold_something(folder, tmp_path):
    (tmp_path / "void").mkdir()
    with pytest.raises(DocumentError, match=r"nothing to read in .*void"):
        load_documents([folder, tmp_path / "void"])


def test_another_kind_of_file_is_skipped_in_a_folder_and_refused_when_named(folder):
    path = write(folder / "photo.heic", b"\xff\xd8")
    _, skipped = load_documents([folder])
    assert [(file.path, file.reason) for file in skipped] == [(str(path), "is not a kind of file that is read (.heic)")]
    assert "Word (.docx) and PDF (.pdf) are" in refusal(path)


def test_hidden_files_and_folders_are_passed_over(folder):
    write(folder / ".secret.txt", "Hidden.")
    write(folder / ".git" / "notes.txt", "Hidden.")
    documents, skipped = load_documents([folder])
    assert ids(documents) == ["bees.txt", "moon.txt", "tea.md"]
    assert skipped == []


def test_a_broken_link_is_skipped(folder):
    (folder / "gone.txt").symlink_to(folder / "nowhere.txt")
    documents, skipped = load_documents([folder])
    assert len(documents) == 3
    assert "a link to nothing" in skipped[0].reason


@needs_permissions
def test_a_file_without_permission_is_skipped(folder):
    (folder / "bees.txt").chmod(0)
    documents, skipped = load_documents([folder])
    assert ids(documents) == ["moon.txt", "tea.md"]
    assert "cannot be read (Permission denied)" in skipped[0].reason


def test_a_root_that_is_gone_is_refused_with_the_command_that_forgets_it(folder):
    with pytest.raises(DocumentError, match=r"is gone; .*`footnote index --remove .*nowhere`"):
        find_files([Root(folder, ""), Root(folder / "nowhere", "nowhere")])


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("front", "title"),
    [
        ('title: "Tea, and how"\ndate: 2024', "Tea, and how"),
        ("title: Tea # a draft", "Tea"),
        ("title: >-\n  Tea", "Tea"),
        ("image:\n  title: A pot", "Green"),
        ("date: 2024", "Green"),
    ],
)
def test_a_markdown_file_has_the_title_of_its_front_matter(tmp_path, front, title, end):
    (tmp_path / "a.md").write_bytes(f"---\n{front}\n---\n\n# Green\n\nSteep it.\n".replace("\n", end).encode())
    (document,), _ = load_documents([tmp_path / "a.md"])
    assert document.title == title
