"""What every part of feeds.yaml is made of: the model's base and the kinds of value that several share."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from briefing.config import values

Entry = TypeVar("Entry")


class Part(BaseModel):
    """A mapping in feeds.yaml: it never changes, and a key that it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def each_once(items: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Take a list in which nothing stands twice."""
    if len(set(items)) < len(items):
        raise ValueError("name each entry once")
    return items


Format = Literal["md", "html", "pdf", "json"]
WebAddress = Annotated[str, AfterValidator(values.web)]
DiskPath = Annotated[str, AfterValidator(values.on_disk)]
Length = Annotated[dt.timedelta, BeforeValidator(values.duration)]
Pause = Annotated[dt.timedelta, BeforeValidator(values.short)]
Secret = Annotated[str, AfterValidator(values.secret_name)]
# A name, or an IPv6 address.
HostName = Annotated[str, Field(pattern=r"^([^\s/@:]+|[0-9A-Fa-f.]*:[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*)$")]
Formats = Annotated[tuple[Format, ...], AfterValidator(each_once)]
_Names = Annotated[tuple[Annotated[str, AfterValidator(values.speaker)], ...], Field(min_length=1)]
Speakers = dict[Annotated[str, AfterValidator(values.kind_of_speaker)], _Names]  # names, by kind
