"""The line for cron and the unit for systemd that run a briefing on time, as text.

Both quote for two readers. Cron cuts its line at a bare `%` (crontab(5)) and hands the rest to `sh`;
systemd expands `%` and `$` and splits words by its own rules (systemd.service(5), "Command lines").
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from getpass import getuser
from importlib.resources import files
from pathlib import Path
from typing import Final

import briefing
from briefing.cli.printing import plain
from briefing.config import Destination, Settings
from briefing.errors import ConfigError

EVERY: Final = "*/5 * * * *"  # minutes between two looks: the lateness of an edition at most
LONGEST: Final = 998  # characters of a command that Debian's cron takes


def crontab(configs: Sequence[Path]) -> str:
    """The lines for `crontab -e`. Raises ConfigError for a path that they cannot hold."""
    words = [*program(), "schedule", "--once", *_named(configs), "--quiet"]
    return _template("starter.crontab").format(every=EVERY, command=for_cron(words)).rstrip("\n")


def unit(configs: Mapping[Path, Settings]) -> str:
    """The unit file of one daemon for each feeds.yaml. Raises ConfigError for a path that it cannot hold."""
    folders = dict.fromkeys(path for config in configs for path in writable(config, configs[config]))
    text = _template("starter.service").format(
        configs=", ".join(_specified(_printable(str(config))) for config in configs),
        user=_user(),
        command=for_systemd([*program(), "schedule", *_named(configs)]),
        writable=" ".join(map(_word, folders)),
    )
    return text.rstrip("\n")


def by_hand(configs: Sequence[Path]) -> str:
    """What cron runs, as a person types it."""
    return shlex.join([*program(), "schedule", "--once", *_named(configs)])


def _named(configs: Iterable[Path]) -> list[str]:
    return [word for config in configs for word in ("--config", str(config))]


def program() -> list[str]:
    """The command that is running, so that it starts from any folder with an environment that is empty.

    In this order: the command `briefing` as it was called; the one beside this interpreter; the
    checkout's script/briefing; the interpreter with `-m briefing`, and `-P`, which keeps a folder
    called "briefing" in the home of cron's user from being taken for the package.
    """
    called = Path(sys.argv[0])
    if called.name == "briefing" and (found := shutil.which(called.absolute())):
        return [os.path.normpath(found)]
    if found := shutil.which("briefing", path=str(Path(sys.executable).parent)):
        return [found]
    script = Path(briefing.__file__).parents[1] / "script" / "briefing"
    return [str(script)] if os.access(script, os.X_OK) else [sys.executable, "-P", "-m", "briefing"]


def for_cron(words: Sequence[str]) -> str:
    """A command line as cron wants it: quoted for sh, and every % behind a backslash."""
    line = shlex.join([_printable(word) for word in words]).replace("%", r"\%")
    if len(line) > LONGEST:
        raise ConfigError(
            f"cron takes {LONGEST} characters, and this line has {len(line)}; use shorter paths"
        )
    return line


def for_systemd(words: Sequence[str]) -> str:
    """A command line as ExecStart= wants it. The first word, a path, knows no variables; the others do."""
    first, *rest = words
    if re.search("[\"']", first):  # string_is_safe() in systemd's source, whatever stands around them
        raise ConfigError(f"{first}: systemd starts no program whose path holds quotes; install it elsewhere")
    return " ".join([_word(first), *(_word(word.replace("$", "$$")) for word in rest)])


def writable(config: Path, settings: Settings) -> list[str]:
    """The folders that a daemon writes to: of feeds.yaml, editions, the store, and copies.

    Those outside the first need not be there when it starts, which a "-" before them says.
    """
    base = config.parent
    others = [settings.output_folder(), *_folders(settings.deliver, base)]
    store = settings.store_url().removeprefix("sqlite:///")
    if "://" not in store:
        others.append(Path(store).parent)
    outside = (Path(os.path.normpath(base / other)) for other in others)
    return [str(base), *dict.fromkeys(f"-{path}" for path in outside if not path.is_relative_to(base))]


def _folders(destinations: Iterable[Destination], base: Path) -> Iterable[Path]:
    return (base / entry.folder.path for entry in destinations if entry.folder)


def _template(name: str) -> str:
    return files("briefing.cli").joinpath(name).read_text(encoding="utf-8")


def _word(word: str) -> str:
    """One word of a unit file: in quotes where it needs them, specifiers doubled."""
    text = _specified(_printable(word))
    if not re.search(r"[^\w@%+=:,./$-]", text):
        return text
    if '"' in text and "'" in text:
        raise ConfigError(f"{text}: a unit file cannot hold both kinds of quotes; choose another path")
    return f"'{text}'" if '"' in text else f'"{text}"'


def _specified(text: str) -> str:
    return text.replace("%", "%%")


def _printable(path: str) -> str:
    if plain(path) != path or re.search(r"[\\\n\t]", path):
        raise ConfigError(
            f"{path!a}: cron and systemd cannot hold a backslash or a control character; rename it"
        )
    return path


def _user() -> str:
    try:
        return getuser()
    except (OSError, KeyError):  # a number without a name, as in containers
        return str(os.getuid())
