"""Questions written for Footnote, on whole documents: lists, reasons, comparisons, summaries, follow-ups, near misses.

The public data sets ask for short facts of single paragraphs. These are asked of documents of some pages, as the index
finds their passages; some of those are price lists, forms, mails and the like, their rows as the index writes them.
"""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from itertools import accumulate
from pathlib import Path
from typing import Any

from tqdm import tqdm

from index.embedding import SentenceEmbedder
from index.store.passage_index import PassageIndex
from index.store.snapshot import Snapshot
from index.types import Passage
from rag.ask.conversation import contextualise
from rag.jsonlines import read_lines
from rag.read.context import contexts
from rag.read.reader import place_read
from rag.read.retrieve import retrieve
from rag.read.sentences import headings_above
from rag.read.told import told
from rag.training.data import SHINGLE, Offsets, shingles
from rag.training.dev import Held, indexed
from rag.training.examples import Example

FOLDER = Path(__file__).parent / "written"
ARTICLES = ("squad_v1.1_train_part", "squad_v1.1_dev_only", "squad_v2_dev")  #: sources that hold articles asked about
FOUND = 8  #: passages of a question that are looked at
MOST_POSITIVES = 2  #: passages of a question that hold an answer
NEGATIVES = {True: 3, False: 4}  #: passages that hold none, of an answerable question and of another
ARTICLE_CHARS = 21_002  #: of an article, blank lines and all, that were read when its questions were written


def read_written(
    part: str,
    data: Path,
    embedder: SentenceEmbedder,
    held_out: Set[int] = frozenset(),
    *,
    most: tuple[int, int] | None = None,
    seed: int = 0,
) -> list[Held]:
    """The documents of a part with their questions; follow-ups with what they follow carried over.

    Args:
        part: `train`, `rows` (on tables, forms, mail and documentation), `reasons` (on causes beside damage, outcome
            and findings, and on one among neighbours that tell nearly the same), `particulars` (yes or no, who and
            when of a document itself, and what to do in a case), `misses` (on one among like records, rows, periods
            and arms, and nearly the same of what is not told), `neighbours` (in other words than the text has, where
            a place that does not answer shares more of them), `everyday` (in none of the words of the sentence that
            answers), `tempting` (half on what is not told, though something like it is) or `dev`; none of the last
            one's documents is in the others.
        data: Folder with `train.jsonl.gz`, of which articles are made that are asked about.
        embedder: What tells which earlier word a question cut short is about.
        held_out: Shingles of texts that must not be trained on; documents that share some are left out.
        most: How many documents to take, and questions of each; all by default.
        seed: Of that choice.
    """
    asked: dict[str, list[tuple[str, tuple[Offsets, ...]]]] = defaultdict(list)
    families: dict[str, str] = {}
    for one in _lines(part, most, seed):
        history = [(one["after"], "")] if "after" in one else []
        question = contextualise(one["question"], history, embedder).text
        families[one["document"]] = one.get("family", "")
        asked[one["document"]].append((question, tuple((start, end) for start, end in one["answers"])))
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted((FOLDER / "documents").iterdir())}
    texts |= _articles(data / "train.jsonl.gz", asked.keys() - texts.keys())
    shared = {name for name in asked if not held_out.isdisjoint(shingles(texts[name]))}
    print(f"{len(shared)} of {len(asked)} documents share {SHINGLE} words with a held-out text and are left out")
    return [
        Held(Path(name).stem, texts[name], tuple(questions), Path(name).suffix, families[name])
        for name, questions in sorted(asked.items())
        if name not in shared
    ]


def read_kinds(part: str) -> dict[str, str]:
    """What kind each question of a part is of; follow-ups by their words before anything is carried over."""
    return {line["question"]: line["kind"] for line in _lines(part, None, 0)}


def examples_as_found(documents: Sequence[Held], embedder: SentenceEmbedder, seed: int) -> Iterator[Example]:
    """Each question with passages that the index finds for it: some that hold an answer, and some that do not.

    A document is searched alone, or with its family.
    """
    shelves: dict[str, list[Held]] = defaultdict(list)
    for document in documents:
        shelves[document.family or document.file].append(document)
    for shelf in tqdm(shelves.values(), desc="finding passages"):
        with indexed(shelf, embedder) as index:
            for document in shelf:
                for question, answers in document.questions:
                    asked = f"{document.name} {question}"
                    rng = random.Random(f"{seed} {asked}")
                    read = list(_as_read(question, document, answers, index, embedder))
                    holding = [one for one in read if one[2]]
                    for title, context, inside in rng.sample(holding, min(MOST_POSITIVES, len(holding))):
                        yield Example(question, title, context, rng.choice(inside), asked, tuple(inside))
                    for title, context, _ in [one for one in read if not one[2]][: NEGATIVES[bool(answers)]]:
                        yield Example(question, title, context, None, asked)


def _as_read(
    question: str, document: Held, answers: Sequence[Offsets], index: PassageIndex, embedder: SentenceEmbedder
) -> Iterator[tuple[str, str, list[Offsets]]]:
    """The passages found, as the reader is given them: each with its title, and where the answers stand in it.

    Those that hold a part of an answer are left out.
    """
    snapshot, hits = retrieve(question, index, embedder, FOUND)
    for hit, around in zip(hits, contexts(question, hits, snapshot), strict=True):
        own = answers if hit.passage.document_id == document.file else ()
        title, context, inside = _read(hit.passage, around.heading, own, snapshot)
        if inside or not any(hit.passage.start < end and start < hit.passage.end for start, end in own):
            yield title, context, inside


def _read(
    passage: Passage, above: str, answers: Sequence[Offsets], snapshot: Snapshot
) -> tuple[str, str, list[Offsets]]:
    """The title and context as which a passage is read, and where in that context the answers stand.

    Where the heading right above it holds one, that is the first line of the context.
    """
    document = snapshot.documents[passage.document_id]
    reading = told(passage, document)
    inside = [
        reading.place(start - passage.start, end - passage.start)
        for start, end in answers
        if passage.start <= start and end <= passage.end
    ]
    for position in headings_above(passage, document):
        one = document.sentences[position]
        begin, stop = place_read(document, one, passage, above)
        if begin < stop and stop - begin == one.end - one.start:
            shift = begin - one.start
            inside += [(start + shift, end + shift) for start, end in answers if one.start <= start and end <= one.end]
    if all(start >= 0 for start, _ in inside):
        return above, reading.text, inside
    title, _, line = above.rpartition("\n")
    shift = len(line) + 1
    return title, f"{line}\n{reading.text}", [(start + shift, end + shift) for start, end in inside]


def _lines(part: str, most: tuple[int, int] | None, seed: int) -> list[dict[str, Any]]:
    lines = list(read_lines(FOLDER / f"{part}.jsonl"))
    if most is None:
        return lines
    by_document: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in lines:
        by_document[line["document"]].append(line)
    documents, questions = most
    rng = random.Random(f"{seed} written")
    chosen = rng.sample(sorted(by_document), min(documents, len(by_document)))
    return [line for name in chosen for line in rng.sample(by_document[name], min(questions, len(by_document[name])))]


def _articles(path: Path, names: Set[str]) -> dict[str, str]:
    """Articles made of the first contexts of a title, as they come in the data."""
    contexts: dict[str, dict[str, None]] = defaultdict(dict)
    for line in read_lines(path):
        if f"{line['title']}.txt" in names and line["source"] in ARTICLES:
            contexts[f"{line['title']}.txt"].setdefault(line["context"])
    texts = {}
    for name, parts in contexts.items():
        paragraphs = [f"{part}\n\n" for part in parts]
        until = accumulate(map(len, paragraphs))
        texts[name] = "".join(one for one, end in zip(paragraphs, until, strict=True) if end <= ARTICLE_CHARS)
    return texts
