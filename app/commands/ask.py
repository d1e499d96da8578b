"""`footnote ask`: one question, or a file of them."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from app.commands.settings import Settings, min_confidence_option, shared_options, top_k_option
from app.commands.starting import starting
from app.commands.terminal import print_json, read_stdin, say, show_answer, show_figures, working
from index.errors import FootnoteError

if TYPE_CHECKING:
    from rag.assistant import Assistant
    from rag.evaluation.questions import Question

ABSTAINED = 3  #: exit status when the documents do not answer


@click.command()
@click.argument("question", required=False)
@click.option("--file", "path", type=click.Path(path_type=Path), help="Answer every question of a JSON lines file.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--explain", is_flag=True, help="Show the figures of each step.")
@top_k_option
@min_confidence_option
@shared_options
def ask(
    question: str | None, path: Path | None, as_json: bool, explain: bool, settings: Settings, **options: Any
) -> None:
    """Answer QUESTION, or with `-` the question on standard input. Exits with 3 if the answer is not there."""
    if (question is None) == (path is None):
        raise click.UsageError("Give a question, or a file of questions with --file.")
    if explain and (as_json or path is not None):
        raise click.UsageError("--explain shows figures on the screen, of one question; leave out --json and --file.")
    if path is not None:
        from rag.evaluation.questions import read_questions

        questions = read_questions(path)
        sys.exit(1 if _ask_all(settings.open(warm=True), questions, as_json, options) else 0)
    with starting():
        from rag.ask.checks import check_question

    text = check_question(read_stdin() if question == "-" else str(question))  # before anything that takes time
    answer = settings.open(warm=True).ask(text, **options)
    if as_json:
        print_json(answer.to_dict())
    else:
        show_answer(answer)
        if explain:
            show_figures(answer)
    sys.exit(ABSTAINED if answer.status == "abstained" else 0)


def _ask_all(assistant: "Assistant", questions: "list[Question]", as_json: bool, options: dict[str, Any]) -> int:
    """Answer the questions in order, each printed as it is made; returns how many failed."""
    failed = 0
    with working("Answering") as update:
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
            update(done, len(questions), "Answering")
    return failed
