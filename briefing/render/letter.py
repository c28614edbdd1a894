"""The edition as a mail: the same lines as plain text and as HTML, which load and run nothing.

The HTML part is drawn from the same html/*.j2 as edition.html, in a frame of its own (mail.html.j2)
with a style sheet of its own (mail.css): mail programs know neither CSS variables nor grids, and
several of them drop the <style> element. So css-inline writes every rule to the elements that it
styles; what cannot stand there (dark mode, in `@media`) stays in <style>. Gmail cuts a message after
102 KB of HTML, so what a rule no longer needs is taken off afterwards.
"""

import re
import textwrap
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from briefing.errors import TemplateError
from briefing.model import Edition, Letter
from briefing.render import html, md
from briefing.render.escape import one_line
from briefing.render.templates import Flavour, fill, replaces
from briefing.render.words import slot_hour, words_for

TEXT = "mail.txt.j2"
HTML = "mail.html.j2"
CSS = "mail.css"
WIDTH = 72  # characters: what fits a terminal of 80 columns when an answer quotes it twice

_LEAD = re.compile(r" *(?:- |\[\d+\] +)?")  # of a line: its indent and its bullet or number
_BLANK_LINES = re.compile(r"\n{3,}")
_TAG = re.compile(r'<[a-z][a-z0-9-]*(?: [^\s"=]+="[^"]*")+')
_NAMED = re.compile(r' (?:class|id)="([^"]*)"')
_STYLES = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_SELECTED = re.compile(r"[.#]([\w-]+)")
_POINTED_AT = re.compile(r' href="#([^"]*)"')


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a mail says of the pages that it does not hold. Read by the mail templates as `mail`."""

    page: str  # the web address of edition.html; "" where it has none
    pdf: str  # of edition.pdf
    attached: bool  # whether the PDF goes along
    place: str  # of the PDF in the output folder


def letter(
    edition: Edition, templates: Path | None = None, *, link: str = "", attached: bool = True
) -> Letter:
    """The mail of one edition, in its language.

    `link` is the web address of the edition's folder, ending in "/"; "" where it has none. With
    `attached=False` both parts say where the PDF is. `templates` is a folder whose files replace ours.
    Raises `TemplateError` for a template or a style sheet that is wrong.
    """
    mail = Surroundings(
        page=f"{link}edition.html" if link else "",
        pdf=f"{link}edition.pdf" if link else "",
        attached=attached,
        place=f"{edition.briefing}/{edition.slot}/edition.pdf",
    )
    return Letter(subject(edition), _text(edition, templates, mail), _html(edition, templates, mail))


def subject(edition: Edition) -> str:
    """One line: title, date, the hour where a day has several editions, and "late" where it is.

    It is the same however often the edition is sent, so that a mail program keeps the copies together.
    """
    words = words_for(edition)
    day, hour = words.full_date(edition.date), slot_hour(edition.slot)
    parts = f"{edition.title} – {day}{f', {hour}' if hour else ''}"
    return one_line(f"{parts} ({words.labels['late']})" if edition.late else parts)


def _text(edition: Edition, templates: Path | None, mail: Surroundings) -> str:
    """The plain part. A folder with its own Markdown and no mail.txt.j2 wants that here too."""
    own_markdown = replaces(templates, md.TEMPLATE) and not replaces(templates, TEXT)
    drawn = fill(md.TEMPLATE if own_markdown else TEXT, Flavour.TEXT, edition, templates, mail=mail)
    lines = "\n".join(_wrapped(line.rstrip()) for line in drawn.splitlines())
    return _BLANK_LINES.sub("\n\n", lines).strip("\n") + "\n"


def _wrapped(line: str) -> str:
    """A line of a template, folded to `WIDTH` under its bullet; long words (addresses) stay whole."""
    found = _LEAD.match(line)
    lead = found[0] if found else ""
    return textwrap.fill(
        line.removeprefix(lead),
        WIDTH,
        initial_indent=lead,
        subsequent_indent=" " * len(lead),
        break_long_words=False,
        break_on_hyphens=False,
    ).replace("\N{NO-BREAK SPACE}", " ")


def _html(edition: Edition, templates: Path | None, mail: Surroundings) -> str:
    """The HTML part. A folder with its own Markdown and no HTML template wants that here too."""
    own = None
    if replaces(templates, md.TEMPLATE) and not any(replaces(templates, t) for t in (html.TEMPLATE, HTML)):
        own = Markup(md.as_html(md.text(edition, templates)))  # noqa: S704 - sanitised by nh3
    return _inlined(fill(HTML, Flavour.HTML, edition, templates, mail=mail, body=own))


def _inlined(page: str) -> str:
    """`page` with its styles on its elements, and without the names that only those styles needed."""
    import css_inline

    inliner = css_inline.CSSInliner(keep_at_rules=True, minify_css=True, load_remote_stylesheets=False)
    try:
        return _slim(inliner.inline(page))
    except css_inline.InlineError as error:
        raise TemplateError(f"{HTML}: its styles ({CSS}) cannot be used: {error}") from error


def _slim(page: str) -> str:
    """`page` without the classes that no style is left for, and the ids that nothing points to.

    css-inline writes every attribute between double quotes, which it spells out within a value, as it
    does every "<" of a text: so `_TAG` finds tags and nothing that a source wrote.
    """
    used = set(_SELECTED.findall("".join(_STYLES.findall(page)))) | set(_POINTED_AT.findall(page))

    def kept(name: re.Match[str]) -> str:
        return name[0] if used.intersection(name[1].split()) else ""

    return _TAG.sub(lambda tag: _NAMED.sub(kept, tag[0]), page)
