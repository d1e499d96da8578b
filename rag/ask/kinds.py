"""What kind of question it is, as far as its words tell."""

import re

from rag.words import AUXILIARIES, QUESTION_WORDS, one_of

_YES_OR_NO = re.compile(
    r"\W*(?:(?:and|but|so|then|also)\b\W*)*"
    rf"{one_of(AUXILIARIES - {'be', 'been', 'being'})}(?:n['’]t)?\b"
    r"(?!.* or )",
    re.I | re.S,
)
_REASON = re.compile(r"\b(?:why|how come|(?:what|which) (?:\w+ ){0,2}(?:reasons?|causes?)|reasons for)\b", re.I)

_WAY = re.compile(
    r"\bhow (?:to|(?:do|can|could|should|would|must|shall) (?!you (?:know|like|feel|think)\b)\w+)\b|\bstep by step\b"
    r"|\bwhat (?:are )?the steps\b|\bwhat (?:do|should|must|shall) (?:i|we|you|one|they) (?:(?:have|need) to )?do\b",
    re.I,
)

WH = rf"{one_of(QUESTION_WORDS)}\b"
PREPOSITION = r"(?:(?:at|by|for|from|in|of|on|since|to|until|with) )?"
# Not "Roe versus Wade".
_TWO = re.compile(
    rf"\band (?:also )?{PREPOSITION}{WH}|\b(?:versus|vs)\b(?!\W+(?-i:[A-Z]))"
    r"|\b(?:compared? (?:to|with)|as opposed to|respectively)\b",
    re.I,
)


def asks_for_two(question: str) -> bool:
    """Whether a question asks for two things, or compares them, which no span answers by itself."""
    return bool(_TWO.search(question))


def asks_for_reason(question: str) -> bool:
    """Whether a question asks why."""
    return bool(_REASON.search(question))


def asks_for_way(question: str) -> bool:
    """Whether a question asks how something is done, which steps in their order tell."""
    return bool(_WAY.search(question))


def is_yes_or_no(question: str) -> bool:
    """Whether a question is answered by yes or no, which no span of a document is."""
    return bool(_YES_OR_NO.match(question))
