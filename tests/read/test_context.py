"""What a passage lacks and the head of its document says: which of several alike it is of."""

import textwrap

import pytest

from index.store.passage_index import PassageIndex
from rag.read.context import MOST_WORDS, contexts, heading
from rag.read.retrieve import retrieve

REPORT = """Accident Report

Location: {place}
Date: {date}
Registration: {registration}

The pilot noticed a loss of power shortly after take-off, and turned back to the field.

The left main gear broke off on touchdown, and the aircraft came to rest on its belly.

Nobody was hurt. {more}
"""
PLACES = {"a.txt": "Harrow Fell", "b.txt": "Saint Bray", "c.txt": "Lowick Sands"}


@pytest.fixture
def twins(tmp_path, embedder):
    """Three reports of one template, which differ in their headers alone."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for number, (name, place) in enumerate(PLACES.items()):
        more = "The inquiry lasted for some weeks, and it had little to add to what had been said. " * 30
        text = REPORT.format(place=place, date=f"{number + 3} May 2019", registration=f"G-AB{number}", more=more)
        (folder / name).write_text(text)
    index = PassageIndex(tmp_path / "twins", embedder)
    index.sync([folder])
    yield index
    index.close()


@pytest.mark.parametrize(("file", "place"), PLACES.items())
def test_the_report_that_is_asked_about_is_found_before_its_twins(twins, embedder, file, place):
    _, hits = retrieve(f"What broke off on touchdown at {place}?", twins, embedder, 8)
    assert hits[0].passage.document_id == file


def test_the_reader_is_told_the_lines_of_the_header_that_the_question_speaks_of(twins, embedder):
    question = "How long did the inquiry into the accident at Saint Bray last?"
    snapshot, hits = retrieve(question, twins, embedder, 8)
    later = [n for n, hit in enumerate(hits) if hit.passage.document_id == "b.txt" and hit.passage.start > 500]
    around = contexts(question, hits, snapshot)
    assert later
    for number in later:
        assert "Location: Saint Bray" in around[number].heading
        assert "Registration" not in around[number].heading
    others = [one for one, hit in zip(around, hits, strict=True) if hit.passage.document_id != "b.txt"]
    assert all("Location" not in one.heading for one in others)


def test_where_the_lines_of_prose_break_tells_the_reader_nothing(tmp_path, embedder):
    told = (
        "The mill of Harrow Fell was built by the miller's guild, and it was lent to the village for a year at a time. "
    )
    later = "The wheel turns in spring, when the water of the beck is high, and it rests for all of the summer. " * 40
    headings = []
    for name, width in (("whole", 10_000), ("broken", 60)):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "mill.txt").write_text(f"The mill\n\n{textwrap.fill(told * 3, width)}\n\n{later}\n")
        index = PassageIndex(tmp_path / f"{name} index", embedder)
        index.sync([folder])
        question = "When does the wheel of the mill at Harrow Fell rest?"
        snapshot, hits = retrieve(question, index, embedder, 8)
        headings.append({one.heading for one in contexts(question, hits, snapshot)})
    assert headings[0] == headings[1]


def test_long_lines_of_a_head_that_are_no_prose_stay_apart(tmp_path, embedder):
    lines = [
        "Registration of the aircraft that came down at the fell: G-AB1",
        "Name of the inspector who wrote this report for the ministry in the spring of the year: Ida Orrin",
        "Place at which the aircraft came down, by the map of the fell: Tarn Hause",
    ]
    later = "The engine had lost its oil, and it stopped before the field was reached by the pilot. " * 60
    (tmp_path / "report.txt").write_text("Report\n\n" + "\n".join(lines) + f"\n\n{later}\n")
    index = PassageIndex(tmp_path / "store", embedder)
    index.sync([tmp_path / "report.txt"])
    question = "Why did the engine stop in the report of Ida Orrin?"
    snapshot, hits = retrieve(question, index, embedder, 8)
    told = [one.heading for one, hit in zip(contexts(question, hits, snapshot), hits, strict=True) if hit.passage.start]
    assert any(lines[1] in heading for heading in told)
    assert not any("G-AB1" in heading for heading in told)


def test_rows_of_a_table_at_the_head_are_told_of_no_other_passage(tmp_path, embedder):
    """A row answers by itself; only what is told once, as a field of a form is, is of the whole document."""
    goods = [
        "Marquee",
        "Trestle table",
        "Bench",
        "Patio heater",
        "Water urn",
        "Gazebo",
        *(f"Lamp {n}" for n in range(60)),
    ]
    rows = "\n".join(f"{name},{number + 7}.50,{number + 3}.25" for number, name in enumerate(goods))
    (tmp_path / "hire.csv").write_text(f"Item,First day,Further day\n{rows}\n")
    index = PassageIndex(tmp_path / "index", embedder)
    index.sync([tmp_path / "hire.csv"])
    question = "What does the patio heater cost for the first day?"
    snapshot, hits = retrieve(question, index, embedder, 8)
    own = [hit for hit in hits if "Patio heater" in hit.passage.text]
    assert own and len(own) < len(hits)
    assert not any("Patio heater" in one.heading for one in contexts(question, hits, snapshot))
    index.close()


def test_what_the_passage_says_itself_is_not_told_again(twins, embedder):
    question = "What happened at Saint Bray?"
    snapshot, hits = retrieve(question, twins, embedder, 8)
    first = next(n for n, hit in enumerate(hits) if "Saint Bray" in hit.passage.text)
    assert contexts(question, hits, snapshot)[first].heading == heading(hits[first], snapshot)


def test_the_reader_is_told_the_name_that_a_document_is_about(tmp_path, embedder):
    """No line at the head of this one says whose it is, nor does the passage that answers."""
    rules = [f"Rule {number} of Hudson Oaks binds all who work there. " * 12 for number in range(9)]
    notice = "Whoever resigns gives notice two weeks ahead, and returns the keys. " * 40 + "Lowick is beside it."
    (tmp_path / "rules.txt").write_text("Rules\n\n" + "\n\n".join([*rules[:5], notice, *rules[5:]]))
    index = PassageIndex(tmp_path / "index", embedder)
    index.sync([tmp_path / "rules.txt"])
    question = "How many weeks ahead does who resigns from Hudson Oaks, not Lowick, give notice?"
    snapshot, hits = retrieve(question, index, embedder, 8)
    index.close()
    around = contexts(question, hits, snapshot)
    lacking = [one for one, hit in zip(around, hits, strict=True) if "Hudson" not in hit.passage.text]
    assert lacking
    assert all("Hudson Oaks" in one.heading.split("\n") for one in lacking)
    assert all("Lowick" not in one.heading for one in around)


def test_a_name_that_a_document_speaks_of_among_others_is_told_of_no_other_passage(tmp_path, embedder):
    """France stands all through this one, and yet Berlin is not its capital."""
    parts = [
        "France is in the west. " * 40,
        "Germany is in the middle. The capital is Berlin. " * 40,
        "France is large. " * 50,
    ]
    (tmp_path / "europe.txt").write_text("Europe\n\n" + "\n\n".join(parts))
    index = PassageIndex(tmp_path / "index", embedder)
    index.sync([tmp_path / "europe.txt"])
    question = "What is the capital of France?"
    snapshot, hits = retrieve(question, index, embedder, 8)
    index.close()
    assert {one.heading for one in contexts(question, hits, snapshot)} == {"Europe"}


@pytest.mark.parametrize(("leeds", "york"), [("minutes-leeds", "minutes-york"), ("MinutesLeeds", "MinutesYork")])
def test_the_name_of_the_file_counts(tmp_path, embedder, leeds, york):
    folder = tmp_path / "files"
    folder.mkdir()
    for name in (leeds, york):
        (folder / f"{name}.txt").write_text("Minutes\n\nThe roof was discussed. It is to be mended in spring.\n")
    index = PassageIndex(tmp_path / "named", embedder)
    index.sync([folder])
    snapshot, hits = retrieve("When is the roof in York to be mended?", index, embedder, 8)
    assert hits[0].passage.document_id == f"{york}.txt"
    first, second = contexts("When is the roof in York to be mended?", hits, snapshot)
    assert first.near > second.near
    assert york.replace("-", " ") in first.heading
    index.close()


def test_a_heading_is_cut_to_its_first_words(index, embedder):
    snapshot, hits = retrieve("tea", index, embedder, 1)
    assert heading(hits[0], snapshot, ["word " * 99]).splitlines()[1] == " ".join(["word"] * MOST_WORDS)
