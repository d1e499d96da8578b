"""Which sentences are quoted, and with which others."""

from dataclasses import replace

import pytest

from rag.ask.kinds import is_yes_or_no
from rag.read.choosing import MAX_QUOTE_CHARS, MAX_QUOTES, choose_quotations
from rag.read.evidence import Candidate
from rag.write.quoting import cite
from tests.read.chosen import candidates, make, quotes, relevant

SEVEN = "Ants march.|Bees hum.|Cats purr.|Dogs bark.|Eels wind.|Frogs leap.|Geese honk.".replace("|", "\n\n")


def test_a_sentence_alone_is_quoted_where_no_other_comes_near_it():
    assert quotes((1, 0.9), (2, 0.5), (3, 0.4), text=SEVEN) == ["Bees hum."]


@pytest.mark.parametrize(
    ("score", "relevance", "of_two", "count"),
    [(0.3, -1.0, True, 2), (0.3, -1.0, False, 1), (0.3, -3.0, True, 1), (0.05, -1.0, True, 1), (0.3, None, True, 1)],
)
def test_where_two_things_are_asked_the_next_sentence_may_tell_the_other(score, relevance, of_two, count):
    best, other = candidates(make(SEVEN), (1, 0.9), (4, score))
    told = [replace(best, relevance=0.5), replace(other, relevance=relevance)]
    assert len(choose_quotations(told, of_two=of_two)) == count


def test_sentences_are_quoted_together_where_the_reader_cannot_decide():
    assert quotes((1, 0.9), (2, 0.8), (3, 0.8), text=SEVEN) == ["Bees hum.", "Cats purr.", "Dogs bark."]


@pytest.mark.parametrize(
    ("question", "yes_or_no"),
    [
        ("Is it far?", True),
        ("And didn’t they agree?", True),
        ("was it built", True),
        ("Is it red or blue?", False),
        ("What is it?", False),
        ("Canada joined when?", False),
    ],
)
def test_questions_for_yes_or_no_are_told_from_others(question, yes_or_no):
    assert is_yes_or_no(question) == yes_or_no


def test_quotes_are_in_the_order_of_their_scores():
    assert quotes((4, 0.9), (1, 0.89), text=SEVEN) == ["Eels wind.", "Bees hum."]


def test_a_sentence_much_worse_than_the_best_is_not_quoted():
    assert quotes((1, 1.0), (2, 0.9), (3, 0.05), text=SEVEN) == ["Bees hum.", "Cats purr."]


def test_no_more_than_five_are_quoted():
    assert len(quotes(*((position, 0.9) for position in range(7)), text=SEVEN)) == MAX_QUOTES == 5


def test_what_the_reader_holds_for_a_part_of_the_answer_is_quoted():
    told = relevant(make(SEVEN), (1, 0.9, -1), (2, 0.1, -0.2), (3, 0.1, 1.2), (5, 0.1, 2), (6, 0.6, -1))
    quoted = [one.quote for one in cite(choose_quotations(told))[0]]
    assert quoted == ["Bees hum.", "Frogs leap.", "Dogs bark.", "Geese honk."]


@pytest.mark.parametrize(("share", "count"), [(0.01, 2), (0.001, 1)])
def test_a_sentence_of_hardly_any_share_is_not_quoted_though_it_seems_relevant(share, count):
    """As a line of the same address, where a town is asked for."""
    told = relevant(make(SEVEN), (1, 0.9, 2), (4, 0.9 * share, 2))
    assert sum(len(one.sentences) for one in choose_quotations(told)) == count


def test_sentences_that_follow_each_other_are_one_quotation():
    text = "The moon is far. No air is there. Life is none. Men went. Men came back.\n\nA flag was left."
    told = relevant(make(text), (1, 0.9, 2), *((position, 0.01, 1) for position in (0, 3, 4, 5)))
    quoted = ["The moon is far. No air is there.", "Men went. Men came back.", "A flag was left."]
    assert [one.quote for one in cite(choose_quotations(told))[0]] == quoted


def test_nothing_to_quote_is_no_quotation():
    assert choose_quotations([]) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "It has no air.",
        "This is far.",
        "They circle it.",
        "However, nobody lives there.",
        "Two years later, men landed.",
        "The latter is smaller.",
        "“It is cold.”",
    ],
)
def test_a_sentence_that_leans_back_is_quoted_with_the_one_before(sentence):
    text = f"The moon is 384,400 km away. {sentence}"
    assert quotes((1, 0.9), text=text) == [text]


def test_a_sentence_that_stands_alone_is_quoted_alone():
    assert quotes((1, 0.9), text="The moon is far. Men landed in 1969.") == ["Men landed in 1969."]


def test_there_is_leans_on_nothing():
    text = "The moon is far. There are mountains on it. There nobody lives."
    assert quotes((1, 0.9), text=text) == ["There are mountains on it."]
    assert quotes((2, 0.9), text=text) == ["There are mountains on it. There nobody lives."]


def test_the_first_sentence_of_a_paragraph_is_quoted_alone():
    assert quotes((1, 0.9), text="The moon is far.\n\nIt has no air.") == ["It has no air."]


def test_the_first_sentence_of_a_document_is_quoted_alone():
    assert quotes((0, 0.9), text="It has no air. The moon is far.") == ["It has no air."]


@pytest.mark.parametrize(("extra", "together"), [(0, True), (1, False)])
def test_two_sentences_are_quoted_together_up_to_400_characters(extra, together):
    after = "It has no air."
    before = "M" + "o" * (MAX_QUOTE_CHARS - len(after) - 3 + extra) + "."
    assert MAX_QUOTE_CHARS == 400
    found = quotes((1, 0.9), text=f"{before} {after}")
    assert found == [f"{before} {after}" if together else after]


def test_quotes_that_overlap_are_one():
    text = "The moon is far. It has no air. It is cold."
    # The second pulls in the first, the third pulls in the second, and the first is quoted already.
    assert quotes((1, 0.9), (2, 0.89), (0, 0.88), text=text) == [text]
    long = f"The moon is far. It has {'no ' * 120}air. It is {'so ' * 160}cold."
    assert quotes((1, 0.9), (2, 0.89), text=long) == [long[: long.index(" It is")], long[long.index("It is") :]]


def test_like_places_of_two_documents_do_not_overlap():
    one, other = make(SEVEN, "one.txt"), make(SEVEN, "other.txt")
    chosen = choose_quotations([*candidates(one, (1, 0.9)), *candidates(other, (1, 0.9))])
    assert [quotation.document.document.id for quotation in chosen] == ["one.txt", "other.txt"]


def test_what_a_document_says_twice_is_quoted_once_and_what_another_says_too_once_more():
    twice, another = make("Bees hum.\n\nCats purr.\n\n- bees\n  hum"), make("Bees hum.", "another.txt")
    told = [*candidates(twice, (0, 0.9), (2, 0.89)), *candidates(another, (0, 0.88))]
    cited = [(one.document_id, one.quote) for one in cite(choose_quotations(told))[0]]
    assert cited == [("doc.txt", "Bees hum."), ("another.txt", "Bees hum.")]


def test_citations_are_numbered_from_1_and_say_where_the_quote_stands():
    indexed = make(SEVEN)
    citations, _ = cite(choose_quotations(candidates(indexed, (4, 0.9), (1, 0.9))))
    assert [citation.number for citation in citations] == [1, 2]
    first = citations[0]
    assert (first.document_id, first.title, first.source) == ("doc.txt", "A title", "/there/doc.txt")
    assert SEVEN[first.start : first.end] == first.quote == "Eels wind."
    assert first.page is None


def test_each_sentence_of_a_quote_is_a_claim_that_cites_it():
    indexed = make("The moon is\r\n  far. It has no\u00a0air.")
    citations, claims = cite(choose_quotations(candidates(indexed, (1, 0.9))))
    assert citations[0].quote == "The moon is\r\n  far. It has no\u00a0air."
    assert [(claim.text, claim.citations) for claim in claims] == [
        ("The moon is far.", (1,)),
        ("It has no air.", (1,)),
    ]
    assert {(claim.support, claim.score) for claim in claims} == {("quoted", 1.0)}


@pytest.mark.parametrize(("position", "number"), [(0, 1), (1, 2), (2, 3)])
def test_the_page_is_the_one_on_which_the_quote_begins(position, number):
    text = "Ants march. Bees hum. Cats purr."
    pages = (0, text.index("Bees"), text.index("Cats"))
    citations, _ = cite(choose_quotations(candidates(make(text, pages=pages), (position, 0.9))))
    assert citations[0].page == number


def test_neither_a_question_nor_a_scrap_of_text_is_an_answer():
    text = "**Q: How long is it valid?**\n\n- validity\n\nIt is valid for thirty minutes."
    found = quotes((0, 0.9), (1, 0.8), (2, 0.5), text=text)
    assert found == ["It is valid for thirty minutes."]


def test_a_row_that_ends_with_a_question_is_an_answer():
    row = "Display: E2 | Means: does not drain | What to do: clean the filter; is the hose straight?"
    assert quotes((0, 0.9), text=f"{row}\n\nMore is told on page 9.") == [row]
    assert quotes((0, 0.9), text="How far is it? | How high is it?\n\nIt is far.") == []
    assert quotes((0, 0.9), text="No: 1 | Part: A | Question: What is your age?\n\nIt is far.") == []


def test_a_name_alone_on_its_line_is_quoted_with_the_line_before_it():
    indexed = make("Presented by\n\nAda Moor\n\ntwo words\n", name="slides.md")
    citations, _ = cite(choose_quotations(candidates(indexed, (1, 0.9), (2, 0.1))))
    assert [citation.quote for citation in citations] == ["Presented by\n\nAda Moor"]
    assert choose_quotations(candidates(indexed, (2, 0.9))) == []


def test_a_figure_alone_on_its_line_is_quoted_with_the_line_before_it_that_says_whose_it_is():
    assert quotes((1, 0.9), text="The clinic of Eide\n\n(0363) 4301914\n\nOpen at noon.") == [
        "The clinic of Eide\n\n(0363) 4301914"
    ]
    assert quotes((1, 0.9), text="We met.\n\n- 2019\n- 2021\n") == ["2019"]  # an item needs no other


def test_what_stands_in_brackets_is_quoted_with_what_it_is_said_of():
    text = "9 May | Lights at the gardens | $58.\n\n(Sign up by April; at most 50, 45 at least)\n\nAll are welcome."
    assert quotes((1, 0.9), text=text) == [text.removesuffix("\n\nAll are welcome.")]
    assert quotes((1, 0.9), text="It is far. (We) met at noon.") == ["(We) met at noon."]
    apart = "(All prices are in pounds)"
    assert quotes((1, 0.9), text=f"Stew is served at noon.\n\n{apart}") == [apart]
    assert quotes((1, 0.9), text="- Stove\n- (for guests, at the desk)") == ["(for guests, at the desk)"]


def test_the_span_is_that_of_the_sentence_quoted():
    indexed = make("It rains. How far is it? It is 40 km away.")
    question, answer = Candidate(indexed, 1, 0.9, "far"), Candidate(indexed, 0, 0.8, "rains")
    assert [quotation.span for quotation in choose_quotations([question, answer])] == ["rains"]


@pytest.mark.parametrize(
    "sentence",
    [
        "IT spending rose.",
        "Safety inspectors before 1990 were few.",
        "This report examines the moon.",
        "Two years before 1969 it was planned.",
    ],
)
def test_a_sentence_that_only_begins_like_one_that_leans_back_is_quoted_alone(sentence):
    assert quotes((1, 0.9), text=f"The moon is far. {sentence}") == [sentence]


def test_a_run_knows_which_of_its_sentences_answers():
    text = "The hall opened in 1904. Fire destroyed all of it in 1931, and 1904 was forgotten."
    first, second = (
        Candidate(make(text), position, score, "1904", relevance=1) for position, score in ((0, 0.9), (1, 0.01))
    )
    second = replace(second, document=first.document)
    (quotation,) = choose_quotations([first, second])
    assert (quotation.first, quotation.last, quotation.answering) == (0, 2, 0)


@pytest.mark.parametrize("answer", ["No.", "No", "Answer: No.", "**A:** Write to the dean.", "The answer is yes."])
def test_an_answer_is_quoted_with_the_question_before_it(answer):
    text = f"Theses are long.\n\nQ6. May a thesis be written in summer?\n\n{answer}\n\nBees hum."
    position = [text[one.start : one.end] for one in make(text).sentences].index(answer)
    assert quotes((position, 0.9), text=text) == [f"Q6. May a thesis be written in summer?\n\n{answer}"]


@pytest.mark.parametrize("before", ["They are long.", "Is it?\n\nIt is."])
def test_what_says_yes_to_no_question_is_quoted_alone(before):
    text = f"Bees hum.\n\n{before}\n\nAnswer: No."
    assert quotes((len(make(text).sentences) - 1, 0.9), text=text) == ["Answer: No."]
