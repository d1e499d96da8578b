"""Questions written for the training: sound in themselves, and asked of what the index finds."""

import gzip
import json
from dataclasses import replace

import pytest

from rag.training import written
from rag.training.data import held_out_shingles
from rag.training.dev import Held
from rag.training.written import examples_as_found, read_written
from tests.conftest import WordEmbedder

KINDS = {*"fact number list reason multi summary followup near yesno metadata howto".split()}
LAMP = (
    "# Light\n\nThe lamp was lit in 1870.\n\n"
    "# Oil\n\nIt burned whale oil, because gas was too dear for the town. Two keepers minded it.\n"
)
SHIP = "The ship Alma ran on the rocks below it. Her master had taken the lamp for a star."


TRAINED_ON = "train rows reasons particulars misses neighbours families everyday tempting".split()


def asked(document, kind, question, text="", answer="", **more):
    """A line of the questions."""
    answers = [[text.index(answer), text.index(answer) + len(answer)]] if answer else []
    return {"document": document, "kind": kind, "question": question, **more, "answers": answers}


QUESTIONS = [
    asked("lamp.md", "reason", "Why was oil burned?", LAMP, "because gas was too dear for the town"),
    asked("lamp.md", "near", "Who lit the lamp?"),
    asked("lamp.md", "followup", "And who minded it?", LAMP, "Two keepers minded it.", after="What is a lamp?"),
    asked("Alma.txt", "fact", "Where did the Alma run?", SHIP, "on the rocks below it"),
]


def lines(part):
    text = (written.FOLDER / f"{part}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize("part", ["dev", *TRAINED_ON])
def test_every_question_is_sound(part):
    texts = {path.name: path.read_text(encoding="utf-8") for path in (written.FOLDER / "documents").iterdir()}
    questions = lines(part)
    for one in questions:
        assert one["kind"] in KINDS
        assert one["question"].strip() == one["question"] != ""
        assert bool(one["answers"]) == (one["kind"] != "near"), one
        assert ("after" in one) == (one["kind"] == "followup"), one
        if text := texts.get(one["document"]):
            for start, end in one["answers"]:
                assert 0 <= start < end <= len(text), one
                assert text[start:end] == text[start:end].strip(), one
    assert len({(one["document"], one["question"], one.get("after")) for one in questions}) == len(questions)


def test_no_document_is_both_trained_on_and_held_out():
    dev, *trained = ({one["document"] for one in lines(part)} for part in ("dev", *TRAINED_ON))
    assert dev and all(trained)
    assert dev.isdisjoint(set().union(*trained))
    of_claims = {one["document"] for one in lines("claims")}
    assert {path.name for path in (written.FOLDER / "documents").iterdir()} <= dev.union(*trained, of_claims)


@pytest.fixture
def documents(tmp_path, monkeypatch):
    """One document that was written, and an article of two contexts out of the data."""
    folder = tmp_path / "written"
    (folder / "documents").mkdir(parents=True)
    (folder / "documents" / "lamp.md").write_text(LAMP)
    (folder / "train.jsonl").write_text("".join(json.dumps(one) + "\n" for one in QUESTIONS))
    monkeypatch.setattr(written, "FOLDER", folder)
    with gzip.open(tmp_path / "train.jsonl.gz", "wt") as file:
        for context in (SHIP, SHIP, "Nobody was hurt."):
            file.write(json.dumps({"source": written.ARTICLES[0], "title": "Alma", "context": context}) + "\n")
        file.write(json.dumps({"source": "another", "title": "Alma", "context": "Not of the article."}) + "\n")
    return read_written("train", tmp_path, WordEmbedder())


def test_articles_are_put_together_from_the_data(documents):
    assert [document.file for document in documents] == ["Alma.txt", "lamp.md"]
    assert documents[0].text == f"{SHIP}\n\nNobody was hurt.\n\n"
    assert documents[1].text == LAMP


def test_a_document_that_shares_a_run_of_words_with_a_held_out_one_is_left_out(documents, tmp_path):
    held_out = held_out_shingles([f"Once more: {SHIP}"])
    apart = read_written("train", tmp_path, WordEmbedder(), held_out)
    assert [document.file for document in apart] == ["lamp.md"]


def test_some_of_the_documents_can_be_taken_and_some_of_their_questions(documents, tmp_path):
    def taken(*most, seed=1):
        return read_written("train", tmp_path, WordEmbedder(), most=most, seed=seed)

    (one,) = taken(1, 1)
    assert len(one.questions) == 1
    assert taken(1, 1) == [one]
    whole = {document.file: document.questions for document in documents}
    assert set(one.questions) <= set(whole[one.file])
    assert {document.file: set(document.questions) for document in taken(9, 99)} == {
        file: set(questions) for file, questions in whole.items()
    }


def test_a_follow_up_carries_what_it_follows(documents):
    assert [question for question, _ in documents[1].questions] == [
        "Why was oil burned?",
        "Who lit the lamp?",
        "And who minded it? lamp",
    ]


def test_an_example_holds_its_answer_or_none_of_the_answers(documents):
    examples = list(examples_as_found(documents, WordEmbedder(), 1))
    answered = {one.question: one.context[slice(*one.answer)] for one in examples if one.answer}
    assert answered == {
        "Why was oil burned?": "because gas was too dear for the town",
        "And who minded it? lamp": "Two keepers minded it.",
        "Where did the Alma run?": "on the rocks below it",
    }
    refused = {(one.question, one.context) for one in examples if one.answer is None}
    light, oil = (one.strip() for one in LAMP.split("# ")[1:])
    light, oil = light.removeprefix("Light\n\n"), oil.removeprefix("Oil\n\n")
    assert refused == {
        ("Why was oil burned?", light),
        ("And who minded it? lamp", light),
        ("Who lit the lamp?", light),
        ("Who lit the lamp?", oil),
    }
    assert examples == list(examples_as_found(documents, WordEmbedder(), 1))


def test_examples_of_one_question_bear_one_name(documents):
    examples = list(examples_as_found(documents, WordEmbedder(), 1))
    names = {example.asked for example in examples}
    assert len(names) == len({example.question for example in examples}) == 4
    assert all(len({one.question for one in examples if one.asked == name}) == 1 for name in names)


def test_a_family_is_searched_together_and_a_sisters_passage_does_not_answer(documents):
    earlier = replace(documents[1], name="earlier", family="lamps", questions=(), text=LAMP.replace("gas", "tallow"))
    later = replace(documents[1], family="lamps", questions=(("Why was oil burned?", documents[1].questions[0][1]),))
    examples = list(examples_as_found([earlier, later], WordEmbedder(), 1))
    assert ["gas was too dear" in one.context for one in examples if one.answer] == [True]
    assert any("tallow was too dear" in one.context for one in examples if one.answer is None)


def test_an_example_is_titled_as_the_reader_will_see_it(tmp_path):
    """With the line at the head of the document that tells what the passage does not."""
    text = f"# Report\n\nFor Ardmore, 1871\n\n{LAMP}"
    place = text.index("Two keepers"), text.index("Two keepers") + len("Two keepers")
    held = Held("report", text, (("Who minded the oil at Ardmore?", (place,)),), ".md")
    (one,) = (one for one in examples_as_found([held], WordEmbedder(), 1) if one.answer)
    assert "For Ardmore, 1871" in one.title


def test_a_row_of_a_markdown_table_is_trained_on_as_the_reader_is_given_it():
    text = "# Fees\n\nAs of May.\n\n| Town | Yearly | Once |\n|---|---|---|\n| Orrin | 96 | 12 |\n| Tarn | 88 | 30 |\n"
    answer = text.index("88")
    held = Held("fees", text, (("What is paid yearly in Tarn?", ((answer, answer + 2),)),), ".md")
    (one,) = (one for one in examples_as_found([held], WordEmbedder(), 1) if one.answer)
    assert "Town: Tarn | Yearly: 88 | Once: 30" in one.context
    assert one.context[slice(*one.answer)] == "88"
