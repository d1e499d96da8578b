"""Which of the sentences that may answer are quoted, and what is quoted with each."""

import re
from collections.abc import Sequence
from dataclasses import replace

from index.types import IndexedDocument
from rag.read.evidence import Candidate, Quotation
from rag.read.lists import among_items, has_room, introduced, introduces_alone, is_among_items, is_item, with_items
from rag.read.tables import cells_of

MAX_QUOTE_CHARS = 400
MAX_QUOTES = 5
FEWEST_WORDS = 3  #: of a line that can be understood alone, unless it is a sentence, an item, or a key with its value
# A further sentence is quoted if the reader is rather sure that it is a part of the answer, and its score is no less
# than a small share of the best one's, or if it is nearly as much as that: then the reader cannot decide.
# `rag.training.quoted` measures all three.
RELEVANT = 1.0  #: log-odds
LEAST = 0.005
NEAR_THE_BEST = 0.6
# Beside a lone sentence, where two things are asked for, the next one is quoted from these on.
OTHER_RELEVANT = -2.0  #: log-odds
NEAR_ENOUGH = 0.1  #: share of the best one's score
MAX_SENTENCES = 12  #: that are chosen for an answer, before those that follow each other are joined

_WORD_OF_CELL = re.compile(r"[^\W\d_]{2}")  # more than a number, or the letter of a part
_QUESTION = re.compile(r"\?[\s*_\"'”’)]*$")
_SENTENCE_OR_PAIR = re.compile(r"[.!…][\"'”’)]*$|[:|]|^[Bb]y [A-Z]")
#: what a document calls itself, a pattern
DOCUMENTS = (
    "essay|article|paper|report|chapter|book|guide|manual|document|agreement|contract|study|lecture|policy|by-law"
    "|specification"
)
_NAME_ALONE = re.compile(r"[^\W\d_a-z][\w’'.-]+ [^\W\d_a-z][\w’'-]+")  # of whom, the line before it says
_FIGURE_ALONE = re.compile(r"[^\n]*\d\d[^\n]*")  # a telephone number, a price or a day: the line before it says whose
_BRACKETED = re.compile(r"\([^()]{2,}(?:\([^()]*\)[^()]*)*\)\W*")  # it is said of what stands before it
#: An answer, which is understood only with the question before it: what begins with the word, or says yes or no alone.
_ANSWER = re.compile(
    r"[\s*_]*(?:(?:A|Ans|Answer|Reply)[.:)][\s*_]*\S|(?:the answer is:?\s+)?(?:yes|no|never|always)\W*$)", re.I
)
# A sentence that begins like this is understood only with the one before it.
_LEANS_BACK = re.compile(
    rf"[\"“'‘(]?(?!(?-i:IT)\b)(?:it|its|this(?! (?:{DOCUMENTS})\b)|these|those|they|their|them|he|his|she|her|"
    r"such|both|neither|here|then|thus|"
    r"there(?! (?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should)\b)|"
    r"hence|so|but|also|instead|otherwise|however|nevertheless|nonetheless|moreover|furthermore|"
    r"(?:\w+ ){1,2}(?:minute|hour|day|week|month|year|decade)s? (?:later|earlier|(?:after|before)(?=[,.]| that\b))|"
    r"the (?:former|latter|same|first|second|third|other|others))\b",
    re.I,
)


def choose_quotations(
    candidates: Sequence[Candidate], most: int = MAX_QUOTES, *, of_two: bool = False, of_steps: bool = False
) -> list[Quotation]:
    """The sentences to quote, most telling first; those that follow each other are one quotation.

    Where two things are asked for, a sentence that would stand alone has the next one beside it; where it is asked how
    something is done, a numbered item has all others of its list.
    """
    quotable = [(candidate, quotation) for candidate in candidates if (quotation := understandable(candidate))]
    if not quotable:
        return []
    best = quotable[0][0]
    further = [one for one in quotable[1:] if belongs_beside(one[0], best)]
    further.sort(key=lambda one: -(one[0].relevance or 0.0))
    if of_two and not further:
        further = [one for one in quotable[1:2] if _may_be_the_other(one[0], best)]
    chosen: list[Quotation] = []
    relevance = {one.place: one.relevance for one in candidates if one.relevance is not None}
    for _, quotation in [quotable[0], *further[: MAX_SENTENCES - 1]]:
        quotation = among_items(with_items(quotation), relevance, of_steps=of_steps)
        if chosen and introduces_alone(quotation):
            continue
        for one in introduced(quotation, MAX_QUOTE_CHARS):
            chosen = _with(chosen, one)
    return _joined(chosen)[:most]


def _with(chosen: list[Quotation], quotation: Quotation) -> list[Quotation]:
    """What is quoted already, with one more: as one with those that it overlaps, and not at all if it says the same."""
    if shared := [other for other in chosen if overlaps(quotation, other)]:
        whole = _union([*shared, quotation])
        return (
            [whole if other is shared[0] else other for other in chosen if other not in shared[1:]] if whole else chosen
        )
    return chosen if any(_repeats(quotation, other) for other in chosen) else [*chosen, quotation]


def belongs_beside(candidate: Candidate, best: Candidate) -> bool:
    """Whether a sentence is quoted beside the best one."""
    return candidate.score >= NEAR_THE_BEST * best.score or is_further_part(candidate, best)


def is_further_part(candidate: Candidate, best: Candidate) -> bool:
    """Whether the reader takes a sentence for a part of the answer that the best one is."""
    # A heading that answers leaves nothing for what says what it heads.
    enough = candidate.score >= LEAST * best.score or best.sentence.heading
    # What headings add to an answer the reader has not learnt.
    may_add = enough and not candidate.sentence.heading
    return may_add and candidate.relevance is not None and candidate.relevance >= RELEVANT


def beside_each_other(parts: Sequence[Sequence[Candidate]]) -> tuple[Candidate, ...]:
    """What would be quoted of each part's candidates, so few of each that all have room, and after these the others."""
    quoted: dict[tuple[str, int], Candidate] = {}
    others: dict[tuple[str, int], Candidate] = {}
    for candidates in parts:
        quotable = [one for one in candidates if understandable(one)]
        belonging = [one for one in quotable if belongs_beside(one, quotable[0])]
        quoted |= {one.place: replace(one, score=1.0) for one in belonging[: max(1, MAX_QUOTES // len(parts))]}
        others |= {one.place: replace(one, score=0.0) for one in candidates if one not in belonging}
    return (*quoted.values(), *(one for place, one in others.items() if place not in quoted))


def _may_be_the_other(candidate: Candidate, best: Candidate) -> bool:
    """Whether a sentence may tell the second of two things, of which the best one tells the first."""
    sure = candidate.relevance is not None and candidate.relevance >= OTHER_RELEVANT
    return sure and not candidate.sentence.heading and candidate.score >= NEAR_ENOUGH * best.score


def _joined(quotations: Sequence[Quotation]) -> list[Quotation]:
    """Those that follow each other in a paragraph or a list as one, in the place of the first of them."""
    joined: list[Quotation] = []
    for quotation in quotations:
        for number, other in enumerate(joined):
            if run := _run(other, quotation) or _run(quotation, other):
                joined[number] = replace(run, span=other.span, answering=other.answering, focus=other.focus)
                break
        else:
            joined.append(quotation)
    return joined if len(joined) == len(quotations) else _joined(joined)


def _run(one: Quotation, next_one: Quotation) -> Quotation | None:
    """Two quotations as one, if the second begins where the first ends and both are not too long."""
    if one.document is not next_one.document or one.last != next_one.first:
        return None
    document, end, begin = one.document, one.last - 1, next_one.first
    in_one = document.sentences[end].paragraph == document.sentences[begin].paragraph
    if not in_one and not (is_item(document, end) and is_item(document, begin)):
        return None
    return replace(one, last=next_one.last) if has_room(document, one.first, next_one.last) else None


def _union(quotations: Sequence[Quotation]) -> Quotation | None:
    """Quotations that overlap as one, in the place of the first of them; None where that were too long."""
    first, last = min(one.first for one in quotations), max(one.last for one in quotations)
    whole = replace(quotations[0], first=first, last=last)
    return whole if has_room(whole.document, first, last) else None


def understandable(candidate: Candidate) -> Quotation | None:
    """What to quote for a sentence: it, with the one before if it leans on that; None for a question or a scrap.

    The question before an answer is one that it leans on.
    """
    document, position = candidate.document, candidate.position
    sentence, text = candidate.sentence, candidate.text
    if is_question(document, position):
        return None
    answers = _answers_question(document, position)
    short = len(text.split()) < FEWEST_WORDS and not (answers or _SENTENCE_OR_PAIR.search(text))
    item = short and is_among_items(document, position)
    alone = short and bool(_NAME_ALONE.fullmatch(text) or (_FIGURE_ALONE.fullmatch(text) and not item))
    if short and not (sentence.heading or alone or item):
        return None
    first = position
    bracketed = position > 0 and _is_said_of_the_one_before(document, position)
    if position > 0 and ((alone and not sentence.heading) or answers or bracketed or leans_back(text)):
        before = document.sentences[position - 1]
        beside = alone or answers or bracketed or before.paragraph == sentence.paragraph
        if beside and sentence.end - before.start <= MAX_QUOTE_CHARS:
            first -= 1
    return Quotation(document, first, position + 1, candidate.span, position, candidate.focus)


def is_question(document: IndexedDocument, position: int) -> bool:
    """Whether a sentence is a question, which answers none; a row that ends with one has said something."""
    if not _QUESTION.search(document.line(position)):
        return False
    said = (cell.value for cell in cells_of(document, position) if _WORD_OF_CELL.search(cell.value))
    return all(_QUESTION.search(text) for text in said)


def _is_said_of_the_one_before(document: IndexedDocument, position: int) -> bool:
    """Whether a sentence stands in brackets behind another one, or below a row or another line that is none."""
    before, sentence = document.sentences[position - 1 : position + 1]
    if not _BRACKETED.fullmatch(document.line(position)) or is_item(document, position):
        return False
    ends = document.line(position - 1)[-1] in ".?!" and len(cells_of(document, position - 1)) < 2
    return before.paragraph == sentence.paragraph or not ends


def _answers_question(document: IndexedDocument, position: int) -> bool:
    """Whether a sentence is the answer to the one before it, as among questions that are often asked."""
    answers = position > 0 and _ANSWER.match(document.line(position))
    return bool(answers and _QUESTION.search(document.line(position - 1)))


def leans_back(text: str) -> bool:
    """Whether a sentence is understood only with the one before it."""
    return bool(_LEANS_BACK.match(text))


def _repeats(one: Quotation, other: Quotation) -> bool:
    """Whether a document says twice what is quoted; another that says it too is a further source."""
    return one.document is other.document and _words(one) == _words(other)


def _words(quotation: Quotation) -> list[str]:
    first, last = quotation.sentences[0], quotation.sentences[-1]
    return re.findall(r"\w+", quotation.document.text[first.start : last.end].casefold())


def overlaps(one: Quotation, other: Quotation) -> bool:
    """Whether two quotations share a sentence."""
    same = one.document.id == other.document.id
    return same and one.first < other.last and other.first < one.last
