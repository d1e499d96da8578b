"""OpenDocument texts and presentations."""

import zipfile

import pytest

from index.errors import DocumentError
from index.files.finding import load_documents
from tests.index.pages import load, sentences
from tests.index.samples import FEES
from tests.index.test_office import KETCH


def test_a_locked_text_is_named_as_such(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.odt", "w") as archive:
        archive.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
        archive.writestr("content.xml", b"\x8f\x01\xff")
    with pytest.raises(DocumentError, match="is locked by a password"):
        load_documents([tmp_path / "a.odt"])


def test_an_opendocument_text_keeps_headings_lists_and_tables(tmp_path):
    office, text, table = (f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "text", "table"))
    rows = "".join(
        f"<a:table-row>{''.join(f'<a:table-cell><t:p>{cell}</t:p></a:table-cell>' for cell in row)}</a:table-row>"
        for row in FEES
    )
    with zipfile.ZipFile(tmp_path / "rules.odt", "w") as archive:
        archive.writestr(
            "content.xml",
            f'<o:document-content xmlns:o="{office}" xmlns:t="{text}" xmlns:a="{table}"><o:body><o:text>'
            f'<t:h t:outline-level="1">Harbour rules</t:h><t:p>Moor at<t:s/>the <t:span>outer</t:span> pier.</t:p>'
            f"<t:list><t:list-item><t:p>No fires.</t:p></t:list-item></t:list><a:table>{rows}</a:table>"
            "</o:text></o:body></o:document-content>",
        )
    document = load(tmp_path / "rules.odt")
    assert document.title == "Harbour rules"
    assert sentences(document) == [
        "Moor at the outer pier.",
        "No fires.",
        *[s for s in sentences(document) if "Fee" in s],
    ]
    assert KETCH in sentences(document)


def open_text(path, body):
    spaces = {short: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for short, name in
              (("o", "office"), ("t", "text"), ("a", "table"))}  # fmt: skip
    declared = " ".join(f'xmlns:{short}="{name}"' for short, name in spaces.items())
    content = f"<o:document-content {declared}><o:body><o:text>{body}</o:text></o:body></o:document-content>"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", content)
    return load(path)


def test_cells_that_an_opendocument_text_joins_or_repeats_are_read_as_shown(tmp_path):
    def row(*cells):
        told = (f"<a:table-cell {spans}><t:p>{text}</t:p></a:table-cell>" for text, spans in cells)
        return f"<a:table-row>{''.join(told)}</a:table-row>"

    head = row(("Boat", ""), ("Races", 'a:number-columns-spanned="2"'), ("Note", ""))
    head += row(("Name", ""), ("Won", ""), ("Lost", ""), ("Said", ""))
    rows = row(("Orrin", ""), ("3", 'a:number-columns-repeated="2"'), ("ok", ""))
    table = f"<a:table><a:table-header-rows>{head}</a:table-header-rows>{rows}</a:table>"
    assert (
        "Boat Name: Orrin | Races Won: 3 | Races Lost: 3 | Note Said: ok" in open_text(tmp_path / "a.odt", table).text
    )


def test_a_list_below_an_item_of_an_opendocument_text_is_a_list_and_an_empty_heading_none(tmp_path):
    item = "<t:list><t:list-item>{}</t:list-item></t:list>".format
    lists = item("<t:p>16 January</t:p>") + item(item("<t:p>Read the rules.</t:p>"))
    assert open_text(tmp_path / "a.odt", f"<t:h/>{lists}").text == "- 16 January\n\n- Read the rules.\n"


def test_an_opendocument_presentation_keeps_titles_items_and_notes_by_slide(tmp_path):
    name = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0".format
    spaces = {
        short: name(long) for short, long in zip("otdp", ("office", "text", "drawing", "presentation"), strict=True)
    }

    def frame(text, kind="outline"):
        return f'<d:frame p:class="{kind}"><d:text-box><t:p>{text}</t:p></d:text-box></d:frame>'

    items = "<t:list><t:list-item><t:p>Ketch</t:p></t:list-item><t:list-item><t:p>Sloop</t:p></t:list-item></t:list>"
    notes = f"<p:notes>{frame('Thank the crew.', 'notes')}{frame('1', 'page-number')}</p:notes>"
    first = frame("Boats", "title") + f"<d:frame><d:text-box>{items}</d:text-box></d:frame>" + notes
    second = "<d:custom-shape><t:p>Moor at the outer pier.</t:p></d:custom-shape>" + frame("7 May", "date-time")
    pages = "".join(f"<d:page>{slide}</d:page>" for slide in (first, second))
    with zipfile.ZipFile(tmp_path / "boats.odp", "w") as archive:
        named = " ".join(f'xmlns:{short}="{long}"' for short, long in spaces.items())
        body = f"<o:body><o:presentation>{pages}</o:presentation></o:body>"
        archive.writestr("content.xml", f"<o:document-content {named}>{body}</o:document-content>")
    document = load(tmp_path / "boats.odp")
    assert sentences(document) == ["Ketch", "Sloop", "Notes: Thank the crew.", "Moor at the outer pier."]
    assert [part.name for part in document.parts] == ["slide 1", "slide 2"]
    assert document.text.startswith("Boats\n")
