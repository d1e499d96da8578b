"""Answers made elsewhere are judged claim by claim: a wrong citation is told from an invention."""

import json

import pytest
from llama_index.core.base.llms.types import CompletionResponse, LLMMetadata
from llama_index.core.llms import CustomLLM
from llama_index.core.query_engine import CitationQueryEngine
from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, TextNode

from rag.evaluation.faithfulness import judge
from rag.evaluation.foreign import Context, ForeignAnswer, read_answers
from rag.evaluation.foreign_claims import is_refusal, read_claims
from tests.checking import check_words

CONTEXTS = ("Ants march in lines.", "Bees hum loudly. They make honey.", "Cats purr at night.")


def answer(text, contexts=CONTEXTS, **options):
    claims = tuple(read_claims(text))
    numbered = tuple(Context(number, context) for number, context in enumerate(contexts, start=1))
    return ForeignAnswer("q", "?", text, () if is_refusal(claims) else claims, numbered, **options)


def judged(*texts, **options):
    return judge([answer(text, **options) for text in texts], check_words)


def fates(text):
    return [claim.fate for claim in judged(text, "Ants march in lines [1].").outcomes[0].claims]


@pytest.mark.parametrize(
    ("text", "fate"),
    [
        ("Bees hum loudly [2].", "holds"),
        ("Bees hum loudly [1].", "miscited"),
        ("Bees hum loudly.", "uncited"),
        ("Bees hum softly [2].", "invented"),
        ("Bees hum softly.", "invented"),
        ("Bees hum loudly, they make sweet honey [2].", "doubtful"),  # all words but one
        ("Bees hum loudly [9].", "miscited"),
        ("Bees purr [2, 3].", "holds"),
        ("Bees purr [2].", "miscited"),  # only both together say so
    ],
)
def test_each_claim_has_one_of_five_fates(text, fate):
    assert fates(text) == [fate]


def test_the_context_that_should_have_been_cited_is_named():
    outcome = judged("Bees hum loudly [1].").outcomes[0]
    assert outcome.claims[0].found_in == (1,)
    assert outcome.problems == ("Sentence 1 is not supported by what it cites, but by [2].",)


def test_a_number_that_no_context_has_is_told():
    outcome = judged("Bees hum loudly [2][9].").outcomes[0]
    assert outcome.claims[0].dangling == (9,)
    assert outcome.problems == ("Sentence 1 cites [9], which does not exist.",)
    assert outcome.scores["citation_precision"] == [(1.0,), (0.0,)]


def test_the_figures_are_shares_of_claims_and_of_citations():
    metrics = judged("Ants march in lines [1]. Bees hum loudly [1][2]. Cats purr at night.", "Dogs bark [3].").metrics
    figures = {name: metric.value for name, metric in metrics.items()}
    assert figures["faithfulness"] == 3 / 4
    assert figures["citation_recall"] == 2 / 4
    assert figures["citation_precision"] == 2 / 4  # [1] of the bees and [3] of the dogs are not needed
    assert figures["uncited"] == figures["invented"] == 1 / 4
    assert figures["miscited"] == 0
    assert figures["right"] == 0


def test_of_answers_that_cite_nothing_only_faithfulness_is_told():
    judgement = judged("Bees hum loudly. They sing.", "Ants march.")
    assert judgement.metrics["faithfulness"].value == pytest.approx(2 / 3)
    assert {"citation_recall", "citation_precision", "miscited", "uncited"}.isdisjoint(judgement.metrics)
    assert [outcome.problems for outcome in judgement.outcomes] == [
        ("Sentence 2 is not supported by any context.",),
        (),
    ]


def test_refusals_claim_nothing_and_do_not_match_a_reference():
    refused = answer("I don't know.", references=("bees",), short="I don't know.")
    metrics = judge([refused], check_words).metrics
    assert metrics["exact_match"].value == metrics["answer_f1"].value == 0
    assert "faithfulness" not in metrics


def test_references_are_compared_by_their_words():
    metrics = judge([answer("Bees [2].", references=("the bees", "wasps"), short="Bees.")], check_words).metrics
    assert (metrics["exact_match"].value, metrics["answer_f1"].value) == (1, 1)


def test_a_claim_without_any_context_is_invented():
    assert [claim.fate for claim in judged("Bees hum.", contexts=()).outcomes[0].claims] == ["invented"]


def test_figures_are_given_by_category_too():
    answers = [answer("Bees hum [2].", category="insects"), answer("Cats bark [3].", category="pets")]
    by_category = judge(answers, check_words).by_category
    assert [by_category[name]["faithfulness"].value for name in ("insects", "pets")] == [1, 0]


class ScriptedLLM(CustomLLM):
    """Answers with what it was given, in order."""

    replies: list[str]

    @property
    def metadata(self):
        return LLMMetadata(context_window=4096, num_output=256, model_name="scripted")

    def complete(self, prompt, formatted=False, **options):
        return CompletionResponse(text=self.replies.pop(0))

    def stream_complete(self, prompt, formatted=False, **options):
        raise NotImplementedError


class FixedRetriever(BaseRetriever):
    """Finds the same texts whatever is asked."""

    def _retrieve(self, query):
        return [NodeWithScore(node=TextNode(text=text), score=1.0) for text in CONTEXTS]


def test_answers_of_a_citation_query_engine_are_judged(tmp_path):
    """The engine never checks its model's numbers; we do."""
    replies = [
        "Ants march in lines [1], bees make honey [2].",
        "Cats purr at night [1]. Bees hum loudly [2].",
        "According to Source 3, cats purr at night. They eat ants [1].",
    ]
    engine = CitationQueryEngine(FixedRetriever(), llm=ScriptedLLM(replies=list(replies)))
    path = tmp_path / "answers.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for question in ("What do ants do?", "What do cats do?", "Who purrs?"):
            response = engine.query(question)
            line = {
                "user_input": question,
                "response": str(response),
                "retrieved_contexts": [source.node.get_content() for source in response.source_nodes],
            }
            file.write(json.dumps(line) + "\n")
    answers = read_answers([path])
    assert [context.text.strip() for context in answers[0].contexts] == list(CONTEXTS)  # without "Source 1:"
    judgement = judge(answers, check_words)
    assert [[claim.fate for claim in outcome.claims] for outcome in judgement.outcomes] == [
        ["holds"],
        ["miscited", "holds"],
        ["holds", "invented"],
    ]
    assert judgement.outcomes[1].problems == ("Sentence 1 is not supported by what it cites, but by [3].",)
    assert judgement.metrics["faithfulness"].value == 4 / 5
    assert judgement.metrics["citation_recall"].value == 3 / 5
