"""What no single key can tell: what stands twice, what has two places or none, what would say nothing.

Made on the text as read, not on `Settings`, so that they are reported together with the errors of
single keys. What has the wrong shape altogether is left to those.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress

from pydantic import ValidationError

from briefing.config import values
from briefing.config.delivery import CHANNELS, HALF_SIGNED, NO_READER, ONE_CHANNEL, READERS
from briefing.config.source import LINKS_ALONE, ONE_PLACE, PLACES, Imap
from briefing.config.themes import DEFAULTS
from briefing.config.tree import Path, Tree, Value
from briefing.config.wording import known_keys, shown
from briefing.masked import masked

Entries = list[tuple[int, dict[str, Value]]]  # of one list in the file, with their places in it
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def across(tree: Tree) -> Iterator[tuple[Path, str]]:
    """Give the place and the sentence of everything that does not fit together."""
    sources, themes = _entries(tree.data, "sources"), _entries(tree.data, "themes")
    yield from _places(sources)
    names = [(("sources", index, "name"), source["name"]) for index, source in sources if "name" in source]
    yield from _repeated(tree, names, "name")
    yield from _repeated(tree, list(_addresses(sources)), "address")
    yield from _alike(tree, sources)
    keys = [(("themes", index, "key"), theme["key"]) for index, theme in themes if "key" in theme]
    yield from _repeated(tree, keys, "theme")
    for index, theme in themes:
        key = theme.get("key")
        if key is not None and not theme.get("words") and str(key) not in DEFAULTS["en"]:
            yield ("themes", index), f"theme {shown(key)} has no words, so nothing could be filed under it"
    yield from _repeated(tree, list(_speakers(tree.data)), "speaker")
    yield from _hours(tree, _entries(tree.data, "editions"))
    yield from _channels(tree, _entries(tree.data, "deliver"))


def _hours(tree: Tree, rules: Entries) -> Iterator[tuple[Path, str]]:
    """Give what is wrong with several editions a day: two of one name, two at once, `at` beside them."""
    names = [(("editions", index, "name"), rule.get("name")) for index, rule in rules]
    yield from _repeated(tree, names, "edition")
    for number, (index, rule) in enumerate(rules):
        hour, days = _hour(rule), _days(rule)
        same = (i for i, other in rules[:number] if _hour(other) == hour and _days(other) & days)
        if hour and (first := next(same, None)) is not None:
            line = tree.line(("editions", first, "at"))
            said = f"hour {hour} of these days stands on line {line} already; keep one"
            yield ("editions", index, "at"), said
    for key in ("at", "days") if rules else ():
        if (key,) in tree.lines:
            said = f'"{key}" beside "editions" says nothing; write it in each of them, or leave them out'
            yield (key,), said


def _hour(rule: dict[str, Value]) -> str:
    """The hour as the clock shows it; "" where it is missing or wrong, which is told elsewhere."""
    try:
        return f"{values.time_of_day(rule.get('at')):%H:%M}" if isinstance(rule.get("at"), str) else ""
    except ValueError:
        return ""


def _days(rule: dict[str, Value]) -> frozenset[str]:
    listed = rule.get("days")
    return frozenset(map(str, listed)) if isinstance(listed, list) and listed else frozenset(DAYS)


def _channels(tree: Tree, entries: Entries) -> Iterator[tuple[Path, str]]:
    """Give entries that are no channel or two, mails that reach nobody, and readers who would get two."""
    known = known_keys(("deliver",))
    for index, entry in entries:
        stated = [channel for channel in CHANNELS if ("deliver", index, channel) in tree.lines]
        if len(stated) > 1 or (not stated and set(entry) <= set(known)):
            yield ("deliver", index), f"{ONE_CHANNEL}; found {' and '.join(stated) or 'none'}"
    mails = [(index, mail) for index, entry in entries if isinstance(mail := entry.get("mail"), dict)]
    for index, mail in mails:
        yield from _mail(("deliver", index, "mail"), mail)
    yield from _repeated(tree, list(_readers(mails)), "recipient")
    for channel, key in (("webhook", "url"), ("ping", "url"), ("folder", "path")):
        places = [
            (("deliver", index, channel, key), options.get(key))
            for index, entry in entries
            if isinstance(options := entry.get(channel), dict)
        ]
        yield from _repeated(tree, places, channel)
    atoms = [(("deliver", index, "atom"), "atom") for index, entry in entries if "atom" in entry]
    yield from _repeated(tree, atoms, "channel")


def _mail(path: Path, mail: dict[str, Value]) -> Iterator[tuple[Path, str]]:
    if not any(mail.get(key) for key in READERS):
        yield path, NO_READER
    signed = [key for key in ("dkim_selector", "dkim_key") if mail.get(key)]
    if len(signed) == 1:
        yield (*path, signed[0]), HALF_SIGNED


def _readers(mails: Entries) -> Iterator[tuple[Path, Value]]:
    """Every recipient by the bare address: with another name it is the same one."""
    for index, mail in mails:
        for key in READERS:
            listed = mail.get(key)
            for number, text in enumerate(listed if isinstance(listed, list) else []):
                if isinstance(text, str):
                    yield ("deliver", index, "mail", key, number), values.bare_address(text)


def _entries(data: Value, key: str) -> Entries:
    listed = data.get(key) if isinstance(data, dict) else None
    entries = listed if isinstance(listed, list) else []
    return [(index, entry) for index, entry in enumerate(entries) if isinstance(entry, dict)]


def _places(sources: Entries) -> Iterator[tuple[Path, str]]:
    known = known_keys(("sources",))
    for index, source in sources:
        stated = [place for place in PLACES if source.get(place)]
        # An unknown key beside no place at all is a place misspelt: one complaint is enough.
        if len(stated) > 1 or (not stated and set(source) <= set(known)):
            found = " and ".join(stated) or "none"
            yield ("sources", index), f"{ONE_PLACE}; found {found}"
        if source.get("links") and not source.get("watch"):
            yield ("sources", index, "links"), LINKS_ALONE


def _addresses(sources: Entries) -> Iterator[tuple[Path, Value]]:
    for index, source in sources:
        for place in ("feed", "watch", "folder", "file", "mail"):
            yield ("sources", index, place), source.get(place)
        with suppress(ValidationError):  # told with the errors of single keys
            yield ("sources", index, "imap"), Imap.model_validate(source.get("imap")).address
        pages = source.get("pages")
        for number, page in enumerate(pages if isinstance(pages, list) else []):
            yield ("sources", index, "pages", number), page


def _alike(tree: Tree, sources: Entries) -> Iterator[tuple[Path, str]]:
    """Give sources that would be shown, and remembered, as one: what tells them apart is a secret."""
    first: dict[str, tuple[Path, Value]] = {}
    for path, address in _addresses([(index, source) for index, source in sources if not source.get("name")]):
        if not isinstance(address, str) or masked(address) == address:
            continue
        before, other = first.setdefault(masked(address), (path, address))
        if other != address:
            line = tree.line(before)
            yield path, f"shown without its secret it is the same as line {line}; give each of them a name"


def _speakers(data: Value) -> Iterator[tuple[Path, Value]]:
    """Every name under a kind of speaker: nobody is of two kinds."""
    kinds = data.get("speakers") if isinstance(data, dict) else None
    for kind, names in kinds.items() if isinstance(kinds, dict) else ():
        for number, name in enumerate(names if isinstance(names, list) else []):
            yield ("speakers", kind, number), name


def _repeated(tree: Tree, places: Sequence[tuple[Path, Value]], what: str) -> Iterator[tuple[Path, str]]:
    first: dict[str, Path] = {}
    for path, value in places:
        if not isinstance(value, str) or not value:
            continue
        if value in first:
            line = tree.line(first[value])
            yield path, f"{what} {shown(value)} stands on line {line} already; keep one"
        first.setdefault(value, path)
