"""What the words of a question do with a thing or a time that it names: they bound it, or lead from it to another."""

import re

from rag.words import one_of

#: With these a figure is not of the year beside it, or of more than that.
_BESIDES = "as change changed compared decrease from growth increase since until vs"
_BESIDE = re.compile(rf"\b{one_of(_BESIDES.split())}\b", re.I)
_RELATIVE = re.compile(rf"(?:19|20)\d\d\s?[-–/]\s?\d|{_BESIDE.pattern}", re.I)
#: Words with which a name is that of another thing than the one asked for.
_OF_OTHERS = "after apart before besides else except excluding like neighbour neighbor next not other than"
_OTHERS = re.compile(rf"\b{one_of(_OF_OTHERS.split())}\b|n[’']t\b", re.I)
#: With these a question bounds a time, or goes on from it.
_BOUNDING = "between days earlier follow follows followed following later or through until within"
_AROUND = re.compile(rf"\b{one_of(_BOUNDING.split())}\b|\bweeks?\b(?! \d)|\bby (?:the )?(?=\d)", re.I)


def is_relative(text: str) -> bool:
    """Whether years stand beside what is not of them alone: "since 2019", "change from 2019", "2019-20"."""
    return bool(_RELATIVE.search(text))


def names_neighbours(question: str) -> bool:
    """Whether a name in a question may be that of something else than it asks for: "next to the gym"."""
    return bool(_OTHERS.search(question))


def is_of_another(question: str) -> bool:
    """Whether a question may be about another thing than it names: "after race 7", "more than 12"."""
    return bool(_BESIDE.search(question)) or names_neighbours(question)


def is_of_other_time(question: str) -> bool:
    """Whether a question with a year, a day or an hour may be about another one: "since 2019", "after 2 May"."""
    return is_of_another(question) or bool(_AROUND.search(question))
