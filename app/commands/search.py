"""`footnote search`: the passages that a question finds."""

from dataclasses import asdict

import click

from app.commands.settings import Settings, shared_options, top_k_option
from app.commands.terminal import print_json, read_stdin, show_hits


@click.command()
@click.argument("question")
@top_k_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@shared_options
def search(question: str, top_k: int | None, as_json: bool, settings: Settings) -> None:
    """Show the passages found for QUESTION (`-`: the one on standard input), with their scores."""
    hits = settings.open(warm=True).search(read_stdin() if question == "-" else question, top_k=top_k)
    if as_json:
        print_json([asdict(hit) for hit in hits])
    else:
        show_hits(hits)
