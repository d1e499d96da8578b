"""Check a quotation against its source."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from operator import attrgetter
from typing import Literal

from rag.verify.alignment import changed_blocks, likeliest
from rag.verify.tokens import Token, keys, surface, tokenise

Kind = Literal["exact", "normalised", "altered", "misattributed", "absent"]

MAX_CHANGED = 1 / 3  #: of a quotation's tokens; beyond, it is another text and not an altered one

_start, _end = attrgetter("start"), attrgetter("end")
_FULL_STOP = re.compile(r"[.!?][\"'”’»)\]*_]*$")
_SPACING = " \t\r\n\u00a0\"'“”‘’«»*_`"  #: what may stand between two words of a sentence


@dataclass(frozen=True, slots=True)
class QuoteVerdict:
    """Whether a quotation stands in its source.

    `exact`: character by character. `normalised`: but for formatting, white space, quotation marks, hyphenation
    and case. `altered`: with the `differences`. `misattributed`: not there, but in another document.
    """

    kind: Kind
    start: int | None = None  #: where it stands: in the source, or in the document found elsewhere
    end: int | None = None
    differences: tuple[tuple[str, str], ...] = ()  #: tokens of the quotation and of the source, "" where one has none
    document_id: str | None = None  #: where a misattributed quotation was found

    @property
    def holds(self) -> bool:
        """Whether the source says just this."""
        return self.kind in ("exact", "normalised")


def check_quote(quote: str, text: str, corpus: Mapping[str, str] | None = None) -> QuoteVerdict:
    """Compare a quotation with the text that it is said to be from.

    Args:
        quote: The quotation; white space around it is ignored.
        text: The source.
        corpus: Other documents by id, looked through if the source does not have it.
    """
    quote = quote.strip()
    wanted = tokenise(quote)
    if not wanted:
        return QuoteVerdict("absent")
    if found := find_quote(quote, text):
        return found
    for document_id, other in (corpus or {}).items():
        if other != text and (found := find_quote(quote, other)):
            return QuoteVerdict("misattributed", found.start, found.end, document_id=document_id)
    return _altered(quote, text) or QuoteVerdict("absent")


def find_quote(quote: str, text: str) -> QuoteVerdict | None:
    """Where a quotation stands in a text, exactly or but for its formatting; None if it does not."""
    if tokenise(quote) and (exact := next(exact_places(quote, text), None)) is not None:
        return QuoteVerdict("exact", exact, exact + len(quote))
    place = next(places_of(quote, text), None)
    return QuoteVerdict("normalised", *place) if place else None


def exact_places(quote: str, text: str) -> Iterator[int]:
    """Where a text has a quotation character by character, and cuts off nothing: "5 million" is not in "15 million"."""
    tokens = tokenise(text)
    start = text.find(quote) if quote else -1
    while start >= 0:
        end = start + len(quote)
        first, last = bisect_right(tokens, start, key=_end), bisect_left(tokens, end, key=_start)
        cuts = tokens[first:last] and (tokens[first].start < start or tokens[first].bound or tokens[last - 1].end > end)
        if not cuts and not any(token.bound for token in tokens[last : last + 1]):
            yield start
        start = text.find(quote, start + 1)


def places_of(quote: str, text: str) -> Iterator[tuple[int, int]]:
    """Where a quotation stands in a text, but for its formatting, and cuts off nothing; nowhere if it has no words."""
    if tokenise(quote):
        places = (_match_at(quote, text, first) for first in range(len(tokenise(text))))
        yield from (place for place in places if place)


def _match_at(quote: str, text: str, first: int) -> tuple[int, int] | None:
    """The place of the quotation if it begins with the token `first` and cuts off nothing; None if it does not."""
    wanted, there = tokenise(quote), tokenise(text)
    if there[first].key != wanted[0].key and not (there[first].broken or wanted[0].broken):
        return None
    if there[first].bound and not wanted[0].bound:
        return None
    i, j = first, 0
    while j < len(wanted):
        if i == len(there):
            return None
        if there[i].key == wanted[j].key:
            i, j = i + 1, j + 1
        elif there[i].broken and there[i].key + there[i + 1].key == wanted[j].key:
            i, j = i + 2, j + 1
        elif wanted[j].broken and wanted[j].key + wanted[j + 1].key == there[i].key:
            i, j = i + 1, j + 2
        else:
            return None
    if i < len(there) and there[i].bound:
        return None
    if _ends_early(quote, text, there, i) or _begins_late(quote, text, there, first):
        return None
    return there[first].start, there[i - 1].end


def _altered(quote: str, text: str) -> QuoteVerdict | None:
    """The place that the quotation is likest to, with what differs; None if it is not like any."""
    wanted, there = tokenise(quote), tokenise(text)
    window = likeliest(keys(wanted), keys(there))
    if window is None:
        return None
    first, last = window
    differences: list[tuple[str, str]] = []
    for ours, theirs in changed_blocks(keys(wanted), keys(there[first:last])):
        pair = (
            [surface(quote, token) for token in wanted[ours]],
            [surface(text, token) for token in there[first:last][theirs]],
        )
        differences.extend(zip_longest(*pair, fillvalue=""))
    if not differences:
        differences = [_cut_off(quote, text, first, last)]
    if len(differences) > max(1, MAX_CHANGED * len(wanted)) or len(differences) >= len(wanted):
        return None
    return QuoteVerdict("altered", there[first].start, there[last - 1].end, tuple(differences))


def _cut_off(quote: str, text: str, first: int, last: int) -> tuple[str, str]:
    """Where the tokens are the same: the one at which the quotation cuts a word, or leaves off too early."""
    wanted, there = tokenise(quote), tokenise(text)
    if there[first].bound and not wanted[0].bound:
        return surface(quote, wanted[0]), text[there[first - 1].start : there[first].end]
    if last < len(there) and there[last].bound:
        return surface(quote, wanted[-1]), text[there[last - 1].start : there[last].end]
    if _ends_early(quote, text, there, last):
        return "", surface(text, there[last])
    return "", surface(text, there[first - 1])


def _ends_early(quote: str, text: str, there: Sequence[Token], last: int) -> bool:
    """Whether a quotation ends with a full stop where the source's sentence goes on: it may go on with "not"."""
    if last == len(there) or text[there[last - 1].end - 1] == ".":  # an abbreviation's dot may be its sentence's too
        return False
    goes_on = not text[there[last - 1].end : there[last].start].strip(_SPACING)
    return goes_on and bool(_FULL_STOP.search(quote))


def _begins_late(quote: str, text: str, there: Sequence[Token], first: int) -> bool:
    """Whether a quotation made a sentence, with a capital and a full stop, of the middle of one."""
    if first == 0 or not _FULL_STOP.search(quote) or text[there[first - 1].end : there[first].start].strip(_SPACING):
        return False
    initial = quote[tokenise(quote)[0].start :][:2]
    return initial[:1].isupper() and not initial[1:].isupper() and text[there[first].start].islower()
