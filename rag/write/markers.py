"""Read what an LLM writes, as it comes: sentences, and the numbers of the evidence that each cites.

No part of a marker is ever shown, however it is cut into chunks and however it is malformed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from index.passages import sentence_spans

MAX_MARKER = 64  #: characters from bracket to bracket
MAX_RANGE = 8  #: sentences that a range such as [S3-S7] may stand for

_NUMBER = r"(?:(?:sentences?|sources?|S)\s*[:.#]?\s*)?[\^#]?(?<!\d)(\d{1,9})(?!\d)"
_ITEM = re.compile(rf"{_NUMBER}(?:\s*(?:-|–|—|−|\.\.+|\bto\b)\s*{_NUMBER})?", re.I)
_LIST = re.compile(rf"(?:{_ITEM.pattern}[\s,;，；、&+/]*(?:and\s+)?)+(?:†.*)?", re.I)
_NAMED = re.compile(r"\bS\s?(\d{1,9})(?!\d)", re.I)
_NOTHING = re.compile(
    r"\W*(?:S|S?\W+|citations? needed|sources?|sentences?)?\W*", re.I
)  # a marker that names no number
_YEAR = re.compile(r"[12]\d{3}")
_BRACKETED = re.compile(rf"[\[［【]{{1,2}}([^\[\]［］【】\n]{{0,{MAX_MARKER}}})[\]］】]{{1,2}}")
_WITH_SPACE = re.compile(rf"\s?{_BRACKETED.pattern}")
_BRACKETED_BEGUN = re.compile(rf"[\[［【]{{1,2}}[^\[\]［］【】\n]{{0,{MAX_MARKER}}}")
_IN_PARENTHESES = re.compile(r"[(（]\s*((?:S\s?\d{1,9}[\s,;&–-]*(?:and\s+)?)+)[)）]", re.I)
_PARENTHESES_BEGUN = re.compile(r"[(（]\s*(?:S(?:\s?\d{1,9}[\s,;&–-]*(?:a|an|and|and\s+)?)?)*", re.I)
_SEPARATOR = re.compile(r"[^\S\n]*(?:[,;，；、&+/–—-][^\S\n]*)?(?:and[^\S\n]+)?", re.I)  # between two markers
_SEPARATOR_BEGUN = re.compile(r"[^\S\n]*(?:[,;，；、&+/–—-][^\S\n]*)?(?:an?|and[^\S\n]*)?", re.I)
_OPENING = re.compile(r"[\[［【(（]")
# Brackets that remain are no markers, and shall not look like any.
_PLAIN_BRACKETS = str.maketrans("[]［］【】", "()()()")

_LABEL = r"(?:the )?answer(?: to (?:this|the|your) question)?(?: is)?\s*:\s*"
_LABELS = tuple(
    f"{the}answer{to}{ends}"
    for the in ("", "the ")
    for to in ("", " to this question", " to the question", " to your question")
    for ends in (":", " :", " is:", " is :")
)
_LINE_START = re.compile(rf"\s*(?:(?:[-*•–—>]|#{{1,6}}|\d{{1,2}}[.)])\s+|{_LABEL})*", re.I)
_BULLET_BEGUN = re.compile(r"[-*•–—>]*|#*|\d{1,2}[.)]?")
_EMPHASIS = re.compile(r"\*\*|__|`")
_TERMINATOR = re.compile(r"[.!?…]+[\"'”’»)]*(?=\s)")
_NEXT_WORD = re.compile(r"\s+\S+(?=\s)")
_LAST_WORD = re.compile(r"\s+\S+")
_CLOSING = frozenset(".,;:!?…)”’»")


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece of the sentence under way."""

    text: str


@dataclass(frozen=True, slots=True)
class Drafted:
    """A sentence is complete. Its `text` is what was shown of it, without markers."""

    text: str
    numbers: tuple[int, ...]  #: cited, in order, each once; they may not exist
    finished: bool = True  #: False if the stream ended within it


Piece = Shown | Drafted


def read_marker(content: str) -> list[int] | None:
    """The numbers between a marker's brackets, none if it is malformed; None if it is no marker."""
    content = content.strip()
    if _YEAR.fullmatch(content):
        return None
    if not _LIST.fullmatch(content):
        if _NAMED.match(content):  # "S3: what it says"
            return [int(number) for number in dict.fromkeys(_NAMED.findall(content))]
        return [] if _NOTHING.fullmatch(content) else None
    numbers: list[int] = []
    for first, last in _ITEM.findall(content.split("†")[0]):
        low, high = int(first), int(last or first)
        numbers += range(low, high + 1) if low <= high < low + MAX_RANGE else (low, high)
    return list(dict.fromkeys(numbers))


def without_own_markers(text: str) -> str:
    """A source's text without what would pass for a marker of ours."""
    return _WITH_SPACE.sub(lambda match: match[0] if read_marker(match[1]) is None else "", text)


class MarkerFilter:
    """Parts a stream of text into plain text and the numbers of markers; reasoning is left out."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._held = ""
        self._after_marker = False  # and nothing since but what may stand between two
        self._thinking: bool | None = None  # None until the first letters show whether it begins by thinking aloud

    def feed(self, delta: str) -> Iterator[str | list[int]]:
        """What is certain after one more chunk."""
        self._held += delta
        if self._skip_thinking():
            yield from self._parts(final=False)

    def end(self) -> Iterator[str | list[int]]:
        """What remains."""
        if not self._thinking:
            yield from self._parts(final=True)

    def _skip_thinking(self) -> bool:
        if self._thinking is None:
            begun = self._held.lstrip()
            if len(begun) < len("<think>") and "<think>".startswith(begun):
                return False
            self._thinking = begun.startswith("<think>")
        if self._thinking:
            before, closed, after = self._held.partition("</think>")
            if not closed:
                self._held = before[-len("</think>") :]
                return False
            self._held, self._thinking = after, False
        return True

    def _parts(self, final: bool) -> Iterator[str | list[int]]:
        text, self._held = self._held, ""
        begin = position = 0
        while opening := _OPENING.search(text, position):
            place = opening.start()
            square = opening.group() not in "(（"
            numbers, end, undecided = _marker_at(text, place, square, final)
            between = self._after_marker and _SEPARATOR.fullmatch(text, begin, place)
            if undecided:
                if not between:
                    yield from self._plain(text[begin:place])
                self._held = text[begin if between else place :]
                return
            if numbers is None:
                position = place + 1
                continue
            if not between:
                yield from self._plain(text[begin:place])
            yield numbers
            self._after_marker = True
            begin = position = end
        if self._after_marker and not final and _SEPARATOR_BEGUN.fullmatch(text, begin):
            self._held = text[begin:]
        else:
            yield from self._plain(text[begin:])

    def _plain(self, text: str) -> Iterator[str]:
        if text:
            self._after_marker = False
            yield text.translate(_PLAIN_BRACKETS)


def _marker_at(text: str, place: int, square: bool, final: bool) -> tuple[list[int] | None, int, bool]:
    """The numbers of the marker that begins there, None if none does; its end; and whether more must come to tell."""
    whole = (_BRACKETED if square else _IN_PARENTHESES).match(text, place)
    if whole and (final or not square or whole.end() < len(text)):  # else a second bracket may follow
        return read_marker(whole.group(1)), whole.end(), False
    begun = (_BRACKETED_BEGUN if square else _PARENTHESES_BEGUN).match(text, place)
    if not (whole or (begun and _reaches_end(begun, text))):
        return None, place, False
    if not final:
        return None, place, True
    content = text[place:].strip("[［【(（")
    return read_marker(content) if square or content else None, len(text), False  # cut off by the end of the stream


def _reaches_end(begun: re.Match[str], text: str) -> bool:
    """Whether a marker that has begun may go on in the next chunk."""
    return begun.end() == len(text) and len(text) - begun.start() <= MAX_MARKER + 2


@dataclass(slots=True)
class _Line:
    """The text under way, which ends at the latest where its line does."""

    raw: str = ""
    marks: list[tuple[int, list[int]]] = field(default_factory=list)  # places in the text, and numbers
    after_mark: bool = False
    ended: bool = False
    fresh: bool = True  #: nothing of it has been closed yet: it may begin with a bullet
    later: list[list[int]] = field(default_factory=list)  # numbers that came after the line's end

    def text(self) -> str:
        """The line without markup, in single spaces."""
        begin = _LINE_START.match(self.raw) if self.fresh else None
        plain = _EMPHASIS.sub("", self.raw[begin.end() if begin else 0 :])
        return " ".join(plain.split()) + (" " if plain[-1:].isspace() else "")


def _may_be_start(raw: str) -> bool:
    """Whether all of a line so far may be what is left out at its beginning: a bullet, or a label."""
    begin = _LINE_START.match(raw)
    rest = re.sub(r"\s+", " ", raw[begin.end() if begin else 0 :].lower())
    return bool(_BULLET_BEGUN.fullmatch(rest)) or any(label.startswith(rest) for label in _LABELS)


class DraftReader:
    """Parts a stream of text into sentences. What is yielded does not depend on how the stream is cut."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._filter = MarkerFilter()
        self._line = _Line()
        self._shown = 0  # characters of the line's text
        self._leading: bool | None = None  # whether markers stand before their sentences; None at the beginning

    def feed(self, delta: str) -> Iterator[Piece]:
        """What is certain after one more chunk."""
        for part in self._filter.feed(delta):
            yield from self._take(part)

    def end(self, *, finished: bool = True) -> Iterator[Piece]:
        """What remains. A stream that broke off leaves a sentence that is not `finished`, unless it ends like one."""
        for part in self._filter.end():
            yield from self._take(part)
        self._line.marks += [(len(self._line.text()), numbers) for numbers in self._line.later]
        yield from self._sentences(final=True, finished=finished)

    def _take(self, part: str | list[int]) -> Iterator[Piece]:
        if isinstance(part, list):
            self._mark(part)
            return
        for number, piece in enumerate(part.split("\n")):
            if number:
                self._end_line()
            if piece.strip() and self._line.ended:
                later = self._line.later
                yield from self._sentences(final=True)
                self._line = _Line(marks=[(0, numbers) for numbers in later])
                self._shown = 0
            if piece:
                self._append(piece)
                yield from self._sentences(final=False)

    def _mark(self, numbers: list[int]) -> None:
        line = self._line
        text = line.text().rstrip()
        if self._leading is None:
            self._leading = not text
        if line.ended:
            line.later.append(numbers)
        else:
            line.marks.append((len(text), numbers))
            line.after_mark = True

    def _end_line(self) -> None:
        line = self._line
        if line.text().strip():
            line.marks += [(len(line.text()), numbers) for numbers in line.later]  # they stood on a line alone
            line.later, line.ended = [], True

    def _append(self, piece: str) -> None:
        line = self._line
        if line.ended:
            return  # white space
        if line.after_mark and piece.strip():
            line.raw = line.raw.rstrip()
            if line.raw and piece.lstrip()[0] not in _CLOSING:
                line.raw += " "
            piece = piece.lstrip()
            if line.raw.endswith((".", "!", "?")):
                piece = piece.removeprefix(".")  # "It opened. [S3]."
            line.after_mark = False
        if not (line.after_mark and piece.isspace()):
            line.raw += piece

    def _sentences(self, *, final: bool, finished: bool = True) -> Iterator[Piece]:
        """Show what is certain, and close every sentence that is complete."""
        if not final and self._line.fresh and _may_be_start(self._line.raw):
            return
        text = self._line.text()
        while True:
            end, start = self._boundary(text, final)
            if start is None:
                break
            yield from self._show(text[:end])
            yield self._close(end, start)
            text = text[start:]
            self._shown = 0
        if not final:
            yield from self._show(text[:end].rstrip(" *_"))
            return
        text = text.strip()
        yield from self._show(text)
        if text:
            yield Drafted(text, self._numbers(len(text) + 1), finished or bool(_TERMINATOR.search(f"{text} ", -5)))
        self._line, self._shown = _Line(), 0

    def _boundary(self, text: str, final: bool) -> tuple[int, int | None]:
        """Where the first sentence ends and the next one starts, or how much may be shown before that is known."""
        for terminator in _TERMINATOR.finditer(text):
            word = (_LAST_WORD if final else _NEXT_WORD).match(text, terminator.end())
            if not word:
                return terminator.end(), None
            # No further than the next word, so that it does not matter how much more has come already.
            spans = sentence_spans(text[: word.end()])
            if len(spans) > 1 and spans[0][1] == terminator.end():
                return spans[0][1], spans[1][0]
        return len(text), None

    def _close(self, end: int, start: int) -> Drafted:
        line = self._line
        text = line.text()
        inner = self._leading and any(place == 0 for place, _ in line.marks)
        drafted = Drafted(text[:end], self._numbers(end if inner else start))
        line.raw, line.fresh = text[start:], False
        line.marks = [(max(0, place - start), numbers) for place, numbers in line.marks]
        return drafted

    def _numbers(self, end: int) -> tuple[int, ...]:
        """Take the numbers that are cited before a place; a leading marker at the end belongs to what follows."""
        line = self._line
        cited = [numbers for place, numbers in line.marks if place < end or place == 0]
        line.marks = [(place, numbers) for place, numbers in line.marks if place >= end and place > 0]
        return tuple(dict.fromkeys(number for numbers in cited for number in numbers))

    def _show(self, text: str) -> Iterator[Shown]:
        if len(text) > self._shown:
            yield Shown(text[self._shown :])
            self._shown = len(text)
