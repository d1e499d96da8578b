"""What an LLM is told: text files, each with the `$names` that are put in."""

from functools import cache
from importlib.resources import files
from string import Template


def fill(name: str, **values: str) -> str:
    """The prompt of that name, with the values in their places."""
    return _read(name).substitute(values).strip()


@cache
def _read(name: str) -> Template:
    return Template(files(__name__).joinpath(f"{name}.txt").read_text(encoding="utf-8"))
