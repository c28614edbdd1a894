"""The mail channel against servers: who gets it, who does not, and what each receipt says."""

from __future__ import annotations

import base64
import datetime as dt
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import dkim  # type: ignore[import-untyped]  # it publishes no types
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from briefing.config.delivery import Mail
from briefing.errors import ConfigError
from briefing.model import Page, Parcel, Receipt
from briefing.send import CHANNELS, Channel
from briefing.send.mail import Mailer, alert, eml
from briefing.send.message import message
from briefing.send.server import Limits

Make = Callable[..., Any]
Talk = Callable[[socket.socket], None]
ANNA, BORYS, CHEF = "anna@example.org", "borys@example.com", "chef@example.net"


def deliver(mailer: Mailer, parcel: Parcel, addresses: tuple[str, ...] = ()) -> list[Receipt]:
    return list(mailer.deliver(parcel, addresses or mailer.addresses()))


def ends(receipts: list[Receipt]) -> dict[str, str]:
    """How it went with each address."""
    assert all(receipt.channel == "mail" for receipt in receipts)
    assert all(receipt.detail.isprintable() for receipt in receipts)
    return {receipt.address: receipt.state for receipt in receipts}


def details(receipts: list[Receipt]) -> dict[str, str]:
    return {receipt.address: receipt.detail for receipt in receipts if receipt.state != "sending"}


# --- to everyone, once --------------------------------------------------------------------------------


@pytest.mark.parametrize("security", ["starttls", "tls", "none"])
def test_each_recipient_gets_the_same_mail_over_one_connection(
    mailer: Make, office: Make, parcel: Parcel, security: str
) -> None:
    at = office(security)
    channel = mailer(at.port, security=security)
    receipts = deliver(channel, parcel)
    assert [(receipt.address, receipt.state) for receipt in receipts] == [
        (address, state) for address in (ANNA, BORYS, CHEF) for state in ("sending", "sent")
    ]
    assert details(receipts)[ANNA] == "250 kept"
    assert at.inbox.mails == [(address, message(parcel, channel.options)) for address in (ANNA, BORYS, CHEF)]
    assert set(at.inbox.connections) == {"[127.0.0.1]"}
    assert len(at.inbox.connections) == (2 if security == "starttls" else 1)  # it says hello again, encrypted


def test_it_is_a_channel_with_an_address_for_each_reader_and_wants_the_pdf(
    mailer: Make, tmp_path: Path
) -> None:
    options = mailer(to=[f"Anna <{ANNA}>", "Olena@Example.ORG"]).options
    channel: Channel = CHANNELS["mail"](options, tmp_path)
    assert channel == Mailer(options, tmp_path)
    assert channel.formats() == ("pdf",)
    assert channel.addresses() == (ANNA, "Olena@example.org", BORYS, CHEF)
    assert (channel.name, channel.waits) == ("mail", False)


def test_only_those_who_are_asked_for_get_it_and_each_once(
    mailer: Make, office: Make, parcel: Parcel
) -> None:
    at = office()
    receipts = deliver(mailer(at.port), parcel, (BORYS, "other@example.org", "borys@EXAMPLE.com"))
    assert ends(receipts) == {BORYS: "sent", "other@example.org": "sent"}
    assert at.inbox.recipients == [BORYS, "other@example.org"]


def test_nothing_leaves_before_the_receipt_that_says_so_is_kept(
    mailer: Make, office: Make, parcel: Parcel
) -> None:
    at = office()
    round_ = mailer(at.port).deliver(parcel, (ANNA, BORYS))
    assert next(round_) == Receipt("mail", ANNA, "sending")
    assert (at.inbox.options, at.inbox.mails) == ([], [])
    assert next(round_).state == "sent"
    assert at.inbox.recipients == [ANNA]
    assert next(round_) == Receipt("mail", BORYS, "sending")
    round_.close()
    assert at.inbox.recipients == [ANNA]


# --- refused, later ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "case",
    [
        ("RCPT borys@example.com", "550 5.1.1 No such user here", "refused"),
        ("RCPT borys@example.com", "450 4.2.0 Greylisted, come again", "later"),
        ("RCPT borys@example.com", "452 4.2.2 Mailbox full", "later"),
        ("RCPT borys@example.com", "552 5.2.2 Mailbox full", "later"),
        ("RCPT borys@example.com", "530 5.7.0 Authentication required", "later"),
        ("DATA borys@example.com", "554 5.7.1 Spam", "refused"),
        ("DATA borys@example.com", "451 4.3.0 Try again", "later"),
    ],
)
def test_one_that_is_not_taken_stops_nobody_else(
    mailer: Make, office: Make, parcel: Parcel, case: tuple[str, str, str]
) -> None:
    place, answer, state = case
    at = office(answers={place: [answer, answer]})
    receipts = deliver(mailer(at.port), parcel)
    assert ends(receipts) == {ANNA: "sent", BORYS: state, CHEF: "sent"}
    assert details(receipts)[BORYS] == answer
    assert at.inbox.recipients == [ANNA, CHEF]


def test_a_greylisted_recipient_gets_the_same_bytes_on_the_next_try(
    mailer: Make, office: Make, parcel: Parcel
) -> None:
    at = office(answers={f"RCPT {ANNA}": ["451 4.7.1 Greylisted"]})
    channel = mailer(at.port)
    first = deliver(channel, parcel)
    assert ends(first) == {ANNA: "later", BORYS: "sent", CHEF: "sent"}
    assert ends(deliver(channel, parcel, (ANNA,))) == {ANNA: "sent"}
    assert at.inbox.recipients == [BORYS, CHEF, ANNA]
    assert len({content for _, content in at.inbox.mails}) == 1


@pytest.mark.parametrize("answer", ["550 5.7.1 Not your address", "451 4.3.2 Not now", "530 Log in first"])
def test_a_sender_that_is_not_taken_is_later_for_everyone(
    mailer: Make, office: Make, parcel: Parcel, answer: str
) -> None:
    at = office(answers={"MAIL": [answer]})
    receipts = deliver(mailer(at.port), parcel)
    assert ends(receipts) == dict.fromkeys((ANNA, BORYS, CHEF), "later")
    assert set(details(receipts).values()) == {answer}
    assert len(at.inbox.options) == 1
    assert [receipt.state for receipt in receipts] == ["sending", "later", "later", "later"]


def test_a_servers_words_are_one_printable_line(mailer: Make, scripted: Make, parcel: Parcel) -> None:
    port = scripted(answering({b"RCPT": b"550-5.1.1 \x1b[31mno\r\n550 \xd0\x96\xff " + b"x" * 900 + b"\r\n"}))
    receipts = deliver(mailer(port, security="none"), parcel, (ANNA,))
    detail = details(receipts)[ANNA]
    assert detail.startswith("550 5.1.1 [31mno Ж� xxx")
    assert len(detail) < 310
    assert ends(receipts) == {ANNA: "refused"}


# --- the size of a mail ---------------------------------------------------------------------------------


@pytest.fixture
def heavy(parcel: Parcel) -> Parcel:
    """A parcel whose PDF takes 400 kB as mail."""
    return replace(parcel, pages=(Page("pdf", "edition.pdf", b"%PDF-1.7" + b"x" * 300_000),))


def is_slim(content: bytes) -> bool:
    return b"application/pdf" not in content


def test_attach_up_to_bounds_the_whole_mail(
    mailer: Make, office: Make, heavy: Parcel, options: Callable[..., Mail], tmp_path: Path
) -> None:
    size = len(message(heavy, options()))
    for most, slim in ((size, False), (size - 1, True)):
        at = office()
        channel = mailer(at.port, attach_up_to=most)
        assert set(ends(deliver(channel, heavy)).values()) == {"sent"}
        assert at.inbox.mails[0] == (ANNA, message(heavy, channel.options, slim=slim))
        assert eml(heavy, channel.options, tmp_path) == at.inbox.mails[0][1]
        assert is_slim(at.inbox.mails[0][1]) == slim


def test_a_server_that_states_a_smaller_size_gets_the_slim_mail(
    mailer: Make, office: Make, heavy: Parcel
) -> None:
    at = office(data_size_limit=100_000)
    assert set(ends(deliver(mailer(at.port), heavy)).values()) == {"sent"}
    assert [is_slim(content) for _, content in at.inbox.mails] == [True] * 3


@pytest.mark.parametrize("answer", ["552 5.3.4 Too big", "552 No such attachments", "554 5.3.4 Too big"])
@pytest.mark.parametrize("place", ["DATA", "RCPT", "MAIL"])
def test_a_server_that_finds_it_too_large_gets_the_slim_mail_at_once(
    mailer: Make, office: Make, heavy: Parcel, place: str, answer: str
) -> None:
    at = office(answers={place if place == "MAIL" else f"{place} {BORYS}": [answer]})
    receipts = deliver(mailer(at.port), heavy)
    assert ends(receipts) == dict.fromkeys((ANNA, BORYS, CHEF), "sent")
    assert len(receipts) == 6
    slim_for = ANNA if place == "MAIL" else BORYS
    assert {address: is_slim(content) for address, content in at.inbox.mails} == {
        address: address == slim_for for address in (ANNA, BORYS, CHEF)
    }


def test_a_slim_mail_that_is_too_large_is_refused(mailer: Make, office: Make, heavy: Parcel) -> None:
    at = office(answers={f"DATA {BORYS}": ["552 Too big", "552 Still too big"]})
    receipts = deliver(mailer(at.port), heavy)
    assert ends(receipts) == {ANNA: "sent", BORYS: "refused", CHEF: "sent"}
    assert details(receipts)[BORYS] == "552 Still too big"


# --- encryption and login -------------------------------------------------------------------------------


@pytest.mark.parametrize("security", ["starttls", "tls"])
@pytest.mark.parametrize(
    "case",
    [
        (("other.example.org",), "ca.pem", "ostname mismatch"),
        (("localhost",), None, "self-signed|unable to get"),
    ],
    ids=["host name", "authority"],
)
def test_a_certificate_that_does_not_hold_gets_no_mail(
    mailer: Make, office: Make, parcel: Parcel, security: str, case: tuple[tuple[str, ...], str | None, str]
) -> None:
    names, ca_file, words = case
    at = office(security, names=names)
    receipts = deliver(mailer(at.port, security=security, ca_file=ca_file), parcel)
    assert [receipt.state for receipt in receipts] == ["later"] * 3
    for detail in details(receipts).values():
        assert f"localhost:{at.port}: its certificate does not hold, so nothing was sent" in detail
        assert any(word in detail for word in words.split("|"))
    assert at.inbox.options == []


def test_a_server_without_starttls_gets_no_mail_and_no_login(
    mailer: Make, office: Make, parcel: Parcel, login: str
) -> None:
    at = office("none")
    receipts = deliver(mailer(at.port), parcel)
    assert [receipt.state for receipt in receipts] == ["later"] * 3
    assert all("offers no STARTTLS" in detail for detail in details(receipts).values())
    assert at.inbox.options == []


def test_what_stands_between_starttls_and_the_handshake_is_not_heard(
    mailer: Make, scripted: Make, parcel: Parcel, login: str, authority: Any
) -> None:
    heard: list[bytes] = []

    def sneak(wire: socket.socket) -> None:
        wire.sendall(b"220 here\r\n")
        line_of(wire)
        wire.sendall(b"250-here\r\n250 STARTTLS\r\n")
        line_of(wire)
        wire.sendall(b"220 go\r\n250-sneaked in\r\n250 AUTH PLAIN\r\n")
        with authority.serving("localhost").wrap_socket(wire, server_side=True) as safe:
            answering({}, heard=heard, greeting=b"")(safe)

    receipts = deliver(mailer(scripted(sneak)), parcel, (ANNA,))
    assert [receipt.state for receipt in receipts] == ["later"]
    assert "offers no login" in details(receipts)[ANNA]
    assert heard[0] == b"ehlo [127.0.0.1]"
    assert not [line for line in heard if line.startswith(b"AUTH")]


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not:UserWarning")  # see below
@pytest.mark.usefixtures("login")
@pytest.mark.parametrize("security", ["starttls", "tls"])
@pytest.mark.parametrize("mechanisms", [(), ("PLAIN",)], ids=["plain", "login only"])
def test_a_login_from_the_environment_opens_the_door(
    mailer: Make, office: Make, parcel: Parcel, security: str, mechanisms: tuple[str, ...]
) -> None:
    # aiosmtpd takes TLS from the first byte for none
    at = office(security, login=True, auth_exclude_mechanism=mechanisms, auth_require_tls=security != "tls")
    assert set(ends(deliver(mailer(at.port, security=security), parcel)).values()) == {"sent"}
    assert len(at.inbox.mails) == 3


def test_a_password_can_lie_in_a_file_that_only_its_owner_reads(
    mailer: Make, office: Make, parcel: Parcel, login: str, tmp_path: Path
) -> None:
    file, at = tmp_path / "password", office(login=True)
    file.write_text(f"{login}\n", encoding="utf-8")
    file.chmod(0o600)
    channel = mailer(at.port, password_from=str(file))
    assert set(ends(deliver(channel, parcel)).values()) == {"sent"}
    file.chmod(0o640)
    with pytest.raises(ConfigError, match="chmod 600"):
        next(channel.deliver(parcel, (ANNA,)))


def test_a_wrong_password_is_later_for_everyone_until_it_is_mended(
    mailer: Make, office: Make, parcel: Parcel, login: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = office(login=True)
    channel = mailer(at.port)
    monkeypatch.setenv("BRIEFING_SMTP_PASSWORD", "wrong-one")
    receipts = deliver(channel, parcel)
    assert [receipt.state for receipt in receipts] == ["later"] * 3
    assert all("the login failed: 535 5.7.8" in detail for detail in details(receipts).values())
    monkeypatch.setenv("BRIEFING_SMTP_PASSWORD", login)
    assert set(ends(deliver(channel, parcel)).values()) == {"sent"}


def test_a_server_that_cannot_check_logins_now_is_later(
    mailer: Make, office: Make, parcel: Parcel, login: str
) -> None:
    at = office(login=True, answers={"AUTH": ["454 4.7.0 Directory is down"]})
    receipts = deliver(mailer(at.port), parcel)
    assert [receipt.state for receipt in receipts] == ["later"] * 3
    assert details(receipts)[ANNA].endswith("the login failed: 454 4.7.0 Directory is down")


def test_a_server_that_wants_a_login_where_there_is_none_is_later(
    mailer: Make, office: Make, parcel: Parcel
) -> None:
    at = office(login=True)
    receipts = deliver(mailer(at.port), parcel)
    assert ends(receipts) == dict.fromkeys((ANNA, BORYS, CHEF), "later")
    assert details(receipts)[ANNA].startswith("530 5.7.0")


def test_a_login_that_the_server_does_not_offer_is_later(
    mailer: Make, office: Make, parcel: Parcel, login: str
) -> None:
    at = office(login=True, auth_exclude_mechanism=("PLAIN", "LOGIN"))
    receipts = deliver(mailer(at.port), parcel)
    assert [receipt.state for receipt in receipts] == ["later"] * 3
    assert "offers no login that we know" in details(receipts)[ANNA]


def test_a_login_never_leaves_without_encryption(
    mailer: Make, scripted: Make, parcel: Parcel, login: str
) -> None:
    heard: list[bytes] = []
    port = scripted(answering({}, extensions=(b"AUTH PLAIN LOGIN",), heard=heard))
    assert ends(deliver(mailer(port, security="none"), parcel, (ANNA,))) == {ANNA: "sent"}
    assert not [line for line in heard if line.upper().startswith(b"AUTH")]


def test_a_user_without_a_password_is_an_error_before_anything_leaves(
    mailer: Make, parcel: Parcel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFING_SMTP_USER", "desk")
    with pytest.raises(ConfigError, match="BRIEFING_SMTP_PASSWORD no password"):
        next(mailer().deliver(parcel, (ANNA,)))


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_certificates_that_cannot_be_read_are_an_error(
    mailer: Make, parcel: Parcel, tmp_path: Path, content: str | None
) -> None:
    if content:
        (tmp_path / "ca.pem").write_text(content, encoding="utf-8")
    channel = Mailer(mailer().options, tmp_path)
    with pytest.raises(ConfigError, match=r"ca_file .*ca.pem cannot be used"):
        next(channel.deliver(parcel, (ANNA,)))


def test_a_server_that_repeats_the_password_does_not_bring_it_into_a_receipt(
    mailer: Make, scripted: Make, parcel: Parcel, login: str, authority: Any
) -> None:
    def echo(wire: socket.socket) -> None:
        with authority.serving("localhost").wrap_socket(wire, server_side=True) as safe:
            answering(
                {b"AUTH": lambda line: b"535 You said " + line + b" or " + decoded(line) + b"\r\n"},
                extensions=(b"AUTH PLAIN",),
            )(safe)

    def decoded(line: bytes) -> bytes:
        return base64.b64decode(line.split()[-1]).replace(b"\0", b" ")

    receipts = deliver(mailer(scripted(echo), security="tls"), parcel, (ANNA,))
    detail = details(receipts)[ANNA]
    assert "the login failed: 535 You said AUTH PLAIN *** or" in detail
    assert login not in detail
    assert base64.b64encode(f"\0desk\0{login}".encode()).decode() not in detail


# --- connections that break, servers that dawdle ---------------------------------------------------------


def line_of(wire: socket.socket) -> bytes:
    """The next line that the client says."""
    line = bytearray()
    while not line.endswith(b"\r\n"):
        piece = wire.recv(1)
        if not piece:
            raise ConnectionError
        line += piece
    return bytes(line[:-2])


def answering(
    odd: dict[bytes, Any],
    extensions: tuple[bytes, ...] = (),
    heard: list[bytes] | None = None,
    greeting: bytes = b"220 here\r\n",
) -> Talk:
    """A server that answers as it should, except to the verbs in `odd`; "." stands for the end of a mail.

    An odd answer is bytes, or a function of the line that was said.
    """
    usual = {
        b"EHLO": b"".join(b"250-%s\r\n" % each for each in (b"here", *extensions)) + b"250 HELP\r\n",
        b"DATA": b"354 go\r\n",
    }

    def say(wire: socket.socket, verb: bytes, line: bytes) -> None:
        answer = odd.get(verb, usual.get(verb, b"250 OK\r\n"))
        wire.sendall(answer(line) if callable(answer) else answer)

    def talk(wire: socket.socket) -> None:
        wire.sendall(greeting)
        while True:
            line = line_of(wire)
            verb = line.split(b" ")[0].upper()
            if heard is not None:
                heard.append(line)
            say(wire, verb, line)
            if verb == b"DATA" and b"DATA" not in odd:
                while line_of(wire) != b".":
                    pass
                say(wire, b".", b".")

    return talk


def hang_up(_: bytes) -> bytes:
    raise ConnectionError


def test_nobody_is_asked_twice_where_there_is_no_connection(mailer: Make, parcel: Parcel) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    receipts = deliver(mailer(port, server="127.0.0.1"), parcel)
    assert [receipt.state for receipt in receipts] == ["later"] * 3
    assert set(details(receipts).values()) == {f"127.0.0.1:{port}: no connection (Connection refused)"}


@pytest.mark.parametrize("server", ["nowhere.invalid", "x" * 70 + ".invalid", "a..b"])
def test_a_server_that_does_not_exist_is_later(mailer: Make, parcel: Parcel, server: str) -> None:
    receipts = deliver(mailer(server=server), parcel)
    assert [receipt.state for receipt in receipts] == ["later"] * 3
    assert f"{server}:25: no connection (" in details(receipts)[ANNA]


@pytest.mark.parametrize(
    "greeting", [b"554 5.7.1 Not you\r\n", b"421 Too busy\r\n", b"HTTP/1.1 400 Bad\r\n\r\n", b""]
)
def test_a_greeting_that_is_none_is_later_for_everyone(
    mailer: Make, scripted: Make, parcel: Parcel, greeting: bytes
) -> None:
    receipts = deliver(mailer(scripted(lambda wire: wire.sendall(greeting)), security="none"), parcel)
    assert [receipt.state for receipt in receipts] == ["later"] * 3
    assert greeting.strip()[:8].decode() in details(receipts)[ANNA]


def test_421_in_mid_way_is_later_for_this_one_and_the_next_gets_a_new_connection(
    mailer: Make, office: Make, parcel: Parcel
) -> None:
    at = office(answers={f"RCPT {BORYS}": ["421 4.3.2 Going down"]})
    receipts = deliver(mailer(at.port), parcel)
    assert ends(receipts) == {ANNA: "sent", BORYS: "later", CHEF: "sent"}
    assert details(receipts)[BORYS] == "421 4.3.2 Going down"
    assert len(at.inbox.connections) == 4


def test_a_connection_that_was_closed_between_two_mails_is_made_again(
    mailer: Make, scripted: Make, parcel: Parcel
) -> None:
    heard: list[bytes] = []
    port = scripted(answering({b"RSET": hang_up}, heard=heard))
    receipts = deliver(mailer(port, security="none"), parcel)
    assert ends(receipts) == dict.fromkeys((ANNA, BORYS, CHEF), "sent")
    assert [line for line in heard if line.startswith(b"ehlo")] == [b"ehlo [127.0.0.1]"] * 3


def test_a_connection_that_breaks_before_the_mail_is_later_for_this_one_without_any_doubt(
    mailer: Make, office: Make, parcel: Parcel
) -> None:
    at = office(answers={f"RCPT {BORYS}": ["hang up"]})
    receipts = deliver(mailer(at.port), parcel)
    assert ends(receipts) == {ANNA: "sent", BORYS: "later", CHEF: "sent"}
    assert "second copy" not in details(receipts)[BORYS]


def test_a_connection_that_breaks_after_the_mail_is_later_and_says_that_a_copy_may_come(
    mailer: Make, office: Make, parcel: Parcel
) -> None:
    at = office(answers={f"DATA {BORYS}": ["hang up"]})
    channel = mailer(at.port)
    receipts = deliver(channel, parcel)
    assert ends(receipts) == {ANNA: "sent", BORYS: "later", CHEF: "sent"}
    assert f"a second copy would be <{parcel.name}@example.org> again" in details(receipts)[BORYS]
    assert ends(deliver(channel, parcel, (BORYS,))) == {BORYS: "sent"}
    first, second = (content for address, content in at.inbox.mails if address == BORYS)
    assert first == second


def test_421_to_a_whole_mail_leaves_no_doubt(mailer: Make, scripted: Make, parcel: Parcel) -> None:
    port = scripted(answering({b".": b"421 4.3.0 Not taken\r\n"}))
    receipts = deliver(mailer(port, security="none"), parcel, (ANNA,))
    assert (ends(receipts), details(receipts)) == ({ANNA: "later"}, {ANNA: "421 4.3.0 Not taken"})


@pytest.mark.parametrize("cut", [b"2", b"25", b"250", b"250 kept", b"250-kept\r\n", b"550 no"])
def test_an_answer_that_is_cut_off_is_none(mailer: Make, scripted: Make, parcel: Parcel, cut: bytes) -> None:
    def cut_off(wire: socket.socket) -> None:
        def answer(_: bytes) -> bytes:
            wire.sendall(cut)
            raise ConnectionError

        answering({b".": answer})(wire)

    receipts = deliver(mailer(scripted(cut_off), security="none"), parcel, (ANNA,))
    assert ends(receipts) == {ANNA: "later"}
    assert "second copy" in details(receipts)[ANNA]


def test_a_server_that_never_stops_talking_is_not_listened_to(
    mailer: Make, scripted: Make, parcel: Parcel
) -> None:
    def flood(wire: socket.socket) -> None:
        while True:
            wire.sendall(b"250-more\r\n" * 10_000)

    receipts = deliver(mailer(scripted(flood), security="none", limits=Limits()), parcel, (ANNA,))
    assert [receipt.state for receipt in receipts] == ["later"]


def drip(wire: socket.socket) -> bytes:
    """A byte at a time, each well before anyone's patience ends, and never a line."""
    while True:
        wire.sendall(b"2")
        wire.settimeout(0.05)
        try:
            if not wire.recv(1000):
                return b""
        except TimeoutError:
            pass


def mute(wire: socket.socket) -> None:
    while wire.recv(1000):
        pass


@pytest.mark.parametrize("security", ["none", "starttls", "tls"])
@pytest.mark.parametrize("talk", [drip, mute])
def test_a_server_that_never_greets_is_given_up_once_for_all(
    mailer: Make, scripted: Make, parcel: Parcel, talk: Talk, security: str
) -> None:
    receipts = deliver(mailer(scripted(talk), security=security, limits=HASTY), parcel)
    assert [receipt.state for receipt in receipts] == ["later"] * 3


HASTY = Limits(connect=20.0, command=1.0, message=1.5, answer=1.5, goodbye=0.2)


@pytest.mark.parametrize("slow", [b"MAIL", b"RCPT", b"DATA", b"."])
def test_a_server_that_drips_its_answers_holds_nobody_for_ever(
    mailer: Make, scripted: Make, parcel: Parcel, slow: bytes
) -> None:
    def dripping(wire: socket.socket) -> None:
        answering({slow: lambda _: drip(wire)})(wire)

    receipts = deliver(mailer(scripted(dripping), security="none", limits=HASTY), parcel)
    assert [receipt.state for receipt in receipts] == ["sending", "later", "sending", "later", "later"]
    told = list(details(receipts).values())
    assert all("no end after 2 s" in detail for detail in told)
    assert ("second copy" in told[0]) == (slow == b".")
    assert "2 connections broke one after the other" in told[2]


def test_a_server_that_reads_a_large_mail_too_slowly_is_given_up(
    mailer: Make, scripted: Make, heavy: Parcel
) -> None:
    huge = replace(heavy, pages=(Page("pdf", "edition.pdf", b"%PDF-1.7" + b"x" * 6_000_000),))

    halt = threading.Event()

    def stop_reading(wire: socket.socket) -> None:
        def never(_: bytes) -> bytes:
            wire.sendall(b"354 go\r\n")
            halt.wait(20)
            return b""

        answering({b"DATA": never})(wire)

    limits = replace(HASTY, slowest=10_000_000.0)
    channel = mailer(scripted(stop_reading), security="none", limits=limits, attach_up_to=20_000_000)
    receipts = deliver(channel, huge, (ANNA,))
    halt.set()
    assert ends(receipts) == {ANNA: "later"}
    assert "second copy" not in details(receipts)[ANNA]


@pytest.mark.parametrize("verb", [b"MAIL", b"RCPT", b"DATA"])
@pytest.mark.parametrize(
    "nonsense", [b"what?\r\n", b"100 hm\r\n", b"\r\n", b"250 " + b"x" * 10_000 + b"\r\n"]
)
def test_nonsense_is_later_and_ends_the_connection(
    mailer: Make, scripted: Make, parcel: Parcel, verb: bytes, nonsense: bytes
) -> None:
    receipts = deliver(
        mailer(scripted(answering({verb: nonsense})), security="none", limits=HASTY), parcel, (ANNA,)
    )
    assert ends(receipts) == {ANNA: "later"}


def test_an_old_server_that_knows_only_helo_is_served(mailer: Make, scripted: Make, parcel: Parcel) -> None:
    heard: list[bytes] = []
    port = scripted(answering({b"EHLO": b"502 What?\r\n"}, heard=heard))
    assert ends(deliver(mailer(port, security="none"), parcel, (ANNA,))) == {ANNA: "sent"}
    assert b"MAIL FROM:<desk@example.org>" in heard


def test_a_line_that_starts_with_a_dot_arrives_as_it_was(mailer: Make, office: Make, parcel: Parcel) -> None:
    dotted = replace(parcel, letter=replace(parcel.letter, text=".\n..\n.x\nend\n"))
    at = office("none")
    deliver(mailer(at.port, security="none"), dotted, (ANNA,))
    ((_, content),) = at.inbox.mails
    part = message_from_bytes(content, policy=policy.default).get_body(("plain",))
    assert part is not None
    assert part.get_content().replace("\r\n", "\n") == ".\n..\n.x\nend\n"


# --- addresses beyond ASCII -------------------------------------------------------------------------------


@pytest.mark.parametrize("knows", [True, False])
def test_letters_before_the_at_need_a_server_that_knows_them(
    mailer: Make, office: Make, parcel: Parcel, knows: bool
) -> None:
    at = office(enable_SMTPUTF8=knows)
    channel = mailer(
        at.port, to=["Пошта <пошта@приклад.укр>", f"Anna <{ANNA}>", "d@приклад.укр"], cc=[], bcc=[]
    )
    receipts = deliver(channel, parcel)
    assert channel.addresses() == ("пошта@приклад.укр", ANNA, "d@приклад.укр")
    assert ends(receipts) == {
        "пошта@приклад.укр": "sent" if knows else "refused",
        ANNA: "sent",
        "d@приклад.укр": "sent",
    }
    international = ["пошта@xn--80aikifvh.xn--j1amh"] if knows else []
    assert at.inbox.recipients == [*international, ANNA, "d@xn--80aikifvh.xn--j1amh"]
    assert [("SMTPUTF8" in options) for options in at.inbox.options] == [True, False, False][not knows :]
    if not knows:
        assert "SMTPUTF8" in details(receipts)["пошта@приклад.укр"]


# --- DKIM ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture(params=[serialization.PrivateFormat.PKCS8, serialization.PrivateFormat.TraditionalOpenSSL])
def signing(request: pytest.FixtureRequest, key: rsa.RSAPrivateKey, tmp_path: Path) -> dict[str, str]:
    """The options that sign with a key, in either form that openssl writes."""
    plain = serialization.NoEncryption()
    (tmp_path / "dkim.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, request.param, plain))
    (tmp_path / "dkim.pem").chmod(0o600)
    return {"dkim_selector": "m2026", "dkim_key": str(tmp_path / "dkim.pem")}


def test_a_signed_mail_is_the_same_each_time_and_verifies(
    mailer: Make, office: Make, parcel: Parcel, key: rsa.RSAPrivateKey, signing: dict[str, str]
) -> None:
    public = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    record = b"v=DKIM1; k=rsa; p=" + base64.b64encode(public)
    at = office()
    channel = mailer(at.port, sender="desk@приклад.укр", **signing)
    deliver(channel, parcel)
    contents = {content for _, content in at.inbox.mails}
    (content,) = contents
    asked: list[bytes] = []

    def dns(name: bytes, timeout: int = 5) -> bytes:
        asked.append(name)
        return record

    assert content == eml(parcel, channel.options, channel.base)
    assert dkim.verify(content, dnsfunc=dns)
    assert asked == [b"m2026._domainkey.xn--80aikifvh.xn--j1amh."]
    assert b"c=relaxed/relaxed" in content
    assert not dkim.verify(content.replace(b"Subject: ", b"Subject: x"), dnsfunc=dns)
    assert not dkim.verify(content.replace(b"\r\nTo: ", b"\r\nSubject: other\r\nTo: ", 1), dnsfunc=dns)


@pytest.mark.parametrize(
    "content", ["", "no key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "ключ"]
)
def test_a_key_that_cannot_sign_is_an_error_that_does_not_show_it(
    mailer: Make, parcel: Parcel, tmp_path: Path, content: str
) -> None:
    (tmp_path / "dkim.pem").write_text(content, encoding="utf-8")
    (tmp_path / "dkim.pem").chmod(0o600)
    channel = mailer(dkim_selector="a", dkim_key=str(tmp_path / "dkim.pem"))
    with pytest.raises(ConfigError, match="dkim_key holds no RSA private key") as refusal:
        next(channel.deliver(parcel, (ANNA,)))
    assert not content or content not in str(refusal.value)


WITHOUT = """
import sys
sys.modules["dkim"] = None  # as where the package is not installed
from briefing.errors import ConfigError
from briefing.send.signature import signed
try:
    signed(b"From: a@b.c\\r\\n\\r\\nx\\r\\n", "b.c", "s", "k")
except ConfigError as error:
    print(error)
"""


def test_without_the_extra_it_says_what_to_install() -> None:
    run = subprocess.run(
        [sys.executable, "-c", WITHOUT],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "pip install 'briefing-desk[dkim]'" in run.stdout


# --- the operator -----------------------------------------------------------------------------------------


NOW = dt.datetime(2026, 11, 23, 6, 30, tzinfo=dt.UTC)


def test_the_operator_is_told_in_a_short_mail(
    office: Make, options: Callable[..., Mail], authority: Any
) -> None:
    at = office()
    told = options(at.port, operator="Night shift <Op@Example.org>")
    receipt = alert(
        told, authority.folder, "Немає випуску", "Жодне джерело не відповіло.", "ab" * 16, now=NOW
    )
    assert receipt == Receipt("mail", "Op@example.org", "sent", "250 kept")
    ((recipient, content),) = at.inbox.mails
    mail = message_from_bytes(content, policy=policy.default)
    assert (recipient, mail["to"]) == ("Op@example.org", "Night shift <Op@example.org>")
    assert (mail["subject"], mail["message-id"]) == ("Немає випуску", f"<{'ab' * 16}@example.org>")
    assert mail.get_content().strip() == "Жодне джерело не відповіло."
    assert mail["date"].datetime == NOW


def test_an_operator_who_cannot_be_reached_is_a_receipt_and_none_an_error(
    options: Callable[..., Mail], authority: Any
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    receipt = alert(options(port, operator="op@example.org"), authority.folder, "s", "t", "n", now=NOW)
    assert (receipt.address, receipt.state) == ("op@example.org", "later")
    with pytest.raises(ConfigError, match="no `operator`"):
        alert(options(port), authority.folder, "s", "t", "n", now=NOW)


@pytest.mark.parametrize("address", ["nobody", "a@b\r\nRCPT TO:<c@d.org>", "a@b> SIZE=1 <c@d.org"])
def test_what_is_no_address_is_an_error_before_anything_leaves(
    mailer: Make, parcel: Parcel, address: str
) -> None:
    with pytest.raises(ConfigError, match="cannot be used"):
        next(mailer().deliver(parcel, (ANNA, address)))
