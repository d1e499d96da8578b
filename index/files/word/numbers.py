"""The numbers of Word's lists and headings, which a document does not hold as text: "4.2", "(b)", "Article IV"."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from index.files.word.xml import W, ancestry, based_on

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag
    from lxml.etree import _Element as Element

BEGIN, END = "\ue0f0", "\ue0f1"  #: around a number, which mammoth takes for text
_MARKED = re.compile(f"{BEGIN}(.*?){END}")
_PLACE = re.compile(r"%([1-9])")
_PLAIN = re.compile(r"(\d+)\.")
_FORMS = frozenset(("decimal", "decimalZero", "lowerLetter", "upperLetter", "lowerRoman", "upperRoman"))
_GONE = tuple(f"{W}{name}" for name in ("del", "moveFrom"))  #: what was taken away, and is kept to be shown
_ROMAN = {
    "M": 1000, "CM": 900, "D": 500, "CD": 400, "C": 100, "XC": 90,
    "L": 50, "XL": 40, "X": 10, "IX": 9, "V": 5, "IV": 4, "I": 1,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Level:
    """How the paragraphs of a level are counted."""

    form: str  #: `decimal`, `lowerLetter` and the like
    text: str  #: such as `%1.%2`
    start: int
    all_decimal: bool
    anew: bool  #: whether it begins anew below another paragraph of a level above


@dataclass(frozen=True, slots=True)
class _Counting:
    """What a document says of its numbers."""

    levels: Mapping[str, Mapping[int, _Level]]  #: by the list, and the level in it
    kinds: Mapping[str, str]  #: the kind of each list; those of a kind are counted together
    anew: Mapping[tuple[str, int], int]  #: of a list's level, with what it begins though others of its kind went before
    of_styles: Mapping[str, tuple[str, int]]  #: the list and the level of paragraphs in a style


def mark_numbers(root: "Element", numbering: "Element", styles: "Element | None") -> bool:
    """Put before each numbered paragraph of a document its number, between marks; whether there are any.

    Args:
        root: Of `word/document.xml`, which is changed.
        numbering: That of `word/numbering.xml`.
        styles: That of `word/styles.xml`.
    """
    from lxml import etree

    counting = _read(numbering, styles)
    counts: dict[str, dict[int, int]] = {}
    begun = set[tuple[str, int]]()
    found = False
    for paragraph in root.iter(f"{W}p"):
        number, level = _list_of(paragraph, counting)
        levels = counting.levels.get(number, {})
        told = levels.get(level)
        if told is None or _is_gone(paragraph) or next(paragraph.iterancestors(f"{W}txbxContent"), None) is not None:
            continue
        own = counts.setdefault(counting.kinds[number], {})
        for deeper in [one for one in own if one > level and levels.get(one, told).anew]:
            del own[deeper]
        own[level] = own[level] + 1 if level in own else told.start
        if (number, level) in counting.anew and (number, level) not in begun:
            own[level] = counting.anew[number, level]
        begun.add((number, level))
        if told.form not in _FORMS or not _PLACE.search(told.text) or not _says(paragraph):
            continue
        run = etree.Element(f"{W}r")
        text = etree.SubElement(run, f"{W}t")
        text.text = f"{BEGIN}{_label(told, own, levels)}{END}"
        settings = paragraph.find(f"{W}pPr")
        paragraph.insert(0 if settings is None else paragraph.index(settings) + 1, run)
        found = True
    return found


def _is_gone(paragraph: "Element") -> bool:
    """Whether a paragraph was taken away, which is kept to be shown."""
    marks = paragraph.find(f"{W}pPr/{W}rPr")
    marked = marks is not None and any(marks.find(name) is not None for name in _GONE)
    return marked and not any(next(text.iterancestors(*_GONE), None) is None for text in paragraph.iter(f"{W}t"))


def _says(paragraph: "Element") -> bool:
    """Whether a paragraph has text, or is in a table, whose rows may be numbered."""
    in_table = next(paragraph.iterancestors(f"{W}tc"), None) is not None
    return in_table or any((text.text or "").strip() for text in paragraph.iter(f"{W}t"))


def tell_numbers(soup: "BeautifulSoup") -> None:
    """Make of marked numbers those of a page's lists, which go 1, 2, 3, or else text before what they number."""
    for listed in soup.find_all("ol"):
        items = listed.find_all("li", recursive=False)
        in_table = listed.find_parent(["td", "th"]) is not None  # where numbers of lists are not told
        numbers = [_PLAIN.fullmatch(_number_of(item)) for item in items]
        first = int(numbers[0][1]) if numbers and numbers[0] else 0
        if not in_table and all(
            found and int(found[1]) == number for found, number in zip(numbers, count(first), strict=False)
        ):
            listed["start"] = str(first)
            for item in items:
                _marked_in(item).replace_with(_MARKED.sub("", str(_marked_in(item)), count=1))
        elif any(map(_number_of, items)):
            listed.name = "ul"
    for text in soup.find_all(string=_MARKED):
        text.replace_with(_MARKED.sub(r"\1 ", str(text)))


def _marked_in(item: "Tag") -> "Tag":
    """The first text in an item."""
    return item.find(string=_MARKED)  # type: ignore[return-value]


def _number_of(item: "Tag") -> str:
    """The number with which an item is marked; empty if it is not."""
    found = _MARKED.match(item.get_text().lstrip())
    return found[1] if found else ""


def _read(numbering: "Element", styles: "Element | None") -> _Counting:
    abstract = {kind.get(f"{W}abstractNumId", ""): kind for kind in numbering.iter(f"{W}abstractNum")}
    lists = {listed.get(f"{W}numId", ""): listed for listed in numbering.iter(f"{W}num")}
    kinds = {number: _value(listed, "abstractNumId") for number, listed in lists.items()}
    of_styles = dict(_of_styles(styles, numbering, kinds)) if styles is not None else {}
    of_kinds = {name: dict(_levels(kind)) for name, kind in abstract.items()}
    for name, kind in abstract.items():
        linked = of_styles.get(_value(kind, "numStyleLink"))
        if linked:
            of_kinds[name] = of_kinds.get(kinds.get(linked[0], ""), {})
    levels, anew = {number: of_kinds.get(kind, {}) for number, kind in kinds.items()}, dict[tuple[str, int], int]()
    for number, listed in lists.items():
        for changed in listed.iter(f"{W}lvlOverride"):
            levels[number] = {**levels[number], **dict(_levels(changed))}
            at, start = changed.get(f"{W}ilvl", ""), _value(changed, "startOverride")
            if at.isdigit() and start.isdigit():
                anew[number, int(at)] = int(start)
    return _Counting(levels, kinds, anew, of_styles)


def _levels(kind: "Element") -> Iterator[tuple[int, _Level]]:
    for level in kind.findall(f"{W}lvl"):
        at, start = level.get(f"{W}ilvl", ""), _value(level, "start")
        if at.isdigit():
            yield (
                int(at),
                _Level(
                    _value(level, "numFmt") or "decimal",
                    _value(level, "lvlText"),
                    int(start) if start.isdigit() else 1,
                    level.find(f"{W}isLgl") is not None,
                    _value(level, "lvlRestart") != "0",
                ),
            )


def _of_styles(
    styles: "Element", numbering: "Element", kinds: Mapping[str, str]
) -> Iterator[tuple[str, tuple[str, int]]]:
    """The list and the level of each style that has one, by itself or by what it is based on."""
    linked = {
        (kind.get(f"{W}abstractNumId", ""), _value(level, "pStyle")): int(level.get(f"{W}ilvl", ""))
        for kind in numbering.iter(f"{W}abstractNum")
        for level in kind.findall(f"{W}lvl")
        if level.get(f"{W}ilvl", "").isdigit()
    }
    based, told = dict[str, str](), dict[str, tuple[str, str]]()
    for style in styles.iter(f"{W}style"):
        name = style.get(f"{W}styleId", "")
        based[name] = based_on(style)
        if (found := style.find(f"{W}pPr/{W}numPr")) is not None:
            told[name] = _value(found, "numId"), _value(found, "ilvl")
    for name in based:
        line = [one for one in ancestry(name, based) if one in told]
        number = next((told[one][0] for one in line if told[one][0]), "")
        level = next((told[one][1] for one in line if told[one][1]), "")
        if number and number != "0":
            yield name, (number, linked.get((kinds.get(number, ""), name), int(level) if level.isdigit() else 0))


def _list_of(paragraph: "Element", counting: _Counting) -> tuple[str, int]:
    """The list that a paragraph is of, and its level there; an empty one if it is of none."""
    settings = paragraph.find(f"{W}pPr")
    if settings is None:
        return "", 0
    number, level = counting.of_styles.get(_value(settings, "pStyle"), ("", 0))
    own = settings.find(f"{W}numPr")
    if own is not None:
        number = _value(own, "numId") or number
        deep = _value(own, "ilvl")
        level = int(deep) if deep.isdigit() else level
    return number, level


def _value(element: "Element", name: str) -> str:
    """What the child of that name says; empty if an element has none."""
    child = element.find(f"{W}{name}")
    return child.get(f"{W}val", "") if child is not None else ""


def _label(level: _Level, counts: Mapping[int, int], levels: Mapping[int, _Level]) -> str:
    """A paragraph's number as it is shown."""

    def shown(found: re.Match[str]) -> str:
        at = int(found[1]) - 1
        form = "decimal" if level.all_decimal or at not in levels else levels[at].form
        return in_form(counts.get(at, levels[at].start if at in levels else 1), form)

    return _PLACE.sub(shown, level.text).strip()


def roman(number: int) -> str:
    """A number as the Romans wrote it: “IV”."""
    text = ""
    for sign, value in _ROMAN.items():
        text += sign * (number // value)
        number %= value
    return text


def in_form(number: int, form: str) -> str:
    """A number of a list in this form: as letters, in Roman or in plain figures."""
    if form in ("lowerLetter", "upperLetter") and number > 0:
        times, letter = divmod(number - 1, 26)
        text = chr(ord("A") + letter) * (times + 1)
    elif form in ("lowerRoman", "upperRoman"):
        text = roman(number)
    else:
        return f"{number:02}" if form == "decimalZero" else str(number)
    return text.lower() if form.startswith("lower") else text
