"""What holds for every answer, whatever the documents say and whatever a reader makes of them."""

import json
import re
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from index.files.finding import SourceFile, read_document
from index.passages import split_document
from index.store.snapshot import Snapshot
from rag.assistant import Assistant
from rag.read.evidence import Candidate, Reading
from rag.read.similarity import SimilarityReader
from rag.types import Answer, ClaimReady, Final, Stage, Text
from rag.verify.recheck import recheck
from tests.conftest import WordEmbedder


class MemoryIndex:
    """Documents in memory, searched by comparing with every passage."""

    def __init__(self, documents, embedder):
        # Passages of at most 12 tokens, so that small documents have many, and overlapping ones.
        self._snapshot = Snapshot(split_document(d, embedder.count_tokens, max_tokens=12) for d in documents)
        passages = self._snapshot.passages
        vectors = embedder.embed([passage.text for passage in passages])
        self._vectors = {passage.id: vector for passage, vector in zip(passages, vectors, strict=True)}

    def snapshot(self):
        return self._snapshot

    def search_dense(self, vector, count):
        cosines = {passage: float(np.dot(vector, other)) for passage, other in self._vectors.items()}
        return self._snapshot, dict(sorted(cosines.items(), key=lambda item: -item[1])[:count])

    def vectors(self, ids):
        return {identifier: self._vectors[identifier] for identifier in ids}


class ArbitraryReader:
    """Picks the sentences with these numbers, counted round all documents, with these scores."""

    def __init__(self, picks, confidence):
        self._picks = picks
        self._confidence = confidence

    def read(self, query, hits, snapshot):
        places = [(indexed, position) for indexed in snapshot.documents.values() for position in _positions(indexed)]
        candidates = [Candidate(*places[number % len(places)], score) for number, score in self._picks if places]
        return Reading(tuple(sorted(candidates, key=lambda candidate: -candidate.score)), self._confidence)


def _positions(indexed):
    return range(len(indexed.sentences))


SENTENCES = st.sampled_from(
    [
        "It has no air.",
        "The moon is far.",
        "This is so — “truly” so!",
        "Why\u00a0not?",
        "Ein Fuß, 👩‍👩‍👧 and 🇰🇿.",
        "Мост\u2028длинный.",
        "e\u0301galite\u0301 ﬁn.",
        "Dr. Who et al. paid $1.5 million in No. 10.",
        "- an item",
        "# A heading",
        "| a | b |",
        "as shown [2]. And [1] too.",
        "\u200b",
    ]
)
JOINTS = st.sampled_from([" ", "\n", "\r\n", "\n\n", "\r\n\r\n", "\u00a0", "\t", "  "])
REPETITIVE = st.lists(st.tuples(SENTENCES, JOINTS), min_size=1, max_size=40).map(
    lambda pieces: "".join(sentence + joint for sentence, joint in pieces)
)
ANY_UNICODE = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=300)
TEXTS = (REPETITIVE | ANY_UNICODE).filter(lambda text: text.removeprefix("\ufeff").strip())
QUESTIONS = st.sampled_from(["How far is the moon?", "Why is that so?", "List all of it.", "👩‍👩‍👧?"])


@dataclass
class World:
    """What an assistant answers from and with."""

    texts: dict[str, str]
    halved: bool  # whether each document has two pages
    picks: list[tuple[int, float]] | None  # what an arbitrary reader picks; None for the real one
    confidence: float

    def assistant(self):
        documents = []
        for name, text in self.texts.items():
            document = read_document(SourceFile(name, Path(f"/docs/{name}"), named=False), text.encode())
            documents.append(replace(document, pages=(0, len(document.text) // 2) if self.halved else ()))
        embedder = WordEmbedder()
        picks, confidence = self.picks, self.confidence
        reader = SimilarityReader(embedder) if picks is None else ArbitraryReader(picks, confidence)
        return Assistant(MemoryIndex(documents, embedder), embedder, reader, min_confidence=0.3)


NAMES = st.sampled_from(["a.txt", "a.md", "b/a.md", "c.txt"])
PICKS = st.lists(st.tuples(st.integers(0, 200), st.sampled_from([0.1, 0.88, 0.9, 1.0])), max_size=12)
WORLDS = st.builds(
    World,
    st.dictionaries(NAMES, TEXTS, min_size=1, max_size=3),
    st.booleans(),
    PICKS | st.none(),
    st.sampled_from([0.2, 0.5, 1.0]),
)


thoroughly = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@thoroughly
@given(WORLDS, QUESTIONS)
def test_a_quote_is_exactly_what_the_document_says_at_its_offsets(world, question):
    assistant = world.assistant()
    for citation in assistant.ask(question, min_confidence=0).citations:
        assert assistant.document(citation.document_id).text[citation.start : citation.end] == citation.quote
        assert citation.quote.strip() == citation.quote != ""


@thoroughly
@given(WORLDS, QUESTIONS)
def test_every_sentence_of_an_answer_is_a_claim_with_a_citation(world, question):
    answer = world.assistant().ask(question, min_confidence=0)
    assume(answer.status == "answered")
    assert answer.claims
    assert all(claim.citations and claim.support == "quoted" for claim in answer.claims)
    # A bracketed number of the source's own is widened in the text, so that it is not taken for a marker.
    plain = (re.sub(r"\[(\d+)\]", r"［\1］", claim.text) for claim in answer.claims)
    markers = ("".join(f"[{number}]" for number in claim.citations) for claim in answer.claims)
    assert answer.text == " ".join(f"{text} {marker}" for text, marker in zip(plain, markers, strict=True))


@thoroughly
@given(WORLDS, QUESTIONS)
def test_markers_are_numbered_by_first_use_and_never_dangle(world, question):
    answer = world.assistant().ask(question, min_confidence=0)
    assume(answer.status == "answered")
    in_order_of_use = list(dict.fromkeys(number for claim in answer.claims for number in claim.citations))
    assert in_order_of_use == list(range(1, len(in_order_of_use) + 1))
    assert [citation.number for citation in answer.citations] == in_order_of_use
    numbers = [int(number) for number in re.findall(r"\[(\d+)\]", answer.text)]
    assert list(dict.fromkeys(numbers)) == in_order_of_use


@thoroughly
@given(WORLDS, QUESTIONS)
def test_a_claim_is_found_in_the_quote_that_it_cites_and_quotes_do_not_overlap(world, question):
    answer = world.assistant().ask(question, min_confidence=0)
    quotes = {citation.number: " ".join(citation.quote.split()) for citation in answer.citations}
    assert all(claim.text in quotes[number] for claim in answer.claims for number in claim.citations)
    assert len(quotes) <= 5
    spans = sorted((citation.document_id, citation.start, citation.end) for citation in answer.citations)
    for (document, _, end), (next_document, next_start, _) in pairwise(spans):
        assert document != next_document or end <= next_start


@thoroughly
@given(WORLDS, QUESTIONS)
def test_an_abstained_answer_claims_nothing_and_says_so(world, question):
    assistant = world.assistant()
    answer = assistant.ask(question, min_confidence=1.0)
    assume(answer.confidence < 1)
    assert answer.status == "abstained"
    assert (answer.claims, answer.citations, answer.span) == ((), (), None)
    assert answer.text == "The documents do not seem to answer this question."
    assert answer.hits or not assistant.index.snapshot().passages


@thoroughly
@given(WORLDS, QUESTIONS, st.sampled_from([None, 0.0, 1.0]))
def test_a_stream_joins_to_the_answer_that_ask_returns(world, question, min_confidence):
    assistant = world.assistant()
    events = list(assistant.stream(question, min_confidence=min_confidence))
    answer = events[-1].answer
    assert sum(isinstance(event, Final) for event in events) == 1
    assert replace(answer, timings={}) == replace(assistant.ask(question, min_confidence=min_confidence), timings={})
    assert "".join(event.delta for event in events if isinstance(event, Text)) == answer.text
    assert tuple(event.claim for event in events if isinstance(event, ClaimReady)) == answer.claims
    assert [event.name for event in events if isinstance(event, Stage)] == ["retrieve", "read", "write"]


@thoroughly
@given(WORLDS, QUESTIONS)
def test_an_answer_survives_its_way_through_json(world, question):
    answer = world.assistant().ask(question)
    assert Answer.from_dict(json.loads(json.dumps(answer.to_dict()))) == answer


@thoroughly
@given(WORLDS, QUESTIONS)
def test_an_answer_holds_against_the_documents_that_it_was_made_from(world, question):
    assistant = world.assistant()
    check = recheck(assistant.ask(question, min_confidence=0), assistant.documents)
    assert check.problems == ()
    assert {quote.state for quote in check.quotes} <= {"holds"}
