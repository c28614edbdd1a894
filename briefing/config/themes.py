"""The sections of an edition: those of feeds.yaml, or the three that a conflict desk starts with."""

from __future__ import annotations

from typing import Final

from briefing.config.settings import Settings, Theme

# Titles only: the words of these three live in the language files and are found by the key.
DEFAULTS: Final = {
    "en": {"battlefield": "Battlefield", "humanitarian": "Humanitarian", "diplomacy": "Diplomacy"},
    "uk": {"battlefield": "Поле бою", "humanitarian": "Гуманітарна ситуація", "diplomacy": "Дипломатія"},
}


def themes_of(settings: Settings) -> tuple[Theme, ...]:
    """Give the themes as configured, or the three defaults, titled in the briefing's language.

    A default theme has no words of its own.
    """
    titles = DEFAULTS[settings.language]
    return settings.themes or tuple(Theme(key=key, title=title) for key, title in titles.items())
