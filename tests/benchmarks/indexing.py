"""Indexing and searching, beside a stock LlamaIndex with the same model, passages as long and the same files.

    python -m tests.benchmarks.indexing [FOLDER QUESTIONS]     # by default tests/documents and its questions

Beside the time it tells how often the evidence of a question, or where none is given its answer, stands in what is
found for it.

LlamaIndex embeds by `HuggingFaceEmbedding` where that is installed, else by the same sentence-transformers model
through a class of its own, and keeps vectors in Chroma, or where `llama-index-vector-stores-chroma` is missing in its
own store. Its question is put to `VectorStoreIndex.as_retriever`, ours to `Assistant.search`, which asks BM25, too. The
models are loaded, and the modules imported, before the clock runs. Each does its work in turn, in one process.
"""

import sys
import tempfile
import time
from importlib.metadata import distributions
from pathlib import Path

import numpy as np
from llama_index.core import SimpleDirectoryReader, StorageContext, VectorStoreIndex
from llama_index.core.embeddings import BaseEmbedding
from llama_index.core.node_parser import SentenceSplitter
from pydantic import PrivateAttr
from sentence_transformers import SentenceTransformer

from index.embedding import SentenceEmbedder, bundled_folder
from index.packing import OVERLAP_SHARE
from index.passages import MAX_TOKENS, split_document
from index.types import Document
from rag.assistant import Assistant
from rag.evaluation.questions import read_questions
from tests.conftest import ROOT

TOP_K = 8
CUTS = (1, 3, TOP_K)
QUESTIONS = 30  #: of which a search is clocked
ROUNDS = 3


class SameModel(BaseEmbedding):
    """What `HuggingFaceEmbedding` does, batches of ten included."""

    _model: SentenceTransformer = PrivateAttr()

    def __init__(self, folder):
        super().__init__(model_name=str(folder))
        self._model = SentenceTransformer(str(folder), device="cpu")

    def _get_text_embeddings(self, texts):
        return self._model.encode(texts, normalize_embeddings=True, show_progress_bar=False).tolist()

    def _get_text_embedding(self, text):
        return self._get_text_embeddings([text])[0]

    def _get_query_embedding(self, query):
        return self._get_text_embedding(query)

    async def _aget_query_embedding(self, query):
        return self._get_query_embedding(query)


def is_installed(package):
    return any(distributions(name=package))


def stock_embedding():
    if is_installed("llama-index-embeddings-huggingface"):
        from llama_index.embeddings.huggingface import HuggingFaceEmbedding

        return HuggingFaceEmbedding(str(bundled_folder()), device="cpu")
    return SameModel(bundled_folder())


def stock_storage(folder):
    if is_installed("llama-index-vector-stores-chroma"):
        import chromadb
        from llama_index.vector_stores.chroma import ChromaVectorStore

        collection = chromadb.PersistentClient(str(folder)).create_collection("stock")
        return StorageContext.from_defaults(vector_store=ChromaVectorStore(chroma_collection=collection))
    return StorageContext.from_defaults()


def stock(docs, folder, embedding, count_tokens):
    documents = SimpleDirectoryReader(str(docs), recursive=True).load_data()
    splitter = SentenceSplitter(
        chunk_size=MAX_TOKENS,
        chunk_overlap=int(MAX_TOKENS * OVERLAP_SHARE),
        tokenizer=lambda text: range(count_tokens(text)),
    )
    storage = stock_storage(folder)
    index = VectorStoreIndex.from_documents(
        documents, storage_context=storage, transformations=[splitter], embed_model=embedding
    )
    storage.persist(str(folder / "persisted"))
    return index.as_retriever(similarity_top_k=TOP_K).retrieve, len(index.index_struct.nodes_dict) or None


def ours(docs, folder):
    assistant = Assistant.open(docs, folder, reader="similarity")
    return assistant.search, len(assistant.index.snapshot().passages)


def clocked(work):
    """What work gives, with the seconds that it takes: by the clock, and of the processor."""
    started, busy = time.perf_counter(), time.process_time()
    result = work()
    return result, time.perf_counter() - started, time.process_time() - busy


def recall(search, questions):
    """For each cut, the share of questions whose evidence, or answer, stands in one of the first texts found."""
    ranks = []
    for one in questions:
        texts = [" ".join(text.split()) for text in search(one.question)]
        held = [any(" ".join(part.split()) in text for part in one.evidence or one.answers) for text in texts]
        ranks.append(held.index(True) if True in held else TOP_K)
    return ", ".join(f"recall@{cut} {np.mean(np.array(ranks) < cut):.3f}" for cut in CUTS)


def median_ms(search, questions):
    search("warm")
    return 1000 * float(np.median([clocked(lambda asked=asked: search(asked))[2] for asked in questions]))


def main(docs, questions):
    embedder, embedding = SentenceEmbedder(), stock_embedding()
    embedder.embed(["warm"])
    embedding.get_text_embedding("warm")
    split_document(Document("a", "", "", "Warm. Up."), embedder.count_tokens)
    answerable = [one for one in read_questions(questions) if one.answerable and (one.evidence or one.answers)]
    asked = [one.question for one in answerable][:QUESTIONS]
    ratios = []
    for number in range(ROUNDS):
        with tempfile.TemporaryDirectory() as name:
            (search, passages), seconds, busy = clocked(lambda at=Path(name): ours(docs, at / "ours"))
            (retrieve, nodes), their_seconds, their_busy = clocked(
                lambda at=Path(name): stock(docs, at / "stock", embedding, embedder.count_tokens)
            )
            ratios.append(their_busy / busy)
            print(
                f"round {number + 1}: Footnote {seconds:.1f} s ({busy:.1f} s of the processor), {passages} passages; "
                f"LlamaIndex {their_seconds:.1f} s ({their_busy:.1f}), {nodes} nodes"
            )
            if number == 0:
                mine, theirs = median_ms(search, asked), median_ms(retrieve, asked)
                print(f"a search, median: Footnote {mine:.1f} ms of the processor, LlamaIndex {theirs:.1f}")
                of_ours = recall(lambda asked, search=search: [hit.passage.text for hit in search(asked)], answerable)
                of_theirs = recall(lambda asked, find=retrieve: [node.text for node in find(asked)], answerable)
                print(f"{len(answerable)} questions: Footnote {of_ours}; LlamaIndex {of_theirs}")
    print(f"indexing: LlamaIndex takes {np.median(ratios):.2f} times the processor's time")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:] or (ROOT / "tests" / "documents", ROOT / "tests" / "questions" / "documents.jsonl")))
