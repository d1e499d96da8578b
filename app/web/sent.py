"""What the scripts of the page send along with an event: anyone's JSON, made regular."""

from typing import Annotated, Any

import gradio as gr
from pydantic import BaseModel, BeforeValidator, ValidationError, ValidatorFunctionWrapHandler, field_validator
from pydantic_core.core_schema import ValidationInfo

from app.web.feedback import Verdict
from rag.types import Answer


def _read(answer: object) -> object:
    return Answer.from_dict(answer) if isinstance(answer, dict) else answer


KeptAnswer = Annotated[Answer, BeforeValidator(_read)]  #: as the browser has kept it


class _Lenient(BaseModel):
    """What is of another type than here is as if it had not been sent."""

    @field_validator("*", mode="wrap")
    @classmethod
    def _or_default(cls, value: object, check: ValidatorFunctionWrapHandler, field: ValidationInfo) -> object:
        try:
            return check(value)
        except ValidationError:
            return cls.model_fields[field.field_name or ""].get_default(call_default_factory=True)


class Settings(_Lenient):
    """What a visitor has chosen; None where that is the default. The assistant checks the numbers."""

    engine: str | None = None
    top_k: int | None = None
    min_confidence: float | None = None
    documents: list[str] | None = None  #: to be asked, by id or folder; all if None


class Sent(_Lenient):
    """The data of an event. Each kind of event has some of these."""

    session: str = ""
    order: int = 0  #: among all that the page has sent, from 1; 0 if nothing is to wait for it
    turns: list[Any] = []  #: of the conversation that the browser has kept
    question: str = ""
    again: bool = False  #: whether it takes the place of the last one
    settings: Settings = Settings()
    turn: int = 0  #: from 1
    kind: str = ""  #: of what is opened: `citation` or `nearest`
    number: int = 0  #: of that, from 1
    rating: Verdict | None = None
    format: str = ""
    pins: list[Any] = []  #: answers, each with a note, that the browser has kept
    document: str = ""
    start: int = -1  #: of a passage that a link names
    end: int = -1
    check: str = ""
    whole: bool = False  #: whether a long document is shown to its end


def sent_with(event: gr.EventData) -> Sent:
    """What came with an event."""
    return Sent.model_validate(event._data if isinstance(event._data, dict) else {})
