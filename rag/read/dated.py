"""The latest or earliest of a document's headings that tell a day or version each, as in change logs and minutes."""

import re
from collections.abc import Callable
from dataclasses import replace

from rag.ask.dates import day_told
from rag.ask.query import Query
from rag.read.evidence import Candidate, Reading
from rag.read.sentences import heading_level

#: A heading that is no more than the number of a release, unlike that of a section; `2.0-rc1` comes before one.
_VERSION = re.compile(r"\W*(?:[A-Za-z][\w-]* )?(?:v\.? ?)?(\d{1,4}(?:\.\d{1,4}){1,3})\W*", re.I)

Place = tuple[int, ...]  #: in time: year, month and day, or the numbers of a version


def latest_or_earliest(query: Query, reading: Reading) -> Reading:
    """The reading with the heading that is the latest, or earliest, if that is asked for and such a heading answers.

    A reader knows what a heading is of, but hardly compares days or versions. No other one is told beside it.
    """
    wanted = query.reckoning
    if not wanted or wanted.of != "date" or not wanted.is_extreme or wanted.either or wanted.compared:
        return reading
    best = reading.candidates[0] if reading.candidates and not reading.reckoned else None
    places = _places_beside(best) if best else {}
    if not best or len(set(places.values())) < 2:
        return reading
    extreme = (max if wanted.what == "highest" else min)(places.values())
    position, *twins = [position for position, place in places.items() if place == extreme]
    if twins:
        return reading
    known = {one.position: one for one in reading.candidates if one.document is best.document}
    first = known.get(position, Candidate(best.document, position, best.score, relevance=best.relevance))
    others = [one for one in reading.candidates if one.document is not best.document or one.position not in places]
    return replace(reading, candidates=(replace(first, score=best.score), *others))


def _places_beside(candidate: Candidate) -> dict[int, Place]:
    """The days, or versions, that a heading and the others of its level tell, by position; none if it tells neither."""
    for told in (day_told, _version_told):
        if candidate.sentence.heading and told(candidate.text):
            return _told_beside(candidate, told)
    return {}


def _told_beside(candidate: Candidate, told: Callable[[str], Place | None]) -> dict[int, Place]:
    document = candidate.document
    level = heading_level(document, candidate.position)
    return {
        position: place
        for position, sentence in enumerate(document.sentences)
        if sentence.heading and heading_level(document, position) == level
        if (place := told(document.line(position)))
    }


def _version_told(text: str) -> Place | None:
    found = _VERSION.fullmatch(text)
    return tuple(map(int, found[1].split("."))) if found else None
