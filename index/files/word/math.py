"""Equations of Word documents as text in a line."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from index.files.word.xml import W

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"


def write_equations(root: "Element") -> bool:
    """Put text in the place of a document's equations, which mammoth leaves out; whether there are any."""
    from lxml import etree

    found = [one for one in root.iter(f"{M}oMath") if next(one.iterancestors(f"{M}oMath"), None) is None]
    made: list[Element | None] = []
    for equation in found:
        outer = next(equation.iterancestors(f"{M}oMathPara"), equation)
        run = etree.Element(f"{W}r")
        etree.SubElement(run, f"{W}t").text = _text(equation)
        run.tail = outer.tail
        # Of several equations set off together each follows the one before.
        if outer is equation:
            equation.getparent().replace(equation, run)
        else:
            if outer.getprevious() in made:
                run[0].text = f" {run[0].text}"
            outer.addprevious(run)
        made.append(run)
    for outer in list(root.iter(f"{M}oMathPara")):
        outer.getparent().remove(outer)
    return bool(found)


def _text(element: "Element") -> str:
    """What a part of an equation says."""
    if element.tag in (f"{M}t", f"{W}t"):
        return element.text or ""
    if element.tag == f"{W}del" or element.find(f"{W}rPr/{W}del") is not None:
        return ""  # taken away, and kept to be shown
    name = element.tag.removeprefix(M) if isinstance(element.tag, str) else ""
    return _WRITTEN.get(name, _side_by_side)(element)


def _of(element: "Element", name: str) -> str:
    """What the part of that name says; empty if there is none."""
    part = element.find(f"{M}{name}")
    return "" if part is None else _text(part)


def _scripts(element: "Element") -> str:
    told = (("_", _of(element, "sub")), ("^", _of(element, "sup")))
    return "".join(f"{sign}{_grouped(text)}" for sign, text in told if text)


def _in_brackets(element: "Element") -> str:
    signs = (("begChr", "("), ("sepChr", "|"), ("endChr", ")"))
    begin, between, end = (_sign(element, which, default) for which, default in signs)
    return begin + between.join(map(_text, element.findall(f"{M}e"))) + end


def _below_each_other(element: "Element") -> str:
    return "; ".join(_text(row) for row in element if row.tag in (f"{M}mr", f"{M}e"))


def _side_by_side(element: "Element") -> str:
    """What the parts of an equation say that follow each other: 2 and a half is not 21/2."""
    said = ""
    for part in element:
        text = _text(part)
        mixed = part.tag == f"{M}f" and said[-1:].isdigit() and text[:1].isdigit()
        said += f" {text}" if mixed else text
    return said


def _grouped(text: str) -> str:
    """What is told in one place, in brackets unless it is a single word or number."""
    return text if text.replace(".", "", 1).replace(",", "").isalnum() else f"({text})"


def _sign(element: "Element", name: str, default: str) -> str:
    told = element.find(f"*/{M}{name}")
    return default if told is None else told.get(f"{M}val", "")


_WRITTEN: "dict[str, Callable[[Element], str]]" = {
    "f": lambda one: f"{_grouped(_of(one, 'num'))}/{_grouped(_of(one, 'den'))}",
    "rad": lambda one: f"{_of(one, 'deg')}√{_grouped(_of(one, 'e'))}",
    "nary": lambda one: f"{_sign(one, 'chr', '∫')}{_scripts(one)} {_of(one, 'e')}",
    "func": lambda one: f"{_of(one, 'fName')} {_of(one, 'e')}",
    "mr": lambda one: ", ".join(map(_text, one.findall(f"{M}e"))),
    "d": _in_brackets,
    **dict.fromkeys(("sSub", "sSup", "sSubSup"), lambda one: _grouped(_of(one, "e")) + _scripts(one)),
    **dict.fromkeys(("m", "eqArr"), _below_each_other),
}
