"""Settings' own answers, settings without a file, and the manual."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from briefing.config import Destination, Rule, Settings, Source, Summary, Theme, adhoc, override, themes_of
from briefing.config.delivery import CHANNELS, PORTS, SECRETS, Atom, Folder, Mail, Ping, Webhook
from briefing.config.manual import manual
from briefing.config.settings import LANGUAGES
from briefing.config.source import PLACES, Imap
from briefing.config.values import secret_name, slug
from briefing.errors import ConfigError

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Morning briefing", "morning-briefing"),
        ("Ранковий огляд: Україна", "ранковий-огляд-україна"),
        ("../../etc/passwd", "etc-passwd"),
        ("...", "briefing"),
        ("A/B\\C", "a-b-c"),
        ("हिन्दी समाचार", "हिन्दी-समाचार"),
    ],
)
def test_a_title_makes_a_folder_name(title: str, key: str) -> None:
    assert Settings(title=title).key == key


@given(st.text())
def test_a_folder_name_is_never_empty_nor_a_path(title: str) -> None:
    key = slug(title)
    assert key
    assert len(key.encode()) <= 255
    assert not set(key) & set("/\\.:\0\n ")
    assert slug(key) == key


def test_the_fingerprint_follows_the_content_and_not_the_place() -> None:
    settings = Settings(sources=(Source(folder="inbox"),))
    same = override(
        settings,
        base=Path("/elsewhere"),
        output="x",
        templates="t",
        formats=("md",),
        grace="1h",
        fetch_every="5m",
        retry_for="1h",
        link="https://example.org/",
        deliver=[{"atom": {}}],
        now=dt.datetime(2026, 3, 12, tzinfo=dt.UTC),
    )
    assert same.fingerprint() == settings.fingerprint()
    changes: list[dict[str, object]] = [
        {"title": "x"},
        {"window": "7d"},
        {"sources": (Source(folder="inbox", kind="official"),)},
        {"speakers": {"aid group": ("Harvest Aid",)}},
        {"speakers": {"aid group": ("Harvest Relief",)}},
    ]
    assert len({override(settings, **change).fingerprint() for change in changes} | {same.fingerprint()}) == 6


def test_the_store_lies_beside_feeds_yaml_or_in_the_output_folder(tmp_path: Path) -> None:
    settings = Settings(base=tmp_path)
    assert settings.store_url() == f"sqlite:///{tmp_path}/briefing.db"
    assert override(settings, store="sqlite:///x.db").store_url() == f"sqlite:///{tmp_path}/x.db"
    assert override(settings, store="sqlite:////x.db").store_url() == "sqlite:////x.db"
    assert override(settings, store="postgresql://h/n").store_url() == "postgresql://h/n"
    loose = override(adhoc(["https://example.org/rss"], tmp_path), output="out")
    assert loose.store_url() == f"sqlite:///{tmp_path}/out/briefing.db"


def test_a_source_named_on_the_command_line_is_told_by_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    for part in ("cur", "new", "tmp"):
        (tmp_path / "Mail" / part).mkdir(parents=True)
    for name, content in (
        ("a.mbox", b""),
        ("Inbox", b"From a@b Wed"),
        ("README", b"Text"),
        ("b.mbox.txt", b"From "),
    ):
        (tmp_path / name).write_bytes(content)
    mail = ["Mail", "a.mbox", "Inbox"]
    made = adhoc(["https://example.org/rss", "inbox", "note.txt", *mail, "README", "b.mbox.txt"], tmp_path)
    assert made.sources == (
        Source(feed="https://example.org/rss"),
        Source(folder="inbox"),
        Source(file="note.txt"),
        *(Source(mail=name) for name in mail),
        Source(file="README"),
        Source(file="b.mbox.txt"),
    )
    (page,) = adhoc(["https://example.org/a"], tmp_path, web="pages").sources
    assert page.pages == ("https://example.org/a",)


@pytest.mark.parametrize("sources", [["ftp://example.org/x"], [""], ["a", "a"], ["http://"]])
def test_a_source_that_is_none_is_refused(sources: list[str], tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="source"):
        adhoc(sources, tmp_path)


def test_a_change_is_checked_like_the_file() -> None:
    assert override(Settings(), window="90m").window == dt.timedelta(minutes=90)
    with pytest.raises(ConfigError, match=r'window: found "soon"; write a whole number'):
        override(Settings(), window="soon")
    with pytest.raises(ConfigError, match=r'formats: found "docx"; Known: md, html, pdf, json'):
        override(Settings(), formats=("docx",))


@pytest.mark.parametrize("language", LANGUAGES)
def test_three_themes_stand_where_none_are_written(language: str) -> None:
    made = themes_of(Settings(language=language))
    assert [theme.key for theme in made] == ["battlefield", "humanitarian", "diplomacy"]
    assert all(theme.title and not theme.words for theme in made)
    own = (Theme(key="economy", title="Economy", words=("export",)),)
    assert themes_of(Settings(themes=own)) == own


def test_the_manual_is_up_to_date() -> None:
    written = (ROOT / "docs/configuration.md").read_text(encoding="utf-8")
    assert written == manual(), "write it again: python -m briefing.config.manual > docs/configuration.md"


PARTS = (Settings, Source, Theme, Summary, Rule, Destination, Mail, Webhook, Folder, Atom, Ping, Imap)


@pytest.mark.parametrize("model", PARTS, ids=lambda model: model.__name__)
def test_every_key_is_described_and_its_examples_are_right(model: type[BaseModel]) -> None:
    needed: dict[type[BaseModel], dict[str, object]] = {
        Source: {"folder": "inbox"},
        Theme: {"key": "k", "title": "T"},
        Rule: {"name": "n", "at": "06:00"},
        Mail: {"server": "s", "sender": "a@b", "to": ["c@d"]},
        Webhook: {"url": "https://example.org", "secret_from": "S"},
        Folder: {"path": "p"},
        Ping: {"url": "https://example.org"},
        Imap: {"server": "imap.example.org"},
    }
    halves: dict[str, dict[str, object]] = {
        "links": {"watch": "https://example.org/"},
        "dkim_selector": {"dkim_key": "dkim.pem"},
        "dkim_key": {"dkim_selector": "mail"},
    }
    places = {*PLACES, "links"} if model is Source else set()
    for name, field in model.model_fields.items():
        assert field.description, name
        for example in field.examples or ():
            rest = (
                halves.get(name, {}) if name in places else {**needed.get(model, {}), **halves.get(name, {})}
            )
            assert model.model_validate({**rest, name: example})


def test_a_path_that_cannot_be_asked_is_left_to_fetch_and_nul_is_refused(tmp_path: Path) -> None:
    long = "n" * 300
    assert adhoc([long, "a\\0b"], tmp_path).sources == (Source(file=long), Source(file="a\\0b"))
    with pytest.raises(ConfigError, match="name a folder"):
        adhoc(["a\0b"], tmp_path)


def test_every_key_that_names_a_secret_is_known_as_one() -> None:
    found = {
        name
        for part in (Mail, Webhook, Folder, Atom, Ping, Imap)
        for name, field in part.model_fields.items()
        if any(getattr(rule, "func", None) is secret_name for rule in field.metadata)
    }
    assert found == SECRETS


def test_each_channel_is_one_entry_with_its_options() -> None:
    assert tuple(Destination.model_fields) == CHANNELS
    made = override(
        Settings(),
        deliver=[
            {
                "mail": {
                    "server": "s",
                    "sender": "a@b",
                    "bcc": ["c@d"],
                    "security": "tls",
                    "attach_up_to": "5 MB",
                }
            },
            {"atom": {}},
        ],
    )
    mail, atom = made.deliver
    assert (mail.channel, atom.channel) == ("mail", "atom")
    assert isinstance(mail.options, Mail)
    assert (mail.options.to_port(), mail.options.attach_up_to) == (465, 5_000_000)
    assert mail.options.model_copy(update={"port": 2525}).to_port() == 2525
    assert {
        security: Mail(server="s", sender="a@b", to=("c@d",), security=security).to_port()
        for security in ("starttls", "tls", "none")
    } == PORTS
    assert atom.options == Atom(entries=30)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"to": ()}, "needs a recipient"),
        ({"to": ("a@b", "A <A@b>")}, "twice"),
        ({"to": ("a@b",), "cc": ("a@b",)}, "twice"),
        ({"to": ("a@b",), "dkim_selector": "mail"}, "both of dkim_selector"),
        ({"to": ("a@b",), "attach_up_to": -1}, "greater than or equal to 0"),
    ],
)
def test_a_mail_made_in_python_is_checked_as_well(options: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        Mail.model_validate({"server": "s", "sender": "desk@example.org", **options})


def test_one_edition_a_day_is_a_rule_without_a_name() -> None:
    (alone,) = override(Settings(), at="05:30", days=["mon"]).rules()
    assert (alone.name, alone.at, alone.days, alone.window) == ("", dt.time(5, 30), ("mon",), None)
    evening = Rule.model_validate({"name": "evening", "at": "18:00", "window": "12h"})
    assert override(Settings(), editions=[evening]).rules() == (evening,)
    with pytest.raises(ValidationError):
        Rule.model_validate({"name": "", "at": "18:00"})
