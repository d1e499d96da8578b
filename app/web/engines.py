"""How answers can be made, for the settings of the page."""

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rag.write.quoting import Quoting

if TYPE_CHECKING:
    from rag.assistant import Assistant


@dataclass(frozen=True, slots=True)
class Engine:
    """One way of making answers, and the model that does it."""

    name: str
    label: str
    model: str
    passages: int  #: that are read by default


def engines_of(assistant: "Assistant") -> tuple[Engine, ...]:
    """The engines that the operator started; the first is the default."""
    quoting = Engine("extract", "Quotations", assistant.reader.identity, Quoting.passages)
    if assistant.writer is None:
        return (quoting,)
    writer = assistant.writer
    label = "A language model’s sentences, checked"
    return Engine("llm", label, writer.llm.metadata.model_name, writer.passages), quoting


def with_engine(assistant: "Assistant", name: object) -> "Assistant":
    """The assistant, or one that shares all with it but answers by quotation where that is asked for."""
    if name != "extract" or assistant.writer is None:
        return assistant
    other = copy.copy(assistant)
    other.writer = None
    return other
