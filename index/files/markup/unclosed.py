"""Cells, rows and items of lists that a page leaves open end where the next one begins, as a browser shows them."""

from typing import Any

from bs4 import BeautifulSoup
from bs4.element import Tag

_CELLS = frozenset(("td", "th", "caption"))
_ROWS = _CELLS | {"tr"}
_PARTS = _ROWS | {"thead", "tbody", "tfoot"}
_INLINE = frozenset(
    "a abbr acronym b big cite code del em font i ins kbd mark nobr q s samp small span strike strong sub sup tt u"
    " var".split()
)
_IN_ITEMS = _INLINE | {"address", "center", "div", "p"}
#: The open elements that a tag ends, and what may be open within these; None for whatever a table may hold.
_ENDS: dict[str, tuple[frozenset[str], frozenset[str] | None]] = {
    **dict.fromkeys(("td", "th"), (_CELLS, None)),
    "tr": (_ROWS, None),
    **dict.fromkeys(("thead", "tbody", "tfoot"), (_PARTS, None)),
    "table": (frozenset(("table",)), _PARTS - _ROWS),
    "li": (frozenset(("li",)), _IN_ITEMS),
    **dict.fromkeys(("dt", "dd"), (frozenset(("dt", "dd")), _IN_ITEMS)),
    "p": (frozenset(("p",)), _INLINE),
}


class Page(BeautifulSoup):
    """The tree of a page, whose parser alone would put a cell into the one before where a mark is open within that."""

    def reset(self) -> None:
        """Forget what was read so far."""
        self._begun: list[Tag | None] = []  # what the parser takes for open
        self._ended: set[int] = set()  # which of them are not
        super().reset()

    def handle_starttag(self, name: str, *args: Any, **more: Any) -> Tag | None:
        """Begin an element, where those end that cannot hold it."""
        self.endData()
        for ended in self._ended_by(name):
            self._ended.add(id(ended))
            self.popTag()
        tag = super().handle_starttag(name, *args, **more)
        self._begun.append(tag)
        return tag

    def handle_endtag(self, name: str, nsprefix: str | None = None) -> None:
        """End an element, unless it has ended already."""
        self.endData()
        tag = self._begun.pop() if self._begun else None
        if id(tag) in self._ended:
            self._ended.discard(id(tag))
        else:
            super().handle_endtag(name, nsprefix)

    def _ended_by(self, name: str) -> list[Tag]:
        """The open elements, from the last one, that end where this one begins."""
        if name not in _ENDS:
            return []
        ending, within = _ENDS[name]
        if not any(self.open_tag_counter.get(one) for one in ending):
            return []
        inmost: list[Tag] = []
        count = 0
        for tag in reversed(self.tagStack[1:]):
            inmost.append(tag)
            if tag.name in ending:
                count = len(inmost)
            elif tag.name == "table" or (within is not None and tag.name not in within):
                break
        return inmost[:count]
