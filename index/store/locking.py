"""The write lock of a store: one process at a time changes it. Readers do not need it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import StoreError
from index.store.vectors import store_problem


@contextmanager
def writing(folder: Path, on_wait: Callable[[], None] | None, *, wait: bool) -> Iterator[bool]:
    """Hold the write lock of the store in `folder`, or give False if it is held and not to be waited for.

    Calls `on_wait` before it waits. Raises StoreError if the folder cannot be made or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"The store {folder} cannot be made ({error.strerror}); name another with --store.") from error
    try:
        lock = FileLock(folder / "write.lock", thread_local=False)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            if not wait:
                yield False
                return
            if on_wait:
                on_wait()
            lock.acquire()
    except OSError as error:
        raise StoreError(store_problem(folder, error)) from error
    try:
        yield True
    finally:
        lock.release()
