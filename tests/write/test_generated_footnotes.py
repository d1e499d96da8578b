"""What an LLM writes gets the footnotes that it rests on, whatever markers it has; the rest is flagged or withheld."""

import pytest

from rag.types import Text
from tests.write.conftest import ARCHITECT, COST, FERRIES, OPENED, QUESTION, index_of, open_assistant, quotes


def test_a_sentence_gets_the_footnote_of_the_sentence_it_cites(server, assistant):
    server.says("The bridge opened in 1932 [S1].")
    answer = assistant.ask(QUESTION)
    assert (answer.text, answer.engine, answer.status) == ("The bridge opened in 1932. [1]", "llm", "answered")
    assert quotes(answer) == ["The bridge opened in 1932."]
    assert answer.claims[0].support == "quoted"
    assert answer.notices == ()


def test_a_summary_may_rest_on_any_sentence(server, assistant):
    server.says("Ferries carried passengers before that [S4].")
    answer = assistant.ask("What is this about?")
    assert (answer.text, answer.engine) == ("Ferries carried passengers before that. [1]", "llm")
    assert answer.notices == ()


def test_the_model_is_shown_numbered_sentences_and_the_question(server, assistant):
    server.says("The bridge opened in 1932 [S1].")
    assistant.ask(QUESTION)
    (request,) = server.requests
    system, user = (message["content"] for message in request["messages"])
    assert "Say only what the numbered sentences say" in system
    assert "[S1] The bridge opened in 1932." in user
    assert "From “The bridge”:" in user
    assert f"Question: {QUESTION}" in user
    assert request["temperature"] == 0


def test_what_looks_like_a_marker_in_a_source_is_not_shown_to_the_model(server, llm, tmp_path):
    toll = "The toll [S3] was raised [4] in 1950 [S1, S2] by a vote [sic].\n"
    for index in index_of(tmp_path, {"toll.txt": toll}):
        server.says("The documents do not say.")
        open_assistant(index, llm).ask("When was the toll raised?")
    (request,) = server.requests
    assert "[S1] The toll was raised in 1950 by a vote [sic]." in request["messages"][1]["content"]


def test_markers_are_numbered_by_first_use(server, assistant):
    server.says(
        f"The architect was Ada Moore [S{ARCHITECT}]. The bridge opened in 1932 [S{OPENED}]. "
        f"Ada Moore was of Leeds [S{ARCHITECT}]."
    )
    answer = assistant.ask(QUESTION)
    assert [claim.citations for claim in answer.claims] == [(1,), (2,), (1,)]
    assert [citation.number for citation in answer.citations] == [1, 2]


@pytest.mark.parametrize(
    "marker",
    [
        "[S3]",
        "[S3][S4]",
        "[S3, S4]",
        "[S3,S4]",
        "[S3; S4]",
        "[S3 and S4]",
        "[S3–S4]",
        "[S3-4]",
        "[S3]-[S4]",
        "[S3], [S4]",
        "[3]",
        "[s3]",
        "[S 3]",
        "[ S3 ]",
        "[[S3]]",
        "［S3］",
        "【S3】",
        "【3†source】",
        "(S3)",
        "[Sentence 3]",
        "[S3: A toll of two shillings]",
        "[S3][S99]",
        "[S0][S3]",
        "[S3] [S3]",
        "[^3]",
        "[S3",
    ],
)
@pytest.mark.parametrize("cut", ["whole", "characters"])
def test_a_marker_however_malformed_becomes_a_footnote_or_nothing(server, assistant, marker, cut):
    said = f"A toll of two shillings was charged until 1951 {marker}"
    if marker != "[S3":
        said += ". Ferries carried passengers before that."
    server.says(*([said] if cut == "whole" else said))
    answer = assistant.ask("What was the toll?")
    assert answer.claims[0].text == "A toll of two shillings was charged until 1951" + "." * (marker != "[S3")
    assert answer.text.startswith(f"{answer.claims[0].text} [1]")
    assert answer.citations[0].quote == "A toll of two shillings was charged until 1951."


@pytest.mark.parametrize("marker", ["[S99]", "[S]", "[]", "[S?]", "[S99999999]", "[citation needed]", "[source]"])
def test_a_marker_that_names_no_sentence_is_dropped_and_the_evidence_found_in_code(server, assistant, marker):
    server.says(f"The bridge opened in 1932 {marker}.")
    assert assistant.ask(QUESTION).text == "The bridge opened in 1932. [1]"


def test_a_sentence_without_a_marker_gets_the_footnote_that_it_rests_on(server, assistant):
    server.says("Ada Moore of Leeds was the architect.")
    answer = assistant.ask("Who was the architect?")
    assert answer.claims[0].support == "supported"
    assert quotes(answer) == ["The architect was Ada Moore of Leeds."]


@pytest.mark.parametrize("markers", [f"[S{FERRIES}]", f"[S{FERRIES}][S{OPENED}]"])
def test_a_right_sentence_gets_the_right_footnote_and_no_other_whatever_it_cites(server, assistant, markers):
    server.says(f"The bridge opened in 1932 {markers}.")
    assert quotes(assistant.ask(QUESTION)) == ["The bridge opened in 1932."]


def test_a_sentence_that_needs_two_footnotes_gets_both(server, assistant):
    server.says(f"The bridge opened in 1932 and the architect was Ada Moore [S{OPENED}][S{ARCHITECT}].")
    answer = assistant.ask(QUESTION)
    assert answer.claims[0].support == "supported"
    assert quotes(answer) == ["The bridge opened in 1932.", "The architect was Ada Moore of Leeds."]


def test_a_sentence_that_leans_on_the_one_before_is_quoted_with_it(server, assistant):
    server.says(f"The bridge cost 4 million pounds [S{COST}].")
    answer = assistant.ask("What did the bridge cost?")
    assert quotes(answer) == ["The bridge opened in 1932. It cost 4 million pounds and took six years to build."]


def test_an_unsupported_sentence_is_flagged(server, assistant):
    server.says(f"The bridge opened in 1932 [S{OPENED}]. The mayor wept for joy [S{OPENED}].")
    answer = assistant.ask(QUESTION)
    assert answer.text == "The bridge opened in 1932. [1] The mayor wept for joy. [?]"
    assert (answer.claims[1].support, answer.claims[1].citations) == ("unsupported", ())


def test_a_hardly_supported_sentence_is_flagged_and_keeps_its_footnote(server, assistant):
    server.says(f"The bridge opened in 1932 [S1]. Old ferries carried passengers before [S{FERRIES}].")
    answer = assistant.ask(QUESTION)
    assert answer.claims[1].support == "weak"
    assert answer.text.endswith("Old ferries carried passengers before. [2][?]")


def test_sentences_that_the_model_did_not_cite_together_leave_a_doubt(server, assistant):
    server.says("The bridge opened in 1932 and the architect was Ada Moore.")
    assert assistant.ask(QUESTION).engine == "extract"
    server.says("The bridge opened in 1932 and the architect was Ada Moore. The bridge opened in 1932.")
    assert assistant.ask(QUESTION).claims[0].support == "weak"


def test_a_bare_answer_cannot_be_checked_and_is_flagged(server, assistant):
    server.says("The answer is: Ada Moore of Leeds [S5]. The bridge opened in 1932 [S1].")
    answer = assistant.ask("Who was the architect?")
    assert answer.text == "Ada Moore of Leeds. [?] The bridge opened in 1932. [1]"


def test_strict_withholds_what_is_not_supported_and_never_shows_it(server, llm, bridge):
    server.says(*"The mayor wept for joy [S1]. The bridge opened in 1932 [S1].")
    assistant = open_assistant(bridge, llm, strict=True)
    events = list(assistant.stream(QUESTION))
    assert not any("mayor" in event.delta for event in events if isinstance(event, Text))
    answer = events[-1].answer
    assert answer.text == "The bridge opened in 1932. [1]"
    assert answer.notices == ("Sentences of the model’s that the documents do not support, and that were withheld: 1.",)
