"""What is dear to have twice: one object for all who use it at a time."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from weakref import WeakValueDictionary

T = TypeVar("T")

_in_use: WeakValueDictionary[tuple[Any, ...], Any] = WeakValueDictionary()
_lock = threading.RLock()


def shared(make: Callable[..., T], *arguments: Any) -> T:
    """What `make` gives for these arguments, which is made once and let go when nobody uses it.

    The name of a folder stands for that folder, wherever the caller stands. Raises what `make` raises.
    """
    key = make, *map(_resolved, arguments)
    with _lock:
        made = _in_use.get(key)
        if made is None:
            made = _in_use[key] = make(*arguments)
        return made


def _resolved(argument: Any) -> Any:
    folder = Path(argument).expanduser() if isinstance(argument, str) else None
    return folder.resolve() if folder and folder.is_dir() else argument
