"""A question with its answer, said as one sentence."""

import pytest

from rag.training.support.statements import past_forms, statement

EVIDENCE = (
    "The treaty was signed in Rome on 4 May 1921 by both kings, who had ruled since 1900 and were heard by thousands. "
    "It is kept in the old library, as the guild demanded, and was never changed because nobody wanted to."
)
PASTS = past_forms([f"{EVIDENCE} The king visited, demanded, changed, planned, carried. "] * 3)


@pytest.mark.parametrize(
    ("question", "answer", "sentence"),
    [
        ("Who signed the treaty?", "both kings", "Both kings signed the treaty."),
        ("Who bought the treaty?", "both kings", "Both kings bought the treaty."),
        ("Who demanded the treaty?", "the guild", "The guild demanded the treaty."),
        ("Who was heard by thousands?", "both kings", "Both kings was heard by thousands."),
        ("When was the treaty signed?", "4 May 1921", "The treaty was signed on 4 May 1921."),
        ("When was the treaty first signed in Rome?", "1921", "The treaty was first signed in Rome in 1921."),
        ("Where is it kept?", "the old library", "It is kept in the old library."),
        ("When did the king visit Rome?", "1921", "The king visited Rome in 1921."),
        ("What did the old guild demand in Rome?", "the treaty", "The old guild demanded the treaty in Rome."),
        ("In what year did the king write it?", "1921", "The king wrote it in 1921."),
        ("Why did the king change it?", "because nobody wanted to", "The king changed it because nobody wanted to."),
        ("Why did the king change it?", "nobody wanted to", None),
        ("How many letters did the king write?", "nine", "The king wrote nine letters."),
        ("What does the guild carry?", "a rope", "The guild carries a rope."),
        ("What is the name of the king?", "Zog", "The name of the king is Zog."),
        ("Who was the king of Rome?", "Zog", "The king of Rome was Zog."),
        ("Name the road that led there.", "the Appian Way", None),
        ("Who?", "Zog", None),
    ],
)
def test_statements(question, answer, sentence):
    assert statement(question, answer, EVIDENCE, PASTS) == sentence


def test_an_answer_that_is_a_whole_sentence_is_none():
    assert statement("What is the law?", EVIDENCE, EVIDENCE, PASTS) is None


def test_past_forms_are_words_that_occur_several_times():
    assert past_forms(["It rained. It rained.", "It rained; it snowed, said Ted."]) == {"rained"}
