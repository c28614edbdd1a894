"""feeds.yaml -> Settings, every error with its line."""

from briefing.config.delivery import Destination
from briefing.config.file import load
from briefing.config.quick import adhoc, override
from briefing.config.settings import Rule, Settings, Summary, Theme
from briefing.config.source import Source
from briefing.config.themes import themes_of

__all__ = [
    "Destination",
    "Rule",
    "Settings",
    "Source",
    "Summary",
    "Theme",
    "adhoc",
    "load",
    "override",
    "themes_of",
]
