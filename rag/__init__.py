"""From a question to an answer that cites exact passages.

from rag import query

answer = query("When did China debut the Wing Loong drone?")
print(answer.text, answer.citations[0].quote)
"""

import os
import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence

from rag.ask import Turn
from rag.assistant import Assistant
from rag.types import Answer, Citation, Claim, ClaimReady, Final, Revised, Stage, Text

__all__ = ["Answer", "Assistant", "Citation", "Claim", "ClaimReady", "Final", "Revised", "Stage", "Text", "query"]

MAX_OPEN = 8  #: assistants that are kept for further calls

_opened: OrderedDict[tuple[object, ...], "_Opened"] = OrderedDict()  # the one used last at the end
_lock = threading.Lock()


class _Opened:
    """An assistant that is opened by the first who holds its lock.

    One that is let go while it answers goes on; its files and memory are free when it is done.
    """

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.assistant: Assistant | None = None


def query(
    question: str,
    *,
    docs: Iterable[str | os.PathLike[str]] | str | os.PathLike[str] | None = None,
    store: str | os.PathLike[str] | None = None,
    chroma: str | None = None,
    engine: str | None = None,
    llm: object = None,
    history: Sequence[Turn] = (),
    top_k: int | None = None,
    min_confidence: float | None = None,
) -> Answer:
    """Answer one question, by default from the documents in `./seeds` or the essay.

    The first call opens an `Assistant`, which takes seconds; later calls with the same `docs`, `store`,
    `engine` and `llm`, from whatever thread, use it again, and index documents that have changed meanwhile, but for
    those of an index on a server.
    The last eight are kept, and share their models.

    Args:
        question: What is asked.
        docs: Files and folders to answer from.
        store: Folder of the index.
        chroma: Address of a Chroma server with an index, which is asked as `footnote index` has left it.
        engine: `extract` makes answers of quotations; `llm` has an LLM write them and verifies what it says.
            By default `llm` if there is one, else `extract`.
        llm: A LlamaIndex LLM, or a spec such as `ollama:model`: see `rag.llm.opening.open_llm`.
        history: Earlier turns, each a question and its answer's text.
        top_k: Number of passages to read.
        min_confidence: Refuse below this probability.

    Raises FootnoteError, by one of its children, for anything that cannot be used.
    """
    if docs is not None:
        docs = (os.fspath(docs),) if isinstance(docs, str | os.PathLike) else tuple(os.fspath(path) for path in docs)
    # What relative paths and the default documents mean depends on the folder the caller stands in.
    named = llm if llm is None or isinstance(llm, str) else id(llm)  # an LLM object need not be hashable; it is kept
    key = (os.getcwd(), docs, store and os.fspath(store), chroma, engine, named)
    with _lock:
        opened = _opened.setdefault(key, _Opened())
        _opened.move_to_end(key)
        while len(_opened) > MAX_OPEN:
            _, longest_unused = _opened.popitem(last=False)
            if longest_unused.assistant:
                longest_unused.assistant.close()
    with opened.lock:
        if opened.assistant is None:
            opened.assistant = Assistant.open(docs, store, chroma=chroma, engine=engine, llm=llm)
        elif chroma is None:
            opened.assistant.sync()
    return opened.assistant.ask(question, history=history, top_k=top_k, min_confidence=min_confidence)
