"""Footnote in LlamaIndex: its own evaluators, agents and tools work on our retriever and query engine."""

import asyncio
import threading

import pytest
from llama_index.core.agent.workflow import ReActAgent
from llama_index.core.bridge.pydantic import Field
from llama_index.core.evaluation import BatchEvalRunner, FaithfulnessEvaluator, RetrieverEvaluator
from llama_index.core.llms import CompletionResponse, CustomLLM, LLMMetadata
from llama_index.core.llms.callbacks import llm_completion_callback
from llama_index.core.query_engine import RetrieverQueryEngine
from llama_index.core.schema import MetadataMode, QueryBundle
from llama_index.core.tools import QueryEngineTool

from rag.assistant import Assistant
from rag.llama import FootnoteFaithfulnessEvaluator, FootnoteQueryEngine, FootnoteRetriever
from rag.read.similarity import SimilarityReader
from rag.types import Answer
from rag.verify.support import FEATURES, SupportCalibration

# LlamaIndex's evaluators and agents use what LlamaIndex itself has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

HIVE = "How many bees does a hive hold?"
MOON = "How far away is the moon?"
QUOTE = "A hive holds forty thousand bees."


@pytest.fixture
def assistant(index, embedder):
    return Assistant(index, embedder, SimilarityReader(embedder))


@pytest.fixture
def retriever(assistant):
    return FootnoteRetriever(assistant, top_k=2)


@pytest.fixture
def engine(assistant):
    return FootnoteQueryEngine(assistant, min_confidence=0)


class ScriptedLLM(CustomLLM):
    """Says the first of its lines whose key is in the prompt, and remembers the prompts."""

    script: dict[str, str]
    prompts: list[str] = Field(default_factory=list)

    @property
    def metadata(self):
        return LLMMetadata()

    @llm_completion_callback()
    def complete(self, prompt, formatted=False, **options):
        self.prompts.append(prompt)
        return CompletionResponse(text=next(line for key, line in self.script.items() if key in prompt))

    @llm_completion_callback()
    def stream_complete(self, prompt, formatted=False, **options):
        whole = self.complete(prompt, formatted=formatted, **options)
        yield CompletionResponse(text=whole.text, delta=whole.text)


def test_the_retriever_finds_what_a_search_finds(retriever, assistant):
    found = retriever.retrieve(HIVE)
    hits = assistant.search(HIVE, top_k=2)
    assert [(one.node.node_id, one.score) for one in found] == [(hit.passage.id, hit.score) for hit in hits]
    node = found[0].node
    document = assistant.document(node.ref_doc_id)
    assert document.text[node.start_char_idx : node.end_char_idx] == node.text
    assert node.metadata == {
        **{"document_id": "bees.txt", "title": "Bees", "source": document.source, "heading": "Bees"},
    }


def test_a_model_is_shown_the_title_and_the_text_and_no_paths(retriever):
    node = retriever.retrieve(HIVE)[0].node
    assert node.get_content(MetadataMode.LLM) == f"title: Bees\n\n{node.text}"
    assert node.get_content(MetadataMode.EMBED) == f"title: Bees\n\n{node.text}"
    assert node.get_content() == node.text


def test_the_query_engine_answers_as_ask_does(engine, assistant):
    response = engine.query(HIVE)
    answer = Answer.from_dict(response.metadata["answer"])
    asked = assistant.ask(HIVE, min_confidence=0)
    assert (str(response), answer.citations) == (asked.text, asked.citations)
    assert (response.metadata["status"], response.metadata["confidence"]) == ("answered", asked.confidence)
    assert [source.node.text for source in response.source_nodes] == [one.quote for one in asked.citations]
    first = response.source_nodes[0]
    assert (first.node.text, first.node.ref_doc_id, first.node.metadata["number"]) == (QUOTE, "bees.txt", 1)
    assert assistant.document("bees.txt").text[first.node.start_char_idx : first.node.end_char_idx] == QUOTE
    assert first.score == asked.hits[0].score


def test_a_refusal_has_no_sources(assistant):
    response = FootnoteQueryEngine(assistant, min_confidence=1).query("Who is the king of France?")
    assert (response.source_nodes, response.metadata["status"]) == ([], "abstained")
    assert "do not seem to answer" in str(response)


def test_the_query_engine_retrieves_too(assistant):
    engine = FootnoteQueryEngine(assistant, top_k=1)
    (found,) = engine.retrieve(QueryBundle(HIVE))
    assert QUOTE in found.node.text


def test_the_asynchronous_paths_give_the_same_and_leave_the_loop_free(retriever, engine, assistant, monkeypatch):
    threads = []
    search = assistant.search
    monkeypatch.setattr(assistant, "search", lambda *a, **o: threads.append(threading.get_ident()) or search(*a, **o))

    async def both():
        return await asyncio.gather(retriever.aretrieve(HIVE), engine.aquery(HIVE), engine.aquery(MOON))

    found, hive, moon = asyncio.run(both())
    assert threads and threading.get_ident() not in threads
    assert [one.node for one in found] == [one.node for one in retriever.retrieve(HIVE)]
    assert (str(hive), str(moon)) == (str(engine.query(HIVE)), str(engine.query(MOON)))


def test_llama_index_measures_our_retriever(retriever):
    expected = retriever.retrieve(HIVE)[0].node.node_id
    evaluator = RetrieverEvaluator.from_metric_names(["hit_rate", "mrr"], retriever=retriever)
    assert evaluator.evaluate(HIVE, [expected]).metric_vals_dict == {"hit_rate": 1.0, "mrr": 1.0}
    assert evaluator.evaluate(HIVE, ["another"]).metric_vals_dict == {"hit_rate": 0.0, "mrr": 0.0}


def test_llama_index_judges_our_answers_with_its_own_evaluator(engine):
    llm = ScriptedLLM(script={"forty thousand": "YES", "": "NO"})
    runner = BatchEvalRunner({"faithfulness": FaithfulnessEvaluator(llm=llm)})
    results = asyncio.run(runner.aevaluate_queries(engine, queries=[HIVE, MOON]))["faithfulness"]
    assert [result.passing for result in results] == [True, False]
    assert results[0].response == str(engine.query(HIVE))
    assert results[0].contexts == [QUOTE]
    assert any(QUOTE in prompt for prompt in llm.prompts)


class Credulous:
    """A double of the support model that holds everything to be borne out but what speaks of ants."""

    calibration = SupportCalibration((1.0, *[0.0] * FEATURES), 0.2, (1.0, *[0.0] * FEATURES), supported=0.0)

    def __init__(self):
        self.asked = []

    def log_odds(self, pairs):
        self.asked += [claim for _, claim in pairs]
        return [-5.0 if "ant" in claim else 5.0 for claim in self.asked]


@pytest.fixture
def evaluator():
    return FootnoteFaithfulnessEvaluator(Credulous())


CONTEXTS = [
    "A hive holds forty thousand bees. The queen lays the eggs.",
    "Green tea is steeped for two minutes.",
]


def test_our_evaluator_finds_what_is_quoted_without_any_model(evaluator):
    result = evaluator.evaluate(HIVE, f"{QUOTE} [1] The queen lays the eggs. [1][2]", CONTEXTS)
    assert (result.passing, result.score) == (True, 1.0)
    assert (result.query, result.contexts) == (HIVE, CONTEXTS)
    assert evaluator._model.asked == []


def test_our_evaluator_names_the_sentences_that_are_not_borne_out(evaluator):
    items = "- They share it with ants. [2]\n- The queen lays the eggs."
    response = f"# Bees\n\nForty thousand bees live in a hive. [1]\n\n{items}"
    result = evaluator.evaluate(HIVE, response, CONTEXTS)
    assert (result.passing, result.score) == (False, pytest.approx(2 / 3))
    assert result.feedback == "unsupported: “They share it with ants.” (the evidence does not seem to say this)"


def test_our_evaluator_is_not_talked_into_another_number(evaluator):
    result = evaluator.evaluate(HIVE, "In a hive there are fifty thousand bees.", CONTEXTS)
    assert (result.passing, result.score) == (False, 0.0)
    assert "fifty thousand" in result.feedback


def test_our_evaluator_judges_a_batch_of_our_answers(engine, evaluator):
    runner = BatchEvalRunner({"ours": evaluator})
    results = asyncio.run(runner.aevaluate_queries(engine, queries=[HIVE, MOON]))["ours"]
    assert [(result.passing, result.score) for result in results] == [(True, 1.0), (True, 1.0)]
    assert evaluator.evaluate_response(response=engine.query(HIVE)).passing


def test_our_evaluator_needs_a_response_and_contexts(evaluator):
    assert evaluator.evaluate(HIVE, " ", CONTEXTS).invalid_result
    assert evaluator.evaluate(HIVE, QUOTE, []).score == 0.0
    for response, contexts in ((QUOTE, None), (None, CONTEXTS)):
        with pytest.raises(ValueError, match="must be provided"):
            evaluator.evaluate(HIVE, response, contexts)


def test_a_model_of_llama_index_writes_over_our_retriever(retriever):
    llm = ScriptedLLM(script={QUOTE: "Forty thousand."})
    response = RetrieverQueryEngine.from_args(retriever, llm=llm).query(HIVE)
    assert str(response) == "Forty thousand."
    assert response.source_nodes[0].node.ref_doc_id == "bees.txt"


def test_an_agent_asks_the_documents(engine):
    tool = QueryEngineTool.from_defaults(engine, name="documents", description="Answers from the documents.")
    llm = ScriptedLLM(
        script={
            f"Observation: {QUOTE} [1]": "Thought: I can answer.\nAnswer: Forty thousand, they say.",
            "": f'Thought: I need a tool.\nAction: documents\nAction Input: {{"input": "{HIVE}"}}',
        }
    )

    async def run():
        return await ReActAgent(tools=[tool], llm=llm).run("Ask them how many bees there are.")

    output = asyncio.run(run())
    assert str(output) == "Forty thousand, they say."
    assert output.tool_calls[0].tool_output.raw_output.source_nodes[0].node.text == QUOTE
