"""edition.pdf: the HTML edition on paper, tagged (PDF/UA-1) and bookmarked, by WeasyPrint.

Setting a page can take any time and memory: a table of 10,000 rows, a colspan of 100,000, a template that
grows. So it is done by a process of its own (press.py), which the system ends beyond the bounds; the other
formats are written all the same, and a line says why this one is not. That process costs an interpreter's
start, some 0.1 s: the seconds that loading WeasyPrint takes move there, and our memory stays small.
It is given no secret: of our environment only what fonts, paths and Python need.
"""

import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from briefing import bounds
from briefing.model import Edition, Page
from briefing.render import html, press

NOT_WRITTEN = "edition.pdf was not written: "
MISSING = (
    f"{NOT_WRITTEN}the Pango library is missing"
    " (on Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0)"
)
# What the names of variables that the press is given begin with.
NEEDED = (
    *("PATH", "HOME", "LANG", "LC_", "TZ", "TMP", "TEMP", "PYTHON", "VIRTUAL_ENV", "COVERAGE"),
    *("FONTCONFIG", "FC_", "XDG_", "LD_", "DYLD_", "GI_", "SOURCE_DATE_EPOCH", "WEASYPRINT", "SYSTEMROOT"),
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What setting one page may cost."""

    seconds: int = bounds.PDF_SECONDS  # of the processor; of the clock it may be PATIENCE times as long
    memory: int = bounds.PDF_MEMORY  # bytes of addresses
    pages: int = bounds.PDF_PAGES


PATIENCE = 3  # a machine with other work is slow, and not to blame


def write(edition: Edition, templates: Path | None) -> Page | str:
    """The PDF, or the line that says why there is none.

    The bytes depend on the page and on the installed fonts and packages only: the dates in the
    metadata are the edition's own (see frame.html.j2) and no address is ever loaded.
    """
    made = pressed(html.text(edition, templates))
    return made if isinstance(made, str) else Page("pdf", "edition.pdf", made)


def pressed(page: str, limits: Limits = Limits()) -> bytes | str:
    """The PDF of an HTML page, or the line that says why there is none."""
    command = [sys.executable, "-P", press.__file__]
    told = [str(number) for number in (limits.seconds, limits.memory, limits.pages)]
    environment = {name: value for name, value in os.environ.items() if name.upper().startswith(NEEDED)}
    pipe = subprocess.PIPE
    with subprocess.Popen(  # noqa: S603 - our own file, by the interpreter that runs us
        [*command, *told], stdin=pipe, stdout=pipe, stderr=pipe, env=environment, start_new_session=True
    ) as process:
        try:
            out, err = process.communicate(page.encode("utf-8", "replace"), limits.seconds * PATIENCE)
        except subprocess.TimeoutExpired:
            _end(process)
            return _too_much(limits)
        except BaseException:
            _end(process)
            raise
    return out if process.returncode == 0 else _reason(process.returncode, err, limits)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End it and whatever it started."""
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


def _reason(code: int, err: bytes, limits: Limits) -> str:
    if code == press.NO_PANGO:
        return MISSING
    if code == press.TOO_LONG:
        return (
            f"{NOT_WRITTEN}it would have more than {limits.pages:,} pages; the other formats have all of it"
        )
    if code < 0 or code == press.TOO_MUCH:  # ended by the system: no time or no memory was left
        return _too_much(limits)
    kind = err.decode("ascii", "replace").rpartition("\n")[2].strip()
    return f"{NOT_WRITTEN}the page cannot be set ({kind if kind.isidentifier() else 'it broke off'})"


def _too_much(limits: Limits) -> str:
    memory = f"{limits.memory // 1_000_000:,} MB"
    return f"{NOT_WRITTEN}setting it took more than {limits.seconds} s or {memory}; look at your templates"
