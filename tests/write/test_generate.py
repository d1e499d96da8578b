"""Answers that an LLM writes: what a scripted server says, and what is made of it."""

import re
import time
from dataclasses import replace

import pytest

from index.store.passage_index import PassageIndex
from rag.assistant import Assistant
from rag.llm.opening import open_llm
from rag.read.similarity import SimilarityReader
from rag.types import Answer, ClaimReady, Final, Revised, Stage, Text
from rag.write.generate import LLMWriter
from tests.claim_double import check_words
from tests.conftest import WordEmbedder
from tests.llm_server import Reply, serving

BRIDGE = """The bridge

The bridge opened in 1932. It cost 4 million pounds and took six years to build.

A toll of two shillings was charged until 1951. Ferries carried passengers before that.

The architect was Ada Moore of Leeds. Her office designed eleven other bridges.
"""
QUESTION = "When did the bridge open?"
OPENED, COST, TOLL, FERRIES, ARCHITECT, OFFICE = range(1, 7)  # the numbers of the sentences


@pytest.fixture(scope="module")
def server():
    with serving() as scripted:
        yield scripted


@pytest.fixture(scope="module")
def bridge(tmp_path_factory):
    """An index of the bridge."""
    yield from index_of(tmp_path_factory.mktemp("bridge"), {"bridge.txt": BRIDGE})


@pytest.fixture
def bridges(tmp_path):
    """An index of the bridge and five others."""
    others = {f"{n}.txt": f"Bridge {n} did open. " + "Nothing else is known of it. " * 10 for n in range(5)}
    yield from index_of(tmp_path, {"bridge.txt": BRIDGE, **others})


def index_of(folder, texts):
    (folder / "docs").mkdir()
    for name, text in texts.items():
        (folder / "docs" / name).write_text(text)
    index = PassageIndex(folder / "store", WordEmbedder())
    index.sync([folder / "docs"])
    yield index
    index.close()


def open_assistant(index, llm, strict=False, min_confidence=0.0):
    embedder = WordEmbedder()
    writer = LLMWriter(llm, embedder, strict=strict, check=check_words)
    return Assistant(index, embedder, SimilarityReader(embedder), writer=writer, min_confidence=min_confidence)


@pytest.fixture
def llm(server):
    return open_llm(f"openai-like:{server.url}#scripted", key="sk-secret")


@pytest.fixture
def assistant(bridge, llm):
    return open_assistant(bridge, llm)


@pytest.fixture
def no_wait(monkeypatch):
    """Attempts follow each other at once."""
    monkeypatch.setattr("rag.llm.patience.LONGEST_WAIT", 0.0)


def fold(events):
    """The text that a page shows after each event, and the claims that are ready then."""
    text, claims = "", []
    for event in events:
        match event:
            case Text(delta):
                text += delta
            case ClaimReady(claim):
                claims = [*claims, claim]
            case Revised(kept, ready):
                text, claims = kept, list(ready)
        yield text, claims


def quotes(answer):
    return [citation.quote for citation in answer.citations]


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


def test_a_right_sentence_with_a_wrong_number_gets_the_right_footnote(server, assistant):
    server.says(f"The bridge opened in 1932 [S{FERRIES}].")
    assert quotes(assistant.ask(QUESTION)) == ["The bridge opened in 1932."]


def test_of_two_numbers_only_the_one_that_supports_the_claim_is_cited(server, assistant):
    server.says(f"The bridge opened in 1932 [S{FERRIES}][S{OPENED}].")
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


def test_what_is_true_but_beside_the_point_is_replaced_by_quotation(server, assistant, monkeypatch):
    monkeypatch.setattr("rag.write.generate.NEAREST", 1)
    server.says("Ferries carried passengers before that [S4].")
    answer = assistant.ask(QUESTION)
    assert (answer.engine, answer.text) == ("extract", "The bridge opened in 1932. [1]")
    assert answer.notices[0].startswith("The model wrote nothing that rests on the sentences likeliest to answer this.")


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


@pytest.mark.parametrize("strict", [False, True])
def test_if_nothing_is_supported_the_answer_is_by_quotation_and_says_so(server, llm, bridge, strict):
    server.says("The mayor wept for joy [S1]. Fireworks were seen in Paris.")
    *_, final = open_assistant(bridge, llm, strict=strict).stream(QUESTION)
    answer = final.answer
    assert (answer.engine, answer.status) == ("extract", "answered")
    assert answer.text == "The bridge opened in 1932. [1]"
    assert answer.notices == (
        "The documents support nothing of what the model wrote. This is the answer by quotation instead.",
    )
    assert answer.usage["completion_tokens"] > 0


@pytest.mark.parametrize(
    "refusal",
    [
        "The documents do not say.",
        "I'm sorry, but I cannot answer that question.",
        "I don't know.",
        "There is no information about this in the sentences.",
        "The provided sentences do not mention when the bridge opened. However, it is pretty.",
        "Not mentioned in the documents.",
        "Unfortunately, the context doesn’t contain enough information to answer.",
        "As an AI language model, I cannot have opinions.",
    ],
)
def test_a_refusal_is_recognised_and_a_reader_that_is_unsure_agrees(server, assistant, monkeypatch, refusal):
    monkeypatch.setattr("rag.write.generate.SURE", 1.1)
    server.says(refusal)
    answer = assistant.ask(QUESTION)
    assert (answer.status, answer.claims) == ("abstained", ())
    assert answer.text == "The documents do not seem to answer this question."
    assert answer.notices == ("The model finds no answer in the passages.",)


def test_a_reader_that_is_sure_overrules_a_refusal(server, assistant, monkeypatch):
    monkeypatch.setattr("rag.write.generate.SURE", 0.0)
    server.says("The documents do not say.")
    answer = assistant.ask(QUESTION)
    assert (answer.engine, answer.text) == ("extract", "The bridge opened in 1932. [1]")
    assert answer.notices[0].startswith("The model finds no answer in the passages, but the reader does.")


def test_where_the_reader_finds_no_answer_the_model_is_not_asked_and_the_user_is_told(server, llm, bridge):
    server.says("The moon is made of cheese.")
    answer = open_assistant(bridge, llm, min_confidence=1.0).ask("What is the moon made of?")
    assert server.requests == []
    assert answer.status == "abstained"
    assert re.fullmatch(r"The reader gives it \d+% that the documents answer this, .* model\.", answer.notices[0])


@pytest.fixture
def questions_only(tmp_path):
    """An index of a text that holds nothing to be quoted."""
    yield from index_of(tmp_path, {"quiz.txt": "When did the bridge open, in 1932?"})


def test_where_only_nothing_can_be_quoted_the_model_is_asked_all_the_same(server, llm, questions_only):
    server.says("The bridge did open in 1932 [S1].")
    answer = open_assistant(questions_only, llm).ask(QUESTION)
    assert len(server.requests) == 1
    assert not any("too little" in notice for notice in answer.notices)


def test_it_is_said_if_nothing_can_be_quoted_instead(server, llm, questions_only):
    server.says("Sure!")
    answer = open_assistant(questions_only, llm).ask(QUESTION)
    assert answer.status == "abstained"
    assert answer.notices[0].endswith("Nothing that is found can be quoted instead.")


@pytest.mark.parametrize("said", ["", " \n", "Sure!", "What a question?", "<think>Hm. [S1]</think>"])
def test_a_model_that_says_nothing_is_replaced_by_quotation(server, assistant, said):
    server.says(said)
    answer = assistant.ask(QUESTION)
    assert (answer.engine, answer.text) == ("extract", "The bridge opened in 1932. [1]")
    assert answer.notices == (
        "The model wrote nothing that could be verified. This is the answer by quotation instead.",
    )


def test_chatter_markdown_and_thinking_aloud_are_left_out(server, assistant):
    server.says(
        *"<think>Which one? [S4]</think>Sure!\n\nHere is the answer:\n- **The bridge** opened in 1932 [S1]\n"
        "- The architect was Ada Moore of Leeds [S5]\n\nI hope this helps!"
    )
    answer = assistant.ask(QUESTION)
    assert answer.text == "The bridge opened in 1932 [1] The architect was Ada Moore of Leeds [2]"


def test_a_model_that_repeats_itself_is_stopped(server, assistant):
    server.says(*["The bridge opened in 1932 [S1]. "] * 50, pause=0.02)
    answer = assistant.ask(QUESTION)
    assert answer.text == "The bridge opened in 1932. [1]"
    assert server.disconnected.wait(5)


def test_a_model_that_goes_on_and_on_is_stopped(server, assistant):
    server.says(*[f"Fact {number} is new. " for number in range(50)], pause=0.02)
    assistant.ask(QUESTION)
    assert server.disconnected.wait(5)


def test_an_answer_cut_off_at_its_longest_loses_the_broken_sentence(server, assistant):
    server.says("The bridge opened in 1932 [S1]. The architect was Ada", finish="length")
    *events, final = assistant.stream(QUESTION)
    assert final.answer.text == "The bridge opened in 1932. [1]"
    assert final.answer.notices == ("The model’s answer was longer than allowed, and is cut off.",)
    assert list(fold(events))[-1] == (final.answer.text, list(final.answer.claims))


def test_a_stream_that_breaks_off_keeps_what_was_verified(server, assistant):
    server.says("The bridge opened in 1932 [S1]. ", "The architect ", "was Ada", breaks=True)
    answer = assistant.ask(QUESTION)
    assert (answer.text, answer.engine) == ("The bridge opened in 1932. [1]", "llm")
    assert answer.notices == (
        "The model scripted could not answer: the connection to it failed. What it wrote before is kept.",
    )


def test_a_stream_that_breaks_off_at_once_is_tried_again_then_replaced_by_quotation(server, assistant, no_wait):
    server.says(breaks=True)
    answer = assistant.ask(QUESTION)
    assert len(server.requests) == 3
    assert (answer.engine, answer.text) == ("extract", "The bridge opened in 1932. [1]")
    assert answer.notices == (
        "The model scripted could not answer: the connection to it failed. This is the answer by quotation instead.",
    )


@pytest.mark.parametrize(
    ("status", "attempts", "reason"),
    [
        (401, 1, "it refuses the key"),
        (403, 1, "it refuses the key"),
        (404, 1, "the server does not know it"),
        (429, 3, "its rate limit is reached"),
        (400, 1, "the server answered 400"),
        (500, 3, "the server answered 500"),
        (503, 3, "the server answered 503"),
    ],
)
def test_an_error_of_the_server_is_told_and_answered_by_quotation(server, assistant, no_wait, status, attempts, reason):
    server.script(Reply(status=status, error="Incorrect API key: sk-secret"))
    answer = assistant.ask(QUESTION)
    assert len(server.requests) == attempts
    assert answer.text == "The bridge opened in 1932. [1]"
    assert answer.notices == (
        f"The model scripted could not answer: {reason}. This is the answer by quotation instead.",
    )


def test_a_rate_limit_that_passes_is_waited_for_as_long_as_the_server_asks(server, assistant):
    server.script(
        Reply(status=429, headers={"retry-after": "0.3"}), Reply(status=503), Reply(["The bridge opened in 1932 [S1]."])
    )
    started = time.monotonic()
    answer = assistant.ask(QUESTION)
    assert (answer.engine, answer.notices) == ("llm", ())
    assert time.monotonic() - started > 1.3  # 0.3 as asked, then a second of our own


def test_a_silent_server_is_given_up(server, bridge):
    llm = open_llm(f"openai-like:{server.url}#scripted")
    llm.timeout = 0.2
    server.says("The bridge opened", pause=3)
    answer = open_assistant(bridge, llm).ask(QUESTION)
    assert answer.text == "The bridge opened in 1932. [1]"
    assert "it was silent for" in answer.notices[0]
    assert len(server.requests) == 1


def test_a_server_that_is_not_there_is_told(bridge, no_wait):
    answer = open_assistant(bridge, open_llm("openai-like:http://127.0.0.1:9/v1#gone")).ask(QUESTION)
    assert answer.notices == (
        "The model gone could not answer: the connection to it failed. This is the answer by quotation instead.",
    )


def test_passages_that_do_not_fit_the_context_window_are_left_out_and_it_is_said(server, llm, bridges, monkeypatch):
    monkeypatch.setattr("rag.write.generate.REPLY_TOKENS", llm.context_window - 500)
    server.says("The bridge opened in 1932.")
    answer = open_assistant(bridges, llm).ask(QUESTION)
    told = r"The model’s context window had no room for [1-5] of the \d passages found\."
    assert re.fullmatch(told, answer.notices[-1])
    assert server.requests[0]["messages"][1]["content"].count("From “") < 6


def test_a_window_smaller_than_said_is_met_with_fewer_passages(server, llm, bridges):
    overlong = Reply(status=400, error="This model's maximum context length is 100 tokens; the request exceeds it")
    server.script(overlong, Reply(["The bridge opened in 1932."]))
    answer = open_assistant(bridges, llm).ask(QUESTION, top_k=4)
    assert answer.engine == "llm"
    assert answer.notices == ("The model’s context window had no room for 2 of the 4 passages found.",)


def test_a_question_that_never_fits_is_answered_by_quotation(server, assistant):
    server.script(Reply(status=400, error="maximum context length exceeded"))
    answer = assistant.ask(QUESTION)
    assert answer.engine == "extract"
    assert "context window" in answer.notices[0]


def test_closing_the_stream_stops_the_model(server, assistant):
    server.says(*["The bridge opened in 1932 [S1]. "] * 50, pause=0.05)
    stream = assistant.stream(QUESTION)
    for event in stream:
        if isinstance(event, Text):
            break
    stream.close()
    assert server.disconnected.wait(5)
    assert server.sent < 20


def test_tokens_and_times_are_recorded(server, assistant):
    server.says("The bridge ", "opened in ", "1932 [S1].")
    answer = assistant.ask(QUESTION)
    assert answer.usage == {"prompt_tokens": 100, "completion_tokens": 3}
    assert set(answer.timings) == {"retrieve", "read", "write", "total", "rewrite", "verify"}
    assert 0 < answer.timings["verify"] < answer.timings["write"]


def test_the_stream_shows_a_sentence_before_it_is_complete_and_its_number_once_it_is_verified(server, assistant):
    server.says(
        "The bridge ", "opened ", "in 1932 ", "[S", "1]. ", "The architect ", "was Ada Moore of Leeds.", " [S5]"
    )
    events = list(assistant.stream(QUESTION))
    shown = [event.delta for event in events if isinstance(event, Text)]
    assert shown[:4] == ["The bridge", " opened", " in 1932", "."]
    assert [event.name for event in events if isinstance(event, Stage)] == ["retrieve", "read", "write"]
    answer = events[-1].answer
    assert "".join(shown) == answer.text == "The bridge opened in 1932. [1] The architect was Ada Moore of Leeds. [2]"
    ready = [event for event in events if isinstance(event, ClaimReady)]
    assert [event.claim for event in ready] == list(answer.claims)
    assert [event.citations for event in ready] == [(citation,) for citation in answer.citations]


def test_a_number_never_changes_once_it_is_shown(server, assistant):
    server.says(*"The architect was Ada Moore [S5]. No! The bridge opened in 1932 [S1]. The mayor wept. The documents")
    before = []
    for text, _ in fold(assistant.stream(QUESTION)):
        numbers = re.findall(r"\S+ \[\d\]", text)
        assert numbers[: len(before)] == before
        before = numbers


def test_an_answer_with_notices_survives_its_way_through_json(server, assistant):
    server.says("The mayor wept.")
    answer = assistant.ask(QUESTION)
    assert Answer.from_dict(answer.to_dict()) == answer


def test_ask_returns_what_the_stream_ends_with(server, assistant):
    server.says("The bridge opened in 1932 [S1]. The mayor wept.")
    *_, final = assistant.stream(QUESTION)
    assert isinstance(final, Final)
    assert replace(final.answer, timings={}) == replace(assistant.ask(QUESTION), timings={})


def test_the_key_is_sent_and_never_seen(server, assistant, caplog, capfd, no_wait):
    caplog.set_level("DEBUG")
    server.script(Reply(status=401, error="Incorrect API key: sk-secret"))
    answer = assistant.ask(QUESTION)
    assert server.keys[-1] == "Bearer sk-secret"
    seen = caplog.text + "".join(capfd.readouterr()) + repr(answer) + "".join(answer.notices)
    assert "sk-secret" not in seen
