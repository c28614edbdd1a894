"""sections: which stories stand under which theme, and what is said of them.

A story is told under the theme that most of its sentences have, and under any other for which its
sentences speak on the mean (`SIDE`: length alone reaches no mean) and one of them clearly (`CLEAR`)
with news in it: a claimant, a figure, or an article's first sentence. A side section begins with
such a line. Stories have their turns under their main themes first. Where a theme has little
(`LEADING`), weaker sides and scraps are told, too: a section says that nothing was reported only
where nothing was. The bottom line tells the headline's news; where no sentence filed under the main
theme does (`TELLS`), any sentence of the story may. The weightiest stories get most lines, the next
ones a few, the rest one headline each, so that a full day still fits a few pages. Nothing is said
twice in an edition.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from briefing.config.settings import Summary, Theme
from briefing.model import Sentence, Statement, Story, ThemedSentence
from briefing.refine.desk import NO_DESK, Desk
from briefing.refine.figures import quantities
from briefing.refine.headlines.filing import theme_of
from briefing.refine.opinion import reported
from briefing.refine.rank import origins, weight
from briefing.refine.sections.belonging import Count, Night, bonds, common, heart, near, night
from briefing.refine.sections.choosing import Dispatches, Turn, statements, telling, unsaid
from briefing.refine.sections.told import HANGS, Heard, Told, unprinted
from briefing.refine.standing import about_something, familiar
from briefing.refine.summarise import BACKGROUND, Said, judged
from briefing.refine.themes import ENOUGH, main_theme

LEADING = 2  # stories of a section that get all their lines
FEW = 2  # lines of the stories after them
SCRAP = 6  # sentences, two of the shortest passages: fewer, left over from a told article, are no story
# Evidence for another theme, a filed sentence of the story, from which it is told there, too.
SIDE = ENOUGH / 4
CLEAR = 1.5 * ENOUGH  # evidence of a sentence that is clearly of a theme

Filed = Mapping[str, Sequence[ThemedSentence]]  # by article id, one a sentence, in order


def told_of(taken: Sequence[Turn], themes: Sequence[Theme]) -> list[Told]:
    """What is printed of the stories once all had their turns."""
    told = (_by_title(t, themes) for t in _once([turn.told for turn in taken]))
    return [t for t in told if t.theme]


def turns(
    stories: Sequence[Story],
    filed: Filed,
    dispatches: Dispatches,
    themes: Sequence[Theme],
    summary: Summary,
    *,
    desk: Desk = NO_DESK,
) -> list[Turn]:
    """Every story under every theme, with what is said of it and what was unsaid when its turn came."""
    readings = [d.reading for d in dispatches.values()]
    known = night(readings)
    names = familiar([r.article.text for r in readings])
    found = [t for s in stories for t in _material(s, filed, dispatches, known, names, desk=desk)]
    material = _sorted_out(found)
    places = [
        (i, p, t) for i, theme in enumerate(themes) for p, t in enumerate(_section(material, theme.key))
    ]
    said: list[Said] = []
    counts: set[Count] = set()
    taken: dict[tuple[int, int], Turn] = {}
    for section, place, told in sorted(places, key=lambda at: (at[2].spare, at[:2])):
        new, lines = unsaid(told, known, said, counts), _lines(place, summary)
        offered = unprinted(told, desk.published)
        chosen = statements(offered, lines, summary.method, new, dispatches)
        said.extend(new.sense(s) for s in chosen)
        counts.update(c for s in chosen for c in new.counts(s))
        taken[section, place] = Turn(replace(told, statements=chosen), offered, place, lines, new)
    return [taken[at] for at in sorted(taken)]


def _section(material: Sequence[Told], theme: str) -> list[Told]:
    """The stories under a theme, the weightiest first; where few are mainly about it, spare ones, too."""
    ranked = sorted((t for t in material if t.theme == theme), key=lambda t: (-t.weight, t.story.id))
    whole = [t for t in ranked if not t.spare]
    room = max(LEADING - sum(t.main for t in whole), 0)
    return whole + [t for t in ranked if t.spare][:room]


def _by_title(told: Told, themes: Sequence[Theme]) -> Told:
    """A bare headline under the theme of its own words."""
    if told.statements:
        return told
    return replace(told, theme=theme_of(told.story.headline, told.theme, told.language, themes))


def _once(sections: Sequence[Told]) -> list[Told]:
    """What is told in full, and a bare headline of what else is news.

    Not of a story that is told under another theme, nor of what is left of articles that are told,
    and no headline twice.
    """
    in_full = [t for t in sections if t.statements]
    stories, headlines = {t.story.id for t in in_full}, {t.story.headline.casefold() for t in in_full}
    articles = {s.article for t in in_full for s in t.statements}
    kept: list[Told] = []
    for told in sections:
        bare = told.main and told.story.id not in stories and told.story.headline.casefold() not in headlines
        if told.statements or (bare and not _left_over(told.story, articles)):
            kept.append(told)
            headlines.add(told.story.headline.casefold())
    return kept


def _sorted_out(material: Sequence[Told]) -> list[Told]:
    """With the scraps as spare: a few sentences from the middle of articles that another story opens."""
    opened = {p.article for t in material for p in t.story.passages if not p.sentences[0].index}
    return [replace(t, spare=t.spare or _is_scrap(t.story, opened)) for t in material]


def _is_scrap(story: Story, opened: Collection[str]) -> bool:
    return sum(len(p.sentences) for p in story.passages) < SCRAP and _left_over(story, opened)


def _left_over(story: Story, articles: Collection[str]) -> bool:
    """Whether a story is what remained of articles that are told: none of them opens in it."""
    return all(p.article in articles and p.sentences[0].index for p in story.passages)


def _material(
    story: Story,
    filed: Filed,
    dispatches: Dispatches,
    known: Night,
    names: Collection[str],
    *,
    desk: Desk,
) -> list[Told]:
    """A story under each theme in which it has something to say that stands alone."""
    names = {*names, *(word.lower() for word in story.headline.split())}
    sentences = [filed[p.article][s.index] for p in story.passages for s in p.sentences]
    main, usual = main_theme(sentences), common(story, known)
    heard = _heard(story, sentences, dispatches, known, names, desk=desk)
    lines = [h.statement for h in heard if h.statement and not h.refusal]
    themed = {(t.sentence.article, t.sentence.end): t for t in sentences}
    told = []
    for theme in sorted({t.theme for t in sentences} - {""}):
        mine = [t for t in sentences if t.theme == theme]
        articles = _order({t.sentence.article for t in mine}, story.headline, dispatches)
        groups = [[s for s in lines if s.article == a and themed[a, s.end].theme == theme] for a in articles]
        here = [s for group in groups for s in group]
        share = sum(t.scores[theme] for t in mine) / max(sum(bool(t.theme) for t in sentences), 1)
        if theme == main:
            news = [s for s in here if BACKGROUND not in s.flags]
            elsewhere = [] if telling(news, story, dispatches) else telling(lines, story, dispatches)
            leading = [*elsewhere, *here]
        else:
            leading = [s for s in here if _clear(themed[s.article, s.end], s, dispatches)]
        if not (here and leading):
            continue
        told.append(
            Told(
                story,
                theme,
                main=theme == main,
                weight=weight(mine, dispatches),
                origins=origins(mine, dispatches),
                language=dispatches[articles[0]].reading.article.language,
                articles=tuple(articles),
                candidates=tuple(map(tuple, groups)),
                leading=tuple(dict.fromkeys(leading)),
                usual=usual,
                heard=tuple(heard),
                spare=theme != main and share < SIDE,
            )
        )
    return told


def _clear(themed: ThemedSentence, statement: Statement, dispatches: Dispatches) -> bool:
    """Whether a line is clearly of its theme, and news: it has a claimant, a figure, or opens its article."""
    code = dispatches[statement.article].reading.article.language
    news = statement.claim.source or quantities(statement.text, code) or not themed.sentence.index
    return bool(news) and themed.scores[themed.theme] >= CLEAR


def _heard(
    story: Story,
    sentences: Sequence[ThemedSentence],
    dispatches: Dispatches,
    known: Night,
    names: Collection[str],
    *,
    desk: Desk,
) -> list[Heard]:
    """The sentences of a story, whatever their themes: lines say what they are about, and are about it."""
    by_article: dict[str, list[Sentence]] = {}
    for t in sentences:
        by_article.setdefault(t.sentence.article, []).append(t.sentence)
    titles = {a: dispatches[a].reading.article.title for a in by_article}
    heard: list[Heard] = []
    usual, core = common(story, known), heart(story, known)
    for key, mine in by_article.items():
        reading = dispatches[key].reading
        found = judged(reading, mine, names, desk=desk)
        lines = [s for s in found if isinstance(s, Statement)]
        printable = {s.start for s in reported(reading, lines)}
        bound = bonds([s.text for s in lines], reading.article, story, usual, titles)
        code = reading.article.language
        own = {
            s.start
            for s, bond in zip(lines, bound, strict=True)
            if bond.holds and near(s.text, code, core, known)
        }
        for sentence, one in zip(mine, found, strict=True):
            if isinstance(one, str):
                heard.append(Heard(sentence, None, f"{HANGS}{one}"))
            elif one.start not in printable:
                heard.append(Heard(sentence, one, "comment, and it names nobody who says it"))
            elif not about_something(one.text, one.claim.source, reading.article.language):
                heard.append(Heard(sentence, one, "names only who speaks, not of what"))
            else:
                heard.append(Heard(sentence, one, "" if one.start in own else "not of this story"))
    return heard


def _order(articles: Collection[str], title: str, dispatches: Dispatches) -> list[str]:
    """The article that gives the headline first, then the newest."""

    def key(article: str) -> tuple[bool, float, str]:
        lead = dispatches[article].reading.article
        return lead.title != title, -(lead.published.timestamp() if lead.published else 0.0), lead.id

    return sorted(articles, key=key)


def _lines(place: int, summary: Summary) -> int:
    if place < LEADING:
        return summary.statements
    return min(FEW, summary.statements) if place < summary.stories else 0
