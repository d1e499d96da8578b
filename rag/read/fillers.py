"""Words of a question that tell neither which rows of a table it is about nor which column."""

from rag.words import content

#: Words that say nothing of a table: they ask for a figure, or for a row.
EMPTY = content(
    "get got give given have cost pay paid spend spent make made come came go went take took put list table row entry "
    "number amount figure value time much many still together each one part person people we us our money year"
)
#: Verbs that add no condition; but rows that are counted may be those of which a verb is true.
VERBS = content(
    "look run ran bring brought earn earned add added put get lasts win won score scored supply supplied serve sell "
    "sold buy bought hold show award awarded charge charged adds use used receive received produce work raise raised "
    "claim claimed give gave take taken made move moved lent lend noted"
)
