"""The model of the default themes: what it says, why, and how a configuration changes it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.config import themes_of
from briefing.config.settings import Settings, Theme
from briefing.model import Article, Reading
from briefing.refine.themes import ENOUGH, classify, main_theme
from briefing.refine.themes.trained import CHANNELS, Model, channels, model, parse, posteriors, weighed

Write = Callable[..., Article]
Read = Callable[[Article], Reading]
USUAL = themes_of(Settings(base=Path()))
ENERGY = Theme(key="energy", title="Energy", words=("power grid", "substation", "turbine", "blackout"))
SHELLED = "Artillery shelled the brigade's positions, and its tanks withdrew from the front line."
GRID = "The blackout began when a turbine failed and the power grid lost its largest substation."


def known() -> Model:
    found = model("en")
    assert found
    return found


def test_languages_without_a_file_have_no_model_and_a_file_is_read_once() -> None:
    assert model("en") is model("en")
    assert not [code for code in ("uk", "ru", "xx", "", "../en") if model(code)]


def test_every_line_of_the_file_holds_a_word_its_rarity_and_a_weight_for_each_channel_and_theme() -> None:
    found = known()
    assert found.keys == tuple(t.key for t in USUAL)
    assert len(found.weights) > 1000
    assert {len(w) for w in found.weights.values()} == {len(CHANNELS) * len(found.keys)}
    assert all(rarity > 0 for rarity in found.rarity.values())


def test_shares_are_of_one_and_what_is_missing_is_none(write: Write, read: Read) -> None:
    reading = read(write(f"{SHELLED} The choir sang old songs in Riga.", title=""))
    first, second = posteriors(reading, known())
    assert sum(first.values()) < 1
    assert max(first, key=lambda k: first[k]) == "battlefield"
    assert sum(second.values()) < sum(first.values())


def test_the_reasons_of_a_sentence_add_up_to_what_it_is_filed_by(write: Write, read: Read) -> None:
    """Log-odds against none: the sum of the reasons and the bias is all that the model knows."""
    found = parse("a b c\n10 0 -20\nshell 100 " + " ".join(str(n) for n in range(12)) + "\n")
    reading = read(write("They shell.", title="Shells"))
    (reasons,) = weighed(reading, found)
    (shares,) = posteriors(reading, found)
    none = 1 - sum(shares.values())
    for key, bias in zip(found.keys, found.bias, strict=True):
        odds = 2.718281828459045 ** (bias + sum(r.value for r in reasons[key]))
        assert shares[key] / none == pytest.approx(odds)
        assert reasons[key][0].words == "shell"


def test_the_weightiest_word_is_named_first(write: Write, read: Read) -> None:
    (reasons,) = weighed(read(write(SHELLED, title="")), known())
    words = [r.feature for r in reasons["battlefield"]]
    assert words[-3:] and set(words[-3:]) == set(CHANNELS[1:])
    weights = [r.value for r in reasons["battlefield"][:-3]]
    assert weights == sorted(weights, reverse=True)


def test_a_bag_has_length_one_or_is_empty(write: Write, read: Read) -> None:
    for bags in channels(read(write(f"{SHELLED} Zzyzx.", title="")), known().rarity):
        for one in bags:
            assert not one or sum(w * w for w in one.values()) == pytest.approx(1)


def test_evidence_is_enough_where_a_theme_is_as_likely_as_nothing(write: Write, read: Read) -> None:
    for text in (SHELLED, GRID, "The choir of Riga sang old songs.", "The market fell by two points."):
        reading = read(write(text, title=""))
        (shares,), (filed,) = posteriors(reading, known()), classify(reading, USUAL)
        none = 1 - sum(shares.values())
        best = max(shares, key=lambda k: shares[k])
        assert filed.theme == (best if shares[best] >= none else "")
        assert filed.scores[best] <= 2 * ENOUGH


def test_a_section_that_is_not_configured_is_none(write: Write, read: Read) -> None:
    """What the model takes for fighting does not drift into the sections that are left."""
    (filed,) = classify(read(write(SHELLED, title="")), [t for t in USUAL if t.key != "battlefield"])
    assert filed.theme == ""


def test_a_theme_of_one_s_own_competes_with_the_default_ones_by_its_words(write: Write, read: Read) -> None:
    text = f"{SHELLED}\n\n{GRID}"
    filed = classify(read(write(text, title="")), (*USUAL, ENERGY))
    assert [t.theme for t in filed] == ["battlefield", "energy"]


def test_words_added_to_a_default_theme_count_on_top_of_the_model(write: Write, read: Read) -> None:
    reading = read(write("The choir of Riga sang old songs.", title=""))
    (before,) = classify(reading, USUAL)
    more = tuple(
        Theme(key=t.key, title=t.title, words=("choir", "songs")) if t.key == "humanitarian" else t
        for t in USUAL
    )
    (after,) = classify(reading, more)
    assert (before.theme, after.theme) == ("", "humanitarian")
    assert after.scores["humanitarian"] > before.scores["humanitarian"] + 1
    assert after.scores["battlefield"] == before.scores["battlefield"]


def test_the_model_goes_by_the_key_whatever_the_title(write: Write, read: Read) -> None:
    reading = read(write(SHELLED, title=""))
    renamed = tuple(Theme(key=t.key, title=f"Section {i}", words=()) for i, t in enumerate(USUAL))
    assert classify(reading, renamed) == classify(reading, USUAL)


def test_the_main_theme_is_that_of_most_sentences(write: Write, read: Read) -> None:
    rescue = "Rescuers evacuated wounded civilians and children from the ruins of a hospital."
    filed = classify(read(write(f"{SHELLED}\n\n{rescue}\n\n{rescue}", title="")), USUAL)
    assert main_theme(filed) == "humanitarian"
    assert main_theme(filed[:1]) == "battlefield"
    assert main_theme([]) == main_theme(classify(read(write("Songs of Riga.", title="")), ())) == ""
