"""Reports of mishaps made by code: a form that tells the damage, and the account that tells the cause.

A question on the cause is asked of both, and of the account of another mishap; so are questions on the form's fields.
"""

import random
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rag.training.examples import Example
from rag.training.forms import made_until
from rag.training.values import value_of

_DATA: dict[str, Any] = tomllib.loads((Path(__file__).parent / "reports.toml").read_text(encoding="utf-8"))
FORM_ONLY = ("Damage", "Cost of repair", "Reported by")  #: fields of which no account tells anything


def report_examples(number: int, seed: int, fillers: Sequence[str] = ()) -> list[Example]:
    """At least `number` examples on reports, in random order; the same for the same seed.

    Args:
        number: How many.
        seed: Of everything.
        fillers: Sentences, one of which stands in an account now and then.
    """
    return made_until(number, random.Random(f"reports {seed}"), "report", _of_report, fillers)


def _of_report(asked: str, fillers: Sequence[str], rng: random.Random) -> Iterator[Example]:
    """Questions on the cause and on a field, each of the form and of the account."""
    thing = rng.choice(_DATA["thing"])
    one, twin = _words(thing, rng), _words(thing, rng)
    heading = f"{rng.choice(_DATA['kinds'])}\nDate: {value_of('date', rng)} | Place: {one['place']}"
    form, places, fields = _form(one, rng)
    account, cause = _account(one, fillers, rng)
    question = _said(rng.choice(_DATA["asked"]), one)
    yield Example(question, heading, form, None, asked)
    yield Example(question, heading, account, cause, asked)
    if twin["place"] != one["place"] and rng.random() < 0.6:
        other, _ = _account(twin, fillers, rng)
        yield Example(question, heading.replace(one["place"], twin["place"]), other, None, asked)
    name = rng.choice(sorted(places))
    question = _said(rng.choice(fields[name].split("|")), one)
    yield Example(question, heading, form, places[name], f"{asked} field")
    if name in FORM_ONLY:
        yield Example(question, heading, account, None, f"{asked} field")


def _words(thing: dict[str, Any], rng: random.Random) -> dict[str, str]:
    """What a report is about, by the names that templates have."""
    event, did = rng.choice(thing["events"])
    part, other = rng.sample(thing["parts"], 2)
    words = {"it": thing["it"], "event": event, "did": did, "part": part, "other": other}
    return words | {
        "cause": rng.choice(thing["causes"]),
        "place": value_of(rng.choice(("place", "town")), rng),
        "wording": rng.choice(_DATA["wording"]),
    }


def _form(words: dict[str, str], rng: random.Random) -> tuple[str, dict[str, tuple[int, int]], dict[str, str]]:
    """A form's text, where in it the value of each field stands, and what is asked for each."""
    fields = rng.sample(_DATA["fields"], rng.randint(4, 7))
    text, places = "", {}
    for number, (name, values, _) in enumerate(fields):
        value = _said(rng.choice(values), words)
        text += ("" if not number else " | " if rng.random() < 0.4 else "\n") + f"{name}: "
        places[name] = len(text), len(text) + len(value)
        text += value
    return text, places, {name: questions for name, _, questions in fields}


def _account(words: dict[str, str], fillers: Sequence[str], rng: random.Random) -> tuple[str, tuple[int, int]]:
    """What happened, in prose, and where in it the cause stands."""
    before = rng.sample(_DATA["before"], rng.randint(1, 3))
    after = rng.sample(_DATA["after"], rng.randint(0, 3))
    if fillers and rng.random() < 0.3:
        before.append(rng.choice(fillers).replace("{", "(").replace("}", ")"))
    told = rng.choice(_DATA["told"])
    event = "{It} {event}." if "{event}" not in told else "Then it happened."
    sentences = [_said(one, words) for one in (*before, event, told, *after)]
    text = " ".join(sentences)
    begin = text.index(words["cause"])
    return text, (begin, begin + len(words["cause"]))


def _said(template: str, words: dict[str, str]) -> str:
    text = template.format(**words, It=words["it"][:1].upper() + words["it"][1:])
    return text.replace(" an mishap", " a mishap")
