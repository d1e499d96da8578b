"""Questions that ask how something changed from one year to another: what it was in each."""

import re

from rag.words import AUXILIARIES, one_of

_YEAR = r"(?:the )?(?:FY ?['’]?(?:20)?\d\d|(?:(?:fiscal|financial) (?:year )?)?(?:19|20)\d\d(?:[-/–]\d\d)?)(?!\d)"
_IN = r"(?:between|during|for|from|in|of)"
_YEARS = re.compile(
    rf"(?P<before>.*?\S)\s+(?:{_IN}\s+)?(?P<one>{_YEAR}),?\s+"
    rf"(?P<joined>and|to|vs\.?|versus|(?:as )?(?:against|compared (?:to|with)|opposed to))\s+"
    rf"(?:{_IN}\s+)?(?P<other>{_YEAR})(?P<after>(?: [a-z]+)?)\s*[?.]*",
    re.I | re.S,
)
_CHANGE = (
    r"(?:alter|change|decline|decrease|develop|drop|evolve|fall(?:en)?|go(?:ne)? (?:down|up)|grown?|improve|increase"
    r"|rise(?:n)?|shift|vary|worsen|(?:chang|declin|decreas|develop|dropp|evolv|increas|improv|vari)ed)"
)
_CHANGED = re.compile(
    rf"(?:(?:by )?how(?: far| much)? |in what way )?{one_of(AUXILIARIES)} (?P<thing>.+?) {_CHANGE}(?: or \w+)?", re.I
)
_COMPARE = re.compile(r"(?:please )?compare (?P<thing>.+)", re.I)


def of_each_year(question: str) -> list[str]:
    """The questions what something was in each of two years, between which it changed; none where none is asked for.

    "How did the fee change from 2015 to 2016?" is of the fee in 2015, and in 2016. Not "Who chaired it from 2015 to
    2016?", which is of both.
    """
    found = _YEARS.fullmatch(" ".join(question.split()))
    if not found:
        return []
    years = found["one"], found["other"]
    if found["joined"].lower() not in ("and", "to"):
        return [f"{found['before']} in {year}{found['after']}?" for year in years]
    changed = _CHANGED.fullmatch(found["before"]) or _COMPARE.fullmatch(found["before"])
    return [f"What was {changed['thing']} in {year}{found['after']}?" for year in years] if changed else []
