"""What an answer is made of, and the events that a stream of one consists of."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal

from pydantic import TypeAdapter

from index.types import Hit
from rag.jsonlines import check

SCHEMA = 1  #: version of the JSON that `Answer.to_dict` gives
LATER = ("rewritten", "notices", "nearest", "documents", "figures")  #: parts that JSON of this schema may lack


Status = Literal["answered", "abstained"]
Support = Literal["quoted", "computed", "supported", "weak", "unsupported"]
HOLDING: tuple[Support, ...] = ("quoted", "supported")  #: the kinds of support that need no flag


@dataclass(frozen=True, slots=True)
class Citation:
    """The exact stretch of a document that a claim rests on: `document.text[start:end] == quote`."""

    number: int  #: the n of the marker `[n]`, from 1 in each answer
    document_id: str
    title: str
    source: str
    start: int
    end: int
    quote: str
    page: int | None = None  #: from 1, for paged formats
    part: str | None = None  #: the name of the part of the document, such as `sheet Prices, row 12` or `slide 3`


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of an answer, without its markers, and what it rests on."""

    text: str
    citations: tuple[int, ...]
    support: Support
    score: float  #: 0 to 1, how well the citations support it
    focus: str | None = None  #: the stretch of a quoted `text` that the reader takes for the answer, sure of it or not

    @property
    def holds(self) -> bool:
        """Whether its citations say so."""
        return self.support in HOLDING


@dataclass(frozen=True, slots=True)
class Answer:
    """The reply to one question. An abstained answer has hits, but no claims or citations."""

    question: str
    #: Plain text with `[n]` markers; where a source itself has `[n]`, it reads `［n］`. `[?]` follows a sentence of an
    #: LLM's that the documents do not, or hardly, support.
    text: str
    status: Status
    span: str | None  #: the shortest exact answer, inside one of the quotes
    confidence: float  #: calibrated probability that what is quoted answers the question
    claims: tuple[Claim, ...] = ()
    citations: tuple[Citation, ...] = ()
    hits: tuple[Hit, ...] = ()
    engine: str = "extract"  #: or `llm`; `reply` to small talk, which no document answers
    usage: Mapping[str, int] = field(default_factory=dict)  #: LLM tokens, by kind
    #: Seconds, by stage; `rewrite` and `verify` are parts of the first and the last.
    timings: Mapping[str, float] = field(default_factory=dict)
    rewritten: str | None = None  #: what a follow-up that was cut short was understood as, in full
    notices: tuple[str, ...] = ()  #: sentences that tell what is out of the ordinary in how the answer was made
    nearest: tuple[Citation, ...] = ()  #: of a refusal: the sentences nearest to the question, none if none is near
    documents: tuple[str, ...] = ()  #: those asked, by id, and folders of them with a slash at the end; all if none
    #: What the confidence is made of, by name; to be looked at, and no part of the JSON form.
    figures: Mapping[str, float] = field(default_factory=dict, compare=False)

    @property
    def said(self) -> tuple[Claim, ...]:
        """The claims that a document may say in some words: all but what was computed."""
        return tuple(claim for claim in self.claims if claim.support != "computed")

    def to_dict(self) -> dict[str, Any]:
        """The JSON form: the fields by name, plus `schema`. `from_dict` reverses it."""
        return {"schema": SCHEMA, **ANSWER.dump_python(self, mode="json", exclude={"figures"})}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Answer":
        """Read what `to_dict` wrote; keys that are not fields (an `id`, say) are ignored.

        Raises ValueError for another schema, missing parts, or what is of the wrong kind: see `rag.jsonlines.check`.
        """
        if data.get("schema") != SCHEMA:
            raise ValueError(f"it is an answer of schema {data.get('schema')!r}, where {SCHEMA} is understood")
        for one in fields(cls):
            if one.name not in {*data, *LATER}:
                raise ValueError(f"its `{one.name}` is missing")
        return check({one.name: data[one.name] for one in fields(cls) if one.name in data}, ANSWER, strict=True)


ANSWER = TypeAdapter(Answer)  #: writes and reads the JSON form, but for its schema


@dataclass(frozen=True, slots=True)
class Stage:
    """The pipeline has begun this stage: `retrieve`, `read` or `write`."""

    name: str


@dataclass(frozen=True, slots=True)
class Text:
    """The next piece of the answer's text; the pieces since the last `Revised` join to its text's continuation."""

    delta: str


@dataclass(frozen=True, slots=True)
class ClaimReady:
    """A claim whose citations are final. Text that no claim is ready for yet is provisional."""

    claim: Claim
    citations: tuple[Citation, ...] = ()  #: those that the claim names, so that they can be opened at once


@dataclass(frozen=True, slots=True)
class Revised:
    """Takes back provisional text of an LLM's, or all of it: the text, and the claims ready, are now these."""

    text: str
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Final:
    """The whole answer, always the last event."""

    answer: Answer


Event = Stage | Text | ClaimReady | Revised | Final
