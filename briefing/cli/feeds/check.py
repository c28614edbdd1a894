"""`briefing feeds check`: how each source fares."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from briefing.cli import choose, printing, progress
from briefing.cli.feeds.rows import print_rows
from briefing.cli.options import Config, Quiet
from briefing.model import Health

HEAD = ("status", "source", "answered", "in a row", "a day", "newest", "remark")
STYLES = {"failed": "red", "silent": "yellow", "empty": "yellow", "stale": "dim"}
EXAMPLES = printing.examples(
    "briefing feeds check                           asks every source, as `briefing fetch` does",
    "briefing feeds check --offline                 asks nobody: as they were when last asked",
    "briefing feeds check --offline --quiet         only what is not well; exit code 1 where anything is",
    "briefing feeds check --json                    one object a line",
)
ALONE = dt.timedelta(days=1)  # without any answer; habits are counted by days as well
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a source, one a line.")]
Offline = Annotated[bool, typer.Option("--offline", help="Ask nobody; tell what is remembered.")]
Now = Annotated[str | None, typer.Option(metavar="TIME", help="Look as if it were this moment.")]


def command(
    *, config: Config = None, as_json: AsJson = False, offline: Offline = False, now: Now = None,
    quiet: Quiet = False,
) -> None:  # fmt: skip
    """Ask every source and tell how it fares; exit code 0 where all are well, else 1.

    Not well is a source that failed, that is silent (far fewer articles than is its habit), or that is
    suddenly empty. A table on a terminal; in a pipe a line each, divided by tabs: status, source, last
    answer, failures in a row, articles of the last day and what is usual, newest article, remark.
    """
    settings = choose.settings_for(config, None, Path.cwd())
    moment = choose.now_for(settings, now, None).astimezone(settings.zone)

    from briefing import pipeline

    with progress.bar(quiet) as tell:
        found = pipeline.checked(settings, moment, offline=offline, progress=tell)
    shown = [one for one in found if not (quiet and one.well)]
    if as_json:
        for one in shown:
            typer.echo(json.dumps(facts(one), ensure_ascii=True))
    elif shown:
        print_rows(HEAD, [_row(one, moment) for one in shown], STYLES)
    _tell_if_nobody_asks(found, moment)
    if not all(one.well for one in found):
        raise typer.Exit(1)


def _tell_if_nobody_asks(found: Sequence[Health], now: dt.datetime) -> None:
    """Where no source has answered for a day, the silence is ours: a daemon that does not run."""
    last = max((one.answered for one in found if one.answered), default=None)
    if last and now - last > ALONE:
        told = f"no source has answered since {_when(last, now)}; does `briefing schedule` run?"
        printing.tell(f"note      {told} (`briefing schedule --status`)")


def facts(one: Health) -> dict[str, object]:
    """What is known of a source, as --json prints it."""
    report = one.report
    return {
        "name": report.name,
        "address": printing.address(report.address),
        "kind": report.kind,
        "group": report.group,
        "status": one.status,
        "well": one.well,
        "answered": _iso(one.answered),
        "failures": one.failures,
        "error": report.error,
        "articles": report.articles,
        "new": one.new,
        "lately": report.lately,
        "usual": report.usual,
        "newest": _iso(report.newest),
        "moved": printing.address(report.moved),
        "until": _iso(one.until),
        "notes": one.notes,
    }


def _iso(moment: dt.datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


def _row(one: Health, now: dt.datetime) -> tuple[str, ...]:
    report = one.report
    usual = "" if report.usual is None else f" of {report.usual:g}"
    return (
        one.status,
        printing.address(report.name),
        _when(one.answered, now) if one.answered else "never" if one.status == "failed" else "",
        str(one.failures or ""),
        f"{report.lately}{usual}",
        _age(report.newest, now),
        "; ".join(_remarks(one, now)),
    )


def _remarks(one: Health, now: dt.datetime) -> list[str]:
    """What a person should know, the most urgent first."""
    report = one.report
    said = [report.error] if report.error else []
    if one.status == "empty" and not one.well:
        said.append("suddenly empty")
    if report.moved:
        said.append(f"moved for good to {printing.address(report.moved)}: write that into feeds.yaml")
    if one.until:
        said.append(f"not asked before {_when(one.until, now)}")
    return [*said, *one.notes]


def _when(moment: dt.datetime, now: dt.datetime) -> str:
    local = moment.astimezone(now.tzinfo)
    return f"{local:%H:%M}" if local.date() == now.date() else f"{local:%d %b %H:%M}"


def _age(moment: dt.datetime | None, now: dt.datetime) -> str:
    """How long ago: "40 min", "7 h", "12 d"."""
    if moment is None:
        return ""
    minutes = max(int((now - moment).total_seconds() // 60), 0)
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // 1440} d"
