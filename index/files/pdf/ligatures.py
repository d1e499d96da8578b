"""Ligatures of which a PDF file tells one letter only: "Paciic" where "fi" is drawn as one sign, which it calls "i"."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from statistics import median_low
from typing import Any

from index.files.pdf.glyphs import font_of
from index.files.pdf.spelt import Letter
from index.punkt import is_known

LIGATURES = ("fi", "fl", "ff", "Th", "ffi", "ffl", "tt", "ti", "ft")
WIDE = 1.35  #: times the usual width of a letter, from which it may be a ligature
NARROWEST, WIDEST = 0.7, 1.1  #: times the widths of its letters together, which reach over each other, that one has
LEAST = 3  #: letters of a word that tells anything
SAME = 0.1  #: points between the boxes of letters of one sign, of which the file tells them all

_PARTS = frozenset("".join(LIGATURES))
_Font = bytes
_Sign = tuple[_Font, str, float]  #: the letter that is told, and how wide it is


@dataclass(frozen=True, slots=True)
class _Widths:
    """How wide letters are, for their height."""

    of_font: dict[tuple[_Font, str], float]
    of_page: dict[str, float]  #: for what a font has in ligatures only

    def of(self, font: _Font, ligature: str) -> float:
        """The width of a ligature's letters side by side; 0 if one of them is nowhere else."""
        parts = [self.of_font.get((font, part)) or self.of_page.get(part, 0.0) for part in ligature]
        return sum(parts) if all(parts) else 0.0


def with_ligatures(textpage: Any, runs: list[list[Letter]]) -> list[list[Letter]]:
    """The runs of a page; letters far too wide for themselves are ligatures, if that makes words of what is none."""
    alone = [one for run in runs for one in _alone(run)]
    if not _any_wide(alone):
        return runs
    fonts = {one.number: font_of(textpage, one.number) for one in alone}
    widths = _widths(alone, fonts)
    signs = {
        one.number: (font, one.text, round(width, 1))
        for one in alone
        if (width := _width(one)) > WIDE * widths.of_font[(font := fonts[one.number]), one.text]
    }
    words = _words_with(signs, runs)
    found = {sign: reading for sign in words if (reading := _read(sign, words[sign], signs, widths))}
    # Words as good as before, "he" and "The", show nothing by themselves.
    mended = {_family(sign) for sign, (_, counts) in found.items() if counts["mended"]}
    told = {number: found[sign][0] for number, sign in signs.items() if sign in found and _family(sign) in mended}
    return [[replace(one, text=told[one.number]) if one.number in told else one for one in run] for run in runs]


def _family(sign: _Sign) -> bytes:
    """The name of a sign's font without that of the part of it which a file has."""
    return sign[0].split(b"+")[-1]


def _alone(run: Sequence[Letter]) -> Iterator[Letter]:
    """Letters of a run that ligatures have, without those of a sign of which the file tells each."""
    last = len(run) - 1
    for number, one in enumerate(run):
        if one.text not in _PARTS or one.number < 0:
            continue
        if number and abs(run[number - 1].left - one.left) < SAME:
            continue
        if number == last or abs(run[number + 1].left - one.left) >= SAME:
            yield one


def _any_wide(letters: Iterable[Letter]) -> bool:
    """Whether some may be too wide, whichever their fonts, of which it takes long to ask."""
    widths: dict[tuple[str, int], list[float]] = defaultdict(list)
    for one in letters:
        widths[one.text, int(8 * (one.bottom - one.top))].append(one.right - one.left)
    return any(max(some) > WIDE * median_low(some) for some in widths.values())


def _widths(letters: Iterable[Letter], fonts: dict[int, _Font]) -> _Widths:
    of_font: dict[tuple[_Font, str], list[float]] = defaultdict(list)
    of_page: dict[str, list[float]] = defaultdict(list)
    for one in letters:
        width = _width(one)
        of_font[fonts[one.number], one.text].append(width)
        of_page[one.text].append(width)
    return _Widths(
        {letter: median_low(some) for letter, some in of_font.items()},
        {letter: median_low(some) for letter, some in of_page.items()},
    )


def _width(letter: Letter) -> float:
    return (letter.right - letter.left) / max(abs(letter.bottom - letter.top), 1.0)


def _words_with(signs: dict[int, _Sign], runs: Iterable[Sequence[Letter]]) -> dict[_Sign, list[list[Letter]]]:
    """The words that each sign stands in."""
    words: dict[_Sign, list[list[Letter]]] = defaultdict(list)
    for run in runs:
        for is_word, group in groupby(run, key=lambda one: one.text.isalpha()):
            word = list(group)
            for sign in {signs[one.number] for one in word if one.number in signs} if is_word else ():
                words[sign].append(word)
    return words


def _read(
    sign: _Sign, words: Sequence[Sequence[Letter]], signs: dict[int, _Sign], widths: _Widths
) -> tuple[str, Counter[str]] | None:
    """The ligature that a sign is, by its width and what it makes of words; None if that is not sure."""
    font, letter, width = sign
    fitting = [one for one in LIGATURES if letter in (one[0], one[-1])]
    fitting = [one for one in fitting if NARROWEST * widths.of(font, one) <= width <= WIDEST * widths.of(font, one)]
    readings = [(one, _counts(one, sign, words, signs)) for one in fitting]
    readings.sort(key=lambda reading: reading[1]["mended"] + reading[1]["kept"], reverse=True)
    good = [counts["mended"] + counts["kept"] for _, counts in readings]
    if not good or good[0] in (0, *good[1:2]):  # none, or as many of another
        return None
    counts = readings[0][1]
    return readings[0] if not counts["broken"] and good[0] >= counts["unknown"] else None


def _counts(ligature: str, sign: _Sign, words: Iterable[Sequence[Letter]], signs: dict[int, _Sign]) -> Counter[str]:
    """Of how many words a ligature makes some, leaves them such, breaks them, or leaves them unknown."""
    counts = Counter[str]()
    for word in words:
        told = "".join(one.text for one in word)
        read = "".join(ligature if signs.get(one.number) == sign else one.text for one in word)
        if ligature[0].isupper() and ligature in read[1:]:
            counts["broken"] += 1
        elif len(read) >= LEAST:
            was, is_one = is_known(told), is_known(read)
            counts[("kept" if was else "mended") if is_one else ("broken" if was else "unknown")] += 1
    return counts
