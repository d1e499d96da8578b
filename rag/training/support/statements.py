"""Say a question with its answer as one sentence: "When was it signed?" and "1921" become "It was signed in 1921".

Made of what people asked, such a sentence says what the text says in other words than the text's.
"""

import re
from collections import Counter
from collections.abc import Container, Iterable

LEAST = 3  #: times that a past form must stand in the texts to be taken for one

_BE = "is|are|was|were"
_MODAL = "can|could|will|would|should|may|might|must|has|have|had"
_AUXILIARY = rf"{_BE}|{_MODAL}|did|does|do"
_WH = r"when|where|why|how|who|whom|what|which(?: [a-z]+){1,2}|what(?: [a-z]+){1,2}|how (?:many|much)(?: [a-z]+){1,2}"
_INVERTED = re.compile(
    rf"^(?P<before>(?:in|on|at|by|for|from|to|with|during|after|under|of) )?(?P<wh>{_WH}) "
    rf"(?P<aux>{_AUXILIARY}) (?P<rest>.+)\?$",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"^(?P<wh>who|what|which|(?:what|which)(?: [\w-]+){1,2}) (?P<verb>[a-z]+) (?P<rest>[^?]+)\?$", re.IGNORECASE
)
_ADVERB = re.compile(r"(?:not|first|last|also|still|often|never|ever|then|[a-z]+ly)$")
_COPULA = re.compile(rf"^(?P<wh>who|what) (?P<be>{_BE}) (?P<rest>(?:the|an?|[\w’'-]+[’']s?) .+)\?$", re.IGNORECASE)
_PREPOSITION = re.compile(r"(?:in|on|at|by|from|to|with|for|during|after|before|since|under|near|through|into|of|as)$")
_LEADING = re.compile(
    r"(?:in|on|at|by|from|to|with|for|during|after|before|since|under|near|through|because|so|when|while|if|between"
    r"|about|around|until|as|over|into)\b",
    re.IGNORECASE,
)
_PARTICIPLE = re.compile(r"[a-z]+(?:ed|ing)$")
_IRREGULAR = dict(
    pair.split("/")
    for pair in (
        "become/became begin/began break/broke bring/brought build/built buy/bought catch/caught choose/chose "
        "come/came cost/cost cut/cut deal/dealt draw/drew drink/drank drive/drove eat/ate fall/fell feel/felt "
        "fight/fought find/found fly/flew forget/forgot get/got give/gave go/went grow/grew hear/heard hide/hid "
        "hit/hit hold/held keep/kept know/knew lay/laid lead/led learn/learned leave/left lend/lent let/let lie/lay "
        "lose/lost make/made mean/meant meet/met pay/paid put/put read/read ride/rode ring/rang rise/rose run/ran "
        "say/said see/saw seek/sought sell/sold send/sent set/set shoot/shot show/showed sing/sang sink/sank "
        "sit/sat sleep/slept speak/spoke spend/spent spread/spread stand/stood steal/stole swim/swam take/took "
        "teach/taught tell/told think/thought throw/threw understand/understood wear/wore win/won write/wrote"
    ).split()
)
_PARTICIPLES = frozenset(
    "become begun broken brought built bought caught chosen come cut done drawn driven eaten fallen felt found flown "
    "fought forgotten found given gone grown heard held hit hidden kept known laid led left lent lost made meant met "
    "paid put read ridden risen run said seen sold sent set shot shown sung sunk spoken spent spread taken taught told "
    "thought thrown understood won worn written born based able located".split()
)


def past_forms(texts: Iterable[str]) -> frozenset[str]:
    """The words in lower case that end in -ed, as often as not to be errors."""
    counts = Counter(word for text in texts for word in re.findall(r"\b[a-z]+ed\b", text))
    return frozenset(word for word, count in counts.items() if count >= LEAST)


def statement(question: str, answer: str, evidence: str, pasts: Container[str]) -> str | None:
    """The question and its answer as a sentence; None if the question is of no form that this knows.

    Args:
        question: With its question mark.
        answer: A span of the evidence.
        evidence: What tells the preposition that a date or a place needs.
        pasts: Words that are past forms, by `past_forms`.
    """
    question = " ".join(question.split())
    answer = answer.strip().rstrip(".,;:")
    if not answer or answer.count(" ") > 14:
        return None
    if (match := _SUBJECT.match(question)) and (told := _answered(match, answer, pasts)):
        return _sentence(told)
    if match := _INVERTED.match(question):
        told = _inverted(match, answer, evidence, pasts)
        if told:
            return _sentence(told)
    if match := _COPULA.match(question):
        return _sentence(f"{match['rest']} {match['be']} {answer}")
    return None


def _answered(match: "re.Match[str]", answer: str, pasts: Container[str]) -> str | None:
    """The sentence whose subject the question asks for."""
    verb, rest = match["verb"].lower(), match["rest"]
    follows = next((word for word in rest.split() if not _ADVERB.match(word)), "")
    if verb in _BE.split("|"):
        fits = bool(_PARTICIPLE.match(follows)) or follows in _PARTICIPLES or follows.endswith(("ble", "ful", "ous"))
    elif verb in _MODAL.split("|"):
        base = verb not in ("has", "have", "had")
        fits = _is_base(follows, pasts) if base else bool(_PARTICIPLE.match(follows)) or follows in _PARTICIPLES
    else:
        third = re.sub(r"(?<=[sxzho])es$|s$", "", re.sub(r"ies$", "y", verb))
        fits = verb in pasts or verb in _IRREGULAR.values() or (third != verb and _is_base(third, pasts))
    return f"{answer} {verb} {rest}" if fits else None


def _is_base(word: str, pasts: Container[str]) -> bool:
    return word in _IRREGULAR or word in ("be", "have") or _regular_past(word) in pasts


def _inverted(match: "re.Match[str]", answer: str, evidence: str, pasts: Container[str]) -> str | None:
    wh, aux, before = match["wh"].lower(), match["aux"].lower(), (match["before"] or "").lower()
    split = _subject_and_verb(match["rest"], aux, pasts)
    if split is None:
        return None
    subject, verb, rest = split
    if verb == "do" or "percent" in wh or (wh in ("why", "how") and not _LEADING.match(answer)):
        return None
    predicate = _inflected(verb, aux, pasts) if aux in ("did", "does", "do") else f"{aux} {verb}"
    if predicate is None:
        return None
    told = f"{subject} {predicate}"
    if before:
        return f"{told}{rest} {before}{answer}"
    if wh in ("when", "where", "why", "how"):
        return f"{told}{rest} {_with_preposition(wh, answer, evidence)}"
    if wh.startswith(("how many", "how much")):
        counted = " ".join(wh.split()[2:])
        answer = answer if counted.split()[-1][:4] in answer.lower() else f"{answer} {counted}"
        return f"{told} {answer}{rest}" if aux in ("did", "does", "do", "has", "have", "had") else None
    if wh.startswith(("what ", "which ")) and re.match(r"(?:what|which) (?:year|day|month|date|century|decade)", wh):
        return f"{told}{rest} {_with_preposition('when', answer, evidence)}"
    if _PREPOSITION.search(f"{verb}{rest}"):
        return f"{told}{rest} {answer}"
    return f"{told} {answer}{rest}" if aux not in _BE.split("|") else None


def _subject_and_verb(rest: str, aux: str, pasts: Container[str]) -> tuple[str, str, str] | None:
    """Where the subject of an inverted question ends: before the first word that can be its verb."""
    words = rest.split()
    for place in range(1, min(len(words), 8)):
        word = words[place]
        if not word.islower() or (words[0].lower() in ("the", "a", "an") and place < 2):
            continue
        if aux in _BE.split("|") or aux in ("has", "have", "had"):
            fits = bool(_PARTICIPLE.match(word)) or word in _PARTICIPLES
        else:
            fits = _is_base(word, pasts)
        if fits and words[place - 1].lower() not in ("the", "a", "an", "of", "to", "and", "his", "her", "their", "its"):
            tail = " ".join(words[place + 1 :])
            if place > 1 and _ADVERB.match(words[place - 1]) and aux in _BE.split("|"):
                word, place = f"{words[place - 1]} {word}", place - 1
            return " ".join(words[:place]), word, f" {tail}" if tail else ""
    return None


def _inflected(verb: str, aux: str, pasts: Container[str]) -> str | None:
    if verb == "be":
        return None
    if aux == "did":
        return "had" if verb == "have" else _IRREGULAR.get(verb) or _regular_past(verb)
    if aux == "do":
        return verb
    if verb == "have":
        return "has"
    if re.search(r"(?:[sxz]|[cs]h|o)$", verb):
        return f"{verb}es"
    return f"{verb[:-1]}ies" if re.search(r"[^aeiou]y$", verb) else f"{verb}s"


def _regular_past(verb: str) -> str:
    if verb.endswith("e"):
        return f"{verb}d"
    if re.search(r"[^aeiou]y$", verb):
        return f"{verb[:-1]}ied"
    if re.fullmatch(r"[^aeiou]*[aeiou][bdgklmnprt]", verb):
        return f"{verb}{verb[-1]}ed"
    return f"{verb}ed"


def _with_preposition(wh: str, answer: str, evidence: str) -> str:
    """The answer with the word that leads to it: its own, that of the evidence, else the usual one."""
    if wh in ("why", "how") or _LEADING.match(answer):
        return _lowered(answer)
    place = evidence.find(answer)
    before = evidence[:place].split()[-2:] if place > 0 else []
    for word in reversed(before):
        if _PREPOSITION.fullmatch(word.lower()):
            article = before[-1] + " " if before[-1] in ("the", "a", "an") else ""
            return f"{word.lower()} {article}{answer}"
        if word not in ("the", "a", "an"):
            break
    return f"in {answer}"


def _lowered(text: str) -> str:
    return text[0].lower() + text[1:] if _LEADING.match(text) else text


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:].rstrip(' .')}."
