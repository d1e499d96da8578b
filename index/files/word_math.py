"""Equations of Word documents as text in a line."""

from typing import TYPE_CHECKING

from index.files.word_xml import W

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"


def write_equations(root: "Element") -> bool:
    """Put text in the place of a document's equations, which mammoth leaves out; whether there are any."""
    from lxml import etree

    found = [one for one in root.iter(f"{M}oMath") if next(one.iterancestors(f"{M}oMath"), None) is None]
    for equation in found:
        outer = next(equation.iterancestors(f"{M}oMathPara"), equation)
        run = etree.Element(f"{W}r")
        etree.SubElement(run, f"{W}t").text = _text(equation)
        run.tail = outer.tail
        # Of several equations set off together each follows the one before.
        if outer is equation:
            equation.getparent().replace(equation, run)
        else:
            outer.addprevious(run)
    for outer in list(root.iter(f"{M}oMathPara")):
        outer.getparent().remove(outer)
    return bool(found)


def _text(element: "Element") -> str:
    """What a part of an equation says."""
    name = element.tag.removeprefix(M) if isinstance(element.tag, str) else ""
    parts = {str(part.tag).removeprefix(M): part for part in element}

    def of(part: str) -> str:
        return _text(parts[part]) if part in parts else ""

    if name == "t":
        return element.text or ""
    if name == "f":
        return f"{_grouped(of('num'))}/{_grouped(of('den'))}"
    if name == "rad":
        return f"{of('deg')}√{_grouped(of('e'))}"
    if name in ("sSub", "sSup", "sSubSup"):
        return of("e") + "".join(
            f"{sign}{_grouped(of(part))}" for sign, part in (("_", "sub"), ("^", "sup")) if of(part)
        )
    if name == "d":
        begin, end = (_sign(element, which, default) for which, default in (("begChr", "("), ("endChr", ")")))
        return begin + ", ".join(_text(part) for part in element.findall(f"{M}e")) + end
    if name == "nary":
        bounds = "".join(f"{sign}{_grouped(of(part))}" for sign, part in (("_", "sub"), ("^", "sup")) if of(part))
        return f"{_sign(element, 'chr', '∫')}{bounds} {of('e')}"
    return "".join(map(_text, element))


def _grouped(text: str) -> str:
    """What is told in one place, in brackets unless it is a single word or number."""
    return text if text.replace(".", "", 1).replace(",", "").isalnum() else f"({text})"


def _sign(element: "Element", name: str, default: str) -> str:
    told = element.find(f"*/{M}{name}")
    return default if told is None else told.get(f"{M}val", "")
