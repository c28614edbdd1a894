"""The manual of feeds.yaml, made from the descriptions and examples that stand beside each key.

python -m briefing.config.manual > docs/configuration.md
"""

from __future__ import annotations

import datetime as dt
import json
import sys

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from briefing.config.delivery import Atom, Destination, Folder, Mail, Ping, Webhook
from briefing.config.network import Network
from briefing.config.settings import Rule, Settings, Summary, Theme
from briefing.config.source import Imap, Source

MEGABYTE = 1_000_000
# A letter of feeds.yaml, what it means, and how many of it make it the plainest: a day is "24h".
_UNITS = (
    ("d", dt.timedelta(days=1), 2),
    ("h", dt.timedelta(hours=1), 1),
    ("m", dt.timedelta(minutes=1), 2),
)
_TOP = """\
# feeds.yaml

<!-- Made from briefing/config/settings.py: python -m briefing.config.manual > docs/configuration.md -->

One file says what a briefing reads, when and how it looks. `briefing init` writes one to start from;
`briefing build --config PATH` takes another than `./feeds.yaml`. Paths in it are relative to its folder.
The least that works:

```yaml
sources:
  - folder: inbox
```

It is YAML 1.2 in UTF-8. Every value is read as the text that you wrote: `no` is a word, `1.10` keeps its
nought, and quotes are needed only where YAML wants them (text that holds `: ` or ` #`, or starts with a
sign such as `@` or `*`). Aliases (`*name`) and tags (`!name`) are not taken.

Everything that is wrong is told at once, a line each, before anything is fetched:

```text
feeds.yaml:12: unknown key "souces"; did you mean "sources"? Known keys: title, timezone, …
feeds.yaml:14: sources.kind: found "agancy"; did you mean "agency"? Known: agency, …
```
"""
_SOURCES = (
    "Each entry has exactly one of `feed`, `pages`, `watch`, `folder`, `file`, `mail` and `imap`. Names and "
    "addresses are unique."
)
_THEMES = "Where themes are written, they replace the three that are built in. Keys are unique."
_NETWORK = (
    "The defaults are polite: a server is asked by few requests, one after the other, and told who asks."
)
_IMAP = (
    "Under `imap:` of a source. The folder is opened for reading only: no mail is marked as seen, moved or "
    "deleted. Login and password never stand in feeds.yaml: `user_from` and `password_from` say where they "
    "lie, as under [mail](#mail). The server's certificate is always checked. It may stand in one's own "
    "network: it is asked where feeds.yaml says, and follows no link."
)
_SUMMARY = "How much is said of each story, and who chooses it."
_EDITIONS = "Several editions a day, each a slot of its own. For one a day, `at` and `days` are enough."
_DELIVER = (
    "Each entry is one channel with its options; [operations.md](operations.md) shows them at work. "
    "`briefing schedule` delivers by itself, `briefing build` with `--send`."
)
_MAIL = (
    "Each recipient gets one message, so nobody may be named twice. Secrets never stand in feeds.yaml: "
    "`user_from`, `password_from` and `dkim_key` say where they lie, in an environment variable (capitals, "
    "digits and `_`) or in a file (a path that starts with `/`, `./` or `../`, or ends in `.pem`)."
)
_CHANNELS: dict[str, tuple[str, type[BaseModel]]] = {
    "mail": (_MAIL, Mail),
    "webhook": ("`secret_from` is a name or a path as under [mail](#mail).", Webhook),
    "folder": ("", Folder),
    "atom": ("It needs no options: `- atom: {}`.", Atom),
    "ping": ("", Ping),
}


def manual() -> str:
    """Write docs/configuration.md: one table for the file and one for each of its parts."""
    parts = [
        _TOP,
        _section("The file", "", Settings),
        _section("sources", _SOURCES, Source),
        _section("imap", _IMAP, Imap),
        _section("themes", _THEMES, Theme),
        _section("network", _NETWORK, Network),
        _section("summary", _SUMMARY, Summary),
        _section("editions", _EDITIONS, Rule),
        _section("deliver", _DELIVER, Destination),
        *(_section(name, text, part) for name, (text, part) in _CHANNELS.items()),
    ]
    return "\n".join(parts)


def _section(title: str, text: str, model: type[BaseModel]) -> str:
    rows = [_row(name, field) for name, field in model.model_fields.items() if not field.exclude]
    table = ["| key | meaning | left out | example |", "|---|---|---|---|", *rows]
    return "\n".join([f"## {title}", "", *([text, ""] if text else []), *table, ""])


def _row(name: str, field: FieldInfo) -> str:
    default = "required" if field.is_required() else _cell(field.get_default())
    examples = ", ".join(_cell(example) for example in field.examples or ())
    return f"| `{name}` | {field.description} | {default} | {examples or f'see [{name}](#{name})'} |"


def _cell(value: object) -> str:
    """Spell a value as feeds.yaml would; "" where there is nothing to spell."""
    if value is None or value in ("", (), {}) or isinstance(value, BaseModel):
        return ""
    if isinstance(value, dt.timedelta):
        return f"`{_length(value)}`"
    if isinstance(value, dt.time):
        return f"`{value:%H:%M}`"
    if isinstance(value, int) and value >= MEGABYTE:
        return f"`{value // MEGABYTE} MB`"
    if isinstance(value, list | tuple):
        return f"`[{', '.join(str(one) for one in value)}]`"
    if isinstance(value, dict):
        return f"`{{{', '.join(f'{key}: {_cell(one)[1:-1]}' for key, one in value.items())}}}`"
    return f"`{value}`" if isinstance(value, str) else f"`{json.dumps(value)}`"


def _length(value: dt.timedelta) -> str:
    """A length of time as feeds.yaml has it: "365d", "24h", "10m", "1s"."""
    for letter, unit, fewest in _UNITS:
        if value >= fewest * unit and not value % unit:
            return f"{value // unit}{letter}"
    return f"{value // dt.timedelta(seconds=1)}s"


if __name__ == "__main__":
    sys.stdout.write(manual())
