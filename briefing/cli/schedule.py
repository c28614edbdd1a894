"""`briefing schedule`: editions at their hours, from a daemon or from cron, and how they stand."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from briefing.cli import choose, printing
from briefing.config import Settings
from briefing.errors import BriefingError, ConfigError

Configs = Annotated[
    list[Path] | None,
    typer.Option("--config", metavar="PATH", help="A feeds.yaml; repeats. ./feeds.yaml if left out."),
]
Once = Annotated[bool, typer.Option("--once", help="Do what is due now and end: for cron and timers.")]
AsStatus = Annotated[
    bool, typer.Option("--status", help="Tell how it stands and end: exit code 0 where all is well, else 1.")
]
AsJson = Annotated[
    bool,
    typer.Option("--json", help="With --status: JSON on standard output; a list for several feeds.yaml."),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Only what went wrong.")]
EXAMPLES = printing.examples(
    "briefing schedule                                       the daemon; ends on SIGTERM or Ctrl-C",
    "briefing schedule --config desk.yaml --config sport.yaml",
    "briefing schedule --once --quiet                        every few minutes from cron",
    "briefing schedule --status                              for people; with --json for a monitor",
)


def command(
    *,
    config: Configs = None,
    once: Once = False,
    status: AsStatus = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Make and deliver editions at their hours.

    Stays in the foreground and looks after one or more feeds.yaml: fetches on a beat, builds each
    edition at its hour, delivers it, and tries again what failed. SIGHUP reads the configuration
    again. Any number of these may run beside each other: the ledger in the store knows what is done.
    """
    if once and status:
        raise ConfigError("--once does what is due, --status only looks; give one of them")
    if as_json and not status:
        raise ConfigError("--json goes with --status")
    paths = config or [Path(choose.USUAL)]
    if status:
        raise typer.Exit(_status(paths, as_json=as_json))
    if once:
        raise typer.Exit(_once(paths, quiet=quiet))

    from briefing.schedule import daemon

    daemon.run(paths, printing.tell, quiet=quiet)


def _once(paths: Sequence[Path], *, quiet: bool) -> int:
    """Do what is due for each briefing in turn; the worst exit code."""
    from briefing.schedule.duty import on_duty
    from briefing.schedule.roster import roster

    every = roster(paths)
    codes = [0]
    for settings in every:
        warn = _teller(settings.title if len(every) > 1 else "")
        codes.append(on_duty(settings, _now(settings), _nothing if quiet else warn, warn))
    return max(codes)


def _nothing(_line: str) -> None:
    """Nobody wants to know."""


def _teller(title: str) -> Callable[[str], None]:
    return lambda line: printing.tell(f"{title}: {line}" if title else line)


def _now(settings: Settings) -> dt.datetime:
    return choose.now_for(settings, None, None)


def _status(paths: Sequence[Path], *, as_json: bool) -> int:
    """Tell how each briefing stands; 0 where all are well."""
    from briefing.schedule.roster import roster

    every = [_facts(settings) for settings in roster(paths)]
    if as_json:
        shown = every if len(every) > 1 else every[0]
        typer.echo(json.dumps(shown, ensure_ascii=True, indent=2))
    else:
        for facts in every:
            for line in _lines(facts):
                printing.give(line)
    return 0 if all(facts["healthy"] for facts in every) else 1


def _facts(settings: Settings) -> dict[str, Any]:
    """What state.json would say now, and who is there; a store that cannot be read is a trouble."""
    from briefing.schedule import state
    from briefing.schedule.presence import running
    from briefing.schedule.status import status

    try:
        found = state.facts(status(settings, _now(settings)))
    except BriefingError as error:
        found = {"schema": state.SCHEMA, "briefing": settings.key, "title": settings.title}
        found |= {"healthy": False, "troubles": [str(error)]}
    return {**found, "daemon": running(settings)}


def _lines(facts: dict[str, Any]) -> Iterator[str]:
    """The same for people."""
    yield f"{facts['title']}: {'all is well' if facts['healthy'] else 'look after it'}"
    yield from (f"  trouble   {trouble}" for trouble in facts["troubles"])
    if "next" in facts:
        yield f"  last      {_last(facts['last'])}"
        yield from (f"  failed    {' '.join(line.split())}" for line in _failed(facts["failed"]))
        yield f"  next      {facts['next']['slot']}, at {_minute(facts['next']['due'])}"
        yield f"  fetched   {_minute(facts['fetched'])}"
    yield f"  daemon    {facts['daemon'] or 'none is running on this machine'}"


def _last(last: dict[str, Any] | None) -> str:
    if last is None:
        return "none yet"
    counted = ", ".join(f"{count} {state}" for state, count in last["deliveries"].items() if count)
    late = ", late" if last["late"] else ""
    return f"{last['slot']}, built {_minute(last['built'])}{late}; {counted or 'nobody to deliver to'}"


def _failed(failed: dict[str, Any]) -> Iterator[str]:
    for edition in failed["editions"]:
        again = f"; next try {_minute(edition['next_try'])}" if edition["next_try"] else ""
        yield f"edition {edition['slot']}: {edition['error'] or 'not built'}{again}"
    for delivery in failed["deliveries"]:
        again = f"; next try {_minute(delivery['next_try'])}" if delivery["next_try"] else ""
        said = f"{delivery['state']}; {delivery['reason']}".removesuffix("; ")
        yield f"{delivery['channel']} to {delivery['address']}: {said}{again}"
    yield from (f"source {source['name']}: {source['error']}" for source in failed["sources"])


def _minute(moment: str | None) -> str:
    return f"{dt.datetime.fromisoformat(moment):%Y-%m-%d %H:%M}" if moment else "never"
