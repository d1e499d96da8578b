"""Names of a question that the document does not have in which its answer was found: it is of something else."""

import re
import unicodedata
from dataclasses import replace
from pathlib import PurePosixPath

from index.store.snapshot import words_of_name
from index.types import Document
from rag.ask.query import Query
from rag.read.evidence import Reading
from rag.verify.names import names_missing
from rag.verify.places import PLACES
from rag.words import DAYS, FUNCTION_WORDS, MONTHS, WORD

#: How sure at most it is that such a document answers: of 669 answers to questions of 16 folders nine were of one, and
#: three of these right; of 114 given where a name of a question had been exchanged for one that no document has, none.
UNNAMED = 0.3
SHORTEST = 3  #: letters of what is taken for a name that is no place

_TIMES = frozenset(word.lower() for word in (*DAYS, *MONTHS))
_MARK = re.compile(r"[\u0300-\u036f]")


def unless_unnamed(query: Query, reading: Reading) -> Reading:
    """The reading, hardly sure if the document of its best sentence lacks a name of the question.

    What is read says “the company” and “we”, so that no reader can tell that it is not the company which is asked for.
    """
    if not reading.candidates:
        return reading
    document = reading.candidates[0].document.document
    unnamed = names_lacking(query.question, document)
    if not unnamed:
        return reading
    names = " and ".join(f"“{name}”" for name in unnamed)
    why_not = f"The likeliest passage is in {PurePosixPath(document.id).name}, which does not name {names}."
    return replace(reading, confidence=min(reading.confidence, UNNAMED), why_not=why_not)


def names_lacking(question: str, document: Document) -> list[str]:
    """The names of a question that neither a document's text nor its title, file or properties have in any form.

    Months and days are none, as they may be written in figures, nor is anything where all words have capitals.
    """
    words = [word for word in WORD.findall(question) if word.lower() not in FUNCTION_WORDS]
    if len(words) > 1 and all(word[0].isupper() for word in words):
        return []
    facts = (value for _, value in document.facts)
    text = "\n".join((words_of_name(document.id).title(), document.id, document.title, *facts, document.text))
    names = [name for name in names_missing(question, "") if _may_be_looked_for(name)]
    if all(_occurs(name, text) for name in names):
        return []
    missing = set(names_missing(question, text))  # in other forms, which takes longer
    plain = _plain(text)
    return [name for name in names if name in missing and not _occurs(_plain(name), plain)]


def _may_be_looked_for(name: str) -> bool:
    bare = _bare(name).lower()
    is_long = len(bare) >= SHORTEST or bare in PLACES
    is_word = bare.removesuffix("s") in _TIMES or re.split(r"[’']", bare)[0] in FUNCTION_WORDS  # "I'm"
    return is_long and not is_word and not any(map(str.isdigit, bare))


def _occurs(name: str, text: str) -> bool:
    """Whether a text has a name, be it before a capital as in “macOS”, or spells its letters out."""
    bare = _bare(name)
    if re.search(rf"(?<![^\W\d_])(?i:{re.escape(bare)}(?:[’']?s)?)(?![a-z])", text):
        return True
    return bare.isupper() and bool(re.search(_spelt_out(bare), text, re.I))


def _spelt_out(letters: str) -> str:
    """A pattern: words that begin with these letters, small ones between them."""
    return r"\b" + r"[\w’']*[\s-]+(?:(?:of|the|and|for|in)\s+)?".join(map(re.escape, letters)) + r"[\w’']"


def _bare(name: str) -> str:
    return re.sub(r"[’']s?$", "", name)


def _plain(text: str) -> str:
    """A text without accents."""
    return _MARK.sub("", unicodedata.normalize("NFKD", text))
