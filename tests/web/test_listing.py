"""The list of documents: what there is, by folder, with a tick for what is asked."""

import json
import re
from html import unescape

from app.web.library import Listed, Unread
from app.web.listing import LISTED, render_shelf
from tests.web.test_render import HOSTILE, plain


def listed(identifier: str, own: bool = False) -> Listed:
    return Listed(identifier, identifier, 10, 1, own)


def ticks(html: str) -> list[str]:
    """What can be chosen, in order."""
    return [unescape(name) for name in re.findall('data-choose="(.*?)"', html)]


def test_the_list_gives_kind_size_and_passages_and_removes_own_documents_only() -> None:
    html = render_shelf(
        [Listed("a.md", "A", 12_300, 1, own=False), Listed("b", "B", 2_000_000, 12, own=True)], shared=False
    )
    assert "MD · 12 kB · 1 passage<" in html
    assert "text · 2.0 MB · 12 passages · added by you" in html
    assert html.count('class="fn-remove"') == 1
    assert "Only you see them" in html
    assert "Everybody here sees them" in render_shelf([], shared=True)
    assert "Forget all" not in render_shelf([])


def test_a_document_whose_title_says_something_else_shows_the_name_of_its_file() -> None:
    minutes = Listed("minutes/2012-07-10.md", "Time and Location", 3_000, 5, own=False)
    log = Listed("car-log.csv", "car log", 738, 2, own=False)
    html = plain(render_shelf([minutes, log]))
    assert "2012-07-10.md · 3 kB · 5 passages" in html
    assert "CSV · 738 B · 2 passages" in html


def test_the_list_tells_of_problems_and_of_files_that_were_not_read() -> None:
    listed = Listed("a.txt", "A", 10, 1, False, ("Its text was decoded from cp1252.",))
    html = render_shelf([listed], unread=[Unread("x.pdf", "is damaged <b>")])
    assert "Its text was decoded from cp1252." in html
    assert "1 file not read" in plain(html)
    assert "<b>x.pdf</b> is damaged &lt;b&gt;" in html
    assert "not read" not in render_shelf([listed])


def test_text_of_documents_is_never_markup_in_the_list() -> None:
    html = render_shelf([Listed(HOSTILE, HOSTILE, 1, 1, own=True), listed(f"{HOSTILE}/a.md")])
    assert "<script" not in html
    assert HOSTILE in plain(html)


def test_documents_stand_by_folder_and_each_has_a_tick() -> None:
    own = "uploads-0123abcd"
    names = ["b.md", "notes/a.md", "notes/old/x.md", f"{own}/roof.txt", "z.md"]
    html = render_shelf([listed(name, name.startswith(own)) for name in names])
    in_order = ["b.md", "z.md", "notes/", "notes/a.md", "notes/old/", "notes/old/x.md", f"{own}/", f"{own}/roof.txt"]
    assert ticks(html) == ["", *in_order]
    assert "Ask all 5 documents" in html
    assert "<span>Added by you</span>" in html
    every = re.search('data-all="(.*?)"', html)
    assert every and json.loads(unescape(every[1])) == names


def test_where_there_is_no_choice_there_are_no_ticks() -> None:
    assert ticks(render_shelf([listed("a.md")])) == []
    assert ticks(render_shelf([listed("notes/a.md"), listed("notes/b.md")])) == ["", "notes/a.md", "notes/b.md"]


def test_all_documents_can_be_chosen_though_not_all_are_listed() -> None:
    html = render_shelf([listed(f"{n}.md") for n in range(LISTED + 5)])
    assert html.count('class="fn-document"') == LISTED
    assert "and 5 more" in html
    every = re.search('data-all="(.*?)"', html)
    assert every and len(json.loads(unescape(every[1]))) == LISTED + 5
