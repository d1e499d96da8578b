"""Sums, means, counts and extremes over the rows of a table, worked out by code where its columns tell them.

A reader reads one passage at a time: it cannot add up rows, nor tell which is the highest of those it has not compared.
What is worked out is said to be, over how many rows and on what condition, and rests on each of these rows.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from index.embedding import Embedder
from rag.ask.query import Query
from rag.ask.reckoning import Reckoning
from rag.read.across import across
from rag.read.bounds import numbers_of
from rag.read.evidence import Candidate, Quotation, Reading, Reckoned
from rag.read.grid import Condition
from rag.read.linking import Link, Table
from rag.read.tables import Field, Row, called, cells_of, fields_of, table_around
from rag.read.values import AGE, Column
from rag.verify.names import names_missing
from rag.words import DAYS, MONTHS, NUMBERS, WORD, content

LOOKED_AT = 5  #: of the best sentences, among which a row of the table must be
TOLD = 0.5  #: confidence from which a sentence that is no row is left to tell it
WORDS_OF_SENTENCE = 6
MOST_TIED = 3  #: rows that are equally high
MOST_CITED = 12  #: stretches of rows; where there are more, all rows from the first to the last are one
RIGHT = 0.8  #: share of what is worked out that is what was asked: see `docs/figures.md`
UNTOLD = 0.15  #: how sure at most a single row is the answer, where something had to be worked out over all of them
WHY_NOT = "It would have to be worked out over the rows of a table, and their columns do not tell surely how."

_COMPARED_WITH = re.compile(r"\b(?:than|or) ([^?,;.!]+)", re.I)
_EXTREMES = {"highest": r"\bmax(?:imum)?\b", "lowest": r"\bmin(?:imum)?\b"}
_WHEN = re.compile(r"\s*when\b", re.I)
_ONE_OF_ROWS = re.compile(r"\s*(?:who|which|where|when)\b", re.I)
LEAST_FIGURE = 10  #: that tells a row from others: smaller ones count things
_SUMS = content("total totals subtotal subtotals sum sums")
_NAMES = {"sum": "sum", "mean": "average", "highest": "highest", "lowest": "lowest"}
_OF_DATES = {"highest": "latest", "lowest": "earliest"}


def reckon(query: Query, reading: Reading, embedder: Embedder) -> Reading:
    """The reading with what the question wants worked out, if the table in which the reader looks tells it.

    It is as sure as that the documents speak of what is asked, but no surer than such answers are right. Where it
    cannot be worked out, a row that does not tell it by itself is hardly the answer, unless one may.
    """
    wanted = query.reckoning
    if wanted is None:
        return reading
    worked_out = _over_rows(query, wanted, reading, embedder)
    return reading if wanted.perhaps and not worked_out.reckoned else worked_out


def _over_rows(query: Query, wanted: Reckoning, reading: Reading, embedder: Embedder) -> Reading:
    if wanted.either and (absent := _absent(query.question, reading.candidates)):
        why_not = f"It would have to be compared with {absent}, of which nothing was found."
        return replace(reading, confidence=min(reading.confidence, UNTOLD), why_not=why_not)
    told = [one for one in reading.candidates if not one.sentence.heading]
    of_else = bool(told) and _sums_up_else(told[0], query.question)
    for number, candidate in enumerate(told[:LOOKED_AT]):
        if done := across(candidate.document, candidate.position, query.question, wanted):
            return _answered(done, reading)
        rows = table_around(candidate.document, candidate.position)
        if rows:
            table = Table(candidate.document, rows, embedder)
            if done := _worked_out(table, query.question, wanted):
                return _answered(done, reading)
            tells = number or wanted.either or _is_prose(candidate)
            tells = tells or _row_tells(candidate, table, query.question, wanted)
            return reading if tells and not of_else else _hardly(reading)
        if number == 0 and reading.confidence >= TOLD and not wanted.either and not of_else:
            return _unless_part_of_a_table(candidate, query.question, reading, wanted)
    return _hardly(reading) if of_else else reading


def _hardly(reading: Reading) -> Reading:
    return replace(reading, confidence=min(reading.confidence, UNTOLD), why_not=WHY_NOT)


def _sums_up_else(candidate: Candidate, question: str) -> bool:
    """Whether a row sums up all, while the question names something that neither it nor its document's title has."""
    document, position = candidate.document, candidate.position
    if not Row(position, cells_of(document, position) or fields_of(candidate.text)).is_total:
        return False
    names = names_missing(question, candidate.text)
    return any(content(name) - called(document, position) for name in names if name not in (*MONTHS, *DAYS))


def _absent(question: str, candidates: Sequence[Candidate]) -> str:
    """The first name of what a row is compared with, if that is in nothing that was read."""
    if not candidates or len(cells_of(candidates[0].document, candidates[0].position)) < 2:
        return ""
    *_, compared_with = ["", *(found[1] for found in _COMPARED_WITH.finditer(question))]
    documents = {one.document.id: one.document.title for one in candidates}
    there = "\n".join([*documents, *documents.values(), *(one.text for one in candidates)])
    missing = names_missing(f"than {compared_with}", there)
    return next((name for name in missing if name not in (*MONTHS, *DAYS)), "")


def _unless_part_of_a_table(candidate: Candidate, question: str, reading: Reading, wanted: Reckoning) -> Reading:
    """The reading, unsure of a row of a table that cannot be read whole, unless it has the words that are asked for."""
    cells = cells_of(candidate.document, candidate.position)
    row = Row(candidate.position, cells)
    if (
        _is_prose(candidate)
        or wanted.what == "count"
        or len(cells) < 2
        or row.is_total
        or wanted.words & content(candidate.text)
        or _is_called_so(candidate, question, wanted)
        or _has_figure_alone(cells, question, [cells_of(one.document, one.position) for one in reading.candidates[1:]])
        or _has_name_alone(candidate, question, reading.candidates[1:])
    ):
        return reading
    return _hardly(reading)


def _is_prose(candidate: Candidate) -> bool:
    """Whether the answer stands in a sentence of a row, as that of a numbered clause is."""
    cells, span = cells_of(candidate.document, candidate.position), candidate.focus or candidate.span
    holding = [cell for cell in cells if span and span in cell.value] or list(cells[1:2] if len(cells) == 2 else ())
    return any(one.value.endswith(".") and len(one.value.split()) >= WORDS_OF_SENTENCE for one in holding)


def _answered(done: Reckoned, reading: Reading) -> Reading:
    first = [Candidate(one.document, one.first, 2 * reading.candidates[0].score) for one in done.answering]
    places = {one.place for one in first}
    rest = [one for one in reading.candidates if one.place not in places]
    topic = reading.figures.topic if reading.figures else 0.0
    confidence = min(RIGHT, max(reading.confidence, topic))
    return replace(reading, candidates=(*first, *rest), confidence=confidence, reckoned=done)


def _row_tells(candidate: Candidate, table: Table, question: str, wanted: Reckoning) -> bool:
    """Whether a row says by itself what is asked: it sums up others, has the words, or alone meets the conditions.

    How many there are, a figure in it may tell, and what is asked for in all, a row or cell that is called a sum. What
    is called a minimum tells the least there is, and the one row with a figure of the question is no other. So does any
    row tell a bound, such as the minimum age, where no column could be compared.
    """
    if wanted.what == "count":
        words = set(WORD.findall((candidate.span or "1").lower()))
        return any(word.isdigit() for word in words) or not words.isdisjoint(NUMBERS)
    if wanted.limit and wanted.is_extreme and not table.may_be_compared(question, wanted):
        return True
    others = [row.cells for row in table.rows if row.position != candidate.position]
    cells = cells_of(candidate.document, candidate.position)
    if _is_called_so(candidate, question, wanted) or _has_figure_alone(cells, question, others):
        return True
    if len(table.rows) < 2 or any(row.position == candidate.position for row in table.totals):
        return True
    rows, conditions = table.narrowed(question, wanted) or ([], [])
    if conditions and [table.rows[row].position for row in rows] == [candidate.position]:
        return True
    return table.says(wanted, candidate.text) or not table.about.isdisjoint(wanted.words)


def _has_figure_alone(cells: Sequence[Field], question: str, others: Iterable[Sequence[Field]]) -> bool:
    """Whether a row has a figure of the question, as "race 109", that no other row has."""
    own, theirs = (
        {number for row in rows for cell in row for number in numbers_of(cell.value)} for rows in ([cells], others)
    )
    return any(number >= LEAST_FIGURE for number in numbers_of(question) & own - theirs)


def _has_name_alone(candidate: Candidate, question: str, others: Iterable[Candidate]) -> bool:
    """Whether a row has all names of the question, one of them as nothing else that was read: it tells its own most."""
    elsewhere, here = "\n".join(one.text for one in others), candidate.text
    lacking, missing = ({*names_missing(question, text)} - {*MONTHS, *DAYS} for text in (elsewhere, here))
    return bool(lacking) and not missing


def _is_called_so(candidate: Candidate, question: str, wanted: Reckoning) -> bool:
    """Whether the answer's column, or its row, is called a sum, or the answer a minimum or maximum, as is asked.

    A column is called so for each row; only one of what the question names tells what the most of that is.
    """
    cells = cells_of(candidate.document, candidate.position)
    if wanted.what == "sum":
        columns = [cell.name for cell in cells if (candidate.span or "") in cell.value]
        return any(_SUMS & content(name) for name in (*columns, *(cell.value for cell in cells[:1])))
    extreme, answer = _EXTREMES.get(wanted.what), candidate.focus or candidate.span
    answering = [cell for cell in cells if answer and answer in cell.value]
    if extreme is None or not answering:
        return False
    label = content(cells[0].value)
    named = bool(label) and label <= content(question)
    return any(
        re.search(rf"{extreme}[\s.:=of]{{0,5}}\d", cell.value, re.I) or (named and re.search(extreme, cell.name, re.I))
        for cell in answering
    )


def _worked_out(table: Table, question: str, wanted: Reckoning) -> Reckoned | None:
    """What is wanted; None if the table does not tell it, or a column of it has it."""
    if len(table.rows) < 2 or wanted.compared or table.says(wanted):
        return None
    link = table.link(question, wanted)
    if link is None and wanted.ours:  # each row may tell a part of the number
        wanted = replace(wanted, what="sum")
        link = table.link(question, wanted)
        link = link if link and link.column and content(link.column.name) & content(question) else None
    if link is None or (wanted.either and not link.are_two):
        return None
    said, column = _said(link.conditions), link.column
    if column is None:
        counted = f"Counted: {len(link.rows)} of {len(table.rows)} rows{said}."
        return Reckoned(counted, _stretches(table, link.rows)) if len(link.rows) > 1 else None
    adds_up = not wanted.is_extreme or bool(link.grouped_by)
    if column.unread.intersection(link.rows):
        return None  # what cannot be read would be missing
    if adds_up and ((column.kind == "percent" and wanted.what != "mean") or column.is_time_of_day):
        return None  # shares of different wholes add up to nothing, nor do the hours of clocks
    if wanted.of == "money" and min(column.figures.values()) < 0:
        return None  # what was paid may be a figure below zero
    link = replace(link, rows=tuple(row for row in link.rows if row in column.figures))
    if len(link.rows) < 2:
        return None
    if link.grouped_by:
        return _group(table, link, column, wanted, said)
    return (_extreme if wanted.is_extreme else _figure)(table, link, column, wanted, said)


def _figure(table: Table, link: Link, column: Column, wanted: Reckoning, said: str) -> Reckoned:
    figures = [column.figures[row] for row in link.rows]
    value = sum(figures) / (len(figures) if wanted.what == "mean" else 1)
    what = f"the {_NAMES[wanted.what]} of “{column.name}” is {column.written(value)}"
    return Reckoned(f"Computed from {len(figures)} rows{said}: {what}.", _stretches(table, link.rows))


def _extreme(table: Table, link: Link, column: Column, wanted: Reckoning, said: str) -> Reckoned | None:
    if wanted.of == "age" and not content(column.name) & AGE:  # the older, the earlier it began
        wanted = replace(wanted, what="lowest" if wanted.what == "highest" else "highest")
    best = _best((column.figures[row] for row in link.rows), wanted)
    rows = [row for row in link.rows if column.figures[row] == best]
    if len(rows) > MOST_TIED:
        return None
    if wanted.either:
        named = ((row, value) for row in link.rows for name, value in link.conditions if table.has(row, name, value))
        each = " and ".join(f"{column.raw[row]} for {value}" for row, value in named)
        text = f"Compared over {len(link.rows)} rows: “{column.name}” is {each}."
    else:
        kind = (_OF_DATES if column.kind == "date" else _NAMES)[wanted.what]
        text = f"Compared over {len(link.rows)} rows{said}: the {kind} “{column.name}” is {column.raw[rows[0]]}."
    return Reckoned(text, _stretches(table, link.rows), tuple(_quoted(table, row, link, column) for row in rows))


def _group(table: Table, link: Link, column: Column, wanted: Reckoning, said: str) -> Reckoned | None:
    """Which of the values of a column has the highest or lowest sum."""
    sums: dict[str, float] = {}
    for row in link.rows:
        value = table.cells[link.grouped_by].get(row, "")
        sums[value] = sums.get(value, 0.0) + column.figures[row]
    best = _best(sums.values(), wanted)
    found = [value for value, total in sums.items() if total == best]
    if len(sums) < 2 or len(found) > 1 or not found[0] or column.kind == "date":
        return None
    text = (
        f"Added up by “{link.grouped_by}” over {len(link.rows)} rows{said}: {found[0]} has the {_NAMES[wanted.what]} "
        f"sum of “{column.name}”, {column.written(best)}."
    )
    return Reckoned(text, _stretches(table, link.rows))


def _best(figures: Iterable[float], wanted: Reckoning) -> float:
    return max(figures) if wanted.what == "highest" else min(figures)


def _said(conditions: Sequence[Condition]) -> str:
    values: dict[str | None, list[str]] = {}
    for name, value in conditions:
        values.setdefault(name, []).append(value if name else f"“{value}”")
    parts = [" ".join([f"“{name}”"] * bool(name) + [" or ".join(told)]) for name, told in values.items()]
    return f" with {' and '.join(parts)}" if parts else ""


def _quoted(table: Table, row: int, link: Link, column: Column) -> Quotation:
    """A row with what it is called for the answer; where the question says that, with its figure if this is asked."""
    position, told = table.rows[row].position, table.name_of(row, link)
    asked, of_row = content(link.question), _ONE_OF_ROWS.match(link.question)
    if not link.are_two and _WHEN.match(link.question):
        told = column.raw[row] if column.kind == "date" else None
    elif told and not link.are_two and (content(told) <= asked or (not of_row and content(column.name) & asked)):
        told = None if of_row else column.raw[row]
    return Quotation(table.document, position, position + 1, told, position)


def _stretches(table: Table, rows: Sequence[int]) -> tuple[Quotation, ...]:
    """The rows, those that follow each other as one."""
    spans: list[tuple[int, int]] = []
    for position in (table.rows[row].position for row in rows):
        if spans and spans[-1][1] == position:
            spans[-1] = spans[-1][0], position + 1
        else:
            spans.append((position, position + 1))
    if len(spans) > MOST_CITED:
        spans = [(spans[0][0], spans[-1][1])]
    return tuple(Quotation(table.document, first, last) for first, last in spans)
