"""What a browser sends takes effect in the order in which it was sent: Gradio takes waiting events in a random one."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

import gradio as gr

from app.web.sent import sent_with

if TYPE_CHECKING:
    from app.web.sessions import Session

PATIENCE = 2.0  #: seconds after which what was sent before and has not arrived counts as lost
GLANCE = 0.005  #: seconds between two looks

Shown = TypeVar("Shown")


@dataclass(slots=True)
class Order:
    """How far a session has come in what its browser has sent, which is numbered from 1."""

    done: int = 0

    def wait(self, number: int) -> None:
        """Return once all that was sent before is done. What has no number waits for nothing."""
        end = time.monotonic() + PATIENCE
        while number > self.done + 1 and time.monotonic() < end:
            time.sleep(GLANCE)

    def pass_on(self, number: int) -> None:
        """Let go on what was sent after."""
        self.done = max(self.done, number)


def in_order(handler: Callable[[Any, "Session", gr.EventData], Shown]) -> Callable[..., Shown]:
    """The handler, which waits until all that the browser sent before is done, whatever became of it."""

    @wraps(handler)
    def waiting(page: Any, session: "Session", event: gr.EventData) -> Shown:
        number = sent_with(event).order
        session.order.wait(number)
        try:
            return handler(page, session, event)
        finally:
            session.order.pass_on(number)

    return waiting
