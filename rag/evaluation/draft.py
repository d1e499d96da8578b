"""Draft a question set about documents, for a person to go over: from headings, names and sentences."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

import numpy as np

from index.files.structure import plain_heading
from index.store.lexical import LexicalIndex
from index.types import IndexedDocument
from rag.about.subjects import Subject, find_subjects
from rag.evaluation.questions import Question

FEWEST_WORDS, MOST_WORDS = 5, 45  #: of a sentence that is evidence
FEWEST_SUBJECT_WORDS, MOST_SUBJECT_WORDS = 3, 9  #: before the verb of a sentence that becomes a question
MOST_ANSWER_WORDS = 8
UNANSWERABLE_SHARE = 5  #: one in so many questions is about something else

_SENTENCE = re.compile(r"[^|#>].*[.!][\"”’)]*", re.S)
# "The fee of the first year is £40." asks "What is the fee of the first year?"
_COPULA = re.compile(r"(?P<subject>(?:The|A|An) [^,;:()]+?) (?P<verb>is|are|was|were) (?P<answer>[^,;]+)\.", re.S)
_VERBAL = re.compile(
    r"(?:not|n['’]t|to|being|been|\w+ed|\w+ing|made|given|held|kept|sold|paid|built|found|put|still|also|in|on|at)\b",
    re.I,
)
_CLAUSE = re.compile(
    r"\b(?:which|that|who|whose|when|where|because|although|but|and so"
    r"|must|shall|will|would|can|may|has|have|had|does)\b",
    re.I,
)

# What documents rarely tell, and the word by which one that does is known.
_ELSEWHERE = (
    ("How many moons does Jupiter have?", "jupiter"),
    ("Who painted the ceiling of the Sistine Chapel?", "sistine"),
    ("What is the capital of Mongolia?", "mongolia"),
    ("How long does it take to hard-boil an egg?", "egg"),
    ("Which team won the first football World Cup?", "football"),
    ("What is the boiling point of ethanol?", "ethanol"),
    ("When was the Eiffel Tower completed?", "eiffel"),
    ("How do bats find their way in the dark?", "bats"),
    ("Who wrote The Tempest?", "tempest"),
    ("What do koalas eat?", "koalas"),
)


def draft_questions(documents: Sequence[IndexedDocument], count: int = 20) -> list[Question]:
    """At most `count` questions, documents in turn; the evidence of each stands in its document.

    One in five is about something else, and so to be refused. That a question reads well, and that no other sentence
    answers it as well, is for a person to see to.
    """
    elsewhere = [question for question, word in _ELSEWHERE if not any(_holds(one, word) for one in documents)]
    refused = elsewhere[: count // UNANSWERABLE_SHARE]
    kinds = [list(_from_sentences(documents)), list(_from_subjects(documents))]
    drafted: dict[str, Question] = {}
    for question in (one for row in zip_longest(*kinds) for one in row if one):
        drafted.setdefault(question.question.lower(), question)
    chosen = list(drafted.values())[: count - len(refused)]
    chosen += [Question("", question, answerable=False, category="off-topic") for question in refused]
    return [replace(question, id=f"d{number:03}") for number, question in enumerate(chosen, start=1)]


def _holds(indexed: IndexedDocument, word: str) -> bool:
    return re.search(rf"\b{word}", indexed.text, re.I) is not None


def _from_subjects(documents: Sequence[IndexedDocument]) -> Iterator[Question]:
    """Of headings and names: the evidence is what the section, or the document, says most plainly of it."""
    by_id = {one.id: one for one in documents}
    for subject in find_subjects(documents):
        evidence = _key_sentence(by_id[subject.document_id], subject)
        if evidence:
            yield Question("", subject.question, category="summary", evidence=(evidence,), document=subject.document_id)


def _key_sentence(indexed: IndexedDocument, subject: Subject) -> str:
    """The sentence of the section with this heading, or that has this name, which is most like the subject."""
    spans = list(_sections(indexed, subject.text))
    sentences = [
        text
        for sentence, text in _sentences(indexed)
        if any(start <= sentence < end for start, end in spans) or (not spans and subject.text in text)
    ]
    if not sentences:
        return ""
    scores = LexicalIndex(sentences).scores(subject.question)
    return sentences[int(np.argmax(scores))]


def _sections(indexed: IndexedDocument, heading: str) -> Iterator[tuple[int, int]]:
    """Where the sections with this heading begin and end."""
    headings = [one for one in indexed.sentences if one.heading]
    ends = [*(one.start for one in headings[1:]), len(indexed.text)]
    for one, end in zip(headings, ends, strict=False):
        if plain_heading(indexed.said(one)) == heading:
            yield one.end, end


def _sentences(indexed: IndexedDocument) -> Iterator[tuple[int, str]]:
    """Where the sentences start that can be evidence, and their text on one line."""
    for sentence in indexed.prose:
        text = " ".join(indexed.said(sentence).split())
        if FEWEST_WORDS <= len(text.split()) <= MOST_WORDS and _SENTENCE.fullmatch(text):
            yield sentence.start, text


def _from_sentences(documents: Sequence[IndexedDocument]) -> Iterator[Question]:
    """Of sentences that say what something is, documents in turn, those first whose answer is a number or a name."""
    columns = [sorted(_asked(one), key=lambda pair: -pair[0]) for one in documents]
    for row in zip_longest(*columns):
        yield from (pair[1] for pair in row if pair)


def _asked(indexed: IndexedDocument) -> Iterator[tuple[int, Question]]:
    for _, text in _sentences(indexed):
        match = _COPULA.fullmatch(text)
        if not match:
            continue
        subject, answer = match["subject"], match["answer"].strip()
        short = len(subject.split()) <= MOST_SUBJECT_WORDS and len(answer.split()) <= MOST_ANSWER_WORDS
        if not short or _VERBAL.match(answer) or _CLAUSE.search(f"{subject} {answer}"):
            continue
        number = bool(re.search(r"\d", answer))
        telling = 2 * number + bool(re.search(r"(?<!^)\b[A-Z]", answer))
        if not telling and len(subject.split()) < FEWEST_SUBJECT_WORDS:
            continue  # "What is the matter?"
        asked = f"What {match['verb']} {subject[0].lower()}{subject[1:]}?"
        yield (
            telling,
            Question(
                "",
                asked,
                category="number" if number else "fact",
                evidence=(text,),
                answers=(answer,),
                document=indexed.id,
            ),
        )
