"""The quote gate: what may differ between a quotation and its source, and what may not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.verify.quotes import check_quote

SOURCE = (
    "In 2014, China debuted its *Wing Loong* unmanned vehicle — which cost $15 million, not 5%. "
    "The “non-lethal” aid rose to 1,250.5 tonnes at -5 °C.\n\nIt is an exam-\nple of co-\noperation in the U.S. "
    "A beat B over 5–10 km."
)


@pytest.mark.parametrize(
    "quote",
    [
        "China debuted its Wing Loong unmanned vehicle",  # without emphasis
        "china DEBUTED its **Wing Loong** unmanned\n  vehicle",
        'The "non-lethal" aid rose to 1250.5 tonnes',
        "an example of cooperation in the US",  # hyphenated at a line's end
        "A beat B over 5-10 km",
        "tonnes at −5 °C",
    ],
)
def test_formatting_may_differ(quote):
    verdict = check_quote(quote, SOURCE)
    assert verdict.kind == "normalised"
    assert check_quote(SOURCE[verdict.start : verdict.end], SOURCE).kind == "exact"


@pytest.mark.parametrize(
    ("quote", "differences"),
    [
        ("In 2015, China debuted its Wing Loong unmanned vehicle", (("2015", "2014"),)),
        ("China never debuted its Wing Loong unmanned vehicle", (("never", ""),)),
        ("The lethal aid rose to 1,250.5 tonnes", (("", "non"),)),
        ("aid rose to 1,250.5 tonnes at 5 °C", (("", "-"),)),
        ("aid rose to 12,505 tonnes at -5 °C", (("12,505", "1,250.5"),)),
        ("which cost 15 million, not 5%", (("", "$"),)),
        ("which cost $15 million, 5%", (("", "not"),)),
        ("which cost $15 million, not 5", (("5", "5%"),)),
        ("A beat B over 5 10 km", (("", "–"),)),
    ],
)
def test_what_is_said_may_not_differ(quote, differences):
    verdict = check_quote(quote, SOURCE)
    assert (verdict.kind, verdict.differences) == ("altered", differences)


@pytest.mark.parametrize("quote", ["lethal aid rose", "5 million", "million, not 5", "example of co", "", "—", "…"])
def test_a_quotation_does_not_cut_words_or_numbers(quote):
    assert not check_quote(quote, SOURCE).holds


def test_swapped_arguments_are_named():
    verdict = check_quote(
        "The hares of the hill beat the foxes of the dale", "The foxes of the hill beat the hares of the dale."
    )
    assert verdict.kind == "altered"
    assert set(verdict.differences) == {("hares", "foxes"), ("foxes", "hares")}


def test_a_quotation_of_another_document_is_traced_to_it():
    other = "Nothing here.\nThe kiln burns more gas than the other sites."
    verdict = check_quote("the kiln burns more gas", SOURCE, {"a.txt": SOURCE, "kiln.txt": other})
    assert (verdict.kind, verdict.document_id) == ("misattributed", "kiln.txt")
    assert other[verdict.start : verdict.end] == "The kiln burns more gas"


def test_what_is_like_nothing_is_absent():
    assert check_quote("The quick brown fox jumped over the lazy dog", SOURCE).kind == "absent"


@given(st.text(max_size=60), st.text(min_size=1, max_size=20), st.text(max_size=60))
def test_whatever_stands_alone_between_spaces_is_found(before, quote, after):
    text = f"{before}  {quote.strip()}  {after}"
    verdict = check_quote(quote, text)
    if verdict.kind != "absent":  # nothing but punctuation
        assert verdict.kind == "exact"
        assert text[verdict.start : verdict.end] == quote.strip()
