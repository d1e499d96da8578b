"""Likes and dislikes, kept in a local file: one JSON object a line, appended and never changed."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout

from index.errors import StoreError
from index.locations import default_feedback
from rag.types import Answer

LOCK_SECONDS = 10.0

Verdict = Literal["like", "dislike"]


class Feedback:
    """What visitors think of answers. Threads and processes may share its file.

    A changed mind is another line with the same `id`; the last one counts.
    """

    def __init__(self, path: Path | None = None) -> None:
        """Keep it in `path`, by default `feedback.jsonl` in the user's data folder."""
        self.path = path or default_feedback()

    def record(self, identifier: str, answer: Answer, verdict: Verdict | None, *, private: bool = False) -> None:
        """Append a verdict on an answer.

        Args:
            identifier: The same whenever it is about this answer of this conversation; no session id, which is secret.
            answer: What was liked or disliked.
            verdict: None takes an earlier verdict back.
            private: Leave out question and text: of uploads nothing may be kept for longer than they are.

        Raises StoreError if the file cannot be written.
        """
        line = {
            "time": datetime.now(UTC).isoformat(timespec="seconds"),
            "id": identifier,
            "verdict": verdict,
            "question": None if private else answer.question,
            "text": None if private else answer.text,
            "status": answer.status,
            "confidence": answer.confidence,
            "engine": answer.engine,
        }
        try:
            self._append(json.dumps(line, ensure_ascii=False).encode() + b"\n")
        except (OSError, Timeout) as error:
            reason = getattr(error, "strerror", None) or "it is in use"
            raise StoreError(f"Feedback cannot be kept in {self.path} ({reason}); allow writing there.") from error

    def _append(self, line: bytes) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with (
            FileLock(f"{self.path}.lock", timeout=LOCK_SECONDS),
            open(self.path, "a+b", opener=_for_the_owner) as file,
        ):
            if file.seek(0, os.SEEK_END):
                file.seek(-1, os.SEEK_END)
                if file.read(1) != b"\n":  # the last one was broken off; this one is not to be lost with it
                    line = b"\n" + line
            file.write(line)


def _for_the_owner(path: str, flags: int) -> int:
    return os.open(path, flags, mode=0o600)
