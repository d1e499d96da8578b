"""A model that reads slowly: it is shown the few sentences that the reader likes best, and believed if both agree."""

import pytest

from index.store.passage_index import PassageIndex
from rag.ask import Query
from rag.assistant import Assistant
from rag.read.evidence import Candidate, Quotation, Reading
from rag.read.similarity import SimilarityReader
from rag.types import ClaimReady
from rag.verify.claims import UNSAID, ClaimVerdict
from rag.write.generate import BESIDE, LLMWriter
from tests.conftest import WordEmbedder
from tests.llm_double import ScriptedLLM

GARDEN = """# The garden

## Opening

The garden opens in April. The shop shuts in October. The gate is on Mill Lane.

## Fees

| Visitor | Fee |
|---|---|
| Adult | 4 pounds |
| Child | 1 pound |

Dogs are welcome. Bicycles are not. A café sells cakes. Mr Pell planted the oaks.
"""
QUESTION = "When does the garden open?"
OPENS, SHUTS = 2, 3  # the places of these sentences, headings counted


@pytest.fixture
def index(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "garden.md").write_text(GARDEN)
    index = PassageIndex(tmp_path / "store", WordEmbedder())
    index.sync([tmp_path / "docs"])
    yield index
    index.close()


def verdict(support, score=0.7, reasons=()):
    """A check that says the same of all claims."""
    return lambda pairs: [ClaimVerdict(support, score, reasons) for _ in pairs]


def write(index, said, check, *, span="April", brief=True):
    """What is written when the reader finds the opening, and the model says this."""
    snapshot = index.snapshot()
    document = next(iter(snapshot.documents.values()))
    candidates = [Candidate(document, place, 1.0 / place, span if place == OPENS else None) for place in (OPENS, SHUTS)]
    quotations = [Quotation(document, OPENS, OPENS + 1, span, OPENS)]
    llm = ScriptedLLM(chunks=[said])
    writing = LLMWriter(llm, WordEmbedder(), brief=brief, check=check).begin()
    stream = writing.write(Query(QUESTION, QUESTION), (), snapshot, quotations, Reading(tuple(candidates), 0.9))
    events = []
    while True:
        try:
            events.append(next(stream))
        except StopIteration as end:
            return end.value, events, llm


def answered(index, writer, question):
    return Assistant(index, writer.embedder, SimilarityReader(writer.embedder), writer=writer, min_confidence=0).ask(
        question
    )


def test_it_is_shown_what_would_be_quoted_and_little_more(index):
    llm = ScriptedLLM(chunks=["The garden opens in April."])
    writer = LLMWriter(llm, WordEmbedder(), brief=True, check=verdict("supported"))
    answer = answered(index, writer, QUESTION)
    assert answer.engine == "llm"
    prompt = llm.prompts[-1]
    assert prompt.startswith("From “The garden: Opening; Fees”:\nThe garden opens in April.")
    assert "[S1]" not in prompt
    assert sum(said in prompt for said in ("April.", "October.", "Lane.", "welcome.", "not.", "cakes.", "oaks.")) <= 5


def test_a_row_is_shown_and_checked_with_the_names_of_its_columns(index):
    checked = []

    def check(pairs):
        checked.extend(pairs)
        return verdict("supported")(pairs)

    llm = ScriptedLLM(chunks=["Adults pay a fee of 4 pounds."])
    writer = LLMWriter(llm, WordEmbedder(), brief=True, check=check)
    answered(index, writer, "What fee has an Adult?")
    assert "Visitor: Adult | Fee: 4 pounds" in llm.prompts[-1]
    assert any(evidence == ["The garden: Opening; Fees", "Visitor: Adult | Fee: 4 pounds"] for _, evidence in checked)


def test_what_rests_on_another_sentence_than_would_be_quoted_is_replaced(index):
    def check(pairs):
        return [ClaimVerdict("supported" if "shuts" in " ".join(texts) else "unsupported", 0.9) for _, texts in pairs]

    draft, _, _ = write(index, "The shop shuts in October.", check)
    assert (draft.engine, draft.notices) == ("extract", (BESIDE,))
    assert draft.citations[0].quote == "The garden opens in April."


DOUBTED = verdict("weak", reasons=(UNSAID,))


def test_a_claim_that_is_doubted_in_its_words_alone_holds_if_it_gives_the_readers_answer(index):
    draft, events, _ = write(index, "Visitors can come in from April.", DOUBTED)
    assert (draft.engine, draft.claims[0].support) == ("llm", "supported")
    assert [event.claim.support for event in events if isinstance(event, ClaimReady)] == ["supported"]


@pytest.mark.parametrize(
    ("said", "check", "span"),
    [
        ("Visitors can come in from May.", DOUBTED, "April"),  # another answer
        ("Visitors can come in from April.", DOUBTED, None),  # the reader is not sure of its own
        ("Visitors can come in from April 3.", verdict("weak", reasons=("no number 3",)), "April"),
        ("Visitors can come in from April.", verdict("unsupported", 0.1, (UNSAID,)), "April"),
    ],
)
def test_else_it_does_not(index, said, check, span):
    draft, _, _ = write(index, said, check, span=span)
    assert draft.engine == "extract"


def test_a_model_says_of_itself_whether_it_reads_slowly():
    class Slow(ScriptedLLM):
        brief: bool = True

    assert LLMWriter(Slow(chunks=[]), WordEmbedder()).brief
    assert not LLMWriter(ScriptedLLM(chunks=[]), WordEmbedder()).brief
