"""A text that is written piece by piece, and where in it the pieces stand that may be asked for."""

from collections.abc import Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)


class PlacedText(Generic[K]):
    """What is written so far, and by their keys the half-open offsets of its pieces."""

    def __init__(self, text: str = "") -> None:
        """Begin with a text."""
        self.text = text
        self.places: dict[K, tuple[int, int]] = {}

    def write(self, text: str) -> None:
        """Go on."""
        self.text += text

    def line(self, text: str) -> None:
        """Begin a line."""
        self.write(f"\n{text}" if self.text else text)

    def place(self, text: str, key: K) -> None:
        """Write what may be asked for, and keep its place."""
        start = len(self.text)
        self.text += text
        self.places[key] = start, len(self.text)
