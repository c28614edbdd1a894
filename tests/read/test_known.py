"""The kind of an outlet by its host: feeds.yaml wins, lookalikes are nobody."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import get_args

import pytest

from briefing.config.source import OutletKind
from briefing.read.known import kind_of

TABLE = tomllib.loads((Path(__file__).parents[2] / "briefing/read/outlets.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://www.rt.com/russia/1-a-report/", "state media"),
        ("https://RT.com:443/news", "state media"),
        ("https://www.bbc.co.uk/news/world-1", "public media"),
        ("https://abcnews.go.com/International/story?id=1", "independent media"),
        ("https://www.mod.gov.ua/en", "official"),
        ("https://smart.com/", "unknown"),
        ("https://rt.com.example.org/", "unknown"),
        ("https://example.org/?u=rt.com", "unknown"),
        ("http://[broken/", "unknown"),
        ("", "unknown"),
    ],
)
def test_a_host_has_the_kind_of_the_table(url: str, kind: str) -> None:
    assert kind_of(url) == kind


def test_what_feeds_yaml_states_wins() -> None:
    assert kind_of("https://www.rt.com/", "agency") == "agency"


def test_the_table_names_known_kinds_and_each_host_once() -> None:
    hosts = [host for listed in TABLE.values() for host in listed.replace(",", " ").split()]
    assert set(TABLE) < set(get_args(OutletKind))
    assert len(hosts) == len(set(hosts))
    assert all("." in host and host == host.lower() for host in hosts)
