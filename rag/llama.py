"""Footnote in LlamaIndex: retriever and query engine over an `Assistant`, and our check of faithfulness.

Importing this module imports LlamaIndex.
"""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.response.schema import Response
from llama_index.core.callbacks import CallbackManager
from llama_index.core.evaluation import BaseEvaluator, EvaluationResult
from llama_index.core.prompts.mixin import PromptDictType, PromptMixinType
from llama_index.core.schema import NodeRelationship, NodeWithScore, QueryBundle, RelatedNodeInfo, TextNode

from index.files.structure import read_blocks
from index.passages import sentence_spans
from rag.assistant import Assistant
from rag.markers import without_markers
from rag.types import Answer, Citation
from rag.verify.claims import ClaimVerdict, check_claims
from rag.verify.support import SupportModel

SHOWN_TO_MODELS = "title"  #: of a node's metadata; the rest is for programs


class FootnoteRetriever(BaseRetriever):
    """Finds passages as `Assistant.search` does.

    A node's `node_id` is the passage's id, its `ref_doc_id` the document's, and its `start_char_idx` and
    `end_char_idx` are offsets in the document's text. Its metadata has `document_id`, `title`, `source` and `heading`.
    """

    def __init__(
        self, assistant: Assistant, *, top_k: int | None = None, callback_manager: CallbackManager | None = None
    ) -> None:
        """Search with `assistant` for `top_k` passages; 8 by default."""
        self._assistant = assistant
        self._top_k = top_k
        super().__init__(callback_manager=callback_manager)

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        hits = self._assistant.search(query_bundle.query_str, top_k=self._top_k)
        documents = {document.id: document for document in self._assistant.documents}
        found = []
        for hit in hits:
            passage = hit.passage
            document = documents.get(passage.document_id)
            if document is None:
                continue  # a sync has just taken it away
            metadata = {"title": document.title, "source": document.source, "heading": passage.heading}
            node = _node(passage.id, passage.text, document.id, passage.start, passage.end, metadata)
            found.append(NodeWithScore(node=node, score=hit.score))
        return found

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return await asyncio.to_thread(self._retrieve, query_bundle)


class FootnoteQueryEngine(BaseQueryEngine):
    """Answers as `Assistant.ask` does.

    The response's `source_nodes` are the quotes that the answer cites, `[1]` first, with the same attributes as the
    retriever's nodes and `number` and `page` in their metadata; a refusal has none. Its metadata has `status`,
    `confidence`, and as `answer` what `Answer.from_dict` reads.
    """

    def __init__(
        self,
        assistant: Assistant,
        *,
        top_k: int | None = None,
        min_confidence: float | None = None,
        callback_manager: CallbackManager | None = None,
    ) -> None:
        """Ask `assistant`, with these options of `Assistant.ask`."""
        self._assistant = assistant
        self._top_k = top_k
        self._min_confidence = min_confidence
        super().__init__(callback_manager=callback_manager)

    def retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        """The passages found, as by `FootnoteRetriever`; for an answer, others may be read beside them."""
        return FootnoteRetriever(self._assistant, top_k=self._top_k, callback_manager=self.callback_manager).retrieve(
            query_bundle
        )

    def _query(self, query_bundle: QueryBundle) -> Response:
        answer = self._assistant.ask(query_bundle.query_str, top_k=self._top_k, min_confidence=self._min_confidence)
        metadata = {"status": answer.status, "confidence": answer.confidence, "answer": answer.to_dict()}
        return Response(answer.text, source_nodes=list(_quotes(answer)), metadata=metadata)

    async def _aquery(self, query_bundle: QueryBundle) -> Response:
        return await asyncio.to_thread(self._query, query_bundle)

    def _get_prompt_modules(self) -> PromptMixinType:
        return {}


class FootnoteFaithfulnessEvaluator(BaseEvaluator):
    """Checks every sentence of a response against the contexts, in code and by the support model, without an LLM.

    The score is the share of sentences that are quoted or supported; a response passes if all are. The feedback
    names the others and says why. Markers such as `[1]` are no part of a sentence, and headings are none.
    """

    def __init__(self, model: SupportModel | None = None) -> None:
        """Judge with `model` instead of the best one that is installed."""
        self._model = model

    async def aevaluate(
        self,
        query: str | None = None,
        response: str | None = None,
        contexts: Sequence[str] | None = None,
        sleep_time_in_seconds: int = 0,
        **kwargs: Any,
    ) -> EvaluationResult:
        """Evaluate one response. Raises ValueError if there is no response or no contexts."""
        await asyncio.sleep(sleep_time_in_seconds)
        return await asyncio.to_thread(self._evaluate, query, response, contexts)

    def _evaluate(self, query: str | None, response: str | None, contexts: Sequence[str] | None) -> EvaluationResult:
        if response is None or contexts is None:
            raise ValueError("contexts and response must be provided")
        result = EvaluationResult(query=query, response=response, contexts=contexts)
        claims = _sentences(response)
        if not claims:
            return result.model_copy(
                update={"invalid_result": True, "invalid_reason": "The response holds no sentence."}
            )
        verdicts = check_claims([(claim, contexts) for claim in claims], model=self._model)
        failed = [pair for pair in zip(claims, verdicts, strict=True) if not pair[1].holds]
        feedback = "\n".join(_complaint(claim, verdict) for claim, verdict in failed)
        return result.model_copy(
            update={
                "passing": not failed,
                "score": 1 - len(failed) / len(claims),
                "feedback": feedback or "Every sentence is borne out by the contexts.",
            }
        )

    def _get_prompts(self) -> PromptDictType:
        return {}

    def _update_prompts(self, prompts: PromptDictType) -> None:
        """There are none."""


def _sentences(text: str) -> list[str]:
    """The sentences, list items and table rows of a response, which may be Markdown, without markers."""
    bare = without_markers(text)
    pieces = [
        bare[block.start : block.end]
        for block in read_blocks(bare, markdown=True)
        if not block.heading and not block.caption
    ]
    return [piece[start:end] for piece in pieces for start, end in sentence_spans(piece)]


def _complaint(claim: str, verdict: ClaimVerdict) -> str:
    return f"{verdict.support}: “{claim}” ({'; '.join(verdict.reasons)})"


def _quotes(answer: Answer) -> Iterator[NodeWithScore]:
    for citation in answer.citations:
        metadata = {
            "title": citation.title,
            "source": citation.source,
            "number": citation.number,
            "page": citation.page,
        }
        identifier = f"{citation.document_id}:{citation.start}-{citation.end}"
        node = _node(identifier, citation.quote, citation.document_id, citation.start, citation.end, metadata)
        yield NodeWithScore(node=node, score=_score(citation, answer))


def _score(citation: Citation, answer: Answer) -> float | None:
    """The score of the best passage that the quote stands in, even with a part of it."""
    return max(
        (
            hit.score
            for hit in answer.hits
            if hit.passage.document_id == citation.document_id
            and hit.passage.start < citation.end
            and citation.start < hit.passage.end
        ),
        default=None,
    )


def _node(
    identifier: str, text: str, document_id: str, start: int, end: int, metadata: Mapping[str, object]
) -> TextNode:
    metadata = {"document_id": document_id, **metadata}
    hidden = [name for name in metadata if name != SHOWN_TO_MODELS]
    return TextNode(
        id_=identifier,
        text=text,
        start_char_idx=start,
        end_char_idx=end,
        metadata=metadata,
        excluded_llm_metadata_keys=hidden,
        excluded_embed_metadata_keys=hidden,
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=document_id)},
    )
