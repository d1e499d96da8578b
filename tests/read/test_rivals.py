"""Of two rows, the one that is of something else than is asked."""

import pytest

from index.store.passage_index import PassageIndex
from tests.read.conftest import STUDIES, document, document_of, rivalled

ERRORS = """\
code,meaning,what to do
E1,Water container full,Empty it
E7,Refrigerant lost,Call the service; see E1 first
"""
MEALS = """\
meal,Monday,Tuesday
Snack,Kiwi,Carrots
Lunch,Fish pie,Lentil soup
Lunch box,Cheese roll,Wrap
Tea,Beans on toast with a salad from the lunch garden,Pasta
"""
RATES = """\
task,place,rate per hour
Foreman,customer,77
Foreman Overtime,customer,109
Stone Mason,customer,60
Stone Mason Apprentice,workshop,31
"""


def test_a_row_without_the_name_that_another_one_has_is_of_something_else(table):
    studies = document(table(STUDIES))
    question = "In which years did Akerman collect data?"
    assert rivalled(question, studies, "Tewksbury")
    assert not rivalled(question, studies, "Akerman")


def test_a_row_that_is_called_wholly_so_goes_before_one_that_is_in_part(table):
    ratings = document(table("rating,rise,bonus\nMeets expectations,1 %,none\nExceeds expectations,3 %,$50\n"))
    question = "What rise does one get who is rated as exceeding expectations?"
    assert rivalled(question, ratings, "Meets")
    assert not rivalled(question, ratings, "Exceeds")
    assert not rivalled("What rise is there for expectations that are met?", ratings, "Exceeds")


def test_a_cell_that_says_nothing_is_called_nothing(table):
    fees = document(table("town,fee,tax\nOrrin,-,sewer fee\nTarn,sewer fee due,-\n"))
    assert not rivalled("What is the sewer fee?", fees, "Tarn")


def test_what_a_document_says_it_is_of_need_not_be_in_each_row(tmp_path, embedder):
    """The name of one row is that of all, where it stands before them."""
    rows = "| day | change |\n| --- | --- |\n| 1 October | lamps added |\n| 26 April | firmware of Orrin's panels |\n"
    for number, opening in enumerate(("To: Orrin Works", "To: the works")):
        path = tmp_path / f"listing-{number}.md"
        path.write_text(f"{opening}\n\nThese are the changes.\n\n{rows}", encoding="utf-8")
        index = PassageIndex(tmp_path / f"index-{number}", embedder)
        index.sync([path])
        assert rivalled("When were lights put into Orrin's listing?", document(index), "lamps") == bool(number)


def test_what_is_said_before_rows_of_one_of_them_is_not_of_all(tmp_path, embedder):
    rows = "| place | fee |\n| --- | --- |\n| Orrin | $5 |\n| Tarn | $9 |\n"
    fees = document_of(tmp_path, embedder, f"Orrin and Tarn are looked after by Ann.\n\n{rows}")
    assert rivalled("What is to be paid in Orrin?", fees, "$9")
    assert not rivalled("What is to be paid in Orrin?", fees, "$5")


def test_a_row_whose_columns_are_not_named_is_held_against_those_whose_are(tmp_path, embedder):
    text = "Camp: Qaymawa | Plots: 1029 | Run by: the board\n\n88 | Qayyarah Airstrip | 10000 | the council\n"
    (tmp_path / "camps.txt").write_text(text, encoding="utf-8")
    index = PassageIndex(tmp_path / "index", embedder)
    index.sync([tmp_path / "camps.txt"])
    assert rivalled("Who ran the camp at Qayyarah Airstrip?", document(index), "Qaymawa")
    assert not rivalled("Who ran the camp at Qaymawa?", document(index), "Qaymawa")


@pytest.mark.parametrize(
    ("question", "found", "is_rivalled"),
    [
        ("What is the rate of a foreman?", "Foreman Overtime", True),
        ("What is the rate of a foreman?", "task: Foreman |", False),
        ("What is the rate of a foreman on overtime?", "Foreman Overtime", False),
        ("What is the rate of an apprentice?", "Stone Mason Apprentice", False),  # no row is called so
        ("What is the rate of a stone mason?", "Stone Mason Apprentice", True),
        ("What is the rate of a mason?", "Stone Mason Apprentice", False),
        ("Which tasks besides the foreman are there?", "Foreman Overtime", False),
        ("What does a stone mason get in a customer workshop?", "Stone Mason Apprentice", False),  # it has the workshop
    ],
)
def test_a_row_whose_name_says_more_than_is_asked_is_of_something_else(table, question, found, is_rivalled):
    assert rivalled(question, document(table(RATES)), found) == is_rivalled


@pytest.mark.parametrize(
    ("question", "found", "is_rivalled"),
    [
        ("What is for lunch on Monday?", "Kiwi", True),
        ("What is for lunch on Monday?", "Fish pie", False),
        ("What do the children eat on Monday?", "Kiwi", False),
        ("On which day is there kiwi before lunch?", "Kiwi", False),  # "before": it may be of another row
        ("Is the kiwi for lunch?", "Kiwi", False),  # it has the kiwi
        ("Which snack comes with lunch?", "Kiwi", False),  # both are named
    ],
)
def test_a_row_that_is_called_otherwise_than_the_question_names_is_of_something_else(
    table, question, found, is_rivalled
):
    assert rivalled(question, document(table(MEALS)), found) == is_rivalled


@pytest.mark.parametrize(
    ("question", "found", "is_rivalled"),
    [
        ("What does E5 on the display mean?", "Refrigerant", True),  # though no row is of it
        ("What does E7 on the display mean?", "Refrigerant", False),
        ("What does F5 on the display mean?", "Refrigerant", False),  # of another kind
        ("What do E5 and E7 mean?", "Refrigerant", False),
        ("What comes after E5?", "Refrigerant", False),
    ],
)
def test_a_row_of_another_code_than_the_one_asked_for_is_of_something_else(table, question, found, is_rivalled):
    assert rivalled(question, document(table(ERRORS)), found) == is_rivalled


@pytest.mark.parametrize(
    "question",
    [
        "Who came first, Tewksbury or Hannah?",  # each row has one of the names
        "In which forest did Bogner work?",  # a name that no row has
        "Which forests are there?",
        "In which forest did Hannah work in 2000?",  # each has something that the other lacks
        "Who worked there since 1999?",  # in later years, too
        "Who counted 1999 birds in 2000?",  # it has one of the years
        "Who worked there besides Hannah?",
    ],
)
def test_a_row_with_all_that_any_other_has_is_kept(table, question):
    assert not rivalled(question, document(table(STUDIES)), "Tewksbury")


MENU = """\
dish,main ingredient,price
Farmer salad,Goat cheese,9
Cheese plate,Cheddar,11
"""


def test_what_stands_in_another_column_counts_as_well(table):
    assert not rivalled("Which dish is made with goat cheese?", document(table(MENU)), "Farmer")


def test_a_number_that_only_it_has_speaks_for_a_row(table):
    hotels = document(table("hotel,city,price\nScandic,Bergen,900\nNorway Inn,Oslo,1400\n"))
    assert not rivalled("Which hotel in Norway costs 900?", hotels, "Scandic")


@pytest.mark.parametrize(
    ("text", "question", "right"),
    [
        (
            "facility,open,fee\nPool,06:00-22:00,5\nSauna,10:00-20:00,8\nGym,07:00-23:00,6\n",
            "Is the pool open at 10:00?",
            "Pool",
        ),
        (
            "item,fee,per\nMembership,45,year\nOrrin Club shirt,20,each\n",
            "What does membership at the Orrin Club cost?",
            "Membership",
        ),
        ("name,role,phone\nAnna Berg,Director,11\nBen Lund,Deputy director,12\n", "Who is Anna Berg's deputy?", "Ben"),
        (
            "plant,place,water\nFern,Anna's room,weekly\nCactus,kitchen,monthly\n",
            "How often must Anna water the cactus?",
            "Cactus",
        ),
        ("weight,dose,a day\nunder 10kg,2 ml,3\n10-19kg,5 ml,3\n", "What is the dose for a child of 10kg?", "10-19kg"),
        (
            "no,medicine,how often\n1,Ibuprofen,twice daily\n2,Aspirin,once daily\n",
            "Which medicine is it 2 times a day?",
            "Ibuprofen",
        ),
        ("film,year\nBees,2018\nMoon,2021\n", "Which films came out between 2018 and 2022?", "Moon"),
        ("name,office,term\nBrown,chair,2018-2022\nLee,treasurer,2020-2023\n", "Who was chair in 2020?", "Brown"),
        ("name,office,term\nBrown,chair,2018-2022\nLee,chair,2020\n", "Who was chair in 2020?", "Brown"),
        ("name,office,term\nBrown,chair,since 2018\nLee,chair,2020\n", "Who was chair in 2020?", "Brown"),
        ("bus,mill,school\n1,8:30,8:45\n2,9:00,9:35\n", "Which bus is in time if school starts at 9:00?", "8:30"),
        (
            "what,from,to\nHotel,01/05/2024,06/05/2024\nBoat,04/05/2024,04/05/2024\n",
            "Where are we on 04/05/2024?",
            "Hotel",
        ),
        ("to,road,junction\nOrrin,M11,27\nTarn,M40,16\n", "Which motorway leads from the M25 to Orrin?", "Orrin"),
        ("code,meaning,fix\nE01,No water,Open tap\nE05,Door open,Shut it\n", "What does E5 mean?", "E05"),
        ("post,grade,pay\nClerk,G4,20\nDirector,G7,70\n", "Which posts are above grade G5?", "G7"),
        ('dish,allergens,price\nPad thai,"nuts, egg",12\nPesto,nuts,11\n', "Which dishes contain nuts?", "Pad thai"),
        ("day,class,teacher\nMonday,Swim,Ann\n,Yoga,Bea\nTuesday,Run,Di\n", "Which classes are on Monday?", "Yoga"),
    ],
)
def test_no_row_goes_that_has_what_the_others_have_not(table, text, question, right):
    assert not rivalled(question, document(table(text)), right)


def test_digits_of_a_figure_are_no_figures_themselves(table):
    prices = document(table("fuel,price,last\nEthanol of Orrin,1.38,1.40\nGrass,59.17,61.20\n"))
    assert rivalled("What did ethanol of Orrin cost on day 17?", prices, "Grass")


def test_numbered_steps_are_no_rows(tmp_path, embedder):
    steps = "1. | Open it.\n2. | Under Advanced click on Certificates.\n3. | The certificates of your PIV are there.\n"
    (tmp_path / "steps.txt").write_text(steps, encoding="utf-8")
    index = PassageIndex(tmp_path / "index", embedder)
    index.sync([tmp_path / "steps.txt"])
    assert not rivalled("Where in the browser are the certificates of my PIV?", document(index), "Advanced")


def test_words_that_ask_for_a_sum_are_of_no_row(table):
    gifts = document(table("campaign,donor,amount\nWinter Coats,Orrin,600\nSeeds,Tarn,200\nGrand total,,800\n"))
    assert rivalled("How much was raised in total for Winter Coats?", gifts, "Grand total")


def test_a_code_may_have_a_hyphen(table):
    pumps = document(table("pump,hours out of service,cause\nPU-211K,71,cavitation\nPU-210J,34,service of the drive\n"))
    assert rivalled("How many hours was PU-211K out of service?", pumps, "PU-210J")
    assert not rivalled("How many hours was PU-211K out of service?", pumps, "PU-211K")


def test_two_columns_may_be_called_alike(table):
    races = document(table("time,event,winner,time\n15:30,N 1x,Orrin,02:35\n15:30,WN 1x,Tarn,02:55\n"))
    assert rivalled("Who won the WN 1x, in what time?", races, "Orrin")


def test_rows_of_groups_are_held_against_each_other(table):
    prices = "Futures:,,\nExchange Ethanol,1.50,1.54\nEthanol:,,\nOrrin,1.38,1.36\nTarn,1.40,1.41\n"
    indexed = document(table(f"price per gallon,this week,last week\n{prices}"))
    assert rivalled("What did ethanol cost in Orrin this week?", indexed, "Exchange")
