"""Records made by code: forms of one template that follow each other in one text, one of which is asked about.

A question names its record by a fact at its head. It is asked of the text; of the same text with nothing in that field
of that record, while the others keep theirs; or of the text without that record.
"""

import random
from collections.abc import Iterator, Sequence

from rag.training.examples import Example
from rag.training.forms import Cell, Sheet, emptied, form_of, lines_of, made_until, question_on, without
from rag.training.values import FORMS

_GAPS = ("\n", "\n\n", "\n\n")
_HEADS = ("{kind}", "{kind}, {name}", "{kind} {number}", "## {kind} {number}", "{name}", "## {name}", "")


def record_examples(number: int, seed: int, fillers: Sequence[str] = ()) -> list[Example]:
    """At least `number` examples on records in one text, in random order; the same for the same seed.

    Args:
        number: How many.
        seed: Of everything.
        fillers: Sentences, one of which stands between the records now and then.
    """
    return made_until(number, random.Random(f"records {seed}"), "record", _of_records, fillers)


def _of_records(asked: str, fillers: Sequence[str], rng: random.Random) -> Iterator[Example]:
    template = rng.choice([one for one in FORMS["form"] if len(one["header"]) > 1])
    names = rng.sample(template["fields"], rng.randint(3, min(6, len(template["fields"]))))
    kind = rng.choice(template["kinds"])
    records = [form_of(template, names, kind, rng) for _ in range(rng.randint(2, 4))]
    at = rng.randrange(len(records))
    own = records[at]
    beside = [_values(record) for record in records if record is not own]
    if any(fact.value in value for fact in own.facts for values in beside for value in values):
        return  # a fact that another record has tells neither from the other
    cell = rng.choice([cell for row in own.rows for cell in row])
    question = question_on(cell, own, True, rng)
    write = _Writer(fillers, rng)
    records = [record if record is own else _thinned(record, rng) for record in records]
    yield write(question, records, cell, asked)
    draw = rng.random()
    rest = emptied(own, cell) if rng.random() < 0.4 else without(own, cell)
    if draw < 0.55 and rest.rows:
        yield write(question, [*records[:at], rest, *records[at + 1 :]], None, asked)
    elif draw < 0.85:
        yield write(question, [record for record in records if record is not own], None, asked)


def _values(record: Sheet) -> list[str]:
    return [cell.value for row in (record.facts, *record.rows) for cell in row]


def _thinned(record: Sheet, rng: random.Random) -> Sheet:
    """The record as it is, or without one of its cells: that one lacks something tells nothing by itself."""
    if rng.random() < 0.5:
        return record
    lacking = without(record, rng.choice([cell for row in record.rows for cell in row]))
    return lacking if lacking.rows else record


class _Writer:
    """Writes records in one layout, such as all texts of a question have."""

    def __init__(self, fillers: Sequence[str], rng: random.Random) -> None:
        self._head, self._gap, self._layout = rng.choice(_HEADS), rng.choice(_GAPS), rng.random()
        self._facts = rng.choice(("\n", " | "))
        self._title = rng.choice(("{kind}", "{kind} (copies)", "Scans", "All of this year", ""))
        self._filler = rng.choice(fillers) if fillers and rng.random() < 0.25 else ""

    def __call__(self, question: str, records: Sequence[Sheet], answer: Cell | None, asked: str) -> Example:
        """The question with the text, and where in it the answer stands."""
        context, place = "", None
        for number, record in enumerate(records, 1):
            head = self._head.format(kind=record.kind, name=record.facts[0].value, number=number)
            facts = self._facts.join(fact.text for fact in record.facts)
            context += "\n".join(part for part in (head, facts) if part) + "\n"
            for line in lines_of(record, self._layout):
                for text, cell in line:
                    context += text
                    if answer is not None and cell is answer:
                        place = len(context) - len(answer.value), len(context)
                context += "\n"
            if number == 1 and self._filler:
                context += f"{self._filler}\n"
            context = context.rstrip("\n") + self._gap
        title = self._title.format(kind=records[0].kind)
        return Example(question, title, context.rstrip("\n"), place, asked)
