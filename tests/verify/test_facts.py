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
