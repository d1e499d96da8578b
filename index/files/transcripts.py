"""Transcripts of meetings and subtitles: what was said and by whom, in paragraphs that are known by their time."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from io import StringIO

from index.files.extract import Extract, FormatError
from index.files.text import decode
from index.files.writing import Writer

PAUSE = 4  #: seconds of silence that end a paragraph
ENOUGH, MOST = 400, 900  #: characters after which a paragraph ends with a sentence, and at all
UNPUNCTUATED = 250  #: characters after which it ends where nothing marks the end of a sentence

_SPEAKER = re.compile(r"(?P<name>[^\W\d_][\w.’' ()-]{0,40}):\s+(?=\S)")
_END = re.compile(r"[.!?…][\"'”’)]*$")


@dataclass(frozen=True, slots=True)
class _Cue:
    start: int  #: seconds
    end: int
    speaker: str  #: nothing where nobody is named
    text: str


def read_webvtt(data: bytes) -> Extract:
    """A transcript in WebVTT, as meeting programs save it. Raises FormatError if it is none."""
    return _read(data, "vtt")


def read_subrip(data: bytes) -> Extract:
    """Subtitles in SubRip's form. Raises FormatError if they are none."""
    return _read(data, "srt")


def _read(data: bytes, kind: str) -> Extract:
    from webvtt import WebVTT
    from webvtt.errors import MalformedCaptionError, MalformedFileError

    text, facts = decode(data)
    try:
        captions = WebVTT.from_buffer(StringIO(text), format=kind).captions
        cues = [
            (one.start_in_seconds, one.end_in_seconds, one.voice or "", unescape(one.text).splitlines())
            for one in captions
        ]
    except (MalformedCaptionError, MalformedFileError, ValueError, IndexError) as error:
        raise FormatError(f"is no transcript, or is damaged ({error}); save it as .{kind} again") from None
    if not cues:
        raise FormatError(f"is no transcript, or nothing is said in it; save it as .{kind} again")
    writer = Writer()
    for run in _paragraphs(_said(cues)):
        minutes, seconds = divmod(run[0].start, 60)
        hours, minutes = divmod(minutes, 60)
        writer.part(f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}")
        spoken = " ".join(cue.text for cue in run)
        writer.paragraph(f"{run[0].speaker}: {spoken}" if run[0].speaker else spoken)
    return writer.extract(facts=facts)


def _said(cues: list[tuple[int, int, str, list[str]]]) -> Iterator[_Cue]:
    """The cues with their speakers; a line that rolls up, and so stands in the next cue, too, is told once.

    A name before a colon is a speaker's if it stands before several cues.
    """
    begins = Counter(found["name"] for *_, lines in cues if lines and (found := _SPEAKER.match(lines[0])))
    before: list[str] = []
    for start, end, speaker, lines in cues:
        lines = [line for each in lines if (line := " ".join(each.split()))]
        spoken = " ".join(line for line in lines if line not in before)
        before = lines
        named = _SPEAKER.match(spoken)
        if not speaker and named and begins[named["name"]] > 1:
            speaker, spoken = named["name"], spoken[named.end() :]
        if spoken:
            yield _Cue(start, end, speaker, spoken)


def _paragraphs(cues: Iterator[_Cue]) -> Iterator[list[_Cue]]:
    """The cues of each paragraph: of one speaker, without a long pause, and not without end."""
    run: list[_Cue] = []
    length = 0
    for cue in cues:
        if run and (cue.speaker != run[0].speaker or cue.start - run[-1].end >= PAUSE or _is_enough(run, length)):
            yield run
            run, length = [], 0
        run.append(cue)
        length += len(cue.text) + 1
    if run:
        yield run


def _is_enough(run: list[_Cue], length: int) -> bool:
    if length >= ENOUGH and _END.search(run[-1].text):
        return True
    punctuated = any(_END.search(cue.text) for cue in run)
    return length >= (MOST if punctuated else UNPUNCTUATED)
