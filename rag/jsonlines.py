"""JSON that people and other programs wrote: read line by line, and checked by pydantic."""

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, TypeAdapter, ValidationError, ValidatorFunctionWrapHandler, WrapValidator

from index.errors import FootnoteError

T = TypeVar("T")


def read_text(path: Path, kind: str, error: type[FootnoteError]) -> str:
    """The text of a file of this kind, "question file" say. Raises an `error` if it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        reason = getattr(problem, "strerror", None) or "it is not UTF-8 text"
        raise error(f"The {kind} {path} cannot be read ({reason}); check the path.") from None


def numbered_lines(text: str | Iterable[str]) -> Iterator[tuple[int, str]]:
    """The lines of a text, or of an open file, that are not blank; with their numbers."""
    # Not splitlines(): JSON strings may hold the other characters that it takes for line ends.
    lines = text.split("\n") if isinstance(text, str) else text
    return ((number, line) for number, line in enumerate(lines, start=1) if line.strip())


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON lines file, gzipped or not. Raises ValueError, with its number, at a line that is bad."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as file:
        for number, line in numbered_lines(file):
            try:
                yield parse(line)
            except ValueError as error:
                raise ValueError(f"Line {number} of {path} is bad: {error}.") from None


def json_texts(text: str, name: str) -> Iterator[tuple[str, str, str]]:
    """The parts of a file `name` that holds one JSON value, a list, or one a line: place, number and JSON of each."""
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        yield from ((f"Line {number} of {name}", str(number), line) for number, line in numbered_lines(text))
        return
    for number, item in enumerate(whole if isinstance(whole, list) else [whole], start=1):
        yield f"Item {number} of {name}", str(number), json.dumps(item)


def is_text(text: str) -> bool:
    """Whether a string is nothing but characters: half of a surrogate pair, as JSON may hold, is none."""
    return not any("\ud800" <= character <= "\udfff" for character in text)


def parse(text: str) -> dict[str, Any]:
    """A JSON object. Raises ValueError, as `check` does, if the text is none."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise ValueError("it is not JSON") from None
    if not isinstance(data, dict):
        raise ValueError("it is not a JSON object")
    if not is_text(json.dumps(data, ensure_ascii=False)):
        raise ValueError("it holds half of a surrogate pair, which is no character")
    return data


def check(data: Mapping[str, Any], kind: TypeAdapter[T], *, strict: bool = False) -> T:
    """Take a JSON object for one of this kind; a strict check converts nothing, no "6" to 6.

    Raises ValueError, whose message goes on after "This is no answer, because".
    """
    try:
        return kind.validate_json(json.dumps(data), strict=True) if strict else kind.validate_python(data)
    except ValidationError as error:
        first = error.errors()[0]
    except (TypeError, RecursionError) as error:
        raise ValueError(f"it cannot be written as JSON ({error})") from None
    name = ".".join(map(str, first["loc"]))
    if first["type"] == "missing":
        raise ValueError(f"its `{name}` is missing")
    if first["type"] == "value_error":
        raise ValueError(f"its `{name}` {first['ctx']['error']}")
    raise ValueError(f"its `{name}` is wrong: {first['msg'].replace('Input', 'it', 1)}")


def otherwise(complaint: str) -> WrapValidator:
    """For `Annotated`: what `check` says of a value that is not of the type, "is not a string" say."""

    def validate(value: Any, handler: ValidatorFunctionWrapHandler) -> Any:
        try:
            return handler(value)
        except ValidationError:
            raise ValueError(complaint) from None

    return WrapValidator(validate)


def _filled(text: str) -> str:
    if not text.strip():
        raise ValueError("is missing or empty")
    return text


Text = Annotated[str, otherwise("is not a string")]
Filled = Annotated[Text, AfterValidator(_filled)]
Strings = Annotated[tuple[str, ...], otherwise("is not a list of strings")]
#: Those that are not blank.
Texts = Annotated[Strings, AfterValidator(lambda texts: tuple(text for text in texts if text.strip()))]
