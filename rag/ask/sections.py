"""Questions that name a section by its number: “What does clause 7 say?”, “Under section 4.2, who pays?”."""

import re
from dataclasses import dataclass

from index.files.word.numbers import roman
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
#: What may stand under a number alone: “4. Fees” is section 4, but neither appendix nor article 4.
_UNCALLED = {*_CALLED["section"], "chapter", "part"} - {"article", "art"}
ROMAN = [roman(number) for number in range(1, 21)]

_SAYS = (
    r"(?:says?|states?|covers?|contains?|reads?|means?|tells? (?:me|us)|deals? with|(?:is )?about|provides?|regulates?"
    r"|requires?)"
)
_LONG_ROMAN = one_of(number for number in ROMAN if len(number) > 1)
_ALONE = rf"(?=\W*\Z|[?,;:)]| (?:of|in|from|under|{_SAYS})\b)"  #: before what goes on without a noun
#: “Part I”, “annex A” and “4A” only where no word follows: not in “the part I need”, “a 3D printer”.
_NUMBER = rf"(?:\d{{1,3}}(?:\.\d{{1,3}})*(?:[A-Za-z]{_ALONE})?|(?i:{_LONG_ROMAN})|[A-Z]{_ALONE})"
_ENDS = r"(?![\w%]|[.:,]\d)"  #: behind a number, which is not of more figures
_PARTED = r"(?:\.\s*|\s+|(?<=§))(?:(?:no|number)\b\.?\s*)?"  #: what stands between a name and its number
_SECTION = rf"(?:\bthe )?(?:\b|(?=§))(?P<called>(?i:{one_of(_CALLED)})){_PARTED}(?P<number>{_NUMBER}){_ENDS}"
_NAMED = re.compile(_SECTION)
_POLITE = r"\W*(?i:(?:(?:and|so|please|(?:can|could|would) you)\W+)*)"
_ITSELF = tuple(
    re.compile(rf"{_POLITE}{pattern}(?i:(?:,? (?:for me|please|then))*)\W*")
    for pattern in (
        r"(?i:(?:what(?:[’']s| is| are| does| did)?|summari[sz]e|sum up|quote|show|give|read|explain|tell(?= me| us))?"
        r"(?: me| us)?(?:(?: said| written| stated)? (?:in|under|about|by))?)\s*"
        rf"{_SECTION}(?i:,? (?:of|in|from) (?:the|my|our|this|that|these)\b(?P<of>[^?]*?))?(?i: {_SAYS}(?: about)?)?",
        rf"(?i:what (?:does|do|did) (?:the|my|our|this|that)\b(?P<of>[^?]*?) {_SAYS} (?:in|under|at)) {_SECTION}",
    )
)


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a document as a question names it."""

    called: str  #: in small letters
    number: str  #: “4.2”, “IV” or “B”

    def __str__(self) -> str:
        """As people write it."""
        return f"{self.called} {self.number}"

    @property
    def names(self) -> tuple[str, ...]:
        """All that it may be called."""
        return _CALLED[self.called]

    @property
    def may_stand_alone(self) -> bool:
        """Whether its number may stand without a name."""
        return self.called in _UNCALLED

    def is_named_in(self, text: str) -> bool:
        """Whether a text names it, if only as that of another one."""
        number = re.escape(self.number)
        before = r"(?<![\w.])" if "." in self.number else rf"(?:(?i:{one_of(map(re.escape, self.names))})s?{_PARTED})"
        alone = rf"|^\W{{0,6}}{number}[.):]" if self.may_stand_alone else ""
        return bool(re.search(rf"{before}(?i:{number}){_ENDS}{alone}", text, re.M))


def names_section(question: str) -> Section | None:
    """The section that a question names, if it names one only."""
    found = {_section(one) for one in _NAMED.finditer(question)}
    return found.pop() if len(found) == 1 else None


def only_asks_for_section(question: str) -> str | None:
    """How the document of a section is called, where no more is asked than what that says; None otherwise."""
    found = next(filter(None, (pattern.fullmatch(question) for pattern in _ITSELF)), None)
    return (found["of"] or "").strip() if found else None


def _section(found: re.Match[str]) -> Section:
    number = found["number"]
    return Section(found["called"].lower(), number if number[-1].isdigit() else number.upper())
