"""Train the model that knows rows that name columns: `python -m rag.training.naming FOLDER... --out naming.json`.

Each folder holds CSV files of one source, whose first rows name their columns. Of each table the first row is one that
names columns, and rows below it are not; some tables are made sparse, turned into rosters under days, years or lessons,
or into forms, of which no row names columns.
"""

import csv
import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import log
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from index.files.tables.naming import features_of, kind_of, words_of

MOST_ROWS = 200  #: of a table
FEWEST_ROWS = 5
FEWEST_SEEN = 6  #: times a word stands anywhere, to be one of the model's
HEIGHTS = (1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 40)  #: of what is below a row
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April May June July August September October November December".split()

Line = dict[int, str]
Table = list[Line]
Example = tuple[Line, Table, bool]


def tables_of(folder: Path) -> list[Table]:
    """The tables of a folder's CSV files that have enough rows and more than one column, each of other columns."""
    tables: dict[tuple[str, ...], Table] = {}
    for path in sorted(folder.rglob("*.csv")):
        with path.open(encoding="utf-8", errors="replace", newline="") as file:
            try:
                rows = [[" ".join(cell.split()) for cell in row] for row in csv.reader(file)]
            except csv.Error:
                continue
        table = [{column: text for column, text in enumerate(row) if text} for row in rows[: MOST_ROWS + 1]]
        table = [row for row in table if row]
        if len(table) >= FEWEST_ROWS and len(table[0]) > 1:
            tables.setdefault(tuple(table[0].values()), table)
    return list(tables.values())


def examples_of(table: Table, rng: random.Random) -> Iterator[Example]:
    """Rows of a table and of what can be made of it, the rows below each, and whether it names columns."""
    variants = [table]
    if rng.random() < 0.3:
        variants.append(
            [table[0], *({column: row[column] for column in row if rng.random() > 0.3} for row in table[1:])]
        )
    if rng.random() < 0.5:
        variants.append(_roster(table, rng))
    if rng.random() < 0.25:
        variants.append(_statement(table, rng))
    for head, *body in variants:
        rows = [row for row in body if row]
        count = rng.choice(HEIGHTS)
        yield head, rows[:count], True
        for start in {0, rng.randrange(max(1, len(rows) - 4))}:
            yield rows[start], rows[start + 1 : start + 1 + count], False
    if rng.random() < 0.25:
        form = _form(table, rng)
        yield form[0], form[1:], False


def _roster(table: Table, rng: random.Random) -> Table:
    """Who does what when: rows of words, some cells empty, under times, lessons or numbers."""
    body = table[1:]
    width = max(map(max, body)) + 1
    wordy = max(
        range(width), key=lambda column: sum(kind_of(row.get(column, "1")) in ("short", "long") for row in body)
    )
    cells = [row[wordy] for row in body if wordy in row][: rng.randint(2, 12)]
    head = {column: text for column, text in enumerate(_times(rng.randint(3, 9), rng), start=1)}
    full = rng.choice((1.0, 0.9, 0.5, 0.2))
    rows = [
        {0: row.get(0, "-")} | {column: rng.choice(cells) for column in head if rng.random() < full}
        for row in body[: rng.randint(3, 15)]
    ]
    corner = {0: table[0].get(0, "Name")} if rng.random() < 0.6 else {}
    return [corner | head, *rows]


def _statement(table: Table, rng: random.Random) -> Table:
    """Figures of a few times or things, beside what they are of."""
    head = {column: text for column, text in enumerate(_times(rng.randint(2, 4), rng), start=1)}
    if rng.random() < 0.4:
        head = {column: rng.choice(list(table[0].values())) for column in head}
    sign, scale = rng.choice(("", "", "$", "£")), 10 ** rng.randint(1, 6)
    rows = [
        {0: row.get(0, "-")} | {column: f"{sign}{rng.randrange(scale):,}" for column in head if rng.random() < 0.9}
        for row in table[1 : rng.randint(2, 12)]
    ]
    return [{0: "In thousands"} | head if rng.random() < 0.3 else head, *rows]


def _rosters(tables: Sequence[Table], seed: int) -> list[Table]:
    rng = random.Random(seed)  # apart from that of the training, which it must not change
    return [_roster(table, rng) for table in tables]


def _times(count: int, rng: random.Random) -> list[str]:
    year = rng.randint(1990, 2020)
    word = rng.choice(("Week", "Period", "Day", "Lesson", "Team", "Group", "Shift", "Room"))
    return rng.choice(
        (
            [str(year + number) for number in range(count)],
            [f"{year}-03-{number + 1:02d}" for number in range(count)],
            [f"{number + 1} March" for number in range(count)],
            DAYS[:count],
            [day[:3].upper() for day in DAYS[:count]],
            [month[: rng.choice((3, 9))] for month in MONTHS[:count]],
            [f"{word} {number + 1}" for number in range(count)],
            [str(number + 1) for number in range(count)],
            [f"{number // 2 + 6}{'AB'[number % 2]}" for number in range(count)],
            [f"{number + 8:02d}:00" for number in range(count)],
            ["Q1", "Q2", "Q3", "Q4"][:count],
        )
    )


def _form(table: Table, rng: random.Random) -> Table:
    """Names with their values, one, two or three in a row."""
    head, row = table[0], rng.choice(table[1:])
    end = rng.choice(("", ":"))
    fields = [(name + end, row[column]) for column, name in head.items() if column in row]
    wide = rng.choice((1, 1, 2, 3))
    rows = [fields[start : start + wide] for start in range(0, len(fields), wide)]
    return [dict(enumerate(text for field in some for text in field)) for some in rows] or [head, row]


def learn_words(tables: Sequence[Table], rng: random.Random) -> dict[str, float]:
    """Of words that are not rare, the log-odds that they stand in the name of a column."""
    heads: Counter[str] = Counter()
    cells: Counter[str] = Counter()
    for head, *body in tables:
        heads.update({word for text in head.values() for word in words_of(text)})
        some = rng.sample(body, min(3, len(body)))
        cells.update({word for row in some for text in row.values() for word in words_of(text)})
    shift = log((cells.total() + 1) / (heads.total() + 1))
    known = [word for word, count in (heads + cells).items() if count >= FEWEST_SEEN]
    return {word: round(log((heads[word] + 0.5) / (cells[word] + 0.5)) + shift, 2) for word in sorted(known)}


def measured(
    tables: Sequence[Table], words: Mapping[str, float], rng: random.Random
) -> tuple[list[str], NDArray[np.float64], NDArray[np.bool_]]:
    """The names of the features, and those of each example of some tables with what it is."""
    rows, labels = [], []
    names: list[str] = []
    for table in tables:
        for row, below, label in examples_of(table, rng):
            if row and below:
                features = features_of(row, below, words)
                names = list(features)
                rows.append(list(features.values()))
                labels.append(label)
    return names, np.array(rows), np.array(labels)


def train(tables: Sequence[Table], rng: random.Random) -> tuple[LogisticRegression, list[str], dict[str, float]]:
    """Fit the model; its words are learnt on the half of the tables that its features are not measured on."""
    middle = len(tables) // 2
    halves = tables[:middle], tables[middle:]
    sets = [measured(one, learn_words(other, rng), rng) for one, other in (halves, tuple(reversed(halves)))]
    model = LogisticRegression(max_iter=5000)
    model.fit(np.vstack([values for _, values, _ in sets]), np.concatenate([labels for *_, labels in sets]))
    return model, sets[0][0], learn_words(tables, rng)


@click.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="Write what is learnt of all folders there.")
@click.option("--seed", default=1, show_default=True)
def main(folders: tuple[Path, ...], out: Path | None, seed: int) -> None:
    """Train on each folder and measure on the others, and write what is learnt of all of them."""
    rng = random.Random(seed)
    sources = {folder.name: tables_of(folder) for folder in folders}
    for tables in sources.values():
        rng.shuffle(tables)
    for name, tables in sources.items():
        others = [table for other, some in sources.items() if other != name for table in some]
        if others:
            model, _, words = train(others, rng)
            _, values, labels = measured(tables, words, rng)
            odds = model.decision_function(values)
            found, wrong = (odds[labels] > 0).mean(), (odds[~labels] > 0).mean()
            rosters = [(head, [row for row in below if row]) for head, *below in _rosters(tables, seed)]
            lists = [list(features_of(head, below, words).values()) for head, below in rosters]
            click.echo(
                f"{name}: {len(tables)} tables, trained on the others: AUROC {roc_auc_score(labels, odds):.4f}, "
                f"of rows that name columns {found:.3f} are found, of others {wrong:.3f}; "
                f"of rosters made of them {(model.decision_function(np.array(lists)) > 0).mean():.3f}"
            )
    if out:
        everything = [table for tables in sources.values() for table in tables]
        rng.shuffle(everything)
        model, names, words = train(everything, rng)
        learnt = {
            "bias": round(float(model.intercept_[0]), 2),
            "features": {name: round(float(weight), 2) for name, weight in zip(names, model.coef_[0], strict=True)},
            "words": words,
        }
        out.write_text(json.dumps(learnt, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
