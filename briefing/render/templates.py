"""Jinja, set up once for every kind of page: sandboxed, strict, and escaping by itself.

HTML uses Jinja's autoescape. Markdown escapes through `finalize`, which sees every printed value:
what is not `Markup` goes through `escape.markdown_text`. Autoescape stays off there, so that
joining, concatenating or calling a macro gives plain text, which is escaped when printed: a
template can escape twice by mistake, never too little. Plain text goes the same way, through
`escape.text_value`: there is no markup in it, so a value is only kept to one line of plain characters.
"""

import traceback
from collections.abc import Callable
from enum import Enum
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import (
    BytecodeCache,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2 import TemplateError as JinjaError
from jinja2.bccache import Bucket
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from briefing.errors import TemplateError
from briefing.model import Edition
from briefing.render import escape
from briefing.render.view import look
from briefing.render.words import Words, filters, unbroken, words_for


class Flavour(Enum):
    """What a template writes, and so how values are escaped in it."""

    MARKDOWN = "md"
    HTML = "html"
    TEXT = "txt"


def our_templates() -> Path:
    """The templates that come with the program: in the package, or beside it in a checkout."""
    package = Path(str(files("briefing")))
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


def replaces(templates: Path | None, name: str) -> bool:
    """Whether a user's folder has its own version of a template."""
    try:
        return templates is not None and (templates / name).is_file()
    except (OSError, ValueError) as error:
        raise _unusable(templates, error) from error


def fill(name: str, flavour: Flavour, edition: Edition, templates: Path | None, **more: Any) -> str:
    """The template `name`, filled with one edition. Raises `TemplateError` with file and line."""
    if templates is not None:
        _check(templates)
    words = words_for(edition)
    variables = {
        "edition": edition,
        "articles": {article.id: article for article in edition.articles},
        "labels": words.labels,
        "view": look(edition),
        **more,
    }
    environment = make_environment(flavour, words, templates)
    try:
        return environment.get_template(name).render(variables)
    except Exception as error:  # whatever a user's template does wrong is the template's error
        raise TemplateError(_explain(error, name, variables)) from error


def _check(folder: Path) -> None:
    """Raises `TemplateError` for a folder that is not there or cannot be listed and entered."""
    try:
        for inside in folder.iterdir():
            inside.stat(follow_symlinks=False)
            break
    except (OSError, ValueError) as error:
        raise _unusable(folder, error) from error


def _unusable(folder: Path | None, error: Exception) -> TemplateError:
    if isinstance(error, (FileNotFoundError, NotADirectoryError)):
        wrong = "is not a folder"
    else:
        wrong = f"cannot be read ({getattr(error, 'strerror', None) or error})"
    todo = "name a folder that you may read, or leave `templates:` out to use ours"
    return TemplateError(f"templates: {folder} {wrong}; {todo}")


class _Compiled(BytecodeCache):
    """Templates compiled before in this process: one edition fills each of them several times."""

    def __init__(self) -> None:
        self._known: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Jinja compares the checksum of the source: a template that was edited is compiled again."""
        if code := self._known.get(bucket.key):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._known[bucket.key] = bucket.bytecode_to_string()


@lru_cache(maxsize=16)
def _compiled(_flavour: Flavour, _locale: str, _zone: str, _year: int) -> _Compiled:
    """One cache for each set of filters: Jinja applies them to constants while it compiles."""
    return _Compiled()


def make_environment(flavour: Flavour, words: Words, templates: Path | None) -> Environment:
    """The environment of one page: a user's files first, then ours."""
    folders = [folder for folder in (templates, our_templates()) if folder is not None]
    environment = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
        undefined=StrictUndefined,
        autoescape=flavour is Flavour.HTML,
        finalize=_PRINTED[flavour],
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=_compiled(flavour, str(words.locale), words.zone.key, words.year),
    )
    environment.filters.update(filters(words), web=escape.web_address)
    environment.filters.update(_FILTERS[flavour])
    if flavour is not Flavour.HTML:
        for unfit in ("tojson", "urlize", "xmlattr"):  # they write HTML
            del environment.filters[unfit]
    return environment


# S704 below: these functions are where text becomes markup; each escapes what it is given.


def _html_link(text: str, url: str) -> Markup:
    address = escape.web_address(url)
    shown = escape.breakable(text)
    return Markup('<a href="{}" rel="noreferrer">{}</a>').format(address, shown) if address else shown


def _markdown_link(text: str, url: str) -> Markup:
    shown, address = escape.markdown_value(text), escape.markdown_address(url)
    return Markup(f"[{shown}](<{address}>)" if address else shown)  # noqa: S704 - every part is escaped for Markdown


def _markdown_address(url: str) -> Markup:
    return Markup(escape.markdown_address(url))  # noqa: S704 - every part is escaped for Markdown


def _markdown_escaped(value: Any) -> Markup:
    return Markup(escape.markdown_value(value))  # noqa: S704 - every part is escaped for Markdown


def _text_link(text: str, url: str) -> str:
    shown, address = escape.one_line(text), escape.web_address(url)
    return f"{shown} <{address}>" if address else shown


def _text_unbroken(text: str) -> Markup:
    return Markup(unbroken(escape.one_line(text)))  # noqa: S704 - plain text knows no markup


_PRINTED = {
    Flavour.MARKDOWN: escape.markdown_value,
    Flavour.HTML: escape.html_value,
    Flavour.TEXT: escape.text_value,
}
_FILTERS: dict[Flavour, dict[str, Callable[..., Any]]] = {
    Flavour.HTML: {"link": _html_link, "breakable": escape.breakable},
    Flavour.MARKDOWN: {
        "link": _markdown_link,
        "address": _markdown_address,
        "breakable": escape.plain,
        **dict.fromkeys(("e", "escape", "forceescape"), _markdown_escaped),
    },
    Flavour.TEXT: {
        "link": _text_link,
        "address": escape.web_address,
        "unbroken": _text_unbroken,
        **dict.fromkeys(("breakable", "e", "escape", "forceescape"), escape.one_line),
    },
}


def _explain(error: Exception, name: str, variables: dict[str, Any]) -> str:
    """File, line, what was wrong, and the names that a template may use."""
    if isinstance(error, TemplateNotFound):
        return f"{name}: the template {error.name} does not exist, neither yours nor ours"
    if isinstance(error, TemplateSyntaxError):
        return f"{error.filename or error.name or name}:{error.lineno}: {error.message}"
    lines = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename.endswith((".j2", ".css"))
    ]
    place = f"{lines[-1].filename}:{lines[-1].lineno}" if lines else name
    wrong = str(error) if isinstance(error, JinjaError) else f"{type(error).__name__}: {error}"
    return f"{place}: {wrong}. A template has: {', '.join(sorted(variables))}; docs/templates.md lists all"
