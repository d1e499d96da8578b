"""Words that are broken at the ends of lines in PDF files."""

import pytest

from index.files.pdf.broken import run_on

KNOWN = {"controller", "long", "term", "long-term", "re", "markably", "re-cover", "cover"}


@pytest.mark.parametrize(
    ("line", "more", "told"),
    [
        ("the con-", "troller", "the controller"),
        ("a long-", "term plan", "a long-term plan"),
        ("pre-", "and post-natal care", "pre- and post-natal care"),
        ("a 10-", "year-old child", "a 10-year-old child"),
        ("type O-", "negative", "type O-negative"),
        ("an x-", "ray", "an x-ray"),
        ("the mother-", "in-law", "the mother-in-law"),
        ("who are self-", "employed", "who are self-employed"),
        ("in ex-", "perience", "in experience"),
        ("was re-", "markably good", "was remarkably good"),
        ("to re-", "cover chairs", "to re-cover chairs"),
        ("North-", "West", "North-West"),
        ("soft\u00ad", "ware", "software"),
        ("to the", "town", "to the town"),
    ],
)
def test_a_broken_word_is_whole_and_what_has_a_hyphen_keeps_it(line, more, told):
    assert run_on(line, more, KNOWN) == told


def test_a_word_that_says_the_opposite_without_its_hyphen_keeps_it():
    assert run_on("you may re-", "sign it", {"re", "sign"}) == "you may re-sign it"
