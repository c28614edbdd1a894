"""`briefing feeds`: the sources of a feeds.yaml listed, checked, added, removed, and exchanged as OPML."""

from __future__ import annotations

import typer

from briefing.cli.feeds import add, check, export, import_, list_, remove

app = typer.Typer(
    help="The sources of a feeds.yaml: list, check, add, remove; import and export as OPML.",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
for _name, _command in (
    ("list", list_),
    ("check", check),
    ("add", add),
    ("remove", remove),
    ("import", import_),
    ("export", export),
):
    app.command(_name, epilog=_command.EXAMPLES)(_command.command)
