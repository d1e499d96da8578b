"""Visitors of the chat page without a browser: they say to the server what the page's scripts say."""

import json
import secrets
from typing import Any
from urllib.parse import quote

import httpx

from app.web.uploads import ADDRESS


def new_session() -> str:
    """An id for a new visitor, as the page's script makes it."""
    return secrets.token_urlsafe(24)


class Visitor:
    """One visitor with a session of their own. Close it at the end."""

    def __init__(self, url: str) -> None:
        """Open the page at `url`."""
        self.session = new_session()
        self._http = httpx.Client(base_url=url, timeout=120)
        self._tab = secrets.token_hex(8)  #: what Gradio calls the session hash
        functions = self._http.get("config").json()["dependencies"]
        self._functions = {function["api_name"]: function for function in functions}
        self._call("begin", {"turns": []})

    def upload(self, name: str, text: str) -> str:
        """Add a document; returns what became of it."""
        headers = {"x-footnote-session": self.session, "x-footnote-name": quote(name)}
        return str(self._http.post(ADDRESS, content=text.encode(), headers=headers).json()["status"])

    def ask(self, question: str) -> str:
        """Ask in the page; returns the HTML of the conversation when the answer is there."""
        self._call("take", {"question": question})
        return str(self._call("respond")[0])

    def documents(self) -> str:
        """The HTML of the list of documents."""
        return str(self._call("list_documents")[1])

    def close(self) -> None:
        """Leave."""
        self._http.close()

    def _call(self, name: str, data: dict[str, Any] | None = None) -> list[Any]:
        """Trigger an event of the page, and return what its handler shows in the end."""
        function = self._functions[name]
        event = {
            "fn_index": function["id"],
            "data": [None, self.session][: len(function["inputs"])],  # the state, and who asks for it
            "event_data": {"session": self.session, **(data or {})},
            "session_hash": self._tab,
        }
        joined = self._http.post("gradio_api/queue/join", json=event).raise_for_status().json()["event_id"]
        with self._http.stream("GET", "gradio_api/queue/data", params={"session_hash": self._tab}) as stream:
            for line in stream.iter_lines():
                message = json.loads(line.removeprefix("data: ")) if line.startswith("data: ") else {}
                if message.get("event_id") == joined and message["msg"] == "process_completed":
                    if not message["success"]:
                        raise AssertionError(message["output"])
                    return list(message["output"]["data"])
        raise AssertionError(f"the server left {name} unanswered")
