"""The latest or earliest of the headings of a document that tell a day each, as those of change logs and minutes do."""

from dataclasses import replace

from rag.ask.dates import day_told
from rag.ask.query import Query
from rag.read.evidence import Candidate, Reading
from rag.read.sentences import heading_level


def of_the_day(query: Query, reading: Reading) -> Reading:
    """The reading with the heading that is the latest, or earliest, if that is asked for and such a heading answers.

    A reader knows what a heading is of, but hardly compares days. No other one is told beside it.
    """
    wanted = query.reckoning
    if not wanted or wanted.of != "date" or not wanted.is_extreme or wanted.either or wanted.compared:
        return reading
    best = reading.candidates[0] if reading.candidates and not reading.reckoned else None
    days = _days_beside(best) if best else {}
    if not best or len(set(days.values())) < 2:
        return reading
    day = (max if wanted.what == "highest" else min)(days.values())
    of_day = [position for position, own in days.items() if own == day]
    if len(of_day) > 1:
        return reading
    known = {one.position: one for one in reading.candidates if one.document is best.document}
    first = known.get(of_day[0], Candidate(best.document, of_day[0], best.score, relevance=best.relevance))
    others = [one for one in reading.candidates if one.document is not best.document or one.position not in days]
    return replace(reading, candidates=(replace(first, score=best.score), *others))


def _days_beside(candidate: Candidate) -> dict[int, tuple[int, int, int]]:
    """The days of the headings of a document that are of the level of one, by their positions; none if it has none."""
    document = candidate.document
    if not candidate.sentence.heading or not day_told(candidate.text):
        return {}
    level = heading_level(document, candidate.position)
    return {
        position: day
        for position, sentence in enumerate(document.sentences)
        if sentence.heading and heading_level(document, position) == level
        if (day := day_told(document.line(position)))
    }
