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


def open_text(path, body, own="", styles=""):
    """A text with automatic styles of its `own`, and a file of `styles`."""
    spaces = {short: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for short, name in
              (("o", "office"), ("t", "text"), ("a", "table"), ("s", "style"))}  # fmt: skip
    declared = " ".join(f'xmlns:{short}="{name}"' for short, name in spaces.items())
    content = f"{own}<o:body><o:text>{body}</o:text></o:body>"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", f"<o:document-content {declared}>{content}</o:document-content>")
        archive.writestr("styles.xml", f"<o:document-styles {declared}>{styles}</o:document-styles>")
    return load(path)


def listed(*items, told=""):
    return f"<t:list {told}>{''.join(f'<t:list-item>{item}</t:list-item>' for item in items)}</t:list>"


def levels(*told):
    """The levels of a list, each with the form of its number, what stands behind that, and how many levels it tells."""
    return "".join(
        f'<t:list-level-style-number t:level="{at}" s:num-format="{form}" s:num-suffix="{after}"'
        f' t:display-levels="{shown}"/>'
        for at, (form, after, shown) in enumerate(told, 1)
    )


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


def test_items_have_the_numbers_that_the_style_of_their_list_gives_them(tmp_path):
    style = f"""<t:list-style s:name="L1">{levels(("1", ".", 1), ("a", ")", 1), ("1", "", 3))}</t:list-style>
        <t:list-style s:name="L2"><t:list-level-style-bullet t:level="1"/></t:list-style>"""
    deep = listed("<t:p>Gravel.</t:p>", "<t:p>Sand.</t:p>")
    below = listed(f"<t:p>Roads.</t:p>{deep}", "<t:p>Paths.</t:p>")
    first = listed(f"<t:p>Works</t:p>{below}", "<t:p>Fees</t:p>", told='t:style-name="L1" xml:id="one"')
    bullets = listed("<t:p>No fires.</t:p>", told='t:style-name="L2"')
    anew, on = (listed("<t:p>Crew</t:p>", told=f't:style-name="L1" {told}') for told in ("", 't:continue-list="one"'))
    text = open_text(tmp_path / "a.odt", first + bullets + on + "<t:p>Then</t:p>" + anew, own=style).text
    assert [line for line in text.splitlines() if line] == [
        "1. Works",
        "   - a) Roads.",
        "     - 1.a.1 Gravel.",
        "     - 1.a.2 Sand.",
        "   - b) Paths.",
        "2. Fees",
        "- No fires.",
        "3. Crew",
        "Then",
        "1. Crew",
    ]


def test_headings_have_the_numbers_of_the_outline(tmp_path):
    told = levels(("1", "", 1), ("1", "", 2)).replace("list-level-style-number", "outline-level-style")
    headings = [(1, "Works"), (2, "Roads"), (2, "Paths"), (1, "Fees"), (3, "Crew")]
    body = "<t:tracked-changes><t:h t:outline-level='1'>Taken away</t:h></t:tracked-changes>"
    body += "".join(f'<t:h t:outline-level="{level}">{text}</t:h><t:p>So.</t:p>' for level, text in headings)
    text = open_text(tmp_path / "a.odt", body, styles=f"<t:outline-style>{told}</t:outline-style>").text
    assert [line for line in text.splitlines() if line.startswith("#")] == [
        "# 1 Works",
        "## 1.1 Roads",
        "## 1.2 Paths",
        "# 2 Fees",
        "### Crew",
    ]


def test_a_note_stands_below_its_paragraph_or_table_and_breaks_no_sentence(tmp_path):
    def note(mark, said):
        return f"<t:note><t:note-citation>{mark}</t:note-citation><t:note-body><t:p>{said}</t:p></t:note-body></t:note>"

    rent = f"<t:p>The rent is 900{note(1, 'With heating.')} euros, due in May{note('i', 'Or June.')}.</t:p>"
    row = "<a:table-row>{}</a:table-row>".format
    cells = "<a:table-cell><t:p>{}</t:p></a:table-cell><a:table-cell><t:p>{}</t:p></a:table-cell>".format
    table = row(cells("Item", "Price")) + row(cells("Ketch", f"31{note(2, 'A day.')}")) + row(cells("Punt", "4"))
    document = open_text(tmp_path / "a.odt", f"{rent}<a:table>{table}</a:table><t:p>So.</t:p>")
    assert document.text.split("\n\n") == [
        "The rent is 900¹ euros, due in May.",
        "¹ With heating.",
        "Or June.",
        "Item | Price\nItem: Ketch | Price: 31²\nItem: Punt | Price: 4",
        "² A day.",
        "So.\n",
    ]


def test_a_paragraph_in_the_style_of_titles_or_one_that_is_based_on_it_is_the_title(tmp_path):
    style = '<s:style s:family="paragraph" s:name="{}" s:parent-style-name="{}"/>'.format
    body = '<t:p t:style-name="{}">Lease contract</t:p><t:p>The rent is 900 euros.</t:p>'.format
    own, styles = style("P1", "Big"), style("Big", "Title") + style("Subtitle", "Heading")
    for name in ("Title", "Big", "P1"):
        assert open_text(tmp_path / f"{name}.odt", body(name), own, styles).title == "Lease contract"
    assert open_text(tmp_path / "b.odt", body("Subtitle"), own, styles).title == "b"


def test_tabs_set_parts_of_a_paragraph_apart(tmp_path):
    body = "<t:p>Coffee<t:tab/>2.50</t:p><t:p>Name:<t:tab/>Ann</t:p>"
    assert open_text(tmp_path / "a.odt", body).text == "Coffee | 2.50\n\nName: Ann\n"


def test_what_headers_and_footers_say_is_told_once_at_the_end(tmp_path):
    page = "<t:p>Page <t:page-number>1</t:page-number> of <t:page-count>4</t:page-count></t:p>"
    edges = f"<s:header><t:p>Orrin Harbour Plan</t:p>{page}</s:header>"
    edges += "<s:footer><t:p>Elm &amp; Oak Club</t:p></s:footer>"
    edges += '<s:header-left s:display="false"><t:p>Never to be seen</t:p></s:header-left>'
    pages = "".join(f"<s:master-page>{one}</s:master-page>" for one in (edges, edges))
    body = "<t:p>This is the Orrin Harbour Plan of May.</t:p>"
    text = open_text(tmp_path / "a.odt", body, styles=f"<o:master-styles>{pages}</o:master-styles>").text
    assert text == "This is the Orrin Harbour Plan of May.\n\nElm & Oak Club\n"


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
