"""Questions that name a section by its number: “What does clause 7 say?”, “Under section 4.2, who pays?”."""

import re
from dataclasses import dataclass
from string import ascii_uppercase

from rag.words import one_of

#: What sections are called; any of a line may stand before the number that is asked for by another of it.
_KINDS = (
    ("section", "sec", "clause", "paragraph", "para", "article", "art", "rule", "§"),
    ("appendix", "annex"),
    ("chapter",),
    ("part",),
    ("schedule",),
    ("exhibit",),
)
_CALLED = {name: kind for kind in _KINDS for name in kind}
#: What may stand under a number alone: “4. Fees” is section 4, but no appendix 4.
_UNCALLED = {*_CALLED["section"], "chapter"}
_ROMAN = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX".split()

_NUMBER = rf"(?:\d{{1,3}}(?:\.\d{{1,3}})*|{one_of(_ROMAN)}|[A-Z])"
_ENDS = r"(?![\w%]|[.:,]\d)"  #: behind a number, which is not of more figures
_PARTED = r"(?:\.\s*|\s+|(?<=§))(?:no\.?\s*)?"  #: what stands between a name and its number
_SECTION = rf"(?:\bthe )?(?:\b|(?=§))(?P<called>(?i:{one_of(_CALLED)})){_PARTED}(?P<number>{_NUMBER}){_ENDS}"
_NAMED = re.compile(_SECTION)
_ITSELF = re.compile(
    r"\W*(?i:(?:(?:and|so|please|can you|could you)\W+)*"
    r"(?:what(?:[’']s| is| are| does| did)?|summari[sz]e|sum up|quote|show|read|explain|tell(?= me| us))?"
    r"(?: me| us)?(?:(?: said| written| stated)? (?:in|under|about|by))?)\s*"
    rf"{_SECTION}"
    r"(?i:,? (?:of|in|from) (?:the|my|our|this|that|these)\b(?P<of>[^?]*?))?"
    r"(?i: (?:says?|states?|covers?|contains?|reads?|means?|tells? (?:me|us)|deals? with|(?:is )?about|provides?"
    r"|regulates?|requires?)(?: about)?)?\W*"
)


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a document as a question names it."""

    called: str  #: in small letters
    number: str  #: “4.2”, “IV” or “B”

    def is_of(self, line: str, *, heading: bool) -> bool:
        """Whether a line begins with its number, as its heading does, or its first sentence."""
        return self._begins(self.number, line, heading=heading)

    def ends_before(self, line: str, *, heading: bool) -> bool:
        """Whether a line begins with the next number: behind “4.2” that is “4.3” or “5”."""
        return any(self._begins(number, line, heading=heading) for number in _next(self.number))

    def is_named_in(self, text: str) -> bool:
        """Whether a text names it, if only as that of another one."""
        called = one_of(map(re.escape, _CALLED[self.called]))
        before = r"(?<![\w.])" if "." in self.number else rf"(?i:{called})s?{_PARTED}"
        return bool(re.search(rf"{before}{re.escape(self.number)}{_ENDS}", text))

    def __str__(self) -> str:
        return f"{self.called} {self.number}"

    def _begins(self, number: str, line: str, *, heading: bool) -> bool:
        called = one_of(map(re.escape, _CALLED[self.called]))
        before = rf"[\s#>*_(\[-]*(?P<called>(?i:{called}){_PARTED})?"
        found = re.match(rf"{before}{re.escape(number)}{_ENDS}(?P<mark>[.):]?)", line)
        if not found or found["called"]:
            return bool(found)
        told = found["mark"] or "." in number or (heading and number.isdigit())  # not “I agree” nor “4 people came”
        return bool(told) and self.called in _UNCALLED


def names_section(question: str) -> Section | None:
    """The section that a question names, if it names one only."""
    found = {Section(one["called"].lower(), one["number"]) for one in _NAMED.finditer(question)}
    return found.pop() if len(found) == 1 else None


def asks_for_section(question: str) -> str | None:
    """How the document of a section is called, where no more is asked than what that says; None otherwise."""
    found = _ITSELF.fullmatch(question)
    return (found["of"] or "").strip() if found else None


def _next(number: str) -> list[str]:
    if number.isalpha():
        rows = [row for row in (_ROMAN, [*ascii_uppercase]) if number in row[:-1]]
        return [row[row.index(number) + 1] for row in rows]
    parts = number.split(".")
    return [".".join([*parts[:depth], str(int(parts[depth]) + 1)]) for depth in range(len(parts))]
