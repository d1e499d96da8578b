"""Whether the models are loaded yet: the page is there before they are."""

from collections.abc import Sequence
from threading import Event


class Readiness:
    """Whether the models are loaded. Until then the page says that they are being loaded."""

    def __init__(self, examples: Sequence[str] | None = None) -> None:
        """Ready at once, if there are `examples` to begin with, be they none."""
        self.examples = tuple(examples or ())
        self._event = Event()
        if examples is not None:
            self._event.set()

    @property
    def is_ready(self) -> bool:
        """Whether questions are answered without delay."""
        return self._event.is_set()

    def announce(self, examples: Sequence[str]) -> None:
        """From now on the page is ready, with questions to begin with."""
        self.examples = tuple(examples)
        self._event.set()

    def wait(self, seconds: float) -> bool:
        """Return after this time, or as soon as the models are loaded; whether they are."""
        return self._event.wait(seconds)
