"""A real Chroma server in a process of its own, which a test may kill and start again, and one that wants a token."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

SECONDS = 60


def free_port():
    """A port at which nobody listens."""
    with closing(socket.socket()) as opened:
        opened.bind(("127.0.0.1", 0))
        return opened.getsockname()[1]


class ChromaProcess:
    """`chroma run` on a folder, which stays when it ends."""

    def __init__(self, folder):
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._process = None

    def start(self):
        """Start it, and wait until it answers."""
        program = shutil.which("chroma", path=str(Path(sys.executable).parent)) or "chroma"
        self._process = subprocess.Popen(
            [program, "run", "--path", str(self.folder), "--host", "127.0.0.1", "--port", str(self.port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        deadline = time.monotonic() + SECONDS
        while not self._answers():
            assert self._process.poll() is None, "the server ended"
            assert time.monotonic() < deadline, "the server does not answer"
            time.sleep(0.05)

    def kill(self):
        """End it at once, whatever it is doing."""
        if self._process:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def megabytes(self):
        """The memory that it takes now."""
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024

    def _answers(self):
        try:
            return httpx.get(f"{self.url}/api/v2/heartbeat").is_success
        except httpx.TransportError:
            return False


class Gate:
    """A proxy before a server, which asks for a token, and may be told to fail; entered, it listens."""

    def __init__(self, url, token="secret"):
        self._behind = url
        self._token = token
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.failures = 0  #: requests that it will answer with 503
        self.seen = []  #: method and path of each request
        app = Starlette(routes=[Route("/{path:path}", self._pass, methods=["GET", "POST", "PUT", "DELETE"])])
        self._server = uvicorn.Server(uvicorn.Config(app, port=self.port, log_level="error", lifespan="off"))
        self._thread = threading.Thread(target=self._server.run)

    async def _pass(self, request):
        self.seen.append((request.method, request.url.path))
        if self.failures > 0:
            self.failures -= 1
            return Response("upstream is starting", 503)
        if request.headers.get("authorization") != f"Bearer {self._token}":
            return JSONResponse({"error": "Unauthorized"}, 401)
        async with httpx.AsyncClient(base_url=self._behind, timeout=SECONDS) as client:
            answer = await client.request(
                request.method,
                request.url.path,
                params=request.query_params,
                content=await request.body(),
                headers={"content-type": "application/json"},
            )
        return Response(answer.content, answer.status_code, media_type=answer.headers.get("content-type"))

    def __enter__(self):
        self._thread.start()
        while not self._server.started:
            time.sleep(0.01)
        return self

    def __exit__(self, *error):
        self._server.should_exit = True
        self._thread.join()
