"""What a database says, as a StoreError that says what, where and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from briefing.errors import StoreError

_ELSEWHERE: Final = "or name another place under `store:`"
DAMAGED: Final = "restore a copy, or move it away: the next run starts anew"
# Words of SQLite's and PostgreSQL's own messages -> what a person can do. The first that fits is used.
_REMEDIES: Final = (
    (("not a database", "malformed", "corrupt", "vtable", "damaged"), DAMAGED),
    (("locked", "lock timeout"), "another program is writing to it: wait for it or end it, then run again"),
    (("readonly", "read-only"), f"make the file and its folder writable, {_ELSEWHERE}"),
    (("disk is full", "no space", "disk i/o"), "free space on that disk, then run again"),
    (("unable to open",), f"check that the folder exists and is writable, {_ELSEWHERE}"),
    (("surrogates", "nul "), "an article holds characters that no database takes: leave out its source"),
    (("connection", "password"), "check that the server runs and that `store:` names it rightly"),
)
_UNREADABLE: Final = "Could not decode to UTF-8"  # SQLite's driver goes on with the text itself
_OTHERWISE: Final = "check the address under `store:` in feeds.yaml"


@contextmanager
def told(doing: str, where: str) -> Iterator[None]:
    """Turn whatever the database raises while `doing` into a StoreError about `where`."""
    try:
        yield
    except (SQLAlchemyError, ValueError, TypeError, OverflowError) as error:
        cause = _cause(error)
        raise StoreError(f"cannot {doing} the store {where}: {cause}; {_remedy(cause)}") from error


def _cause(error: Exception) -> str:
    """The driver's own words, one line; never the SQL, whose parameters are whole articles, nor a row."""
    if not isinstance(error, (SQLAlchemyError, UnicodeError)):
        return "it is damaged: a row is not as it was written"
    said = str(error.orig if isinstance(error, DBAPIError) else error)
    first = next(iter(said.strip().splitlines()), type(error).__name__)
    if first.startswith(_UNREADABLE):
        return "it is damaged: a text is not UTF-8"
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in first)


def _remedy(cause: str) -> str:
    lower = cause.lower()
    return next((do for words, do in _REMEDIES if any(word in lower for word in words)), _OTHERWISE)
