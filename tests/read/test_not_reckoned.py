"""What is not worked out over rows: it is refused, or left to the reader."""

import pytest

from rag.read.reckon import UNTOLD
from tests.read.conftest import GRANTS


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


@pytest.mark.parametrize(
    ("question", "row", "text", "is_left"),
    [
        (
            "What is the minimum age for renting a bicycle?",
            "Bike hire",
            "Item,Who may\nBike hire,From 16 years on\nTents,Anyone\n",
            True,
        ),
        ("What is the minimum age for camping?", "Bicycle", "Item,Age\nBicycle,16\nTent,12\n", False),
        ("What is the minimum age for hiring?", "Bicycle", "Item,Age\nBicycle,From 16\nTent,Under 12\n", False),
        ("What is the earliest I can eat?", "Breakfast", "Meal,Hours\nBreakfast,7 am to 10 am\nTea,4 pm\n", True),
        (
            "What is the earliest time that one may eat?",
            "Breakfast",
            "Meal,Hours\nBreakfast,7 am to 10\nTea,4 pm\n",
            True,
        ),
        ("When does the first boat leave?", "2 May", "Day,What\n2 May,1st boat leaves at 9:00\n3 May,Games\n", True),
        ("What is the earliest I can leave?", "Ferry", "Ship,Leaves\nFerry,8:15\nLaunch,7:30\n", False),
        ("Which ship is the earliest?", "Ferry", "Ship,Leaves\nFerry,8 am or so\nLaunch,7 am or so\n", False),
    ],
)
def test_a_bound_is_left_to_its_row_where_no_column_could_be_compared(ask, question, row, text, is_left):
    reading = ask(question, row, text, "table.csv")
    assert (reading.confidence == 0.9) == is_left and reading.reckoned is None


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


LAPS = "# Heats\n\n|Who|Run 1|Run 2|\n|---|---|---|\n|Kit Orme|52.1|50.7|\n|Ann Lee|49.0|48.2|\n"


@pytest.mark.parametrize(
    ("question", "is_left"),
    [
        ("What was Kit Orme's quickest lap?", True),
        ("What was the quickest lap?", False),
        ("What was the quickest lap of Ann Lee and Kit Orme?", False),
        ("What was Bo Tarn's quickest lap in May?", False),
    ],
)
def test_the_most_of_whoever_one_row_alone_names_is_left_to_that_row(ask, question, is_left):
    pages = LAPS + LAPS.replace("Heats", "Heats, page 2").replace("Kit Orme", "Di Fenn").replace("Ann Lee", "Jo Marsh")
    assert (ask(question, "Kit Orme", pages, "laps.md").confidence == 0.9) == is_left
