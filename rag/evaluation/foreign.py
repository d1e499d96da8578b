"""Read answers that were made elsewhere: JSON lines, ragas, Footnote's own, and LlamaIndex's RAG datasets."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import QuestionError
from rag.evaluation.foreign_claims import CitedClaim, is_refusal, read_claims, without_markers
from rag.types import Answer, is_text

# The same thing by its names in our lines, in ragas and in LlamaIndex.
QUESTION = ("question", "user_input", "query")
ANSWER = ("answer", "response")
CONTEXTS = ("contexts", "retrieved_contexts")
REFERENCE = ("reference", "ground_truth", "reference_answer")

_LABEL = re.compile(r"\s*Source (\d{1,3}):\s*\n")  # put before each context by CitationQueryEngine


@dataclass(frozen=True, slots=True)
class Context:
    """A text that an answer was made from. Markers name its number; None where they cannot."""

    number: int | None
    text: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class ForeignAnswer:
    """A question and its answer, as another system gave them."""

    id: str
    question: str
    text: str
    claims: tuple[CitedClaim, ...]  #: none if it is a refusal
    contexts: tuple[Context, ...]
    references: tuple[str, ...] = ()
    category: str = ""
    short: str = ""  #: what is compared with the references

    @property
    def cites(self) -> bool:
        """Whether it has any citation markers."""
        return any(claim.citations for claim in self.claims)


def read_answers(paths: Sequence[Path]) -> list[ForeignAnswer]:
    """Read files of answers; a LlamaIndex dataset and its predictions may be two files.

    Raises QuestionError, with the line's number, if one is bad.
    """
    answers: list[ForeignAnswer] = []
    examples: list[Any] = []
    predictions: list[Any] = []
    for path in paths:
        text = _read(path)
        data = _parse(text)
        if isinstance(data, dict) and ("examples" in data or "predictions" in data):
            examples += data.get("examples") or []
            predictions += data.get("predictions") or []
        else:
            items = enumerate(data, start=1) if isinstance(data, list) else _lines(text)
            kind = "Item" if isinstance(data, list) else "Line"
            answers += [_checked(item, str(number), f"{kind} {number} of {path}") for number, item in items]
    answers += _llama_index(examples, predictions)
    if not answers:
        raise QuestionError(f"There are no answers in {paths[0]}; write one JSON object a line.")
    return answers


def _llama_index(examples: Sequence[Any], predictions: Sequence[Any]) -> list[ForeignAnswer]:
    if len(examples) != len(predictions):
        raise QuestionError(
            f"The LlamaIndex dataset has {len(examples)} examples and {len(predictions)} predictions; "
            "give both files, --answers for each, made by one run."
        )
    return [
        _checked({**example, **prediction} if isinstance(example, dict) and isinstance(prediction, dict) else None,
                 str(number), f"Prediction {number} of the LlamaIndex dataset")
        for number, (example, prediction) in enumerate(zip(examples, predictions, strict=True), start=1)
    ]  # fmt: skip


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise QuestionError(f"The answer file {path} cannot be read ({reason}); check the path.") from None


def _parse(text: str) -> Any:
    """The file as one JSON value; None if it is not one, as JSON lines are not."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _lines(text: str) -> Iterator[tuple[int, Any]]:
    """The lines that are not blank with their numbers; a line that is not JSON is None."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, _parse(line)


def _checked(data: Any, number: str, place: str) -> ForeignAnswer:
    try:
        return _answer(data, number)
    except (ValueError, TypeError, KeyError) as error:
        reason = error if type(error) is ValueError else "it is not whole"
        raise QuestionError(f"{place} is not an answer: {reason}; mend it and try again.") from None


def _answer(data: Any, number: str) -> ForeignAnswer:
    if not isinstance(data, dict):
        raise ValueError("it is not a JSON object")
    if not is_text(json.dumps(data, ensure_ascii=False)):
        raise ValueError("it holds half of a surrogate pair, which is no character")
    if "error" in data and "text" not in data and not _has(data, ANSWER):
        raise ValueError("it tells of an error instead")
    identifier, category = data.get("id"), data.get("category")
    identifier = number if identifier is None else str(identifier)
    category = category if isinstance(category, str) else ""
    if "schema" in data and "claims" in data:
        return _own(Answer.from_dict(data), identifier, category, _references(data))
    question, text = _text(data, QUESTION), _text(data, ANSWER, may_be_empty=True)
    claims = tuple(read_claims(text))
    return ForeignAnswer(
        identifier,
        question,
        text,
        () if is_refusal(claims) else claims,
        tuple(_contexts(data)),
        _references(data),
        category,
        without_markers(text),
    )


def _own(answer: Answer, identifier: str, category: str, references: tuple[str, ...]) -> ForeignAnswer:
    """Of Footnote itself, markers name quotes, and the passages found are what else there was."""
    quotes = [Context(citation.number, citation.quote, citation.title) for citation in answer.citations]
    found = [Context(None, hit.passage.text, hit.passage.document_id) for hit in answer.hits]
    claims = tuple(CitedClaim(claim.text, claim.citations) for claim in answer.claims)
    given = answer.span or " ".join(claim.text for claim in claims)
    return ForeignAnswer(
        identifier, answer.question, answer.text, claims, (*quotes, *found), references, category, given
    )


def _has(data: Mapping[str, Any], names: Sequence[str]) -> bool:
    return any(data.get(name) is not None for name in names)


def _value(data: Mapping[str, Any], names: Sequence[str]) -> Any:
    return next((data[name] for name in names if data.get(name) is not None), None)


def _text(data: Mapping[str, Any], names: Sequence[str], *, may_be_empty: bool = False) -> str:
    value = _value(data, names)
    if not isinstance(value, str) or not (value.strip() or may_be_empty):
        raise ValueError(f"its `{names[0]}` is missing, empty or not a string")
    return value


def _contexts(data: Mapping[str, Any]) -> Iterator[Context]:
    value = _value(data, CONTEXTS)
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError("its `contexts` is missing or not a list of strings")
    for number, text in enumerate(value, start=1):
        label = _LABEL.match(text)
        yield Context(int(label[1]) if label else number, text[label.end() :] if label else text)


def _references(data: Mapping[str, Any]) -> tuple[str, ...]:
    value = _value(data, REFERENCE)
    values = [] if value is None else value if isinstance(value, list) else [value]
    if not all(isinstance(item, str) for item in values):
        raise ValueError("its `reference` is not a string or a list of strings")
    return tuple(item for item in values if item.strip())
