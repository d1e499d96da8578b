"""The front matter of a Markdown file: what it tells between two lines of dashes, in YAML, as rows."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from index.types import Block

if TYPE_CHECKING:
    import yaml

LONGEST_ROW = 300  #: characters of a field that is one unit; a longer one is read as sentences
LONGEST = 100_000  #: characters that are parsed, which takes a second; of more each line is a field

FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(?P<fields>.*?)^---[ \t]*\r?$", re.M | re.S)
_TITLE = re.compile(r"^title:[ \t]+(?![>|\[{])(.*?)(?: #.*)?\r?$", re.M)
_LINE = re.compile(r"^(?!title:)[^\s#:][^:\r\n]*:[ \t]+[^\s[{|>].*?(?=[ \t]*\r?$)", re.M)
_NOTHING = "tag:yaml.org,2002:null"


def front_title(text: str) -> str:
    """The title that the front matter of a Markdown file tells; an empty string without one."""
    front = FRONT_MATTER.match(text)
    title = _TITLE.search(front[0]) if front else None
    return title[1].strip("\"' ") if title else ""


def front_blocks(text: str) -> Iterator[Block]:
    """The fields of the front matter of a Markdown file, but for its title, in document order.

    A list or a group of fields is one, if it is short and holds no other; else each of what it holds is.
    """
    front = FRONT_MATTER.match(text)
    for start, end in _spans(front["fields"]) if front else ():
        offset = front.start("fields") if front else 0
        field = text[offset + start : offset + end].rstrip()
        yield Block(offset + start, offset + start + len(field), whole=len(field) <= LONGEST_ROW)


def _spans(fields: str) -> Iterator[tuple[int, int]]:
    import yaml

    try:
        # A recursion that is too deep is an error in the file, too.
        root = yaml.compose(fields, Loader=yaml.SafeLoader) if len(fields) <= LONGEST else None
    except (yaml.YAMLError, RecursionError):
        root = None
    if not isinstance(root, yaml.MappingNode):
        yield from (line.span() for line in _LINE.finditer(fields))
        return
    seen: set[int] = set()
    for key, value in root.value:
        if key.value != "title" or not isinstance(value, yaml.ScalarNode):
            yield from _fields(value, key.start_mark.index, seen)


def _fields(node: "yaml.Node", start: int, seen: set[int]) -> Iterator[tuple[int, int]]:
    """Where the fields stand that a value consists of; the first begins with what names the value."""
    import yaml

    if id(node) in seen:  # an alias of what stands elsewhere
        return
    seen.add(id(node))
    end = node.end_mark.index
    if isinstance(node, yaml.MappingNode):
        parts = [(key.start_mark.index, value) for key, value in node.value]
    elif isinstance(node, yaml.SequenceNode):
        parts = [(item.start_mark.index, item) for item in node.value]
    elif node.tag == _NOTHING:
        return
    else:
        parts = []
    flat = all(isinstance(part, yaml.ScalarNode) for _, part in parts)
    if not parts or (flat and end - start <= LONGEST_ROW):
        yield start, end
        return
    for begin, part in parts:
        yield from _fields(part, start, seen) if begin == parts[0][0] else _fields(part, begin, seen)
