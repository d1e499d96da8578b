"""Garbage collection while a command starts, of which a cold `footnote ask` spent a quarter of its time."""

import gc
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
