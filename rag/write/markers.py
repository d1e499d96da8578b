"""Read what an LLM writes, as it comes: sentences, and the numbers of the evidence that each cites.

No part of a marker is ever shown, however it is cut into chunks and however it is malformed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import regex

from index.passages import sentence_spans

MAX_RANGE = 8  #: sentences that a range such as [S3-S7] may stand for

_NUMBER = r"(?:(?:sentences?|sources?|S)\s*[:.#]?\s*)?[\^#]?(?<!\d)(\d{1,9})(?!\d)"
_ITEM = regex.compile(rf"{_NUMBER}(?:\s*(?:-|–|—|−|\.\.+|\bto\b)\s*{_NUMBER})?", regex.I)
_LIST = regex.compile(rf"(?:{_ITEM.pattern}[\s,;，；、&+/]*(?:and\s+)?)+(?:†.*)?", regex.I)
_NAMED = regex.compile(r"\bS\s?(\d{1,9})(?!\d)", regex.I)
_NOTHING = regex.compile(r"\W*(?:S|S?\W+|citations? needed|sources?|sentences?)?\W*", regex.I)  # names no number
_YEAR = regex.compile(r"[12]\d{3}")

# Partial matches of these tell whether what has come so far may become one. \Z: the stream may end within a marker.
_BRACKETED = r"[\[［【]{1,2}[^\[\]［］【】\n]{0,64}(?:[\]］】]{1,2}|\Z)"
_MARKER = regex.compile(rf"{_BRACKETED}|[(（]\s*(?:S\s?\d{{1,9}}[\s,;&–-]*(?:and\s+)?)+(?:[)）]|\Z)", regex.I)
_IN_SOURCE = regex.compile(rf"\s?{_BRACKETED}")
_SEPARATOR = regex.compile(r"[^\S\n]*(?:[,;，；、&+/–—-][^\S\n]*)?(?:and[^\S\n]+)?", regex.I)  # between two markers
_THINKING = regex.compile(r"\s*<think>.*?</think>", regex.S)
_LINE_START = regex.compile(
    r"\s*(?:(?:[-*•–—>]|#{1,6}|\d{1,2}[.)])\s+|(?:the )?answer(?: to (?:this|the|your) question)?(?: is)?\s*:\s*)*",
    regex.I,
)
_OPENING = regex.compile(r"[\[［【(（]")
_BRACKETS = "[［【(（]］】)）"
# Brackets that remain are no markers, and shall not look like any.
_PLAIN_BRACKETS = str.maketrans("[]［］【】", "()()()")
_EMPHASIS = regex.compile(r"\*\*|__|`")
_TERMINATOR = regex.compile(r"[.!?…]+[\"'”’»)]*(?=\s)")
_NEXT_WORD = regex.compile(r"\s+\S+(?=\s)")
_LAST_WORD = regex.compile(r"\s+\S+")
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
    return str(
        _IN_SOURCE.sub(lambda match: match[0] if read_marker(match[0].strip(f" {_BRACKETS}")) is None else "", text)
    )


class MarkerFilter:
    """Parts a stream of text into plain text and the numbers of markers; reasoning is left out."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._held = ""
        self._after_marker = False  # and nothing since but what may stand between two
        self._begun = False  # whether the answer has, after what reasoning there is

    def feed(self, delta: str, *, final: bool = False) -> Iterator[str | list[int]]:
        """What is certain after one more chunk, or at the end."""
        self._held += delta
        if not self._begun:
            thought = _THINKING.match(self._held, partial=True)
            if thought and thought.partial and not final:
                return
            self._held = self._held[thought.end() if thought and "<think>" in self._held else 0 :]
            self._begun = True
        yield from self._parts(final)

    def _parts(self, final: bool) -> Iterator[str | list[int]]:
        text, self._held = self._held, ""
        begin = position = 0
        while opening := _OPENING.search(text, position):
            place = opening.start()
            marker = _MARKER.match(text, place, partial=True)
            undecided = marker and marker.end() == len(text) and not final  # a second bracket may follow
            numbers = read_marker(marker.group().strip(_BRACKETS)) if marker and not undecided else None
            if numbers is None and not undecided:
                position = place + 1
                continue
            if not (self._after_marker and _SEPARATOR.fullmatch(text, begin, place)):
                yield from self._plain(text[begin:place])
                begin = place
            if marker is None or numbers is None:
                self._held = text[begin:]
                return
            yield numbers
            self._after_marker = True
            begin = position = marker.end()
        if self._after_marker and not final and _SEPARATOR.fullmatch(text, begin, partial=True):
            self._held = text[begin:]
        else:
            yield from self._plain(text[begin:])

    def _plain(self, text: str) -> Iterator[str]:
        if text:
            self._after_marker = False
            yield text.translate(_PLAIN_BRACKETS)


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
        for part in self._filter.feed("", final=True):
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
        if not final and self._line.fresh and _LINE_START.fullmatch(self._line.raw, partial=True):
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
