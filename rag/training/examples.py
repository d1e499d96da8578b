"""Make training examples of questions: contexts like those the reader will see, and hard negatives."""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from index.packing import CountTokens
from index.store.lexical import LexicalIndex
from rag.training.data import Asked, Offsets, Passage, load
from rag.training.recipes import Recipe
from rag.training.values import WORDS
from rag.words import ARTICLES, AUXILIARIES, NAME

SHORT = 300  #: characters; a context below it is mixed with others
NEIGHBOURS = 12  #: of a question, passages looked at for negatives and neighbours

_NAME = re.compile(rf"(?<!^){NAME}")
_NUMBER = re.compile(r"\b\d[\d,.]*\b")
_WORD = re.compile(r"\b[a-z]{5,}\b")
_TOLD = (
    "in the {place} {paper}",
    "according to the {company} {paper}",
    "in our {paper}",
    "according to the {paper}",
    "in the {paper} that {company} sent",
    "- {place} {paper}",
    "for the {paper} at {place}",
)
_PAPERS = "article report minutes handbook notes contract letter policy document guide newsletter study".split()
_FILLERS = ARTICLES | AUXILIARIES | set("by for in it its of on that to which with".split())


@dataclass(frozen=True, slots=True)
class Example:
    """A question, a context with its title, and the answer's place in the context; None if it has none."""

    question: str
    title: str
    context: str
    answer: Offsets | None
    asked: str = ""  #: names the question, if it is asked of other contexts too
    also: tuple[Offsets, ...] = ()  #: what else in the context is a part of the answer, or is one by itself


def questions_for(recipe: Recipe, data: Path, count_tokens: CountTokens, held_out: set[int], seed: int) -> list[Asked]:
    """The questions of `train.jsonl.gz` in `data` that a recipe takes, those on held-out texts left out."""
    return load(
        data / "train.jsonl.gz",
        count_tokens,
        caps=dict(recipe.caps),
        default_cap=recipe.default_cap,
        held_out=held_out,
        seed=seed,
    )


def make_examples(asked: Sequence[Asked], recipe: Recipe, seed: int, *, negatives: bool = True) -> list[Example]:
    """All examples of a recipe, in random order; the same for the same seed."""
    passages = list(dict.fromkeys(passage for one in asked for passage in one.passages))
    search = _Search(passages)
    examples: list[Example] = []
    for number, one in enumerate(tqdm(asked, desc="making examples", mininterval=5)):
        rng = random.Random(f"{seed} {number}")
        for example in _of_question(one, recipe, search, rng):
            if negatives or example.answer:
                examples.append(_as_typed(example, recipe, rng))
    random.Random(seed).shuffle(examples)
    return examples


class _Search:
    """Passages that share a question's words."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = passages
        self._lexical = LexicalIndex([passage.text for passage in passages])

    def without_answer(self, one: Asked, *, short: bool = False) -> list[Passage]:
        """Best first; none that holds an answer, as far as its text tells."""
        scores = self._lexical.scores(one.question)
        most = min(NEIGHBOURS * (4 if short else 1), len(scores))
        nearest = np.argpartition(-scores, most - 1)[:most]
        found = [self._passages[i] for i in nearest[np.argsort(-scores[nearest])]]
        return [
            passage
            for passage in found
            if passage not in one.passages
            and not _holds(passage.text, one.texts)
            and (not short or len(passage.text) < SHORT)
        ]


def _of_question(one: Asked, recipe: Recipe, search: _Search, rng: random.Random) -> Iterator[Example]:
    if not one.answers:
        passage = rng.choice(one.passages)
        yield Example(one.question, _title(passage, recipe, rng), passage.text, None)
        return
    number, answer = rng.choice(one.answers)
    passage = one.passages[number]
    mixed = len(passage.text) < SHORT and rng.random() < recipe.neighbours
    neighbours = search.without_answer(one, short=True)[:6] if mixed else []
    if neighbours:
        before = rng.sample(neighbours, min(len(neighbours), rng.randint(1, 4)))
        yield _among(one.question, passage, answer, before, rng)
    else:
        text, place = _cropped(passage, answer, rng) if rng.random() < recipe.cropped else (passage.text, answer)
        others = tuple(offsets for at, offsets in one.answers if at == number and text == passage.text)
        yield Example(one.question, _title(passage, recipe, rng), text, place, also=others)
    draw = rng.random()
    if draw < recipe.retrieved:
        found = search.without_answer(one)[:5]
        if found:
            other = rng.choice(found)
            yield Example(one.question, _title(other, recipe, rng), other.text, None)
    elif draw < recipe.retrieved + recipe.removed:
        rest = _without_answer(passage, one)
        if rest:
            yield Example(one.question, _title(passage, recipe, rng), rest, None)
    elif draw < recipe.retrieved + recipe.removed + recipe.swapped:
        question = _about_another(one.question, passage, answer, search, one, rng)
        if question:
            yield Example(question, _title(passage, recipe, rng), passage.text, None)


def _title(passage: Passage, recipe: Recipe, rng: random.Random) -> str:
    return passage.title if rng.random() < recipe.titled else ""


def _among(question: str, passage: Passage, answer: Offsets, others: list[Passage], rng: random.Random) -> Example:
    """A short context somewhere among others."""
    texts = [other.text for other in others]
    at = rng.randint(0, len(texts))
    before = "".join(f"{text} " for text in texts[:at])
    context = " ".join([*texts[:at], passage.text, *texts[at:]])
    return Example(question, "", context, (len(before) + answer[0], len(before) + answer[1]))


def _cropped(passage: Passage, answer: Offsets, rng: random.Random) -> tuple[str, Offsets]:
    """Some sentences around the answer."""
    inside = [n for n, (start, end) in enumerate(passage.sentences) if start < answer[1] and answer[0] < end]
    if not inside:
        return passage.text, answer
    first, last = rng.randint(0, inside[0]), rng.randint(inside[-1], len(passage.sentences) - 1)
    start = min(passage.sentences[first][0], answer[0])
    end = max(passage.sentences[last][1], answer[1])
    return passage.text[start:end], (answer[0] - start, answer[1] - start)


def _without_answer(passage: Passage, one: Asked) -> str | None:
    """The passage without the sentences that hold an answer; None if too little of it is left."""
    sentences = [passage.text[start:end] for start, end in passage.sentences]
    kept = [sentence for sentence in sentences if not _holds(sentence, one.texts)]
    text = " ".join(kept)
    return text if 2 <= len(kept) < len(sentences) and not _holds(text, one.texts) else None


def _about_another(
    question: str, passage: Passage, answer: Offsets, search: _Search, one: Asked, rng: random.Random
) -> str | None:
    """The question with a name or number that its passage also has swapped for another one."""
    pattern = rng.choice((_NAME, _NUMBER))
    asked = [match for match in pattern.finditer(question) if match.group() in passage.text]
    if not asked:
        return None
    swapped = rng.choice(asked)
    own = set(re.findall(r"\w+", f"{question} {passage.text[slice(*answer)]}".lower()))
    # Half of them from the passage itself: there is something to say of it, but not what is asked.
    sources = [passage.text] if rng.random() < 0.5 else [other.text for other in search.without_answer(one)]
    others = [match.group() for text in sources for match in pattern.finditer(text)]
    others = [name for name in others if own.isdisjoint(re.findall(r"\w+", name.lower()))]
    if not others:
        return None
    return f"{question[: swapped.start()]}{rng.choice(others)}{question[swapped.end() :]}"


def _as_typed(example: Example, recipe: Recipe, rng: random.Random) -> Example:
    """The question as people type it into a chat, now and then."""
    question = _told_of_what(example.question, recipe.told)
    if rng.random() < recipe.no_question_mark:
        question = question.rstrip("?").rstrip()
    if rng.random() < recipe.keywords:
        question = " ".join(word for word in question.rstrip("?").split() if word.lower() not in _FILLERS)
    words = list(_WORD.finditer(question))
    if words and rng.random() < recipe.misspelt:
        at = rng.choice(words).start() + rng.randint(1, 3)
        question = question[:at] + question[at + 1] + question[at] + question[at + 2 :]
    return replace(example, question=question or example.question)


def _told_of_what(question: str, share: float) -> str:
    """The question with what it is about in front or behind, now and then; always so, or never, with the same words."""
    rng = random.Random(f"told {question}")
    if rng.random() >= share:
        return question
    words = {name: rng.choice(WORDS[name]) for name in ("place", "company")}
    about = rng.choice(_TOLD).format(paper=rng.choice(_PAPERS), **words)
    mark = "?" if question.rstrip().endswith("?") else ""
    return f"{question.rstrip().rstrip('?')} {about}{mark}"


def _holds(text: str, answers: Sequence[Any]) -> bool:
    plain = f" {_plain(text)} "
    return any(f" {_plain(answer)} " in plain for answer in answers if _plain(answer))


def _plain(text: str) -> str:
    return " ".join(word for word in re.findall(r"\w+", text.lower()) if word not in ("a", "an", "the"))
