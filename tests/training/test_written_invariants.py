"""What holds for every answer of an LLM's, whatever it writes, however that is cut, and whatever the documents say."""

import re

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from rag.types import ClaimReady, Final, Revised, Text
from rag.write.generate import LLMWriter
from tests.claim_double import check_words
from tests.llm_double import ScriptedLLM
from tests.test_answer_invariants import QUESTIONS, WORLDS
from tests.write.test_markers import MARKERS, chunked

SAYINGS = st.sampled_from(
    [
        "It has no air.",
        "The moon is far.",
        "The moon is far and it has no air.",
        "Nothing of the kind was ever seen.",
        "The moon, as is well known, is far.",
        "Dr. Who et al. paid $1.5 million in No. 10.",
        "The documents do not say.",
        "Sure!",
    ]
)
REPLIES = st.lists(st.tuples(SAYINGS, st.lists(MARKERS, max_size=3)), max_size=8).map(
    lambda said: "".join(f"{text} {''.join(marks)} " for text, marks in said)
)
CHUNKS = chunked().map(lambda stream: stream[1]) | REPLIES.map(lambda text: re.findall(r".{1,7}", text))

thoroughly = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))


def assistant_of(world, chunks, strict):
    assistant = world.assistant()
    assistant.writer = LLMWriter(ScriptedLLM(chunks=chunks), assistant.embedder, strict=strict, check=check_words)
    return assistant


def moments(events):
    """The text shown, the claims that are ready and their citations, after each event."""
    text, claims, cited = "", (), {}
    for event in events:
        match event:
            case Text(delta):
                text += delta
            case ClaimReady(claim, citations):
                claims = (*claims, claim)
                cited |= {citation.number: citation for citation in citations}
            case Revised(kept, ready):
                text, claims = kept, ready
                cited = {number: citation for number, citation in cited.items() if f"[{number}]" in kept}
        yield text, claims, cited


@thoroughly
@given(WORLDS, QUESTIONS, CHUNKS, st.booleans())
def test_markers_count_from_one_and_never_dangle_at_any_moment(world, question, chunks, strict):
    events = list(assistant_of(world, chunks, strict).stream(question, min_confidence=0))
    for event, (text, _, cited) in zip(events, moments(events), strict=True):
        numbers = list(dict.fromkeys(int(number) for number in re.findall(r"\[(\d+)\]", text)))
        assert numbers == list(range(1, len(numbers) + 1))
        if isinstance(event, ClaimReady | Revised):
            assert set(numbers) == set(cited)


@thoroughly
@given(WORLDS, QUESTIONS, CHUNKS, st.booleans())
def test_a_stream_ends_with_what_it_has_shown(world, question, chunks, strict):
    events = list(assistant_of(world, chunks, strict).stream(question, min_confidence=0))
    *_, (text, claims, cited) = moments(events)
    answer = events[-1].answer
    assert isinstance(events[-1], Final)
    assert (text, claims) == (answer.text, answer.claims)
    assert cited == {citation.number: citation for citation in answer.citations}


@thoroughly
@given(WORLDS, QUESTIONS, CHUNKS, st.booleans())
def test_every_sentence_has_a_footnote_or_a_flag_and_every_quote_is_exact(world, question, chunks, strict):
    assistant = assistant_of(world, chunks, strict)
    answer = assistant.ask(question, min_confidence=0)
    for citation in answer.citations:
        assert assistant.document(citation.document_id).text[citation.start : citation.end] == citation.quote
    assume(answer.engine == "llm")
    for claim in answer.claims:
        supported = claim.holds
        markers = "".join(f"[{number}]" for number in claim.citations) + "[?]" * (not supported)
        assert f"{claim.text} {markers}" in answer.text
        assert supported or not strict
        assert claim.citations or claim.support == "unsupported"
