"""The tokens by which texts are compared: what may differ between a quotation and its source is left out of them."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

MAX_KNOWN = 64  #: texts whose tokens are kept

_APOSTROPHES = "'’‘ʼ＇"
_DASHES = "-‐‑‒–—−"
_TOKEN = re.compile(
    rf"""
    (?P<number>(?:(?<!\d)\.)?\d+(?:[.,:/]\d+)*(?:[^\W_]+)?)  # 5  1,250.50  .5  10:30  12/05/2014  5th  10km
  | (?P<initials>(?:[^\W\d_]\.){{2,}})                      # U.S.
  | (?P<word>[^\W\d_](?:[^\W_]|[{_APOSTROPHES}](?=[^\W\d_])|(?<=\w)_(?=\w)|[\u0300-\u036f\u00ad\u200b-\u200d])*)
  | (?P<dash>[{_DASHES}])
  | (?P<symbol>[^\w\s])
    """,
    re.VERBOSE,
)
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200d\u2060\ufeff]")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_LIGATURES = re.compile(r"[\ufb00-\ufb06\uff01-\uff5e]")
_LINE_END = re.compile(r"[ \t]*\r?\n[ \t]*(?:>[ \t]*)*")
_MEANING = frozenset("%&@+=<>~^/#$‰§")  #: symbols that say something, as all beyond ASCII in Unicode's classes S and N
_MARKUP = re.compile(r"(?m)^[ \t]*(?:(?:>[ \t]?)+|#{1,6}[ \t]|[*+-][ \t])|~~")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number or a symbol that says something, and its place."""

    key: str  #: what is compared
    start: int
    end: int
    bound: bool  #: nothing but a hyphen or nothing at all stands between it and the token before
    broken: bool = False  #: hyphenated at a line's end, and goes on in the next token


@lru_cache(maxsize=MAX_KNOWN)
def tokenise(text: str) -> tuple[Token, ...]:
    """The tokens of a text, without punctuation, quotation marks, markup, white space and case."""
    return tuple(_tokens(text))


def surface(text: str, token: Token) -> str:
    """A token as it is written."""
    return text[token.start : token.end]


def keys(tokens: Sequence[Token]) -> list[str]:
    """What of the tokens is compared."""
    return [token.key for token in tokens]


def _tokens(text: str) -> list[Token]:
    markup = [match.span() for match in _MARKUP.finditer(text)]
    marks = {position for start, end in markup for position in range(start, end)}
    pending: tuple[int, bool] | None = None  # where a hyphen ended, and whether it ended its line
    last = -1  # where the token before ended
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if start in marks:
            continue
        kind = match.lastgroup
        if kind == "dash":
            kind = _kind_of_dash(text, start, end, last)
            if kind == "hyphen":
                pending = end, _LINE_END.match(text, end) is not None
                continue
        if kind == "symbol" and not _says_something(match.group()):
            continue
        if kind is None or kind == "punctuation":
            continue
        bound = last == start
        if pending is not None:
            after, at_line_end = pending
            line_end = _LINE_END.match(text, after) if at_line_end else None
            broken = line_end is not None and line_end.end() == start and kind == "word"
            if broken:
                found[-1] = replace(found[-1], broken=True)
            bound = bound or broken or after == start
            pending = None
        found.append(Token(_key(kind, match.group()), start, end, bound))
        last = end
    return found


def _kind_of_dash(text: str, start: int, end: int, last: int) -> str:
    """Whether a dash joins words, stands between numbers, is a minus sign, or only parts a sentence."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if before.isdigit() and after.isdigit():
        return "range"
    if after.isdigit() or text[start] == "−":
        return "range" if not before.isalnum() else "hyphen"
    joined = last == start and text[start] in "-‐‑"
    return "hyphen" if joined and (after.isalnum() or _LINE_END.match(text, end)) else "punctuation"


def _says_something(symbol: str) -> bool:
    return symbol in _MEANING or (not symbol.isascii() and unicodedata.category(symbol)[0] in "SN")


def _key(kind: str, raw: str) -> str:
    if kind == "range":
        return "-"
    text = _INVISIBLE.sub("", raw.replace(".", "") if kind == "initials" else raw)
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    text = _LIGATURES.sub(lambda match: unicodedata.normalize("NFKC", match.group()), text)
    for apostrophe in _APOSTROPHES:
        text = text.replace(apostrophe, "'")
    return unicodedata.normalize("NFC", text.casefold())
