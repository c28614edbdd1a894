"""places: which places the texts of a day speak of, so that tomorrow's edition can tell what it lost.

Requirement: it holds for any region, so there is no list of places; a name that is none is worse than
a place that is missed.

Theory: a name is where it stands. A place stands behind "in", "near", "east of", or before "region" (the
language's `[spots]`); a person or an organisation hardly ever does. So a run of capitalised words is a
place when at least `SHARE` of its uses in the day's texts stand so, in `TEXTS` texts or more. Spellings
of one name (Kharkiv, Kharkov) share their consonants (`bags.facts`) and are counted as one, as most
texts spell it.

Rejected: all names of a text (persons come and go daily); "from", "to", "at" (Zelenskyy, NATO); names
behind a place word in one text alone (half of them no places).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from briefing.language import NEVER, language
from briefing.model import Reading
from briefing.refine.bags import facts

SHARE = 0.25  # of the uses of a name that stand in a place's position, from which it is a place
TEXTS = 2  # texts that use it so
MOST = 60  # places that an edition remembers: those that most texts name
START = 3  # letters by which an inflected name in another script is taken for the same
STEM, ENDING = 4, 2  # letters that "Turkey" and "Turkish" must share, and may differ in at the end
RUN = r"[A-ZÀ-Þ][\w’'-]*[^\W_](?:\s[A-ZÀ-Þ][\w’'-]*[^\W_]){0,2}"
_WORD = re.compile(r"[^\W\d_][\w’'-]+")
_RUN = re.compile(rf"\b{RUN}")


def places(readings: Sequence[Reading]) -> dict[str, int]:
    """How many texts name each place, the most named first; names of `TEXTS` texts and more."""
    standing: dict[str, set[str]] = defaultdict(set)
    positions: Counter[str] = Counter()
    uses: Counter[str] = Counter()
    users: dict[str, set[str]] = defaultdict(set)
    for reading in readings:
        article, code = reading.article.id, reading.article.language
        if (spots := _spots(code)) is NEVER:
            continue
        for sentence in reading.sentences:
            for name in (_bare(run, code) for run in _RUN.findall(sentence.text)):
                uses[name] += 1
                users[name].add(article)
            for found in spots.finditer(sentence.text):
                name = _bare(found["behind"] or found["before"], code)
                if name and _is_name(name, code):
                    positions[name] += 1
                    standing[name].add(article)
    sure = {
        name: users[name] | texts
        for name, texts in standing.items()
        if len(texts) >= TEXTS and positions[name] >= SHARE * uses[name]
    }
    return _one_spelling(sure)


def named(text: str, code: str) -> list[str]:
    """The names in a text that stand where places do, verbatim and in their order."""
    found = (_bare(met["behind"] or met["before"], code) for met in _spots(code).finditer(text))
    return [name for name in found if name and _is_name(name, code)]


def missing(names: Mapping[str, int], readings: Sequence[Reading]) -> dict[str, int]:
    """Those of some places that no text or title names, in whatever language, spelling and form."""
    texts = [f"{r.article.title}\n{r.article.text}" for r in readings]
    words = {w for text in texts for w in _WORD.findall(text) if w[0].isupper()}
    keys = {_key(w) for w in words}
    starts = {_key(w)[:START] for w in words if not w.isascii()}
    begun = {w[:n].casefold() for w in words for n in range(STEM, len(w) + 1)}

    def named(word: str) -> bool:
        stem = word[: max(STEM, len(word) - ENDING)].casefold()
        return stem in begun or _key(word) in keys or _key(word)[:START] in starts

    # Of several words the longest tells: "Washington DC", "New York".
    return {name: number for name, number in names.items() if not named(max(name.split(), key=len))}


def _one_spelling(names: Mapping[str, set[str]]) -> dict[str, int]:
    """Texts by name, spellings of one name together, under the one that most texts have."""
    together: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names, key=lambda n: (-len(names[n]), n)):
        together[" ".join(map(_key, name.split()))].append(name)
    counts = {same[0]: len(set().union(*(names[n] for n in same))) for same in together.values()}
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST])


def _bare(run: str, code: str) -> str:
    """The name in a run of capitals: "Kherson" of "In Kherson Oblast's"; "" where there is none."""
    words = re.sub(r"['’]s?$", "", run).split()
    while words and words[0].lower() in language(code).stop_words:
        del words[0]
    if len(words) > 1 and language(code).spots["behind"].fullmatch(words[-1]):
        del words[-1]
    return " ".join(words)


def _is_name(name: str, code: str) -> bool:
    """Whether it can name a place: no month, "European", "Russian-held", "Russia's West", nothing listed."""
    words = language(code)
    listed = words.spots["never"].fullmatch(name) or name in words.month_numbers
    adjective = name.endswith(tuple(sorted(words.grammar["demonyms"])))
    return not (listed or adjective or re.search(r"-[a-z]|['’]s\s", name))


@lru_cache(maxsize=100_000)
def _key(word: str) -> str:
    """A name as its consonants, which spellings share; the word itself where it has too few."""
    return next(iter(facts(f"x {word[0].upper()}{word[1:]}")), word.casefold())


@lru_cache(maxsize=64)
def _spots(code: str) -> re.Pattern[str]:
    """A name in the position of a place: group "behind" or "before" is the name."""
    words = language(code).spots
    if not words:
        return NEVER
    return re.compile(
        rf"(?i:{words['before'].pattern})\s(?P<behind>{RUN})(?![\w-])"
        rf"|\b(?P<before>{RUN})\s(?:{words['behind'].pattern})"
    )
