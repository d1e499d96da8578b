"""Texts of documents as HTML that is easier to read, with no character changed."""

import re
from html import escape

BAR = ' <span class="fn-bar">|</span> '

_ROW = re.compile(r"^(?=.*\S: )(?! *\|).* \| .*$", re.M)  # with a name before a value
_NAME = re.compile(r"(^|\| )([^|<>]{1,60}?:)(?= )")


def clipped(text: str, most: int) -> str:
    """The beginning of a text, with a sign where it goes on."""
    return text if len(text) <= most else f"{text[:most].rstrip()}…"


def emphasise(text: str, span: str | None) -> str:
    """Escape `text`, with the first whole occurrence of `span` made strong."""
    found = re.search(rf"(?<!\w){re.escape(span)}(?!\w)", text) if span and span.strip() else None
    if found is None or found.group() == text.strip():
        return escape(text)
    return f"{escape(text[: found.start()])}<strong>{escape(found.group())}</strong>{escape(text[found.end() :])}"


def typeset(html: str) -> str:
    """Make a text easier to read without changing a character: headings bold, bars and names of columns faint."""
    html = re.sub(r"^#{1,6} [^<\n]*$", r"<b>\g<0></b>", html, flags=re.M)
    html = _ROW.sub(lambda row: _NAME.sub(r'\1<span class="fn-name">\2</span>', row[0]).replace(" | ", BAR), html)
    return re.sub(r"^ *\|.*", lambda row: row.group().replace("|", '<span class="fn-bar">|</span>'), html, flags=re.M)
