"""README and the pages of docs/, and what is in them."""

import re

from tests.conftest import ROOT

README = ROOT / "README.md"
DOCS = tuple(sorted((ROOT / "docs").glob("*.md")))
PAGES = (README, *DOCS)


def text_of(page):
    return page.read_text(encoding="utf-8")


def blocks(page, language=""):
    """The fenced blocks of a language, in order."""
    fenced = re.findall(r"^```(\w*)\n(.*?)^```$", text_of(page), re.DOTALL | re.MULTILINE)
    return [block for of, block in fenced if of == language]


def prose(page):
    """A page without its fenced blocks."""
    return re.sub(r"^```.*?^```$", "", text_of(page), flags=re.DOTALL | re.MULTILINE)


def section(page, heading):
    """What stands under a heading, up to the next one of its level or a higher one."""
    found = re.search(rf"^(#+) {re.escape(heading)}\n(.*?)(?=^#{{1,2}} |\Z)", text_of(page), re.DOTALL | re.MULTILINE)
    assert found, f"{page.name} has no section {heading!r}"
    return found[2]


def tree_of(page):
    """The paths that a page's file tree names, each relative to the root; a folder's ends with a slash."""
    tree = next(block for block in blocks(page) if re.search(r"^rag/ ", block, re.MULTILINE))
    top = room = ""
    for line in tree.splitlines():
        indent = len(line) - len(line.lstrip())
        names = re.findall(r"(?<!\S)\w+(?:/|\.py)(?=[\s,;:]|$)", line)
        if indent <= 2:  # further in, a line goes on with the folder above
            name = names.pop(0)
            top = top if indent else name
            room = top + name if indent else name
            yield room
        yield from (room + name for name in names)
