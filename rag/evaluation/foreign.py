"""Read answers that were made elsewhere: JSON lines, ragas, Footnote's own, and LlamaIndex's RAG datasets."""

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import AliasChoices, BaseModel, BeforeValidator, Field, TypeAdapter

from index.errors import QuestionError
from rag.evaluation.foreign_claims import CitedClaim, is_refusal, read_claims, without_markers
from rag.jsonlines import Filled, Strings, Text, Texts, check, json_texts, otherwise, parse, read_text
from rag.types import Answer

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


class _Line(BaseModel):
    """An answer, its parts by their names in our lines, in ragas and in LlamaIndex."""

    question: Filled = Field(validation_alias=AliasChoices("question", "user_input", "query"))
    answer: Text = Field(validation_alias=AliasChoices("answer", "response"))
    contexts: Strings = Field(validation_alias=AliasChoices("contexts", "retrieved_contexts"))


def _listed(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


class _Labels(BaseModel):
    """What may stand beside an answer, whoever made it."""

    id: Any = ""
    category: Any = ""
    reference: Annotated[Texts, otherwise("is not a string or a list of strings"), BeforeValidator(_listed)] = Field(
        (), validation_alias=AliasChoices("reference", "ground_truth", "reference_answer")
    )


_LINE, _LABELS = TypeAdapter(_Line), TypeAdapter(_Labels)


def read_answers(paths: Sequence[Path]) -> list[ForeignAnswer]:
    """Read files of answers; a LlamaIndex dataset and its predictions may be two files.

    Raises QuestionError, with the line's number, if one is bad.
    """
    answers: list[ForeignAnswer] = []
    halves: dict[str, list[Any]] = {"examples": [], "predictions": []}
    for path in paths:
        for place, number, text in json_texts(read_text(path, "answer file", QuestionError), str(path)):
            with _told(place):
                data = parse(text)
                if halves.keys().isdisjoint(data):
                    answers.append(_answer(data, number))
                for name, half in halves.items():
                    half.extend(data.get(name) or [])
    answers += _llama_index(**halves)
    if not answers:
        raise QuestionError(f"There are no answers in {paths[0]}; write one JSON object a line.")
    return answers


def _llama_index(examples: Sequence[Any], predictions: Sequence[Any]) -> Iterator[ForeignAnswer]:
    if len(examples) != len(predictions):
        raise QuestionError(
            f"The LlamaIndex dataset has {len(examples)} examples and {len(predictions)} predictions; "
            "give both files, --answers for each, made by one run."
        )
    for number, pair in enumerate(zip(examples, predictions, strict=True), start=1):
        with _told(f"Prediction {number} of the LlamaIndex dataset"):
            example, prediction = (parse(json.dumps(half)) for half in pair)
            yield _answer({**example, **prediction}, str(number))


@contextmanager
def _told(place: str) -> Iterator[None]:
    """Tell where an answer stands that is none."""
    try:
        yield
    except ValueError as error:
        raise QuestionError(f"{place} is not an answer: {error}; mend it and try again.") from None


def _answer(data: dict[str, Any], number: str) -> ForeignAnswer:
    given = {name: value for name, value in data.items() if value is not None}
    labels = check(given, _LABELS)
    identifier = str(given.get("id", number))
    category = labels.category if isinstance(labels.category, str) else ""
    if "schema" in given and "claims" in given:
        return _own(data, identifier, category, labels.reference)
    if "error" in given and given.keys().isdisjoint(("text", "answer", "response")):
        raise ValueError("it tells of an error instead")
    line = check(given, _LINE)
    claims = tuple(read_claims(line.answer))
    return ForeignAnswer(
        identifier,
        line.question,
        line.answer,
        () if is_refusal(claims) else claims,
        tuple(_context(number, text) for number, text in enumerate(line.contexts, start=1)),
        labels.reference,
        category,
        without_markers(line.answer),
    )


def _own(data: dict[str, Any], identifier: str, category: str, references: tuple[str, ...]) -> ForeignAnswer:
    """Of Footnote itself, markers name quotes, and the passages found are what else there was."""
    answer = Answer.from_dict(data)
    quotes = [Context(citation.number, citation.quote, citation.title) for citation in answer.citations]
    found = [Context(None, hit.passage.text, hit.passage.document_id) for hit in answer.hits]
    claims = tuple(CitedClaim(claim.text, claim.citations) for claim in answer.claims)
    given = answer.span or " ".join(claim.text for claim in claims)
    return ForeignAnswer(
        identifier, answer.question, answer.text, claims, (*quotes, *found), references, category, given
    )


def _context(number: int, text: str) -> Context:
    label = _LABEL.match(text)
    return Context(int(label[1]), text[label.end() :]) if label else Context(number, text)
