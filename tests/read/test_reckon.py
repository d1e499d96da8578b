"""Sums, counts and extremes over the rows of a table: worked out where its columns tell them, refused where not."""

import pytest

from index.store.passage_index import PassageIndex
from rag.ask import understand
from rag.ask.reckoning import asks_to_reckon
from rag.read.confidence import Figures
from rag.read.evidence import Candidate, Reading
from rag.read.reckon import UNTOLD, reckon
from rag.read.tables import table_around
from tests.conftest import WordEmbedder

GRANTS = """\
Organisation,District,Amount awarded,Awarded on,Report received
Quay Theatre,Harbour,"$18,500.00",2024-02-12,yes
Fen Allotments,Northgate,"$1,250.00",2024-01-29,no
Open Kitchen,Old Town,"$24,000.00",2024-03-05,yes
Quay Choir,Harbour,"$990.00",2024-04-01,no
"""


@pytest.mark.parametrize(
    ("question", "what"),
    [
        ("Which hire is the cheapest?", "lowest"),
        ("Who got the most money?", "highest"),
        ("How much was spent altogether?", "sum"),
        ("What is the average age?", "mean"),
        ("How many members are there?", "count"),
        ("How many at most may come?", "count"),
        ("When must it be paid at the latest?", None),
        ("Who is the chair?", None),
        ("Which catering was dearer, the first or the second?", "highest"),
        ("Does the hall cost less than the barn?", "lowest"),
        ("How much more does the mill cost than the loft?", None),
        ("Can members bring more than one dog?", None),
        ("Was it finished sooner than expected?", None),
        ("What is the average rent of the larger rooms in May or June?", "mean"),
        ("Which had longer trips on average, the quay or the mill?", "highest"),
        ("What is the highest rent of sheds cheaper than the mill?", "highest"),
        ("Was the rent higher or lower in May?", None),
        ("How many come in May or later?", "count"),
        ("What happened on the first of October?", None),
        ("How long did the meeting last?", None),
        ("How many letters came in the last six months of 2025?", "count"),
        ("What was paid in the first two weeks?", None),
        ("Which firms use the standard or mean to?", None),
        ("What sum of its own did it spend?", None),
        ("What is the sum of the fees?", "sum"),
        ("What does grade 3 mean?", None),
        ("What do red and green mean on the chart?", None),
        ("What is the mean age on the chart?", "mean"),
        ("Who preaches on the last Sunday of May?", None),
    ],
)
def test_what_sounds_as_if_it_were_to_be_worked_out(question, what):
    asked = asks_to_reckon(question)
    assert (asked and asked.what) == what


@pytest.fixture
def ask(tmp_path):
    """What becomes of a question if the reader takes the row of a document that has some words for the answer."""

    def asked(question, row, text=GRANTS, name="grants.csv", confidence=0.9, span=None):
        (tmp_path / name).write_text(text, encoding="utf-8")
        index = PassageIndex(tmp_path / "index", WordEmbedder())
        index.sync([tmp_path / name])
        (document,) = index.snapshot().documents.values()
        texts = [document.document.text[one.start : one.end] for one in document.sentences]
        position = next(number for number, one in enumerate(texts) if row in one)
        figures = Figures(near=0.5, anywhere=0.5, cosine=0.5, topic=0.8)
        others = [Candidate(document, one, 0.01) for one in range(len(texts)) if one != position]
        reading = Reading((Candidate(document, position, 1.0, span), *others), confidence, figures)
        return reckon(understand(question, (), index.snapshot(), WordEmbedder()), reading, WordEmbedder())

    return asked


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("How much was awarded altogether?", "Computed from 4 rows: the sum of “Amount awarded” is $44,740.00."),
        (
            "What was the average amount in the Harbour district?",
            "Computed from 2 rows with “District” Harbour: the average of “Amount awarded” is $9,745.00.",
        ),
        ("How many grants are in the Harbour district?", "Counted: 2 of 4 rows with “District” Harbour."),
        ("How many reports were not received?", "Counted: 2 of 4 rows with “Report received” no."),
        (
            "Which organisation got the most money?",
            "Compared over 4 rows: the highest “Amount awarded” is $24,000.00.",
        ),
        (
            "Which organisation was the first to be awarded its grant?",
            "Compared over 4 rows: the earliest “Awarded on” is 2024-01-29.",
        ),
        (
            "Which district got the most money?",
            "Added up by “District” over 4 rows: Old Town has the highest sum of “Amount awarded”, $24,000.00.",
        ),
    ],
)
def test_what_the_columns_tell_is_worked_out(ask, question, told):
    assert ask(question, "Quay Choir").reckoned.text == told


def test_a_sentence_in_a_row_may_tell_an_extreme_by_itself(ask):
    clauses = "No.,Clause\n13.1,There must be three trustees at all times.\n13.2,No one under 16 may be a trustee.\n"
    assert ask("What is the youngest age of a trustee?", "No one under 16", clauses, "rules.csv").confidence == 0.9


TESTS = 'Test,Result\n"Cholesterol, total (mg/dL)",210\nGlucose (mg/dL),95\nSodium (mmol/L),140\n'
JOINED = "Member,Joined,Fee\nAnn Low,2019,$30\nBob Orr,2015,$20\nCid Ash,2021,$10\n"
TRAINS = "Train,Arrives,Stops\nNight,06:30,14\nExpress,08:15,3\nMail,11:40,9\n"
DAYS_OPEN = "Day,Date,Visitors\nMonday,2 May,40\nTuesday,3 May,90\nMonday,9 May,60\nTuesday,10 May,95\n"


@pytest.mark.parametrize(
    ("question", "row", "text", "answer"),
    [
        ("Which test had the highest result?", "Glucose", TESTS, "210"),
        ("Which Monday had the most visitors?", "2 May", DAYS_OPEN, "9 May"),
        ("Who is the oldest member?", "Bob", JOINED, None),  # when somebody joined tells no age
        ("Is Ann younger than Bob?", "Bob", JOINED, None),
        ("Is the Night faster than the Express?", "Night", TRAINS, None),  # nor when it arrives how fast it is
    ],
)
def test_what_a_row_is_called_and_what_a_column_tells(ask, question, row, text, answer):
    reading = ask(question, row, text, "table.csv")
    assert bool(reading.reckoned) == bool(answer)
    assert answer is None or answer in reading.candidates[0].text


def test_rows_whose_names_have_no_name_are_of_what_is_asked_for(ask):
    rows = [",Copper 2010,Copper 2011", "Chile,540,560", "Peru,120,130", "Other countries,900,90"]
    mined = "\n".join([*rows, "World total (rounded),1560,780", ""])
    reading = ask("Which country had most copper in 2011?", "Peru", mined, "copper.csv")
    assert [one.span for one in reading.reckoned.answering] == ["Chile"]


SHEDS = "Shed,Height,Built,Rent per day\nRed Barn,6 m,1951,$80\nThe Loft,9 m,1987,$70\nOld Mill,12 m,1804,$95\n"


@pytest.mark.parametrize(
    ("question", "answer", "told"),
    [
        (
            "Which has the greater height, the loft or the red barn?",
            "The Loft",
            "“Height” is 6 m for Red Barn and 9 m for The Loft",
        ),
        (
            "Is the Loft or the Red Barn cheaper for a day?",
            "The Loft",
            "“Rent per day” is $80 for Red Barn and $70 for The Loft",
        ),
        (
            "Does the old mill cost more than the loft?",
            "Old Mill",
            "“Rent per day” is $70 for The Loft and $95 for Old Mill",
        ),
        (
            "Which of them is older: Red Barn or The Loft?",
            "Red Barn",
            "“Built” is 1951 for Red Barn and 1987 for The Loft",
        ),
    ],
)
def test_two_rows_that_a_question_names_are_held_against_each_other(ask, question, answer, told):
    reading = ask(question, "Red Barn", SHEDS, "sheds.csv")
    assert [one.span for one in reading.reckoned.answering] == [answer]
    assert reading.reckoned.text == f"Compared over 2 rows: {told}."


@pytest.mark.parametrize(
    "question",
    [
        "Which is taller, the old mill or a house?",  # which is no row
        "Which is prettier, the loft or the red barn?",
        "Which sheds cost more than the loft?",
    ],
)
def test_what_is_not_told_of_two_rows_is_left_to_the_reader(ask, question):
    reading = ask(question, "Red Barn", SHEDS, "sheds.csv")
    assert reading.reckoned is None
    assert reading.confidence == 0.9


def test_what_a_thing_is_compared_with_must_be_there(ask):
    reading = ask("Is the Red Barn taller than Corn Hall?", "Red Barn", SHEDS, "sheds.csv")
    assert reading.confidence <= UNTOLD
    assert "compared with Corn" in reading.why_refused


def test_the_row_that_is_asked_for_is_the_answer_and_all_rows_are_cited(ask):
    reading = ask("Which organisation got the smallest amount?", "Quay Theatre")
    (answer,) = reading.reckoned.answering
    assert answer.span == "Quay Choir"
    assert reading.candidates[0].text.startswith("Organisation: Quay Choir")
    assert sum(len(rows.sentences) for rows in reading.reckoned.rows) == 4


@pytest.mark.parametrize(
    "question",
    [
        "How much was awarded altogether to schools?",  # nobody can tell which are
        "Which organisation has the most volunteers?",
        "What was the average amount in 1987?",
        "Who is the tallest?",
    ],
)
def test_what_they_do_not_tell_is_refused_and_not_answered_by_a_row(ask, question):
    reading = ask(question, "Quay Theatre")
    assert reading.reckoned is None
    assert reading.confidence <= UNTOLD and "worked out" in reading.why_refused


PRICES = "Item,Price,Weight\nPan,$5,2 kg\nPot,$7,3 kg\nCup,$3,1 kg\nStove,{price},9 kg\n"
YEARS = "Organisation,Amount awarded,Awarded on\nQuay,$10,2022-02-01\nFen,$20,2023-02-01\nOrme,$40,2024-02-01\n"


@pytest.mark.parametrize(
    ("question", "text", "name"),
    [
        ("Which item has the highest price?", PRICES.format(price="from $900"), "prices.csv"),  # a cell is not read
        ("What is the price of all items altogether?", PRICES.format(price="nil"), "prices.csv"),
        ("Which item has the highest price?", PRICES.format(price="$1.2m"), "prices.csv"),  # of another size
        ("Which item is the most expensive?", PRICES.format(price="-$8"), "prices.csv"),
        ("Which item is the tallest?", PRICES.format(price="$9"), "prices.csv"),  # no column tells
        ("How much was awarded in total before 2024?", YEARS, "grants.csv"),
        ("How much was awarded in total between 2022 and 2024?", YEARS, "grants.csv"),
        ("How much more than the average was awarded?", YEARS, "grants.csv"),
        ("How many items of more than 2 kg are there?", PRICES.format(price="$9"), "prices.csv"),
        ("How much rent altogether on the ground floor?", "Room,Floor,Ground rent\nA,Ground,$3\nB,First,$9\n", "r.csv"),
        ("How many chairs altogether?", "Hall,Chairs,Rent\nA,ten,$10\nB,12,$11\nC,11,$12\n", "halls.csv"),
        ("What is the share of all items altogether?", "Item,Share\nPan,20%\nPot,30%\nCup,50%\n", "shares.csv"),
        ("How many districts got grants?", GRANTS, "grants.csv"),  # two rows have the same
    ],
)
def test_nothing_is_worked_out_where_a_figure_would_be_another(ask, question, text, name):
    assert ask(question, text.splitlines()[1].split(",")[0], text, name).reckoned is None


def test_a_title_with_a_year_is_no_condition_of_all_rows(ask):
    told = ask("How much was awarded altogether in 2024?", "Fen", YEARS + "Tarn,$50,2024-05-01\n", "grants 2024.csv")
    assert told.reckoned.text.startswith("Computed from 2 rows with “Awarded on” 2024: the sum")


def test_a_name_with_total_in_it_is_no_sum(ask):
    text = "Organisation,Amount,Town\nTotal Sports Ltd,$900,Orme\nAll Saints,$50,Fen\nQuay,$30,Fen\n"
    told = ask("What amount went to organisations altogether?", "Quay", text)
    assert "from 3 rows" in told.reckoned.text and "$980" in told.reckoned.text


def test_a_row_that_tells_it_by_itself_is_left_alone(ask):
    with_total = GRANTS + 'Total,,"$44,740.00",,\n'
    assert ask("What was awarded in total?", "Total", with_total).confidence == 0.9
    cranes = "Crane,Maximum load,Year\nTadano,20 t,2011\nLiebherr,45 t,2015\nTerex,30 t,2001\n"
    assert ask("What is the maximum load of the Tadano?", "Tadano", cranes).confidence == 0.9
    assert ask("How much was awarded altogether to the Quay Choir?", "Quay Choir").confidence == 0.9


def test_a_row_that_is_called_a_minimum_or_alone_has_a_figure_of_the_question_is_left_alone(ask):
    bookings = "Booking,Rule,Price\nHall,Minimum 2 hours,$20\nBarn,Minimum 3 hours,$30\n"
    assert ask("What is the shortest booking?", "Hall", bookings, span="Minimum 2 hours").confidence == 0.9
    assert ask("What is the longest booking?", "Hall", bookings, span="Minimum 2 hours").confidence <= UNTOLD
    assert ask("What is the shortest booking?", "Hall", bookings, span="$20").confidence <= UNTOLD
    races = "Race,Round,Verdict\n108,F,2 L\n109,F,1 L\n110,F,3 L\n"
    assert ask("What was the verdict in the last race, 109?", "109", races).confidence == 0.9
    assert ask("What was the verdict in the last race, 112?", "109", races).confidence <= UNTOLD


def test_a_figure_that_is_a_columns_or_part_of_another_tells_no_row(ask):
    crews = "Boat,Crew 2022,Crew 2023\nKetch,twelve,ten\nYawl,nine,six\n"
    assert ask("Which crew was the largest in 2023?", "Ketch", crews).confidence <= UNTOLD
    halls = "Hall,Rent,Size\nMill,12.50,big\nBarn,9,small\n"
    assert ask("Which hall is the tallest for 12 people?", "Mill", halls).confidence <= UNTOLD
    both = "Hall,Seats,Size\nMill,40,big\nBarn,40,small\n"
    assert ask("Which hall is the tallest for 40 people?", "Mill", both).confidence <= UNTOLD


def test_a_maximum_is_told_by_a_figure_and_a_column_of_maxima_by_its_row(ask):
    members = "Member,Boat,Since\nMax Orrin,Ketch,2001\nBen Roe,Yawl,2004\n"
    assert ask("Who is the tallest member?", "Max", members, span="Max Orrin").confidence <= UNTOLD
    dives = "Dive,max,Site\nfirst,18,quay\nsecond,31,wreck\n"
    assert ask("What was the deepest dive?", "first", dives, span="18").confidence <= UNTOLD
    water = "Value,Minimum,Maximum\nTemperature,6,50\nPressure,1,9\n"
    assert ask("What is the highest temperature of the water?", "Temperature", water, span="50").confidence == 0.9


def test_a_cell_that_is_a_sum_tells_it(ask):
    lamps = "room,lamps each,rooms,lamps (subtotal)\nHall,134,3,402\nOffice,20,4,80\n"
    reading = ask("How many lamps are there in the hall all together?", "Hall", text=lamps, name="lamps.csv")
    assert reading.confidence == 0.9
    sales = "item,May,June\nTickets,80,91\nTotal sales,412,500\nCosts,300,310\n"
    assert ask("What were the total sales in May?", "Total sales", text=sales, name="lamps.csv").confidence == 0.9


def test_sums_that_a_table_has_are_no_rows_of_it(ask):
    with_total = GRANTS + 'Total,,"$44,740.00",,\n'
    told = ask("What was the average amount awarded?", "Quay Choir", with_total).reckoned.text
    assert told == "Computed from 4 rows: the average of “Amount awarded” is $11,185.00."


def test_a_sentence_that_tells_it_is_left_alone(ask):
    told = ask(
        "Which grant was the largest?", "largest", "# Grants\n\nThe largest grant went to Open Kitchen.\n", "a.md"
    )
    assert told.confidence == 0.9 and told.reckoned is None


def table_of(tmp_path, text):
    (tmp_path / "list.md").write_text(text, encoding="utf-8")
    index = PassageIndex(tmp_path / "index", WordEmbedder())
    index.sync([tmp_path / "list.md"])
    (document,) = index.snapshot().documents.values()
    texts = [document.document.text[one.start : one.end] for one in document.sentences]
    return table_around(document, next(n for n, text in enumerate(texts) if "Pan" in text))


HEAD = "| Item | Price |\n|---|---|\n"


def test_a_table_is_read_whole_and_ends_where_other_text_begins(tmp_path):
    rows = table_of(tmp_path, f"# Stock\n\nAs of May.\n\n{HEAD}| Pan | 5 |\n| Pot | 7 |\n\nPrices are in euros.\n")
    assert [row.label for row in rows] == ["Pan", "Pot"]


def test_groups_and_their_sums_are_parts_of_a_table(tmp_path):
    (tmp_path / "stock.csv").write_text(
        "Item,Count,Price\nKitchen,,\nPan,5,3\nPot,7,4\nSubtotal,12,\nGarden,,\nHoe,2,9\n"
    )
    index = PassageIndex(tmp_path / "index", WordEmbedder())
    index.sync([tmp_path / "stock.csv"])
    (document,) = index.snapshot().documents.values()
    rows = table_around(document, 0)
    assert [(row.label, row.is_total) for row in rows if len(row.cells) > 2 or row.is_total] == [
        ("Pan", False), ("Pot", False), ("Subtotal", True), ("Hoe", False)
    ]  # fmt: skip


def test_a_table_that_goes_on_under_another_heading_is_not_read_at_all(tmp_path):
    text = f"# Stock\n\n{HEAD}| Pan | 5 |\n| Pot | 7 |\n\n# Stock, page 2\n\n{HEAD}| Cup | 3 |\n| Mug | 4 |\n"
    assert table_of(tmp_path, text) == ()
