"""What a model says beside the matter: refusals, chatter, and answers that are no statements."""

import pytest

from rag.write.refusals import is_bare_answer, is_chatter, is_refusal

STATEMENTS = [
    "In 2014, China debuted its Wing Loong drone.",
    "Russia could not join the SCO before 2001.",
    "According to her it was the computer that put an end to the department.",
    "The SCO has no free trade area.",
    "There is no school in the village.",
    "Sure signs of decay were found in 1911.",
    "The document of 1932 is a treaty about tolls.",
    "The information office opened in May.",
    "Here are buried nine founders of the guild.",
    "The information was not given to Parliament in 2011.",
    "No information was given to Parliament.",
    "The documents were not found until 1999.",
    "This information is not available to the public.",
    "There is no evidence of life on Mars.",
    "Batteries are not included.",
    "Article 5 does not provide for compensation.",
    "Article IV does not mention guests.",
    "The articles of association do not give members a vote.",
    "The documents do not provide for a second vote.",
    "The information desk does not give out keys.",
    "No information is passed to third parties.",
    "No information is given to third parties.",
    "No information about members is passed on.",
    "No answer is required within two weeks.",
    "There is no information desk on Sundays.",
    "Not given to children under 12.",
    "Not found south of the river.",
    "It is not included.",
]


@pytest.mark.parametrize("sentence", STATEMENTS)
def test_a_statement_is_none_of_them(sentence):
    assert not (is_refusal(sentence) or is_chatter(sentence) or is_bare_answer(sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "The documents do not say.",
        "The numbered sentences do not mention a date.",
        "Unfortunately, the text does not contain this information.",
        "I do not know.",
        "I'm sorry, but I can't find this in the sentences.",
        "There is not enough information to answer.",
        "Based on the sentences provided, it is not clear.",
        "It is unknown.",
        "Not stated in the documents.",
        "None of the documents mention a date.",
        "The date is not mentioned in the sentences.",
        "The provided context doesn't contain any information about that.",
        "The information provided is not enough to answer the question.",
        "The article does not say.",
        "The articles do not give a date.",
        "This information is not given.",
        "The answer is not stated.",
        "The information in the documents does not specify a day.",
        "No information.",
        "No information about the date is given.",
        "No information is available on when the bridge opened.",
        "No information on when the bridge was opened.",
        "No information regarding guests in the documents.",
        "No information found.",
        "No information has been provided about the fee.",
        "No information about the fee could be found in the documents.",
        "No answer in the documents.",
        "No mention of the date.",
        "There is no information about Sundays.",
        "There is no information provided on the fee.",
        "There is no answer to this in the documents.",
        "There are no details.",
        "Not given.",
        "Not found in the provided documents.",
        "There is no information specifying the price.",
        "There is no information I can find on this.",
        "There is no information: the documents are silent.",
        "No information about the date on which the hall was built.",
        "No information exists in the documents about this.",
        "Not specified.",
    ],
)
def test_a_refusal_is_recognised(sentence):
    assert is_refusal(sentence)


@pytest.mark.parametrize(
    "sentence", ["Sure!", "Yes.", "Here is the answer:", "Based on the provided sentences,", "Sources", "Why so?", "…"]
)
def test_chatter_is_recognised(sentence):
    assert is_chatter(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Kazakhstan.",
        "In 2014.",
        "The Shanghai Cooperation Organization (SCO)",
        "The answer is: the SCO Interbank Consortium, which was founded in 2005.",
        "The answer to this question is the ministry.",
        "The document is: The SCO",
    ],
)
def test_an_answer_that_says_nothing_without_its_question_is_recognised(sentence):
    assert is_bare_answer(sentence)
