"""HTML as Markdown: headings, lists and tables stay, marks inside a line do not."""

import re
import warnings
from typing import TYPE_CHECKING

from index.files.extract import BINARY, Extract, FormatError
from index.files.markup.cards import put_below_headings
from index.files.markup.marks import tell_marks
from index.files.markup.page_parts import contacts_of, tidy_parts
from index.files.markup.tables import LISTS, tidy_tables, with_rows
from index.files.signs import RAISED, SIGNS
from index.files.structure import read_blocks
from index.files.titles import page_title
from index.types import Block

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bs4 import BeautifulSoup, Tag
    from bs4.element import PageElement

LONGEST_HEAD = 300  #: characters of what names a page before its main part
ENOUGH = 200  #: characters of a page's main part, below which all of the page is read

_NO_TEXT = "title script style noscript template nav aside select textarea svg iframe".split()
_INSIDE_LINES = "a abbr b cite code del em font i img ins kbd mark q s samp small span strong sub sup u var".split()
_WITHIN = ["main", "article", "section", "aside", "dialog"]
_RULES_FIRST = re.compile(r"\A(?:\s*-{3,}$)+", re.M)  # of Markdown they would begin front matter
_EMPTY_LINES = re.compile(r"\n{3,}")
_LONG_SPACE = re.compile(rb"[ \t]{100,}")  # which the conversion would be very long about
_SAYS_ENCODING = re.compile(rb"<meta[^>]{0,200}charset|<\?xml[^>]{0,100}encoding", re.I)
_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")
_META = {
    "author": "author",
    "dc.creator": "author",
    "article:author": "author",
    "date": "date",
    "dc.date": "date",
    "article:published_time": "date",
    "description": "subject",
    "keywords": "keywords",
}
_RAISED = str.maketrans("0123456789+-−=()n", f"{RAISED}⁺⁻⁻⁼⁽⁾ⁿ")


def read_html(data: bytes) -> Extract:
    """The text of a page, without what leads to others. Raises FormatError if it has none, or is no page."""
    if b"\0" in data and not data.startswith(_BYTE_ORDER_MARKS):
        raise FormatError(BINARY)
    try:
        soup = parse_html(_decoded(_LONG_SPACE.sub(b" ", data)))
        named = soup.title.get_text(" ") if soup.title else ""
        facts = _facts(soup, named)
        contacts = _tidy(soup)
        parts = soup.find_all("main")[:1] or [one for one in soup.find_all("article") if not one.find_parent("article")]
        if sum(len(part.get_text(strip=True)) for part in parts) >= ENOUGH:
            kept = soup.new_tag("body")
            kept.extend(part.extract() for part in [*_head_of(parts, named), *parts])
            soup.clear()
            soup.append(kept)
        (soup.body or soup).extend(contacts)
        title = page_title(" ".join(named.split()), " ".join(soup.h1.get_text(" ").split()) if soup.h1 else "")
        text, blocks = to_markdown(soup)
    except Exception as error:  # whatever a page may lead its parser to
        raise FormatError(f"cannot be read as HTML ({type(error).__name__}); save its text as .txt") from None
    if not text.strip():
        raise FormatError(
            "holds no text; a page that is made by scripts must be saved from the browser, as it is shown"
        )
    return Extract(text, title, facts=facts, blocks=blocks)


def _tidy(soup: "BeautifulSoup") -> "list[Tag]":
    """Leave out of a page what is no text of it, and return what its footers tell of how to reach somebody."""
    for element in soup.find_all(_NO_TEXT):
        element.decompose()
    footers = [footer.extract() for footer in soup.find_all("footer") if not footer.find_parent("footer")]
    tidy_parts(soup)
    put_below_headings(soup)
    contacts = []
    for line in contacts_of(footers, soup.get_text(" ")):
        paragraph = soup.new_tag("p")
        paragraph.string = line
        contacts.append(paragraph)
    return contacts


def _head_of(parts: "Sequence[Tag]", title: str) -> "list[Tag]":
    """What stands before the main part of a page and names it, as nothing in that does; often also who, and when.

    Not the name of a site, with which the page's title ends.
    """
    if any(part.find("h1") for part in parts):
        return []
    before = parts[0].find_previous("header")
    heading = before.find("h1") if before else None
    if not before or not heading or before.find_parent(_WITHIN) or before.find([*LISTS, "form"]):
        return []  # a banner with what leads elsewhere, or the head of something else
    site = " ".join(title.split()).casefold()
    name = " ".join(heading.get_text(" ").split()).casefold()
    text = before.get_text(" ", strip=True)
    return [before] if len(text) <= LONGEST_HEAD and not (site.endswith(name) and site != name) else []


def _facts(soup: "BeautifulSoup", title: str) -> tuple[tuple[str, str], ...]:
    """What the head of a page says of it."""
    facts = {"title": title}
    for told in soup.find_all("meta"):
        name = str(told.get("name") or told.get("property") or "").lower()
        if known := _META.get(name):
            facts.setdefault(known, str(told.get("content") or ""))
    return tuple((name, " ".join(value.split())) for name, value in facts.items() if value.strip())


def _decoded(data: bytes) -> bytes | str:
    """Text in UTF-8 where nothing else is said; otherwise the parser finds out what is."""
    if not data.startswith(_BYTE_ORDER_MARKS) and not _SAYS_ENCODING.search(data[:2048]):
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            pass
    return data


def parse_html(html: bytes | str) -> "BeautifulSoup":
    """The tree of a page."""
    from bs4 import UnusualUsageWarning

    from index.files.markup.unclosed import Page

    html = re.sub(r"</br\s*>", "<br>", html) if isinstance(html, str) else re.sub(rb"</br\s*>", b"<br>", html)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UnusualUsageWarning)  # that it may be XML, or no HTML at all
        return Page(html, "lxml")


def page_text(html: bytes | str, *, part: bool = False) -> tuple[str, tuple[Block, ...]]:
    """The text of a page that is a part of something, and its blocks."""
    return text_of(parse_html(html), part=part)


def text_of(soup: "BeautifulSoup", *, part: bool = False) -> tuple[str, tuple[Block, ...]]:
    """The same of a page that was parsed."""
    (soup.body or soup).extend(_tidy(soup))
    text, blocks = to_markdown(soup)
    return text, blocks or tuple(read_blocks(text, markdown=True, part=part))


def to_markdown(soup: "BeautifulSoup") -> tuple[str, tuple[Block, ...]]:
    """A page as Markdown, and the blocks of its text if it has tables."""
    from markdownify import MarkdownConverter

    for element in soup.find_all(["ol", "td", "th"]):
        for name in ("start", "colspan", "rowspan"):
            if name in element.attrs and not re.fullmatch(r"[0-9]{1,6}", str(element[name])):
                del element[name]
    for empty in soup.find_all("p"):
        if not empty.contents:
            empty.name = "br"  # a line ends there, too
    tell_marks(soup)
    _raise_what_is_raised(soup)
    _unwrap_lists(soup)
    tidy_tables(soup)
    converter = MarkdownConverter(
        heading_style="ATX",
        strip=_INSIDE_LINES,
        bullets="-",
        escape_asterisks=False,
        escape_underscores=False,
        escape_misc=False,
    )
    text = str(converter.convert_soup(soup)).encode("utf-8", "replace").decode("utf-8")
    text = _BULLET.sub("- ", text.translate(SIGNS))
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return with_rows(_EMPTY_LINES.sub("\n\n", _RULES_FIRST.sub("", lines)).strip() + "\n")


def _unwrap_lists(soup: "Tag") -> None:
    """Items that say nothing but what items below them do are none: a list may begin set in, as Word's do."""
    for item in soup.find_all("li"):
        outer, said = item.parent, _contents(item)
        inner = said[0] if len(said) == 1 else None
        if outer is None or outer.name not in LISTS or getattr(inner, "name", None) not in LISTS:
            continue
        if len(_contents(outer)) == 1:
            outer.replace_with(inner)  # type: ignore[arg-type]
        elif inner.name == outer.name == "ul":  # type: ignore[union-attr]
            item.replace_with(*list(inner.contents))  # type: ignore[union-attr]


def _contents(element: "Tag") -> "list[PageElement]":
    return [part for part in element.contents if str(part).strip()]


def _raise_what_is_raised(soup: "Tag") -> None:
    """10 to the 6th is not 106, and a year with a note is no longer year: numbers are raised, marks of notes go."""
    for element in soup.find_all("sup"):
        text = element.get_text().strip()
        if element.a and element.a.get_text().strip() == text:
            element.decompose()
        elif text:
            element.replace_with(raised(text, str(element.find_previous(string=True) or "")))


def raised(text: str, before: str) -> str:
    """What is raised, as it is told behind what stands `before` it: letters are an exponent, or raised for looks."""
    if not text.strip("0123456789+-−=()n"):
        return text.translate(_RAISED)
    if text in ("o", "a") and re.search(r"\d$|\b[Nn]$", before):
        return "º" if text == "o" else "ª"
    sign = not any(map(str.isalnum, text))
    return text if sign or _FOR_LOOKS.search(f"{before[-20:]}^{text}") else f"^{text}"


#: April 14th, 1er étage, le XXe siècle, Mme Blanc: of counted things, and shortened.
_FOR_LOOKS = re.compile(
    r"\^(?i:\d*(?:st|nd|rd|th))$|(?:\d\^|\^\d+|\b[IVXL]+\^)(?:ers?|[eè]?res?|es?|i?[eè]mes?)$"
    r"|\b(?:M\^(?:mes?|lles?|gr)|C\^ie|S\^te|V\^ve|[Nn]\^os)$"
)
_BULLET = re.compile(r"^[•▪][ \t\xa0]*", re.M)  # typed, not made one
