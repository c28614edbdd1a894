"""reply: a denial that itself names whose claim it denies. A pattern of disputes.

Theory: "The general denied Moscow's claim that it had taken the town" holds both sides in one sentence: the
object of the denial is a noun of speech with its speaker (a possessor, or the agent behind "by") and its
content (the clause behind "that", or a deed behind "of"). Nothing has to be looked for, so no other pattern
is as sure; it needs no sides either, since the text itself opposes the two, be they allies.

Rejected: adjectives as speakers ("Western claims": nobody in particular said it); what is only possible
("a claim that it would attack": nothing happened yet); a noun of speech alone ("denied Moscow's claim":
what was claimed stands elsewhere, and `denial` looks for it).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from briefing.language import Language, language, stems
from briefing.model import Article, Claim, Reading, Sentence
from briefing.refine.claims.attribution import attributions
from briefing.refine.claims.kinds import kind_of
from briefing.refine.disputes.denial import is_passive, object_of
from briefing.refine.disputes.scene import Pair, Scene
from briefing.refine.disputes.voices import Voice, listed, spoken

AHEAD = 45  # characters between the verb and the noun of speech
AGENT = 60  # characters of the speaker behind it
FEWEST = 4  # words of a content that tells what happened

_POSSESSOR = re.compile(
    r"(?:^|\s)((?:[A-ZА-ЯІЇЄҐ][\w.-]*\s)*[A-ZА-ЯІЇЄҐ][\w.-]*)(?:['’]s?)\s(?:[\w-]+\s){0,2}$"
)
_LETTERS = re.compile(r"(?:^|\s)((?:[A-Z]\.?){2,})\s$")


def replies(scene: Scene) -> Iterator[Pair]:
    """Each claim that a sentence names with its denial, the claim first."""
    for reading, sentence in scene.sentences:
        words = language(reading.article.language)
        if not listed(words, "contents").search(sentence.text):
            continue
        for denier, cue in _deniers(reading, sentence, words):
            found = _claimed(reading, sentence, cue - sentence.start, words)
            if found and not set(stems(found.speaker, found.code)) & set(stems(denier.speaker, found.code)):
                yield Pair("denial", found, denier, near=True)
                break


def _deniers(reading: Reading, sentence: Sentence, words: Language) -> Iterator[tuple[Voice, int]]:
    """The sentence as each denying speaker's, and where the verb of denial ends."""
    article = reading.article
    for one in attributions(article.text, sentence.start, sentence.end, article.language):
        verb = article.text[one.cue.start : one.cue.end]
        denies = any(listed(words, name).fullmatch(verb) for name in ("denies", "rejects"))
        if not denies or not one.source or is_passive(sentence.text, one.cue.start - sentence.start, words):
            continue
        source = article.text[one.source.start : one.source.end]
        kind = kind_of(source, article, words)
        if kind == "none named" or words.pronouns.fullmatch(source):
            continue
        if found := spoken(reading, sentence, Claim(source, verb, kind), ()):
            yield found, one.cue.end


def _claimed(reading: Reading, sentence: Sentence, verb: int, words: Language) -> Voice | None:
    """The claim that stands behind a verb of denial; None where its speaker or content is missing."""
    noun = listed(words, "contents").search(sentence.text, verb, verb + AHEAD)
    if noun is None:
        return None
    named = _named(sentence.text, verb, noun, words)
    if named is None:
        return None
    source, content = named
    denied = object_of(sentence.text, verb)
    end = sentence.text.index(denied, verb) + len(denied)
    told = sentence.text[content:end]
    if len(told.split()) < FEWEST or listed(words, "open").search(told):
        return None
    begin = min(noun.start(), sentence.text.index(source, verb))
    start = sentence.start + begin
    part = replace(sentence, start=start, end=sentence.start + end, text=sentence.text[begin:end])
    return spoken(reading, part, _claim_of(source, noun.group(), reading.article, words), ())


def _claim_of(source: str, noun: str, article: Article, words: Language) -> Claim:
    return Claim(source, noun, kind_of(source, article, words))


def _named(text: str, verb: int, noun: re.Match[str], words: Language) -> tuple[str, int] | None:
    """Who is named with a noun of speech, and where its content begins."""
    agent = listed(words, "agent").match(text, noun.end() + 1)
    if agent:
        opens = _content(text, agent.end(), agent.end() + AGENT, words)
        source = text[agent.end() : opens].strip()
        plain = opens and source.lower() != source and not set(',;:“”"') & set(source)
        return (source, opens) if plain else None
    ahead = text[verb : noun.start()]
    owner = _POSSESSOR.search(ahead) or _LETTERS.search(ahead)
    opens = _content(text, noun.end() + 1, noun.end() + 1, words)
    return (owner.group(1), opens) if owner and opens else None


def _content(text: str, at: int, latest: int, words: Language) -> int:
    """Where the content of a claim opens: a "that", or an "of" with a deed behind it; 0 where none does."""
    for found in listed(words, "content").finditer(text, at):
        if found.start() > latest:
            break
        if found.group() in words.grammar["complementizers"]:
            return found.start()
        if listed(words, "deeds").match(text, found.end() + 1):
            return found.start()
    return 0
