"""What a stretch of a sentence must not be cut out of: its denial, exception, condition, doubt, contrast or past."""

import re

from rag.words import WORD, content, stem

# Of each kind, patterns between commas; a question that means it has one of them, too.
_DENIAL = (
    "\\w+n['’]t, not(?! only), never, no(?!\\.? ?\\d| (?:later|earlier|more|less|fewer|longer) than), none, nor, "
    "neither, nobody, nothing, nowhere, cannot, unable, impossible, in vain, far from, anything but, without, "
    "hardly, scarcely, barely, rarely, seldom, (?<!\\ba )(?:few|little)(?= \\w)"
)
_EXCEPTION = (
    "except\\w*, exclu\\w+, with the exception of, apart from, aside from, other than, save (?:for|on|in|that), "
    "barring, bar(?: one| the)?, minus, short of, besides, but (?:not|never|only), "
    "(?:all|any|every|no|any(?:one|body|thing)|every(?:one|body|thing)|no(?:body|thing)|none)(?: \\w+){0\\,2} but"
)
_CONDITION = (
    "if, unless, until, till, provided, providing, as long as, so long as, subject to, in case, depend\\w*, "
    "on condition, only (?:if|when|with|after|on|by|through|to|for|in|where|while), "
    "whether, otherwise, (?:^|(?<=\\, ))had"
)
_DOUBT = (
    "(?-i:may), might, could, would, perhaps, maybe, possibl\\w+, probabl\\w+, (?:un)?likely, seem\\w*, appears?, "
    "alleg\\w+, reportedly, apparently, suppos\\w+, rumou?r\\w*, legend, myth, hypothe\\w+, "
    "(?:is|are|was|were) (?:said |meant )?to, says? that, said that, told that, wrong\\w*, "
    "mistaken\\w*, erroneous\\w*, false\\w*, untrue, almost, nearly, narrowly, due to be, set to, scheduled"
)
_PAST = (
    "former\\w*, previous\\w*, used to, no longer, originally, initially, at first, earlier, once, deprecated, "
    "obsolete, outdated, old(?! \\w+ (?:is|are)), until"
)


def _pattern(listed: str) -> re.Pattern[str]:
    patterns = (one.replace("\\,", ",") for one in re.split(r"(?<!\\), ", listed))
    return re.compile(rf"\b(?:{'|'.join(patterns)})(?!\w)", re.I)


_KINDS = {
    "denial": _pattern(_DENIAL),
    "exception": _pattern(_EXCEPTION),
    "condition": _pattern(_CONDITION),
    "doubt": _pattern(_DOUBT),
    "past": _pattern(_PAST),
}
# Verbs of what did not come about: a question that means it has the same one.
_UNDONE = frozenset(
    map(
        stem,
        "fail refuse reject deny decline forbid forbidden prohibit cancel postpone withdraw withdrew withdrawn cease "
        "abolish scrap abandon retract revoke repeal dismiss avert oppose miss fell error mistake".split(),
    )
)
# Verbs of what is only thought, said or planned: a question that means it has one of them.
_THOUGHT = frozenset(
    map(
        stem,
        "believe think thought doubt claim expect hope intend plan propose want promise aim attempt try pretend "
        "predict assume suggest suspect suppose fear wish estimate".split(),
    )
)
_SET_AGAINST = re.compile(
    r"\b(?:(?<!more )(?<!less )(?<!fewer )(?<!later )(?<!earlier )than|unlike|instead of|rather than|in place of"
    r"|compared (?:with|to)|as opposed to|contrary to|against|as against|in lieu of|dear|hi|hello|from(?= \W?\d))\b",
    re.I,
)
_IN_THE_PAST = re.compile(r"\b(?:was|were|did|had)\b", re.I)
_FROM_TO = re.compile(r"\bto \W?\d", re.I)
# Where what was said of one thing ends, and something else is said.
_BREAK = re.compile(
    r";|\s[–—]\s|(?<=[a-z]):\s|,? \bbut (?!not\b|never\b|only\b)|,? \b(?:while|whereas|although|though|yet)\b"
    r"|, (?:and|or|so)\b|(?<=[a-z)])[.!?]\s",
    re.I,
)
_ASIDE = re.compile(
    r",\s(?:which|who|whom|whose|where|when)\b[^,;]*(?:,|(?=[.;]|$))|\([^()]*\)"
    r"|,\s(?:but|and|or|if|though) [^,;]{1,40},|,\s(?:and )?not (?!only\b)[^,;]*(?:,|(?=[.;]|$))",
    re.I,
)
# What follows is said for its own sake; a denial in it does not reach out of it.
_SUBORDINATE = re.compile(
    r"\b(?:which|who|whom|whose|because|since|so that|as|after|before|when|where|that|although|though|while|due to)\b",
    re.I,
)
_CLOSED = ("denial", "doubt", "past")  #: cues of these kinds do not reach out of a subordinate clause
_BEFORE_DENIAL = re.compile(r";\s|(?<=[a-z)])[.!?]\s|,? (?=but\b)|[,(–—]\s?(?=not\b)", re.I)
_ALL_BUT = re.compile(r"\b(?:all|any\w*|every\w*|no|none|nobody|nothing)(?: \w+){0,2} $", re.I)


def clause_around(text: str, start: int, end: int) -> tuple[str, int]:
    """The clause of a sentence in which a stretch stands, asides in it blanked, and where it begins."""
    asides = list(_ASIDE.finditer(text))
    for aside in asides:
        if aside.start() <= start and end <= aside.end() and aside[0][0] != "(":
            return aside[0], aside.start()
    breaks = [found.span() for found in _BREAK.finditer(text) if not _is_all_but(text, found)]
    first = max((after for _, after in breaks if after <= start), default=0)
    last = min((before for before, _ in breaks if end <= before), default=len(text))
    clause = text[first:last]
    for one, other in (aside.span() for aside in asides):
        if first <= one < last and (other <= start or end <= one):
            other = min(other, last)
            clause = clause[: one - first] + " " * (other - one) + clause[other - first :]
    return clause, first


def is_turned(question: str, clause: str, first: int, last: int) -> bool:
    """Whether a clause says something else than its stretch `first:last` alone, unless the question has that too."""
    asked = {stem(word.lower()) for word in WORD.findall(question)}
    said = {stem(word.lower()) for word in WORD.findall(clause[:first] + " " + clause[last:])}
    is_thought = not asked.isdisjoint(_THOUGHT)
    for kind, pattern in _KINDS.items():
        if pattern.search(question) or (kind == "past" and _IN_THE_PAST.search(question)):
            continue
        if kind == "doubt" and is_thought:
            continue
        outside = (one for one in pattern.finditer(clause) if one.start() < first or one.end() > last)
        if any(not (kind in _CLOSED and _is_shut_off(clause, one.span(), first, last)) for one in outside):
            return True
    if (said & _UNDONE) - asked or (not is_thought and not said.isdisjoint(_THOUGHT)):
        return True
    return _is_contrasted(question, clause, first)


def misses_denial(question: str, text: str, start: int, end: int) -> bool:
    """Whether a question denies what a stretch of a text says of one thing, while another part of the text denies it.

    Of "Ann may come; not Bob", only the second part answers who may not.
    """
    denied = _KINDS["denial"]
    if not denied.search(question) or not denied.search(text):
        return False
    breaks = [found.span() for found in _BEFORE_DENIAL.finditer(text)]
    first = max((after for _, after in breaks if after <= start), default=0)
    last = min((before for before, _ in breaks if end <= before), default=len(text))
    part = text[first:last]
    excluded = _KINDS["exception"].search(part) or not _UNDONE.isdisjoint(stem(w.lower()) for w in WORD.findall(part))
    return bool(breaks) and not denied.search(part) and not excluded


def _is_shut_off(text: str, cue: tuple[int, int], first: int, last: int) -> bool:
    """Whether a cue stands in a subordinate clause that begins after a stretch, or ends before it with a comma."""
    if cue[0] >= last:
        return bool(_SUBORDINATE.search(text, last, cue[0]))
    return bool(_SUBORDINATE.search(text, 0, cue[0])) and "," in text[cue[1] : first]


def _is_contrasted(question: str, text: str, first: int) -> bool:
    """Whether a place stands in the phrase that a word of contrast begins, or what is asked of stands there alone."""
    asked = content(question)
    for found in _SET_AGAINST.finditer(text):
        if re.search(rf"\b{re.escape(found.group())}\b", question, re.I):
            continue
        if found.group().lower() == "from" and not _FROM_TO.search(text[: found.start()]):
            continue
        stop = re.compile(r"[,;:]|$").search(text, found.end())
        end = stop.start() if stop else len(text)
        if found.start() < first < end:
            return True
        if asked & content(text[found.end() : end]) - content(text[: found.start()] + text[end:]):
            return True
    return False


def _is_all_but(text: str, found: re.Match[str]) -> bool:
    return "but" in found.group().lower() and bool(_ALL_BUT.search(text[: found.start()] + " "))
