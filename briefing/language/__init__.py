"""What the program knows of each language: one data file each, and the words of a text.

`language("uk")` gives the data, `known()` the codes. A language without a file degrades
gracefully: it has no cues and no theme words, but it is still cut into sentences and words.
"""

from briefing.language.agencies import agency, agency_pattern
from briefing.language.data import NEVER, Language, known, language, match, phrases
from briefing.language.detect import detect
from briefing.language.numbers import number_pattern, number_value
from briefing.language.sentences import sentence_spans
from briefing.language.stops import ORDINAL
from briefing.language.words import QUOTED, cue_kind, name_keys, names, stem, stems, tokens

__all__ = [
    "NEVER",
    "ORDINAL",
    "QUOTED",
    "Language",
    "agency",
    "agency_pattern",
    "cue_kind",
    "detect",
    "known",
    "language",
    "match",
    "name_keys",
    "names",
    "number_pattern",
    "number_value",
    "phrases",
    "sentence_spans",
    "stem",
    "stems",
    "tokens",
]
