"""trained: what a model of labelled sentences says of the default themes.

Requirement: the three default themes are read with more than a list of words, offline, the same on
every machine, and so that a person can be told why.

Theory: a sentence is four bags of words: its own, those of the sentences beside it, those of the
title, and those of the sentences around it (`AROUND`); every word weighs by its rarity, every bag has
length one. A word speaks for or against each theme by a number for each bag; the sum of them goes
through the logistic function (multinomial logistic regression, none being an answer). The numbers
are learned through word vectors: words that stand in like company (positive pointwise mutual
information, singular values; Levy, Goldberg and Dagan 2015) get like weights, so that some
thousand labelled sentences teach thousands of words. What ships is the product of the vectors and
the regression, one line a word: no vectors, no library, and a sum that can be read out word for word.

Made by script/train, which says how, and with which figures. A language without a file has no model.

Rejected, with macro-F1 by weeks where this has .74: regression on the words themselves (.60 to .70: too
few labels for so many words); vectors of words by sentences (LSA, .63); kernels and a hidden layer over
the vectors (level, and nobody can be told why); the posteriors of neighbours (level: their words speak
already); the whole article as context (level, but a round-up's last subject was filed with its first);
phrases as units, "white house" (.73); second labels at a third of a voice (.01 less).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from briefing.language import stems
from briefing.model import Reading
from briefing.why import Reason

CHANNELS = ("sentence", "neighbours", "title", "around")
AROUND = (
    6  # sentences before and behind that tell what it is about: a round-up has changed its subject by then
)
SCALE = 100  # the file holds whole numbers: weights and rarities times this
SUFFIX = ".weights"

MOST = 3  # words that are named of a whole channel

Bag = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of words for themes, against none. Made by `model` and script/train, read here.

    `weights[word]` holds for each channel, in their order, one number for each theme.
    """

    keys: tuple[str, ...]
    bias: tuple[float, ...]
    rarity: Mapping[str, float]
    weights: Mapping[str, tuple[float, ...]]


@lru_cache(maxsize=8)
def model(code: str) -> Model | None:
    """The model of a language; None where it has none. Read once."""
    file = files(__package__).joinpath(f"{code}{SUFFIX}")
    return parse(file.read_text("utf-8")) if code.isalpha() and file.is_file() else None


def parse(text: str) -> Model:
    """The model of a file: themes, bias, then a line for each word: rarity and weights."""
    head, bias, *rows = text.splitlines()
    table = {word: [int(n) / SCALE for n in numbers] for word, *numbers in map(str.split, rows)}
    return Model(
        tuple(head.split()),
        tuple(int(n) / SCALE for n in bias.split()),
        {word: numbers[0] for word, numbers in table.items()},
        {word: tuple(numbers[1:]) for word, numbers in table.items()},
    )


def posteriors(reading: Reading, known: Model) -> list[dict[str, float]]:
    """For each sentence the share of every theme of the model; what is missing to 1 is none."""
    said = [
        [sum(parts) for parts in zip(*(_spoken(b, i, known) for i, b in enumerate(bags)), strict=True)]
        for bags in channels(reading, known.rarity)
    ]
    return [_shares([b + s for b, s in zip(known.bias, one, strict=True)], known.keys) for one in said]


def weighed(reading: Reading, known: Model) -> list[dict[str, list[Reason]]]:
    """For each sentence and theme what spoke for it, the weightiest first: its words, then whole channels.

    Values are log-odds against none; those of a theme and its bias add up to what its share is made of.
    Neighbours, title and surroundings are one entry each, by their names, with their weightiest words.
    """
    return [_reasons(bags, known) for bags in channels(reading, known.rarity)]


def channels(reading: Reading, rarity: Mapping[str, float]) -> list[tuple[Bag, ...]]:
    """The bags of every sentence, one for each of `CHANNELS`; all have length 1, or are empty."""
    code = reading.article.language
    words = [stems(s.text, code) for s in reading.sentences]
    own = [bag(w, rarity) for w in words]
    near = [bag(a + b, rarity) for a, b in zip([[], *words], [*words[1:], []], strict=False)]
    title = bag(stems(reading.article.title, code), rarity)
    around = [_sum(own[max(0, i - AROUND) : i + AROUND + 1]) for i in range(len(own))]
    return [(o, n, title, a) for o, n, a in zip(own, near, around, strict=False)]


def bag(words: Iterable[str], rarity: Mapping[str, float]) -> Bag:
    """The known words among some stems, each once, by rarity."""
    return _of_length_one({w: rarity[w] for w in sorted(set(words)) if w in rarity})


def _sum(bags: Sequence[Bag]) -> Bag:
    """Several bags as one: what they share weighs most."""
    weights: dict[str, float] = {}
    for one in bags:
        for word, weight in one.items():
            weights[word] = weights.get(word, 0.0) + weight
    return _of_length_one(weights)


def _of_length_one(weights: Mapping[str, float]) -> Bag:
    length = math.sqrt(sum(w * w for w in weights.values()))
    return {word: w / length for word, w in weights.items()} if length else {}


def _spoken(words: Bag, channel: int, known: Model) -> list[float]:
    """What one bag says for each theme."""
    number = len(known.keys)
    first = channel * number
    said = [0.0] * number
    for word, share in words.items():
        weights = known.weights[word]
        for k in range(number):
            said[k] += share * weights[first + k]
    return said


def _shares(odds: Sequence[float], keys: Sequence[str]) -> dict[str, float]:
    most = max(0.0, *odds)
    parts = [math.exp(o - most) for o in odds]
    total = sum(parts) + math.exp(-most)
    return {key: part / total for key, part in zip(keys, parts, strict=True)}


def _reasons(bags: Sequence[Bag], known: Model) -> dict[str, list[Reason]]:
    reasons = {}
    for k, key in enumerate(known.keys):
        words, *around = ([*_words(one, c, k, known)] for c, one in enumerate(bags))
        context = [_channel(name, part) for name, part in zip(CHANNELS[1:], around, strict=True)]
        reasons[key] = [*sorted(words, key=_weightiest), *sorted(context, key=_weightiest)]
    return reasons


def _words(one: Bag, channel: int, k: int, known: Model) -> Iterator[Reason]:
    """What each word of a bag says for a theme."""
    place = channel * len(known.keys) + k
    return (Reason("word", share * known.weights[word][place], word) for word, share in one.items())


def _channel(name: str, words: Sequence[Reason]) -> Reason:
    """A whole bag as one reason, with the words that speak for the theme most."""
    named = [r.words for r in sorted(words, key=_weightiest)[:MOST] if r.value > 0]
    return Reason(name, sum(r.value for r in words), ", ".join(named))


def _weightiest(reason: Reason) -> tuple[float, str, str]:
    return -reason.value, reason.feature, reason.words
