"""The mail of an edition: both parts hold all of it, nothing loads, nothing breaks the subject."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.errors import TemplateError
from briefing.model import Edition, Letter, Statement
from briefing.render import letter, load, render

ROOT = Path(__file__).parents[2]
CASES = Path(__file__).parent / "cases"
SMALL = load((CASES / "small.json").read_bytes())
GOLDEN = load((ROOT / "tests" / "golden" / "week" / "edition.json").read_bytes())
EDITIONS = [load((CASES / f"{name}.json").read_bytes()) for name in ("morning", "small", "bare")]
WIDE = 76  # characters of a line that is no single long word
CLIPPED_BY_GMAIL = 102 * 1024  # bytes of HTML
LOADING = {"script", "img", "link", "iframe", "object", "embed", "video", "audio", "base", "form", "svg"}
LINK = "https://desk.example/briefings/morning/2024-03-12/"
INLINE = {"a", "b", "em", "span", "strong", "wbr"}


class Seen(HTMLParser):
    """Visible text, elements and links of the HTML part."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words, self.tags, self.links, self.hidden = "", [""], [""], False
        self.attributes = {""}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.words += "" if tag in INLINE else " "
        self.hidden = tag in ("style", "title")
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_endtag(self, tag: str) -> None:
        self.hidden = False

    def handle_data(self, data: str) -> None:
        self.words += "" if self.hidden else data


def folded(text: str) -> str:
    """White space as it may be folded: as nothing."""
    return re.sub(r"[\s\u00ad\ufffe\u200b]+", "", text)


def parts(mail: Letter) -> dict[str, str]:
    return {"text": folded(mail.text), "html": folded(Seen(mail.html).words)}


def statements(edition: Edition) -> Iterator[Statement]:
    yield from (point.statement for point in edition.key_points)
    yield from (s for section in edition.themes for story in section.stories for s in story.statements)
    yield from (side for dispute in edition.disputes for side in dispute.sides)


def contents(edition: Edition) -> Iterator[str]:
    """Every text of an edition that a reader of any format is shown."""
    yield from (edition.title, edition.handling, edition.method.summary, edition.method.version)
    for statement in statements(edition):
        yield from (statement.text, statement.claim.source)
    for figure in edition.figures:
        yield from (figure.text, figure.source)
    for section in edition.themes:
        yield from (section.title, *(story.headline for story in section.stories))
    yield from (quiet.headline for quiet in edition.changes.quiet if edition.changes.since)
    for source in edition.sources:
        yield from (source.name, source.error)
    for miss in edition.coverage.misses:
        yield from (miss.source, miss.address, miss.reason)
    yield from edition.coverage.notes
    for article in edition.articles:
        yield from (article.title, article.outlet, f"[{article.number}]")
        for copy in article.copies:
            yield from (copy.title, copy.outlet, copy.relation)


@pytest.mark.parametrize("edition", [*EDITIONS, GOLDEN], ids=["morning", "small", "bare", "golden"])
def test_both_parts_hold_every_line_of_the_edition(edition: Edition) -> None:
    for name, shown in parts(letter(edition)).items():
        missing = [text for text in contents(edition) if folded(text).lower() not in shown.lower()]
        assert not missing, name


@pytest.mark.parametrize("edition", [EDITIONS[0], GOLDEN], ids=["morning", "golden"])
def test_statements_stand_to_the_letter_in_both_parts_and_in_the_pdf(edition: Edition) -> None:
    with pypdfium2.PdfDocument(render(edition, ["pdf"]).pages[0].content) as document:
        paper = folded("".join(page.get_textpage().get_text_range() for page in document))
    for name, shown in {**parts(letter(edition)), "pdf": paper}.items():
        assert not [s.text for s in statements(edition) if folded(s.text) not in shown], name


def test_addresses_of_sources_are_links_in_one_part_and_written_out_in_the_other() -> None:
    mail = letter(GOLDEN)
    lines, links = mail.text.split(), Seen(mail.html).links
    for article in GOLDEN.articles:
        for url in (article.url, *(copy.url for copy in article.copies)):
            assert not url or (url in lines and url in links)


def test_html_holds_the_words_of_the_html_edition(morning: Edition) -> None:
    page = Seen(render(morning, ["html"]).pages[0].content.decode()).words
    mail = Seen(letter(morning).html).words
    assert set(re.findall(r"\w+", page)) - set(re.findall(r"\w+", mail)) <= {
        "Skip",
        "to",
        "key",
    }  # the skip link


# --- the subject ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, "Eastern Desk Morning Briefing – Tuesday, 12 March 2024"),
        ({"slot": "2024-03-12-1800"}, "Eastern Desk Morning Briefing – Tuesday, 12 March 2024, 18:00"),
        ({"slot": "2024-03-12-rule"}, "Eastern Desk Morning Briefing – Tuesday, 12 March 2024"),
        ({"title": "Ранковий огляд"}, "Ранковий огляд – Tuesday, 12 March 2024"),
        ({"title": "a\r\nBcc: x@y.example\x07"}, "a Bcc: x@y.example – Tuesday, 12 March 2024"),
        ({"title": "\u202egnp\u2066.exe\u200f"}, "gnp.exe – Tuesday, 12 March 2024"),
    ],
)
def test_the_subject_is_one_line_with_title_and_date(
    change: dict[str, str], expected: str, morning: Edition
) -> None:
    assert letter(replace(morning, **change)).subject == expected  # type: ignore[arg-type]  # texts only


def test_the_subject_speaks_the_language_of_the_edition(morning: Edition) -> None:
    late = replace(morning, language="uk", late=morning.as_of + timedelta(hours=3))
    expected = "Eastern Desk Morning Briefing – Вівторок, 12 березня 2024 р. (із запізненням)"
    assert letter(late).subject == expected


@given(title=st.text(min_size=1))
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_title_can_break_the_subject_or_the_text(title: str) -> None:
    mail = letter(replace(SMALL, title=title, handling=title))
    for part in (mail.subject, mail.text.replace("\n", "")):
        assert part.splitlines() == [part]
        assert not re.search(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]", part)


# --- late -----------------------------------------------------------------------------------------


def test_a_late_edition_says_so_on_every_page_and_in_both_parts(morning: Edition) -> None:
    late = replace(morning, late=morning.as_of + timedelta(hours=3, minutes=10))
    told = "Late: due 06:00, built 09:10"
    mail = letter(late)
    assert mail.subject == f"{letter(morning).subject} (late)"
    assert folded(told) in parts(mail)["text"]
    assert folded(told) in parts(mail)["html"]
    for page in render(late, ["md", "html"]).pages:
        assert told in page.content.decode()


def test_built_on_another_day_it_says_which(morning: Edition) -> None:
    late = replace(morning, late=morning.as_of + timedelta(hours=20))
    assert "Late: due 12 Mar, 06:00, built 13 Mar, 02:00" in letter(late).text


def test_an_edition_in_time_says_nothing_of_it(morning: Edition) -> None:
    mail = letter(morning)
    assert not [part for part in (mail.subject, mail.text, mail.html) if "late:" in part.lower()]


# --- what is not in the mail ----------------------------------------------------------------------


def test_without_a_link_and_with_the_pdf_nothing_is_said_of_either(morning: Edition) -> None:
    mail = letter(morning)
    assert "edition.html" not in mail.text + mail.html
    assert "edition.pdf" not in mail.text + mail.html


@pytest.mark.parametrize("attached", [True, False])
def test_with_a_link_both_parts_lead_to_the_pages(morning: Edition, *, attached: bool) -> None:
    mail = letter(morning, link=LINK, attached=attached)
    for page in ("edition.html", "edition.pdf"):
        assert LINK + page in mail.text.split()
        assert LINK + page in Seen(mail.html).links
    for part in parts(mail).values():
        assert (folded("not attached") in part) is not attached


@pytest.mark.parametrize(("language", "told"), [("en", "in the output folder"), ("uk", "у теці випусків")])
def test_a_pdf_that_is_neither_attached_nor_on_the_web_is_said_to_lie_on_disk(
    language: str, told: str, morning: Edition
) -> None:
    for part in parts(letter(replace(morning, language=language), attached=False)).values():
        assert folded(told) in part
        assert f"{morning.briefing}/{morning.slot}/edition.pdf" in part


# --- plain text -----------------------------------------------------------------------------------


@pytest.mark.parametrize("edition", [EDITIONS[0], GOLDEN], ids=["morning", "golden"])
def test_lines_are_folded_and_only_single_long_words_are_longer(edition: Edition) -> None:
    long = [line for line in letter(edition).text.splitlines() if len(line) > WIDE]
    assert all(len(line.split()) == 1 for line in long)


def test_an_address_of_any_length_is_never_broken() -> None:
    url = "https://a.example/" + "x-y/" * 60
    text = letter(replace(SMALL, articles=(replace(SMALL.articles[0], url=url),))).text
    assert url in text.split()


def test_text_is_text(morning: Edition) -> None:
    text = letter(morning).text
    assert not re.search(r"</?\w+[ >]|&#?\w+;|\\[\[\]*_]|\*\*", text.replace("?a=1&copy=2", ""))
    assert "\n\n\n" not in text
    assert not re.search(r"[ \t]$", text, re.MULTILINE)
    assert "\N{NO-BREAK SPACE}" not in text


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><b class="x" id="y">',
    "</style><style>@import url(//e.example)</style>",
    "{{ edition }} {% include 'x' %}",
    "https://evil.example and www.evil.example",
    "<!-- x --> &lt;b&gt; &copy;",
    ' class="sheet" id="x" href="#y"',
]
MARKUP = st.text(st.sampled_from("ab <>/\"'=&;#-!{}%classid"), min_size=1, max_size=40)


def stuffed(text: str) -> Edition:
    """The small edition with `text` wherever a source's words stand."""
    article = replace(SMALL.articles[0], title=text, outlet=text)
    [story] = SMALL.themes[0].stories
    said = replace(story.statements[0], text=text, claim=replace(story.statements[0].claim, source=text))
    section = replace(SMALL.themes[0], stories=(replace(story, headline=text, statements=(said,)),))
    return replace(SMALL, articles=(article,), themes=(section, *SMALL.themes[1:]))


@given(text=st.sampled_from(HOSTILE) | MARKUP | st.text(min_size=1, max_size=60))
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_a_source_wrote_becomes_text_and_no_element(text: str) -> None:
    plain = Seen(letter(stuffed("plain words")).html)
    page = letter(stuffed(text)).html.replace("<wbr>", "")
    hostile = Seen(page)
    assert (hostile.tags, hostile.links, hostile.attributes) == (plain.tags, plain.links, plain.attributes)
    clean = folded(re.sub(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]", "", text))
    assert folded(hostile.words).count(clean) >= 4


# --- HTML for mail programs -----------------------------------------------------------------------


def test_the_html_loads_and_runs_nothing() -> None:
    page = letter(GOLDEN, link=LINK).html
    seen = Seen(page)
    assert not LOADING & set(seen.tags)
    styles = re.findall(r"<style>(.*?)</style>", page, re.DOTALL) + re.findall(r' style="([^"]*)"', page)
    assert not re.search(r"url\(|@import", "".join(styles))
    assert all(re.match(r"https?://|$", link) for link in seen.links)
    assert not {name for name in seen.attributes if name.startswith("on") or name in ("src", "background")}


def test_the_html_stays_below_what_gmail_cuts() -> None:
    assert len(letter(GOLDEN, link=LINK).html.encode()) < 0.65 * CLIPPED_BY_GMAIL


def test_styles_stand_on_the_elements_and_dark_mode_in_the_head(morning: Edition) -> None:
    page = letter(morning).html
    assert '<meta name="color-scheme" content="light dark">' in page
    assert "(prefers-color-scheme: dark)" in page
    assert "var(" not in page
    assert re.search(r'<h2 style="[^"]*color:', page)
    styles = "".join(re.findall(r"<style>(.*?)</style>", page, re.DOTALL))
    used = {name for names in re.findall(r' class="([^"]*)"', page) for name in names.split()}
    assert all(any(n in styles for n in names.split()) for names in re.findall(r' class="([^"]*)"', page))
    assert {"sheet", "by"} <= used


def test_every_colour_that_stands_on_an_element_is_turned_in_the_dark(morning: Edition) -> None:
    page = letter(replace(morning, late=morning.as_of), attached=False).html
    dark = page[page.index("(prefers-color-scheme: dark)") : page.index("</style>")]
    for tag, names, style in re.findall(r'<(\w+)(?: class="([^"]*)")?[^>]* style="([^"]*)"', page):
        if re.search(r"(?<![-\w])color:", style):
            assert any(re.search(rf"\.{name}\b", dark) for name in names.split()) or re.search(
                rf"\b{tag}\b", dark
            ), (tag, names)


# --- templates of a user's own --------------------------------------------------------------------


def drawn(edition: Edition, folder: Path, **files: str) -> Letter:
    """The letter, with files written into the user's folder; `__` in a name is a dot."""
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return letter(edition, folder, link=LINK)


def test_an_empty_folder_changes_nothing(morning: Edition, tmp_path: Path) -> None:
    assert letter(morning, tmp_path) == letter(morning)


def test_each_of_the_three_files_can_be_replaced_alone(morning: Edition, tmp_path: Path) -> None:
    ours = letter(morning, link=LINK)
    text = drawn(morning, tmp_path, mail__txt__j2="Good morning: {{ edition.title }} {{ mail.page }}")
    assert text.text == f"Good morning: {morning.title}\n{LINK}edition.html\n"
    assert text.html == ours.html
    styled = drawn(morning, tmp_path, mail__css="h2 { color: teal }")
    assert '<h2 style="color:teal">' in styled.html
    page = drawn(morning, tmp_path, mail__html__j2="<p class='x'>{{ edition.title }}</p>")
    assert f"<p>{morning.title}</p>" in page.html


def test_a_part_of_the_page_is_replaced_in_the_mail_too(morning: Edition, tmp_path: Path) -> None:
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / "method.j2").write_text("<footer>Ask the desk.</footer>", encoding="utf-8")
    assert "Ask the desk." in letter(morning, tmp_path).html


def test_markdown_alone_becomes_both_parts(morning: Edition, tmp_path: Path) -> None:
    own = (
        "# {{ edition.title }}\n\n{{ '*a_b*' }} {{ 'here' | link('https://e.example/') }}\n\n"
        "[x](javascript:alert) <script>no</script>"
    )
    mail = drawn(morning, tmp_path, edition__md__j2=own)
    assert f">{morning.title}</h1>" in mail.html
    assert "*a_b*" in mail.html
    assert f'href="{LINK}edition.pdf"' in mail.html
    assert not {"script"} & set(Seen(mail.html).tags)
    assert "javascript:" not in "".join(Seen(mail.html).links)
    assert mail.text.startswith(f"# {morning.title}\n\n*a_b* here <https://e.example/>\n")
    assert "Key points" not in mail.html


def test_with_html_of_their_own_too_the_mail_is_ours(small: Edition, tmp_path: Path) -> None:
    mail = drawn(small, tmp_path, edition__md__j2="MD", edition__html__j2="<p>HTML</p>")
    assert "Key points" in mail.html


@pytest.mark.parametrize("name", ["mail.txt.j2", "mail.html.j2", "mail.css"])
def test_an_error_says_file_and_line(name: str, small: Edition, tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match=rf"{re.escape(name)}:2: 'articels' is undefined"):
        drawn(small, tmp_path, **{name.replace(".", "__"): "fine\n{{ articels }}"})


@pytest.mark.parametrize(
    "css", ["@import 'http://127.0.0.1:9/x.css'; p { color: red }", "p { color: }}} {", ""]
)
def test_a_style_sheet_is_never_a_reason_to_fetch_or_to_fail(
    css: str, small: Edition, tmp_path: Path
) -> None:
    assert small.title in drawn(small, tmp_path, mail__css=css).html


def test_a_linked_style_sheet_is_not_read(small: Edition, tmp_path: Path) -> None:
    (tmp_path / "x.css").write_text("p { color: red }", encoding="utf-8")
    linked = f'<html><head><link rel="stylesheet" href="{tmp_path}/x.css"></head><body><p>x</p></body></html>'
    assert "red" not in drawn(small, tmp_path, mail__html__j2=linked).html


def test_the_same_edition_gives_the_same_letter(morning: Edition) -> None:
    assert letter(morning, link=LINK) == letter(morning, link=LINK)


def test_what_a_mail_says_of_itself_is_translated() -> None:
    folder = ROOT / "briefing" / "render" / "labels"
    for code in ("en", "uk"):
        own = tomllib.loads((folder / f"{code}.toml").read_text(encoding="utf-8"))
        assert {"late", "late_line", "on_the_web", "pdf", "pdf_not_attached", "pdf_lies"} <= set(own)
