"""Values such as forms have: dates, sums, names and quantities made at random, and words out of forms.toml."""

import random
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

FORMS: dict[str, Any] = tomllib.loads((Path(__file__).parent / "forms.toml").read_text(encoding="utf-8"))
WORDS: dict[str, list[str]] = FORMS["words"]

MONTHS = "January February March April May June July August September October November December".split()


def value_of(of: str, rng: random.Random) -> str:
    """A value of a kind that forms.toml names."""
    return _MAKERS[of](rng) if of in _MAKERS else rng.choice(WORDS[of])


def _date(rng: random.Random) -> str:
    year, month, day = rng.randint(1995, 2026), rng.randint(1, 12), rng.randint(1, 28)
    name = MONTHS[month - 1]
    return rng.choice(
        (f"{day} {name} {year}", f"{name} {day}, {year}", f"{year}-{month:02}-{day:02}", f"{month:02}/{day:02}/{year}")
    )


def _money(rng: random.Random) -> str:
    amount = rng.choice((rng.uniform(1, 90), rng.uniform(90, 9_000), rng.randint(10, 900) * 1_000.0))
    return rng.choice(("${:,.2f}", "{:,.2f} EUR", "£{:,.0f}", "${:,.0f}")).format(amount)


def _person(rng: random.Random) -> str:
    return rng.choice(("", "", "", "Dr ", "Prof. ")) + f"{rng.choice(WORDS['first'])} {rng.choice(WORDS['last'])}"


def _quantity(low: float, high: float, *units: str, digits: int = 0) -> Callable[[random.Random], str]:
    return lambda rng: f"{rng.uniform(low, high):,.{digits}f}{rng.choice(units)}"


_MAKERS: dict[str, Callable[[random.Random], str]] = {
    "date": _date,
    "money": _money,
    "person": _person,
    "time": lambda rng: f"{rng.randint(0, 23):02}:{rng.choice((0, 5, 10, 15, 30, 40, 45)):02}" + rng.choice(("", " h")),
    "code": lambda rng: (
        "".join(rng.choices("ABCDEFGHKLMNPRSTUVWXYZ", k=rng.randint(1, 3)))
        + rng.choice(("", "-", " "))
        + str(rng.randint(10, 99_999))
    ),
    "phone": lambda rng: f"{rng.randint(200, 999)} 555 {rng.randint(1000, 9999)}",
    "email": lambda rng: f"{rng.choice(WORDS['last'])}@{rng.choice(WORDS['town']).split()[0]}.example".lower(),
    "percent": _quantity(0, 80, "%", " %", " per cent", digits=1),
    "weight": _quantity(2, 9_000, " kg", " lb"),
    "length": _quantity(5, 900, " mm", " cm"),
    "area": _quantity(6, 40, " m²", " sq m", digits=1),
    "millimetres": _quantity(200, 1_900, " mm"),
    "volts": _quantity(5, 400, " V", " V DC"),
    "degrees": _quantity(-30, 70, " °C"),
    "decibels": _quantity(20, 90, " dB", " dB(A)"),
    "gigabytes": _quantity(1, 90, " GB"),
    "minutes": _quantity(10, 90, " min", " minutes"),
    "hours": _quantity(10, 4_000, " h", " hours"),
    "days": _quantity(1, 30, "", " days"),
    "weeks": _quantity(1, 60, " weeks"),
    "years": _quantity(1, 30, " years", ""),
    "age": _quantity(18, 90, "", " years"),
    "count": _quantity(0, 9, ""),
    "number": _quantity(10, 90_000, ""),
}
