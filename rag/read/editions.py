"""Editions of one document, such as reports of several years: a question that names one is about that one."""

import re
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import replace

from index.store.lexical import stems
from index.store.snapshot import Snapshot, words_of_name
from index.types import Hit, IndexedDocument
from rag.read.around import is_of_other_time
from rag.read.sentences import sentences_within
from rag.read.tables import cells_of
from rag.verify.names import names_missing
from rag.words import MONTH, MONTH_NUMBERS

HEAD_CHARS = 600  #: of a document, in which it says what it is, and of which year, month or version
ALIKE = 0.5  #: share of the words of two heads that both have, from which they are editions of one document
FEWEST_WORDS = 2  #: of the names of two files, from which these are of one document if they differ in numbers alone
LONGEST = 30  #: years from the first to the last that a text is of

#: The years, those into the next, the months of a year, or the versions that a text names.
Named = Callable[[str], Set[str]]

_YEAR = re.compile(r"(?<!\d)(?P<first>(?:19|20)\d\d)(?:\s?[-–/]\s?(?P<last>(?:19|20)?\d\d)(?![\d-]))?(?!\d)")
_IN_FIGURES = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)[-_. ]?(?P<month>0[1-9]|1[0-2])(?=[-_. ]?[0-3]\d(?!\d)|(?!\d))"
)
_IN_WORDS = re.compile(
    rf"\b(?P<month>{MONTH})\b\.?(?: \d{{1,2}}(?:st|nd|rd|th)?,?|,| of)? (?P<year>(?:19|20)\d\d)\b", re.I | re.A
)
_WORD = re.compile(r"[^\W_]+")
_PAUSE = re.compile(r"[^\w\s]")
_VERSION = re.compile(r"\bv(?:er(?:sion)?)?[. ]?(?P<number>\d{1,3})(?!\d)", re.I)


def of_the_edition(question: str, hits: Sequence[Hit], snapshot: Snapshot) -> list[Hit]:
    """The passages found without those of other editions than a question names, if one of these is found.

    A passage that names the edition itself stays, for a report may tell of the year before, too; but not the rows of
    a table in it that do not.
    """
    if _may_be_of_others(question):
        return list(hits)
    kept = list(hits)
    for named in (_sessions, _years, _months, _versions):
        kept = _of(named, question, kept, snapshot)
    return kept


def _may_be_of_others(question: str) -> bool:
    """Whether the words around a year, month or version make it the bound of others: "since 2019", "2020 or later"."""
    for pattern in (_YEAR, _IN_FIGURES, _IN_WORDS, _VERSION):
        for one in pattern.finditer(question):
            before = _WORD.findall(question[: one.start()])[-3:]
            after = _WORD.findall(_PAUSE.split(question[one.end() :], maxsplit=1)[0])[:2]
            if is_of_other_time(" ".join(before + after)):
                return True
    return False


def _of(named: Named, question: str, hits: list[Hit], snapshot: Snapshot) -> list[Hit]:
    asked = named(question)
    if not asked:
        return hits
    documents = {hit.passage.document_id: snapshot.documents[hit.passage.document_id] for hit in hits}
    heads = {name: _head(indexed) for name, indexed in documents.items()}
    own = {name: named(head) for name, head in heads.items()}
    right = [name for name in documents if not asked.isdisjoint(own[name])]
    found: dict[str, list[str]] = {name: [head] for name, head in heads.items()}
    for hit in hits:
        found[hit.passage.document_id].append(hit.passage.text)
    lacks = {name: set(names_missing(question, "\n".join(texts))) for name, texts in found.items()}
    wrong = {
        name
        for name in documents
        if own[name]
        and asked.isdisjoint(own[name])
        # It may be the only one that is of whom, or of what, the question names.
        and any(_are_alike(name, one, heads) and lacks[one] <= lacks[name] for one in right)
    }
    kept = [hit for hit in hits if hit.passage.document_id not in wrong or asked & named(hit.passage.text)]
    return [
        _without_rows_of_else(hit, documents[hit.passage.document_id], lambda text: bool(asked & named(text)))
        if hit.passage.document_id in wrong
        else hit
        for hit in kept
    ]


def _without_rows_of_else(hit: Hit, document: IndexedDocument, is_named: Callable[[str], bool]) -> Hit:
    """A passage cut to what stands around the first line in it that names the edition, up to a row that does not."""
    positions = list(sentences_within(hit.passage, document))
    of_else = {one for one in positions if _is_row_without(is_named, document, one)}
    naming = [one for one in positions if one not in of_else and is_named(document.line(one))]
    if not of_else or not naming:
        return hit
    first = last = naming[0]
    while first - 1 in positions and first - 1 not in of_else:
        first -= 1
    while last + 1 in positions and last + 1 not in of_else:
        last += 1
    start = max(hit.passage.start, document.sentences[first].start)
    end = min(hit.passage.end, document.sentences[last].end)
    return replace(hit, passage=replace(hit.passage, start=start, end=end, text=document.text[start:end]))


def _is_row_without(is_named: Callable[[str], bool], document: IndexedDocument, position: int) -> bool:
    """Whether a sentence is a row of a table in which neither a cell nor the name of a column names the edition."""
    cells = cells_of(document, position)
    return len(cells) > 1 and not any(is_named(f"{cell.name} {cell.value}") for cell in cells)


def _sessions(text: str) -> set[str]:
    """The years from one into the next that a text names, as those of schools and budgets, by the first: "2023/24"."""
    found = (each for each in _YEAR.finditer(text) if each["last"])
    return {each["first"] for each in found if int(each["first"]) % 100 + 1 == int(each["last"]) % 100}


def _years(text: str) -> set[str]:
    """The years that a text names; of "2021-22" and "2019–2022", all from the first to the last."""
    years: set[str] = set()
    for found in _YEAR.finditer(text):
        first = int(found["first"])
        last = int(f"{first}"[: 4 - len(found["last"])] + found["last"]) if found["last"] else first
        is_month = found["last"] and len(found["last"]) == 2 and "-" in found[0] and 0 < int(found["last"]) <= 12
        if is_month and last != first + 1:
            last = first  # as in 2021-11
        years |= set(map(str, range(first, last + 1))) if first <= last <= first + LONGEST else {f"{first}", f"{last}"}
    return years


def _months(text: str) -> set[str]:
    """The months that a text names with their years, as in "May 2020", "May 4, 2020", 2020-05-04 or 202005."""
    words = {f"{found['year']}-{MONTH_NUMBERS[found['month'][:3].lower()]:02}" for found in _IN_WORDS.finditer(text)}
    return words | {f"{found['year']}-{found['month']}" for found in _IN_FIGURES.finditer(text)}


def _versions(text: str) -> set[str]:
    """The versions that a text names, by their first numbers."""
    return {found["number"] for found in _VERSION.finditer(text)}


def _head(indexed: IndexedDocument) -> str:
    document = indexed.document
    return f"{words_of_name(document.id)} {document.title} {document.text[:HEAD_CHARS]}"


def _are_alike(one: str, other: str, heads: Mapping[str, str]) -> bool:
    """Whether two documents are editions of one, by what stands at their heads, or by the names of their files."""
    names = [_words(words_of_name(name)) for name in (one, other)]
    words = [_words(heads[name]) for name in (one, other)]
    same_name = names[0] == names[1] and len(names[0]) >= FEWEST_WORDS
    return same_name or len(words[0] & words[1]) >= ALIKE * len(words[0] | words[1])


def _words(text: str) -> set[str]:
    return {stem for stem in stems([text])[0] if stem.isalpha()}
