"""What the operator is told, once: short mails that wait in a folder until a server takes them.

An alert is a file in `.alerts/` beside the editions, written before anything is sent and renamed when
it is: so none is sent twice, and none is forgotten because the mail server was down as well. Where that
folder cannot be written (the disk may be what the alert is about) the system's folder for temporary
files takes its place; where that fails too, nothing is sent, because it would be sent every minute.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from briefing.config import Settings
from briefing.errors import BriefingError

KEPT: Final = dt.timedelta(days=30)  # the memory of those sent


def raise_alert(settings: Settings, name: str, subject: str, text: str) -> None:
    """Put an alert into the box, unless one of this name was there before."""
    if not any(place.mail and place.mail.operator for place in settings.deliver):
        return
    content = json.dumps({"name": name, "subject": subject, "text": text}, ensure_ascii=False)
    stem = hashlib.sha256(name.encode()).hexdigest()[:16]
    for box in _boxes(settings):
        if any((box / f"{stem}.{state}").exists() for state in ("waiting", "sent")):
            return
    for box in _boxes(settings):
        with suppress(OSError):
            box.mkdir(parents=True, exist_ok=True, mode=0o700)
            (box / f"{stem}.waiting").write_text(content, encoding="utf-8")
            return


def send_alerts(
    settings: Settings, now: dt.datetime, tell: Callable[[str], None], warn: Callable[[str], None]
) -> None:
    """Mail what waits in the box; what no server takes now waits on."""
    for path in _waiting(settings):
        from briefing import pipeline  # heavy, and the daemon only asks whether an alert waits

        try:
            alert = json.loads(path.read_text(encoding="utf-8"))
            receipts = pipeline.alert(
                settings, alert["subject"], alert["text"], f"{settings.key} {alert['name']}", now
            )
        except (BriefingError, OSError, ValueError, KeyError) as error:
            warn(f"alert: {error}")
            continue
        for receipt in receipts:
            say = warn if receipt.state == "refused" else tell
            say(f"alert to {receipt.address}: {receipt.state} {receipt.detail}".rstrip())
        if not any(receipt.state == "later" for receipt in receipts):
            with suppress(OSError):
                path.rename(path.with_suffix(".sent"))
    _forget(settings, now)


def alerts_waiting(settings: Settings) -> bool:
    """Whether an alert waits for a mail server."""
    return next(_waiting(settings), None) is not None


def _waiting(settings: Settings) -> Iterator[Path]:
    for box in _boxes(settings):
        with suppress(OSError):
            yield from sorted(box.glob("*.waiting"))


def _forget(settings: Settings, now: dt.datetime) -> None:
    """Remove what was sent long ago."""
    for box in _boxes(settings):
        with suppress(OSError):
            for path in sorted(box.glob("*.sent")):
                if now.timestamp() - path.stat().st_mtime > KEPT.total_seconds():
                    path.unlink()


def _boxes(settings: Settings) -> list[Path]:
    """The folders that alerts wait in, the better first; one that belongs to another user is none."""
    home = settings.output_folder() / settings.key
    elsewhere = hashlib.sha256(str(home.absolute()).encode()).hexdigest()[:16]
    boxes = (home / ".alerts", Path(tempfile.gettempdir()) / f"briefing-alerts-{elsewhere}")
    return [box for box in boxes if _ours(box)]


def _ours(box: Path) -> bool:
    try:
        return box.lstat().st_uid == os.geteuid()
    except OSError:  # not there yet
        return True
