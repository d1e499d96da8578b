"""Where the page sends files: one request each, so that the browser knows how far it is, and what became of it."""

import tempfile
from pathlib import Path
from urllib.parse import unquote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from app.web.library import Library, is_session_id
from app.web.shelf import MAX_FILE_MB, MB
from app.web.visible import message
from index.errors import FootnoteError

ADDRESS = "/footnote/documents"


def upload_route(library: Library) -> Route:
    """Add the body of a POST to the documents of the session that its header names.

    A header of our own keeps other sites from posting here by way of a visitor's browser.
    """

    async def add(request: Request) -> JSONResponse:
        session = request.headers.get("x-footnote-session", "")
        name = unquote(request.headers.get("x-footnote-name", ""))
        if not is_session_id(session):
            return _answer(name, "refused", "The page is out of date; load it anew.", 403)
        with tempfile.NamedTemporaryFile() as file:
            size = 0
            async for chunk in request.stream():
                size += len(chunk)
                if size > MAX_FILE_MB * MB:
                    return _answer(name, "refused", f"{name} is larger than {MAX_FILE_MB} MB; add a part of it.", 413)
                file.write(chunk)
            file.flush()
            try:
                uploads = await run_in_threadpool(library.add, session, [(name, Path(file.name))])
            except FootnoteError as error:
                return _answer(name, "refused", message(error), 200)
        added = uploads[0]
        return _answer(added.name, added.status, added.message, 200, added.document_id)

    return Route(ADDRESS, add, methods=["POST"])


def _answer(name: str, status: str, message: str, code: int, document: str | None = None) -> JSONResponse:
    told = {"name": name, "status": status, "message": message, "document": document}
    return JSONResponse(told, status_code=code)
