"""What of a web page is text, and what leads elsewhere: menus and most of a footer go, what folds out has a heading."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby, pairwise
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bs4.element import NavigableString, Tag

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

_HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]
_FOLDS = ("aria-controls", "aria-expanded", "data-bs-toggle", "data-toggle")  #: attributes of a button that folds out
_CELLS = ["td", "th"]
_BLOCKS = ["address", "dd", "div", "dt", "li", "p", "section", "td", "th", *_HEADINGS]
FEWEST_LINKS = 4  #: of a menu
LONGEST_LINK = 40  #: characters
IN_LINKS = 0.85  #: share of the letters of a menu that are in its links
MOST_NAMING, LONGEST_LINE = 2, 60  #: lines of a footer that name the one below them, and characters of these
_MENU = {"nav", "navbar", "topnav", "mobile-menu", "breadcrumb", "breadcrumbs"}
_CONTACT = re.compile(
    r"\S@\w[\w-]*\.\w|(?:\+|\b0|\()\d[\d\s()/.–-]{6,}\d|\b\d{3}[-.\s]\d{3}[-.\s]\d{4}\b"  # mail, telephone
    r"|\b\d{1,2}:\d\d\b|\b\d{1,2}\.\d\d\s?[–-]\s?\d{1,2}\.\d\d\b"  # hours
    r"|\b\d{1,2}\s?[ap]\.?m\b|\b\d{1,2}\s?[–-]\s?\d{1,2}\s?(?:Uhr|h)\b"
    r"|(?-i:\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b|\b[A-Z]{2}\s\d{5}\b)"  # postcode and town
    r"|\b(?!(?:19|20)\d\d\b)\d{4,5}\s(?-i:[A-Z])[a-z]{2}",
    re.I,
)
_OF_SITE = re.compile(r"©|\(c\)|copyright|rights reserved|powered by|cookie|privacy", re.I)
_INLINE = ["a", "small", "span"]
_CODE = ["pre", "code", "kbd", "samp"]
_LINES, _BOXED = ["li", "div", "p", "td", "dd"], ["b", "label", "span", "strong", "time"]
_NAME = re.compile(r"[^\W\d_]{2}:$")
_ORDINAL = re.compile(r"(?:st|nd|rd|th|s)\b")
_PRICE = re.compile(r"[$€£]|\d[.,]\d\d(?!\d)")


def tidy_parts(soup: "BeautifulSoup") -> None:
    """Leave out menus, icons and buttons, but for those that name what they fold out; part words that are glued."""
    for icon in soup.find_all(class_=re.compile(r"^material-(?:icons|symbols)")):
        icon.decompose()
    _name_folds(soup)
    for menu in list(_menus(soup)):
        if not menu.decomposed:
            menu.decompose()
    _part_words(soup)


def _part_words(soup: Tag) -> None:
    for element in soup.find_all(_LINES):
        _part_boxes(element)
    for name in soup.find_all(_BOXED):
        after = name.next_sibling
        if _NAME.search(name.get_text()) and str(after or "")[:1].isalnum() and not name.find_parent(_CODE):
            name.append(" ")
    for element in soup.find_all(_INLINE):
        if element.find_parent(_CODE):
            continue
        if _is_glued(element.previous_sibling, element):
            element.insert(0, " ")
        if isinstance(element.next_sibling, NavigableString) and _is_glued(element, element.next_sibling):
            element.append(" ")


def _part_boxes(line: Tag) -> None:
    """Part what stands side by side in a line that says nothing else, as an hour and what is then, if it is no word."""
    parts = list(line.children)
    alone = len(parts) > 1 and all(isinstance(part, Tag) and part.name in _BOXED for part in parts)
    if not alone or line.find_parent(_CODE):
        return
    counts = parts[0].get_text().strip().isdigit()  # "250", "g" and "flour"
    for part, after in pairwise(parts):
        one, other = part.get_text(), after.get_text()
        long = counts or min(len(one.strip()), len(other.strip())) > 1  # no letters that are moved one by one
        if long and one[-1:].isalnum() and other[:1].isalnum() and not _ORDINAL.match(other):
            figures = one[-1].isdigit() and other[0].isdigit()
            word = one[-1].isalpha() and other[0].islower()
            if not figures and (counts or not word):
                part.insert_after(" ")


def leads_only(soup: "BeautifulSoup") -> bool:
    """Whether a page of a book is nothing but links to others of it below headings, as a table of contents is."""
    said = [one for one in (soup.body or soup).find_all(string=True) if not one.find_parent(_HEADINGS)]
    links = [link for link in soup.find_all("a") if _leads_elsewhere(link) and not urlsplit(str(link["href"])).scheme]
    linked = sum(len(link.get_text().strip()) for link in links)
    return len(links) > 1 and linked >= IN_LINKS * sum(len(one.strip()) for one in said)


def contacts_of(footers: Iterable[Tag], elsewhere: str) -> list[str]:
    """The lines of footers that tell how to reach somebody, and when, with what names them; none told elsewhere."""
    known = " ".join(elsewhere.split())
    kept: list[str] = []
    for footer in footers:
        _part_words(footer)
        lines = [line for line in _lines(footer) if not (_stands_in(line, known) or _OF_SITE.search(line))]
        telling = [bool(_CONTACT.search(line)) for line in lines]
        for number, line in enumerate(lines):
            names = any(telling[number + 1 : number + 1 + MOST_NAMING]) and len(line) <= LONGEST_LINE
            if (telling[number] or names) and line not in kept:
                kept.append(line)
    return kept


def _stands_in(line: str, text: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(line)}(?!\w)", text))


def _lines(footer: Tag) -> Iterator[str]:
    """What each of the innermost blocks of a footer says, line by line, but for links to other pages."""
    for element in footer.find_all(["nav", "form", "button"]):
        element.decompose()
    for end in footer.find_all("br"):
        end.replace_with("\n")
    said = (one for one in footer.descendants if type(one) is NavigableString)
    for _, strings in groupby(said, key=lambda one: id(one.find_parent(_BLOCKS))):
        own = list(strings)
        linked = sum(len(one.strip()) for one in own if _leads_elsewhere(one.find_parent("a")))
        if linked < IN_LINKS * sum(len(one.strip()) for one in own):
            yield from filter(None, (" ".join(line.split()) for line in "".join(own).split("\n")))


def _leads_elsewhere(link: Tag | None) -> bool:
    return link is not None and link.has_attr("href") and not str(link["href"]).startswith(("mailto:", "tel:"))


def _name_folds(soup: "BeautifulSoup") -> None:
    """Headings for what folds out, without a sign that it does, one below the heading above; other buttons go."""
    _drop_signs(soup)
    folds: list[tuple[Tag, int]] = []
    above = 1  # the level of the last heading that folds in nothing
    for element in soup.find_all([*_HEADINGS, "summary", "button"]):
        if element.name in _HEADINGS:
            above = above if element.find_parent("details") else int(element.name[1])
        elif any(map(str.isalpha, element.get_text())) and not element.find(_HEADINGS):
            folds.append((element, min(6, above + (len(element.find_parents("details")) or 1))))
    named = Counter(element.get_text(strip=True) for element, _ in folds if element.name == "button")
    kinds = Counter(str(element.get("class")) for element, _ in folds if element.name == "button")
    for element, level in folds:
        if element.name == "summary":
            element.name = "p" if element.find_parent(["li", *_CELLS]) else f"h{level}"
        elif named[element.get_text(strip=True)] == 1 < kinds[str(element.get("class"))] and _folds_out(element):
            element.name = f"h{level}"
    for button in soup.find_all("button"):
        around = button.find_parent([*_HEADINGS, "summary", "dt", "th", "p"])
        alone = around is not None and around.get_text(strip=True) == button.get_text(strip=True)
        if around is not None and alone == (around.name != "p"):  # all of a heading, or a part of a sentence
            button.unwrap()
        else:
            button.decompose()


def _drop_signs(soup: "BeautifulSoup") -> None:
    """Leave out what is neither word nor picture in a button and its like, such as a plus or an arrow."""
    for sign in soup.select("summary *, button *"):
        if not any(map(str.isalnum, sign.get_text())) and not sign.find("img") and sign.name != "img":
            sign.decompose()


def _folds_out(button: Tag) -> bool:
    """Whether a button stands above what it shows, as in an accordion, and is no tab, choice or part of a text."""
    within = button.find_parent(["nav", "form", "header", "p", "li", "summary", "dt", *_HEADINGS, *_CELLS])
    toggles = {str(button.get(name, "collapse")) for name in ("data-bs-toggle", "data-toggle")}
    other = button.get("role") == "tab" or button.has_attr("aria-haspopup") or toggles != {"collapse"}
    return not within and not other and any(map(button.has_attr, _FOLDS))


def _menus(soup: "BeautifulSoup") -> Iterator[Tag]:
    """Lists and boxes of short links to other pages: at the top of a page, in its header, or called a menu."""
    first = next((one for one in soup.find_all(_HEADINGS) if one.get_text(strip=True)), None)
    above = {id(one) for one in first.find_all_previous()} if first else set()
    texts = next((one for one in soup.find_all("p") if one.get_text(strip=True) and not one.find("a")), None)
    below = {id(one) for one in texts.find_all_next()} if texts else set()
    for box in soup.find_all(["ul", "ol", "div", "p"]):
        links = box.find_all("a")
        if len(links) < FEWEST_LINKS or not all(map(_leads_elsewhere, links)) or box.find(_HEADINGS):
            continue
        said, linked = "".join(box.get_text().split()), ["".join(link.get_text().split()) for link in links]
        if _is_at_the_top(box, above, below) or box.get("role") == "navigation" or _is_called_menu(box):
            short = max(map(len, linked)) <= LONGEST_LINK and not any(map(str.isdigit, said))
            if short and sum(map(len, linked)) >= IN_LINKS * len(said):
                yield box


def _is_at_the_top(box: Tag, above: Collection[int], below: Collection[int]) -> bool:
    """Whether a box stands above the first heading and the first text of a page, or in a header that names nothing."""
    header = box.find_parent("header")
    return (id(box) in above and id(box) not in below) or (header is not None and not header.find(_HEADINGS))


def _is_called_menu(box: Tag) -> bool:
    names = [*(box.get("class") or ()), str(box.get("id") or "")]
    return any(name.lower() in _MENU for name in names)


def _is_glued(before: object, after: object) -> bool:
    """Whether two things beside each other would be read as one word, and are two."""
    one, other = (part.get_text() if isinstance(part, Tag) else str(part or "") for part in (before, after))
    if len(one.strip()) < 2 or len(other.strip()) < 2 or not (one[-1].isalnum() or one[-1] in "$€£"):
        return False
    if isinstance(before, Tag) and isinstance(after, Tag) and one[-1].isalnum() and other[0].isalnum():
        kinds = {before.name, after.name}
        classed = all(part.has_attr("class") for part in (before, after))
        figures = one[-1].isdigit() and other[0].isdigit()
        return kinds == {"a"} or (kinds == {"span"} and classed and not figures)
    beside = (one[-1].isalpha() and not other[0].isspace() and not other[0].isalpha() and _PRICE.search(other)) or (
        one[-1].isdigit() and re.match(r"[^\W\d_]{3}", other) and _PRICE.search(one)
    )
    return bool(beside)
