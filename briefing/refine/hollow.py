"""hollow: lines that tell nothing of the day.

Requirement: "Rep. Kovalenko joined ‘The Evening Hour’ to discuss the dam", "The ministry has been providing
daily updates" and "No one has a crystal ball" are sentences, and no news.

Theory: such a line is about the report and not about the world (metadiscourse: Hyland 2005): who appears in
which programme, where there is more to read, that somebody will speak. Or it says that nothing is
known, or what is always so. Formulae say so; they are the language's lists (`hollow`).
"""

from __future__ import annotations

import re

from briefing.language import NEVER, QUOTED, Language

FEW = 4  # words of a subject

# A programme: a name in quotation marks, whose words have capitals.
_SHOW = re.compile(
    r"(?P<verb>\b[a-z]+(?:\s[a-z]+)?)?\s[‘'\"“](?P<name>[A-Z][\w.-]*(?:\s(?:with|of|the|and|[A-Z&@][\w.-]*))*)[.,]?[’'\"”](?!\w)"
)


def hollow(text: str, words: Language) -> str:
    """What a line tells instead of news, in words; "" where it may be news."""
    if (show := _programme(text, words)) is not None:
        return f"it announces a programme: “{show}”"
    if found := words.hollow.get("signposts", NEVER).search(text):
        return f"it tells of the report: “{found.group()}”"
    stands = words.hollow.get("textbook", NEVER).search(text)
    if stands and len(text[: stands.start()].split()) <= FEW:
        return f"it tells what any atlas does: “{stands.group()}”"
    known = words.hollow.get("nobody", NEVER).search(text)
    return f"it says that nobody knows: “{known.group()}”" if known else ""


def _programme(text: str, words: Language) -> str | None:
    """The programme in which somebody appears; None where the line is of something else.

    "Tells ‘The Evening Hour’" is a caption, "told ‘The Evening Hour’ that" is a source's word.
    """
    listed = words.hollow.get("programmes", NEVER)
    for m in _SHOW.finditer(text):
        if listed.search(m["verb"] or ""):
            return m["name"]
        talks = QUOTED.sub(" ", text[: m.start()])
        if words.hollow.get("stages", NEVER).fullmatch((m["verb"] or "").split(" ")[-1]) and listed.search(
            talks
        ):
            return m["name"]
    return None
