"""edition: what an edition prints, found by number or by words, and why each of it stands there."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count

from briefing.language import tokens
from briefing.model import Edition, Figure
from briefing.refine.sections.told import HANGS
from briefing.why import Answer, Explanation, Inspection, Judged, Printed

NEAREST = 3  # lines that are named where none has the words
LIKE = 0.3  # share of words from which a line comes near


def printed(edition: Edition) -> list[Printed]:
    """All that an edition prints, numbered from 1 in the order of the page."""
    numbers = count(1)
    return [replace(one, number=next(numbers)) for one in _printed(edition)]


def _printed(edition: Edition) -> Iterator[Printed]:
    stories = {s.id: s for theme in edition.themes for s in theme.stories}
    of = {(s.article, s.start): r.id for t in edition.themes for r in t.stories for s in r.statements}
    titles = {key: s.headline for key, s in stories.items()}
    for point in edition.key_points:
        s = point.statement
        story = of.get((s.article, s.start), "")
        yield Printed(
            0, "key point", point.theme, story, titles.get(story, ""), s.text, s.article, s.start, s.end
        )
    for f in edition.figures:
        theme = next((t.key for t in edition.themes for s in t.stories if s.id == f.story), "")
        yield Printed(0, "figure", theme, f.story, titles.get(f.story, ""), f.text, f.article, f.start, f.end)
    for section in edition.themes:
        for report in section.stories:
            key = section.key, report.id, report.headline
            yield Printed(0, "headline", *key, report.headline)
            for s in report.statements:
                yield Printed(0, "line", *key, s.text, s.article, s.start, s.end)
    for dispute in edition.disputes:
        for s in dispute.sides:
            title = titles.get(dispute.story, "")
            yield Printed(0, "dispute", "", dispute.story, title, s.text, s.article, s.start, s.end)


def having(lines: Sequence[Printed], words: str) -> list[Printed]:
    """The lines that hold some words: as they stand; else all of them, in any order."""
    if exact := [one for one in lines if mentions(one.text, words)]:
        return exact
    asked = {w.lower() for w in tokens(words)}
    return [one for one in lines if asked and asked <= {w.lower() for w in tokens(one.text)}]


def mentions(text: str, words: str) -> bool:
    """Whether a text holds some words as they stand, whatever the case and the blanks."""
    return _plain(words) in _plain(text)


def nearest(lines: Sequence[Printed], words: str) -> list[Printed]:
    """The lines that come nearest to some words, the nearest first."""
    asked = {w.lower() for w in tokens(words)}

    def near(one: Printed) -> tuple[float, float]:
        own = {w.lower() for w in tokens(one.text)}
        alike = difflib.SequenceMatcher(None, _plain(words), _plain(one.text)).ratio()
        return (len(asked & own) / max(len(asked), 1), alike)

    ranked = sorted(lines, key=lambda one: (*(-n for n in near(one)), one.number))
    distinct = {one.text: one for one in reversed([o for o in ranked if max(near(o)) >= LIKE])}
    return sorted(distinct.values(), key=ranked.index)[:NEAREST]


def answers(
    edition: Edition,
    lines: Sequence[Printed],
    words: str,
    seen: Mapping[str, Inspection],
    stories: Sequence[Explanation],
) -> list[Answer]:
    """Why each of some printed lines stands in its edition; where there are none, why nothing has some words.

    A line that stands in several places is answered once. `seen` are the edition's articles by id, `stories`
    those of the edition made again.
    """
    once = {(one.article, one.start, one.text): one for one in lines}
    found = [_answer(edition, one, seen, stories) for one in once.values()]
    return found or _absent(words, seen, stories)


def _absent(words: str, seen: Mapping[str, Inspection], stories: Sequence[Explanation]) -> list[Answer]:
    """The sentences of the articles that have some words, and why they are not printed."""
    found = []
    for inspection in seen.values():
        for judged in inspection.sentences:
            s = judged.themed.sentence
            if not mentions(s.text, words):
                continue
            told = [
                (e, c) for e in stories for c in e.considered if c.article == s.article and c.end == s.end
            ]
            notes = tuple(f"under {e.theme}: {c.refusal}" for e, c in told if c.refusal)
            none = "no sentence of its story stands under a theme, or another article carries the same text"
            found.append(
                Answer(s.text, (), notes or (none,), judged, None, tuple(e for e, _ in told if e.printed))
            )
    return found[:NEAREST]


def _answer(
    edition: Edition,
    one: Printed,
    seen: Mapping[str, Inspection],
    stories: Sequence[Explanation],
) -> Answer:
    same = one.article, one.start, one.text
    places = tuple(p for p in printed(edition) if (p.article, p.start, p.text) == same)
    figure = next((f for f in edition.figures if (f.article, f.start, f.text) == same), None)
    under = {(p.story, p.theme) for p in places}
    ours = [e for e in stories if e.printed and e.story in {p.story for p in places}]
    told = tuple([e for e in ours if (e.story, e.theme) in under] or ours)
    notes = []
    if one.article and one.article not in seen:
        notes.append("its article is not in the store")
    if not told and one.story:
        notes.append(
            "made again from the store, the edition has no such story: its articles or rules changed"
        )
    if figure:
        notes += _figure_notes(figure, told)
    if any(p.kind == "key point" for p in places):
        notes += _point_notes(one, told)
    notes += _standing_notes(edition, one, places)
    return Answer(one.text, places, tuple(notes), _sentence(one, seen, told), figure, told)


def _standing_notes(edition: Edition, one: Printed, places: Sequence[Printed]) -> list[str]:
    """What the edition itself says of the story, and of who disputes the line."""
    of = {p.story for p in places}
    found = {s.id: s.status for t in edition.themes for s in t.stories if s.id in of}
    notes = [f"its story is {status} against the edition before" for status in found.values()]
    for dispute in edition.disputes:
        texts = [s.text for s in dispute.sides]
        if one.text in texts:
            notes += [f"in dispute with: “{text}”" for text in texts if text != one.text]
    return notes


def _sentence(one: Printed, seen: Mapping[str, Inspection], told: Sequence[Explanation]) -> Judged | None:
    """The sentence of an article that a printed thing is of.

    Whether it stands alone is asked where it stands: the headline of its story introduces names.
    """
    sentences = seen[one.article].sentences if one.article in seen else ()
    inside = (j for j in sentences if j.themed.sentence.start <= one.start < j.themed.sentence.end)
    found = next(inside, None)
    if found is None or not told:
        return found
    end = found.themed.sentence.end
    refusals = [c.refusal for e in told for c in e.considered if (c.article, c.end) == (one.article, end)]
    hangs = next((r.removeprefix(HANGS) for r in refusals if r.startswith(HANGS)), "")
    return replace(found, unfit=hangs)


def _figure_notes(figure: Figure, told: Sequence[Explanation]) -> list[str]:
    lines = [c for e in told for c in e.considered]
    holds = next((c for c in lines if c.article == figure.article and c.start <= figure.start < c.end), None)
    if holds is None:
        return []
    return [
        f"counted in line {holds.line} of its story"
        if holds.line
        else f"counted in a sentence of its story that is not printed ({holds.refusal})"
    ]


def _point_notes(one: Printed, told: Sequence[Explanation]) -> list[str]:
    """Why a line is a key point, as far as the places of its story and of the line say it."""
    notes = []
    for e in told:
        for c in e.considered:
            if c.line and (c.article, c.start) == (one.article, one.start):
                which = "first" if c.line == 1 else f"number {c.line}, with a claimant or a figure,"
                mainly = "mainly about" if e.main else "told also under"
                notes.append(
                    f"the line that is {which} of story {e.place} of {e.theme}; the story is {mainly} it"
                )
    return notes


def _plain(text: str) -> str:
    return " ".join(text.casefold().strip("… ").split())
