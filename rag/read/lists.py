"""Lists in documents: what is quoted of one beside an item of it, or beside the line that introduces it."""

import re
from collections.abc import Mapping
from dataclasses import replace

from index.types import IndexedDocument
from rag.read.evidence import Quotation
from rag.read.sentences import before_on_line

MAX_LIST_CHARS = 800  #: of a list with the line that introduces it
MAX_STEPS_CHARS = 1_600  #: of steps that are to be taken, none of which may be missing
# The other items of a list, one of which is quoted, are quoted too if theirs is at least this on average.
LIST_RELEVANT = -1.5
MOST_BETWEEN = 5  #: sentences from the line that introduces a list to the item quoted with it
MOST_WORDS = 12  #: of an item of a list without marks
MOST_OF_LABEL = 3  #: words
FEWEST_LINES = 3  #: of such a list

_STOP = re.compile(r"[.!?][\"'”’)\]]*$")
_GREETING = re.compile(r"\W*(?:dear|hello|hi|good (?:morning|day|evening)|to whom)\b", re.I)
_FOLLOWING = re.compile(r"\b(?:the|these) following\b|\bas follows\b", re.I)
_FIELD = re.compile(r": | \| ")  #: a row of a form or a table, which tells of what it is itself
_NUMBERED_ITEM = re.compile(r"[ \t>|]*\(?\w+[.)]")
_MARK = re.compile(
    r"[ \t>|]*(?:\d{1,3}[.)][ \t]+(?=[a-z][.)]\s))?\(?(?:(?P<figure>\d{1,3})|(?P<letter>[a-zA-Z]{1,4})|(?P<sign>\S))"
)
_LIST_ITEM = re.compile(r"[ \t>|]*(?:[-*+•▪◦‣–—☐☑☒✓✗]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)])[ \t]+\S")


def with_items(quotation: Quotation) -> Quotation:
    """A line that introduces a list by a colon, with its items; if it is an item itself, with those set in below it."""
    document, last = quotation.document, quotation.last
    if not _introduces(document, last - 1):
        return quotation
    above = _depth(document, last - 1) if is_item(document, last - 1) else -2
    lines = _lines_below(document, last)
    while last in lines or (is_item(document, last) and _depth(document, last) > above + 1):
        if not has_room(document, quotation.first, last + 1):
            break
        last += 1
    return replace(quotation, last=last)


def introduces_alone(quotation: Quotation) -> bool:
    """Whether this is nothing but a label of what is not quoted with it; a longer line says something itself."""
    alone = quotation.last - quotation.first == 1 and _introduces(quotation.document, quotation.first)
    return alone and len(quotation.document.line(quotation.first).split()) <= MOST_OF_LABEL


def _lines_below(document: IndexedDocument, first: int) -> range:
    """The items without marks from a position on that are no sentences: of these only a reader can tell."""
    last = first
    while _is_line(document, last) and not _STOP.search(document.line(last)):
        last += 1
    return range(first, last if last - first >= FEWEST_LINES else first)


def among_items(
    quotation: Quotation, relevance: Mapping[tuple[str, int], float], *, of_steps: bool = False
) -> Quotation:
    """An item of a list, with the others and what introduces them if their relevance says that they belong to it.

    Of steps, all belong.
    """
    document, own = quotation.document, range(quotation.first, quotation.last)
    of_list = _list_around(document, own)
    of_steps = of_steps and all(is_item(document, one) and _is_numbered(document, one) for one in own)
    others = [one for one in of_list if one not in own]
    known = [relevance[place] for one in others if (place := (document.id, one)) in relevance]
    belong = bool(known) and len(known) == len(others) and sum(known) / len(known) >= LIST_RELEVANT
    first, last = of_list.start, of_list.stop
    most = MAX_STEPS_CHARS if of_steps else MAX_LIST_CHARS
    if not (belong or of_steps) or not has_room(document, first, last, most):
        return quotation
    if first > 0 and _introduces(document, first - 1) and has_room(document, first - 1, last, most):
        first -= 1
    return replace(quotation, first=first, last=last)


def introduced(quotation: Quotation, most: int) -> tuple[Quotation, ...]:
    """Items of a list with the line that introduces it, which may deny what they say, and those between.

    Where that is too long for one quotation, or much stands between, the line is another.
    """
    document, own = quotation.document, range(quotation.first, quotation.last)
    if not is_item(document, own.start):
        return (quotation,)
    above = (_above_its_like(document, own.start), _list_around(document, own).start - 1)
    before = next((line for one in above if (line := _introduction(document, one)) is not None), None)
    if before is None:
        return (quotation,)
    if own.start - before <= MOST_BETWEEN and has_room(document, before, own.stop, most):
        return (replace(quotation, first=before),)
    return quotation, Quotation(document, before, before + 1)


def _above_its_like(document: IndexedDocument, position: int) -> int:
    """The position above the items that have a mark of the kind that an item has, such as the letters of a clause."""
    kind = _mark(document, position)
    while is_item(document, position) and _mark(document, position) == kind:
        position -= 1
    return position


def _mark(document: IndexedDocument, position: int) -> str:
    """The kind of mark that an item's line begins with: a letter, a figure, a sign; of two, the last ("4. a.")."""
    mark = _MARK.match(document.text, _line_start(document, position))
    return (mark.lastgroup or "") if mark else ""


def _introduction(document: IndexedDocument, above: int) -> int | None:
    """The line that introduces the list below a position: one in a colon, or that of its paragraph that says so."""
    if above < 0:
        return None
    if _introduces(document, above):
        return above
    paragraph = document.sentences[above].paragraph
    while above >= 0 and document.sentences[above].paragraph == paragraph:
        if _FOLLOWING.search(document.line(above)):
            return above
        above -= 1
    return None


def _list_around(document: IndexedDocument, own: range) -> range:
    """The positions of all items of the list that some are in; these alone where they are in none."""
    first, last = own.start, own.stop
    if all(is_item(document, one) for one in own):
        depth, numbered = min((_depth(document, one), _is_numbered(document, one)) for one in own)
        while _is_of_list(document, first - 1, depth, numbered=numbered):
            first -= 1
        while _is_of_list(document, last, depth, numbered=numbered):
            last += 1
        return range(first, last)
    if not all(_is_line(document, one) for one in own):
        return own
    while _is_line(document, first - 1):
        first -= 1
    while _is_line(document, last):
        last += 1
    headed = first > 0 and (_heads_lines(document, first - 1) or _introduces(document, first - 1))
    return range(first, last) if headed and last - first >= FEWEST_LINES else own


def _heads_lines(document: IndexedDocument, position: int) -> bool:
    """Whether a heading may name the items below it: those below a document's title may be its authors and date."""
    is_title = position == 0 and any(one.heading for one in document.sentences[1:])
    return document.sentences[position].heading and not is_title


def _is_line(document: IndexedDocument, position: int) -> bool:
    """Whether there may be an item of a list without marks at a position: a short line that stands by itself."""
    if not 0 <= position < len(document.sentences) or is_item(document, position):
        return False
    sentence, said = document.sentences[position], document.line(position)
    around = document.sentences[max(0, position - 1) : position + 2]
    alone = sum(one.paragraph == sentence.paragraph for one in around) == 1
    plain = not sentence.heading and not _introduces(document, position) and not _FIELD.search(said)
    return alone and plain and len(said.split()) <= MOST_WORDS


def _is_of_list(document: IndexedDocument, position: int, depth: int, *, numbered: bool) -> bool:
    """Whether an item belongs to a list, set in so far, or is below one of its items: numbers follow no bullets."""
    if not is_item(document, position):
        return False
    further = _depth(document, position) - depth
    return further > 1 or (further >= -1 and _is_numbered(document, position) == numbered)


def _is_numbered(document: IndexedDocument, position: int) -> bool:
    item = document.sentences[position]
    return bool(_NUMBERED_ITEM.match(document.text, _line_start(document, position), item.end))


def _introduces(document: IndexedDocument, position: int) -> bool:
    line = document.line(position)
    return line.rstrip("-–— ").endswith(":") and not _GREETING.match(line)


def _depth(document: IndexedDocument, position: int) -> int:
    """How far the line of an item is set in, in characters; one more or less is none, as of 9. above 10."""
    item = document.sentences[position]
    line = document.text[_line_start(document, position) : item.end].replace("> ", ">").expandtabs(4)
    return len(line) - len(line.lstrip(" >"))


def is_item(document: IndexedDocument, position: int) -> bool:
    """Whether there is a sentence at a position that is an item of a list."""
    if not 0 <= position < len(document.sentences):
        return False
    sentence = document.sentences[position]
    start = _line_start(document, position)
    return not sentence.heading and bool(_LIST_ITEM.match(document.text, start, sentence.end))


def _line_start(document: IndexedDocument, position: int) -> int:
    return document.sentences[position].start - len(before_on_line(document, position))


def is_among_items(document: IndexedDocument, position: int) -> bool:
    """Whether a sentence is an item of a list of several."""
    return is_item(document, position) and (is_item(document, position - 1) or is_item(document, position + 1))


def has_room(document: IndexedDocument, first: int, last: int, most: int = MAX_LIST_CHARS) -> bool:
    """Whether the sentences from the first to before the last are not too long for one quotation."""
    return document.sentences[last - 1].end - document.sentences[first].start <= most
