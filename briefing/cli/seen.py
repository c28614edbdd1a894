"""One inspected article, or what is known of one sentence, as lines for people; anything as plain data.

Lines are as wide as a terminal of 80 columns; in a pipe the same lines come without colours.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from briefing.cli.paper import Line
from briefing.model import Article, Cut, Figure
from briefing.why import Answer, Inspection, Judged, Reason, Weighing

EXCERPT = 100  # characters of a cut that are shown: enough to know it again
SCORES = 3  # themes shown of a sentence: its own and the next ones
WORDS = 6  # that weighed most for the first of them; what the others add is one number


def data(value: object) -> Any:
    """Make plain data of anything in the model."""
    if is_dataclass(value):
        return {field.name: data(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): data(value[key]) for key in value}
    if isinstance(value, list | tuple):
        return [data(one) for one in value]
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


def as_json(inspection: Inspection) -> dict[str, Any]:
    """Make plain data of it: article, cuts with their text, sentences with all that is known, figures."""
    article = inspection.article
    return {
        "article": data(article),
        "opinion": inspection.opinion,
        "cuts": [{**data(cut), "text": article.text[cut.start : cut.end]} for cut in inspection.cuts],
        "sentences": [sentence_data(judged) for judged in inspection.sentences],
        "figures": data(inspection.figures),
        "refusals": data(inspection.refusals),
    }


def sentence_data(judged: Judged) -> dict[str, Any]:
    """Make plain data of a sentence, its own fields and its theme's beside what is known of it."""
    known = data(judged)
    themed = known.pop("themed")
    return {**themed["sentence"], "theme": themed["theme"], "scores": themed["scores"], **known}


def answer_data(answer: Answer) -> dict[str, Any]:
    """Make plain data of an answer, its sentence as in `as_json`."""
    return {**data(answer), "sentence": sentence_data(answer.sentence) if answer.sentence else None}


def article_lines(inspection: Inspection) -> Iterator[Line]:
    """Tell all that is known of an article."""
    article = inspection.article
    yield Line(article.title or "(no title)", 0, "bold")
    yield Line(_origin(article), 2)
    for note in article.notes:
        yield Line(f"note  {note}", 2, "yellow", 6)
    if inspection.opinion:
        yield Line(f"note  read as opinion: {inspection.opinion}", 2, "yellow", 6)
    for cut in inspection.cuts:
        yield Line(f"cut   {_cut(article, cut)}", 2, "dim", 6)
    for judged in inspection.sentences:
        yield Line("")
        yield from sentence_lines(judged)
        s = judged.themed.sentence
        for figure in inspection.figures:
            if s.start <= figure.start < s.end:
                yield Line(f"figure   {figure_text(figure)}", 6, "green", 9)
        for refusal in inspection.refusals:
            if s.start <= refusal.start < s.end:
                yield Line(f"number   {refusal.text}: no figure, {refusal.reason}", 6, "", 9)
    yield Line("")


def sentence_lines(judged: Judged) -> Iterator[Line]:
    """Tell what a sentence is taken for, and why."""
    themed = judged.themed
    yield Line(f"{themed.sentence.index + 1:>3}  {themed.sentence.text}", 1, "bold", 5)
    best, *others = judged.weighings[:SCORES] or (None,)
    also = ", ".join(f"{w.theme} {w.score:.2f}" for w in others if w)
    score = f" {best.score:.2f}" if best else ""
    yield Line(f"theme    {themed.theme or 'none'}{score}" + (f"; {also}" if also else ""), 6, "cyan", 9)
    if best:
        yield from _weighed(best)
    yield from _said(judged)
    if judged.background:
        yield Line(f"before   the edition: “{judged.background}”", 6, "yellow", 9)
    if judged.unfit:
        yield Line(f"alone    no: {judged.unfit}", 6, "yellow", 9)


def _weighed(weighing: Weighing) -> Iterator[Line]:
    """Tell what made the score, words and what stands around them."""
    if weighing.listed:
        total = sum(r.value for r in weighing.listed)
        yield Line(f"listed words {total:+.2f}: {sums(weighing.listed)}", 15, "", 2)
    if weighing.odds:
        yield Line(
            f"model {weighing.taught:+.2f}, it finds {weighing.theme} {weighing.share:.0%} likely: "
            f"{sums(weighing.odds)}",
            15,
            "",
            2,
        )


def sums(reasons: Sequence[Reason]) -> str:
    """Name the weightiest summands, one number for those that are left."""
    ranked = sorted(reasons, key=lambda r: (-abs(r.value), r.feature, r.words))
    shown = ", ".join(f"{_name(r)} {r.value:+.2f}" for r in ranked[:WORDS])
    rest = ranked[WORDS:]
    return shown + (f", {len(rest)} more {sum(r.value for r in rest):+.2f}" if rest else "")


def _name(reason: Reason) -> str:
    if reason.feature == "word":
        return reason.words
    if reason.feature == "learnt":
        return f"{reason.words} (from the night)"
    return f"{reason.feature} ({reason.words})" if reason.words else reason.feature


def _said(judged: Judged) -> Iterator[Line]:
    claim = judged.claim
    if claim.source or claim.cue:
        why = {r.feature: r for r in judged.speaker}
        at = f" at {why['cue'].value:.0f}" if "cue" in why else ""
        kind = f", by “{why['kind'].words}”" if "kind" in why else ""
        cue = f" by “{claim.cue}”{at}" if claim.cue else ""
        yield Line(f"says     {claim.source or 'nobody named'}{cue} ({claim.kind}{kind})", 6, "cyan", 9)
    told = {h.kind for h in judged.hedges}
    for hedge in judged.hedges:
        yield Line(f"hedge    {hedge.kind}: “{hedge.text}”", 6, "yellow", 9)
    for flag in judged.flags:
        if flag not in told:
            yield Line(f"hedge    {flag}", 6, "yellow", 9)


def figure_text(figure: Figure) -> str:
    """Spell a figure: what, how many, and all that is known of it."""
    value = "" if figure.value is None else f" = {figure.value:g}"
    if figure.value is None and figure.low is not None:
        value = f" = {figure.low:g} to {'any number' if figure.high is None else format(figure.high, 'g')}"
    known = (("who", figure.who), ("where", figure.where), ("when", figure.when))
    parts = [f"{name} {said}" for name, said in known if said]
    parts += [f"according to {figure.source}"] if figure.source else []
    return " · ".join([f"{figure.what}: {figure.text}{value}", *parts])


def _origin(article: Article) -> str:
    shape = "%Y-%m-%d" if article.day_only else "%Y-%m-%d %H:%M %Z"
    when = article.published.strftime(shape) if article.published else "date unknown"
    outlet = article.outlet or "outlet unknown"
    parts = (outlet, article.kind, when, article.language, f"{len(article.text):,} characters", article.id)
    return " · ".join(parts)


def _cut(article: Article, cut: Cut) -> str:
    text = " ".join(article.text[cut.start : cut.end].split())
    return (
        f"{cut.start}-{cut.end}  {cut.reason}: {text if len(text) <= EXCERPT else text[: EXCERPT - 1] + '…'}"
    )
