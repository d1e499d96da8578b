"""The row that a number of the question is of, where the reader would take one like it."""

import pytest

from rag import Assistant
from rag.read.keyed import row_picked

PIPES = """\
use,pipe NB,outside mm,inside mm
chilled water,80,32,57
chilled water,100,38,57
drain,100,32,25
drain,125,32,32
"""
FRAMES = """\
height cm,frame cm,size
148-160 cm,49,S
161 to 168 cm,52,M
over 168 cm,56,L
"""
RENAL = """\
drug,CrCl,dose
Renalin,60+,300 mg
Renalin,30-59,200 mg
Renalin,<30,100 mg
Tarnol,<30,5 mg
"""
AGES = "group,aged,fee\ninfants,under 3,free\nchildren,3-17,$10\nadults,18-64,$20\n"
LEVELS = """\
drug,CrCl,dose
Renalin,50-80,300 mg
Renalin,20-49,200 mg
Renalin,0-19,100 mg
"""
BODIES = """\
drug,BMI,eGFR,dose
Renalin,18-25,60+,10 mg
Renalin,25-30,30-59,20 mg
Renalin,30+,<30,30 mg
"""
VIALS = """\
drug,clearance,pack
Renalin,<30,10 vials
Renalin,<30,20 vials of glass
Renalin,60+,tablets
"""
PACKS = """\
rucksack,own weight kg,carries kg
Alta,2,10
Borea,12,60
Cima,1.5,15
"""
LEGS = """\
from,to,miles
Orrin,10,7
Tarn,30,9
"""
RACES = """\
race,north,south,verdict
9,12 Orrin,11 Tarn,2 lengths
11,9 Sill,14 Orrin,a canvas
12,11 Tarn,9 Sill,easily
"""
DOSES = """\
age,dose
2-5,5 ml
6-11,10 ml
12 and over,20 ml
"""
PARCELS = """\
weight,price
up to 2 kg,£3
up to 5 kg,£5
"up to 1,000 kg",£90
"""
SALES = """\
year,sales,staff
2022,90,12
2023,105,14
2024,120,14
"""
TALKS = """\
time,room,talk
09:00-10:30,1,Opening
10:30-11:00,1,Coffee
11:00-12:30,2,Bees
"""
TERMS = """\
term,dates,fee
Autumn,02.09.2024 - 19.12.2024,120
Spring,06.01.2025 - 11.04.2025,130
Summer,from 3.10.2,140
"""


WEEKS = """\
week,topic,reading
6,Tides,chapter 4
7,Currents,chapter 5
8,Waves,chapter 7
"""


ROOMS = """\
room,people,price
Elm,20,£40
Oak,35,£60
Ash,50,£90
"""
GROUPS = """\
age,dose
Boys,
5,1 ml
7,2 ml
Girls,
5,3 ml
8,4 ml
"""


@pytest.fixture
def document(table):
    def made(text):
        (indexed,) = table(text).snapshot().documents.values()
        return indexed

    return made


def picked(question, indexed, found):
    """What the row that is picked says, where the one with this in it was found."""
    rows = [indexed.document.text[one.start : one.end] for one in indexed.sentences]
    at = next(n for n, row in enumerate(rows) if found in row)
    other = row_picked(question, indexed, at)
    return None if other is None else rows[other.position]


@pytest.mark.parametrize(
    ("text", "question", "found", "row"),
    [
        (PIPES, "inside thickness for a chilled water pipe of 100 NB?", "pipe NB: 80", "NB: 100 | outside mm: 38"),
        (PIPES, "inside thickness for a 125 NB drain?", "drain | pipe NB: 100", "NB: 125"),
        (FRAMES, "which frame for someone of 165 cm?", "148", "161 to 168 cm"),
        (FRAMES, "Which size of frame if you are 190 cm tall?", "148", "over 168 cm"),
        (RACES, "How was race 11 won?", "easily", "a canvas"),
        (DOSES, "What may a 7-year-old take, 3 times a day?", "5 ml", "10 ml"),
        (DOSES, "What may a seven-year-old take, three times a day?", "5 ml", "10 ml"),
        (DOSES, "How much for a child aged 14?", "5 ml", "20 ml"),
        (PARCELS, "What does a parcel of 4 kg cost?", "£3", "£5"),
        (PARCELS, "And one of 900 kg?", "£3", "£90"),
        (WEEKS, "What is to be read for week 7?", "chapter 7", "Currents"),
        (RENAL, "Renalin dose if creatinine clearance is 40", "300", "200"),  # which is CrCl
        (RENAL, "How much Renalin at a creatinine clearance of 75?", "200", "300"),
        (RENAL, "Renalin, when the CrCl is under 30 - how much?", "200", "100"),
        (RENAL, "Renalin, for a creatinine clearance under 30?", "200", "100"),
        (BODIES, "Which dose with an eGFR of under 30?", "10 mg", "30 mg"),
        (LEVELS, "Renalin when the CrCl is under 20?", "200 mg", "100 mg"),  # 0 to 19 are
        (LEVELS, "Renalin when the CrCl is over 49?", "200 mg", "300 mg"),
    ],
)
def test_a_row_is_picked_by_its_number_or_by_the_bounds_between_which_it_lies(document, text, question, found, row):
    assert row in picked(question, document(text), found)


@pytest.mark.parametrize(
    ("text", "question", "found"),
    [
        (PIPES, "inside thickness of a 100 NB drain?", "drain | pipe NB: 100"),  # it has the number
        (PIPES, "Which drain is 57 mm inside?", "NB: 125"),  # those that have it are no drains
        (PIPES, "pipes of 100 NB: how thick outside?", "NB: 125"),  # two have it
        (FRAMES, "Which frame is given away after 165 cm?", "148"),  # "after"
        (WEEKS, "What is read after week 7?", "Tides"),
        (WEEKS, "What is read in the week following week 7?", "Waves"),
        (WEEKS, "What is the topic of the first 7 weeks?", "Tides"),
        (WEEKS, "What is on in weeks 7 and 8?", "Tides"),
        (WEEKS, "What was read for 7 weeks?", "Tides"),
        (WEEKS, "What was read for seven weeks?", "Tides"),
        (ROOMS, "We are over 20 people: which room?", "Oak"),
        (GROUPS, "What dose for girls aged 7?", "3 ml"),  # 7 is an age of boys alone
        (FRAMES, "Which frame is the largest?", "148"),
        (RACES, "Who rowed in race 11 against Sill?", "a canvas"),
        (DOSES, "How often in 24 hours may a child of 7 take it?", "10 ml"),
        (DOSES, "How many 5 ml spoons for a child aged 8?", "10 ml"),  # it holds one of the numbers
        (DOSES, "My daughters are 4 and 8: what do they take?", "5 ml"),  # of which no word tells what they are
        (DOSES, "How much for my 18-month-old?", "5 ml"),
        (DOSES, "What is the dose on page 3?", "20 ml"),
        (SALES, "The 2024 report: what were sales in the first year?", "90"),
        (SALES, "How many of the staff of 14 left?", "90"),  # two have it
        (TALKS, "What talk is on at 11:00?", "Bees"),
        (TALKS, "What talk is on at 10?", "Opening"),
        (TERMS, "What is the fee for 2 children?", "Autumn"),
        (RENAL, "The patient is 40: how much Tarnol?", "5 mg"),  # no other row is of it
        (RENAL, "How many doses of Renalin in 40 days?", "300"),
        (RENAL, "Renalin, when the clearance is under 45?", "200"),  # no row has these bounds
        (RENAL, "Renalin at under 30?", "100"),
        (VIALS, "Which Renalin at a clearance under 30?", "10 vials"),  # it has these bounds, as another has
        (RENAL, "Which Renalin dose comes after 30-59?", "100"),
        (RENAL, "Which Renalin dose is it if not 30-59?", "100"),
        (RENAL, "Renalin dose if the temperature was 39?", "300"),
        (RENAL, "Renalin, when the temperature is under 30?", "200"),
        (BODIES, "Which dose with a BMI below 30?", "10 mg"),  # two rows lie below
        (LEVELS, "Renalin when the CrCl is under 30?", "300 mg"),  # two rows do, one in part
        (LEVELS, "Renalin when the CrCl is under 100?", "100 mg"),  # three do
        (AGES, "What is the fee for those aged under 16?", "$10"),  # which is what most of them pay
        (BODIES, "Which dose with an eGFR under 30 and a BMI of 18-25?", "20 mg"),
        (PACKS, "Which rucksack can carry 12 kg?", "Cima"),  # its own weight, or what it carries?
        (LEGS, "How many miles was the trip on 30 May?", "Orrin"),  # "to" abbreviates nothing
        (RENAL, "What was the Renalin dose in the spring of 2024?", "200"),
        (TERMS, "By section 1.2.3, what is the fee?", "Autumn"),
    ],
)
def test_no_row_is_picked_where_no_other_or_several_have_what_the_number_is_of(document, text, question, found):
    assert picked(question, document(text), found) is None


def test_the_row_that_is_picked_is_the_answer_and_no_other_of_its_table_stands_beside_it(tmp_path):
    crews, verdicts = ("Orrin", "Tarn", "Sill"), ("easily", "a canvas", "2 lengths", "1 foot")
    rows = [f"{number},{crews[number % 3]},{verdicts[number % 4]}" for number in range(20, 60)]
    (tmp_path / "regatta.csv").write_text("\n".join(["race,crew,verdict", *rows]), encoding="utf-8")
    with Assistant.open(tmp_path / "regatta.csv", tmp_path / "store") as assistant:
        answer = assistant.ask("What was the verdict of race 43?")
    assert [citation.quote for citation in answer.citations] == ["race: 43 | crew: Tarn | verdict: 1 foot"]
