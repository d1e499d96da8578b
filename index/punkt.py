"""Punkt's model of English, which comes with LlamaIndex: where sentences end, and which words are names only."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nltk.tokenize.punkt import PunktTokenizer

# Abbreviations that Punkt's English model does not know and that end a sentence hardly ever.
_ABBREVIATIONS = frozenset(
    (
        "al approx art arts ca cf ch chap cl ed eds e.g eq est etc fig figs gov i.e incl max min misc no nos "
        "p para paras pp ref refs resp sec sect sgt vol vols viz "
        "mon tue tues wed thu thur thurs fri jan feb apr aug sept oct nov dec "
        "bankr capt cir cmdr dept deg fed ff ft inst messrs mob publ rev supp temp tex ult univ vs"
    ).split()
)
_SMALL = (1 << 4) | (1 << 5) | (1 << 6)  #: Punkt's flags of a word that was seen in small letters


@cache
def punkt() -> "PunktTokenizer":
    """The tokenizer of sentences."""
    import nltk.data
    from nltk.tokenize.punkt import PunktTokenizer

    # LlamaIndex brings Punkt's data along, so none is downloaded; and whatever other data a machine
    # may have, it must split as every other does.
    spec = find_spec("llama_index.core")
    if spec and spec.origin:
        nltk.data.path.insert(0, str(Path(spec.origin).parent / "_static" / "nltk_cache"))
    tokenizer = PunktTokenizer("english")
    tokenizer._params.abbrev_types.update(_ABBREVIATIONS)
    return tokenizer


def is_written_small(word: str) -> bool:
    """Whether a word stood in small letters in the newspapers from which Punkt learnt: "agreement", but not "apple"."""
    return bool(punkt()._params.ortho_context[word.lower()] & _SMALL)


def is_known(word: str) -> bool:
    """Whether a word stood in those newspapers at all: "agreement" and "apple", but not "agrement"."""
    return word.lower() in punkt()._params.ortho_context
