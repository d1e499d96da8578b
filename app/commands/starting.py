"""How a command starts and ends: a cold `footnote ask` spent a third of its time on garbage, and on its own end."""

import atexit
import gc
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def starting() -> Iterator[None]:
    """Collect no garbage meanwhile, and never look at what is there at its end.

    What a command imports and loads stays until it ends: a collector goes through all of it again and again while it
    is loaded, and once more when the process ends.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def leave(status: int) -> None:
    """End the process with a status, all that is to be done at its end done, but for taking apart what it holds.

    Returns if that is interrupted, or what was printed cannot be written: as a process usually ends, it says so.
    """
    try:
        threading._shutdown()  # type: ignore[attr-defined]
        atexit._run_exitfuncs()
        for stream in filter(None, (sys.stdout, sys.stderr)):  # None where it was closed
            stream.flush()
    except (KeyboardInterrupt, AttributeError, OSError, ValueError):  # Python's own names may be others one day
        return
    os._exit(status)
