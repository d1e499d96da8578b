"""Follow-up questions carry over what was talked about; questions that stand on their own do not."""

import json

import pytest

from rag.ask.conversation import MAX_NAMES, contextualise, leans_on_history
from tests.conftest import ROOT, WordEmbedder

TURNS = ROOT / "tests" / "questions" / "turns.jsonl"  #: pairs of questions, and whether the second needs the first

DRONE = ("When did China debut the Wing Loong drone?", "In 2014, the drone was shown by the PLA in Zhurihe. [1]")

LEANING = """
What did it cost?
And in 2014?
Why?
How much?
Go on.
Tell me more.
What else?
What about Kazakhstan?
How about the others?
But why did Russia object?
So what did China do then?
Also in Uzbekistan?
Who bought them?
And its range?
Where did he study?
Did they agree?
When was that?
Could you explain this?
What happened after that?
How many of those were sold?
Why did they sell it to Kazakhstan?
What is the second one called?
Tell me about their leader.
Which one costs more?
Does one of them open on Sundays?
How much is one?
Who won in this year?
Who are the others on the board?
Which others were sold in May?
Do the others have access to the archive?
""".strip().splitlines()

INDEPENDENT = """
When did China debut its drone?
Why did Russia join the SCO?
What is the Shanghai Cooperation Organization?
Which countries bought Wing Loong drones?
What did Xi Jinping say in Kazakhstan?
What does the SCO do for its members?
How does China train officers from Central Asia?
List the military exercises held with Kyrgyzstan.
Was there a war in Tajikistan?
Is there air on the moon?
How long is green tea steeped?
How many bees live in a hive?
What is the capital of France?
Summarize the essay.
How much is the fee for one adult?
Can a room be hired for one night?
How many members joined this year?
Which concerts are planned this summer?
What does this agreement say about termination fees?
What is the notice period in this contract?
Do others have access to the archive?
May a key be lent to others?
Tell me about drones
facts about tea
drones
""".strip().splitlines()


@pytest.mark.parametrize("question", LEANING)
def test_a_question_that_needs_the_conversation_leans_on_it(question):
    assert leans_on_history(question)


@pytest.mark.parametrize("question", INDEPENDENT)
def test_a_question_that_says_it_all_does_not_lean(question):
    assert not leans_on_history(question)


def test_a_leaning_question_is_searched_with_the_earlier_topic(embedder):
    query = contextualise("What did it cost?", [DRONE], embedder)
    assert query.question == "What did it cost?"
    assert query.text.startswith("What did it cost?")
    assert {"China", "debut", "Wing", "Loong", "drone"} <= set(query.text.split())


def test_names_of_the_earlier_answer_are_carried_too(embedder):
    words = contextualise("What did it cost?", [DRONE], embedder).text.split()
    assert {"PLA", "Zhurihe"} <= set(words)
    assert "In" not in words  # it is capitalised because it begins the sentence
    many = " ".join(f"the N{letter}" for letter in "abcdefghijklmnop")
    names = contextualise("Why?", [("Who was it?", f"It was {many}.")], embedder).text.split()[1:]
    assert names == [f"N{letter}" for letter in "abcdefghijklmnop"[:MAX_NAMES]]


def test_the_topic_is_carried_over_two_turns(embedder):
    history = [DRONE, ("What did it cost?", "About a million.")]
    assert "Loong" in contextualise("And why?", history, embedder).text.split()


def test_the_topic_changes_with_the_question_that_stands_on_its_own(embedder):
    history = [DRONE, ("How many bees live in a hive?", "Forty thousand.")]
    words = contextualise("And why?", history, embedder).text.split()
    assert {"bees", "hive"} <= set(words)
    assert "Loong" not in words


@pytest.mark.parametrize(
    ("question", "alone"),
    [
        ("How much is the rent?", True),
        ("When was the debut?", True),
        ("How much is it?", False),
        ("And the rent?", False),
        ("Why so much?", False),
        ("What did it cost?", False),
        ("How many bees live in a hive?", False),  # it leans on nothing, so that there is but one way
    ],
)
def test_a_short_question_that_points_at_nothing_may_stand_alone(embedder, question, alone):
    assert contextualise(question, [DRONE], embedder).leans_on == (DRONE[0] if alone else "")


def test_a_word_is_carried_once_and_not_if_the_question_has_it(embedder):
    text = contextualise("And why China?", [("Does China border China?", "China does, China. [1]")], embedder).text
    assert text.split().count("China") == 0 and text.count("China") == 1


def test_without_history_nothing_is_carried(embedder):
    assert contextualise("What did it cost?", [], embedder).text == "What did it cost?"


def test_an_independent_question_is_searched_as_it_is(embedder):
    question = "How many bees live in a hive?"
    assert contextualise(question, [DRONE], embedder).text == question


@pytest.mark.parametrize("question", ["Who wrote this essay?", "What is tea?", "Who was Putin?"])
def test_a_short_question_that_says_what_it_is_about_stands_alone(question):
    assert not leans_on_history(question)


@pytest.mark.parametrize("question", ["What happened next?", "Was China involved too?", "In which city?"])
def test_a_question_that_goes_on_from_the_last_answer_leans_on_it(question):
    assert leans_on_history(question)


def test_whether_a_question_leans_on_the_turn_before_is_told_by_its_words():
    lines = TURNS.read_text(encoding="utf-8").splitlines()
    turns = [json.loads(line) for line in lines]
    assert len(turns) >= 120
    wrong = [turn["question"] for turn in turns if leans_on_history(turn["question"]) != turn["leans"]]
    assert wrong == ["What were the reasons?"]


def test_the_first_of_two_things_that_are_asked_names_what_the_second_speaks_of():
    assert not leans_on_history("Which lamp hangs in the hall, and who made it?")
    assert leans_on_history("What did the mayor say about it, and when?")
    assert leans_on_history("Who made it, and what was its price?")


def test_a_question_that_stands_alone_is_left_alone():
    turns = [json.loads(line) for line in TURNS.read_text(encoding="utf-8").splitlines()]
    for turn in turns:
        if not turn["leans"]:
            query = contextualise(turn["question"], [(turn["before"], "Olsen said so. [1]")], WordEmbedder())
            assert (query.question, query.text) == (turn["question"], turn["question"])


def test_pasted_text_is_what_this_stands_for():
    pasted = "Explain this: the lessee bears the cost of any repair that is due to wear, unless the lessor caused it."
    assert contextualise(pasted, [("Who is the lessor?", "Kari Nes is. [1]")], WordEmbedder()).text == pasted
