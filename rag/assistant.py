"""Assistant: the whole way from a question to a cited answer."""

import copy
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from index.embedding import Embedder, SentenceEmbedder
from index.errors import DocumentError
from index.files.finding import resolve_paths
from index.sharing import shared
from index.store.joined import JoinedIndex
from index.store.narrowed import Index, NarrowedIndex
from index.store.opening import PathLike, open_index
from index.store.passage_index import PassageIndex
from index.store.snapshot import Snapshot
from index.store.sync import SyncReport
from index.store.writer import Progress
from index.types import Document, Hit
from rag.about.documents import about_documents
from rag.about.overview import MOST_DOCUMENTS
from rag.about.topic import tell_of
from rag.ask import Query, Turn, understand
from rag.ask.checks import check_history, check_names, check_probability, check_question, check_top_k
from rag.ask.conversation import contextualise
from rag.ask.spelling import read_once, respelt
from rag.clock import Clock
from rag.read.alone import or_alone
from rag.read.choosing import MAX_QUOTES, choose_quotations
from rag.read.evidence import Found, Reader
from rag.read.parts import read_parts
from rag.read.reader import open_reader
from rag.read.reading import read_passages
from rag.read.retrieve import retrieve
from rag.types import Answer, Event, Final, Stage
from rag.write.beside import whole_answer
from rag.write.opening import open_writer
from rag.write.quoting import Quoting

if TYPE_CHECKING:
    from rag.write.generate import LLMWriter

SEARCHED = 8  #: passages that a search gives by default


class Assistant:
    """Answers questions from documents. Open one with `Assistant.open`; threads may share it."""

    def __init__(
        self,
        index: PassageIndex,
        embedder: Embedder,
        reader: Reader,
        *,
        docs: Sequence[Path] = (),
        start: Sequence[Path] = (),
        min_confidence: float | None = None,
        writer: "LLMWriter | None" = None,
    ) -> None:
        """Answer from `index`, which begins with `start` and always holds `docs`.

        Answers less probable than `min_confidence` are refused; by default the reader says where that is. Without a
        `writer` they are made of quotations.
        """
        self.index: Index = index
        self.min_confidence = reader.min_confidence if min_confidence is None else min_confidence
        self._docs = tuple(docs)
        self._start = tuple(start)
        self.embedder = embedder
        self.reader = reader
        self.writer = writer

    @classmethod
    def open(
        cls,
        docs: Iterable[PathLike] | PathLike | None = None,
        store: PathLike | None = None,
        *,
        chroma: str | None = None,
        engine: str | None = None,
        llm: object = None,
        strict: bool = False,
        embedder: str | None = None,
        reader: str | None = None,
        sync: bool = True,
        progress: Progress | None = None,
        on_wait: Callable[[], None] | None = None,
    ) -> "Assistant":
        """Open an assistant, its index brought in step with the documents first.

        Args:
            docs: Files and folders to answer from; by default what the store holds, else `./seeds`
                if there is one, else the essay that comes with Footnote.
            store: Folder of the index; by default one per set of documents in the user's data folder.
            chroma: Address of a Chroma server with an index, which is asked as `footnote index` has left it.
            engine: `extract` makes answers of quotations; `llm` has an LLM write them and verifies what it says.
                By default `llm` if there is one, else `extract`.
            llm: A LlamaIndex LLM, or a spec such as `ollama:model`: see `rag.llm.opening.open_llm`.
            strict: Whether sentences of the LLM's that the documents do not support are withheld, not flagged.
            embedder: Name or folder of a sentence-transformers model instead of the bundled one.
            reader: `base` (the default where it is installed) or `small`, see `rag.read.reader.open_reader`; the name
                or folder of another extractive question-answering model, or of an adapter; `similarity` has no model.
            sync: Whether to look for changed documents now.
            progress: Called as passages are embedded.
            on_wait: Called once if another process is writing the index.

        Raises FootnoteError, by one of its children, if anything named cannot be used.
        """
        model = shared(SentenceEmbedder, embedder)
        writer = open_writer(engine, llm, model, strict=strict)
        index, paths, start = open_index(docs, store, chroma, model)
        assistant = cls(index, model, shared(open_reader, reader, model), docs=paths, start=start, writer=writer)
        if sync and chroma is None:
            assistant.sync(progress=progress, on_wait=on_wait)
        return assistant

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        top_k: int | None = None,
        min_confidence: float | None = None,
    ) -> Answer:
        """Answer one question.

        Args:
            question: What is asked, at most 10,000 characters.
            history: Earlier turns of the conversation, each a question and its answer's text.
            top_k: Number of passages to read; 16 by default, 8 for an LLM.
            min_confidence: Refuse below this probability, instead of the default.

        Raises QuestionError for an empty or overlong question.
        """
        for event in self.stream(question, history=history, top_k=top_k, min_confidence=min_confidence):
            if isinstance(event, Final):
                return event.answer
        raise AssertionError("a stream ends with Final")

    def stream(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        top_k: int | None = None,
        min_confidence: float | None = None,
    ) -> Iterator[Event]:
        """Answer one question step by step; the last event is `Final` with what `ask` returns."""
        asked, history = check_question(question), check_history(history)
        threshold = self.min_confidence if min_confidence is None else check_probability(min_confidence)
        clock = Clock()
        yield Stage("retrieve")
        writing = self.writer.begin() if self.writer else Quoting()
        passages = writing.passages if top_k is None else check_top_k(top_k)
        snapshot = self.index.snapshot()
        question, both_ways = read_once(respelt(asked, snapshot) or asked, asked, snapshot)
        query = understand(question, history, snapshot, self.embedder, writing.rewrite).written(both_ways)
        if query.kind == "small talk":
            clock.lap("retrieve")
            yield Final(Answer(asked, query.reply, "abstained", None, 0.0, engine="reply", timings=clock.timings))
            return
        look_at = partial(about_documents, index=self.index, embedder=self.embedder, reader=self.reader)
        look_at = partial(look_at, snapshot=snapshot, top_k=passages, threshold=threshold)
        about = look_at(query)
        if not about:
            snapshot, hits = retrieve(
                query.searched, self.index, self.embedder, passages, edges=True, section=query.section
            )
        clock.lap("retrieve")
        yield Stage("read")
        found = about or self._read(query, hits, snapshot, look_at, passages, threshold)
        if query.leans_on and not (about or query.parts):
            read = partial(self._read, look_at=look_at, passages=passages, threshold=threshold)
            query, found = or_alone(query, found, self.index, self.embedder, passages, read)
        clock.lap("read")
        yield Stage("write")
        most = MOST_DOCUMENTS if about else MAX_QUOTES
        quotations = None
        if found.reading.confidence >= threshold:
            of_two, of_steps = query.is_of_two, query.kind == "way"
            quotations = choose_quotations(found.reading.candidates, most, of_two=of_two, of_steps=of_steps)
        draft = yield from writing.write(query, found.hits, found.snapshot, quotations, found.reading)
        clock.lap("write")
        if not about and draft.engine != "extract":
            found = replace(found, notices=())  # the LLM may have found what the reader did not
        yield Final(whole_answer(asked, question, query, found, draft, clock.timings, self.embedder))

    def _read(
        self,
        query: Query,
        hits: list[Hit],
        snapshot: Snapshot,
        look_at: Callable[[Query], Found | None],
        passages: int,
        threshold: float,
    ) -> Found:
        """What the passages found say: to each part of the question, of its topic, or to the question itself."""
        in_parts = read_parts(query, self.index, self.embedder, self.reader, look_at, passages, threshold)
        if found := in_parts or tell_of(query, hits, snapshot, self.embedder, threshold):
            return found
        reading = read_passages(query, hits, snapshot, self.reader, self.embedder)
        return tell_of(query, hits, snapshot, self.embedder, threshold, reading) or Found(hits, reading, snapshot)

    def search(self, question: str, *, history: Sequence[Turn] = (), top_k: int | None = None) -> list[Hit]:
        """The passages found for a question, best first. Raises QuestionError as `ask` does."""
        query = contextualise(check_question(question), check_history(history), self.embedder)
        passages = SEARCHED if top_k is None else check_top_k(top_k)
        return retrieve(query.text, self.index, self.embedder, passages)[1]

    def sync(
        self,
        add: Iterable[PathLike] = (),
        *,
        remove: Iterable[PathLike] = (),
        rebuild: bool = False,
        progress: Progress | None = None,
        on_wait: Callable[[], None] | None = None,
    ) -> SyncReport:
        """Bring the index in step with the documents, also one of another version; see `PassageIndex.sync`."""
        roots = [*self._docs, *resolve_paths(add)]
        # What is gone from the disk must be removable too, so it is not looked for.
        dropped = [Path(path).expanduser().resolve() for path in remove]
        if self.index.is_new and not dropped:
            roots.extend(self._start)
        return self.index.sync(roots, remove=dropped, rebuild=rebuild, upgrade=True, progress=progress, on_wait=on_wait)

    def refresh(self) -> None:
        """Index what has changed, if anything, unless another process is at it, or a server holds the index."""
        self.index.refresh(self._docs)

    def beside(self, own: PassageIndex) -> "Assistant":
        """An assistant with the same models and settings that answers from `own`, too, while this one does not."""
        if not isinstance(self.index, PassageIndex):
            raise TypeError("an index is joined to one other only")
        other = copy.copy(self)
        other.index = JoinedIndex(self.index, own)
        return other

    def among(self, names: Iterable[str]) -> "Assistant":
        """An assistant with the same models and settings that answers as if there were no other documents than these.

        Args:
            names: Ids of documents, or folders of their ids with a slash at the end, such as `notes/`.

        Answers tell which of them are gone. Raises DocumentError if all are, or none is named.
        """
        other = copy.copy(self)
        other.index = NarrowedIndex(self.index, check_names(names))
        if not other.documents:
            raise DocumentError("None of the documents chosen is there any more; choose others.")
        return other

    def warm_up(self) -> None:
        """Load the models now instead of at the first question, and open the index meanwhile."""
        for library in ("torch", "chromadb"):  # one by one: threads that import wait for each other
            import_module(library)
        with ThreadPoolExecutor(max_workers=1) as pool:
            opened = pool.submit(lambda: self.index.snapshot().lexical)
            self.embedder.embed(["warm"])
            self.reader.warm_up()
            opened.result()

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents that answers are made from."""
        return tuple(indexed.document for indexed in self.index.snapshot().documents.values())

    def document(self, document_id: str) -> Document:
        """One document by its id. Raises DocumentError if there is none."""
        indexed = self.index.snapshot().documents.get(document_id)
        if indexed is None:
            raise DocumentError(f"There is no document {document_id!r}; `footnote doctor` lists those there are.")
        return indexed.document

    def close(self) -> None:
        """Release the index's files."""
        self.index.close()

    def __enter__(self) -> "Assistant":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()
