"""Where sentences end, and which stay whole."""

import pytest

from tests.index.splitting import sentences, split


@pytest.mark.parametrize(
    "sentence",
    [
        "Dr. Ada Lovelace wrote the first program.",
        "Some cities, e.g. Astana, keep bees.",
        "The hive in Fig. 2 is empty.",
        "The U.S. Army bought three drones in 2015.",
        "Honey, i.e. Nectar without water, keeps for years.",
        "Smith et al. Found it in 1999.",
        "See pp. 4 to 9, and vol. 3 of the series.",
        "It costs $3.14 or 2.5 million yuan.",
        "At 10 a.m. the bees fly out.",
    ],
)
def test_an_abbreviation_does_not_end_a_sentence(sentence):
    assert sentences(f"It rains. {sentence} The sun shines.") == ["It rains.", sentence, "The sun shines."]


@pytest.mark.parametrize(
    "sentence",
    [
        "Harwood & Sons Inc. and B.T. Roofing Co. in Leeds made bids.",
        "Work starts on Mon. 5 May at 8 a.m. sharp.",
        "It stops if the temp. is below 5 deg. or above 40.",
        "“Is it always this steep?” asked Léa.",
        "They are listed (see ch. 7, p. 12 ff.).",
        "1. Wipe it.",
        "Bring an apron, e.g. Plastic Sleeveless, or overalls.",
        "It is steep, i.e. Twenty per cent, approx. Ten in places.",
        "2.1. Care of the floor.",
        "Item 1A. Risk Factors are told below.",
        "The form (Rev. October 2018) is old.",
        "The law is settled (1st Cir. 1974).",
        "Is the boat insured? ☒ Yes ☐ No.",
        "Is the boat insured? [ ] Yes [x] No.",
        "Steam it for long (about 3 hrs. They say so).",
        "The chair is Lt Col (ret.) Alan Fenn.",
        "Ada, b. 1902, d. 1908 of diphtheria, had a song by Trad. arr. Penhallow.",
        "The murmur is of gr. 2, and tel. 960 is the nurse, ext. 22.",
    ],
)
def test_what_goes_on_is_no_new_sentence(sentence):
    assert sentences(f"It rains. {sentence} The sun shines.") == ["It rains.", sentence, "The sun shines."]


@pytest.mark.parametrize("first", ["Part sold.", "Chapter one.", "The form (see page 3 has two parts."])
def test_what_only_looks_so_is_a_sentence(first):
    assert sentences(f"{first} The rest was kept.") == [first, "The rest was kept."]
    assert sentences(f"{first} Note 1) The rest was kept.")[0] == first


def test_a_text_without_capitals_still_has_sentences():
    assert sentences("it rained. we went home. then it cleared.") == ["it rained.", "we went home.", "then it cleared."]


def test_questions_within_brackets_end_no_sentence():
    assert sentences("Know three (five? eight?) herbs.") == ["Know three (five? eight?) herbs."]
    small = ["see the note (it is long.)", "it says nothing.", "we go on."]
    assert sentences(" ".join(small)) == small


def test_questions_exclamations_and_quotations_end_sentences():
    assert sentences("Why? Because! “It rains.” She left.") == ["Why?", "Because!", "“It rains.”", "She left."]


def test_a_sentence_runs_over_a_forced_line_end_and_keeps_it():
    text = "A hive that is left alone in winter needs about fifteen\r\nkilograms of honey. It rains."
    assert sentences(text) == [text[: text.index(" It")], "It rains."]


@pytest.mark.parametrize("text", ["# Bees\n\nThey fly.", "## Bees ##\nThey fly.", "Bees\n====\nThey fly."])
def test_headings_are_told_from_sentences_and_stand_in_no_passage(text):
    indexed = split(text, suffix=".md")
    found = [(text[sentence.start : sentence.end], sentence.heading) for sentence in indexed.sentences]
    assert found == [("Bees", True), ("They fly.", False)]
    assert [passage.text for passage in indexed.passages] == ["They fly."]


def test_entries_of_a_long_list_with_figures_are_quoted_one_by_one():
    bills = "; ".join(f"Supplier {name} Ltd. ${n},9{n}0.50" for n, name in enumerate("ABCDEFGHIJKLMNOP", 1))
    said = sentences(f"# Bills paid\n\n{bills}.\n", suffix=".md")
    assert said[:2] == ["Supplier A Ltd. $1,910.50;", "Supplier B Ltd. $2,920.50;"]
    assert len(said) == 16


@pytest.mark.parametrize(
    "sentence",
    [
        "Members pay $20; guests pay $5.",  # short enough to be quoted whole
        "The board may not sell the hall; " + "nor may it let the hall to anybody who is no member of the club; " * 7,
    ],
)
def test_a_sentence_of_clauses_stays_whole(sentence):
    assert sentences(f"# Rules\n\n{sentence}\n", suffix=".md") == [sentence.strip()]


def test_a_picture_at_the_beginning_of_a_line_is_in_no_sentence():
    text = 'Here is the sheet for June:\n![](June.pdf "June.pdf") Debits have hit so our balance is back.\n'
    assert sentences(text, suffix=".md") == ["Here is the sheet for June:", "Debits have hit so our balance is back."]
    torn = "Click on\n![icon](icon.png) to save the file."
    assert sentences(torn, suffix=".md") == [torn]
    (within,) = sentences("Press the ![gear](gear.png) button twice.", suffix=".md")
    assert within == "Press the ![gear](gear.png) button twice."
