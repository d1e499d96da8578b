"""The front matter of a Markdown file: what it tells between two lines of dashes, in YAML or TOML, as rows."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from index.files.toml_front import toml_fields, toml_front, toml_told
from index.types import Block

if TYPE_CHECKING:
    import yaml

LONGEST_ROW = 300  #: characters of a field that is one unit; a longer one is read as sentences
LONGEST = 100_000  #: characters that are parsed, which takes a second; of more each line is a field

#: As markdown-it has it: dots close it, too, and more dashes.
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n.*?^(?: {0,3}-{3,}|\.\.\.)[ \t]*\r?$", re.M | re.S)
_TITLE = re.compile(r"^title:[ \t]+(?![>|\[{])(.*?)(?: #.*)?\r?$", re.M)
_LINE = re.compile(r"^(?!title:)[^\s#:][^:\r\n]*:[ \t]+[^\s[{|>][^\r\n]*", re.M)
_FIELD = re.compile(r"[\s-]*[\w\"'][^:]{0,80}:(?:\s|$)")
_LINE_END = re.compile(r"\r\n?|\n")
_NOTHING = "tag:yaml.org,2002:null"


def front_matter(text: str) -> str:
    """The front matter that a Markdown file begins with, if it is fields in YAML, or half of its lines are some.

    Fields in TOML stand between lines of plus signs. Else an empty string: other text between two lines of dashes is a
    part of the document.
    """
    front = _FRONT_MATTER.match(text)
    if not front:
        return toml_front(text)
    lines = [line for line in front[0].splitlines()[1:-1] if line.strip()]
    fields = 2 * sum(bool(_FIELD.match(line)) for line in lines) >= len(lines)
    return front[0] if fields or _root("\n".join(lines)) else ""


def front_title(text: str) -> str:
    """The title that the front matter of a Markdown file tells; an empty string without one."""
    if toml_front(text):
        return toml_told(text).get("title", "")
    front = front_matter(text)
    root = _root("\n".join(front.splitlines()[1:-1]))
    if root is None:
        title = _TITLE.search(front)
        return title[1].strip("\"' ") if title else ""
    told = next((value for key, value in root.value if key.value == "title"), None)
    return " ".join(told.value.split()) if told and told.id == "scalar" and told.tag != _NOTHING else ""


def front_blocks(text: str) -> Iterator[Block]:
    """The fields of a Markdown file's front matter, but for its title, in document order. `text` ends with it.

    A list or a group of fields is one, if it is short and holds no other; else each of what it holds is.
    """
    if text.startswith("+++"):
        yield from (Block(start, end, whole=end - start <= LONGEST_ROW) for start, end in toml_fields(text))
        return
    lines = [line.end() for line in _LINE_END.finditer(text.rstrip())]
    if len(lines) < 2:  # an opening and a closing one
        return
    begin, done = lines[0], 0
    for start, end in _spans(text[begin : lines[-1]]):
        field = text[begin + start : begin + end].rstrip()
        if field and start >= done:  # not what an alias stands for
            yield Block(begin + start, begin + start + len(field), whole=len(field) <= LONGEST_ROW)
            done = end


def _root(fields: str) -> "yaml.MappingNode | None":
    """The fields of a text in YAML, as a tree; None if it is no such text, or a very long one."""
    import yaml

    try:
        root = yaml.compose(fields, Loader=yaml.SafeLoader) if len(fields) <= LONGEST else None
    except (yaml.YAMLError, RecursionError, ValueError, OverflowError):  # of nesting, and of numbers, without end
        return None
    return root if isinstance(root, yaml.MappingNode) else None


def _spans(fields: str) -> Iterator[tuple[int, int]]:
    import yaml

    root = _root(fields)
    if root is None:
        yield from (line.span() for line in _LINE.finditer(fields))
        return
    seen: set[int] = set()
    for key, value in root.value:
        if key.value != "title" or not isinstance(value, yaml.ScalarNode):
            yield from _fields(value, key.start_mark.index, seen)


def _fields(node: "yaml.Node", start: int, seen: set[int]) -> Iterator[tuple[int, int]]:
    """Where the fields stand that a value consists of; the first begins with what names the value."""
    if id(node) in seen or node.tag == _NOTHING:  # an alias of what stands elsewhere, or no value
        return
    seen.add(id(node))
    end, parts = _end(node), _parts(node)
    flat = not any(isinstance(part.value, list) for _, part in parts)
    if not parts or (flat and end - start <= LONGEST_ROW):
        yield start, end
        return
    for number, (begin, part) in enumerate(parts):
        yield from _fields(part, begin if number else start, seen)


def _parts(node: "yaml.Node") -> "list[tuple[int, yaml.Node]]":
    """What a list or a group of fields holds, and where each of it begins, with its name; a text holds nothing."""
    if node.id == "mapping":
        return [(name.start_mark.index, value) for name, value in node.value]
    return [(item.start_mark.index, item) for item in node.value] if node.id == "sequence" else []


def _end(node: "yaml.Node") -> int:
    """Where a node ends: a list or group by its last one, behind which a remark may stand."""
    end = 0
    while isinstance(node.value, list) and node.value and not node.flow_style:
        last = node.value[-1]
        if isinstance(last, tuple):  # a name and its value, which may be an alias of what stands before
            end = last[0].end_mark.index
            last = last[1]
        node = last
    return max(end, int(node.end_mark.index))
