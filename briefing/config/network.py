"""What a person may write under `network:` of feeds.yaml: how sources are asked."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated

from pydantic import AfterValidator, Field

from briefing.config import values
from briefing.config.part import Part, Pause


def _contact(text: str) -> str:
    """Take what a server's owner can write to: a mail address or a web page."""
    if text and not re.fullmatch(r"[^\s@]+@[^\s@]+|https?://\S+", text):
        raise ValueError("write a mail address or a web page: desk@example.org, https://example.org/about")
    return text


def _some_time(length: dt.timedelta) -> dt.timedelta:
    if not length:
        raise ValueError("write more than 0s: nothing answers in no time")
    return length


Patience = Annotated[Pause, AfterValidator(_some_time)]


class Network(Part):
    """How the sources on the network are asked: who asks, how gently, for how long, and where never."""

    contact: Annotated[str, AfterValidator(_contact)] = Field(
        "",
        description="mail address or web page of whoever runs this; servers read it in the User-Agent",
        examples=["desk@example.org", "https://example.org/about-our-bot"],
    )
    allow: tuple[Annotated[str, AfterValidator(values.host_or_range)], ...] = Field(
        (),
        description="names, addresses or ranges of one's own network that may be asked all the same; "
        "private and local addresses are refused otherwise",
        examples=[["intranet.example.org", "10.20.0.0/16"]],
    )
    at_once: int = Field(16, ge=1, le=200, description="most requests under way at once", examples=[16])
    per_host: int = Field(2, ge=1, le=20, description="most of them at one server", examples=[2])
    pause: Pause = Field(
        dt.timedelta(seconds=1),
        description="least time between the starts of two requests to one server",
        examples=["2s"],
    )
    request: Patience = Field(
        dt.timedelta(seconds=60),
        description="longest time for one request, redirects included",
        examples=["60s"],
    )
    run: Patience = Field(
        dt.timedelta(minutes=10), description="longest time for asking all sources", examples=["10m"]
    )
