"""Lists as documents have them, put together by code from parts that were written: a heading, and items that answer.

A question on the whole list is asked of it among other lists of its document, and of these alone; a question on one of
its items has that item for an answer, or none.
"""

import random
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rag.training.examples import Example
from rag.training.forms import made_until

_LISTS: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "lists.toml").read_text(encoding="utf-8"))["list"]
_MARKS = ("• ", "- ", "* ", "– ", "¨ ", "{}. ", "({}) ", "{}) ")
_BREAKS = ("\n", "\n", "\n\n")

_Block = tuple[str, str, Sequence[str]]  # heading, introducing line or nothing, items


def list_examples(number: int, seed: int, fillers: Sequence[str] = ()) -> list[Example]:
    """At least `number` examples on lists, in random order; the same for the same seed.

    Args:
        number: How many.
        seed: Of everything.
        fillers: Sentences, one of which stands between the lists now and then.
    """
    return made_until(number, random.Random(f"lists {seed}"), "list", _of_list, fillers)


def _of_list(asked: str, fillers: Sequence[str], rng: random.Random) -> Iterator[Example]:
    """A question on all items, of the list and of its neighbours alone, or one on a single item."""
    entry = rng.choice(_LISTS)
    own = entry["heading"], entry["intro"] if rng.random() < 0.8 else "", _some(entry["items"], rng)
    others = [(heading, "", items) for heading, items in entry["others"]]
    rng.shuffle(others)
    prose = [*entry["prose"], *rng.sample(fillers, min(1, len(fillers)))]
    title = rng.choice(entry["kinds"])
    draw = rng.random()
    single = [(question, at) for question, at in entry["one"] if at < 0 or entry["items"][at] in own[2]]
    if draw < 0.25 and single:
        question, at = rng.choice(single)
        heading, context, places = _written(title, own, others, prose, rng)
        place = places[own[2].index(entry["items"][at])] if at >= 0 else None
        yield Example(question, heading, context, place, asked)
        return
    question = rng.choice(entry["questions"])
    heading, context, places = _written(title, own, others, prose, rng)
    yield Example(question, heading, context, places[0], asked, tuple(places[1:]))
    if draw < 0.75:
        heading, context, _ = _written(title, others[0], others[1:], prose, rng)
        yield Example(question, heading, context, None, asked)


def _some(items: Sequence[str], rng: random.Random) -> list[str]:
    """The items, now and then without some of them."""
    many = len(items) if rng.random() < 0.7 else rng.randint(min(2, len(items)), len(items))
    kept = sorted(rng.sample(range(len(items)), many))
    return [items[number] for number in kept]


def _written(
    title: str, own: _Block, others: Sequence[_Block], prose: Sequence[str], rng: random.Random
) -> tuple[str, str, list[tuple[int, int]]]:
    """Title and heading, the text of a list among others, and the places of its items."""
    mark, gap = rng.choice(_MARKS), rng.choice(_BREAKS)
    chosen = list(others[: rng.randint(0, len(others))])
    at = rng.randint(0, len(chosen))
    blocks = [*chosen[:at], own, *chosen[at:]]
    above = rng.random() < 0.4  # the heading of the first list is the passage's
    heading = f"{title}\n{blocks[0][0]}" if above else title
    context, places = "", []
    for number, block in enumerate(blocks):
        context += "\n\n" if number else ""
        context += "" if above and not number else f"{block[0]}{gap}"
        context += f"{block[1]}{gap}" if block[1] else ""
        for count, item in enumerate(block[2], start=1):
            context += "\n" if count > 1 else ""
            context += mark.format(chr(96 + count) if mark[0] == "(" else count)
            if block is own:
                places.append((len(context), len(context) + len(item)))
            context += item
        if rng.random() < 0.3:
            context += f"\n\n{rng.choice(prose)}"
    return heading, context, places
