"""Questions about documents themselves: what they are about, who made them and when; and which documents are meant."""

import re
from dataclasses import dataclass
from math import fsum
from pathlib import PurePosixPath
from weakref import WeakKeyDictionary

from index.store.lexical import stems, usual_weights
from index.store.snapshot import Snapshot, words_of_name
from index.types import IndexedDocument
from rag.ask.query import Kind
from rag.words import ARTICLES, FUNCTION_WORDS, WORD, one_of

# What a document is called by its kind; a question then speaks of it, and not of what it tells.
_CALLED = frozenset(
    "agreement article book bylaw catalogue chapter contract doc document email essay faq file guide handbook "
    "interview judgment judgement lecture letter letters log mail manual memo minutes newsletter notice page "
    "paper policy postmortem report spec specification story summary text trial".split()
)
_ANY_DOCUMENT = "documents?|docs?|essays?|articles?|texts?|papers?|reports?|files?|book|story|pages?|author|writer"
_NAMES_A_DOCUMENT = re.compile(rf"\b(?:{_ANY_DOCUMENT})\b", re.I)
_POINTS_BACK = re.compile(r"\b(?:it|that|they|them|those|these)\b", re.I)
# Words of such questions that name no topic.
_GENERIC = FUNCTION_WORDS | frozenset(
    "it's what's whats us any few one two three four five ten please give tell show write make list want need get here "
    "just document documents doc docs essay essays article articles text texts paper papers report reports file files "
    "book story page pages content contents writing piece material author authors writer".split()
)

_WHOLE = re.compile(
    r"\b(?:summar\w+|overview|outline|gist|synopsis|nutshell|tl;?dr|take-?aways?|thesis|theme|recap"
    r"|(?:main|key|central|core|essential|most important|major|principal) (?:\w+ )?(?:points?|ideas?|arguments?"
    r"|messages?|claims?|findings?|themes?|topics?|subjects?|facts?|things?|conclusions?|results?|insights?|lessons?)"
    r"|conclu\w+|about|sum (?:\w+ ){0,3}up|(?:says?|contains?|covers?|discuss(?:es)?)(?=\W*$)|what(?:[’']s| is) in)\b",
    re.I,
)
_CONCLUSION = re.compile(r"\bconclu\w+", re.I)
_TOPIC = re.compile(r"\b(?:about|on|of|regarding|concerning)\b(?P<topic>.*)", re.I | re.S)
_GENERIC_OF_WHOLE = _GENERIC | frozenset(
    "short brief briefly quick quickly concise simple long detailed general overall whole entire "
    "say says said talk talks tell tells speak discuss discusses discussed cover covers covered deal deals argue "
    "argues argued describe describes explain explains read reading know main key central core essential major "
    "principal important most point points idea ideas argument arguments message messages claim claims finding "
    "findings theme themes topic topics subject subjects fact facts thing things conclusion conclusions conclude "
    "concludes concluded concluding result results insight insights lesson lessons summary summaries summarise "
    "summarize summarised summarized summarising summarizing overview outline gist synopsis nutshell tl dr tldr "
    "takeaway takeaways take away aways thesis recap about sentence sentences words bullet bullets paragraph "
    "anything everything something draw draws reach reaches come end sum contain contains inside".split()
)

_FILES = r"(?:documents?|docs?|files?|papers?|texts?|articles?|reports?|letters?|sources?)"
# What lies on the desk, or is about to be sent, is not what papers tell of; but what "I have on the desk" may be.
_PLACE = r"(?:agenda|board|cover|desk|disk|door|drive|floor|label|list|menu|shelf|shelves|table|top|wall|way)s?\b"
_ON = rf"(?:about(?! to\b)|(?<=have )on|on(?! (?:an?|the|this|that|my|our|your|his|her|their|its) (?:\w+ )?{_PLACE}))"
_MENTIONS = re.compile(
    rf"\W*(?:(?:which|what) (?:of )?(?:(?:my|the|these|our|your|all) )?{_FILES} "
    r"(?:(?:do|does|that|which|is|are) )?(?:i have )?"
    r"(?:mention|speak of|talk about|tell of|discuss|refer to|contain|cover|deal with|say (?:anything|something) about"
    rf"|have (?:anything|something) (?:on|about)|{_ON})(?:e?s|ed)? (?P<subject>[^?]+?)"
    rf"|what (?:{_FILES} )?(?:(?:do i have|have i got) (?:on|about)|is there {_ON}) (?P<kept>[^?]+?)"
    rf"|in (?:which|what) (?:of my )?{_FILES} (?:is|are) (?P<found>[^?]+?) (?:mentioned|discussed|spoken of))\W*",
    re.I,
)

_BY_LINE: dict[Kind, re.Pattern[str]] = {
    "author": re.compile(
        r"\b(?:who(?:[’']s|se|m)?\b.*\b(?:wrote|written|write|penned|compiled|prepared|edited|published|issued|from|by)"
        r"|authors?|writers?|editors?|publishers?|by whom)\b",
        re.I,
    ),
    "date": re.compile(
        r"\b(?:(?:when|(?:what|which) (?:date|year|month|day))\b.*\b(?:written|wrote|write|published|publish"
        r"|issued|released|dated|updated|revised|printed|posted|(?:come|came) out|from)"
        r"|how (?:old|recent)|(?:publication |issue )?date)\b",
        re.I,
    ),
}
_GENERIC_OF_BY_LINES = _GENERIC | frozenset(
    "who's whos whose whom name names named when where wrote written penned compiled prepared edited editor editors "
    "published publish publisher publishers publication issued issue issues issuing released release date dated dates "
    "year month day how old recent updated revised printed posted come came out work works job background profession "
    "affiliation know let about".split()
)
_KINDS = _CALLED - _GENERIC
_PARTS_OF_KINDS = frozenset("by law post mortem".split())
_NAMES_ITS_KIND = re.compile(rf"\b(?:this|these|{_ANY_DOCUMENT}|by-law|post-mortem|{'|'.join(sorted(_KINDS))})\b", re.I)
_POINTS_AT_IT = re.compile(r"\b(?:this|these|(?:author|writer|editor)s?(?! of))\b", re.I)
# Who made a document that is described, or when: "the paper on school closures". A letter or a book may be one that a
# document tells of, and so may an earlier study.
_DESCRIBABLE = one_of(
    "agreement agreements article articles by-laws bylaws constitution document e-mail email essay file form "
    "guidelines instructions interview mail manual memo minutes narrative notes paper pdf piece plan policy post "
    "postmortem post-mortem preprint proposal protocol report review study syllabus talk thesis timetable "
    "update".split()
)
# What is made rather than written; a plan or a proposal that is made is one that a document tells of.
_MAKEABLE = one_of(
    "booklet bulletin brochure cookbook deck ebook e-book guide handbook handout leaflet newsletter presentation sheet "
    "slides slideshow spreadsheet".split()
)
_ANOTHER = one_of("first second third earlier earliest last next previous other original".split())
_THE = rf"(?:the|this|that|my|our) (?!{_ANOTHER}\b)"
_VERSION = r"(?:(?:[\w’'-]+ ){0,2}version of (?:the |my |our )?)?"
_PAPER = rf"{_THE}{_VERSION}(?:[\w’'-]+ ){{0,3}}?(?:{_DESCRIBABLE}|{_MAKEABLE})\b"
_MADE = rf"{_THE}(?:[\w’'-]+ ){{0,3}}?{_MAKEABLE}\b"
#: What else may have become of one, and of other things.
_CHANGES = frozenset("amended changed created finalised finalized made modified produced saved sent".split())
_MADE_BY: dict[Kind, re.Pattern[str]] = {
    "author": re.compile(
        r"\bwho (?:wrote(?: up)?|(?:has|have) written|edited|compiled|prepared|published|drafted|drew up) "
        + _PAPER
        + rf"|\bwho (?:made|created|produced|put together) {_MADE}|\bwho put {_MADE} together"
        + r"|\b(?:who (?:is|are|was|were)|name) the (?:author|writer|editor)s? of "
        + _PAPER
        + r"|\bby whom was "
        + _PAPER
        + r"|\bwho(?:se name)? (?:is|are|was|were|stands?) (?:\w+ ){0,8}?(?:author|creator|writer|editor)s?\b"
        + r".{0,80} of "
        + _PAPER,
        re.I,
    ),
    "date": re.compile(
        rf"\b(?:when|(?:what|which) (?:date|year|month|day)) (?:was|were|did) {_PAPER}.*"
        r"\b(?:written|published|issued|released|dated|updated|revised|printed|posted|(?:come|came) out"
        rf"|{one_of(_CHANGES)})\b"
        rf"|\bwhat is the (?:publication |issue )?date of {_PAPER}|\bwhat date is on {_PAPER}",
        re.I,
    ),
}
_NOT_DESCRIBING = _CHANGES | frozenset(
    "annual blog journal magazine news newspaper online research scientific last latest version creator named recorded "
    "pdf word excel properties according itself put together ebook book deck slides slideshow".split()
)
#: What people call files of a kind, by the end of their names.
_KIND_OF_FILE = {
    suffix: frozenset(words.split())
    for suffixes, words in {
        ".xlsx .xlsm .ods .csv .tsv": "excel spreadsheet workbook",
        ".pptx .odp": "powerpoint presentation slides slideshow",
        ".epub": "e-book ebook",
        ".eml .mbox": "e-mail email mail",
        ".ipynb": "notebook",
        ".pdf": "pdf",
    }.items()
    for suffix in suffixes.split()
}
DESCRIBED = 0.5  #: share of a description's weight that a document's title, file name and first lines must hold
CLEARLY = 0.05  #: by which that is more than of any other document
FIRST_CHARS = 200  #: of a document, read for what it is about

_beginnings: WeakKeyDictionary[Snapshot, list[frozenset[str]]] = WeakKeyDictionary()
_MAKERS = frozenset("author authors writer writers editor editors publisher publishers".split())


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of documents themselves."""

    kind: Kind
    documents: tuple[IndexedDocument, ...]  #: those it is about
    itself: bool = False  #: whether it points at them, so that nothing they tell of can be meant
    named: bool = False  #: whether it says which: by a title, the kind of a document, or "this"
    described: bool = False  #: whether it tells what they are about, so that something they tell of may be meant


def asks_about_whole(question: str, snapshot: Snapshot, *, follows: bool = False) -> Asked | None:
    """What is asked of documents as a whole; None for a question that has a topic of its own.

    Args:
        question: Standing alone.
        snapshot: The documents; a question may name one by words of its title or file name.
        follows: Whether there was a turn before, which "it" then stands for.
    """
    if not _WHOLE.search(question) or _has_topic(question):
        return None
    documents = _addressed(question, _GENERIC_OF_WHOLE, snapshot, follows=follows)
    documents = documents or _of_kind(words_of(question) - _GENERIC_OF_WHOLE, snapshot)
    if not documents:
        return None
    kind: Kind = "conclusion" if _CONCLUSION.search(question) else "whole"
    return Asked(kind, tuple(documents), named=bool(_NAMES_ITS_KIND.search(question)))


def asks_for_mentions(question: str) -> str | None:
    """What the documents are to mention, if a question asks which of them do: "Which of my files mention eels?"."""
    found = _MENTIONS.fullmatch(question)
    subject = next(filter(None, found.groups()), "") if found else ""
    return subject.strip("\"'“”‘’ ") if words_of(subject) - _GENERIC else None


def asks_about_origin(question: str, snapshot: Snapshot, *, follows: bool = False) -> Asked | None:
    """Whether a question asks for the author or the date of documents; None for any other question.

    A document is meant if the question points at it, names its kind, or says all of its title; a title of one word,
    or a part of one, may as well be what the document is about.
    """
    asked = (kind for kind, made in _MADE_BY.items() if _BY_LINE[kind].search(question) or made.search(question))
    kind = next(asked, None)
    if not kind or (follows and not _NAMES_ITS_KIND.search(question)):
        return None
    documents = _addressed(question, _GENERIC_OF_BY_LINES, snapshot, follows=follows)
    topic = words_of(question) - _GENERIC_OF_BY_LINES - _KINDS
    if topic - _PARTS_OF_KINDS:
        said = words_of(question)
        titles = {one.id: words_of(one.title) - ARTICLES for one in documents}
        documents = [one for one in documents if len(titles[one.id]) > 1 and titles[one.id] <= said]
        if not documents and _MADE_BY[kind].search(question):
            documents = _described(topic - _NOT_DESCRIBING, snapshot)
            return Asked(kind, tuple(documents), named=True, described=True) if documents else None
    named = bool(topic or _NAMES_ITS_KIND.search(question))
    return Asked(kind, tuple(documents), bool(_POINTS_AT_IT.search(question)), named) if documents else None


def words_of(text: str) -> set[str]:
    """The words of a text in lower case, without what makes them possessive."""
    return {word.lower().removesuffix("'s").removesuffix("’s") for word in WORD.findall(text)}


def _has_topic(question: str) -> bool:
    """Whether a document is asked about something, as in "What does the policy say about absence?"."""
    found = _TOPIC.search(question)
    if not found:
        return False
    before, topic = WORD.findall(question[: found.start()].lower()), words_of(found["topic"])
    if not _MAKERS.isdisjoint(topic):
        return True
    is_named_so = bool(before) and before[-1] in _CALLED  # "the policy on absence"
    return not is_named_so and not _CALLED.isdisjoint(before) and bool(topic - _GENERIC_OF_WHOLE)


def _addressed(question: str, generic: frozenset[str], snapshot: Snapshot, *, follows: bool) -> list[IndexedDocument]:
    """The documents that a question is about; none if it has a topic of its own, or one spoken of before."""
    if follows and _POINTS_BACK.search(question) and not _NAMES_A_DOCUMENT.search(question):
        return []
    words = words_of(question)
    documents = [one for one in snapshot.documents.values() if words - generic <= _known_by(one)]
    called = {word for word in words if _NAMES_A_DOCUMENT.fullmatch(word)}
    return [one for one in documents if called & _known_by(one)] or documents  # "the report" may be one of them


def _of_kind(words: set[str], snapshot: Snapshot) -> list[IndexedDocument]:
    """The documents that say at their beginning that they are of the kind named: "newsletter 41", "Ann's mail"."""
    if _KINDS.isdisjoint(words):
        return []
    documents = snapshot.documents.values()
    return [one for one in documents if words <= _known_by(one) | words_of(one.text[:FIRST_CHARS])]


def _described(topic: set[str], snapshot: Snapshot) -> list[IndexedDocument]:
    """The one document whose beginning holds most of what a question says of it."""
    weights = usual_weights(stems([" ".join(topic)])[0])
    if not weights or not snapshot.documents:
        return []
    documents = list(snapshot.documents.values())
    if snapshot not in _beginnings:
        texts = [f"{_name(one)} {one.text[:FIRST_CHARS]}" for one in documents]
        _beginnings[snapshot] = [frozenset(said) for said in stems(texts)]
    shares = [fsum(weights[stem] for stem in weights.keys() & said) for said in _beginnings[snapshot]]
    best, *others = sorted(range(len(shares)), key=lambda number: -shares[number])[:2]
    whole = fsum(weights.values())
    clear = not others or shares[best] - shares[others[0]] > CLEARLY * whole
    return [documents[best]] if clear and shares[best] >= DESCRIBED * whole else []


def _name(indexed: IndexedDocument) -> str:
    return f"{words_of_name(indexed.id)} {indexed.title}"


def _known_by(indexed: IndexedDocument) -> set[str]:
    suffix = PurePosixPath(indexed.id).suffix.lower()
    return words_of(f"{indexed.title} {indexed.id}") | _KIND_OF_FILE.get(suffix, frozenset())
