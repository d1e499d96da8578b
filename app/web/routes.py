"""Addresses that the page's scripts ask, each for the visitor whose session stands in a header of the request.

It never stands in an address, which would be written to logs; and a header of our own keeps other sites from asking
by way of a visitor's browser.
"""

from collections.abc import Callable, Mapping

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from app.web.library import is_session_id
from app.web.visible import message
from index.errors import FootnoteError

OUT_OF_DATE = "The page is out of date; load it anew."


def session_of(request: Request) -> str | None:
    """The session that a request names; None if it names none."""
    session = request.headers.get("x-footnote-session", "")
    return session if is_session_id(session) else None


def reading_route(address: str, show: Callable[[str, Mapping[str, str]], Response]) -> Route:
    """Answer with what `show` gives for a session and what is asked for; its errors are told with status 404."""

    async def answer(request: Request) -> Response:
        session = session_of(request)
        if session is None:
            return PlainTextResponse(OUT_OF_DATE, 403)
        try:
            shown = await run_in_threadpool(show, session, request.query_params)
        except FootnoteError as error:
            return PlainTextResponse(message(error), 404)
        shown.headers["Cache-Control"] = "no-store"
        return shown

    return Route(address, answer, methods=["GET"])
