"""The layout of the chat page and what is connected to what; `page.py` does the work, `server.py` serves it."""

from html import escape
from pathlib import Path
from string import Template
from typing import Any, cast

import gradio as gr

from app.web import pane, render
from app.web.api import add_endpoints
from app.web.engines import engines_of
from app.web.feedback import Feedback
from app.web.library import Library
from app.web.page import Page
from app.web.readiness import Readiness
from app.web.sessions import Session

ASSETS = Path(__file__).parent / "assets"
AT_ONCE = 4  #: questions answered at the same time, over all sessions
#: Gradio puts the parts into the page one by one in any order, and may run a script a moment before its part is there:
#: each waits for all of them. The session begins when all have run, so that none misses what the server answers.
#: A script that fails fails alone.
ONCE_THERE = Template(
    """(function onceThere() {
  const isThere = window.footnote.isWhole() && document.getElementById("$part").contains(element);
  if (!isThere) return setTimeout(onceThere, 5);
  try {
    $script
  } finally {
    window.footnote.ran("$part");
  }
})();"""
)
WHO = "(state) => [state, window.footnote.session]"  #: run by the browser for the inputs of what follows on an event
AT_ANY_TIME: dict[str, Any] = {
    "concurrency_limit": None,
    "trigger_mode": "multiple",
    "show_progress": "hidden",
    "api_visibility": "private",  # else each control is a public endpoint
}


def build_app(library: Library, readiness: Readiness, feedback: Feedback) -> gr.Blocks:
    """Lay out the page and connect it. Style, theme and the shared script are given to `launch`."""
    page = Page(library, readiness, feedback)
    with gr.Blocks(title="Footnote", analytics_enabled=False, fill_width=True) as app:
        session = gr.State(Session())
        with gr.Row(elem_id="fn-top"):
            header = _html(pane.render_header(()))
            tools = _html(_tools(library), "fn-tools", "tools.js", "pins.js")
        with gr.Row(elem_id="fn-columns"):
            with gr.Column(elem_id="fn-left"):
                with gr.Column(elem_id="fn-conversation"):
                    conversation = _html(render.render_conversation((), ""), "fn-finished", "chat.js")
                    live = _html(render.render_live("", 0, busy=False))
                composer = _html(_asset("composer.html"), "fn-composer", "composer.js")
            source = _html("", "fn-pane", "pane.js", "uploads.js", "find.js", "choose.js", "guide.js")
        outbox = _html("", "fn-outbox", "outbox.js", template="")
        who = _html("", "fn-who")

        # The events that the scripts trigger carry the session id; what follows on one has it as the value of `who`.
        # Gradio may deliver what an earlier event showed after what a later one does: whatever changes what is shown
        # is followed by showing it again when all that was under way has arrived.
        shown = [conversation, live]
        following = {"inputs": [session, who], "outputs": shown, "js": WHO, **AT_ANY_TIME}
        settle: dict[str, Any] = {"fn": page.settle, **following}
        tools.begin(page.begin, session, [*shown, header, source], **AT_ANY_TIME).then(**settle)
        composer.ask(page.take, session, shown, **AT_ANY_TIME).then(
            page.respond, **(following | {"concurrency_limit": AT_ONCE})
        ).then(page.show, **following).then(**settle)
        composer.stop(page.stop, session, shown, **AT_ANY_TIME).then(**settle)
        conversation.rate(page.rate, session, shown, **AT_ANY_TIME).success(**settle)
        conversation.cite(page.open_source, session, source, **AT_ANY_TIME)
        outbox.export(page.export, session, outbox, **AT_ANY_TIME)
        source.read(page.read, session, source, **AT_ANY_TIME)
        source.shelf(page.list_documents, session, [header, source], **AT_ANY_TIME)
        source.suggest(page.suggest, session, shown, **(AT_ANY_TIME | {"concurrency_limit": 1})).success(**settle)
        source.remove(page.remove, session, [header, source], **AT_ANY_TIME)
        add_endpoints(library.assistant, at_once=AT_ONCE)
    return cast("gr.Blocks", app)


def shared_script() -> str:
    """What the scripts of all parts use; it goes into the head of the page, and chooses the theme before it shows."""
    return f"<script>{_asset('shared.js')}\n{_asset('choice.js')}</script>"


def _html(value: str, elem_id: str | None = None, *scripts: str, template: str = "${value}") -> gr.HTML:
    """A part of the page that we style, with the scripts that make it respond, one after the other."""
    js = ONCE_THERE.substitute(part=elem_id, script="\n".join(map(_asset, scripts))) if scripts else None
    return gr.HTML(value, html_template=template, elem_id=elem_id, apply_default_css=False, js_on_load=js)


def _tools(library: Library) -> str:
    """The buttons of the header and the panels that they open."""
    return Template(_asset("tools.html")).substitute(
        engines="".join(
            f'<option value="{escape(engine.name)}" data-model="{escape(engine.model)}" '
            f'data-passages="{engine.passages}">{escape(engine.label)}</option>'
            for engine in engines_of(library.base)
        ),
        threshold=round(100 * library.base.min_confidence),
    )


def _asset(name: str) -> str:
    return (ASSETS / name).read_text(encoding="utf-8")
