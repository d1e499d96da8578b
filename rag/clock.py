"""How long the steps of an answer take."""

import time


class Clock:
    """Seconds that each step takes."""

    def __init__(self) -> None:
        """Start it."""
        self.timings: dict[str, float] = {}
        self._started = self._last = time.perf_counter()

    def lap(self, step: str) -> None:
        """Note that a step has ended."""
        now = time.perf_counter()
        self.timings |= {step: now - self._last, "total": now - self._started}
        self._last = now
