"""One value of feeds.yaml or of the command line: text -> duration, time, moment, zone, address.

Every function takes what a person wrote and raises ValueError with what would be right; what was
found, and where, is added by whoever knows it (`briefing.config.wording`, `briefing.cli`).
Values that are no text pass unchanged, so that Python code may hand over ready objects.
"""

from __future__ import annotations

import datetime as dt
import difflib
import functools
import ipaddress
import re
import unicodedata
import zoneinfo
from collections.abc import Collection, Iterable
from email import policy
from email.errors import MessageDefect, NonASCIILocalPartDefect
from urllib.parse import urlsplit

LONGEST = dt.timedelta(days=366)  # a window beyond a year is a slip of the keyboard, not a briefing
SHORTHAND = 3  # letters: "wednesday" means "wed", but "m" stands for nothing
LONGEST_KIND = 40  # characters of a kind of speaker: it is printed behind every line of theirs
LONGEST_MAILBOX = 500  # characters; RFC 5321 allows 254 for the address, the rest is a long name
SLUG_LENGTH = 60  # characters; four bytes each still fit the 255 bytes of a file name
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
_SHORT_UNITS = {"ms": "milliseconds", "s": "seconds", "m": "minutes"}
# Zones of the machine's own making: what they mean differs from one machine to the next.
_DIRECTIONS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
_NOT_ZONES = {"localtime", "Factory", "posixrules"}


def nearest(word: str, names: Iterable[str]) -> str:
    """Give the name that `word` was probably meant to be, or "" where none is near."""
    by_fold: dict[str, str] = {}
    for name in names:
        by_fold.setdefault(name.casefold(), name)
        by_fold.setdefault(name.casefold().rpartition("/")[2], name)
    near = difflib.get_close_matches(word.casefold(), by_fold, n=1, cutoff=0.6)
    return by_fold[near[0]] if near else ""


def one_of(word: str, names: Collection[str]) -> str:
    """Say which of `names` was probably meant, and list them all."""
    short = (name for name in names if len(name) >= SHORTHAND and word.casefold().startswith(name))
    near = nearest(word, names) or next(short, "")
    return (f'did you mean "{near}"? ' if near else "") + f"Known: {', '.join(names)}"


def duration(value: object) -> object:
    """Read "90m", "24h" or "7d"."""
    if not isinstance(value, str):
        return value
    right = "write a whole number and m, h or d: 90m, 24h, 7d"
    match = re.fullmatch(r"([0-9]{1,6}) ?([mhd])", value.strip())
    if not match:
        raise ValueError(right)
    length = dt.timedelta(**{_UNITS[match[2]]: int(match[1])})
    if not dt.timedelta() < length <= LONGEST:
        raise ValueError(f"{right}; more than nothing, at most {LONGEST.days}d")
    return length


def short(value: object) -> object:
    """Read "500ms", "2s" or "10m"; "0s" is no time at all."""
    if not isinstance(value, str):
        return value
    match = re.fullmatch(r"([0-9]{1,6}) ?(ms|s|m)", value.strip())
    if not match:
        raise ValueError("write a whole number and ms, s or m: 500ms, 2s, 10m")
    return dt.timedelta(**{_SHORT_UNITS[match[2]]: int(match[1])})


def time_of_day(value: object) -> object:
    """Read "06:00"."""
    if not isinstance(value, str):
        return value
    match = re.fullmatch(r"([0-9]{1,2}):([0-9]{2})", value.strip())
    if not match or int(match[1]) > 23 or int(match[2]) > 59:
        raise ValueError('write hours and minutes, 00:00 to 23:59: "06:00"')
    return dt.time(int(match[1]), int(match[2]))


def day(value: object) -> object:
    """Read "2026-03-12"."""
    if not isinstance(value, str):
        return value
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value.strip()):
            return dt.date.fromisoformat(value.strip())
    except ValueError:
        pass  # such as 2026-02-30: said below
    raise ValueError("write year, month and day: 2026-03-12")


def moment(value: object) -> object:
    """Read a date with time and zone, such as "2026-03-12T06:00:00+02:00"."""
    example = "2026-03-12T06:00:00+02:00"
    if isinstance(value, str):
        try:
            value = dt.datetime.fromisoformat(re.sub(r"\s+(?=[Z+-])", "", value.strip()))
        except ValueError:
            raise ValueError(f'write date, time and zone: "{example}"') from None
    if isinstance(value, dt.datetime) and value.utcoffset() is None:
        right = value.isoformat()
        raise ValueError(f'it names no zone; write for instance "{right}+02:00", or "{right}Z" for UTC')
    return value


def moment_or_day(value: object) -> object:
    """Read "2026-03-12", or a date with time and zone."""
    if isinstance(value, str) and re.fullmatch(r"[0-9-]+", value.strip()):
        return day(value)
    try:
        return moment(value)
    except ValueError as error:
        raise ValueError(f"{error}; or the date alone: 2026-03-12") from None


@functools.cache
def _zones() -> tuple[str, ...]:
    return tuple(sorted(zoneinfo.available_timezones() - _NOT_ZONES))


def zone(name: str) -> str:
    """Take the name of an IANA zone, or "" where that stands for another's."""
    if not name or name in _zones():
        return name
    near = nearest(name, _zones())
    raise ValueError(
        (f'did you mean "{near}"? ' if near else "") + "Write an IANA zone such as Europe/Kyiv or UTC"
    )


def is_web(address: str) -> bool:
    """Tell whether this is the http(s) address of a host."""
    try:
        parts = urlsplit(address)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and not re.search(r"\s", address)
    except ValueError:  # "http://[" and the like
        return False


def web(address: str) -> str:
    """Take an http(s) address."""
    if is_web(address):
        return address
    raise ValueError("write an http:// or https:// address")


def web_or_nothing(address: str) -> str:
    """Take an http(s) address, or "" where there is none."""
    return address and web(address)


def host_or_range(text: str) -> str:
    """Take a host's name, an address, or a range of addresses: intranet.example.org, 10.20.0.0/16."""
    wanted = text.strip().lower().strip("[]").rstrip(".")
    try:
        return str(ipaddress.ip_network(wanted) if "/" in wanted else ipaddress.ip_address(wanted))
    except ValueError:
        if "/" not in wanted and re.fullmatch(
            r"[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)*", wanted
        ):
            return wanted
    raise ValueError("write a name, an address or a range: intranet.example.org, 10.20.0.7, 10.20.0.0/16")


def on_disk(path: str) -> str:
    """Take a path, and refuse a web address."""
    if not path.strip():
        raise ValueError("write a path, relative to feeds.yaml")
    if "://" in path:
        raise ValueError("write a path")
    return path


def mailbox(text: str, tolerated: Collection[type[MessageDefect]] = ()) -> str:
    """Take one mail address, with or without a name: "Desk <desk@example.org>" (RFC 5322, section 3.4).

    Refuses control characters and line breaks, also those that an encoded name (RFC 2047) would
    bring into a header.
    """
    right = 'write one mail address: desk@example.org, or "Morning desk <desk@example.org>"'
    try:
        if len(text) > LONGEST_MAILBOX:
            raise ValueError(right)
        header = policy.SMTPUTF8.header_factory("to", text)
        (found,) = header.addresses
        alone = header.groups[0].display_name is None
    except (ValueError, IndexError, AttributeError, TypeError, RecursionError):  # odd input raises them all
        raise ValueError(right) from None
    wrong = [defect for defect in header.defects if type(defect) not in tolerated]
    if wrong or text.strip() != text.strip(" ,") or not (alone and found.username and found.domain):
        raise ValueError(right)
    if re.search(r"[\s,;<>]", found.addr_spec) or not _one_line(text + found.display_name + found.addr_spec):
        raise ValueError(right)
    return text


def recipient(text: str) -> str:
    """Take what `mailbox` takes, and letters beyond ASCII before the @: servers with SMTPUTF8 know those."""
    return mailbox(text, tolerated=(NonASCIILocalPartDefect,))


def _one_line(text: str) -> bool:
    """Whether nothing in a text breaks its line or steers a terminal."""
    return not any(unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"} for char in text)


def bare_address(text: str) -> str:
    """The address alone of what `mailbox` takes, in small letters; "" of anything else."""
    try:
        (found,) = policy.SMTPUTF8.header_factory("to", recipient(text)).addresses
    except ValueError:
        return ""
    return str(found.addr_spec).casefold()


def one_line(text: str) -> str:
    """What a text says in one line: single spaces, and nothing that steers a terminal or turns the line."""
    kept = (char if unicodedata.category(char) not in {"Cc", "Cs", "Zl", "Zp"} else " " for char in text)
    # Direction marks (UAX 9) make a line read as another one; joiners, which are Cf too, belong to words.
    plain = "".join(char for char in kept if unicodedata.bidirectional(char) not in _DIRECTIONS)
    return " ".join(plain.split())


def folders(path: str) -> str:
    """Take names divided by slashes, or nothing: "Ukraine", "Ukraine/Agencies"."""
    names = [one_line(name) for name in path.split("/")]
    if path and not all(names):
        raise ValueError("write names, divided by slashes: Ukraine, Ukraine/Agencies")
    return "/".join(names)


def category(path: str) -> str:
    """Take a theme as lists of feeds name them: "battlefield", "Boston/Weather"."""
    if not path or "," in path:
        raise ValueError("write names without commas: battlefield, Boston/Weather")
    return folders(path)


def unsubscribe(address: str) -> str:
    """Take a mailto: or https: address for List-Unsubscribe (RFC 2369)."""
    if not address or re.fullmatch(r"(mailto:[^\s<>,]+@|https://)[^\s<>,]+", address):
        return address
    raise ValueError("write a mailto: or https: address: mailto:desk@example.org?subject=leave")


def secret_name(name: str) -> str:
    """Take the name of an environment variable, or a path; what looks like the secret itself is neither.

    A path starts with / ./ or ../ or ends in .pem: a slash alone is as common in generated secrets.
    """
    if not name or re.fullmatch(r"[A-Z_][A-Z0-9_]*", name):
        return name
    if _one_line(name) and re.fullmatch(r"\.{0,2}/.*[^=]|[^=]+\.pem", name):
        return name
    raise ValueError(
        "write the NAME of an environment variable in capitals, or the path of a file that starts with "
        "/ or ./ ; never the secret itself"
    )


def size(value: object) -> object:
    """Read "500 kB" or "10 MB" as bytes."""
    if not isinstance(value, str):
        return value
    match = re.fullmatch(r"([0-9]{1,4}) ?([kM])B", value.strip())
    if not match:
        raise ValueError("write a whole number and kB or MB: 500 kB, 10 MB")
    return int(match[1]) * {"k": 1_000, "M": 1_000_000}[match[2]]


def slug(text: str) -> str:
    """Make a folder name of any text: letters, digits and marks of any script, small; the rest hyphens.

    Never empty, never a dot or a slash, at most `SLUG_LENGTH` characters.
    """
    small = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).lower())
    kept = "".join(char if unicodedata.category(char)[0] in "LNM" else " " for char in small)
    return "-".join(kept.split())[:SLUG_LENGTH].strip("-") or "briefing"


def kind_of_speaker(kind: str) -> str:
    """Take a kind of speaker as it will be printed: one that is built in, or any short one."""
    if not re.search(r"\w", kind) or len(kind) > LONGEST_KIND:
        raise ValueError(f"write a short kind, of at most {LONGEST_KIND} characters: aid group")
    if kind == "none named":
        raise ValueError("that kind is for lines without a speaker")
    return kind


def speaker(name: str) -> str:
    """Take a name, a title or an institution; a star behind a letter stands for any ending."""
    if not re.search(r"\w", name) or re.search(r"(?<!\w)\*", name):
        raise ValueError("write a name, a title or an institution; a star may end a word: gouverneur*")
    return name
