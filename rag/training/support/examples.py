"""Claims with evidence that does or does not support them: from data sets, from answered questions, from sentences."""

import random
import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tqdm import tqdm

from index.passages import sentence_spans, split_document
from index.types import Document
from rag.evaluation.overlap import token_f1
from rag.jsonlines import read_lines
from rag.read.spans import SpanModel
from rag.training.support.mutations import Mutation, mutate, names_in
from rag.training.support.rewordings import merge, reword
from rag.training.support.statements import past_forms, statement
from rag.words import NAME

EVIDENCE_WORDS = (60, 130, 190)  #: of the stretch of a long context that is shown

# How many questions become claims, by source.
QUESTIONS: Mapping[str, int] = {
    "squad_v1.1_train_part": 9000,
    "squad_v1.1_train_sentence": 2500,
    "squad_v2_train_part": 6000,
    "squad_v2_dev": 2500,
    "qamr": 4000,
    "qadiscourse": 3000,
    "tydiqa_en": 1500,
    "nq_open_oracle": 800,
    "hotpotqa_dev_sample": 800,
    "quoref": 1500,
    "fairytaleqa": 3000,
    "multispanqa": 500,
    "drop_dev_spans": 2000,
}
SENTENCES = 8000  #: of contexts, that become claims in other words and changed ones
ALIKE = 0.3  #: F1 with a right answer beyond which a wrong one may be right
STATED = 0.65  #: of the claims made of questions are a sentence, if the question's form allows it
ELSEWHERE = 0.2  #: of the wrong answers are none of the evidence
MISREAD: Mapping[bool, int] = {False: 9000, True: 7000}  #: questions without and with an answer that are misread
CHANGED = 0.35  #: of the true claims that people wrote are changed in one place too

_SHAPE = (
    ("number", re.compile(r"\b\d[\d,.]*\b")),
    ("name", re.compile(rf"(?<![.!?] )(?<!^){NAME}")),
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


def made_by_code(reading: Path, written: Sequence[Example], seed: int) -> list[Example]:
    """Claims made of the sentences and questions of a file that readers are trained on, and of claims by people."""
    return changed_sentences(reading, seed) + changed_claims(written, seed) + answered_questions(reading, seed)


def in_longer_texts(examples: Sequence[Example], seed: int) -> list[Example]:
    """The examples with their evidence somewhere among that of others, as sentences stand in a passage."""
    rng = random.Random(f"{seed} longer")
    evidences = list(dict.fromkeys(one.evidence for one in examples))
    longer = []
    for one in examples:
        words = rng.randint(40, max(EVIDENCE_WORDS))
        pieces = [one.evidence]
        while sum(len(piece.split()) for piece in pieces) < words:
            pieces.insert(rng.randint(0, len(pieces)), rng.choice(evidences))
        evidence = " ".join(" ".join(dict.fromkeys(pieces)).split()[: 2 * words])
        if one.evidence in evidence:
            longer.append(replace(one, evidence=evidence))
    return longer


def changed_claims(examples: Sequence[Example], seed: int) -> list[Example]:
    """Some of the supported claims, changed in one place so that they are not."""
    rng = random.Random(f"{seed} changed")
    return [
        Example(f"changed claim, {mutation.kind}", one.evidence, mutation.text, False, one.group)
        for one in examples
        if one.supported and rng.random() < CHANGED
        for mutation in _one_of(mutate(one.claim, names_in(one.evidence), rng), rng)
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
    pasts = past_forms(answers)
    examples: list[Example] = []
    for source, lines in sorted(by_source.items()):
        rng.shuffle(lines)
        elsewhere = [answer["text"] for line in lines for answer in line["answers"][:1]] or [""]
        for line in lines[: QUESTIONS[source]]:
            examples.extend(_answered(source, line, answers[line["context"]], elsewhere, pasts, rng))
    return examples


def _answered(
    source: str,
    line: Mapping[str, Any],
    others: Sequence[str],
    elsewhere: Sequence[str],
    pasts: Container[str],
    rng: random.Random,
) -> Iterator[Example]:
    context, question = line["context"], line["question"].strip()
    group = context[:80]
    right = [answer["text"] for answer in line["answers"]]
    most = rng.choice(EVIDENCE_WORDS)
    as_sentence = rng.random() < STATED

    def stated(answer: str) -> str:
        told = statement(question, answer, evidence, pasts) if as_sentence else None
        return told or f"{question} {answer}"

    if line["answerable"] and right:
        answer = line["answers"][0]
        evidence = _around(context, answer["answer_start"], answer["answer_start"] + len(answer["text"]), most)
        claim = stated(answer["text"])
        yield Example(source, evidence, claim, True, group)
        if rng.random() < CHANGED:
            for mutation in _one_of(mutate(claim, names_in(evidence), rng), rng):
                yield Example(f"changed claim, {mutation.kind}", evidence, mutation.text, False, group)
        if rng.random() < ELSEWHERE:
            wrong = next((text for text in rng.sample(elsewhere, 5) if text.lower() not in evidence.lower()), None)
        else:
            wrong = _another(answer["text"], right, others, evidence, rng)
    else:
        evidence = _around(context, 0, min(len(context), 10), most)
        wrong = rng.choice([text for text in others if text in evidence] or [""])
    if wrong:
        yield Example(source, evidence, stated(wrong), False, group)


def misread_questions(path: Path, seed: int, reader: SpanModel) -> list[Example]:
    """False claims that look right: what a reader gives where there is no answer, or outside the sentence of it."""
    rng = random.Random(f"{seed} misread")
    lines = [line for line in read_lines(path) if line["source"].startswith(tuple(QUESTIONS))]
    pasts = past_forms({line["context"] for line in lines})
    chosen = []
    for answerable, count in MISREAD.items():
        some = [line for line in lines if line["answerable"] == answerable and len(line["context"]) > 150]
        chosen += rng.sample(some, min(count, len(some)))
    examples = []
    for line in tqdm(chosen, desc="misreading"):
        question, context = line["question"].strip(), line["context"]
        right, start = next(((one["text"], one["answer_start"]) for one in line["answers"]), ("", 0))
        evidence = _around(context, start, start + len(right), rng.choice(EVIDENCE_WORDS))
        wrong = _misread(reader, question, evidence, right)
        if wrong and not any(token_f1(wrong, answer["text"]) > ALIKE for answer in line["answers"]):
            told = statement(question, wrong, evidence, pasts) if rng.random() < STATED else None
            examples.append(Example(line["source"], evidence, told or f"{question} {wrong}", False, context[:80]))
    return examples


def _misread(reader: SpanModel, question: str, evidence: str, right: str) -> str | None:
    """The answer that a reader finds outside the sentence of the right one, if there is one."""
    place = evidence.find(right) if right else len(evidence)
    inside = next(((a, b) for a, b in sentence_spans(evidence) if a <= place < b), (len(evidence), len(evidence)))
    spans = [
        span
        for window in reader.read(question, [("", evidence)])[0]
        for begin, stop in ((0, inside[0]), (inside[1], len(evidence)))
        if (span := window.best_span(begin, stop))
    ]
    return evidence[slice(*max(spans)[1:])] if spans else None


def _one_of(mutations: Sequence[Mutation], rng: random.Random) -> list[Mutation]:
    return [rng.choice(mutations)] if mutations else []


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


def _around(context: str, start: int, end: int, most: int) -> str:
    """A stretch of the context, of at most so many whole words."""
    words = list(re.finditer(r"\S+", context))
    if len(words) <= most:
        return context
    first = next((n for n, word in enumerate(words) if word.end() > start), 0)
    begin = max(0, min(first - most // 2, len(words) - most))
    return context[words[begin].start() : max(end, words[begin + most - 1].end())]


def sentences_of(contexts: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """Each context with its sentences, white space evened out."""
    for context in contexts:
        document = split_document(Document("context.txt", "", "", context), lambda text: len(text.split()))
        sentences = [" ".join(context[one.start : one.end].split()) for one in document.prose]
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
    first, last = max(0, position - rng.choice((0, 0, 1, 3))), position + 1 + rng.choice((0, 0, 1, 3))
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
