"""The `footnote` command. Heavy imports wait until a command needs them, so that --help is instant."""

import errno
import sys
from dataclasses import replace
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from app.commands.eval import evaluate_command
from app.commands.questions import questions_group
from app.commands.settings import Settings, say_waiting, shared_options
from app.commands.terminal import (
    Working,
    counted,
    print_json,
    read_stdin,
    say,
    show_answer,
    show_figures,
    show_hits,
    show_report,
    show_skipped,
    show_table,
)
from app.commands.verify import verify
from index.errors import FootnoteError

if TYPE_CHECKING:
    from rag.assistant import Assistant
    from rag.evaluation.questions import Question

ABSTAINED = 3  #: exit status of `ask` when the documents do not answer


class FootnoteCommand(click.Group):
    """Shows errors meant for users as one sentence."""

    def invoke(self, context: click.Context) -> Any:
        """Run the command; exits with 1 on a FootnoteError."""
        try:
            return super().invoke(context)
        except FootnoteError as error:
            raise click.ClickException(str(error)) from error
        except BrokenPipeError:
            raise  # whoever reads the output has enough of it, which is no error
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
            raise click.ClickException(f"The output cannot be written ({error.strerror}); free some space.") from error


@click.group(cls=FootnoteCommand, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="footnote")
def main() -> None:
    """Ask your own documents; every sentence of an answer is footnoted with its exact passage."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that lacks a character still shows the rest


@main.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--remove", multiple=True, metavar="PATH", help="Forget a file or folder that was added.")
@click.option("--rebuild", is_flag=True, help="Make the whole index anew.")
@shared_options
def index(paths: tuple[str, ...], remove: tuple[str, ...], rebuild: bool, settings: Settings) -> None:
    """Build the index or bring it up to date; each PATH is added to it for good."""
    if paths and settings.store and not settings.docs:
        settings = replace(settings, docs=paths)  # a store of its own holds these alone, not the default documents
    assistant = settings.open(sync=False)
    with Working("Reading documents") as working:
        report = assistant.sync(paths, remove=remove, rebuild=rebuild, progress=working.update, on_wait=say_waiting)
    show_report(report)
    manifest = assistant.index.manifest
    roots = manifest.roots if manifest else ()
    passages = sum(entry.passages for entry in manifest.entries.values()) if manifest else 0
    places = ", ".join(str(root.path) for root in roots) or "nothing"
    click.echo(f"{counted(passages, 'passage')} from: {places}")


@main.command()
@click.argument("question", required=False)
@click.option("--file", "path", type=click.Path(path_type=Path), help="Answer every question of a JSON lines file.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--explain", is_flag=True, help="Show the figures of each step.")
@click.option("--top-k", type=click.IntRange(min=1), help="Number of passages to read.")
@click.option("--min-confidence", type=click.FloatRange(0, 1), help="Refuse below this probability.")
@shared_options
@click.pass_context
def ask(
    context: click.Context,
    question: str | None,
    path: Path | None,
    as_json: bool,
    explain: bool,
    top_k: int | None,
    min_confidence: float | None,
    settings: Settings,
) -> None:
    """Answer QUESTION, or with `-` the question on standard input. Exits with 3 if the answer is not there."""
    if (question is None) == (path is None):
        raise click.UsageError("Give a question, or a file of questions with --file.")
    options = {"top_k": top_k, "min_confidence": min_confidence}
    if path is not None:
        from rag.evaluation.questions import read_questions

        questions = read_questions(path)
        failed = _ask_all(_warm(settings.open()), questions, as_json, options)
        context.exit(1 if failed else 0)
    text = read_stdin() if question == "-" else str(question)
    from rag.ask.checks import check_question

    check_question(text)  # before anything that takes time
    answer = _warm(settings.open()).ask(text, **options)
    if as_json:
        print_json(answer.to_dict())
    else:
        show_answer(answer)
        if explain:
            show_figures(answer)
    context.exit(ABSTAINED if answer.status == "abstained" else 0)


def _warm(assistant: "Assistant") -> "Assistant":
    with Working("Loading the model"):
        assistant.warm_up()
    return assistant


def _ask_all(assistant: "Assistant", questions: "list[Question]", as_json: bool, options: dict[str, Any]) -> int:
    """Answer the questions in order, each printed as it is made; returns how many failed."""
    failed = 0
    with Working("Answering") as working:
        for done, question in enumerate(questions, start=1):
            try:
                answer = assistant.ask(question.question, history=question.history, **options)
            except FootnoteError as error:
                failed += 1
                if as_json:
                    print_json({"id": question.id, "question": question.question, "error": str(error)}, indent=None)
                else:
                    say(f"{question.id} {question.question}\nError: {error}\n")
                continue
            if as_json:
                print_json({"id": question.id, **answer.to_dict()}, indent=None)
            else:
                click.secho(f"{question.id} {question.question}", bold=True)
                show_answer(answer)
                click.echo()
            working.update(done, len(questions), "Answering")
    return failed


@main.command()
@click.argument("question")
@click.option("--top-k", type=click.IntRange(min=1), help="Number of passages to show.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@shared_options
def search(question: str, top_k: int | None, as_json: bool, settings: Settings) -> None:
    """Show the passages found for QUESTION (`-`: the one on standard input), with their scores."""
    from dataclasses import asdict

    hits = _warm(settings.open()).search(read_stdin() if question == "-" else question, top_k=top_k)
    if as_json:
        print_json([asdict(hit) for hit in hits])
    else:
        show_hits(hits)


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port; by default 7860 or the next free one.")
@click.option("--shared-uploads", is_flag=True, help="Let everybody see what anybody adds.")
@shared_options
def chat(host: str, port: int | None, shared_uploads: bool, settings: Settings) -> None:
    """Open the chat at an address for the browser."""
    assistant = settings.open()
    with Working("Opening the page"):
        from app.web.library import Library
        from app.web.readiness import Readiness
        from app.web.server import is_loopback, launch
        from app.web.suggest import suggest_questions

        readiness, library = Readiness(), Library(assistant, shared=shared_uploads)
        app, url = launch(assistant, host=host, port=port, library=library, readiness=readiness)
    say(f"Footnote answers at {url} (Ctrl-C stops it)")
    if not is_loopback(host):
        say("There is no login: whoever reaches this address can read the documents.")
    with Working("Loading the models"):  # while the page says so
        assistant.warm_up()
        readiness.announce(suggest_questions(assistant))
    app.block_thread()


main.add_command(evaluate_command)
main.add_command(questions_group)


main.add_command(verify)


@main.command()
@shared_options
def doctor(settings: Settings) -> None:
    """Tell what is installed, which model is used, and whether the index is healthy."""
    from app.commands.doctor import examine

    with Working("Looking"):
        assistant = settings.open(sync=False)
        examination = examine(assistant)
    show_table(examination.facts)
    show_skipped(examination.skipped)
    if examination.problems:
        raise click.ClickException(" ".join(examination.problems))
    click.echo("All is well.")
