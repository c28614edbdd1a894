"""What a page shows and edition.json only implies: headlines by id, groups, who was silent."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefing.model import DOUBTS, CitedArticle, Copy, Drop, Edition, Figure, Share, SourceReport, StoryReport

NAMED_PER_REASON = 12  # articles left out for one reason, or with one note; edition.json has all
SUBJECT_ENDS = "”: "  # of a note: Outlet, “title”: what is to be said of that article
NAMED_ON_PAGE_ONE = 12  # sources that failed, and as many that fell silent
OUTLETS_SHOWN = 12  # with their share of the articles; the others are one line
COUNTED_FIRST = ("fetched", "repeated", "in_window", "used", "copies", "sentences", "cut")
WEIGHTIEST = 8  # stories named under one status; the sections have all
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
class NoteGroup:
    """Articles with the same note, as pages behind a paywall: the first few, and how many more.

    A note that stands alone, or is of no article, is a `text` without `named`.
    """

    text: str
    count: int = 1
    named: tuple[str, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class ShareRow:
    """What an outlet gave, or all `outlets` that come after the first ones together."""

    outlet: str
    outlets: int
    articles: int
    used: int
    percent: int  # of all articles


@dataclass(frozen=True, slots=True)
class View:
    """Derived values for templates, under the name `view`. Made by `look`."""

    headlines: Mapping[str, str]  # of stories, by id
    stories: Mapping[str, StoryReport]  # by id; of a story under several themes the first
    answered: int  # sources that answered, whatever they had
    failed: tuple[SourceReport, ...]
    quiet: tuple[SourceReport, ...]  # answered, with nothing, nothing new or far less than usual
    figures: tuple[FigureGroup, ...]
    dropped: tuple[DropGroup, ...]
    notes: tuple[NoteGroup, ...]
    themes: Mapping[str, str]  # titles, by key
    counts: tuple[tuple[str, int], ...]
    languages: tuple[tuple[str, int], ...]  # the most frequent first
    statuses: tuple[tuple[str, int], ...]  # of sources that gave nothing new, and how many have each
    shares: tuple[ShareRow, ...]
    articles: Mapping[str, CitedArticle]
    graded: bool  # whether some row of the board has a mark, an echo or a past
    doubts: tuple[str, ...] = DOUBTS

    def beside(self, figure: Figure) -> tuple[str, ...]:
        """Who is counted and where, as far as the figure's own words do not say it."""
        told = figure.text.casefold()
        return tuple(word for word in (figure.who, figure.where) if word and word.casefold() not in told)

    def hedge(self, figure: Figure, flag: str) -> str:
        """The source's own words behind a doubt; "" where they are not known."""
        return next((hedge.text for hedge in figure.hedges if hedge.kind == flag), "")

    def unchanged(self, figure: Figure) -> bool:
        """Whether an earlier edition gave the same number."""
        old = figure.before
        return (
            old is not None
            and old.value == figure.value
            and (figure.value is not None or old.text == figure.text)
        )

    def change(self, figure: Figure) -> float:
        """By how much a number has moved since an earlier edition; 0 where that is no one number."""
        old = figure.before
        return 0.0 if old is None or old.value is None or figure.value is None else figure.value - old.value

    def outlets(self, story: StoryReport) -> int:
        """How many outlets a story was read in, copies included and unknown ones not."""
        named = {article.outlet for article in self._of(story)} | {
            copy.outlet for copy in self._copies(story)
        }
        return len(named - {""})

    def weightiest(self, ids: Sequence[str]) -> tuple[str, ...]:
        """Of stories, the `WEIGHTIEST`: those told in full first, then by origins and articles."""
        told = [self.stories[key] for key in ids if key in self.stories]
        ranked = sorted(told, key=lambda s: (not s.statements, -s.origins, -len(s.articles)))
        return tuple(story.id for story in ranked[:WEIGHTIEST])

    def single(self, story: StoryReport) -> bool:
        """Whether all that a story says goes back to one origin; not where no outlet is known."""
        return story.origins == 1 and self.outlets(story) > 0

    def wrote(self, story: StoryReport) -> str:
        """On whose text alone a story rests, where that is none of its outlets: an agency; else ""."""
        origins = {article.origin for article in self._of(story)} - {""}
        outlets = {a.outlet for a in self._of(story)} | {copy.outlet for copy in self._copies(story)}
        return min(origins - outlets, default="") if self.single(story) and len(origins) == 1 else ""

    def carriers(self, story: StoryReport) -> tuple[str, ...]:
        """Outlets of the copies, each once, without those that the story cites already."""
        cited = {article.outlet for article in self._of(story)}
        outlets = (copy.outlet for copy in self._copies(story))
        return tuple(dict.fromkeys(outlet for outlet in outlets if outlet and outlet not in cited))

    def standing(self, source: SourceReport) -> str:
        """How a source stands, in one of the program's words: its status, or "silent"."""
        return _standing(source)

    def foremost(self, sources: Sequence[SourceReport]) -> tuple[SourceReport, ...]:
        """Of sources, those that page one has room for, what is stale last; the coverage section has all."""
        return tuple(sorted(sources, key=lambda s: _standing(s) == "stale")[:NAMED_ON_PAGE_ONE])

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
        quiet=tuple(source for source in edition.sources if _quiet(source)),
        figures=_figures(edition.figures),
        dropped=_dropped(edition.coverage.dropped),
        notes=_notes(edition.coverage.notes),
        themes={section.key: section.title for section in edition.themes},
        counts=_counts(edition.coverage.counts),
        languages=tuple(sorted(edition.coverage.languages.items(), key=lambda item: (-item[1], item[0]))),
        statuses=_statuses(edition.sources),
        shares=_shares(edition.coverage.outlets),
        articles={article.id: article for article in edition.articles},
        graded=any(figure.status or figure.also or figure.before for figure in edition.figures),
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


def _notes(notes: Sequence[str]) -> tuple[NoteGroup, ...]:
    """Each note once: with full_text, hundreds of articles may have the same."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for note in notes:
        subject, ends, text = note.rpartition(SUBJECT_ENDS)
        groups.setdefault(text, []).append((subject + ends.rstrip(": "), note))
    return tuple(
        NoteGroup(members[0][1])
        if len(members) == 1
        else NoteGroup(
            text,
            len(members),
            tuple(subject for subject, _ in members[:NAMED_PER_REASON] if subject),
            max(len(members) - NAMED_PER_REASON, 0),
        )
        for text, members in groups.items()
    )


def _counts(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """In the order of the work, then by name: a mapping's own order says nothing."""
    known = [name for name in COUNTED_FIRST if name in counts]
    names = (*known, *sorted(set(counts) - set(known)))
    return tuple((name, counts[name]) for name in names if name != "repeated" or counts[name])


def _quiet(source: SourceReport) -> bool:
    return source.status in ("empty", "stale") or (source.silent and source.status != "failed")


def _standing(source: SourceReport) -> str:
    return "silent" if source.silent and source.status in ("ok", "unchanged", "stale") else source.status


def _statuses(sources: Sequence[SourceReport]) -> tuple[tuple[str, int], ...]:
    counted = Counter(_standing(source) for source in sources)
    told = ("unchanged", "silent", "empty", "stale", "failed")
    return tuple((status, counted[status]) for status in told if counted[status])


def _shares(outlets: Sequence[Share]) -> tuple[ShareRow, ...]:
    """The first outlets, and the others in one row; one more stands for itself."""
    shown = OUTLETS_SHOWN if len(outlets) > OUTLETS_SHOWN + 1 else len(outlets)
    total = sum(share.articles for share in outlets)
    groups = [
        *((share,) for share in outlets[:shown]),
        *([tuple(outlets[shown:])] if outlets[shown:] else []),
    ]
    return tuple(
        ShareRow(
            group[0].outlet,
            len(group),
            articles := sum(share.articles for share in group),
            sum(share.used for share in group),
            round(100 * articles / total),
        )
        for group in groups
    )
