"""Folders and files: what lies on disk, in an order that is the same on every machine."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from briefing.bounds import MAX_FILE, MAX_TEXT_FILE
from briefing.config.source import Source
from briefing.model import Document, Miss

# read/__init__.py has a reader for each of these; a test holds the two lists together.
SUFFIXES = (".atom", ".eml", ".htm", ".html", ".json", ".jsonl", ".md", ".rss", ".txt", ".xml")
MAILBOXES = (".mbox", ".mbx")
TEXT_SUFFIXES = (".txt", ".md", ".jsonl")  # held once: these may be larger


def fetch_folder(source: Source, base: Path) -> list[Document | Miss]:
    """Every file below a folder, by POSIX path; hidden ones are passed over."""
    spelled = source.folder or ""
    folder = base / Path(spelled).expanduser()
    if not folder.exists():
        return [Miss(source.label, spelled, "no such folder")]
    if not folder.is_dir():
        return [Miss(source.label, spelled, "not a folder: list it under file:")]
    found = sorted((path.relative_to(folder).as_posix(), path) for path in _walk(folder))
    return [_in_folder(source, folder, path, below(spelled, name)) for name, path in found]


def fetch_file(source: Source, base: Path) -> list[Document | Miss]:
    """The one document of a file."""
    spelled = source.file or ""
    path = base / Path(spelled).expanduser()
    if path.is_dir():
        return [Miss(source.label, spelled, "a folder, not a file: list it under folder:")]
    return [_document(source, path, spelled)]


def _walk(folder: Path) -> Iterator[Path]:
    """Files and links, and folders that cannot be opened; links to folders are not entered."""
    unopened: list[Path] = []
    for where, folders, files in os.walk(folder, onerror=lambda e: unopened.append(Path(e.filename))):
        folders[:] = [name for name in folders if not name.startswith(".")]
        here = Path(where)
        yield from (here / name for name in files if not name.startswith("."))
        yield from (here / name for name in folders if os.path.islink(here / name))  # noqa: PTH114 - never raises
    yield from unopened


def below(spelled: str, name: str) -> str:
    """The address of a file: the folder as feeds.yaml spells it, and the path inside; always printable."""
    return f"{spelled.rstrip('/')}/{os.fsencode(name).decode('utf-8', 'replace')}"


def _in_folder(source: Source, folder: Path, path: Path, address: str) -> Document | Miss:
    try:
        reason = unfit(folder, path)
    except OSError as error:  # in a folder that may be listed and not entered
        reason = reason_of(error)
    return Miss(source.label, address, reason) if reason else _document(source, path, address)


def unfit(folder: Path, path: Path) -> str:
    """Why something below a folder is not read, "" for what may be a file."""
    if not path.is_symlink():
        return "permission denied" if path.is_dir() else ""
    try:
        path.stat()  # from Python 3.13 on, resolve() takes a link to itself as it is
        inside = path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # a link to itself
        return "a link that leads nowhere"
    if not inside:
        return "a link that leaves the folder"
    return "a link to a folder: its files are read where they lie" if path.is_dir() else ""


def _document(source: Source, path: Path, address: str) -> Document | Miss:
    """A regular file of a known kind and size, or why it is not read."""
    suffix = path.suffix.lower()
    limit = MAX_TEXT_FILE if suffix in TEXT_SUFFIXES else MAX_FILE
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return Miss(source.label, address, "not a regular file")
        if suffix in MAILBOXES:
            return Miss(source.label, address, "a mailbox: list it under mail:")
        if suffix not in SUFFIXES:
            return Miss(source.label, address, f"unknown kind of file; known: {', '.join(SUFFIXES)}")
        with path.open("rb") as file:
            content = file.read(limit + 1)
    except OSError as error:
        return Miss(source.label, address, reason_of(error))
    if len(content) > limit:
        return Miss(source.label, address, f"larger than {limit // 1_000_000} MB")
    return Document(source.label, address, content)


def reason_of(error: Exception) -> str:
    """Why a path cannot be read, for people."""
    if isinstance(error, FileNotFoundError):
        return "no such file"
    if isinstance(error, PermissionError):
        return "permission denied"
    if isinstance(error, ValueError):  # Python's own words for it differ from version to version
        return "not a path: a NUL character is in it"
    return f"cannot be read: {getattr(error, 'strerror', None) or error}"
