"""What programs may call: `ask`, `search` and `verify`, endpoints of the chat and its MCP tools."""

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from gradio.events import api

from app.web.visible import public, refresh, told
from index.errors import AnswerError

if TYPE_CHECKING:
    from rag.assistant import Assistant
    from rag.types import Answer

# Of an answer to verify. Each quote is looked for in every document.
MAX_ANSWER_CHARS = 500_000  #: of its JSON; real ones have some ten thousand
MAX_CITATIONS = 100  #: and as many claims; real ones have a dozen
MAX_QUOTE_CHARS = 5_000  #: of one quote, or claim; real ones have some hundred


def add_endpoints(current: "Callable[[], Assistant]", *, at_once: int) -> None:
    """Add the endpoints to the `gr.Blocks` that is being laid out. Their docstrings are what clients are shown.

    Args:
        current: Gives who answers programs now, which need not be the same each time.
        at_once: Calls of one endpoint that are served at the same time.
    """

    def ask(
        question: str,
        history: list[list[str]] | None = None,
        top_k: int | None = None,
        min_confidence: float | None = None,
        documents: list[str] | None = None,
    ) -> dict[str, Any]:
        """Answer a question from the user's own documents, quoting and citing the exact passages.

        The answer is made only of what the documents say. Its `text` carries markers such as [1]; each entry of
        `citations` has the marker's number, the quote and the document with its offsets. If the documents do not
        hold the answer, `status` is "abstained" and `nearest` lists the sentences nearest to the question.

        Args:
            question: One question, in English, such as "When did China debut the Wing Loong drone?".
            history: Earlier [question, answer text] pairs that this question may refer to, oldest first.
            top_k: How many passages to search for, at most 100; leave out for the default.
            min_confidence: Abstain below this probability, 0 to 1; leave out for the default.
            documents: Ask these only: document ids, or folders of them such as "notes/"; leave out to ask all.
        """
        turns: Any = [] if history is None else history  # checked by the assistant: a client may send anything
        with told():
            answer = _refreshed(current, documents).ask(
                question, history=turns, top_k=top_k, min_confidence=min_confidence
            )
            return public(answer).to_dict()

    def search(
        question: str,
        history: list[list[str]] | None = None,
        top_k: int | None = None,
        documents: list[str] | None = None,
    ) -> list[dict[str, Any]]:
        """Find the passages of the user's own documents that are nearest to a question, best first.

        Each has its `passage`, which is the exact `text` with the document and the offsets where it stands, its
        `rank` from 1, and its `score`, which compares the passages of this question only. Use `ask` for an answer.

        Args:
            question: What to look for, in English: a question, or a few words.
            history: Earlier [question, answer text] pairs that this question may refer to, oldest first.
            top_k: How many passages to find, at most 100; leave out for the default.
            documents: Search these only: document ids, or folders of them such as "notes/"; leave out to search all.
        """
        turns: Any = [] if history is None else history
        with told():
            found = _refreshed(current, documents).search(question, history=turns, top_k=top_k)
            return [asdict(hit) for hit in found]

    def verify(answer: dict[str, Any]) -> dict[str, Any]:
        """Check whether a saved answer still holds: do its quotations stand in the documents as they are today?

        `state` is the worst that is the matter: "holds", "changed" (a document no longer says what is quoted),
        "gone" (a document is no longer there) or "inconsistent" (the answer contradicts itself, so that it was
        altered after it was made; `problems` says in what). Each entry of `quotes` has its own `state`, which may
        also be "moved": the quote holds, and stands elsewhere in its document now, at `start` to `end`.

        Args:
            answer: The whole JSON object that `ask` gave.
        """
        from rag.verify.recheck import recheck
        from rag.verify.saved import saved_answer, to_dict

        with told():
            try:
                if len(json.dumps(answer)) > MAX_ANSWER_CHARS:
                    raise ValueError(f"it has more than {MAX_ANSWER_CHARS:,} characters")
                saved = saved_answer(json.dumps(answer))
                if saved.answer is None:
                    raise ValueError("it tells of an error")
                _check_size(saved.answer)
            except ValueError as error:
                raise AnswerError(f"This is no answer that `ask` gave: {error}.") from None
            # Never the files that the answer names: whoever sends it could have this machine's files read so.
            return to_dict(saved, recheck(saved.answer, _refreshed(current).documents))

    for endpoint in (ask, search, verify):
        api(endpoint, api_name=endpoint.__name__, concurrency_limit=at_once)


def _refreshed(current: "Callable[[], Assistant]", documents: list[str] | None = None) -> "Assistant":
    assistant = current()
    refresh(assistant)
    return assistant if documents is None else assistant.among(documents)


def _check_size(answer: "Answer") -> None:
    """Raises ValueError for an answer that would take long to look into."""
    for name, texts in (
        ("citations", [cited.quote for cited in answer.citations]),
        ("claims", [claim.text for claim in answer.claims]),
    ):
        if len(texts) > MAX_CITATIONS:
            raise ValueError(f"it has more than {MAX_CITATIONS} {name}")
        if any(len(text) > MAX_QUOTE_CHARS for text in texts):
            raise ValueError(f"one of its {name} has more than {MAX_QUOTE_CHARS:,} characters")
