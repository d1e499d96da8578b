"""Tell apart what an LLM says about the documents from what it says beside: refusals, chatter, bare answers."""

import re

from rag.words import ARTICLES, PREPOSITIONS

# "Article 5" and the articles of association are not what a model was given, nor is an information desk.
_THE_DOCUMENTS = (
    r"(?:the |these |this |those |any |my |provided |given |numbered |available |of )*"
    r"(?:documents?|sentences?|texts?|context|sources?(?! of\b)|passages?|articles?(?! (?:of|\d+|[ivxl]+)\b)|essay"
    r"|information(?! (?:boards?|cent(?:er|re)s?|desks?|kiosks?|officers?|offices?|points?|sheets?|stands?)\b))\b"
)
_IS_NOT = r"\b(?:is|are)(?: not|n['’]t)(?: \w+ly)?"
_TELL = r"(?:say|state|mention|answer|contain|provide(?! for\b)|specify|tell|include|address|discuss|indicate|give)s?\b"
_TOLD = r"(?:said|stated|mentioned|answered|provided|specified|included|addressed|discussed|indicated|given|found)\b"
_ABOUT = r"(?:about|as to|concerning|for|from|in|of|on|regarding|to answer|within)\b"
_OPEN_QUESTION = r"(?:how|wh(?:at|en|ere|ether|ich|om?|ose|y))\b"
_VERB = r"(?:are|be|can|could|had|has|have|is|may|must|shall|was|were|will)\b"
# What the documents do not say now is a refusal; what somebody did not say, once, may be what they tell.
_REFUSAL = re.compile(
    r"\W*(?:(?:(?:i(?:['’]?m| am) (?:very )?)?sorry|unfortunately|i apologi[sz]e|however|based on [^,.]*"
    r"|according to [^,.]*)\W+(?:but\b)?\W*)*(?:"
    rf"{_THE_DOCUMENTS}[^.]{{0,40}}?\b(?:(?:do|does)(?: not|n['’]t)|can(?:not|['’]t))(?: \w+){{0,2}}? {_TELL}|"
    rf"none of {_THE_DOCUMENTS}(?: \w+)? {_TELL}|"
    rf"{_THE_DOCUMENTS} {_TELL} (?:nothing|no (?:\w+ )?(?:answer|information|mention|details?)\b)|"
    rf"[^.]{{1,80}}{_IS_NOT} {_TOLD} (?:in|by) {_THE_DOCUMENTS}\W*$|"
    rf"(?:the answer|(?:the|this|that) information) {_IS_NOT} {_TOLD}\W*$|"
    rf"{_THE_DOCUMENTS}[^.]{{0,20}}{_IS_NOT} (?:available|enough|sufficient)\b(?: to answer[^.]*| in [^.]*)?\W*$|"
    r"i (?:do(?: not|n['’]t) (?:know|have enough)|can(?:not|['’]t)|could(?: not|n['’]t)|am (?:not able|unable)|"
    r"(?:have|see|find|found) no)\b|"
    r"there (?:is|are) (?:no|not (?:any|enough))\b[^.]{0,30}\b(?:information|mention|answer|details?)\b"
    rf"(?=\W*$|[,;:(–—]| (?:{_ABOUT}|available|here|relat|that|to|i|we|\w+ed|\w+ing|{_TOLD}|{_OPEN_QUESTION})\b)|"
    r"(?:it|this|that) is (?:not (?:clear|known)|un(?:clear|known|specified))\W*$|"
    r"(?:not|never) (?:mentioned|stated|specified|answered|in the documents)\b|"
    rf"(?:not|never) (?:given|found)(?: (?:in|by) {_THE_DOCUMENTS}|\W*$)|"
    r"(?:(?:no|not enough|insufficient) mention|(?:not enough|insufficient) (?:answer|information))\b"
    r"(?! (?:was|were|had)\b)|"
    rf"no (?:answer|information)(?:\W*$|[,;:(–—]| exists\b| {_ABOUT} {_OPEN_QUESTION}"
    rf"|(?: {_ABOUT}[^.]*| )\b(?:(?:is|has been|can be|could be) )?(?:{_TOLD}|available)(?:\W*$| {_ABOUT})"
    rf"| {_ABOUT}(?!(?:(?! (?:{_OPEN_QUESTION}|that))[^.])*\b{_VERB}))|"
    r"as an ai\b)",
    re.I,
)
_CHATTER = re.compile(
    r"\W*(?:(?:sure|certainly|of course|ok(?:ay)?|great|thanks?(?: you)?|yes|no)\W*$|"
    r"here(?:['’]s| is| are) [^.]{0,60}\b(?:answer|response|summary|sentences?|list|points?)\b[^.]*$|"
    r"(?:i hope|let me know|feel free)\b|"
    rf"(?:based on|according to) {_THE_DOCUMENTS}\W*$|"
    r"(?:the )?(?:answer|question|sentences?|sources?|citations?|references?)\W*$|"
    r"\W*$)",
    re.I,
)
_LABELLED = re.compile(
    r"\W*(?:the |my )?(?:(?:correct|final|short|right|best) )?answer\b[^.:]{0,40}(?:\bis\b|:)|"
    r"\W*(?:the |this )?(?:document|sentence|text|question|article)(?: is| says| states| reads)?:",
    re.I,
)
_WORD = re.compile(r"\w+(?:[-'’.,]\w+)*")
_BESIDE_NAMES = ARTICLES | PREPOSITIONS | {"and", "de", "or"}
FEWEST_WORDS = 4  #: of a statement that can be checked without its question


def is_bare_answer(sentence: str) -> bool:
    """Whether a sentence says something only together with the question: "The answer is: 1932", "In Leeds"."""
    words = _WORD.findall(sentence)
    telling = [word for word in words if word[0].islower() and word not in _BESIDE_NAMES]
    return len(words) < FEWEST_WORDS or not telling or bool(_LABELLED.match(sentence))


def is_refusal(sentence: str) -> bool:
    """Whether a model says that it cannot answer, or that the documents do not."""
    return bool(_REFUSAL.match(sentence))


def is_chatter(sentence: str) -> bool:
    """Whether it says nothing about the matter: a greeting, an announcement, a question, a bare yes or no."""
    return bool(_CHATTER.match(sentence)) or sentence.rstrip("\"'”’) ").endswith(("?", ":"))
