"""Re-checking a saved answer: what edits of its source do to it, and what cannot have come from Footnote."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from index.types import Document, Hit, Passage
from rag.types import Answer, Citation, Claim
from rag.verify.recheck import recheck

BEFORE = "The moon, a note.\n\n"
QUOTE = "It is 384,400 km away\nand has no air."
AFTER = " Nobody lives there.\r\n"
SAID = "It is 384,400 km away and has no air."


def document(text, identifier="moon.txt"):
    return Document(identifier, "The moon", f"/docs/{identifier}", text)


def citing(*citations, **changes):
    """An answer that quotes these."""
    claims = tuple(Claim(" ".join(one.quote.split()), (one.number,), "quoted", 1.0) for one in citations)
    text = " ".join(f"{claim.text} [{claim.citations[0]}]" for claim in claims)
    return replace(Answer("How far is it?", text, "answered", None, 0.9, claims, citations), **changes)


START = len(BEFORE)


def citation(start=START, quote=QUOTE, identifier="moon.txt", number=1):
    return Citation(number, identifier, "The moon", f"/docs/{identifier}", start, start + len(quote), quote)


ANSWER = citing(citation(), span="384,400 km")
HIT = Hit(Passage("p", "moon.txt", f"{QUOTE} Nobody lives there.", len(BEFORE), len(BEFORE + QUOTE) + 20), 1, 1, 1, 1)


def state_of(text, answer=ANSWER):
    """State and place of the answer's only quote in a document of this text."""
    check = recheck(answer, [document(text)])
    (quote,) = check.quotes
    assert check.problems == ()
    return quote.state, quote.start, quote.end


def test_nothing_has_changed():
    check = recheck(ANSWER, [document(BEFORE + QUOTE + AFTER)])
    assert (check.state, check.problems) == ("holds", ())
    assert state_of(BEFORE + QUOTE + AFTER) == ("holds", len(BEFORE), len(BEFORE + QUOTE))


def test_a_doubtful_sentence_of_an_llm_is_no_contradiction():
    doubtful = replace(
        ANSWER.claims[0], text="It is made of cheese [?], some say.", citations=(), support="unsupported"
    )
    text = f"{ANSWER.text} It is made of cheese [?], some say. [?]"
    answer = replace(ANSWER, text=text, claims=(*ANSWER.claims, doubtful), engine="llm")
    assert recheck(answer, [document(BEFORE + QUOTE + AFTER)]).problems == ()


TEXTS = st.text(st.sampled_from("aé \n\r.5😀—"), max_size=30)


@given(before=TEXTS, after=TEXTS)
def test_whatever_is_written_before_and_after_it_a_quote_is_found_where_it_stands(before, after):
    before, after = before + "\n", "\n" + after
    state, start, end = state_of(before + QUOTE + after)
    assert (before + QUOTE + after)[start:end] == QUOTE
    assert state == ("holds" if len(before) == len(BEFORE) else "moved")


@given(place=st.integers(0, len(QUOTE) - 1), inserted=st.text(min_size=1, max_size=5), removed=st.integers(0, 4))
def test_whatever_is_written_inside_it_the_source_has_changed(place, inserted, removed):
    edited = QUOTE[:place] + inserted + QUOTE[place + removed :]
    assume(QUOTE not in edited)
    assert state_of(BEFORE + edited + AFTER)[0] == "changed"


@given(place=st.integers(0, len(QUOTE) - 1))
def test_a_single_character_that_is_gone_is_missed(place):
    assert state_of(BEFORE + QUOTE[:place] + QUOTE[place + 1 :] + AFTER)[0] == "changed"


@pytest.mark.parametrize(
    ("now", "differences", "place"),
    [
        (QUOTE.replace("384,400", "384,399"), (("384,400", "384,399"),), QUOTE.replace("384,400", "384,399")),
        (QUOTE.replace("has no", "has"), (("no", ""),), QUOTE.replace("has no", "has")),
        (QUOTE.replace("has", "has almost"), (("", "almost"),), QUOTE.replace("has", "has almost")),
        (QUOTE.replace("\n", " "), (), QUOTE.replace("\n", " ")),
        ("Nothing is said of it.", (), None),
    ],
)
def test_what_has_changed_is_told_word_by_word(now, differences, place):
    text = BEFORE + now + AFTER
    (quote,) = recheck(ANSWER, [document(text)]).quotes
    assert (quote.state, quote.differences) == ("changed", differences)
    assert (None if quote.start is None else text[quote.start : quote.end].rstrip(".")) == (place and place.rstrip("."))


@given(gaps=st.lists(st.integers(0, 60), min_size=1, max_size=5))
def test_of_several_places_the_nearest_is_meant(gaps):
    text = "".join("x" * gap + "\n" + QUOTE + "\n" for gap in gaps)
    _, start, _ = state_of(text)
    places = [place for place in range(len(text)) if text.startswith(QUOTE, place)]
    assert abs(start - len(BEFORE)) == min(abs(place - len(BEFORE)) for place in places)


@pytest.mark.parametrize(
    ("quote", "now"),
    [
        ("5 million people came.", "15 million people came."),
        ("5 million people came.", "1.5 million people came."),
        ("500 people came.", "1,500 people came."),
        ("It cost 15", "It cost 150 marks."),
        ("It cost 15", "It cost 15.5 marks."),
        ("He is able", "He is ableist."),
        ("one resume", "one resume\u0301 more"),
    ],
)
def test_a_quote_is_not_found_within_longer_words_and_numbers(quote, now):
    assert state_of(now, citing(citation(0, quote)))[0] == "changed"


def test_a_number_at_the_end_of_a_sentence_is_whole():
    assert state_of("They paid 15. 5 came.", citing(citation(0, "They paid 15")))[0] == "holds"


def test_a_document_that_is_not_there_is_gone():
    check = recheck(ANSWER, [document("Green tea.", "tea.txt")])
    assert (check.state, check.quotes[0].state, check.quotes[0].elsewhere) == ("gone", "gone", None)


def test_a_quote_that_now_stands_in_another_document_is_found_there():
    gone = recheck(ANSWER, [document(BEFORE + QUOTE, "luna.txt")])
    changed = recheck(ANSWER, [document(BEFORE), document(BEFORE + QUOTE, "luna.txt")])
    assert [(check.state, check.quotes[0].elsewhere) for check in (gone, changed)] == [
        ("gone", "luna.txt"),
        ("changed", "luna.txt"),
    ]


@pytest.mark.parametrize(
    ("documents", "state"),
    [
        (["one.txt", "two.txt"], "holds"),
        (["one.txt"], "gone"),
        ([], "gone"),
    ],
)
def test_the_worst_quote_decides(documents, state):
    answer = citing(citation(0, "It is far.", "one.txt"), citation(0, "It is far.", "two.txt", 2))
    assert recheck(answer, [document("It is far.", name) for name in documents]).state == state


def test_a_changed_source_beside_a_moved_one_counts():
    answer = citing(citation(0, "It is far.", "one.txt"), citation(0, "It is far.", "two.txt", 2))
    check = recheck(answer, [document("So: It is far.", "one.txt"), document("It is near.", "two.txt")])
    assert ([quote.state for quote in check.quotes], check.state) == (["moved", "changed"], "changed")


def test_an_abstained_answer_has_nothing_to_lose():
    abstained = Answer("Who?", "The documents do not seem to answer this question.", "abstained", None, 0.1)
    assert recheck(abstained, []).state == "holds"


CLAIM = ANSWER.claims[0]
TAMPERED = {
    "its status is": {"status": "sure"},
    "it abstains and yet cites": {"status": "abstained"},
    "it answers and yet claims nothing": {"claims": (), "citations": (), "text": ""},
    "not numbered 1, 2, 3": {"citations": (citation(number=2),)},
    "not as long as its offsets say": {"citations": (replace(ANSWER.citations[0], end=99),)},
    "not what the answer's own passages say": {
        "citations": (citation(quote=QUOTE.replace("384", "483")),),
        "claims": (replace(CLAIM, text=SAID.replace("384", "483")),),
        "text": f"{SAID.replace('384', '483')} [1]",
    },
    "one of the documents that it cites is two files": {
        "citations": (citation(), replace(citation(number=2), source="/docs/other/moon.txt"))
    },
    "its span stands in none": {"span": "84,400 km"},
    "cites what is not there": {"claims": (replace(CLAIM, citations=(1, 2)),)},
    "is called supported and cites nothing": {"claims": (replace(CLAIM, citations=(), support="supported"),)},
    "is called quoted and stands in none": {
        "claims": (replace(CLAIM, text=SAID.replace("no", "some")),),
        "text": f"{SAID.replace('no', 'some')} [1]",
    },
    "its marker [7] has no citation": {"text": f"{SAID} [1][7]"},
    "no marker for citation [1]": {"text": SAID},
    "its text is not that of its claims": {"text": f"{SAID} [1] So it is near."},
    "is marked otherwise in the text": {
        "claims": (CLAIM, replace(CLAIM, citations=())),
        "text": f"{SAID} [1] {SAID} [1]",
    },
}


@pytest.mark.parametrize("problem", TAMPERED)
def test_an_answer_that_contradicts_itself_is_found_out(problem):
    untouched = replace(ANSWER, hits=(HIT,))
    assert recheck(untouched, [document(BEFORE + QUOTE + AFTER)]).problems == ()
    check = recheck(replace(untouched, **TAMPERED[problem]), [document(BEFORE + QUOTE + AFTER)])
    assert check.state == "inconsistent"
    assert problem in " ".join(check.problems)


@given(place=st.integers(0, len(SAID) - 1), character=st.characters(exclude_categories=["Z", "C", "M"]))
def test_no_character_of_a_text_or_claim_can_be_changed_unnoticed(place, character):
    edited = SAID[:place] + character + SAID[place + 1 :]
    assume("".join(edited.split()) != "".join(SAID.split()))
    for changes in (
        {"text": f"{edited} [1]"},
        {"claims": (replace(CLAIM, text=edited),)},
        {"text": f"{edited} [1]", "claims": (replace(CLAIM, text=edited),)},
    ):
        assert recheck(replace(ANSWER, **changes), [document(BEFORE + QUOTE + AFTER)]).state == "inconsistent"


def test_an_llm_may_set_a_quotation_otherwise_but_not_say_otherwise():
    def by_llm(text):
        claim = Claim(text, (1,), "quoted", 1.0)
        return recheck(replace(ANSWER, engine="llm", claims=(claim,), text=f"{text} [1]"), [document(QUOTE)])

    assert by_llm("it is 384,400 km away and has no air.").state == "holds"
    assert by_llm("It is 384,400 km away and has air.").state == "inconsistent"


def test_a_source_with_brackets_of_its_own_is_no_contradiction():
    answer = citing(citation(0, "As shown [2], it is far."), text="As shown ［2］, it is far. [1]")
    check = recheck(answer, [document("As shown [2], it is far.")])
    assert (check.state, check.problems) == ("holds", ())
