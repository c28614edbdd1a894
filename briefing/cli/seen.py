"""One inspected article as text for people and as plain data for scripts.

People get rich's colours on a terminal and the same lines plain in a pipe.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from briefing.cli.printing import plain
from briefing.model import Article, Claim, Cut, Figure, Inspection, ThemedSentence

if TYPE_CHECKING:
    from rich.console import Console

EXCERPT = 100  # characters of a cut that are shown: enough to know it again
SCORES = 3  # scores shown of a sentence: the theme's own and the next ones


def as_json(inspection: Inspection) -> dict[str, Any]:
    """Make plain data of it: article, cuts with their text, sentences with all that is known, figures."""
    article = inspection.article
    rows = zip(inspection.sentences, inspection.claims, inspection.flags, strict=True)
    return {
        "article": _data(article),
        "opinion": inspection.opinion,
        "cuts": [{**_data(cut), "text": article.text[cut.start : cut.end]} for cut in inspection.cuts],
        "sentences": [
            {
                **_data(themed.sentence),
                "theme": themed.theme,
                "scores": _data(themed.scores),
                "claim": _data(claim),
                "flags": list(flags),
            }
            for themed, claim, flags in rows
        ],
        "figures": [_data(figure) for figure in inspection.figures],
    }


def _data(value: object) -> Any:
    if is_dataclass(value):
        return {field.name: _data(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _data(value[key]) for key in value}
    if isinstance(value, list | tuple):
        return [_data(one) for one in value]
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


def show(inspection: Inspection) -> None:
    """Print it for people."""
    article = inspection.article
    _line(article.title or "(no title)", "bold")
    _line(f"  {_origin(article)}")
    for note in article.notes:
        _line(f"  note  {note}", "yellow")
    if inspection.opinion:
        _line(f"  note  read as opinion: {inspection.opinion}", "yellow")
    for cut in inspection.cuts:
        _line(f"  cut   {_cut(article, cut)}", "dim")
    for themed, claim, flags in zip(inspection.sentences, inspection.claims, inspection.flags, strict=True):
        _line(f"  {themed.sentence.index + 1:>4}  {_judgement(themed, claim, flags)}", "cyan")
        _line(f"        {themed.sentence.text}")
    for figure in inspection.figures:
        _line(f"  figure  {_figure(figure)}", "green")
    _line("")


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


def _judgement(themed: ThemedSentence, claim: Claim, flags: tuple[str, ...]) -> str:
    ranked = sorted(themed.scores.items(), key=lambda pair: (-pair[1], pair[0]))[:SCORES]
    scores = ", ".join(f"{name} {score:.2f}" for name, score in ranked)
    said = f"says {claim.source or 'nobody named'} ({claim.kind})" if claim.source or claim.cue else ""
    cue = f'by "{claim.cue}"' if claim.cue else ""
    parts = (themed.theme or "no theme", scores, f"{said} {cue}".strip(), ", ".join(flags))
    return " · ".join(part for part in parts if part)


def _figure(figure: Figure) -> str:
    value = "" if figure.value is None else f" = {figure.value:g}"
    return f"{figure.what}: {figure.text}{value}" + (
        f" · according to {figure.source}" if figure.source else ""
    )


@functools.cache
def _console() -> Console:
    from rich.console import Console

    return Console(markup=False, highlight=False, soft_wrap=True)


def _line(text: str, style: str = "") -> None:
    from rich.text import Text

    _console().print(Text(plain(text), style=style))
