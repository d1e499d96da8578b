"""Catalogues made by code: rows of many columns on articles with long names, asked about as people call them.

A list says "Part Name: Lumo D7100 24.1 MP digital SLR camera with 18-140mm lens"; somebody asks for the Lumo camera,
and says whose list it is, or compares two prices. It is asked of the rows; of the same rows without that of the
article, or with nothing in that column; and about an article that differs in one word from one that is there.
"""

import random
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rag.training.examples import Example
from rag.training.forms import made_until
from rag.training.values import WORDS, value_of

PARTS: dict[str, Any] = tomllib.loads((Path(__file__).parent / "catalogues.toml").read_text(encoding="utf-8"))
MOST_CHARS = 600  #: of the rows that are asked about together


@dataclass(frozen=True, slots=True)
class _Article:
    """What a row is about: in short, by kind, and what else tells it from others."""

    noun: str
    kind: str
    brand: str
    model: str
    material: str
    details: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    article: _Article
    cells: tuple[tuple[str, str], ...]  #: names of columns, and what stands there

    @property
    def text(self) -> str:
        """As the index writes it."""
        return " | ".join(f"{name}: {value}" for name, value in self.cells if value)


def catalogue_examples(number: int, seed: int, fillers: Sequence[str] = ()) -> list[Example]:
    """At least `number` examples on rows of catalogues, in random order; the same for the same seed.

    Args:
        number: How many.
        seed: Of everything.
        fillers: Not used, as nothing stands between the rows of a sheet.
    """
    return made_until(number, random.Random(f"catalogues {seed}"), "catalogue", _of_catalogue, fillers)


def _of_catalogue(asked: str, fillers: Sequence[str], rng: random.Random) -> Iterator[Example]:
    columns = _columns(rng)
    rows = _rows(columns, rng)
    at = rng.randrange(len(rows))
    own = rows[at]
    others = [row.text.lower() for row in rows if row is not own]
    called = _called(own, others, rng)
    told = [column for column in columns["asked"] if dict(own.cells).get(column[0])]
    if not called or not told:
        return
    name, _, questions = rng.choice(told)
    title = rng.choice(PARTS["title"])
    place = _place(rng) if rng.random() < 0.4 else ""
    head = " | ".join(columns["order"]) + "\n" if rng.random() < 0.3 else ""
    template = rng.choice(questions)
    question = _question(template, called, place)
    if (beside := _beside(rows, at, name, rng)) and rng.random() < 0.8:
        template = rng.choice(PARTS["two"])
        question = f"{template.format(item=called, other=beside[1])}{place}?"
        yield _example(question, title, head, rows, [(at, name), (beside[0], name)], asked)
        return
    yield _example(question, title, head, rows, [(at, name)], asked)
    draw = rng.random()
    if draw < 0.35:
        yield _example(question, title, head, [row for row in rows if row is not own], [], asked)
    elif draw < 0.65:
        empty = replace(own, cells=tuple(cell for cell in own.cells if cell[0] != name))
        yield _example(question, title, head, [empty if row is own else row for row in rows], [], asked)
    elif other := _another(own.article, [row.text.lower() for row in rows], rng):
        yield _example(_question(template, other, place), title, head, rows, [], f"{asked} other")


def _columns(rng: random.Random) -> dict[str, Any]:
    """The columns of a sheet in their order: those that are asked for, those beside them, and what names articles."""
    asked = [
        (rng.choice(names), of, questions) for names, of, questions in rng.sample(PARTS["column"], rng.randint(2, 5))
    ]
    beside = [(rng.choice(names), values) for names, values in rng.sample(PARTS["beside"], rng.randint(0, 3))]
    apart = rng.random() < 0.4  # make and model have columns of their own
    naming = [rng.choice(PARTS[one]) for one in (("make", "model", "name") if apart else ("name",))]
    rest = [*(one[0] for one in asked), *(one[0] for one in beside)]
    rng.shuffle(rest)
    at = rng.randint(0, min(3, len(rest)))
    return {"asked": asked, "beside": beside, "naming": naming, "order": [*rest[:at], *naming, *rest[at:]]}


def _rows(columns: dict[str, Any], rng: random.Random) -> list[_Row]:
    """Rows on articles, of which some are of one kind; as many as stand together in a passage."""
    rows: list[_Row] = []
    used = 0
    while len(rows) < 2 or (used < MOST_CHARS and len(rows) < 9):
        noun = rows[-1].article.noun if rows and rng.random() < 0.35 else None
        article = _article(noun, rng)
        told = dict(zip(columns["naming"], _named(article, len(columns["naming"]), rng), strict=True))
        told |= {name: _value(of, rng) for name, of, _ in columns["asked"] if rng.random() < 0.88}
        told |= {name: rng.choice(values) for name, values in columns["beside"] if rng.random() < 0.9}
        rows.append(_Row(article, tuple((name, told.get(name, "")) for name in columns["order"])))
        used += len(rows[-1].text)
    return rows


def _article(noun: str | None, rng: random.Random) -> _Article:
    short, kinds, details = rng.choice([one for one in PARTS["articles"] if noun in (None, one[0])])
    model = rng.choice(("", "", *WORDS["model"], _value("code", rng), _value("code", rng)))
    few = tuple(rng.sample(details, rng.randint(1, min(3, len(details)))))
    material = rng.choice(PARTS["material"]) if rng.random() < 0.5 else ""
    return _Article(short, rng.choice(kinds), rng.choice(PARTS["brand"]), model, material, few)


def _named(article: _Article, columns: int, rng: random.Random) -> list[str]:
    """What names an article, in one column or in three."""
    if columns == 3:
        return [
            article.brand,
            article.model,
            " ".join(filter(None, (article.material, article.kind, *article.details))),
        ]
    brand = article.brand if rng.random() < 0.7 else ""
    parts = [article.material, article.kind]
    said = " ".join(filter(None, rng.choice(([brand, article.model, *parts], [*parts, brand, article.model]))))
    mark = rng.choice((" ", ", ", "; ", " - "))
    text = said + mark + rng.choice((mark, " ", ", ")).join(article.details)
    if rng.random() < 0.3:
        text = " ".join((brand, article.model, *article.details[:1], *parts, "with", *article.details[1:])).strip()
    return [" ".join((text[0].upper() + text[1:] if rng.random() < 0.5 else text).removesuffix("with").split())]


def _value(of: str, rng: random.Random) -> str:
    if of == "money":
        return rng.choice(("{:.2f}", "${:,.2f}", "£{:.2f}", "{:.0f}", "{:.1f}")).format(rng.uniform(2, 1_500))
    if of == "serial":
        return rng.choice(
            (str(rng.randint(100, 999_999)), _value("code", rng), f"{rng.randint(1, 99)}-{rng.randint(100, 9999)}")
        )
    if of == "count":
        return str(rng.randint(1, 60))
    return str(rng.choice(PARTS[of])) if of in PARTS else value_of(of, rng)


def _called(row: _Row, others: Sequence[str], rng: random.Random) -> str:
    """What somebody calls an article, by what its row says, so that no other is meant; empty if nothing does."""
    article = row.article
    own = [article.kind, article.noun if article.noun in article.kind else article.kind]
    names = [
        one
        for noun in own
        for one in (
            noun,
            f"{article.brand} {noun}",
            f"{article.material} {noun}".strip(),
            f"{rng.choice(article.details)} {noun}",
            f"{article.brand} {article.model} {noun}".replace("  ", " "),
            f"{article.model} {noun}".strip(),
            f"{article.brand} {article.model}".strip() if article.model else noun,
        )
    ]
    rng.shuffle(names)
    said = (name for name in names if _holds(row.text.lower(), name))
    return next((name for name in said if not any(_holds(other, name) for other in others)), "")


def _another(article: _Article, rows: Sequence[str], rng: random.Random) -> str:
    """An article that none of the rows is about, though one is about nearly that; empty if there is none."""
    brand, material = rng.choice(PARTS["brand"]), rng.choice(PARTS["material"])
    kind = rng.choice(next(kinds for noun, kinds, _ in PARTS["articles"] if noun == article.noun))
    name = rng.choice(
        (f"{brand} {article.noun}", f"{material} {article.noun}", kind, f"{brand} {article.model}".strip())
    )
    told = name if any(part.lower() in row for row in rows for part in name.split()) else ""
    return told if told and not any(_holds(row, told) for row in rows) else ""


def _holds(row: str, name: str) -> bool:
    """Whether a row may be about what is called so."""
    return all(word in row for word in name.lower().split())


def _place(rng: random.Random) -> str:
    told: str = rng.choice(PARTS["place"])
    return told.format(place=rng.choice(WORDS["place"]), company=rng.choice(WORDS["company"]))


def _question(template: str, called: str, place: str) -> str:
    mark = "?" if template.endswith("?") else ""
    text = (
        template.format(item=called).replace(f"{called}s", called)
        if called.endswith("s")
        else template.format(item=called)
    )
    return f"{text.rstrip('?')}{place}{mark}"


def _beside(rows: Sequence[_Row], at: int, column: str, rng: random.Random) -> tuple[int, str] | None:
    """Another row with a price in the same column, and what its article is called; None if there is none."""
    if column not in PARTS["column"][0][0]:
        return None
    others = [number for number, row in enumerate(rows) if number != at and dict(row.cells).get(column)]
    for number in rng.sample(others, len(others)):
        rest = [row.text.lower() for row in rows if row is not rows[number]]
        if called := _called(rows[number], rest, rng):
            return number, called
    return None


def _example(
    question: str, title: str, head: str, rows: Sequence[_Row], answers: Sequence[tuple[int, str]], asked: str
) -> Example:
    """The question with the rows, and where in them the answers stand: their rows, by number, and columns."""
    context, places = head, {}
    for number, row in enumerate(rows):
        for one in answers:
            if number == one[0]:
                start = len(context) + _offset(row, one[1])
                places[one] = start, start + len(dict(row.cells)[one[1]])
        context += f"{row.text}\n"
    found = [places[one] for one in answers]
    return Example(question, title, context.rstrip("\n"), found[0] if found else None, asked, tuple(found[1:]))


def _offset(row: _Row, column: str) -> int:
    """Where in a row the value in a column begins."""
    done = 0
    for name, value in row.cells:
        if name == column:
            return done + len(name) + 2
        done += len(f"{name}: {value} | ") if value else 0
    raise KeyError(column)
