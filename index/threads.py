"""Texts read side by side, each by a thread of its own.

PyTorch's own threads share every product and wait for each other after it, some hundred times in a text: on a processor
that others use, too, such a wait takes milliseconds. Threads that share nothing but the weights wait for nobody.
"""

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar

AT_A_TIME = 8  #: texts that a thread reads together; with more, what it works on leaves the processor's cache

_lock = threading.Lock()

A = TypeVar("A")
B = TypeVar("B")


def side_by_side(read: Callable[[Sequence[A]], Sequence[B]], texts: Sequence[A]) -> list[B]:
    """What `read` gives for each of the texts, a few of which it is given at a time, in inference mode of PyTorch."""
    import torch

    threads = torch.get_num_threads()
    size = min(AT_A_TIME, -(-len(texts) // threads))

    def work(start: int) -> Sequence[B]:
        with torch.inference_mode():
            return read(texts[start : start + size])

    return [one for part in _pool(threads).map(work, range(0, len(texts), size or 1)) for one in part]


@cache
def _pool(threads: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(threads, "footnote-reading", initializer=_work_alone, initargs=(threads,))


if hasattr(os, "register_at_fork"):  # where processes fork, the threads are not in the new one
    os.register_at_fork(after_in_child=_pool.cache_clear)


def _work_alone(threads: int) -> None:
    """Have PyTorch use this thread alone for what it computes in it, and as many as before in others."""
    import torch

    torch.get_num_threads()  # as a thread takes up the number of all at its first look, and would do so later
    with _lock:
        torch.set_num_threads(1)
        # That holds for threads to come as well, which may be of others. A thread that then ends makes it theirs again.
        restoring = threading.Thread(target=torch.set_num_threads, args=[threads])
        restoring.start()
        restoring.join()
