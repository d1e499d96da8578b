"""The front matter of a Markdown file in TOML, between two lines of plus signs, as Hugo has it."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import regex

LONGEST = 100_000  #: characters that are parsed

_FRONT_MATTER = re.compile(r"\+{3}[ \t]*\r?\n(?P<fields>.*?)^\+{3}[ \t]*\r?$", re.M | re.S)
_GROUP = re.compile(r"^[ \t]*\[", re.M)
_TEXT = r"\"{3}(?:\\.|[^\\])*?\"{3}|'{3}.*?'{3}|\"(?:\\.|[^\"\\\n])*+\"|'[^'\n]*+'"
# A key and its value, without the remark behind it; a list may hold texts with brackets in them, and lists.
_FIELD = regex.compile(
    rf"^[ \t]*+(?P<name>[\w.-]++|\"[^\"\n]*+\"|'[^'\n]*+')[ \t]*+=[ \t]*+"
    rf"(?:{_TEXT}|(?P<list>[\[{{](?:{_TEXT}|#[^\n]*+|(?&list)|[^\[\]{{}}\"'#])*+[\]}}])|[^#\s\[{{\"'][^#\r\n]*+)",
    regex.M | regex.S,
)


def toml_front(text: str) -> str:
    """The front matter in TOML that a text begins with; an empty string without one, or where it is none."""
    front = _FRONT_MATTER.match(text)
    return front[0] if front and _parsed(front["fields"]) else ""


def toml_told(text: str) -> dict[str, str]:
    """The fields of the front matter in TOML that a text begins with, but for those in groups, as texts."""
    front = _FRONT_MATTER.match(text)
    return {name: said for name, value in _parsed(front["fields"]).items() if (said := _said(value))} if front else {}


def toml_fields(front: str) -> Iterator[tuple[int, int]]:
    """Where the fields of front matter stand, but for its title, half-open."""
    done, grouped = 0, False
    for field in _FIELD.finditer(front):
        grouped = grouped or bool(_GROUP.search(front, done, field.start()))
        done = field.end()
        if grouped or field["name"].strip("\"'") != "title":
            yield field.start() + len(field[0]) - len(field[0].lstrip()), field.start() + len(field[0].rstrip())


def _parsed(fields: str) -> dict[str, Any]:
    try:
        return tomllib.loads(fields.replace("\r\n", "\n")) if len(fields) <= LONGEST else {}
    except (ValueError, RecursionError):
        return {}


def _said(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(filter(None, map(_said, value)))
    return "" if isinstance(value, dict) else str(value).strip()
