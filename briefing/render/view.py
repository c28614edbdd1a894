"""What a page shows and edition.json only implies: headlines by id, groups, who was silent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefing.model import CitedArticle, Copy, Drop, Edition, Figure, SourceReport, StoryReport

NAMED_PER_REASON = 12  # dropped articles named under one reason; edition.json has all
COUNTED_FIRST = ("fetched", "repeated", "in_window", "copies", "sentences", "cut")
ANSWERED = ("ok", "unchanged", "empty", "stale")


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """The figures of one story that count the same thing, in the edition's order."""

    story: str
    what: str
    opens: bool  # whether it is the first group of its story
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class DropGroup:
    """Articles that were left out for one reason: the first few, and how many more."""

    reason: str
    count: int
    named: tuple[Drop, ...]
    more: int


@dataclass(frozen=True, slots=True)
class View:
    """Derived values for templates, under the name `view`. Made by `look`."""

    headlines: Mapping[str, str]  # of stories, by id
    stories: Mapping[str, StoryReport]  # by id; of a story under several themes the first
    answered: int  # sources that answered, whatever they had
    failed: tuple[SourceReport, ...]
    quiet: tuple[SourceReport, ...]  # answered, with nothing or nothing new
    figures: tuple[FigureGroup, ...]
    dropped: tuple[DropGroup, ...]
    themes: Mapping[str, str]  # titles, by key
    counts: tuple[tuple[str, int], ...]
    languages: tuple[tuple[str, int], ...]  # the most frequent first
    articles: Mapping[str, CitedArticle]

    def outlets(self, story: StoryReport) -> int:
        """How many outlets a story was read in, copies included and unknown ones not."""
        named = {article.outlet for article in self._of(story)} | {
            copy.outlet for copy in self._copies(story)
        }
        return len(named - {""})

    def carriers(self, story: StoryReport) -> tuple[str, ...]:
        """Outlets of the copies, each once, without those that the story cites already."""
        cited = {article.outlet for article in self._of(story)}
        outlets = (copy.outlet for copy in self._copies(story))
        return tuple(dict.fromkeys(outlet for outlet in outlets if outlet and outlet not in cited))

    def _of(self, story: StoryReport) -> list[CitedArticle]:
        return [self.articles[member] for member in story.articles]

    def _copies(self, story: StoryReport) -> list[Copy]:
        return [copy for article in self._of(story) for copy in article.copies]


def look(edition: Edition) -> View:
    """The view of one edition."""
    stories = [story for section in edition.themes for story in section.stories]
    return View(
        headlines={story.id: story.headline for story in stories},
        stories={story.id: story for story in reversed(stories)},
        answered=sum(source.status in ANSWERED for source in edition.sources),
        failed=tuple(source for source in edition.sources if source.status == "failed"),
        quiet=tuple(source for source in edition.sources if source.status in ("empty", "stale")),
        figures=_figures(edition.figures),
        dropped=_dropped(edition.coverage.dropped),
        themes={section.key: section.title for section in edition.themes},
        counts=_counts(edition.coverage.counts),
        languages=tuple(sorted(edition.coverage.languages.items(), key=lambda item: (-item[1], item[0]))),
        articles={article.id: article for article in edition.articles},
    )


def _figures(figures: Sequence[Figure]) -> tuple[FigureGroup, ...]:
    groups: dict[tuple[str, str], list[Figure]] = {}
    for story in dict.fromkeys(figure.story for figure in figures):
        for figure in (f for f in figures if f.story == story):
            groups.setdefault((story, figure.what), []).append(figure)
    stories = [story for story, _ in groups]
    return tuple(
        FigureGroup(story, what, stories.index(story) == place, tuple(found))
        for place, ((story, what), found) in enumerate(groups.items())
    )


def _dropped(drops: Sequence[Drop]) -> tuple[DropGroup, ...]:
    groups = []
    for reason in dict.fromkeys(drop.reason for drop in drops):
        members = tuple(drop for drop in drops if drop.reason == reason)
        named = members[:NAMED_PER_REASON]
        groups.append(DropGroup(reason, len(members), named, len(members) - len(named)))
    return tuple(groups)


def _counts(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """In the order of the work, then by name: a mapping's own order says nothing."""
    known = [name for name in COUNTED_FIRST if name in counts]
    names = (*known, *sorted(set(counts) - set(known)))
    return tuple((name, counts[name]) for name in names if name != "repeated" or counts[name])
