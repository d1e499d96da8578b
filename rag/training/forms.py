"""Forms and tables made by code: rows of text such as the index makes of them, and questions on their values.

The public data sets have sentences only. Here a question is asked of a form, of its twin (one template, another
report), and of the form without the field or with nothing in it; a question on a table, of a table that has its row,
and of one that has not, or only not this cell of it.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rag.training.examples import Example
from rag.training.values import FORMS, WORDS, value_of

#: Questions on any field, beside its own.
_PLAIN = ("What is the {name}?", "What is the {name} of {it}?", "Which {name} is given?", "{name}?", "{it} {name}")
_PLAIN_ROW = ("What is the {name} of {row}?", "{row}: {name}?", "Which {name} does {row} have?", "{row} {name}")
_ABOUT = (" ({0} {1})", ", {1}", " according to the {2} with {0} {1}", " in the {2} of {1}", " for {1}")
_BARE = 0.3  #: tables with a layout below it have their columns' names in a line of their own

#: Makes examples of one question or more, which it names, with fillers among their rows.
Make = Callable[[str, Sequence[str], random.Random], Iterator[Example]]


@dataclass(frozen=True, slots=True)
class Cell:
    """A value with its name, as the form or the table has it."""

    name: str
    value: str
    questions: tuple[str, ...] = ()  #: in other words than its name
    group: str = ""  #: section of the form, or first cell of the table's row
    note: str = ""  #: what the form says of it beside its value

    @property
    def text(self) -> str:
        """As it stands in a row of text."""
        return f"{self.name}: {self.value}".rstrip() if self.name else self.value


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form or table as text: its label and header facts, and rows of cells."""

    kind: str
    it: str
    facts: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def title(self) -> str:
        """The label, and under it the facts that tell the document from others of its kind."""
        facts = " | ".join(fact.text for fact in self.facts[1:])
        label = f"{self.kind}, {self.facts[0].value}" if self.facts else self.kind
        return f"{label}\n{facts}" if facts else label

    @property
    def is_table(self) -> bool:
        """Whether its rows are a table's, each named by its first cell."""
        return bool(self.rows) and bool(self.rows[0][0].group) and self.rows[0][0].value == self.rows[0][0].group


def form_examples(number: int, seed: int, fillers: Sequence[str] = ()) -> list[Example]:
    """At least `number` examples on forms and tables, in random order; the same for the same seed.

    Args:
        number: How many.
        seed: Of everything.
        fillers: Sentences, one of which stands among the rows now and then.
    """
    return made_until(number, random.Random(f"forms {seed}"), "form", _of_sheet, fillers)


def made_until(number: int, rng: random.Random, name: str, make: Make, fillers: Sequence[str]) -> list[Example]:
    """At least `number` examples that `make` makes, some at a time, in random order; `name` tells them from others."""
    examples: list[Example] = []
    while len(examples) < number:
        examples += make(f"{name} {len(examples)}", fillers, rng)
    rng.shuffle(examples)
    return examples


def _of_sheet(asked: str, fillers: Sequence[str], rng: random.Random) -> Iterator[Example]:
    return (_of_form if rng.random() < 0.6 else _of_table)(asked, fillers, rng)


def _of_form(asked: str, fillers: Sequence[str], rng: random.Random) -> Iterator[Example]:
    """A question on a field, of its form and of a twin or of the form without the field."""
    template = rng.choice(FORMS["form"])
    names = rng.sample(template["fields"], rng.randint(4, min(8, len(template["fields"]))))
    kind = rng.choice(template["kinds"])
    sheet, twin = (form_of(template, names, kind, rng) for _ in range(2))
    cell = rng.choice([cell for row in sheet.rows for cell in row])
    named = rng.random() < 0.6
    question = question_on(cell, sheet, named, rng)
    layout = rng.random()
    yield _example(question, sheet, cell, layout, fillers, rng, asked)
    told_apart = {fact.value for fact in sheet.facts}.isdisjoint(fact.value for fact in twin.facts)
    if named and told_apart and rng.random() < 0.7:
        yield _example(question, twin, None, layout, fillers, rng, asked)
    elif rng.random() < 0.6:
        rest = emptied(sheet, cell) if rng.random() < 0.4 else without(sheet, cell)
        yield _example(question, rest, None, layout, fillers, rng, f"{asked} without")


def form_of(template: dict[str, Any], names: Sequence[list[str]], kind: str, rng: random.Random) -> Sheet:
    """A form with fields of a template, and now and then its sections; `names` are those of the fields."""
    facts = tuple(Cell(name, value_of(of, rng)) for name, of in template["header"])
    rows: list[tuple[Cell, ...]]
    notes = {name: rng.choice(said) for name, said in template.get("notes", {}).items() if rng.random() < 0.7}
    rows = [
        (Cell(name, value_of(of, rng), tuple(asked.split("|")), note=notes.get(name, "")),) for name, of, asked in names
    ]
    for section in template["sections"] if rng.random() < 0.6 else ():
        cells = (
            Cell(name, value_of(of, rng), tuple(asked.replace("{section}", _lower(section)).split("|")), section)
            for name, of, asked in template["section_fields"]
        )
        rows += [tuple(cells)]
    return Sheet(kind, rng.choice(template["it"]), facts, tuple(rows))


def _of_table(asked: str, fillers: Sequence[str], rng: random.Random) -> Iterator[Example]:
    """A question on a cell, of its table and of one without its row or its column; or which row has a value."""
    template = rng.choice(FORMS["table"])
    first, of = template["row"]
    rows = rng.sample(WORDS[of], rng.randint(3, min(9, len(WORDS[of]))))
    years = "years" in template
    columns = _years(template["columns"][0], rng) if years else _some_columns(template["columns"], rng)
    first = first if rng.random() < 0.8 else ""
    kind, place = rng.choice(template["kinds"]), (Cell("Place", value_of("place", rng)),) * (rng.random() < 0.5)
    table = Sheet(
        kind,
        _lower(template["row"][0]),
        place,
        tuple(
            (
                Cell(first, row, (), row),
                *(
                    Cell(name, value_of(kind_of, rng), tuple(text.replace("{row}", _typed(row, rng)).split("|")), row)
                    for name, kind_of, text in columns
                ),
            )
            for row in rows
        ),
    )
    row = rng.choice(table.rows)
    cell = rng.choice(row[1:])
    blank = rng.random() < 0.4  # asked of a table in whose row this cell alone is empty, too
    layout = max(rng.random(), _BARE if blank else 0.0)
    unique = sum(other.value == cell.value for line in table.rows for other in line) == 1
    if unique and not years and rng.random() < 0.2:
        question = f"Which {table.it} has {_lower(cell.name)} {cell.value}?"
        yield _example(question, table, row[0], layout, fillers, rng, asked)
    else:
        question = question_on(cell, table, False, rng)
        yield _example(question, table, cell, layout, fillers, rng, asked)
        if rng.random() < 0.6:
            by_row = Sheet(kind, table.it, place, tuple(line for line in table.rows if line != row))
            other = by_row if rng.random() < 0.6 or len(columns) < 3 else _without_column(table, cell.name)
            if blank:
                other = without(table, cell)
            yield _example(question, other, None, layout, fillers, rng, f"{asked} without")


def _some_columns(columns: Sequence[list[str]], rng: random.Random) -> Sequence[list[str]]:
    return rng.sample(columns, rng.randint(2, len(columns)))


def _years(column: list[str], rng: random.Random) -> Sequence[list[str]]:
    """The same figure for some years that follow each other, the latest first or last."""
    _, of, asked = column
    start, many = rng.randint(1995, 2022), rng.randint(2, 5)
    years = [[str(year), of, asked] for year in range(start, start + many)]
    return years if rng.random() < 0.6 else years[::-1]


def _typed(name: str, rng: random.Random) -> str:
    """A name as people type it."""
    return name if rng.random() < 0.6 else name.lower()


def question_on(cell: Cell, sheet: Sheet, named: bool, rng: random.Random) -> str:
    """A question on a cell; `named` adds what tells the document from its twins."""
    in_table = bool(cell.group) and sheet.is_table
    own = rng.random() < 0.65 or (in_table and cell.name.isdigit())  # nobody asks for "the 2019 of sales"
    template = rng.choice(cell.questions if own else _PLAIN_ROW if in_table else _PLAIN)
    it = f"the {_lower(cell.group)}" if cell.group else sheet.it
    if cell.group and template in _PLAIN:
        template = "What is the {name} of {it}?"
    text = template.format(name=_lower(cell.name.partition(" (")[0]), it=it, row=_typed(cell.group, rng))
    if named:
        fact = rng.choice(sheet.facts)
        mark = "?" if text.endswith("?") else ""
        about = rng.choice(_ABOUT).format(_lower(fact.name), fact.value, _lower(sheet.kind))
        text = f"{text.rstrip('?')}{about}{mark}"
    return text[0].upper() + text[1:]


def _example(
    question: str,
    sheet: Sheet,
    answer: Cell | None,
    layout: float,
    fillers: Sequence[str],
    rng: random.Random,
    asked: str,
) -> Example:
    """The question with the sheet's text, and where in it the answer's value stands."""
    context, place = "", None
    lines = list(lines_of(sheet, layout))
    if fillers and rng.random() < 0.25:
        lines.insert(rng.randint(0, len(lines)), [(rng.choice(fillers), None)])
    for line in lines:
        for text, cell in line:
            if answer is not None and cell is answer:
                end = len(context) + len(text)
                place = end - len(answer.value), end
            context += text
        context += "\n"
    return Example(question, sheet.title, context.rstrip("\n"), place, asked)


def lines_of(sheet: Sheet, layout: float) -> Iterator[list[tuple[str, Cell | None]]]:
    """The rows as stretches of text, each with its cell, whose value it ends with."""
    is_table = sheet.is_table
    bare = is_table and layout < _BARE
    if bare:
        yield [(" | ".join(cell.name for cell in sheet.rows[0]), None)]
    for row in sheet.rows:
        if row[0].group and not is_table and layout < 0.5:  # a line for each field, which names its section
            for cell in row:
                yield [(f"{cell.group} | {cell.text}", cell)]
            continue
        line: list[tuple[str, Cell | None]] = []
        if row[0].group and not is_table:
            line.append((f"{row[0].group} | ", None))
        for number, cell in enumerate(row):
            line += [(" | ", None)] * (number > 0) + [(cell.value if bare else cell.text, cell)]
            line += [(f" | {cell.note}", None)] * bool(cell.note)
        yield line


def without(sheet: Sheet, cell: Cell) -> Sheet:
    """The sheet without a cell."""
    rows = (tuple(other for other in row if other is not cell) for row in sheet.rows)
    return replace(sheet, rows=tuple(row for row in rows if row))


def emptied(sheet: Sheet, cell: Cell) -> Sheet:
    """The sheet with nothing behind a cell's name."""
    rows = (tuple(replace(other, value="") if other is cell else other for other in row) for row in sheet.rows)
    return replace(sheet, rows=tuple(rows))


def _without_column(sheet: Sheet, name: str) -> Sheet:
    return replace(sheet, rows=tuple(tuple(cell for cell in row if cell.name != name) for row in sheet.rows))


def _lower(name: str) -> str:
    """A name as it stands inside a sentence; abbreviations stay."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
