"""An Article as a row of `tables.articles` and back, equal in every field.

A time is kept twice: as a number, for windows, and as written, in the form of RFC 9557
("2026-11-23T06:00:00+02:00[Europe/Kyiv]"), so that its zone comes back and not only its moment.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from briefing.model import Article

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def to_row(article: Article, slot: str) -> dict[str, Any]:
    """The row of `article`, first seen in `slot`."""
    return {
        "id": article.id,
        "source": article.source,
        "title": article.title,
        "text": article.text,
        "outlet": article.outlet,
        "kind": article.kind,
        "url": article.url,
        "author": article.author,
        "published": written(article.published),
        "published_us": None if article.published is None else microseconds(article.published),
        "day_only": article.day_only,
        "updated": written(article.updated),
        "language": article.language,
        "notes": json.dumps(article.notes),
        "first_slot": slot,
    }


def to_article(row: Mapping[Any, Any]) -> Article:
    """The article that `to_row` was given."""
    columns = dict(row)
    del columns["published_us"], columns["first_slot"]
    columns["published"] = read_time(columns["published"])
    columns["updated"] = read_time(columns["updated"])
    columns["notes"] = tuple(json.loads(columns["notes"]))
    return Article(**columns)


def microseconds(moment: datetime) -> int:
    """Microseconds from 1970 UTC to an aware `moment`, exact; negative before."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def written(moment: datetime | None) -> str | None:
    """The local time, its offset and, where it has one, its zone's name."""
    if moment is None:
        return None
    zone = moment.tzinfo.key if isinstance(moment.tzinfo, ZoneInfo) else None
    return moment.isoformat() + (f"[{zone}]" if zone else "")


def read_time(text: str | None) -> datetime | None:
    """The time that `written` was given.

    Of an hour that a clock change repeats, the offset tells which. Where this machine's tzdata
    does not know the zone, or has another offset for it, the offset alone is kept: the moment stays.
    """
    if text is None:
        return None
    stamp, _, zone = text.rstrip("]").partition("[")
    moment = datetime.fromisoformat(stamp)
    if not zone:
        return moment
    try:
        local = moment.replace(tzinfo=ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError):
        return moment
    turns = (local.replace(fold=fold) for fold in (0, 1))
    return next((turn for turn in turns if turn.utcoffset() == moment.utcoffset()), moment)
