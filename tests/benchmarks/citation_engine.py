"""Answers of LlamaIndex's CitationQueryEngine, to be scored beside Footnote's.

    python -m tests.benchmarks.citation_engine MODEL.gguf ANSWERS.jsonl [--questions SET] [--docs FOLDER] [--every N]
    footnote eval --answers ANSWERS.jsonl
    footnote eval ANSWERS.asked.jsonl [--llm gguf:MODEL.gguf]

The engine is as LlamaIndex sets it up, three sources of at most 512 tokens, over passages embedded by the model that
Footnote embeds with. Answers that the file has already are not asked for again. The share that hold what they must is
printed; what the documents bear out of them the second command tells. The questions are written beside the answers:
they are for the third, which asks them of Footnote.
"""

import argparse
import json
import re
from pathlib import Path

from llama_index.core import Document, VectorStoreIndex
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.query_engine import CitationQueryEngine

from index.embedding import SentenceEmbedder
from index.files.finding import load_documents
from rag.evaluation.questions import read_questions
from rag.llm.gguf import GGUF


class Bundled(BaseEmbedding):
    """Footnote's own embedder."""

    def _get_text_embedding(self, text):
        return EMBEDDER.embed([text])[0].tolist()

    def _get_query_embedding(self, query):
        return EMBEDDER.embed_query(query).tolist()

    async def _aget_query_embedding(self, query):
        return self._get_query_embedding(query)


EMBEDDER = SentenceEmbedder()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("answers", type=Path)
    parser.add_argument("--questions", type=Path, default=Path("tests/questions/essay.jsonl"))
    parser.add_argument("--docs", type=Path, default=Path("seeds"))
    parser.add_argument("--every", type=int, default=1, help="ask every n-th question")
    options = parser.parse_args()
    questions = [one for one in read_questions(options.questions)[:: options.every] if not one.history]
    lines = options.questions.read_text(encoding="utf-8").splitlines(keepends=True)
    asked = {question.id for question in questions}
    options.answers.with_suffix(".asked.jsonl").write_text(
        "".join(line for line in lines if json.loads(line)["id"] in asked), encoding="utf-8"
    )
    known = options.answers.read_text(encoding="utf-8").splitlines() if options.answers.is_file() else []
    said = {line["id"]: line["response"] for line in map(json.loads, known)}
    if any(question.id not in said for question in questions):
        documents = [
            Document(text=one.text, metadata={"title": one.title}) for one in load_documents([options.docs])[0]
        ]
        index = VectorStoreIndex.from_documents(documents, embed_model=Bundled())
        engine = CitationQueryEngine.from_args(index, llm=GGUF(options.model), similarity_top_k=3)
        with options.answers.open("a", encoding="utf-8") as file:
            for question in (one for one in questions if one.id not in said):
                response = engine.query(question.question)
                said[question.id] = str(response)
                line = {
                    "id": question.id,
                    "category": question.category,
                    "user_input": question.question,
                    "response": said[question.id],
                    "retrieved_contexts": [source.node.get_content() for source in response.source_nodes],
                }
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
                file.flush()
    due = [one for one in questions if one.answerable and one.must]
    right = sum(all(re.search(pattern, said[one.id], re.I) for pattern in one.must) for one in due)
    print(f"holds what it must: {right / len(due):.3f} of {len(due)}")


if __name__ == "__main__":
    main()
