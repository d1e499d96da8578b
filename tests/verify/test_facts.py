"""What code looks up of a claim in its evidence: numbers, names, negations and opposites."""

import pytest

from rag.verify.facts import answer_overlap, mismatches, overlap, pair_overlap

EVIDENCE = (
    "In 2016, fifteen million people of the United States, twenty-five per cent, did not sign before the three evils "
    "were named. Unmanned Aerial Vehicle exercises began in March. China sold 1.5 million rifles, "
    "most of them to Poland."
)


def found(claim):
    return [(one.kind, one.token) for one in mismatches(claim, EVIDENCE)]


@pytest.mark.parametrize(
    "claim",
    [
        "15,000,000 people did not sign.",
        "25% of the people did not sign.",
        "China sold 1,500,000 rifles.",
        "China sold about 1.48 million rifles.",
        "It was two years before 2018.",
        "The Chinese sold rifles to the Polish.",
        "UAV exercises began in March.",
        "The US people did not sign.",
        "The 3 evils were named.",
    ],
)
def test_the_same_facts_may_be_written_otherwise(claim):
    assert found(claim) == []


@pytest.mark.parametrize(
    ("claim", "kind"),
    [
        ("In 2014, fifteen million people did not sign.", "number"),
        ("China sold 1.5 billion rifles.", "number"),
        ("Half of the people did not sign.", "number"),
        ("Thirty-five people did not sign.", "number"),
        ("In 2016, Kazakhstan was named.", "name"),
        ("The rifles were sold to General Bruno Mars.", "name"),
        ("China never sold rifles.", "negation"),
        ("Fifteen million people signed.", "negation"),
        ("They signed after the three evils were named.", "contrast"),
        ("China bought the rifles.", "contrast"),
        ("Exercises began in April.", "contrast"),
        ("China sold few of them to Poland.", "contrast"),
    ],
)
def test_other_facts_are_named(claim, kind):
    assert kind in [one for one, _ in found(claim)]


@pytest.mark.parametrize(
    ("claim", "evidence", "contrasts"),
    [
        ("The fine is at least 50 euros.", "The fine is up to 50 euros.", ["at least"]),
        ("The fine is up to 50 euros.", "The fine is at least 50 euros.", ["up to"]),
        ("The fine is at least 50 euros.", "The fine is at least 50 euros.", []),
        ("The fine is at least 50 euros.", "The fine is no less than 50 euros, payable up to May.", []),
        ("The fine is 50 euros at the least.", "The fine is 50 euros up to May.", []),
        ("At least 10 people pay less.", "Groups of 10 people or more pay less; up to 30 people fit in.", []),
        ("The fine is at most 50 euros.", "The fine is at least 50 euros.", ["most"]),
        ("The fine is more than 50 euros.", "The fine is less than 50 euros.", ["more"]),
    ],
)
def test_opposites_of_two_words_are_told_once(claim, evidence, contrasts):
    assert [one.token for one in mismatches(claim, evidence) if one.kind == "contrast"] == contrasts


def test_overlap_counts_stems_and_leaves_out_what_says_nothing():
    assert overlap("The exercise of the vehicles", "Vehicle exercises") == 1.0
    assert overlap("The exercise of the bees", "Vehicle exercises") == 0.5
    assert overlap("the of", "Vehicle exercises") == 0.0


def test_pairs_tell_the_order():
    assert pair_overlap("foxes beat hares", "Foxes beat hares.") == 1.0
    assert pair_overlap("hares beat foxes", "Foxes beat hares.") == 0.0


def test_a_question_and_its_answer_count_where_they_stand_together():
    evidence = "The bridge opened in 1932. " + "Nothing else is known. " * 3 + "A toll was charged until 1951."
    assert answer_overlap("When did the bridge open? 1932", evidence) == 1.0
    assert answer_overlap("When did the bridge open? 1951", evidence) == 0.0
    assert answer_overlap("Until when was a toll charged? In 1951", evidence) == 1.0
    assert answer_overlap("When did the old bridge open? 1932", evidence) == pytest.approx(2 / 3)
    assert answer_overlap("The bridge opened in 1951.", evidence) == 1.0


def kinds(claim, evidence):
    """What is amiss with a claim, and with which of its words."""
    return [(one.kind, one.token) for one in mismatches(claim, evidence)]


@pytest.mark.parametrize(
    ("said", "there"),
    [
        ("Iran", "Iraq"),
        ("Austria", "Australia"),
        ("Slovakia", "Slovenia"),
        ("Niger", "Nigeria"),
        ("Niger", "the Nigerians"),
        ("India", "Indonesia"),
        ("Martin", "Martha"),
        ("John", "Johnson"),
        ("Julian", "Julia"),
    ],
)
def test_names_that_share_letters_are_not_one(said, there):
    assert kinds(f"It was signed by {said}.", f"It was signed by {there} in May.")[0] == ("name", said)
    assert kinds(f"It was signed by {there.split()[-1]}.", f"It was signed by {said} in May.")[0][0] == "name"


@pytest.mark.parametrize(
    ("said", "there"),
    [
        ("Tajikistan", "the Tajiks"),
        ("Polish", "Poland"),
        ("Dutch", "the Netherlands"),
        ("Frenchmen", "France"),
        ("American", "the United States"),
        ("the United States", "American"),
        ("Martin", "Martin’s"),
        ("the Martins", "Martin"),
        ("Islamic", "Islam"),
        ("12 September", "12 Sept"),
    ],
)
def test_forms_of_one_name_are_one(said, there):
    assert kinds(f"It was signed by {said} envoys.", f"Envoys of {there} wrote their names under it.") == []


def test_an_acronym_is_known_by_what_it_stands_for():
    assert kinds("Then the EU agreed.", "The European Union agreed.") == []
    assert kinds("Then the European Union agreed.", "The EU agreed.") == []
    assert kinds("Then the MoD and the FCO agreed.", "The MoD and the Foreign and Commonwealth Office agreed.") == []
    assert kinds("An unmanned aerial vehicle (UAV) fell.", "An unmanned aerial vehicle fell.") == []
    assert kinds("Then the EU agreed.", "They agreed, especially under pressure.") == [("name", "EU")]


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Two of the three deductions are large.", "Deductions: rent 900 | loan 800 | tax 20"),  # counted
        ("The winning bid was 8,250 above the lowest.", "Bids: 150,000 | 158,250 | 160,100"),  # a difference
        ("Pipe and bag weigh 1.9 kg.", "Pipe: 1.5 kg | Bag: 0.4 kg"),  # a sum
        ("It took nearly 16,000 more than planned.", "Planned: 25,990 | Spent: 41,930"),
        ("The profit fell by 2.5 million.", "The profit was 19.3 million, down from 21.8 million."),
        ("The journey took thirteen hours longer than planned.", "It took thirty hours instead of seventeen."),
        ("The surplus was £50.", "Income was £80 and expenses were £30."),
        ("It saves members £50.", "Guests pay £80 and members £30."),
        ("The rest of the fine is 30 euros.", "The fine is 50 euros, 20 euros of which go to the club."),
        ("The second model kept the motor.", "The Mark II has the motor of the Mark I."),
        ("It was stuck for half an hour.", "It was stuck for thirty minutes."),
        ("They leave a quarter of an hour before.", "They leave 15 minutes before."),
        ("The start is at half past nine.", "Start: 9:30"),
    ],
)
def test_what_may_be_worked_out_is_left_to_the_model(claim, evidence):
    assert [token for kind, token in kinds(claim, evidence) if kind == "number"] == []


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("It has four lamps.", "It has three lamps and a door."),  # counted, and found another
        ("It weighs 1.8 kg.", "Pipe: 1.5 kg | Bag: 0.4 kg"),
        ("It costs 27.", "Rent: 25 | Loan: 40"),
        ("It lasted four days.", "It lasted from May on."),
        ("It grew by half.", "It grew a little."),
        ("The fine is 30 euros.", "The fine is 50 euros, 20 euros of which go to the club."),
        ("The fine is 70 euros.", "The fine is 50 euros, 20 euros of which go to the club."),
        ("The fine is more than 30 euros.", "The fine is 50 euros, 20 euros of which go to the club."),
        ("The fine is 30 euros and goes to the club.", "The fine is 50 euros, 20 euros of which go to the club."),
    ],
)
def test_what_may_not_is_missing(claim, evidence):
    assert "number" in [kind for kind, _ in kinds(claim, evidence)]


@pytest.mark.parametrize(
    ("claim", "evidence", "is_missing"),
    [
        ("More than 100 people came.", "95 people came.", True),
        ("More than 100 people came.", "103 people came.", False),
        ("Over 100 people came.", "95 people came.", True),
        ("At least 100 people came.", "95 people came.", True),
        ("At least 100 people came.", "At least 100 people came.", False),
        ("No less than 100 people came.", "104 people came.", False),
        ("Less than 100 people came.", "105 people came.", True),
        ("Less than 100 people came.", "95 people came.", False),
        ("Under 100 people came.", "105 people came.", True),
        ("Up to 100 people came.", "105 people came.", True),
        ("No more than 100 people came.", "95 people came.", False),
        ("No more than 100 people came.", "105 people came.", True),
        ("About 100 people came.", "95 people came.", False),
        ("About 100 people came.", "105 people came.", False),
    ],
)
def test_a_bound_is_not_rough_on_the_side_that_it_closes(claim, evidence, is_missing):
    assert ("number" in [kind for kind, _ in kinds(claim, evidence)]) == is_missing


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("In 2017, it grew.", "In 2014, it grew by 3 states."),
        ("It grew for 3 years.", "It grew in 2014, and in 2017 it shrank."),
        ("In 2012, it grew.", "In 2010 it shrank. It had members in 2014. Two years later, it grew."),
        ("It was two years after 2014.", "It was in 2012."),
    ],
)
def test_years_are_not_made_of_any_two_numbers(claim, evidence):
    assert "number" in [kind for kind, _ in kinds(claim, evidence)]


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("In 2016, it grew.", "In 2010 it shrank. It had members in 2014. Two years later, it grew."),
        ("In 2013, it grew.", "It grew a year before the 2014 vote."),
        ("It shrank in 2010, and four years later it grew.", "In 2010 it shrank. In 2014 it grew."),
        ("It grew two years before 2016.", "It grew in 2014."),
    ],
)
def test_years_may_be_counted_from_another(claim, evidence):
    assert kinds(claim, evidence) == []


@pytest.mark.parametrize(
    ("claim", "evidence", "number"),
    [
        ("It fell by 1%.", "It fell by 5%.", "1%"),
        ("It fell by 0%.", "It fell by 5%.", "0%"),
        ("It has 1 member state.", "It has 3 member states.", "1"),
        ("It is in Article 1.", "It is in Article 5.", "1"),
        ("It cost $1.", "It cost $5.", "$1"),
        ("It won the first round.", "It won the second round.", "1st"),
    ],
)
def test_nought_and_one_are_numbers_too(claim, evidence, number):
    assert ("number", number.removeprefix("$")) in kinds(claim, evidence)


@pytest.mark.parametrize("claim", ["One of the states fell.", "At one time, no one fell.", "It first fell in May."])
def test_one_need_not_be_a_number(claim):
    assert "number" not in [
        kind for kind, _ in kinds(claim, "At 5 in the morning 3 of the states fell. It was in May.")
    ]


def test_words_that_are_also_months_are_none():
    evidence = "In June they went home. The army began to go in August."
    assert kinds("They may go home.", evidence) == []
    assert kinds("The army began to march.", evidence) == []
    assert ("contrast", "may") in kinds("In May they went home.", evidence)
    assert ("contrast", "march") in kinds("The army began in March.", evidence)
