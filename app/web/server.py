"""Serve the chat page, its API and MCP."""

from contextlib import redirect_stdout
from io import StringIO

import gradio as gr
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from app.web.chat import ASSETS, build_app, shared_script
from app.web.feedback import Feedback
from app.web.guide import guide_route
from app.web.library import Library
from app.web.listening import cannot_listen, check_listening, is_loopback
from app.web.pages import page_route
from app.web.readiness import Readiness
from app.web.uploads import upload_route

FONTS = ("system-ui", "sans-serif")  #: the system's own: a theme's would be fetched from another host
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


def launch(
    library: Library,
    *,
    host: str = "127.0.0.1",
    port: int | None = None,
    readiness: Readiness | None = None,
    feedback: Feedback | None = None,
) -> tuple[gr.Blocks, str]:
    """Serve the page, the API and MCP; returns the running app and its address.

    Nothing is reported, shared or fetched elsewhere: the fonts are the system's and no run is recorded.

    Args:
        library: Who answers, and keeps what visitors add.
        host: Name or address to listen at.
        port: Port to listen at; None takes 7860 or the next one that is free.
        readiness: Tells when the models are loaded, and questions to begin with; by default they are, and it has none.
        feedback: Keeps what visitors think of answers; by default in the user's data folder.

    Raises SettingsError if nothing can listen there.
    """
    host = host.strip("[]")
    in_url = f"[{host}]" if ":" in host else host
    # Without this a page on the web could have its own name lead here, and read the documents by way of the browser.
    hosts = (*LOOPBACK, in_url) if is_loopback(host) else ("*",)
    app = build_app(library, readiness or Readiness(()), feedback or Feedback())
    check_listening(host, port)  # where it cannot listen, Gradio would wait for ever
    library.start_sweeping()
    try:
        with redirect_stdout(StringIO()):  # quiet or not, it tells of MCP
            _, url, _ = app.launch(
                server_name=in_url,
                server_port=port,
                prevent_thread_lock=True,
                share=False,
                quiet=True,
                mcp_server=True,
                run_history=False,
                enable_monitoring=False,
                ssr_mode=False,
                footer_links=[],
                max_file_size=1,  # nothing is uploaded by way of Gradio, which would keep it
                app_kwargs={
                    "middleware": [Middleware(TrustedHostMiddleware, allowed_hosts=hosts)],
                    "routes": [upload_route(library), page_route(library), guide_route(library)],
                },
                theme=gr.themes.Base(font=FONTS, font_mono=("ui-monospace", "monospace")),
                css_paths=[ASSETS / name for name in ("page.css", "chat.css", "pane.css")],
                head=shared_script(),
                favicon_path=ASSETS / "icon.svg",
            )
    except OSError:
        library.close()
        raise cannot_listen(host, port) from None
    return app, url
