"""clean: furniture off, reporting stays. Nothing is rewritten; what is kept are spans of the text.

Requirement: a begging letter never reaches an edition, and no reporting sentence is lost.

Theory: furniture talks to the reader ("you", "we"), asks for something ("sign up", "donate") and
stands at the ends of a text; reporting talks about third parties. Each paragraph is scored by
such signs (`language.furniture`), one that reaches `FURNITURE` goes. Once a text has turned into a letter to
its readers past `TAIL_FROM` of its paragraphs, the rest goes with it. Most saved texts have lost
their paragraph breaks, so long paragraphs are judged sentence by sentence as well.

Rejected: dropping all short lines (headings inside reports are short and tell the subject);
trafilatura on plain text (it kept all 20 furniture paragraphs of a letter that this removes).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.language import Language, language, sentence_spans
from briefing.language.furniture import ENDLESS, FURNITURE, LINE, SHORT, is_marked, signs
from briefing.model import Article, Cleaned, Cut, Span
from briefing.refine.clean.stretch import article_lines, is_pasted, look

TAIL_FROM = 0.4  # a letter to the readers never starts in the first two fifths
LETTER = frozenset(("opening", "addresses the reader", "solicits", "label"))
TAIL_SHARE = 0.35  # share of the remaining paragraphs that must show signs of furniture
PRESENTED = 6  # words of a programme note before its presenter; later ones are people in a report
OPENING = 400  # characters: programme notes stand at the top

_PARAGRAPH = re.compile(r"[^\n]+")
_PICTURE_DATE = re.compile(
    r"\b(?:Jan|Feb|March|April|May|June|July|Aug|Sept|Oct|Nov|Dec)\w*\.?\s\d{1,2},\s(?:19|20)\d\d|\((?:Photo|Image|AP|AFP)\b"
)
_TAKEN = re.compile(  # how captions end: place, day of the week, date with its year
    r"(?P<place>[A-ZА-ЯІЇЄҐ][\w.'’-]+)(?P<comma>,)?\s(?:on\s)?(?:[A-Z]\w+day,?\s)?"
    r"(?:(?:Jan|Feb|March|Mar|April|Apr|May|June|July|Aug|Sept|Oct|Nov|Dec)\w*\.?\s\d{1,2},?|\d{1,2}\s[A-Z]\w{2,8},?)"
    r"\s(?:19|20)\d\d[.)]*$"
)
_ARCHIVE = re.compile(r"(?:\([^)]{2,60}\)\s*)?(?:FILE|File|ФАЙЛ|АРХІВ|АРХИВ)\s?(?:PHOTO\s?)?(?:[-–—:]|--)\s")
_SHOW = re.compile(r"['‘][A-Z][\w.]*(?:\s[A-Z&@][\w.]*)+['’]")  # a programme's name, as its station quotes it
_DASH = r"(?:[–—]|--?)(?:\s+|$)"
_CAPITAL = r"[A-ZА-ЯІЇЄҐ][\w’'-]+"
_DATELINE = re.compile(
    r"^[A-ZА-ЯІЇЄҐ][A-ZА-ЯІЇЄҐ .'’-]{2,30}(?:\sand\s[A-Z .'’-]{2,30})?(?:,\s[A-Z][\w. ]{2,20})?"
    r"(?:,?\s(?:January|February|March|April|May|June|July|August|September|October|November|December|\w{3}\.)\s\d{1,2})?"
    rf"\s*(?:\([^)]{{2,30}}\)\s*)?{_DASH}"
)
# Only at the top of an article: an agency in brackets, and a place in small letters, each with its dash.
_FIRST_DATELINE = re.compile(
    rf"^(?:[^.!?()\n]{{0,60}}\((?=[^)]*[A-ZА-ЯІЇЄҐ])[^()\n]{{2,30}}\)\s*{_DASH}"
    rf"|,?\s?{_CAPITAL}(?:[ -]{_CAPITAL}){{0,2}}"
    rf"(?:,\s{_CAPITAL}(?:\s{_CAPITAL}){{0,2}}\s+{_DASH}|(?:\s[A-Z]{{2,5}})?\s+(?:[–—]|--)(?:\s+|$)))"
    r"(?=[\"“«‘]?[A-ZА-ЯІЇЄҐ\d]|$)"
)


def clean(article: Article) -> Cleaned:
    """The paragraphs of an article that are reporting, and what was cut, each with its reason."""
    words = language(article.language)
    paragraphs = [Span(m.start(), m.end()) for m in _PARAGRAPH.finditer(article.text)]
    reasons = _judge([article.text[p.start : p.end] for p in paragraphs], words)
    kept: list[Span] = []
    cuts: list[Cut] = []
    for span, reason in zip(paragraphs, reasons, strict=True):
        if reason:
            cuts.append(Cut(article.id, span.start, span.end, reason))
            continue
        for piece, why in _pieces(article.text, span, words, first=not kept):
            if why:
                cuts.append(Cut(article.id, piece.start, piece.end, why))
            else:
                kept.append(piece)
    return Cleaned(article, tuple(kept), tuple(cuts))


def is_wall(text: str, code: str) -> bool:
    """Whether a text asks for consent, cookies or a subscription: what a wall does."""
    wall = language(code).furniture.get("walls")
    return bool(wall and wall.search(text))


def _judge(paragraphs: list[str], words: Language) -> list[str]:
    """For each paragraph the reason why it goes, or "" where it stays."""
    found = [signs(p, words, first=i == 0) for i, p in enumerate(paragraphs)]
    reasons = ["; ".join(s) if sum(s.values()) >= FURNITURE else "" for s in found]
    if not words.furniture:
        return reasons
    # What a single word is depends on the lines around it, which `article_lines` looks at.
    looks = [look(p, words, furniture=is_marked(s)) for p, s in zip(paragraphs, found, strict=True)]
    if is_pasted(looks):
        stays = article_lines(looks, paragraphs)
        return ["" if s else r or "beside the article" for s, r in zip(stays, reasons, strict=True)]
    return _without_letter(found, reasons)


def _without_letter(found: list[dict[str, int]], reasons: list[str]) -> list[str]:
    """The reasons, and one for everything from where the text turns into a letter to its readers."""
    for i, signs_here in enumerate(found):
        rest = found[i + 1 :]
        if (
            "opening" in signs_here
            and i >= TAIL_FROM * len(found)
            and sum(map(_asks, rest)) >= TAIL_SHARE * len(rest) > 0
        ):
            return reasons[:i] + [r or "letter to the readers" for r in reasons[i:]]
    return reasons


def _asks(found: dict[str, int]) -> bool:
    """Whether a line does what letters do; "we" and "you" alone are as frequent in opinion and speech."""
    return bool(found.keys() & LETTER) or found.keys() >= {"we", "you"}


def _pieces(text: str, span: Span, words: Language, *, first: bool) -> Iterator[tuple[Span, str]]:
    """A paragraph that stays, without its dateline and its furniture sentences."""
    start = span.start
    body = text[span.start : span.end]
    if dateline := _DATELINE.match(body) or (_FIRST_DATELINE.match(body) if first else None):
        start += dateline.end()
        yield Span(span.start, start), "dateline"
    open_from = start
    for a, b in sentence_spans(text[start : span.end], words.code):
        begin, end = start + a, start + b
        opening = first and begin - span.start < OPENING
        if reason := _sentence_reason(text[begin:end], words, opening=opening):
            if text[open_from:begin].strip():
                yield Span(open_from, _rstrip(text, open_from, begin)), ""
            end = begin + _offer_end(text[begin:end], words)
            yield Span(begin, end), reason
            open_from = end
    if text[open_from : span.end].strip():
        yield Span(open_from + _leading(text[open_from : span.end]), span.end), ""


def _offer_end(sentence: str, words: Language) -> int:
    """Where an offer ends: before reporting that has run into it ("Sign up here The dam broke."), or last."""
    for end in words.furniture["ends"].finditer(sentence) if "ends" in words.furniture else ():
        rest = sentence[end.end() :].lstrip()
        small = sum(word[0].islower() for word in rest.split())  # a title has few
        if small > SHORT and rest.lstrip('"“‘')[:1].isupper():
            return len(sentence) if _sentence_reason(rest, words, opening=False) else end.end()
    return len(sentence)


def _sentence_reason(sentence: str, words: Language, *, opening: bool) -> str:
    """Why a sentence of a paragraph that stays goes; "" where it stays too."""
    table = words.furniture
    if len(sentence) > ENDLESS:
        return "no end of a sentence in sight"
    if not table:
        return ""
    if table["inline"].search(sentence):
        return "invites to read on"
    if opening and _is_programme_note(sentence, words):
        return "programme note"
    if _is_caption(sentence, words):
        return "caption"
    found = signs(sentence, words)
    return "; ".join(found) if sum(found.values()) >= FURNITURE else ""


def _is_caption(sentence: str, words: Language) -> bool:
    """What a picture shows: in the present tense, or with nothing said; place and full date end it."""
    table = words.furniture
    if _ARCHIVE.match(sentence):
        return True
    if "captions" not in table:
        return False
    if table["captions"].search(sentence) and _PICTURE_DATE.search(sentence):
        return True
    taken = _TAKEN.search(sentence)
    if not taken or "scenes" not in table or table["pasts"].search(sentence):
        return False
    return bool(table["scenes"].search(sentence)) or (
        taken["comma"] is not None and not _says(sentence, words)
    )


def _is_programme_note(sentence: str, words: Language) -> bool:
    """What a programme shows: a short line in which somebody presents, or a presenter says nothing."""
    table, short = words.furniture, len(sentence.split()) <= 2 * LINE
    if "presenters" not in table:
        return False
    presents = bool(table["presents"].search(sentence))
    if short and (table["discusses"].search(sentence) or _names_show(sentence, presents=presents)):
        return True
    presenter = table["presenters"].search(sentence)
    if not presenter or len(sentence[: presenter.start()].split()) >= PRESENTED:
        return False
    return presents or (short and not _says(sentence, words))


def _names_show(sentence: str, *, presents: bool) -> bool:
    """Whether somebody appears in a programme that the sentence names, at its end or with a word for it."""
    show = _SHOW.search(sentence)
    return show is not None and (presents or sentence[show.end() :].strip(".") == "")


def _says(sentence: str, words: Language) -> bool:
    return bool(words.claims["verbs"].search(sentence))


def _rstrip(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip())


def _leading(text: str) -> int:
    return len(text) - len(text.lstrip())
