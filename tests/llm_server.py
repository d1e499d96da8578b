"""An OpenAI-compatible server on the loopback that says what a test scripts, in the chunks that it scripts."""

import json
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field

import uvicorn
from starlette.applications import Starlette
from starlette.responses import JSONResponse, StreamingResponse
from starlette.routing import Route


@dataclass
class Reply:
    """What one request gets."""

    chunks: list[str] = field(default_factory=list)
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    error: str = "scripted"
    finish: str = "stop"
    pause: float = 0.0  # seconds before each chunk
    breaks: bool = False  # whether the connection is dropped after the last chunk


class ScriptedServer:
    """Answers its requests in order with `replies`; the last one is repeated."""

    def __init__(self):
        self.replies = [Reply()]
        self.requests = []  # the bodies
        self.keys = []  # what stood in the header of each
        self.sent = 0  # chunks of the reply under way
        self.disconnected = threading.Event()

    def says(self, *chunks, **options):
        """Every request gets this from now on."""
        self.script(Reply(list(chunks), **options))

    def script(self, *replies):
        """Requests get these in order from now on."""
        self.replies = list(replies)
        self.requests.clear()
        self.disconnected.clear()

    async def complete(self, request):
        body = await request.json()
        self.requests.append(body)
        self.keys.append(request.headers.get("authorization"))
        reply = self.replies[min(len(self.requests), len(self.replies)) - 1]
        if reply.status != 200:
            error = {"error": {"message": reply.error, "type": "scripted", "code": None}}
            return JSONResponse(error, reply.status, headers=reply.headers)
        if not body.get("stream"):
            message = {"role": "assistant", "content": "".join(reply.chunks)}
            choice = {"index": 0, "message": message, "finish_reason": reply.finish}
            return JSONResponse(_body(body, choices=[choice], usage=_usage(reply)))
        return StreamingResponse(self._stream(body, reply), media_type="text/event-stream")

    async def _stream(self, body, reply):
        import anyio

        self.sent = 0
        try:
            for chunk in reply.chunks:
                if reply.pause:
                    await anyio.sleep(reply.pause)
                yield _event(body, [{"index": 0, "delta": {"content": chunk}, "finish_reason": None}])
                self.sent += 1
            if reply.breaks:
                raise ConnectionResetError("scripted")
            yield _event(body, [{"index": 0, "delta": {}, "finish_reason": reply.finish}])
            yield _event(body, [], usage=_usage(reply))
            yield "data: [DONE]\n\n"
        except BaseException:
            self.disconnected.set()
            raise


def _body(body, **fields):
    return {"id": "1", "object": "chat.completion", "created": 0, "model": body["model"], **fields}


def _event(body, choices, **fields):
    return f"data: {json.dumps(_body(body, object='chat.completion.chunk', choices=choices, **fields))}\n\n"


def _usage(reply):
    return {"prompt_tokens": 100, "completion_tokens": len(reply.chunks), "total_tokens": 100 + len(reply.chunks)}


@contextmanager
def serving():
    """A running server and the URL of its API."""
    scripted = ScriptedServer()
    app = Starlette(routes=[Route("/v1/chat/completions", scripted.complete, methods=["POST"])])
    config = uvicorn.Config(
        app, host="127.0.0.1", port=0, log_level="critical", ws="none", lifespan="off", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    scripted.url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/v1"
    try:
        yield scripted
    finally:
        server.should_exit = True
        thread.join(10)
