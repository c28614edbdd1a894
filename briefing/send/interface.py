"""What every channel can do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from briefing.model import Page, Receipt


class Channel(Protocol):
    """A place that pages go to. Its options are the fields of the class in its own file."""

    def deliver(self, pages: Sequence[Page]) -> tuple[Receipt, ...]:
        """Bring the pages there and say where they are; BriefingError when that cannot be done.

        Doing it again after a kill leaves what doing it once would have left.
        """
