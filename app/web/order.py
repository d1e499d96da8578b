"""What a browser sends takes effect in the order in which it was sent: Gradio takes waiting events in a random one."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition

PATIENCE = 2.0  #: seconds without anything done, after which what was sent before and has not arrived counts as lost
AHEAD = 50  #: events; a number further on than that is no page's, and waits for nothing


class Order:
    """How far a session has come in what its browser has sent, which is numbered from 1."""

    def __init__(self) -> None:
        self.done = 0
        self._waiting: list[int] = []
        self._running = 0
        self._changed = Condition()

    def __deepcopy__(self, memo: object) -> "Order":
        """A session begins as a copy of one that has sent nothing."""
        return Order()

    @contextmanager
    def turn(self, number: int) -> Iterator[None]:
        """Wait until all that was sent before is done, and let go on what was sent after. 0 waits for nothing."""
        with self._changed:
            self._waiting.append(number)
            while self._is_to_wait(number):
                # Of those that wait, the first alone may find that what comes before it is lost.
                if not self._changed.wait(PATIENCE) and not self._running and number == min(self._waiting):
                    break
            self._waiting.remove(number)
            self._running += 1
        try:
            yield
        finally:
            with self._changed:
                self._running -= 1
                self.done = max(self.done, number)
                self._changed.notify_all()

    def _is_to_wait(self, number: int) -> bool:
        return self.done + 1 < number <= self.done + AHEAD or (number > 0 and self._running > 0)
