"""What a person may write under `network:` of feeds.yaml: how sources are asked."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import AfterValidator, Field

from briefing.config import values
from briefing.config.part import Part, Pause


class Network(Part):
    """How the sources on the network are asked: who asks, how gently, for how long, and where never."""

    contact: str = Field(
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
    request: Pause = Field(
        dt.timedelta(seconds=60),
        description="longest time for one request, redirects included",
        examples=["60s"],
    )
    run: Pause = Field(
        dt.timedelta(minutes=10), description="longest time for asking all sources", examples=["10m"]
    )
