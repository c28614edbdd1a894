"""The command line: commands parse, print and exit, nothing else.

`main` is the one door where errors become exits:

    0  done                           2  the command line, feeds.yaml or a template is wrong
    1  no edition, not verified, or   3  --strict: an edition was written, but something was missed
       a source that is not well
    4  another run holds the lock     5  written, but somebody did not get it
    130  interrupted
"""

from __future__ import annotations

import io
import os
import sys
from typing import Annotated

import typer

from briefing.cli import build, feeds, fetch, init, inspect, printing, render, schedule, search, send, verify
from briefing.errors import BriefingError
from briefing.version import VERSION

_HELP = """\
The night's news as a morning briefing: every line word for word, cited, and found again.

Results go to standard output, everything else to standard error.

\b
Start with
  briefing init                 write a feeds.yaml to edit
  briefing build                fetch, and write today's edition
  briefing build --source DIR   or brief what lies in a folder, without any feeds.yaml
"""
_EXITS = """\
\b
Exit codes
  0  done
  1  no edition; a statement was not found again; a source failed or fell silent (feeds check)
  2  the command line, feeds.yaml or a template is wrong
  3  with --strict: the edition was written, but something was missed
  4  another run holds the lock
  5  the edition was written, but somebody who should have it did not get it
"""

app = typer.Typer(
    help=_HELP,
    epilog=_EXITS,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
for _name, _command in (
    ("init", init),
    ("build", build),
    ("fetch", fetch),
    ("render", render),
    ("send", send),
    ("schedule", schedule),
    ("verify", verify),
    ("inspect", inspect),
    ("search", search),
):
    app.command(_name, epilog=_command.EXAMPLES)(_command.command)
app.add_typer(feeds.app, name="feeds")


def _version(asked: bool) -> None:
    if asked:
        printing.give(f"briefing {VERSION}")
        raise typer.Exit


@app.callback()
def _every_command(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command line and exit with its code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that cannot show a letter shows its number
            stream.reconfigure(errors="backslashreplace")
    try:
        code = _run()
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read our output has gone: nobody is left to be told
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    sys.exit(code)


def _run() -> int:
    try:
        app(prog_name="briefing")
    except SystemExit as end:  # how typer always ends
        return end.code if isinstance(end.code, int) else 0
    except BriefingError as error:
        printing.tell(str(error))
        return error.exit_code
    return 0
