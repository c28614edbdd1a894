"""What was said on the command line, in feeds.yaml or not at all -> which settings, moment and store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal, cast, get_args

from briefing.config import adhoc, load, override
from briefing.config.part import Format
from briefing.config.quick import named
from briefing.config.settings import Settings
from briefing.config.values import day, duration, host_or_range, moment, one_of
from briefing.config.wording import shown
from briefing.errors import ConfigError
from briefing.masked import masked
from briefing.schedule import due_on

USUAL = "feeds.yaml"
ABOVE = 4  # folders: edition.json lies in output/<briefing>/<slot>/, the store there or one higher


def settings_for(
    config: Path | None,
    sources: Sequence[str] | None,
    cwd: Path,
    *,
    web: Literal["feed", "pages"] = "feed",
    allow: Sequence[str] | None = None,
) -> Settings:
    """Load the feeds.yaml, if there is one, with `sources` in place of its own, and with `allow` besides.

    Raises ConfigError where there is neither a feeds.yaml nor a source.
    """
    settings = _named(config, sources, cwd, web)
    if not allow:
        return settings
    # Whoever types an address does not vouch for it: it may come from a script, or lead elsewhere.
    more = [_read("--allow", text, lambda value: host_or_range(str(value))) for text in allow]
    listed = tuple(dict.fromkeys((*settings.network.allow, *more)))
    return override(settings, network=settings.network.model_copy(update={"allow": listed}))


def _named(
    config: Path | None, sources: Sequence[str] | None, cwd: Path, web: Literal["feed", "pages"]
) -> Settings:
    path = config or Path(USUAL)
    if sources and config is None and not (cwd / path).exists():
        return adhoc(sources, cwd, web=web)
    settings = load(path, sources_needed=not sources)
    if not sources:
        return settings
    return override(settings, sources=named(sources, cwd, settings.base, web=web))


def changed(
    settings: Settings, since: str | None, formats: Sequence[str] | None, output: Path | None, cwd: Path
) -> Settings:
    """Put what the options say in place of what feeds.yaml says."""
    changes: dict[str, object] = {}
    if since is not None:
        changes["window"] = _read("--since", since, duration)
    if formats:
        changes["formats"] = formats_of(formats)
    if output is not None:
        changes["output"] = str(cwd / output)
    return override(settings, **changes) if changes else settings


def formats_of(texts: Sequence[str]) -> tuple[Format, ...]:
    """Read "md,pdf", once or repeated; raises ConfigError for a format that does not exist."""
    names = tuple(name.strip() for text in texts for name in text.split(",") if name.strip())
    known: tuple[Format, ...] = get_args(Format)
    if not names:
        raise ConfigError(f"--format: found no format; Known: {', '.join(known)}")
    for name in names:
        if name not in known:
            raise ConfigError(f"--format: found {shown(name)}; {one_of(name, known)}")
    return tuple(name for name in dict.fromkeys(names) if name in known)


def now_for(settings: Settings, now: str | None, date: str | None, edition: str | None = None) -> dt.datetime:
    """Choose the moment: --now or the configured hour of --date, then `now:`, then the clock.

    The hour is that of the rule `edition`, or of the day's first. Only this function and the daemon
    read the clock. Raises ConfigError where both options are given.
    """
    if now is not None and date is not None:
        raise ConfigError("--now and --date both name the moment; give one of them")
    if now is not None:
        return cast("dt.datetime", _read("--now", now, moment))
    if date is not None:
        return due_on(settings, cast("dt.date", _read("--date", date, day)), edition)
    return settings.now or dt.datetime.now(settings.zone).replace(microsecond=0)


def settings_of_edition(config: Path | None, cwd: Path) -> Settings:
    """Load the feeds.yaml that says where an edition goes; raises ConfigError where nothing is said."""
    settings = load(config or cwd / USUAL, sources_needed=False)
    if not settings.deliver:
        raise ConfigError(
            f"{config or USUAL}: nothing stands under `deliver:`, so nobody would get it; "
            "docs/configuration.md says what may stand there"
        )
    return settings


def _read(option: str, text: str, reader: Callable[[object], object]) -> object:
    try:
        return reader(text)
    except ValueError as error:
        raise ConfigError(f"{option}: found {shown(text)}; {error}") from None


def edition_of(path: Path) -> bytes:
    """Read an edition.json; raises ConfigError where there is none."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigError(
            f"{path}: cannot be read ({error.strerror}); name an edition.json that `briefing build` wrote"
        ) from None


def settings_beside(config: Path | None, cwd: Path) -> Settings | None:
    """Load the feeds.yaml of --config, or ./feeds.yaml; None where there is neither."""
    if config is None and not (cwd / USUAL).exists():
        return None
    return load(config or Path(USUAL), sources_needed=False)


def store_for(edition: Path, config: Path | None, store: str | None, cwd: Path) -> str:
    """Find the database that an edition was built from.

    As --store or --config say; else that of ./feeds.yaml; else a briefing.db beside or above the
    edition. Raises ConfigError where none of them exists.
    """
    if store is not None:
        return store if "://" in store else _existing([f"sqlite:///{(cwd / store).as_posix()}"])
    if config is not None:
        return _existing([load(config, sources_needed=False).store_url()])
    usual = [load(Path(USUAL), sources_needed=False).store_url()] if (cwd / USUAL).exists() else []
    folders = list((cwd / edition).resolve().parents)[:ABOVE]
    return _existing([*usual, *(f"sqlite:///{(folder / 'briefing.db').as_posix()}" for folder in folders)])


def archive(settings: Settings | None, store: str | None, cwd: Path) -> str:
    """Find the database to look through: as --store says, that of the feeds.yaml, else one that lies here.

    Raises ConfigError where none of them exists.
    """
    if store is not None:
        return store if "://" in store else _existing([f"sqlite:///{(cwd / store).as_posix()}"])
    if settings is not None:
        return _existing([settings.store_url()])
    return _existing(
        [f"sqlite:///{(cwd / place).as_posix()}" for place in ("briefing.db", "output/briefing.db")]
    )


def _existing(addresses: Sequence[str]) -> str:
    for address in addresses:
        file = address.removeprefix("sqlite:///")
        if file == address or Path(file).is_file():  # another kind of database tells itself
            return address
    looked = ", ".join(masked(address).removeprefix("sqlite:///") for address in addresses)
    remedy = "the first fetch or build makes it; one that lies elsewhere is named with --store or --config"
    raise ConfigError(f"no store found at {looked}; {remedy}")
