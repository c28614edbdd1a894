"""`briefing init`: write a feeds.yaml to start from."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from briefing.cli import printing
from briefing.errors import ConfigError

EXAMPLES = printing.examples(
    "briefing init            here",
    "briefing init desk       in the folder desk, which is made",
)


def command(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="Where to write it.")] = Path(),
    force: Annotated[bool, typer.Option("--force", help="Replace a feeds.yaml that is there.")] = False,
) -> None:
    """Write a feeds.yaml with comments, ready to edit.

    It lists public feeds on the war in Ukraine by kind of outlet. Its path goes to standard output.
    """
    path = folder / "feeds.yaml"
    text = files("briefing.cli").joinpath("starter.yaml").read_text(encoding="utf-8")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("w" if force else "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        said = "is there already; --force replaces it" if path.exists() else "is no folder; name another"
        raise ConfigError(f"{path if path.exists() else folder} {said}") from None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written ({error.strerror}); name another folder") from None
    printing.give(str(path))
    where = "" if folder == Path() else f" --config {path}"
    printing.tell(f"Edit its sources and title, then run: briefing build{where}")
