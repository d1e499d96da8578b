"""What programs may call: `/ask`, an endpoint of the chat and its one MCP tool."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import gradio as gr

from index.errors import FootnoteError

if TYPE_CHECKING:
    from rag.pipeline import Assistant


def ask_endpoint(assistant: "Assistant") -> Callable[..., dict[str, Any]]:
    """The function behind `/ask`; its docstring is what API pages and MCP clients show."""

    def ask(
        question: str,
        history: list[list[str]] | None = None,
        top_k: int | None = None,
        min_confidence: float | None = None,
    ) -> dict[str, Any]:
        """Answer a question from the user's own documents, quoting and citing the exact passages.

        The answer is made only of what the documents say. Its `text` carries markers such as [1]; each entry of
        `citations` has the marker's number, the quote and the document with its offsets. If the documents do not
        hold the answer, `status` is "abstained" and `hits` lists the nearest passages.

        Args:
            question: One question, in English, such as "When did China debut the Wing Loong drone?".
            history: Earlier [question, answer text] pairs that this question may refer to, oldest first.
            top_k: How many passages to search for; leave out for the default.
            min_confidence: Abstain below this probability, 0 to 1; leave out for the default.
        """
        turns: Any = [] if history is None else history  # checked by the assistant: a client may send anything
        try:
            assistant.refresh()
            return assistant.ask(question, history=turns, top_k=top_k, min_confidence=min_confidence).to_dict()
        except FootnoteError as error:
            raise gr.Error(str(error), print_exception=False) from error

    return ask
