"""Questions for the documents that mention something: which are taken for one, and what is found."""

import pytest

from index.store.passage_index import PassageIndex
from rag.about.mentions import NONE, find_mentions, told
from rag.ask import understand
from rag.ask.addressed import asks_about_whole, asks_for_mentions
from tests.conftest import WordEmbedder

TEXTS = {
    "river.txt": "The river\n\nEels swim up the river in May. It is cold. An eel lives for twenty years.\n",
    "soup.txt": "Soup\n\nFry the onions first. An eel soup needs dill and vinegar.\n",
    "law.txt": "By-law\n\nNobody may fish at night. Dogs must be kept on a lead.\n",
}


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    folder = tmp_path_factory.mktemp("mentions")
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    index = PassageIndex(folder / "index", WordEmbedder())
    index.sync([folder])
    return index.snapshot()


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("Which of my documents mention eels?", "eels"),
        ("Which documents mention the harbour dues?", "the harbour dues"),
        ("What files talk about “eel soup”?", "eel soup"),
        ("Which of these papers discuss fishing at night?", "fishing at night"),
        ("What do I have on crayfish?", "crayfish"),
        ("In which document is the lease mentioned?", "the lease"),
        ("Which reports are about rust?", "rust"),
        ("Which reports are on rust?", "rust"),
        ("Which papers are on the flood of 1953?", "the flood of 1953"),
        ("Which reports do I have on the harbour dues?", "the harbour dues"),
        ("What is there about the harbour dues?", "the harbour dues"),
    ],
)
def test_a_question_may_ask_which_documents_mention_something(question, subject):
    assert asks_for_mentions(question) == subject


@pytest.mark.parametrize(
    "question",
    [
        "Which documents must the applicant bring?",
        "What does the report mention about rust?",
        "Who mentions eels?",
        "Which files are important?",
        "What are these documents about?",
        "What do I have to pay?",
        "Which documents mention this?",
        "Which papers are on the reading list?",
        "Which papers are on my desk?",
        "Which paper is on the desk in the hall?",
        "Which papers on the reading list are overdue?",
        "What letters are about to be sent?",
        "What is there on the first floor?",
    ],
)
def test_other_questions_do_not(question):
    assert asks_for_mentions(question) is None


def test_every_document_that_mentions_it_is_found_with_a_sentence_that_does(snapshot):
    query = understand("Which of my documents mention eels?", (), snapshot, WordEmbedder())
    found = find_mentions(query, snapshot)
    assert [candidate.text for candidate in found.reading.candidates] == [
        "Eels swim up the river in May.",
        "An eel soup needs dill and vinegar.",
    ]
    assert found.notices == ("2 of 3 documents mention this, in 3 sentences.",)
    assert [hit.passage.document_id for hit in found.hits] == ["river.txt", "soup.txt"]


def test_all_the_words_must_stand_in_one_sentence(snapshot):
    query = understand("Which files mention eels in winter?", (), snapshot, WordEmbedder())
    found = find_mentions(query, snapshot)
    assert (found.reading.candidates, found.reading.confidence, found.notices) == ((), 0.0, (NONE,))


def test_what_the_documents_are_about_is_a_question_about_all_of_them(snapshot):
    assert len(asks_about_whole("What are my files about?", snapshot).documents) == len(TEXTS)


def test_documents_that_are_only_called_so_are_told_behind_those_that_mention_it(tmp_path):
    for name, text in {**TEXTS, "Eel Prices 2012.txt": "Small ones cost £3. Large ones cost £5.\n"}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    index = PassageIndex(tmp_path / "index", WordEmbedder())
    index.sync([tmp_path])
    found = find_mentions(understand("What do I have on eels?", (), index.snapshot(), WordEmbedder()), index.snapshot())
    assert [one.document.id for one in found.reading.candidates][-1] == "Eel Prices 2012.txt"
    assert found.reading.candidates[-1].text == "Small ones cost £3."
    assert found.notices == ("2 of 4 documents mention this, in 3 sentences, and 1 more is called so.",)


def test_a_document_that_only_its_heading_calls_so_is_told_by_its_first_sentence(tmp_path):
    (tmp_path / "river.md").write_text("# Eels in the river\n\nThey swim up in spring and are caught in nets.\n")
    index = PassageIndex(tmp_path / "index", WordEmbedder())
    index.sync([tmp_path / "river.md"])
    query = understand("Which documents mention eels?", (), index.snapshot(), WordEmbedder())
    assert all(not one.sentence.heading for one in find_mentions(query, index.snapshot()).reading.candidates)


def test_where_documents_are_only_called_so_it_is_told_that_no_sentence_mentions_it():
    assert told([], 8, 1) == "No sentence mentions this, but 1 of 8 documents is called so."
    assert told([2, 1], 18, 11).endswith("and 11 more are called so; one sentence each of 12 is shown.")
