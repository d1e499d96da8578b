"""Where the page sends files: one request each, so that the browser knows how far it is, and what became of it."""

import tempfile
from pathlib import Path
from urllib.parse import unquote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from app.web.library import Library
from app.web.routes import OUT_OF_DATE, session_of
from app.web.shelf import MAX_FILE_MB, MB
from app.web.visible import message
from index.errors import FootnoteError

ADDRESS = "/footnote/documents"


def upload_route(library: Library) -> Route:
    """Add the body of a POST to the documents of the session that its header names."""

    async def add(request: Request) -> JSONResponse:
        session = session_of(request)
        name = unquote(request.headers.get("x-footnote-name", ""))
        if session is None:
            return _answer(name, "refused", OUT_OF_DATE, 403)
        with tempfile.TemporaryDirectory() as folder:
            path, size = Path(folder) / "upload", 0
            with path.open("wb") as file:
                async for chunk in request.stream():
                    size += len(chunk)
                    if size > MAX_FILE_MB * MB:
                        large = f"{name} is larger than {MAX_FILE_MB} MB; add a part of it."
                        return _answer(name, "refused", large, 413)
                    file.write(chunk)
            try:  # the file is closed: Windows opens none twice
                uploads = await run_in_threadpool(library.add, session, [(name, path)])
            except FootnoteError as error:
                return _answer(name, "refused", message(error), 200)
        added = uploads[0]
        return _answer(added.name, added.status, added.message, 200, added.document_id)

    return Route(ADDRESS, add, methods=["POST"])


def _answer(name: str, status: str, message: str, code: int, document: str | None = None) -> JSONResponse:
    told = {"name": name, "status": status, "message": message, "document": document}
    return JSONResponse(told, status_code=code)
