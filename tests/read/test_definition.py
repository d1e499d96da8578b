"""Questions that ask what something is: the sentence that says it is quoted, or what a title names is told."""

import pytest

from index.store.snapshot import Snapshot
from index.types import Document, IndexedDocument
from rag import Assistant
from rag.ask.titled import titled

WEAVING = """\
The weavers of Orrin

In the mill at Orrin everything was done by hand, and a heddle was worth a week's wages. The heddle broke every winter.
Nobody mended a heddle for nothing, and the heddle makers of Orrin were rich people.

A heddle (also heald) is a loop of wire through which a thread of the warp runs. Edda Brask carved the first one.

In 1902 the weavers founded a union, the Valley Weavers' Association (VWA). The VWA paid for bread when the mill stood
still. Edda Brask, born in Orrin, was the first president of the VWA. Edda Brask hated heddles, and said so often.
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    folder = tmp_path_factory.mktemp("definition")
    (folder / "weaving.txt").write_text(WEAVING, encoding="utf-8")
    (folder / "orrin_mill.txt").write_text(
        "Orrin mill\n\nThe Orrin Mill was a weaving mill on the river Tam. It burned in 1931.\n", encoding="utf-8"
    )
    with Assistant.open(folder, folder / "store") as assistant:
        yield assistant.ask


@pytest.mark.parametrize(
    ("question", "quote", "span"),
    [
        (
            "What is a heddle?",
            "A heddle (also heald) is a loop",
            "a loop of wire through which a thread of the warp runs",
        ),
        ("what are heddles", "A heddle (also heald) is a loop", None),
        ("What does VWA stand for?", "the Valley Weavers' Association (VWA)", "Valley Weavers' Association"),
        ("What is the VWA?", "the Valley Weavers' Association (VWA)", "Valley Weavers' Association"),
        ("What was the Orrin Mill?", "was a weaving mill on the river Tam", None),
    ],
)
def test_the_sentence_that_defines_is_quoted_first(ask, question, quote, span):
    answer = ask(question)
    assert quote in answer.citations[0].quote
    assert span is None or span in answer.span


def test_letters_are_told_where_they_are_introduced_whatever_is_denied_of_it(tmp_path):
    (tmp_path / "guild.txt").write_text(
        "The founding of the Tarn Weaving Guild (TWG) by nine weavers was not a success.\n", encoding="utf-8"
    )
    with Assistant.open(tmp_path / "guild.txt", tmp_path / "store") as assistant:
        assert assistant.ask("What is TWG?").span == "Tarn Weaving Guild"


def test_letters_that_nothing_spells_out_are_refused(ask):
    assert ask("What does ZZZ stand for?").status == "abstained"


def test_the_subject_is_not_a_part_of_another(tmp_path):
    (tmp_path / "salt.txt").write_text(
        "The tax on salt is the cause of the revolt, they say.\n\nSalt is a mineral that is won from the sea.\n",
        encoding="utf-8",
    )
    with Assistant.open(tmp_path / "salt.txt", tmp_path / "store") as assistant:
        assert assistant.ask("What is salt?").citations[0].quote.startswith("Salt is a mineral")


def test_a_question_that_no_sentence_defines_is_read_as_any_other(ask):
    assert "1931" in ask("What was the year when the mill burned?").text


def test_words_that_mean_something_are_defined(tmp_path):
    (tmp_path / "terms.txt").write_text(
        "Nobody is liable for force majeure, and force majeure ends the term. Force majeure means an event that nobody "
        "could foresee.\n",
        encoding="utf-8",
    )
    with Assistant.open(tmp_path / "terms.txt", tmp_path / "store") as assistant:
        answer = assistant.ask("What does force majeure mean?")
        assert answer.citations[0].quote.startswith("Force majeure means an event")
        assert answer.span == "an event that nobody could foresee"


def test_what_somebody_was_the_first_to_do_defines_nobody(tmp_path):
    (tmp_path / "signing.txt").write_text(
        "Edda Brask was the first to sign. The others came by boat.\n\nEdda Brask was a carver from Orrin.\n",
        encoding="utf-8",
    )
    with Assistant.open(tmp_path / "signing.txt", tmp_path / "store") as assistant:
        assert assistant.ask("Who was Edda Brask?").citations[0].quote == "Edda Brask was a carver from Orrin."


TITLED = """\
# The Iron Harvest

Exports

The Republic of Tarn sold ships to nine neighbours between 1990 and 2004. This report looks at how those sales changed
defence on the whole northern coast. Most of the buyers had never owned a ship before, and half of the ships were laid
up within ten years for want of crews.

Training

Iron was dear. Crews were trained in Tarn for a year, at the cost of the buyer. The report finds that training bound the
buyers to Tarn more closely than the ships did.
"""


@pytest.fixture(scope="module")
def ask_of_tarn(tmp_path_factory):
    folder = tmp_path_factory.mktemp("titled")
    (folder / "tarn.md").write_text(TITLED, encoding="utf-8")
    (folder / "hours.md").write_text("# Opening hours\n\nMonday to Friday, 9 am to 4 pm\n", encoding="utf-8")
    with Assistant.open(folder, folder / "store") as assistant:
        yield assistant.ask


@pytest.mark.parametrize(
    "question",
    [
        "What is the iron harvest?",
        "What does the author mean by “The Iron Harvest”?",
        "What is the harvest?",
        "Why is it called the iron harvest?",
    ],
)
def test_what_a_title_names_is_told_by_its_document_as_a_whole(ask_of_tarn, question):
    answer = ask_of_tarn(question)
    assert answer.span is None
    assert "This report looks at how those sales" in answer.text
    assert answer.notices[0].endswith("is a title; this is what stands under it.")


@pytest.mark.parametrize(
    "question",
    [
        "What did crews of the iron harvest cost the buyer?",
        "What are the buyers?",
        "What is the harvest of 1990?",
        "What is iron?",
    ],
)
def test_what_a_title_does_not_name_alone_is_read(ask_of_tarn, question):
    answer = ask_of_tarn(question)
    assert not any("is a title" in notice for notice in answer.notices)


def test_a_note_answers_what_its_title_names(ask_of_tarn):
    answer = ask_of_tarn("What are the opening hours?")
    assert "9 am to 4 pm" in answer.span
    assert not answer.notices


@pytest.mark.parametrize("name", ["The ships of Tarn", "Ships of Tarn 1990"])
def test_forms_of_words_and_numbers_make_no_other_title(name):
    shelf = Snapshot([IndexedDocument(Document("tarn.md", name, "/there/tarn.md", ""), (), ())])
    assert titled("What is a ship of Tarn?", shelf)[1]
    assert titled("Who are the ships of Tarn?", shelf)[1]
    assert not titled("Who are the ships?", shelf)[1]
    assert not titled("What is the ship of the fools of Tarn?", shelf)[1]
    assert not titled("What is it called?", shelf)[1]
