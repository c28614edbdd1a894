"""The mail as bytes: the same each time, whole when read back, with the headers that were meant."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import getaddresses, parsedate_to_datetime
from typing import Any

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.config.delivery import Mail
from briefing.errors import ConfigError
from briefing.model import Letter, Parcel
from briefing.render import letter, render
from briefing.send.address import Mailbox, host, mailbox
from briefing.send.headers import clean, mailboxes, unstructured
from briefing.send.message import message, note

Options = Callable[..., Mail]
HEADERS = [
    "From",
    "To",
    "Cc",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "List-Id",
    "List-Unsubscribe",
    "X-Briefing-Slot",
    "MIME-Version",
    "Content-Type",
]
ODD = st.text(st.characters(), max_size=120)  # control characters, halves of letters, all of Unicode


def read(content: bytes) -> EmailMessage:
    """The message as a mail program reads it."""
    mail = message_from_bytes(content, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    assert not [defect for part in mail.walk() for defect in part.defects]
    return mail


def text_of(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert isinstance(part, EmailMessage)
    return str(part.get_content()).replace("\r\n", "\n")


def attached(mail: EmailMessage) -> list[tuple[str | None, bytes]]:
    return [(part.get_filename(), part.get_content()) for part in mail.iter_attachments()]


def decoded(value: str) -> str:
    """A header's words by the older reader, which knows that a fold between encoded words is no space."""
    return str(make_header(decode_header(re.sub(r"\r?\n", "", value))))


def raw(content: bytes) -> list[tuple[str, str]]:
    """Headers as they stand, unfolded."""
    head = content.partition(b"\r\n\r\n")[0].decode("ascii")
    lines = re.sub(r"\r\n(?=[ \t])", "", head).split("\r\n")
    return [(name, value.strip(" ")) for name, _, value in (line.partition(":") for line in lines)]


def test_a_mail_has_the_text_the_html_and_the_pdf(parcel: Parcel, options: Options, pdf: bytes) -> None:
    mail = read(message(parcel, options()))
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "application/pdf",
    ]
    assert text_of(mail, "plain") == parcel.letter.text
    assert text_of(mail, "html") == parcel.letter.html
    assert attached(mail) == [("ранковий-брифінг-2026-03-12.pdf", pdf)]
    assert len(pypdfium2.PdfDocument(attached(mail)[0][1])) == 1


def test_the_slim_mail_has_the_other_letter_and_no_pdf(parcel: Parcel, options: Options) -> None:
    for content in (
        message(parcel, options(), slim=True),
        message(replace(parcel, pages=parcel.pages[:1]), options()),
    ):
        mail = read(content)
        assert mail.get_content_type() == "multipart/alternative"
        assert (text_of(mail, "plain"), text_of(mail, "html")) == (parcel.slim.text, parcel.slim.html)
        assert attached(mail) == []


def test_the_headers_are_these_in_this_order(parcel: Parcel, options: Options) -> None:
    content = message(parcel, options())
    mail = read(content)
    assert [name for name, _ in raw(content)] == HEADERS
    assert mail["from"].addresses[0].display_name == "Стіл, ранок"
    assert mail["from"].addresses[0].addr_spec == "desk@example.org"
    assert [a.addr_spec for a in mail["to"].addresses] == ["anna@example.org"]
    assert [a.addr_spec for a in mail["cc"].addresses] == ["borys@example.com"]
    assert b"chef@example.net" not in content
    assert mail["subject"] == "Ранковий брифінг – четвер, 12 березня 2026"
    assert mail["message-id"] == "<0123456789abcdef0123456789abcdef@example.org>"
    assert mail["auto-submitted"] == "auto-generated"
    assert mail["x-briefing-slot"] == "2026-03-12"
    assert decoded(mail["list-id"]).startswith("Ранковий брифінг <xn--")
    assert mail["list-id"].endswith(".briefing.example.org>")
    assert mail["list-unsubscribe"].startswith("<mailto:desk@example.org?subject=Unsubscribe%3A%20%D0%A0")


def test_all_of_it_is_ascii_in_short_lines(parcel: Parcel, options: Options) -> None:
    many = [f'"Читач номер {i}, заступник редактора" <r{i}@example.org>' for i in range(20)]
    content = message(parcel, options(to=many, reply_to=f"{'Дуже ' * 30}<desk@example.org>"))
    assert content.isascii()
    assert content.count(b"\n") == content.count(b"\r\n")
    head, _, body = content.partition(b"\r\n\r\n")
    assert max(map(len, body.split(b"\r\n"))) <= 76
    long = [line for line in head.split(b"\r\n") if len(line) > 78]
    assert [line[:17] for line in long] == [b"List-Unsubscribe:"]  # an address cannot be folded
    assert max(map(len, long)) <= 998


def test_the_bytes_are_the_same_each_time_and_differ_with_the_content(
    parcel: Parcel, options: Options
) -> None:
    once, again = message(parcel, options()), message(parcel, options())
    assert once == again
    other = replace(parcel, letter=replace(parcel.letter, text="other"))
    boundaries = [read(content).get_boundary() for content in (once, message(other, options()))]
    assert boundaries[0] != boundaries[1]


def test_a_text_that_holds_a_boundary_of_another_mail_breaks_nothing(
    parcel: Parcel, options: Options
) -> None:
    boundary = read(message(parcel, options())).get_boundary()
    sly = Letter("s", f"a\n\n--{boundary}\n\nb\n--{boundary}--\n", "<p>x</p>\n")
    mail = read(message(replace(parcel, letter=sly), options()))
    assert text_of(mail, "plain") == sly.text
    assert len(list(mail.walk())) == 5


def test_it_is_dated_as_of_and_late_where_it_is_late(parcel: Parcel, options: Options) -> None:
    assert parsedate_to_datetime(read(message(parcel, options()))["date"]) == parcel.edition.as_of
    late = parcel.edition.as_of + dt.timedelta(hours=2)
    tardy = replace(parcel, edition=replace(parcel.edition, late=late))
    assert parsedate_to_datetime(read(message(tardy, options()))["date"]) == late


@pytest.mark.parametrize(
    ("changes", "to", "cc"),
    [
        ({"to": [], "cc": []}, "undisclosed-recipients:;", None),
        ({"to": []}, None, "borys@example.com"),
        ({"cc": []}, "Anna <anna@example.org>", None),
        (
            {"to": ['"Desk, morning" <a@b.org>', "c@d.org"]},
            '"Desk, morning" <a@b.org>, c@d.org',
            "borys@example.com",
        ),
        ({"to": ["x <d@приклад.укр>"]}, "x <d@xn--80aikifvh.xn--j1amh>", "borys@example.com"),
        ({"to": [r'"a \"b\" \\ c" <a@b.org>']}, r'"a \"b\" \\ c" <a@b.org>', "borys@example.com"),
    ],
    ids=["bcc only", "cc only", "to only", "comma", "domain", "quotes"],
)
def test_who_else_gets_it_can_be_seen(
    parcel: Parcel, options: Options, changes: dict[str, Any], to: str | None, cc: str | None
) -> None:
    found = dict(raw(message(parcel, options(**changes))))
    assert (found.get("To"), found.get("Cc")) == (to, cc)


def test_an_address_that_not_every_server_takes_is_words_in_the_header(
    parcel: Parcel, options: Options
) -> None:
    content = message(parcel, options(to=["Пошта <пошта@приклад.укр>", "b@example.org"]))
    assert content.isascii()
    nobody, somebody = read(content)["to"].groups
    assert (nobody.display_name, nobody.addresses) == ("Пошта пошта@приклад.укр", ())
    assert [a.addr_spec for a in somebody.addresses] == ["b@example.org"]


def test_answers_and_leaving_go_where_the_options_say(parcel: Parcel, options: Options) -> None:
    mail = read(message(parcel, options(reply_to='"Answers, please" <a+b@example.org>')))
    assert mail["reply-to"].addresses[0].display_name == "Answers, please"
    assert mail["list-unsubscribe"].startswith("<mailto:a%2Bb@example.org?subject=")
    mail = read(message(parcel, options(unsubscribe="https://example.org/leave")))
    assert mail["list-unsubscribe"] == "<https://example.org/leave>"


@pytest.mark.parametrize("key", ["sender", "reply_to"])
@pytest.mark.parametrize("address", ["стіл@example.org", "desk@straße.de"])
def test_an_address_of_ours_that_not_every_server_takes_is_an_error(
    parcel: Parcel, options: Options, key: str, address: str
) -> None:
    ours = options().model_copy(update={key: address})
    with pytest.raises(ConfigError, match="cannot be used"):
        message(parcel, ours)


def test_a_domain_whose_ascii_form_is_somebody_elses_has_none() -> None:
    assert host("straße.de") == ""
    assert host("приклад.укр") == "xn--80aikifvh.xn--j1amh"
    assert host("a" * 70 + "ä.de") == ""


def test_a_note_is_plain_text(options: Options) -> None:
    now = dt.datetime(2026, 11, 23, 6, 0, tzinfo=dt.UTC)
    content = note(options(), "op@example.org", "Немає випуску\r\nBcc: x@y.org", "Чому:\n.x\n", "aa", now=now)
    mail = read(content)
    assert [name for name, _ in raw(content)][:6] == [
        "From",
        "To",
        "Subject",
        "Date",
        "Message-ID",
        "Auto-Submitted",
    ]
    assert mail["subject"] == "Немає випуску Bcc: x@y.org"
    assert mail["bcc"] is None
    assert str(mail.get_content()).replace("\r\n", "\n") == "Чому:\n.x\n"
    assert mail["message-id"] == "<aa@example.org>"


@given(words=st.tuples(ODD, ODD, ODD), odd_letter=st.builds(Letter, ODD, ODD, ODD))
def test_whatever_the_title_the_names_and_the_texts_are_the_headers_are_those_that_were_meant(
    parcel: Parcel, options: Options, words: tuple[str, str, str], odd_letter: Letter
) -> None:
    title, briefing, slot = words
    edition = replace(parcel.edition, title=title, briefing=briefing, slot=slot)
    content = message(replace(parcel, edition=edition, letter=odd_letter), options())
    assert [header for header, _ in raw(content)] == HEADERS
    mail = read(content)
    assert len(list(mail.walk())) == 5
    assert content.isascii()
    assert content.endswith(b"\r\n")
    assert content.count(b"\r\n") == content.count(b"\r") == content.count(b"\n")  # one mail to any server
    assert max(map(len, content.split(b"\r\n"))) <= 998
    assert decoded(dict(raw(content))["Subject"]) == clean(odd_letter.subject)
    for kind, meant in (("plain", odd_letter.text), ("html", odd_letter.html)):
        kept = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]", "", re.sub(r"\r\n?", "\n", meant))
        assert text_of(mail, kind) == (kept if kept.endswith("\n") else kept + "\n")


@given(names=st.lists(ODD, min_size=1, max_size=4), header=st.sampled_from(["To", "Reply-To"]))
def test_whatever_a_name_is_it_belongs_to_one_address(names: list[str], header: str) -> None:
    boxes = [Mailbox(name, f"reader{i}", "example.org") for i, name in enumerate(names)]
    value = mailboxes(header, boxes)
    assert value.isascii()
    lines = f"{header}: {value}".split("\r\n")
    assert all(len(line) <= 78 for line in lines)
    assert all(line.startswith(" ") for line in lines[1:])
    by_old = getaddresses([re.sub(r"\r\n", "", value)])
    assert [(decoded(name), address) for name, address in by_old] == [(clean(b.name), b.wire) for b in boxes]
    by_new = policy.default.header_factory(header, re.sub(r"\r\n", "", value)).addresses
    assert [address.addr_spec for address in by_new] == [box.wire for box in boxes]
    spaceless = [re.sub(r"\s", "", address.display_name) for address in by_new]
    assert spaceless == [re.sub(r"\s", "", clean(name)) for name in names]


@given(ODD)
def test_a_name_that_a_person_wrote_comes_out_as_it_was_read(name: str) -> None:
    try:
        box = mailbox(mailboxes("To", [Mailbox(name, "reader", "example.org")]).replace("\r\n", ""))
    except ConfigError:
        return  # such as one that is too long
    assert box.bare == "reader@example.org"


@given(ODD)
def test_a_subject_is_one_header_whatever_it_holds(subject: str) -> None:
    lines = f"Subject: {unstructured('Subject', subject)}".split("\r\n")
    assert all(len(line) <= 78 and line.isascii() and line.isprintable() for line in lines)
    assert all(line.startswith(" ") and line.strip() for line in lines[1:])


@pytest.mark.slow
def test_the_sample_week_as_a_mail(parcel: Parcel, options: Options) -> None:
    edition = parcel.edition
    whole = replace(
        parcel,
        pages=render(edition, ("pdf",)).pages,
        letter=letter(edition, None, link="https://b.example.org/2026-03-12/"),
        slim=letter(edition, None, link="https://b.example.org/2026-03-12/", attached=False),
    )
    mail = read(message(whole, options()))
    assert text_of(mail, "plain") == whole.letter.text
    assert text_of(mail, "html") == f"{whole.letter.html}\n"
    assert len(pypdfium2.PdfDocument(attached(mail)[0][1])) >= 2
