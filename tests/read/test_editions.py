"""A question that names a year, a month or a version is about that edition of a document."""

import pytest

from index.store.passage_index import PassageIndex
from rag.ask import Query
from rag.read.editions import _months, _years, of_the_edition
from rag.read.reader import open_reader
from rag.read.retrieve import retrieve

REPORT = """\
# Orrin Harbour: report on the ferries in {year}

The ferries carried {number} thousand people. The pier was mended and the lamps were painted.

In the year before, {before}, they carried fewer.

The harbour master keeps the keys of the piers, and the lamps are lit at dusk.
"""
LETTER = """\
# Letter to the miller, 1 May 2019

The ferries are late, and the pier is wet.
"""


@pytest.fixture
def index(tmp_path, embedder):
    docs = tmp_path / "docs"
    docs.mkdir()
    for year, number in ((2022, 40), (2023, 45), (2024, 52)):
        text = REPORT.format(year=year, number=number, before=year - 1)
        (docs / f"report {year}.md").write_text(text, encoding="utf-8")
    (docs / "letter.md").write_text(LETTER, encoding="utf-8")
    index = PassageIndex(tmp_path / "store", embedder)
    index.sync([docs])
    return index


def kept(index, embedder, question):
    """The documents whose passages stay, of those found."""
    snapshot, hits = retrieve(question, index, embedder, 16)
    assert {hit.passage.document_id for hit in hits} == set(snapshot.documents)
    return {hit.passage.document_id.removesuffix(".md") for hit in of_the_edition(question, hits, snapshot)}


def test_handbooks_of_school_years_that_share_a_year_are_told_apart(tmp_path, embedder):
    docs = tmp_path / "docs"
    docs.mkdir()
    for years, price in (("2023/2024", "2.40"), ("2024/2025", "2.65"), ("2025-26", "2.80")):
        text = f"# Handbook of Orrin School {years}\n\nA school dinner costs {price} pounds a day.\n"
        (docs / f"{years.replace('/', ' ')}.md").write_text(text, encoding="utf-8")
    index = PassageIndex(tmp_path / "store", embedder)
    index.sync([docs])
    assert kept(index, embedder, "What does a school dinner cost in the 2024/25 handbook?") == {"2024 2025"}
    assert kept(index, embedder, "What did a dinner cost in 2025/2026?") == {"2025-26"}
    assert kept(index, embedder, "What does a dinner cost in the handbook of 2024?") == {"2023 2024", "2024 2025"}


ALL = {"report 2022", "report 2023", "report 2024", "letter"}


@pytest.mark.parametrize(
    ("question", "documents"),
    [
        # The report on 2024 has a passage that names the year before.
        ("How many people did the ferries carry in 2023?", {"report 2023", "report 2024", "letter"}),
        ("Who kept the keys of the pier in 2024?", {"report 2024", "letter"}),
        ("Who kept the keys of the pier in 2023-24?", {"report 2023", "report 2024", "letter"}),
        ("Who kept the keys of the pier in 2017?", ALL),  # no report is of that year
        ("How many more people did the ferries carry than before 2023?", ALL),
        ("Since when are the lamps painted, since 2024?", ALL),
        ("Who kept the keys of the pier between 2023 and 2024?", ALL),
        ("Who kept the keys of the pier in 2023 or later?", ALL),
        ("Who was down as the keeper of the keys of the pier in 2024, not before?", {"report 2024", "letter"}),
        ("Who keeps the keys of the pier?", ALL),
    ],
)
def test_passages_of_another_edition_are_left_out(index, embedder, question, documents):
    assert kept(index, embedder, question) == documents


MINUTES = """\
# Orrin Harbour council: meeting of {date}

The council met in the hall. The treasurer told that {told}.

The next item was the lamps of the pier, which the keeper paints.
"""


@pytest.mark.parametrize(
    ("question", "documents"),
    [
        ("What did the treasurer tell in March 2020?", {"2020-03-03"}),
        ("What did the treasurer tell on 2020-02-18?", {"2020-02-18"}),
        ("What did the treasurer tell at the meeting of February 18, 2020?", {"2020-02-18"}),
        ("What did the treasurer tell in 2020?", {"2020-02-18", "2020-03-03"}),
        ("What did the treasurer tell in April 2020?", {"2020-02-18", "2020-03-03"}),  # when nobody met
        ("What did the treasurer tell after February 2020?", {"2020-02-18", "2020-03-03", "2019-03-05"}),
    ],
)
def test_minutes_of_another_month_are_left_out(tmp_path, embedder, question, documents):
    docs = tmp_path / "minutes"
    docs.mkdir()
    for date, told in (("2020-02-18", "dues rose"), ("2020-03-03", "dues fell"), ("2019-03-05", "a boat sank")):
        (docs / f"minutes {date}.md").write_text(MINUTES.format(date=date, told=told), encoding="utf-8")
    index = PassageIndex(tmp_path / "index", embedder)
    index.sync([docs])
    assert {name.removeprefix("minutes ") for name in kept(index, embedder, question)} == documents


@pytest.mark.parametrize(
    ("text", "years", "months"),
    [
        ("the years 2019–2022", {"2019", "2020", "2021", "2022"}, set()),
        ("season 2021-22", {"2021", "2022"}, set()),
        ("from 1912-2012", {"1912", "2012"}, set()),
        ("on 2019-11-05", {"2019"}, {"2019-11"}),
        ("Sept. 4, 2021", {"2021"}, {"2021-09"}),
        ("the marathon 2019, mayor 2019, Decision 2019", {"2019"}, set()),
        ("ſep 2020", {"2020"}, set()),
    ],
)
def test_years_and_months_that_a_text_names(text, years, months):
    assert (_years(text), _months(text)) == (years, months)


def test_the_only_document_of_whom_a_question_names_stays(tmp_path, embedder):
    docs = tmp_path / "leases"
    docs.mkdir()
    for name, year, tenant in (("elm", 2019, "Ann Bell"), ("oak", 2021, "Bo Carr")):
        text = f"# Lease of a flat, signed in {year}\n\nThe tenant is {tenant}.\n\nThe rent of the flat is due monthly."
        (docs / f"{name}.md").write_text(text, encoding="utf-8")
    index = PassageIndex(tmp_path / "index", embedder)
    index.sync([docs])
    assert kept(index, embedder, "How much rent did Ann Bell pay for the flat in 2021?") == {"elm", "oak"}
    assert kept(index, embedder, "How much rent did Bo Carr pay for the flat in 2021?") == {"oak"}


@pytest.mark.parametrize(
    ("question", "documents"),
    [
        ("How many screws does version 3 of the loom need?", {"loom-v3-guide", "notes-v4"}),
        ("How many screws does the loom v4.0.1 need?", {"loom-v4-guide", "notes-v4"}),
        ("How many screws do version 3 and version 4 need?", {"loom-v3-guide", "loom-v4-guide", "notes-v4"}),
        ("How many screws does the loom need?", {"loom-v3-guide", "loom-v4-guide", "notes-v4"}),
    ],
)
def test_guides_to_another_version_are_left_out_which_the_names_of_files_tell(tmp_path, embedder, question, documents):
    docs = tmp_path / "guides"
    docs.mkdir()
    for name, text in (
        ("loom-v3-guide", "# Parts\n\nThe loom needs 28 screws and a frame of oak."),
        ("loom-v4-guide", "# What you need\n\nFor this loom you want 34 screws, glue and felt."),
        ("notes-v4", "# Notes\n\nThe loom stands in the hall. Bring screws."),
    ):
        (docs / f"{name}.md").write_text(text, encoding="utf-8")
    index = PassageIndex(tmp_path / "index", embedder)
    index.sync([docs])
    assert kept(index, embedder, question) == documents


def test_a_passage_that_names_the_year_stays(index, embedder):
    question = "How many people did the ferries carry in 2023?"
    snapshot, hits = retrieve(question, index, embedder, 16)
    of_2024 = [one for one in of_the_edition(question, hits, snapshot) if one.passage.document_id == "report 2024.md"]
    assert of_2024
    assert all("2023" in hit.passage.text for hit in of_2024)


def test_no_sentence_of_another_edition_is_read(index, embedder):
    question = "Who keeps the keys of the pier in 2022?"
    snapshot, hits = retrieve(question, index, embedder, 16)
    reading = open_reader(None, embedder).read(Query(question, question), hits, snapshot)
    read = {candidate.document.document.id for candidate in reading.candidates}
    assert "report 2022.md" in read
    assert "report 2024.md" not in read


TABLE = """\
# Accounts of Orrin Pool {year}

It was a year of {weather}, and the pool was full on most days. {filler}

{first}

| Expense | Share |
|---|---|
| Heating | {heating} |
| Wages | {wages} |
"""


def test_a_table_of_another_year_is_not_that_of_the_year_its_text_compares_with(tmp_path, embedder):
    docs = tmp_path / "docs"
    docs.mkdir()
    filler = "The boards were oiled, the ropes were mended and the keeper had the gate painted. " * 8
    one = TABLE.format(year=2018, first="We spent 67.", weather="sun", heating="", wages="", filler=filler)
    (docs / "accounts 2018.md").write_text(one.partition("| Expense")[0], encoding="utf-8")
    compared = "We spent 52 thousand, 22 % less than in 2018, when it was 67."
    other = TABLE.format(year=2019, first=compared, weather="rain", heating="69 %", wages="11 %", filler=filler)
    (docs / "accounts 2019.md").write_text(other, encoding="utf-8")
    index = PassageIndex(tmp_path / "store", embedder)
    index.sync([docs])
    snapshot, hits = retrieve("What share of the expenses was heating in 2018?", index, embedder, 16)
    kept = of_the_edition("What share of the expenses was heating in 2018?", hits, snapshot)
    said = "\n".join(hit.passage.text for hit in kept)
    assert "22 % less than in 2018" in said
    assert "69 %" not in said
    assert of_the_edition("What share of the expenses was heating in 2019?", hits, snapshot)[0].passage.text.count("69")
