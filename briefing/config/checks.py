"""What no single key can tell: repeated sources and themes, sources with two places, themes without words.

Made on the text as read, not on `Settings`, so that they are reported together with the errors of
single keys. What has the wrong shape altogether is left to those.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.config.settings import ONE_PLACE, PLACES
from briefing.config.themes import DEFAULTS
from briefing.config.tree import Path, Tree, Value
from briefing.config.wording import known_keys, shown


def across(tree: Tree) -> Iterator[tuple[Path, str]]:
    """Give the place and the sentence of everything that does not fit together."""
    sources, themes = _entries(tree.data, "sources"), _entries(tree.data, "themes")
    yield from _places(sources)
    names = [(("sources", index, "name"), source["name"]) for index, source in sources if "name" in source]
    yield from _repeated(tree, names, "name")
    yield from _repeated(tree, list(_addresses(sources)), "address")
    keys = [(("themes", index, "key"), theme["key"]) for index, theme in themes if "key" in theme]
    yield from _repeated(tree, keys, "theme")
    for index, theme in themes:
        key = theme.get("key")
        if key is not None and not theme.get("words") and str(key) not in DEFAULTS["en"]:
            yield ("themes", index), f"theme {shown(key)} has no words, so nothing could be filed under it"
    yield from _hours(tree)


def _hours(tree: Tree) -> Iterator[tuple[Path, str]]:
    """Give what is wrong with several editions a day: two of one name or hour, or `at` beside them."""
    rules = _entries(tree.data, "editions")
    names = [(("editions", index, "name"), rule.get("name")) for index, rule in rules]
    yield from _repeated(tree, names, "edition")
    hours = [(("editions", index, "at"), str(rule.get("at", "")).zfill(5)) for index, rule in rules]
    yield from _repeated(tree, hours, "hour")
    if rules and isinstance(tree.data, dict):
        for key in ("at", "days"):
            if key in tree.data:
                yield (
                    (key,),
                    f'"{key}" beside "editions" says nothing; write it in each of them, or leave them out',
                )


def _entries(data: Value, key: str) -> list[tuple[int, dict[str, Value]]]:
    listed = data.get(key) if isinstance(data, dict) else None
    entries = listed if isinstance(listed, list) else []
    return [(index, entry) for index, entry in enumerate(entries) if isinstance(entry, dict)]


def _places(sources: list[tuple[int, dict[str, Value]]]) -> Iterator[tuple[Path, str]]:
    known = known_keys(("sources",))
    for index, source in sources:
        stated = [place for place in PLACES if source.get(place)]
        # An unknown key beside no place at all is a place misspelt: one complaint is enough.
        if len(stated) > 1 or (not stated and set(source) <= set(known)):
            found = " and ".join(stated) or "none"
            yield ("sources", index), f"{ONE_PLACE}; found {found}"


def _addresses(sources: list[tuple[int, dict[str, Value]]]) -> Iterator[tuple[Path, Value]]:
    for index, source in sources:
        for place in ("feed", "folder", "file"):
            yield ("sources", index, place), source.get(place)
        pages = source.get("pages")
        for number, page in enumerate(pages if isinstance(pages, list) else []):
            yield ("sources", index, "pages", number), page


def _repeated(tree: Tree, places: Sequence[tuple[Path, Value]], what: str) -> Iterator[tuple[Path, str]]:
    first: dict[str, Path] = {}
    for path, value in places:
        if not isinstance(value, str) or not value:
            continue
        if value in first:
            line = tree.line(first[value])
            yield path, f"{what} {shown(value)} stands on line {line} already; keep one"
        first.setdefault(value, path)
