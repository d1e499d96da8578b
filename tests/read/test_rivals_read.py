"""Rows of what is asked are read and quoted, and those of something else are not."""

from rag.ask import Query
from rag.read.reader import open_reader
from rag.read.retrieve import retrieve
from rag.read.rivals import Rows
from tests.read.conftest import GAMES, STUDIES, document, row


def test_the_row_that_is_named_is_read_and_not_what_is_most_like_the_question(table, embedder):
    question = "Which years of data does the Akerman study cover?"
    snapshot, hits = retrieve(question, table(STUDIES), embedder, 8)
    best, *_ = open_reader(None, embedder).read(Query(question, question), hits, snapshot).candidates
    assert "Akerman" in best.text  # by itself the reader takes another row, in which there are such years


def test_rows_of_something_else_than_the_best_one_stand_not_beside_it(table, embedder):
    index = table(GAMES)
    question = "Who has the canteen for the 8.30 game on 16/06/12?"
    snapshot, hits = retrieve(question, index, embedder, 8)
    reading = open_reader(None, embedder).read(Query(question, question), hits, snapshot)
    assert "Reds" in reading.candidates[0].text
    assert not any("U13" in one.text or "23/06/12" in one.text for one in reading.candidates)


def test_passages_of_other_rows_alone_are_not_read(table, embedder, monkeypatch):
    """Each row fills a passage, and the reader reads the best eight."""
    columns = ["firm", "asked for", *(f"remark {n}" for n in range(20))]
    names = ("Orrin", "Tarn", "Sill", "Grell", "Wexe", "Hale")
    rows = [
        [name, str(number), *("on the walls and roofs" for _ in columns[2:])] for number, name in enumerate(names, 400)
    ]
    index = table("".join(",".join(row) + "\n" for row in [columns, *rows]))
    question = "How much has the firm Grell asked for?"
    snapshot, hits = retrieve(question, index, embedder, 8)
    reader = open_reader(None, embedder)
    read = []
    weigh = reader.weigh
    monkeypatch.setattr(
        reader, "weigh", lambda query, found, state: (read.extend(found), weigh(query, found, state))[1]
    )
    reader.read(Query(question, question), hits, snapshot)
    assert len(hits) > 4
    assert {hit.passage.text.partition(" |")[0] for hit in read} <= {"firm: Grell", "asked for: 403"}
    assert read


def test_a_row_that_is_called_a_little_otherwise_may_stand_beside_the_best_one(table):
    classes = document(table("class,day,teacher\nYoga,Monday,Ann\nYoga for beginners,Tuesday,Bea\nSpin,Friday,Cy\n"))
    best, other = row(classes, "Monday"), row(classes, "beginners")
    rows = Rows("When are the yoga classes?", {classes.id: [best]})
    assert rows.rivalled(classes, other)
    assert not rows.is_of_else(classes, other, best)
    assert rows.is_of_else(classes, row(classes, "Spin"), best)


def test_where_what_is_best_is_of_something_else_further_passages_are_read(table, embedder, monkeypatch):
    filler = ["on the walls and the roofs of it"] * 12
    columns = ",".join(["kind of ethanol", "price", *(f"remark {n}" for n in range(12))])
    rows = [
        ",".join([f"ethanol {name}", str(number), *filler]) for number, name in enumerate(("Sill", "Orrin", "Tarn"))
    ]
    snapshot, hits = retrieve("price of ethanol in Orrin", table("\n".join([columns, *rows])), embedder, 8)
    rival, *others = sorted(hits, key=lambda hit: "Sill" not in hit.passage.text)
    reader = open_reader("small", embedder)
    read_all = reader.weigh

    def first_alone(query, found, snapshot):  # as where reading is sure after the first
        return [one for one in read_all(query, found, snapshot) if one.hit == found[0]]

    monkeypatch.setattr(reader, "weigh", first_alone)
    orrin = next(hit for hit in others if "Orrin" in hit.passage.text)
    query = Query("What does ethanol cost in Orrin?", "What does ethanol cost in Orrin?")
    assert "Orrin" not in rival.passage.text
    monkeypatch.setattr("rag.read.reader._is_rivalled", lambda *_: False)
    reading = reader.read(query, [rival, orrin], snapshot)
    assert "Orrin" in reading.candidates[0].text
