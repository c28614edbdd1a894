"""story: what holds a story together, what it is called, what it weighs, and what is said of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from briefing.model import Article, Passage, Story
from briefing.refine.dedupe import containment
from briefing.refine.headlines import fitting, plainest
from briefing.refine.headlines.titles import marks
from briefing.refine.inspect.lines import considered
from briefing.refine.inspect.spelling import spelling_of, spelt
from briefing.refine.rank import summands
from briefing.refine.sections.choosing import Turn
from briefing.refine.stories.likeness import holding
from briefing.refine.workings import Workings
from briefing.why import Explanation, Member, Reason, TitleWeighed

Parts = Mapping[str, list[int]]  # by story id: the places of the parts that its passages are of


def explained(made: Workings, language: str, method: str) -> list[Explanation]:
    """Every story under every theme, printed or not, theme by theme, the weightiest first.

    `language` and `method` are the edition's and its summary's, as they were given to `work`.
    """
    stories = list({turn.told.story.id: turn.told.story for turn in made.turns}.values())
    parts = {story.id: _parts(story, made.grouping.parts) for story in stories}
    ground = _Ground(made, language, method, parts, _held(stories, parts, made), _copies(made))
    return [_explanation(turn, ground) for turn in made.turns]


@dataclass(frozen=True, slots=True)
class _Ground:
    """What all explanations of a night stand on."""

    made: Workings
    language: str
    method: str
    parts: Parts
    held: Mapping[str, Sequence[Reason]]  # by story id
    copies: Mapping[str, Sequence[Reason]]  # by the id of the article that they are copies of


def _explanation(turn: Turn, ground: _Ground) -> Explanation:
    told, story, made = turn.told, turn.told.story, ground.made
    filed = [made.filed[p.article][s.index] for p in story.passages for s in p.sentences]
    articles = dict.fromkeys(p.article for p in story.passages)
    return Explanation(
        story.id,
        story.headline,
        told.theme,
        told.main,
        turn.place + 1,
        turn.lines,
        summands([t for t in filed if t.theme == told.theme], made.dispatches),
        _titles(story, made, ground.language),
        tuple(_member(p, ground.parts[story.id], made) for p in story.passages),
        spelt(ground.held[story.id], spelling_of(made.dispatches[a].reading for a in articles)),
        tuple(reason for a in articles for reason in ground.copies.get(a, ())),
        tuple(considered(turn, made, ground.method)),
        _printed(turn, made),
    )


def _printed(turn: Turn, made: Workings) -> Literal["lines", "headline", ""]:
    """What is printed of a story at its turn; a bare headline may stand under another theme."""
    if turn.told.statements:
        return "lines"
    bare = any(t.story.id == turn.told.story.id and not t.statements for t in made.told)
    return "headline" if bare and turn.told.main else ""


def _parts(story: Story, parts: Sequence[Passage]) -> list[int]:
    """The parts of articles, as they were compared, that a story's passages are of."""
    inside = {(p.article, s.index) for p in story.passages for s in p.sentences}
    return [i for i, p in enumerate(parts) if any((p.article, s.index) in inside for s in p.sentences)]


def _held(stories: Sequence[Story], parts: Parts, made: Workings) -> dict[str, Sequence[Reason]]:
    """The words that make the parts of each story alike."""
    if not stories:
        return {}
    whose = [made.dispatches[p.article].reading for p in made.grouping.parts]
    found = holding(made.grouping.parts, whose, [parts[s.id] for s in stories])
    return {story.id: words for story, words in zip(stories, found, strict=True)}


def _member(passage: Passage, parts: Sequence[int], made: Workings) -> Member:
    """A passage and how alike its part is to the story's others."""
    first = passage.sentences[0]
    (own,) = [
        i
        for i in parts
        if made.grouping.parts[i].article == passage.article
        and first.index in {s.index for s in made.grouping.parts[i].sentences}
    ]
    near = made.grouping.near
    others = [float(near.near[own, i]) for i in parts if i != own] if near else []
    article = made.dispatches[passage.article].reading.article
    return Member(
        passage,
        article.title,
        article.outlet,
        len(made.grouping.parts[own].sentences),
        sum(others) / len(others) if others else 0.0,
    )


def _titles(story: Story, made: Workings, language: str) -> tuple[TitleWeighed, ...]:
    """The titles that fit a story, the one that is its headline first, then by how well they fit."""
    found = fitting(story, {key: d.reading for key, d in made.dispatches.items()}, language)
    if not found:
        return ()
    best = plainest(found)
    ordered = sorted(found, key=lambda one: (one is not best, -one.fit, -one.order))
    return tuple(
        TitleWeighed(
            f.article.title, f.article.outlet, f.fit, tuple(marks(f.article)), all(f.fair), f is best
        )
        for f in ordered
    )


def _copies(made: Workings) -> dict[str, list[Reason]]:
    """The copies of each text, with the most of its words that another printing of the text holds."""
    carried = {key: d.copies for key, d in made.dispatches.items() if d.copies}
    if not carried:
        return {}
    places = {r.article.id: i for i, r in enumerate(made.readings)}
    share = containment([[s.text for s in r.sentences] for r in made.readings])
    found: dict[str, list[Reason]] = {}
    for key, copies in carried.items():
        family = [places[key], *(places[c.id] for c in copies)]
        for copy in copies:
            others = [float(share[places[copy.id], i]) for i in family if i != places[copy.id]]
            found.setdefault(key, []).append(Reason("copy", max(others), _spelt(copy)))
    return found


def _spelt(article: Article) -> str:
    return f"{article.outlet or 'outlet unknown'}: {article.title}"
