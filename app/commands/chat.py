"""`footnote chat`: the page in the browser."""

import click

from app.commands.settings import Settings, shared_options
from app.commands.terminal import say, working


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port; by default 7860 or the next free one.")
@click.option("--shared-uploads", is_flag=True, help="Let everybody see what anybody adds.")
@shared_options
def chat(host: str, port: int | None, shared_uploads: bool, settings: Settings) -> None:
    """Open the chat at an address for the browser."""
    from app.web.listening import check_listening, is_loopback

    check_listening(host, port)  # before the documents are indexed, which may take long
    assistant = settings.open()
    with working("Opening the page"):
        from app.web.library import Library
        from app.web.readiness import Readiness
        from app.web.server import launch
        from app.web.suggest import suggest_questions

        readiness, library = Readiness(), Library(assistant, shared=shared_uploads)
        app, url = launch(library, host=host, port=port, readiness=readiness)
    say(f"Footnote answers at {url} (Ctrl-C stops it)")
    if not is_loopback(host):
        say("There is no login: whoever reaches this address can read the documents.")
    with working("Loading the models"):  # while the page says so
        assistant.warm_up()
        readiness.announce(suggest_questions(assistant))
    app.block_thread()
