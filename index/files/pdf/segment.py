"""A stretch of text on a PDF's page."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text on one line. Coordinates are points from the page's top left corner."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float  #: of its letters
    bold: bool
    order: int = -1  #: number of its first letter in the file; -1 on a picture, of which it was recognised
    colour: int = 0  #: of its letters, red, green and blue
    lead: float = 0.0  #: points from its left to its figure, if a sign of money stands far before that

    @property
    def middle(self) -> float:
        """Half way between its top and bottom."""
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        """Of its letters' boxes."""
        return self.bottom - self.top


def alike(one: Segment, other: Segment) -> bool:
    """Whether two stretches are set in letters of one size and weight."""
    return one.bold == other.bold and abs(one.size - other.size) < 0.1


def runs_over(upper: Segment, lower: Segment, right: float) -> bool:
    """Whether the line below goes on with the one above it: its first word had no room there, up to this place."""
    word, _, _ = lower.text.partition(" ")
    letter = (lower.right - lower.left) / len(lower.text)
    return upper.right + (len(word) + 1) * letter > right
