"""Assistant: questions to the essay with the real model, and to small documents with a double."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from index.errors import DocumentError, QuestionError, SettingsError
from index.store.passage_index import PassageIndex
from rag import Assistant
from rag.ask.checks import MAX_QUESTION_CHARS
from rag.read.similarity import SimilarityReader
from rag.types import Answer, Final
from rag.write.quoting import Quoting

DRONE = "When did China debut the Wing Loong drone?"


@pytest.fixture
def assistant(folder, tmp_path, embedder):
    """Over the small documents."""
    index = PassageIndex(tmp_path / "store", embedder)
    with Assistant(index, embedder, SimilarityReader(embedder), docs=[folder], min_confidence=0) as opened:
        opened.sync()
        yield opened


def test_a_fact_is_answered_with_the_sentence_that_states_it(essay_assistant):
    answer = essay_assistant.ask(DRONE)
    assert answer.status == "answered"
    assert answer.text.startswith("In 2014, China debuted its Wing Loong unmanned aerial vehicle (UAV)")
    assert answer.text.endswith(" [1]")
    (citation,) = answer.citations
    assert citation.quote.startswith("In 2014, China debuted its Wing Loong")
    document = essay_assistant.document(citation.document_id)
    assert document.text[citation.start : citation.end] == citation.quote
    assert (citation.title, citation.source) == (document.title, document.source)
    assert answer.question == DRONE
    assert Answer.from_dict(json.loads(json.dumps(answer.to_dict()))) == answer


def test_a_question_that_the_essay_does_not_answer_is_refused(essay_assistant):
    answer = essay_assistant.ask("What is the boiling point of lead?")
    assert (answer.status, answer.claims, answer.citations) == ("abstained", (), ())
    assert answer.confidence < essay_assistant.min_confidence


def test_asking_for_certainty_gets_a_refusal_with_the_nearest_passages(essay_assistant):
    answer = essay_assistant.ask(DRONE, min_confidence=1.0)
    assert (answer.status, answer.claims, answer.citations) == ("abstained", (), ())
    assert "Wing Loong" in answer.hits[0].passage.text
    assert len(answer.hits) == Quoting.passages


def test_a_follow_up_is_understood_from_its_history(essay_assistant):
    history = [(DRONE, essay_assistant.ask(DRONE).text)]
    follow_up = "Which countries bought it?"
    hits = essay_assistant.ask(follow_up, history=history).hits
    assert any("Wing Loong" in hit.passage.text for hit in hits[:3])
    found = essay_assistant.search(follow_up, history=history)
    assert list(hits[: len(found)]) == found != essay_assistant.search(follow_up)


CAMP = "# Summer camp\n\nChildren aged 8 to 12 may come. A parent or guardian signs the form. The fee is £210 a week.\n"
LEASE = "# Lease\n\n2.1 The rent is £985 a calendar month. 3.1 The tenant pays a deposit of £1,136 to the landlord.\n"


def test_a_short_question_is_not_answered_of_what_lacks_the_names_of_the_turn_before(tmp_path):
    (tmp_path / "oak.md").write_text("# Oak Avenue 9\n\nThe rent is $1,450 per month.\n", encoding="utf-8")
    elm = "# Elm Street 5\n\nMary Jones lets the house to Peter Brown. He owes her nine hundred dollars on the first.\n"
    (tmp_path / "elm.md").write_text(elm, encoding="utf-8")
    history = [("Who lets the house in Elm Street?", "Mary Jones lets the house to Peter Brown. [1]")]
    with Assistant.open(tmp_path, tmp_path / "index") as assistant:
        told = assistant.ask("How much is the rent?", history=history)
        assert "$1,450" in assistant.ask("How much is the rent?").text
    assert "nine hundred dollars" in told.text


def test_a_row_that_is_asked_for_and_worked_out_from_is_cited_once(tmp_path):
    rows = "2 May,Fuel,Hill,$50\n9 May,Repair,Orr,$90\n16 May,Fuel,Orr,$40\n23 May,Toll,Sill,$7\n30 May,Fuel,Orr,$45\n"
    (tmp_path / "log.csv").write_text(f"Date,Kind,Garage,Cost\n{rows}", encoding="utf-8")
    with Assistant.open(tmp_path / "log.csv", tmp_path / "index") as assistant:
        answer = assistant.ask("Which fuel was the cheapest?")
    assert len({one.quote for one in answer.citations}) == len(answer.citations) == 3
    assert [claim.citations for claim in answer.claims] == [(1,), (1, 2, 3)]
    assert answer.citations[0].quote == "Date: 16 May | Kind: Fuel | Garage: Orr | Cost: $40"


@pytest.mark.parametrize(("question", "figure"), [("How much is the rent?", "£985"), ("How much is the fee?", "£210")])
def test_a_short_question_is_of_the_turn_before_only_where_that_is_likelier(tmp_path, question, figure):
    (tmp_path / "camp.md").write_text(CAMP, encoding="utf-8")
    (tmp_path / "lease.md").write_text(LEASE, encoding="utf-8")
    before = "What does a parent or guardian do at the camp?"
    with Assistant.open(tmp_path, tmp_path / "index") as assistant:
        answer = assistant.ask(question, history=[(before, assistant.ask(before).text)])
    assert figure in answer.text
    assert question == answer.question


@pytest.mark.parametrize(("question", "reason"), [("", "empty"), (" \n\t", "empty"), ("x" * 100_000, "100,000")])
def test_a_question_that_cannot_be_asked_is_refused(assistant, question, reason):
    for ask in (assistant.ask, assistant.search, lambda text: list(assistant.stream(text))):
        with pytest.raises(QuestionError, match=reason):
            ask(question)


def test_a_question_of_half_characters_is_refused(assistant):
    with pytest.raises(QuestionError, match="not UTF-8"):
        assistant.ask("Who is \ud83d?")


def test_the_longest_question_allowed_is_answered(assistant):
    assert assistant.ask("bees " * (MAX_QUESTION_CHARS // 5)).status == "answered"


def test_white_space_around_a_question_does_not_count(assistant):
    assert assistant.ask("  Who lays the eggs?\n").question == "Who lays the eggs?"


@pytest.mark.parametrize("top_k", [0, -1])
def test_a_number_of_passages_below_1_is_refused(assistant, top_k):
    for ask in (assistant.ask, assistant.search):
        with pytest.raises(SettingsError, match="top_k"):
            ask("Who lays the eggs?", top_k=top_k)


@pytest.mark.parametrize("min_confidence", [-0.1, 1.1, float("nan")])
def test_a_confidence_that_is_no_probability_is_refused(assistant, min_confidence):
    with pytest.raises(SettingsError, match="min_confidence"):
        assistant.ask("Who lays the eggs?", min_confidence=min_confidence)


def test_another_engine_is_refused(folder, tmp_path):
    with pytest.raises(SettingsError, match="engine"):
        Assistant.open(folder, tmp_path / "store", engine="magic")


def test_no_documents_are_refused(tmp_path):
    with pytest.raises(DocumentError, match="No documents"):
        Assistant.open([], tmp_path / "store")


def test_top_k_is_the_number_of_passages_read(assistant):
    assert len(assistant.ask("Who lays the eggs?", top_k=2).hits) == 2
    assert len(assistant.search("Who lays the eggs?", top_k=1)) == 1


def test_search_finds_the_passages_that_ask_reads(assistant):
    assert list(assistant.ask("Who lays the eggs?").hits) == assistant.search("Who lays the eggs?")


def test_the_documents_are_those_of_the_folder(assistant, folder):
    assert [document.id for document in assistant.documents] == ["bees.txt", "moon.txt", "tea.md"]
    assert assistant.document("moon.txt").text == (folder / "moon.txt").read_text()
    with pytest.raises(DocumentError, match=r"mars\.txt"):
        assistant.document("mars.txt")


def test_a_changed_file_answers_after_the_next_sync(assistant, folder):
    (folder / "bees.txt").write_text("A hive holds ninety thousand bees.\n")
    question = "How many bees does a hive hold?"
    assert "forty" in assistant.ask(question).text
    report = assistant.sync()
    assert (report.changed, report.unchanged) == (("bees.txt",), ("moon.txt", "tea.md"))
    answer = assistant.ask(question)
    assert "ninety" in answer.text
    assert assistant.document("bees.txt").text[answer.citations[0].start :].startswith("A hive holds ninety")


def test_the_last_event_of_a_stream_is_what_ask_returns(assistant):
    *_, last = assistant.stream("Who lays the eggs?")
    assert isinstance(last, Final)
    assert replace(last.answer, timings={}) == replace(assistant.ask("Who lays the eggs?"), timings={})


def test_the_timings_of_the_stages_make_up_the_total(assistant):
    timings = assistant.ask("Who lays the eggs?").timings
    assert timings["total"] == pytest.approx(timings["retrieve"] + timings["read"] + timings["write"])


def test_threads_share_an_assistant(essay_assistant):
    questions = [
        DRONE,
        "What is the omitted pillar?",
        "Why did Russia join the SCO?",
        "What is the boiling point of lead?",
    ]
    alone = [replace(essay_assistant.ask(question), timings={}) for question in questions]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(essay_assistant.ask, questions * 4))
    for answer, expected in zip(together, alone * 4, strict=True):
        assert (answer.text, answer.citations) == (expected.text, expected.citations)
        assert [hit.passage for hit in answer.hits] == [hit.passage for hit in expected.hits]


def test_questions_and_syncs_run_side_by_side(assistant, folder, tmp_path):
    def ask(number):
        if number % 5 == 0:
            written = tmp_path / f"{number}.txt"
            written.write_text(f"The queen lays the eggs. Version {number}.\n")
            written.replace(folder / "bees.txt")  # at once, since an empty file would be left out
            assistant.sync()
        answer = assistant.ask("Who lays the eggs?")
        return answer.text, answer.citations[0].quote

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(ask, range(20)))
    assert set(answers) == {("The queen lays the eggs. [1]", "The queen lays the eggs.")}
