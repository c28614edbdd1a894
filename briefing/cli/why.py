"""Why a story stands where it does, and why a line of an edition is printed, as lines for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.cli.paper import Line
from briefing.cli.seen import figure_text, sentence_lines, sums
from briefing.why import Answer, Considered, Explanation, Member, Printed, Reason

LEFT = 5  # sentences that are not printed and are shown nevertheless: the nearest to the point
TITLES = 3  # that could have been the headline
HELD = 8  # words that hold a story together
EXCERPT = 90  # characters of a line that stands beside others


def story_lines(story: Explanation) -> Iterator[Line]:
    """Tell a story: its place, headline, members, and what is said of it and what is not."""
    yield Line(story.headline, 0, "bold")
    weight = sum(r.value for r in story.rank)
    side = "" if story.main else ", told here on the side"
    yield Line(f"place    {story.place} of {story.theme}{side}, room for {story.room} lines", 2, "cyan", 9)
    parts = ", ".join(f"{r.feature} {r.value:.2f} ({r.words})" for r in story.rank)
    yield Line(f"weight   {weight:.2f} = {parts}", 2, "", 9)
    yield from _titles(story)
    yield from _members(story)
    for copy in story.copies:
        yield Line(f"copy     {copy.words}: {copy.value:.0%} of the words", 2, "", 9)
    yield from _considered(story.considered)
    yield Line("")


def _titles(story: Explanation) -> Iterator[Line]:
    if not story.titles:
        yield Line("headline the opening of a sentence: no title fits the story", 2, "", 9)
    for title in story.titles[:TITLES]:
        loud = f", loud: {', '.join(title.marks)}" if title.marks else ""
        fair = "" if title.fair else ", a side's own medium or an old toll"
        role = "headline" if title.chosen else "not     "
        yield Line(
            f"{role} {_short(title.title)} ({title.outlet}): fits {title.fit:.2f}{loud}{fair}", 2, "", 9
        )


def _members(story: Explanation) -> Iterator[Line]:
    if len(story.members) > 1:
        mean = sum(r.value for r in story.held)
        words = ", ".join(f"{r.words} {r.value:.3f}" for r in story.held[:HELD])
        yield Line(f"held by  {words} ... in all {mean:.2f}", 2, "", 9)
    for member in story.members:
        yield Line(f"of       {_member(member)}", 2, "", 9)


def _member(member: Member) -> str:
    first, last = member.passage.sentences[0].index + 1, member.passage.sentences[-1].index + 1
    held = last - first + 1
    part = f"sentences {first} to {last}" if held > 1 else f"sentence {first}"
    cut = f" of a part of {member.of}" if member.of > held else ""
    near = f", likeness {member.alike:.2f}" if member.alike else ""
    return f"{member.outlet or 'outlet unknown'}: {_short(member.title)} ({part}{cut}{near})"


def _considered(considered: Sequence[Considered]) -> Iterator[Line]:
    for one in considered:
        if one.line:
            yield Line(f"line {one.line}   {_short(one.text)}", 2, "green", 9)
            yield Line(_score(one), 11, "", 2)
    left = [one for one in considered if not one.line]
    for one in left[:LEFT]:
        yield Line(f"not      {_short(one.text)}", 2, "yellow", 9)
        yield Line(one.refusal, 11, "", 2)
    if len(left) > LEFT:
        yield Line(f"and {len(left) - LEFT} sentences more that are not printed", 2)


def _score(one: Considered) -> str:
    if not one.reasons:
        return "chosen by the method, which gives no sums"
    total = sum(r.value for r in one.reasons)
    kind = "to the point" if one.line == 1 else f"taken as number {one.taken}, adds"
    shown: list[Reason] = [r for r in one.reasons if round(r.value, 2)]
    return f"{kind} {total:.2f}: {sums(shown)}"


def answer_lines(answer: Answer) -> Iterator[Line]:
    """Tell why an edition prints a line, or not."""
    yield Line(answer.text, 0, "bold")
    for place in answer.printed:
        yield Line(f"printed  {place.number}: {_place(place)}", 2, "cyan", 9)
    if not answer.printed:
        yield Line("printed  nowhere in this edition", 2, "yellow", 9)
    for note in answer.notes:
        yield Line(f"why      {note}", 2, "", 9)
    if answer.figure:
        figure = answer.figure
        mark = f" · {figure.status}" if figure.status else ""
        yield Line(f"figure   {figure_text(figure)}{mark}", 2, "green", 9)
        if figure.before:
            yield Line(f"before   {figure.before.slot}: {figure.before.text}", 2, "", 9)
        for echo in figure.also:
            yield Line(f"also     {echo.text} ({echo.source or 'nobody named'})", 2, "", 9)
    for story in answer.stories:
        yield from _taken(answer, story)
    yield Line("")
    if answer.sentence:
        yield from sentence_lines(answer.sentence)
        yield Line("")
    for story in answer.stories:
        yield from story_lines(story)


def _taken(answer: Answer, story: Explanation) -> Iterator[Line]:
    """Tell why this line of its story was taken."""
    places = {(p.article, p.start) for p in answer.printed if p.article}
    for one in story.considered:
        if one.line and (one.article, one.start) in places:
            yield Line(f"taken    as line {one.line} under {story.theme}: {_score(one)}", 2, "green", 9)


def list_lines(printed: Sequence[Printed]) -> Iterator[Line]:
    """List what an edition prints, a row each."""
    for one in printed:
        row = f"{one.number:>3}  {one.kind:<9}  {one.text}"
        yield Line(row if len(row) <= EXCERPT - 10 else row[: EXCERPT - 11] + "…")


def _place(place: Printed) -> str:
    under = f" under {place.theme}" if place.theme else ""
    of = f", of “{_short(place.headline)}”" if place.headline and place.kind != "headline" else ""
    return f"{place.kind}{under}{of}"


def _short(text: str) -> str:
    return text if len(text) <= EXCERPT else text[: EXCERPT - 1] + "…"
