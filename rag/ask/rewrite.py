"""Follow-up questions, rewritten by an LLM so that they stand alone; what it adds must be from the conversation."""

import re
from collections.abc import Sequence

from index.errors import LLMError
from rag.ask.query import Turn
from rag.llm.patience import Talk
from rag.llm.prompts import fill
from rag.markers import without_markers
from rag.words import content

MAX_TURNS = 3  #: that the model is shown
MAX_ANSWER_CHARS = 400  #: of each answer
MAX_GROWTH = 200  #: characters that a rewritten question may be longer
KEPT = 0.5  #: of the question's own words, at the least

_LABEL = re.compile(r"\W*(?:rewritten question|question|rewritten)\s*:\s*", re.I)


def rewrite(talk: Talk, question: str, history: Sequence[Turn]) -> str | None:
    """The question as one that stands alone, by the model; None where that goes wrong."""
    turns = history[-MAX_TURNS:]
    conversation = "\n".join(f"Question: {asked}\nAnswer: {_shortened(answer)}" for asked, answer in turns)
    try:
        reply = talk.ask(fill("rewrite.system"), fill("rewrite.user", conversation=conversation, question=question))
    except LLMError:  # it is said when the model is asked for the answer
        return None
    rewritten = _LABEL.sub("", next((line for line in reply.splitlines() if line.strip()), "")).strip(" \"'“”*")
    return rewritten if rewritten and is_faithful(rewritten, question, turns) else None


def is_faithful(rewritten: str, question: str, history: Sequence[Turn]) -> bool:
    """Whether a rewritten question still asks what was asked, adding words of the conversation and no others."""
    if len(rewritten) > len(question) + MAX_GROWTH or not rewritten.endswith("?"):
        return False
    own, new = content(question), content(rewritten)
    said = own.union(*(content(f"{asked} {without_markers(answer)}") for asked, answer in history))
    return bool(new - own) and new <= said and len(own & new) >= KEPT * len(own)


def _shortened(answer: str) -> str:
    text = without_markers(answer)
    return text if len(text) <= MAX_ANSWER_CHARS else text[:MAX_ANSWER_CHARS].rsplit(" ", 1)[0] + " …"
