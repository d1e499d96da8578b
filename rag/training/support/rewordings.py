"""Say a true sentence in other words, so that it stays true: moved, shortened, merged, turned into the passive."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from rag.training.support.words import PASSIVE, SYNONYMS
from rag.words import NUMBERS

FRAMES = ("According to the text, {}", "The text says that {}", "The document states that {}", "It is stated that {}")

_OPENING = re.compile(
    r"^((?:In|On|At|During|After|Before|By|Since|Until|From)\b[^,;:()“”\"]{2,60}), ([^;:“”\"]{15,})\.$"
)
_BRACKET = re.compile(r" \([^()]{1,80}\)")
_CLAUSE = re.compile(r", (?:which|who|where|whose) [^,;:]{5,120}(?=\.$|, (?!and|or))")
_FILLER = re.compile(
    r"^(?:However|Moreover|Furthermore|In addition|Additionally|Also|Indeed|Finally|Then|Therefore|Thus|Still|And|But"
    r"|For example|For instance|Of course|In fact|Meanwhile|As a result),? "
)
_MAGNITUDE = re.compile(r"(?<![\w.,])(\d{1,3})(?:\.(\d))? (million|billion|thousand)\b")
_ROUND = re.compile(r"(?<![\w.,])(\d{1,3}),000(,000)?(?![\w,]|\.\d)")
_PASSIVE = re.compile(
    r"^(?P<subject>(?:The |A |An )?[A-Z]?[\w’'-]+(?: [A-Z][\w’'-]+| [a-z]+){0,3}?) "
    rf"(?P<verb>{'|'.join(sorted(PASSIVE))}) "
    r"(?P<object>(?:the|a|an|its|his|her|their|our|\d[\d,]*|[A-Z][\w’'-]+)\b[^,;:()]{2,60}?)"
    r"(?P<rest>(?: (?:in|on|at|during|after|before|from|for|by|until|since|between) [^,;:()]+)?)\.$"
)
_ACTIVE = re.compile(
    r"^(?P<object>[A-Z][^,;:()]{2,60}?) (?:was|were) "
    rf"(?P<verb>{'|'.join(sorted(PASSIVE))}) by (?P<subject>(?:the |a |an )?[A-Z]?[\w’'-]+(?: [A-Z][\w’'-]+){{0,3}})"
    r"(?P<rest>(?: (?:in|on|at|during|after|before|for|until|since) [^,;:()]+)?)\.$"
)
_CONTRACTIONS = tuple(
    (f"{word} not", f"{short}n’t")
    for word, short in (
        ("is", "is"),
        ("are", "are"),
        ("was", "was"),
        ("were", "were"),
        ("did", "did"),
        ("does", "does"),
        ("do", "do"),
        ("has", "has"),
        ("have", "have"),
        ("had", "had"),
        ("would", "would"),
        ("could", "could"),
        ("should", "should"),
    )
)
_VERBLIKE = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|did|does|\w+ed)\b")
_FINITE = re.compile(r"\b(?:he|she|it|they|we|I|you|there|which|who|that)\b")
_NOT_A_SUBJECT = re.compile(r"\b(?:which|who|that|when|where|was|were|is|are|had|has|have|not|never|and|or|of|to|by)\b")


@dataclass(frozen=True, slots=True)
class Rewording:
    """A sentence that says what the one it was made of says, or less."""

    kind: str
    text: str


def reword(sentence: str, rng: random.Random) -> list[Rewording]:
    """Every way of saying it otherwise that the sentence allows."""
    found = []
    for kind, maker in _MAKERS.items():
        if text := maker(sentence, rng):
            found.append(Rewording(kind, text))
    for first, second in (
        ("synonym", "moved"),
        ("numeral", "shortened"),
        ("synonym", "passive"),
        ("synonym", "framed"),
    ):
        if (text := _MAKERS[first](sentence, rng)) and (twice := _MAKERS[second](text, rng)):
            found.append(Rewording(f"{first}, {second}", twice))
    return [one for one in found if one.text != sentence]


def merge(one: str, other: str, rng: random.Random) -> Rewording | None:
    """Two sentences as one."""
    if not (one.endswith(".") and other.endswith(".")) or len(one) + len(other) > 350 or _FILLER.match(other):
        return None
    joint = rng.choice((", and ", "; ", ", while "))
    return Rewording("merged", one[:-1] + joint + _lowered(other))


def _synonym(sentence: str, rng: random.Random) -> str | None:
    order = list(SYNONYMS)
    rng.shuffle(order)
    text, changed = sentence, 0
    for old, new in order:
        old, new = old.replace("_", " "), new.replace("_", " ")
        pattern = rf"(?<!\w){re.escape(old)}(?!\w)" if old[0].isalpha() else rf"(?<=\d){re.escape(old)}"
        swapped = re.sub(pattern, new, text, count=1)
        if swapped != text:
            text, changed = swapped, changed + 1
            if changed == 2:
                break
    return text if changed else None


def _moved(sentence: str, rng: random.Random) -> str | None:
    if not (match := _OPENING.match(sentence)):
        return None
    opening, rest = match.groups()
    if "," in rest or not _VERBLIKE.search(rest) or _FINITE.search(opening):
        return None
    return f"{rest[0].upper()}{rest[1:]} {_lowered(opening)}."


def _shortened(sentence: str, rng: random.Random) -> str | None:
    text = _BRACKET.sub("", sentence)
    text = _CLAUSE.sub("", text)
    text = _FILLER.sub("", text)
    text = text[:1].upper() + text[1:]
    return text if text != sentence and len(text.split()) >= 4 else None


def _numeral(sentence: str, rng: random.Random) -> str | None:
    if match := _MAGNITUDE.search(sentence):
        whole, tenth, magnitude = match.groups()
        zeros = {"thousand": 3, "million": 6, "billion": 9}[magnitude]
        value = int(whole + (tenth or "")) * 10 ** (zeros - (1 if tenth else 0))
        return sentence[: match.start()] + f"{value:,}" + sentence[match.end() :]
    if match := _ROUND.search(sentence):
        new = f"{match.group(1)} {'million' if match.group(2) else 'thousand'}"
        return sentence[: match.start()] + new + sentence[match.end() :]
    if match := re.search(rf"(?<![\w-])(?:{'|'.join(NUMBERS)})\b(?!-)", sentence):
        return sentence[: match.start()] + str(NUMBERS.index(match.group()) + 2) + sentence[match.end() :]
    if match := re.search(r"(?<![\w.,$£€-])(?:[2-9]|1\d|20)(?![\w.,:/%°–-]) (?=[a-z]{3,})", sentence):
        return sentence[: match.start()] + NUMBERS[int(match.group()) - 2] + sentence[match.end() - 1 :]
    return None


def _contracted(sentence: str, rng: random.Random) -> str | None:
    for long, short in _CONTRACTIONS:
        for old, new in ((long, short), (short, long), (short.replace("’", "'"), long)):
            if re.search(rf"\b{re.escape(old)}\b", sentence):
                return re.sub(rf"\b{re.escape(old)}\b", new, sentence, count=1)
    return None


def _passive(sentence: str, rng: random.Random) -> str | None:
    match = _PASSIVE.match(sentence)
    if match and not _NOT_A_SUBJECT.search(match["subject"]) and not _VERBLIKE.search(match["object"]):
        if not re.match(r"(?:The|A|An)\b|[A-Z][\w’'-]+ [A-Z]", match["subject"]):
            return None
        thing = match["object"]
        be = "were" if re.search(r"(?<!s)s$|^\d", thing) or " and " in thing else "was"
        return f"{thing[0].upper()}{thing[1:]} {be} {match['verb']} by {_lowered(match['subject'])}{match['rest']}."
    match = _ACTIVE.match(sentence)
    if match and not _NOT_A_SUBJECT.search(match["object"]):
        subject = match["subject"]
        return f"{subject[0].upper()}{subject[1:]} {match['verb']} {_lowered(match['object'])}{match['rest']}."
    return None


def _framed(sentence: str, rng: random.Random) -> str | None:
    plain = sentence.endswith(".") and _VERBLIKE.search(sentence) and not _FILLER.match(sentence)
    return rng.choice(FRAMES).format(_lowered(sentence)) if plain else None


def _lowered(text: str) -> str:
    """The text as the middle of a sentence: in lower case if it begins with a word that is no name."""
    word = re.match(r"[\w’']+", text)
    return text[0].lower() + text[1:] if word and word.group() in _COMMON else text


_COMMON = frozenset(
    "The A An This That These Those It He She They We In On At During After Before By Since Until From Its His Her "
    "Their Our Some Many Most All Several Both Each Every No There When While If Although Because As For With Two "
    "Three Four Five Six".split()
)

_MAKERS: dict[str, Callable[[str, random.Random], str | None]] = {
    "synonym": _synonym,
    "moved": _moved,
    "shortened": _shortened,
    "numeral": _numeral,
    "contracted": _contracted,
    "passive": _passive,
    "framed": _framed,
}
