"""Follow-up questions: carry over what the earlier turns were about, by rule and without an LLM."""

import re
from collections.abc import Callable, Sequence

from index.embedding import Embedder
from rag.ask.ellipsis import resolve
from rag.ask.kinds import asks_for_two
from rag.ask.query import Query, Turn
from rag.ask.topic import asks_to_be_told
from rag.words import FUNCTION_WORDS, one_of

Rewrite = Callable[[str, Sequence[Turn]], str | None]  #: a question that leans on the turns as one that stands alone

MAX_TURNS = 6  #: looked back over
MAX_NAMES = 8  #: of the earlier answer's names, so that they do not outweigh the question

_WORD = re.compile(r"\w+(?:[-'’.]\w+)*")
# One adult, whom a question counts, is none that was spoken of.
_COUNTING = "by for from in least most of on only per than to with within".split()
_COUNTED = "".join(rf"(?<!\b{word} one)" for word in _COUNTING)
_PRONOUN = re.compile(
    r"\b(?:it|its|itself|they|them|their|theirs|he|him|his|she|her|hers|ones|else"
    rf"|one(?:{_COUNTED}|(?!\s+(?!{one_of(FUNCTION_WORDS)}\b)[^\W\d_])))\b",
    re.I,
)
# The place, and not that something is.
_THERE = "".join(rf"(?<!{word} )" for word in "is are was were if will has have had did could can would".split())
_THERE += r"\bthere\b"
# Behind these words others are any other people.
_ANY = "by can did do does for from may must should to will with would".split()
_OTHERS = "".join(rf"(?<!\b{word} )" for word in _ANY) + r"\bothers\b"
_DOCUMENT = (
    r"(?: (?:agreement|article|book|contract|document|essay|file|guide|handbook|lease|manual|page|paper|policy|report"
    r"|story|text)s?\b)"
)
_POINTER = re.compile(
    r"\b(?:the )?(?:(?:former|latter|same)\b(?! \w)|first one\b|second one\b|other one\b)"
    rf"|{_OTHERS}"
    r"|\b(?:about|after|before|behind|by|did|do|does|for|from|happen|in|is|of|on|to|was|were|with|why)"
    rf" (?:that|then|(?:this|these|those)\b(?!{_DOCUMENT}))\b"
    rf"|\b(?:this(?! (?:year|season|month|week|summer|winter|spring|autumn)\b)|these|those)\b(?!{_DOCUMENT})"
    r"|\b(?:next|too|then|afterwards|instead|another)\W*$"
    rf"|{_THERE}",
    re.I,
)
_PASTED = re.compile(r"[:\n]\s*\S+(?:\s+\S+){11,}")  #: after a colon or on a new line, what “this” then stands for
_WHEN = re.compile(r"\b(?:when|if|because|before|after|while|that)\s+$", re.I)
_OPENING = re.compile(r"\s*(?:and|but|so|or|also|then|what about|how about|what else|who else|why not)\b", re.I)
_SAYS_WHAT = re.compile(
    r"\s*(?:(?:what|who|where) (?:is|are|was|were)|explain|describe|define|discuss|outline|compare|summari[sz]e) ", re.I
)
_NAMES_ONE = re.compile(
    r"\s*(?:what|who|where|when|how \w+) (?:is|are|was|were|do|does|did) (?:the|an?|my|our|your)\b", re.I
)
# Words of questions that do not say what they are about.
_ASKING = FUNCTION_WORDS | frozenset(
    "according else ever exactly explain find further give list many much name please say says tell us".split()
)


def contextualise(question: str, history: Sequence[Turn], embedder: Embedder, rewrite: Rewrite | None = None) -> Query:
    """The question in full where it was cut short, and what to search for: the topic of the earlier turns added.

    Where it leans on them, `rewrite` is asked first, if there is one.
    """
    history = history[-MAX_TURNS:]
    if rewrite and history and leans_on_history(question) and (whole := rewrite(question, history)):
        return Query(whole, whole)
    if full := resolve(question, [asked for asked, _ in history], embedder):
        return _on_topic(full, history[:-1])
    return _on_topic(question, history)


def _on_topic(question: str, history: Sequence[Turn]) -> Query:
    text = _with_topic(question, history)
    alone = text != question and _may_stand_alone(question)
    return Query(question, text, leans_on=history[-1][0] if alone else "")


def _may_stand_alone(question: str) -> bool:
    """Whether a question leans on what was said before it, if it does, for nothing but being short."""
    points = _OPENING.match(question) or _POINTER.search(question) or _PRONOUN.search(question)
    return not points and bool(_content(question)) and bool(_NAMES_ONE.match(question))


def _with_topic(question: str, history: Sequence[Turn]) -> str:
    carried: list[str] = []
    leaning = question
    for earlier_question, earlier_answer in reversed(history):
        if not leans_on_history(leaning):
            break
        carried += [*_content(earlier_question), *_names(earlier_answer)]
        leaning = earlier_question
    present = {word.lower() for word in _WORD.findall(question)}
    new = [word for word in dict.fromkeys(carried) if word.lower() not in present]
    return " ".join([question, *new])


def leans_on_history(question: str) -> bool:
    """Whether a question cannot be understood without what was said before it."""
    if _PASTED.search(question):
        return False
    content = _content(question)
    opening = question.split(maxsplit=1)[:1]  # a capital there says nothing
    says_what = any(word[0].isupper() for word in content if word not in opening)
    says_what = says_what or bool(_SAYS_WHAT.match(question) or asks_to_be_told(question))
    if len(content) < (1 if says_what else 2) or _OPENING.match(question) or _POINTER.search(question):
        return True
    pronoun = _PRONOUN.search(question)
    if pronoun is None:
        return False
    # "When did China show its drone?" names what `its` stands for; "What did it cost?" does not. "Who speaks for the
    # landlord when he is abroad?" and "Which lamp hangs in the hall, and who made it?" do, too.
    before = question[: pronoun.start()]
    named = _content(before)
    return not (
        any(word[0].isupper() for word in named) or (len(named) > 1 and (_WHEN.search(before) or asks_for_two(before)))
    )


def _content(question: str) -> list[str]:
    """The words that say what a question is about. "US" is one, though "us" is none."""
    words = _WORD.findall(question)
    return [word for word in words if word.lower() not in _ASKING or (word.isupper() and len(word) > 1)]


def _names(answer: str) -> list[str]:
    """The capitalised words of an answer, but for those that begin its sentences."""
    found = re.finditer(r"(?<![.!?\]]\s)(?<=[\s(“\"])[A-Z][\w-]+", answer)
    return list(dict.fromkeys(match.group() for match in found))[:MAX_NAMES]
