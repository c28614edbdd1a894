"""New sources beside those that a feeds.yaml has: which are known, and what the others may be called."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from briefing.config.source import Source
from briefing.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Joined:
    """What of a list is new to a briefing. Made by `joined`."""

    fresh: tuple[Source, ...]
    notes: tuple[str, ...]  # what was passed over or got another name, and why


def joined(known: Iterable[Source], listed: Iterable[Source]) -> Joined:
    """The sources of a list that are not there yet, under names that nobody has."""
    places = {_place(source.feed): source for source in known if source.feed}
    names = {source.label for source in known}
    fresh, notes = [], []
    for source in listed:
        place = _place(source.feed or source.address)
        if place in places:
            notes.append(f"{source.label}: known already{_where(source, places[place])}")
            continue
        name = _free(source, names)
        if name != source.name:
            notes.append(f"{source.label}: another source has this name; added as “{name}”")
            source = source.model_copy(update={"name": name})  # noqa: PLW2901 - the same source from here on
        places[place] = source
        names.add(source.label)
        fresh.append(source)
    return Joined(tuple(fresh), tuple(notes))


def _place(address: str | None) -> str:
    """What makes two addresses one: http or https, the host's letters and a last slash do not part them."""
    try:
        parts = urlsplit(address or "")
    except ValueError:
        return address or ""
    return f"{parts.netloc.lower()}{parts.path.rstrip('/')}?{parts.query}"


def _where(source: Source, there: Source) -> str:
    named = f" as “{there.label}”" if there.label != source.label else ""
    return named + (f" in {there.group or 'no group'}" if there.group != source.group else "")


def _free(source: Source, names: set[str]) -> str:
    """The source's name, or with its host or a number where another source has it."""
    if source.label not in names:
        return source.name
    host = (urlsplit(source.feed or "").hostname or "").removeprefix("www.")
    candidates = [f"{source.name} ({host})", *(f"{source.name} ({host}, {n})" for n in range(2, 10_000))]
    return next(name for name in candidates if name not in names)


def _nearly(source: Source, wanted: str) -> bool:
    """Whether that is its name in other letters, or its address in another spelling."""
    named = bool(source.name) and source.name.casefold() == wanted.casefold()
    return named or (source.feed is not None and _place(source.feed) == _place(wanted))


def found(sources: Sequence[Source], wanted: str) -> int:
    """The place of the source with this name or address. Raises ConfigError where none or several have it."""
    exact = [i for i, s in enumerate(sources) if wanted and wanted in (s.name, s.address)]
    near = exact or [i for i, source in enumerate(sources) if _nearly(source, wanted)]
    if len(near) == 1:
        return near[0]
    if near:
        several = ", ".join(sources[i].label for i in near)
        raise ConfigError(f"several sources are called so: {several}; name one by its address")
    raise ConfigError(f"no source has this name or address: {wanted}; `briefing feeds list` shows them")
