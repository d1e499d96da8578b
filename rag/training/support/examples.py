"""Claims with evidence that does or does not support them: from data sets, from answered questions, from sentences."""

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tqdm import tqdm

from index.passages import split_document
from index.types import Document
from rag.training.data import read_lines
from rag.training.support.mutations import mutate, names_in
from rag.training.support.rewordings import merge, reword

EVIDENCE_WORDS = 130  #: of the stretch of a long context that is shown
MOST_ANSWERS = 2  #: claims made of one question

# How many questions become claims, by source.
QUESTIONS: Mapping[str, int] = {
    "squad_v1.1_train_part": 6000,
    "squad_v2_train_part": 2500,
    "qamr": 1500,
    "qadiscourse": 2000,
    "tydiqa_en": 800,
    "nq_open_oracle": 800,
    "hotpotqa": 800,
    "quoref": 1200,
    "fairytaleqa": 2500,
    "multispanqa": 500,
}
SENTENCES = 11_000  #: of contexts, that become claims in other words and changed ones

_SUBJECT = re.compile(
    r"^(?:who|what|which(?: [\w-]+){1,2}) (?!is\b|are\b|was\b|were\b|do\b|does\b|did\b|has\b|have\b|had\b|can\b|could\b"
    r"|will\b|would\b|should\b|may\b|might\b|kind\b|type\b)(?P<rest>\w+(?:ed|s|d|t|w|n|e)\b.*)\?$",
    re.IGNORECASE,
)
_SHAPE = (
    ("number", re.compile(r"\b\d[\d,.]*\b")),
    ("name", re.compile(r"(?<![.!?] )(?<!^)\b[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*")),
)


@dataclass(frozen=True, slots=True)
class Example:
    """A claim, its evidence, and whether that supports it."""

    source: str
    evidence: str
    claim: str
    supported: bool
    group: str  #: what must not be both trained and measured on


def load_claims(path: Path) -> list[Example]:
    """The claims of a data set of lines with `source`, `evidence`, `claim` and `supported`."""
    return [
        Example(line["source"], line["evidence"], line["claim"], bool(line["supported"]), line["evidence"][:80])
        for line in read_lines(path)
    ]


def answered_questions(path: Path, seed: int) -> list[Example]:
    """Claims of the form of a question with its answer, or as a statement; false ones have another answer."""
    rng = random.Random(f"{seed} questions")
    by_source: dict[str, list[dict[str, Any]]] = defaultdict(list)
    answers: dict[str, list[str]] = defaultdict(list)
    for line in read_lines(path):
        answers[line["context"]].extend(answer["text"] for answer in line["answers"][:1])
        source = next((name for name in QUESTIONS if line["source"].startswith(name)), None)
        if source:
            by_source[source].append(line)
    examples: list[Example] = []
    for source, lines in sorted(by_source.items()):
        rng.shuffle(lines)
        for line in lines[: QUESTIONS[source]]:
            examples.extend(_answered(source, line, answers[line["context"]], rng))
    return examples


def _answered(source: str, line: Mapping[str, Any], others: Sequence[str], rng: random.Random) -> Iterator[Example]:
    context, question = line["context"], line["question"].strip()
    group = context[:80]
    right = [answer["text"] for answer in line["answers"]]
    if line["answerable"] and right:
        answer = line["answers"][0]
        evidence = _around(context, answer["answer_start"], answer["answer_start"] + len(answer["text"]))
        yield Example(source, evidence, _stated(question, answer["text"], rng), True, group)
        wrong = _another(answer["text"], right, others, evidence, rng)
    else:
        evidence = _around(context, 0, min(len(context), 10))
        wrong = rng.choice([text for text in others if text in evidence] or [""])
    if wrong:
        yield Example(source, evidence, _stated(question, wrong, rng), False, group)


def _another(answer: str, right: Sequence[str], others: Sequence[str], evidence: str, rng: random.Random) -> str | None:
    """A wrong answer that stands in the evidence, if possible of the right one's kind."""

    def differs(text: str) -> bool:
        return not any(text.lower() in one.lower() or one.lower() in text.lower() for one in right)

    shape = next((pattern for _, pattern in _SHAPE if pattern.search(answer)), None)
    alike = [text for text in others if differs(text) and text in evidence and (not shape or shape.search(text))]
    if shape:
        alike += [match.group() for match in shape.finditer(evidence) if differs(match.group())]
    rest = [text for text in others if differs(text) and text in evidence]
    return rng.choice(alike) if alike else (rng.choice(rest) if rest else None)


def _stated(question: str, answer: str, rng: random.Random) -> str:
    if (match := _SUBJECT.match(question)) and rng.random() < 0.8:
        return f"{answer[0].upper()}{answer[1:]} {match['rest']}."
    return f"{question} {answer}"


def _around(context: str, start: int, end: int) -> str:
    """A stretch of the context, of whole words."""
    words = list(re.finditer(r"\S+", context))
    if len(words) <= EVIDENCE_WORDS:
        return context
    first = next((n for n, word in enumerate(words) if word.end() > start), 0)
    begin = max(0, min(first - EVIDENCE_WORDS // 2, len(words) - EVIDENCE_WORDS))
    return context[words[begin].start() : words[begin + EVIDENCE_WORDS - 1].end()]


def sentences_of(contexts: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """Each context with its sentences, white space evened out."""
    for context in contexts:
        document = split_document(Document("context.txt", "", "", context), lambda text: len(text.split()))
        sentences = [" ".join(context[one.start : one.end].split()) for one in document.sentences]
        yield context, [one for one in sentences if 5 <= len(one.split()) <= 60]


def changed_sentences(path: Path, seed: int) -> list[Example]:
    """Sentences of contexts in other words, which are true, and changed in one place, which are not."""
    rng = random.Random(f"{seed} sentences")
    contexts = list(
        dict.fromkeys(
            line["context"]
            for line in read_lines(path)
            if line["source"].startswith(("squad", "tydi", "nq_open", "drop", "fairytale", "quoref", "cuad"))
            and len(line["context"]) > 250
        )
    )
    rng.shuffle(contexts)
    examples: list[Example] = []
    used = 0
    for context, sentences in sentences_of(tqdm(contexts, desc="sentences")):
        names = names_in(context)
        picked = rng.sample(range(len(sentences)), min(2, len(sentences)))
        for position in picked:
            examples.extend(_changed(context, sentences, position, names, rng))
        used += len(picked)
        if used >= SENTENCES:
            break
    return examples


def _changed(
    context: str, sentences: Sequence[str], position: int, names: Sequence[str], rng: random.Random
) -> Iterator[Example]:
    sentence, group = sentences[position], context[:80]
    first, last = max(0, position - rng.choice((0, 0, 1, 2))), position + 1 + rng.choice((0, 0, 1, 2))
    near = " ".join(sentences[first:last])
    rewordings = reword(sentence, rng)
    if position + 1 < last and position + 1 < len(sentences):
        both = merge(sentence, sentences[position + 1], rng)
        rewordings += [both] if both else []
    told = [one.text for one in rng.sample(rewordings, min(2, len(rewordings)))]
    if rng.random() < 0.25:
        told.append(sentence)
    for claim in told:
        yield Example("reworded", near, claim, True, group)
    wrong = mutate(sentence, names, rng)
    for mutation in rng.sample(wrong, min(2, len(wrong))):
        yield Example(f"changed {mutation.kind}", near, mutation.text, False, group)
    if told:
        wrong = mutate(told[0], names, rng)
        if wrong:
            mutation = rng.choice(wrong)
            yield Example(f"changed {mutation.kind}", near, mutation.text, False, group)
        others = [one for n, one in enumerate(sentences) if not first <= n < last]
        if others and rng.random() < 0.35:
            yield Example("another sentence", " ".join(others[:3]), told[0], False, group)
