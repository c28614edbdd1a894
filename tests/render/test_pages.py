"""What every page says, and in which order."""

import datetime as dt
import re
import tomllib
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest

from briefing.errors import ConfigError
from briefing.model import Change, Claim, Earlier, Edition, Hedge, Quiet, Statement, Step, Timeline
from briefing.render import letter, render
from briefing.render.md import as_html
from briefing.render.words import labels

INLINE = {"a", "b", "em", "span", "strong", "wbr"}
LABELS = Path(__file__).parents[2] / "briefing" / "render" / "labels"
TEXTS = ("md", "html", "pdf")
IN_ORDER = (
    "Internal – not for onward distribution",
    "Eastern Desk Morning Briefing",
    "Tuesday, 12 March 2024",
    "As of 06:00 EET",
    "11 Mar, 06:00 – 12 Mar, 06:00",
    "7 asked, 6 answered",
    "13 Mar, 06:00",
    "Key points",
    "Battlefield.",
    "No answer from:",
    "Continental Post (HTTP 503 after three attempts; no answer on record)",
    "Little or nothing new from:",
    "Key figures",
    "“at least four people”",
    "updated",
    "Since the last edition",
    "New: 8",
    "Gone quiet: 1",
    "Flood warning for the lower Sula (last reported 11 Mar)",
    "Also carried by: Obriy Radio",
    "Also reported",
    "Humanitarian",
    "… at least four people were killed",
    "unverified",
    "Energy",
    "Nothing was reported under this theme.",
    "Claims in dispute",
    "against",
    "Coverage and gaps",
    "fetched 1,248, in the window 61",
    "English 12, Ukrainian 2",
    "not a format that is read: .pdf",
    "no reporting left after cleaning: 15",
    "Horoscope for 12 March",
    "and 3 more",
    "cut at 200,000 of 1,230,000 characters",
    "Pontoon bridge open again",
    "earlier version, 10 Mar",
    "outlet unknown, date unknown",
    "Method",
    "9f3c9f3c9f3c",
)


class Seen(HTMLParser):
    """Visible text, headings, ids and links of an HTML page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words, self.levels, self.ids, self.links, self.tags = "", [0], [""], [""], {""}
        self.hidden = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.words += "" if tag in INLINE else " "
        self.hidden = tag in ("style", "title")
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_endtag(self, tag: str) -> None:
        self.hidden = False

    def handle_data(self, data: str) -> None:
        self.words += "" if self.hidden else data


def squeezed(text: str) -> str:
    """Without white space and soft hyphens: lines break differently in each format."""
    return re.sub(r"[\s\u00ad\ufffe\u200b]+", "", text).lower()


def shown(edition: Edition, format_: str) -> str:
    """The text that a reader of this format sees, squeezed."""
    content = render(edition, [format_]).pages[0].content
    if format_ == "pdf":
        with pypdfium2.PdfDocument(content) as document:
            pages = [page.get_textpage().get_text_range() for page in document]
        return squeezed("".join(pages))
    page = as_html(content.decode()) if format_ == "md" else content.decode()
    return squeezed(Seen(page).words)


def statements(edition: Edition) -> list[Statement]:
    said = [point.statement for point in edition.key_points]
    said += [line for section in edition.themes for story in section.stories for line in story.statements]
    return said + [side for dispute in edition.disputes for side in dispute.sides]


@pytest.mark.parametrize("format_", TEXTS)
def test_every_part_is_there_in_order(format_: str, morning: Edition) -> None:
    text, at = shown(morning, format_), 0
    for part in IN_ORDER:
        found = text.find(squeezed(part), at)
        assert found >= 0, f"{part!r} is missing, or comes too early"
        at = found


@pytest.mark.parametrize("format_", TEXTS)
def test_every_statement_stands_there_word_for_word(format_: str, morning: Edition) -> None:
    text = shown(morning, format_)
    for statement in statements(morning):
        assert squeezed(statement.text) in text
        assert squeezed(statement.claim.source or "no source named") in text


@pytest.mark.parametrize("format_", TEXTS)
def test_every_source_story_and_figure_is_named(format_: str, morning: Edition) -> None:
    text = shown(morning, format_)
    named = [source.name for source in morning.sources] + [article.title for article in morning.articles]
    named += [figure.text for figure in morning.figures]
    named += [story.headline for section in morning.themes for story in section.stories]
    assert [name for name in named if squeezed(name) not in text] == []


def test_markdown_and_html_hold_the_same_words(morning: Edition) -> None:
    def words(text: str) -> set[str]:
        return set(re.findall(r"\w{3,}", text.lower()))

    markdown, html = (render(morning, [kind]).pages[0].content.decode() for kind in ("md", "html"))
    assert words(Seen(html).words) - words(Seen(as_html(markdown)).words) == {"skip"}  # the skip link
    assert words(Seen(as_html(markdown)).words) <= words(Seen(html).words)


@pytest.mark.parametrize("format_", TEXTS)
def test_a_night_without_articles_is_said_plainly(format_: str, bare: Edition) -> None:
    text = shown(bare, format_)
    assert squeezed("No article was published in this window") in text
    assert squeezed("Little or nothing new from: Kyiv Ledger (empty)") in text
    assert squeezed("Nothing was reported under this theme.") in text
    assert squeezed("Key points") not in text.replace(squeezed("Skip to the key points"), "")


@pytest.mark.parametrize("format_", TEXTS)
def test_ukrainian_editions_speak_ukrainian(format_: str, morning: Edition) -> None:
    text = shown(replace(morning, language="uk"), format_)
    for part in (
        "Вівторок, 12 березня 2024",
        "Головне",
        "2 видання / 1 першоджерело",
        "11 бер., 05:40",
        "джерело не назване",
    ):
        assert squeezed(part) in text


@pytest.mark.parametrize("format_", TEXTS)
def test_a_language_without_labels_falls_back_to_english_words(format_: str, small: Edition) -> None:
    text = shown(replace(small, language="fr"), format_)
    assert squeezed("Key points") in text
    assert squeezed("12 mars 2024") in text


def test_pages_come_in_the_order_asked_and_once(small: Edition) -> None:
    pages = render(small, ["json", "md", "json"]).pages
    assert [(page.format, page.name) for page in pages] == [("json", "edition.json"), ("md", "edition.md")]


def test_an_unknown_format_is_refused_with_the_known_ones(small: Edition) -> None:
    with pytest.raises(ConfigError, match=r"'docx' does not exist; there are: md, html, pdf, json"):
        render(small, ["docx"])


def test_the_html_is_one_file_that_loads_and_runs_nothing(morning: Edition) -> None:
    content = render(morning, ["html"]).pages[0].content.decode()
    assert not {"script", "img", "link", "iframe", "object"} & Seen(content).tags
    assert "url(" not in content
    assert "@import" not in content
    assert '<html lang="en">' in content


def test_every_internal_link_leads_somewhere_and_ids_are_unique(morning: Edition) -> None:
    page = Seen(render(morning, ["html"]).pages[0].content.decode())
    ids = [value for value in page.ids if value]
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(ids)


def test_headings_never_skip_a_level(morning: Edition) -> None:
    levels = Seen(render(morning, ["html"]).pages[0].content.decode()).levels
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_story_under_two_themes_is_printed_twice_and_anchored_once(morning: Edition) -> None:
    again = replace(morning.themes[3], stories=morning.themes[0].stories)
    page = Seen(
        render(replace(morning, themes=(*morning.themes[:3], again)), ["html"]).pages[0].content.decode()
    )
    assert page.ids.count("story-s1") == 1
    assert page.words.count(morning.themes[0].stories[0].headline) >= 2


@pytest.mark.parametrize("format_", ["md", "html"])
def test_changes_are_left_out_where_there_was_no_edition_before(format_: str, morning: Edition) -> None:
    changes = replace(morning.changes, since="", quiet=(Quiet("Old", "2024-03-11"),))
    assert squeezed("Since the last edition") not in shown(replace(morning, changes=changes), format_)


@pytest.mark.parametrize("format_", TEXTS)
def test_a_long_story_and_a_key_point_outside_the_themes_lose_nothing(format_: str, morning: Edition) -> None:
    [first, *others] = morning.themes
    lines = tuple(
        line for section in morning.themes for story in section.stories for line in story.statements
    )
    numbered = tuple(replace(line, text=f"{line.text} ({number})") for number, line in enumerate(lines * 5))
    story = replace(first.stories[0], statements=numbered)
    point = replace(morning.key_points[0], theme="weather")
    edition = replace(
        morning,
        themes=(replace(first, stories=(story,)), *others),
        key_points=(point,),
        disputes=morning.disputes * 9,
    )
    text = shown(edition, format_)
    assert squeezed("weather. The pontoon bridge") in text
    assert [line.text for line in numbered if squeezed(line.text) not in text] == []


def test_on_paper_no_word_is_so_long_that_it_leaves_the_page(small: Edition) -> None:
    word = "https://a.example/" + "x" * 400
    [first, *others] = small.themes
    said = replace(first.stories[0].statements[0], text=f"See {word} there")
    story = replace(first.stories[0], headline=word, statements=(said,))
    edition = replace(
        small,
        articles=(replace(small.articles[0], title=word, outlet=word),),
        sources=(replace(small.sources[0], name=word, error=word),),
        themes=(replace(first, stories=(story,)), *others),
    )
    with pypdfium2.PdfDocument(render(edition, ["pdf"]).pages[0].content) as document:
        for page in document:
            text = page.get_textpage()
            assert max(text.get_charbox(at)[2] for at in range(text.count_chars())) < page.get_width() - 30


def test_every_label_is_translated() -> None:
    english, ukrainian = dict(labels("en")), dict(labels("uk"))
    own = tomllib.loads((LABELS / "uk.toml").read_text(encoding="utf-8"))
    assert {key for key in english if not key.startswith("term ")} <= set(own)
    fields = {key: set(re.findall(r"{\w+}", value)) for key, value in english.items()}
    assert {key: set(re.findall(r"{\w+}", ukrainian[key])) for key in english} == fields


# --- a story over the days ------------------------------------------------------------------------


@pytest.fixture
def running(morning: Edition) -> Edition:
    """A morning with a story in its third day, a figure that moved, and a timeline."""
    first, second = [s for section in morning.themes for s in section.stories if s.statements][:2]
    goes_on = {
        first.id: replace(first, status="changed", day=3),
        second.id: replace(second, status="continuing", day=5),
    }
    themes = tuple(replace(t, stories=tuple(goes_on.get(s.id, s) for s in t.stories)) for t in morning.themes)
    figure = replace(
        morning.figures[0], before=Earlier("2024-03-11", "two people", 2.0), text="at least four"
    )
    steps = tuple(
        Step(dt.date(2024, 3, day), f"2024-03-{day + 1}", s)
        for day, s in zip((9, 10, 11), statements(morning), strict=False)
    )
    details = (Change(first.id, first.statements[:1], (figure,)), Change(second.id, second.statements[:1]))
    changes = replace(
        morning.changes,
        new=(),
        changed=(first.id, second.id),
        continuing=(second.id,),
        details=details,
        quiet=(Quiet("Old dispute", "2024-03-10", 2),),
    )
    return replace(morning, themes=themes, changes=changes, timelines=(Timeline(first.id, steps),))


@pytest.mark.parametrize("format_", TEXTS)
def test_a_story_says_its_day_and_what_changed_in_it(format_: str, running: Edition) -> None:
    text = shown(running, format_)
    for part in (
        "changed (day 3)",
        "continuing (day 5)",
        "Changed: 2",
        "(quiet for 2 days, last reported 10 Mar)",
    ):
        assert squeezed(part) in text
    assert squeezed("“two people” → “at least four”") in text
    (line,) = running.changes.details[1].statements
    assert text.count(squeezed(line.text)) >= 2, "under what changed, and under the story"


@pytest.mark.parametrize("format_", TEXTS)
def test_a_timeline_stands_behind_the_disputes_a_dated_line_each(format_: str, running: Edition) -> None:
    text = shown(running, format_)
    at = text.index(squeezed("Claims in dispute"))
    timeline = text[at:]
    for step in running.timelines[0].steps:
        assert squeezed(f"{step.date.day} Mar") in timeline
        at = text.index(squeezed(step.statement.text), at)
    assert text.index(squeezed("Coverage and gaps")) > at


def test_the_mail_says_the_same_in_both_parts(running: Edition) -> None:
    mail = letter(running)
    for part in (squeezed(mail.text), squeezed(Seen(mail.html).words)):
        for words in ("changed (day 3)", "“two people” → “at least four”", "quiet for 2 days"):
            assert squeezed(words).lower() in part.lower()
        assert all(squeezed(s.statement.text) in part for s in running.timelines[0].steps)


def test_the_words_are_ukrainian_in_a_ukrainian_edition(running: Edition) -> None:
    text = shown(replace(running, language="uk"), "html")
    for part in ("змінилося (день 3)", "без новин 2 дні", "Хід подій"):
        assert squeezed(part) in text


def test_a_headline_among_the_changes_becomes_no_markup(running: Edition) -> None:
    themes = tuple(
        replace(t, stories=tuple(replace(s, headline="[a](http://b.example) <i>*c*</i>") for s in t.stories))
        for t in running.themes
    )
    hostile = replace(running, themes=themes)
    for name in ("md", "html"):
        content = render(hostile, [name]).pages[0].content.decode()
        page = Seen(as_html(content) if name == "md" else content)
        assert "i" not in page.tags
        assert "http://b.example" not in page.links


@pytest.mark.parametrize("format_", ["md", "html"])
def test_a_hedge_is_printed_in_the_source_s_words_behind_its_kind(morning: Edition, format_: str) -> None:
    line = morning.key_points[0].statement
    hedge = Hedge("unverified", "could not be <checked>", 0, 22)
    same = Hedge("claimed", "claimed", 0, 7)
    claim = Claim("Harvest Aid", "said", "aid group")
    held = replace(line, claim=claim, flags=("unverified", "claimed"), hedges=(hedge, same))
    point = replace(morning.key_points[0], statement=held)
    (page,) = render(replace(morning, key_points=(point,)), [format_]).pages
    text = page.content.decode()
    text = re.sub(r"<(?!checked)[^>]*>|[\\*]", "", text).replace("&lt;", "<").replace("&gt;", ">")
    assert "unverified: “could not be <checked>”, claimed" in text
    assert "Harvest Aid, aid group" in text  # a kind that the labels do not know is printed as it is written
