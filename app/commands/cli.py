"""The `footnote` command; each of its commands is in the module of its name.

Heavy imports wait until a command needs them, so that --help is instant.
"""

import errno
import sys
from io import TextIOWrapper
from typing import Any

import click

from app.commands.ask import ask
from app.commands.chat import chat
from app.commands.doctor import doctor
from app.commands.eval import evaluate
from app.commands.index import index
from app.commands.questions import questions
from app.commands.search import search
from app.commands.starting import leave
from app.commands.verify import verify
from index.errors import FootnoteError


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


@click.group(
    cls=FootnoteCommand,
    context_settings={"help_option_names": ["-h", "--help"]},
    commands=[ask, chat, doctor, evaluate, index, questions, search, verify],
)
@click.version_option(package_name="footnote")
def main() -> None:
    """Ask your own documents; every sentence of an answer is footnoted with its exact passage."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that lacks a character still shows the rest


def run() -> None:
    """The command as it is installed: the process ends with it."""
    try:
        main()
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            leave(end.code or 0)
        raise
