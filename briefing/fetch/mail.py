"""Saved mail: one .eml file, an mbox file, a Maildir, or a folder of them; each mail is a document.

What a thing is, is found by looking: a Maildir has `cur` and `new` (the order of its mails is that of the
moments by which their names begin), an mbox begins with a postmark. Of every mailbox the newest mails are
read, the newest first; that there are more is told.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from briefing.bounds import MAX_MAIL, MAX_MAILS, MAX_POST, MAX_POST_SIZE
from briefing.config.source import Source
from briefing.fetch.files import below, reason_of, unfit
from briefing.fetch.mbox import is_mbox, names_of, newest
from briefing.model import Document, Miss

BEGINNING = 4_096
INDICES = (".msf", ".lock")  # what mail programs leave beside their mailboxes
HEADER = re.compile(rb"(?:\xef\xbb\xbf)?[!-9;-~]{1,100}[ \t]*:")  # RFC 5322, section 2.2
MOMENT = re.compile(r"\d{1,15}")
PASSED_OVER = "DT"  # flags of a Maildir: a draft, and a mail in the bin

Found = Iterator[Document | Miss]


def fetch_mail(source: Source, base: Path) -> list[Document | Miss]:
    """The mails of a file or folder, within the bounds of one source."""
    spelled = source.mail or ""
    path = base / Path(spelled).expanduser()
    found: list[Document | Miss] = []
    size = 0
    for one in _mails(source, path, spelled):
        size += len(one.content) if isinstance(one, Document) else 0
        if len(found) >= MAX_POST or size > MAX_POST_SIZE:
            whole = f"{MAX_POST:,} mails and {MAX_POST_SIZE // 1_000_000} MB"
            said = f"the mails from here on: one source is read up to {whole}"
            return [*found, Miss(source.label, one.address, said)]
        found.append(one)
    return found


def is_maildir(folder: Path) -> bool:
    """Whether a folder is a Maildir."""
    return (folder / "cur").is_dir() and (folder / "new").is_dir()


def _mails(source: Source, path: Path, spelled: str) -> Found:
    if not path.exists():
        yield Miss(source.label, spelled, "no such file or folder")
    elif is_maildir(path):
        yield from _maildir(source, path, spelled)
    elif path.is_dir():
        yield from _folder(source, path, spelled)
    else:
        yield from _file(source, path, spelled)


def _folder(source: Source, folder: Path, spelled: str) -> Found:
    """Every mailbox and mail below a folder, by name; links are not entered, hidden ones passed over."""
    for path in sorted(folder.iterdir(), key=lambda path: os.fsencode(path.name)):
        address = below(spelled, path.name)
        if path.name.startswith(".") or path.suffix.lower() in INDICES:
            continue
        try:
            if path.is_symlink() and (reason := unfit(folder, path)):
                yield Miss(source.label, address, reason)
            else:
                yield from _mails(source, path, address)
        except OSError as error:
            yield Miss(source.label, address, reason_of(error))


def _file(source: Source, path: Path, spelled: str) -> Found:
    """One mail or one mbox; an mbox without any mail is an empty one."""
    if not path.is_file():
        yield Miss(source.label, spelled, "not a regular file")
        return
    with path.open("rb") as file:
        beginning = file.read(BEGINNING)
    if is_mbox(beginning):
        yield from _mbox(source, path, spelled)
    elif path.suffix.lower() == ".eml" or HEADER.match(beginning):
        yield _document(source, path, spelled)
    elif beginning:
        yield Miss(source.label, spelled, "neither a mail nor a mailbox: known are .eml, mbox and Maildir")


def _mbox(source: Source, path: Path, spelled: str) -> Found:
    mails, more = newest(path)
    for name, content in zip(names_of(mails), mails, strict=True):
        address = f"{spelled}#{name}"
        if len(content) > MAX_MAIL:
            yield Miss(source.label, address, _too_large())
        else:
            yield Document(source.label, address, content)
    if more:
        yield _older(source, spelled)


def _maildir(source: Source, folder: Path, spelled: str) -> Found:
    """The mails of `cur` and `new`; without its flags a name stays when the mail is read or answered."""
    paths = [
        path
        for part in ("cur", "new")
        for path in (folder / part).iterdir()
        if path.is_file() and not path.is_symlink()
    ]
    kept = [path for path in paths if not path.name.startswith(".") and not _is_flagged(path.name)]
    kept.sort(key=lambda path: (_moment(path.name), os.fsencode(path.name)), reverse=True)
    for path in kept[:MAX_MAILS]:
        yield _document(source, path, f"{below(spelled, path.name.partition(':')[0])}")
    if len(kept) > MAX_MAILS:
        yield _older(source, spelled)


def _is_flagged(name: str) -> bool:
    return bool(set(PASSED_OVER).intersection(name.partition(":2,")[2]))


def _moment(name: str) -> int:
    """The second of delivery with which names in a Maildir begin."""
    found = MOMENT.match(name)
    return int(found[0]) if found else 0


def _document(source: Source, path: Path, address: str) -> Document | Miss:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_MAIL + 1)
    except OSError as error:
        return Miss(source.label, address, reason_of(error))
    too_large = len(content) > MAX_MAIL
    return (
        Miss(source.label, address, _too_large()) if too_large else Document(source.label, address, content)
    )


def _too_large() -> str:
    return f"larger than {MAX_MAIL // 1_000_000} MB"


def _older(source: Source, spelled: str) -> Miss:
    return Miss(source.label, spelled, f"its older mails: a mailbox is read up to its newest {MAX_MAILS}")
