"""The webhook, against a real server and the specification's own library."""

from __future__ import annotations

import base64
import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st
from pytest_httpserver import HTTPServer
from standardwebhooks.webhooks import Webhook as Verifier
from standardwebhooks.webhooks import WebhookVerificationError
from werkzeug import Request, Response

from briefing.config import delivery
from briefing.errors import ConfigError
from briefing.model import Letter, Page, Parcel, Receipt
from briefing.render import load
from briefing.send import CHANNELS, send
from briefing.send.request import Limits, masked
from briefing.send.webhook import Webhook, body, signing_key

ROOT = Path(__file__).parents[2]
MORNING = ROOT / "tests" / "render" / "cases" / "morning.json"
KEY = bytes(range(32))
SECRET = "whsec_" + base64.b64encode(KEY).decode()
PATIENT = Limits(connect=10.0, read=20.0, total=30.0)
NO_SILENCE = Limits(connect=10.0, read=0.3, total=30.0)
NO_DRIP = Limits(connect=10.0, read=20.0, total=0.5)


@pytest.fixture(autouse=True)
def secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOOK_SECRET", SECRET)


@pytest.fixture
def parcel(tmp_path: Path) -> Parcel:
    """A whole morning, with key points of several outlets and a source that failed; its pages are written."""
    edition = load(MORNING.read_bytes())
    pages = (
        Page("md", "edition.md", "# Ранок 🛰️\n".encode()),
        Page("html", "edition.html", b"<!doctype html>"),
        Page("pdf", "edition.pdf", b"%PDF-1.7\r\n\x00\xff"),
        Page("json", "edition.json", b"{}\n"),
    )
    send(pages, tmp_path / edition.slot)
    letter = Letter("subject", "text", "<p>html</p>")
    return Parcel(
        edition, pages, letter, letter, (edition,), tmp_path, "https://desk.example/morning/", "0f" * 16
    )


def hook(url: str, limits: Limits = PATIENT) -> Webhook:
    return Webhook(delivery.Webhook(url=url, secret_from="HOOK_SECRET"), Path(), limits=limits)


def outcome(channel: Webhook, parcel: Parcel) -> Receipt:
    before, after = channel.deliver(parcel, channel.addresses())
    assert before == Receipt("webhook", channel.addresses()[0], "sending")
    assert (after.channel, after.address) == (before.channel, before.address)
    return after


def requests(server: HTTPServer) -> list[Request]:
    return [request for request, _ in server.log]


def test_any_library_of_the_standard_finds_the_signature_right(
    httpserver: HTTPServer, parcel: Parcel
) -> None:
    httpserver.expect_request("/hook", method="POST").respond_with_data("", status=204)
    assert outcome(hook(httpserver.url_for("/hook")), parcel).detail == "HTTP 204 No Content"
    (request,) = requests(httpserver)
    headers = dict(request.headers)
    assert Verifier(SECRET).verify(request.data, headers)["type"] == "briefing.edition"
    assert (headers["Webhook-Id"], headers["Content-Type"]) == (parcel.name, "application/json")
    with pytest.raises(WebhookVerificationError):
        Verifier("whsec_" + base64.b64encode(b"another").decode()).verify(request.data, headers)
    with pytest.raises(WebhookVerificationError):
        Verifier(SECRET).verify(request.data.replace(b"Verkhivka", b"Elsewhere"), headers)


def test_every_try_has_the_same_id_and_body_and_its_own_time(httpserver: HTTPServer, parcel: Parcel) -> None:
    httpserver.expect_request("/").respond_with_data("")
    moments = iter([1_700_000_000.9, 1_700_000_600.0])
    channel = replace(hook(httpserver.url_for("/")), clock=lambda: next(moments))
    for _ in range(2):
        assert outcome(channel, parcel).state == "sent"
    first, second = requests(httpserver)
    assert [r.headers["webhook-timestamp"] for r in (first, second)] == ["1700000000", "1700000600"]
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.data == second.data
    assert first.headers["webhook-signature"] != second.headers["webhook-signature"]


def test_nothing_leaves_before_the_receipt_that_says_so_is_taken(
    httpserver: HTTPServer, parcel: Parcel
) -> None:
    httpserver.expect_request("/").respond_with_data("")
    channel = hook(httpserver.url_for("/"))
    receipts = channel.deliver(parcel, channel.addresses())
    assert next(receipts).state == "sending"
    assert not httpserver.log
    assert next(receipts).state == "sent"
    assert len(httpserver.log) == 1


@pytest.mark.parametrize(
    ("status", "state"),
    [
        *[(code, "sent") for code in (200, 201, 202, 204, 299)],
        *[(code, "later") for code in (408, 425, 429, 500, 501, 502, 503, 504, 599)],
        *[(code, "refused") for code in (300, 304, 400, 401, 403, 404, 405, 410, 413, 422)],
    ],
)
def test_the_status_decides_whether_another_try_is_worth_it(
    httpserver: HTTPServer, parcel: Parcel, status: int, state: str
) -> None:
    httpserver.expect_request("/").respond_with_data("", status=status)
    told = outcome(hook(httpserver.url_for("/")), parcel)
    assert told.state == state
    assert told.detail.startswith(f"HTTP {status}")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_refused_and_never_followed(
    httpserver: HTTPServer, parcel: Parcel, status: int
) -> None:
    httpserver.expect_request("/old").respond_with_data("", status, {"Location": "/new?key=hidden"})
    httpserver.expect_request("/new").respond_with_data("")
    told = outcome(hook(httpserver.url_for("/old")), parcel)
    assert told.state == "refused"
    assert "write the new address" in told.detail
    assert "hidden" not in told.detail
    assert [request.path for request in requests(httpserver)] == ["/old"]


# --- servers that do not answer -------------------------------------------------------------------


@pytest.fixture
def port() -> int:
    """A port where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def test_a_server_that_is_down_is_asked_later(port: int, parcel: Parcel) -> None:
    told = outcome(hook(f"http://127.0.0.1:{port}/"), parcel)
    assert (told.state, told.detail) == ("later", "connection refused")


@pytest.mark.parametrize("host", ["a..b", f"{'a' * 64}.example"])
def test_a_name_that_nobody_knows_is_asked_later(host: str, parcel: Parcel) -> None:
    told = outcome(hook(f"http://{host}/"), parcel)
    assert (told.state, told.detail) == ("later", "name not found")


def test_a_certificate_that_nobody_vouches_for_gets_nothing(parcel: Parcel) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    with HTTPServer(ssl_context=context) as server:
        server.expect_request("/").respond_with_data("")
        told = outcome(hook(f"https://127.0.0.1:{server.port}/"), parcel)
        assert (told.state, told.detail) == ("later", "its certificate is not valid")
        assert not server.log


@pytest.fixture
def odd_server() -> Iterator[tuple[int, list[bytes]]]:
    """One that answers the first request with these pieces, a tenth of a second apart; then it hangs up."""
    pieces: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(65536)
                try:
                    for piece in pieces:
                        connection.sendall(piece)
                        time.sleep(0.1)
                    connection.shutdown(socket.SHUT_WR)
                    while connection.recv(65536):
                        pass  # closing over unread bytes would be another answer: a reset
                except OSError:
                    pass  # the client has given up, as it should

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        yield server.getsockname()[1], pieces
        thread.join(10)


@pytest.mark.parametrize(
    ("pieces", "limits", "said"),
    [
        ([], PATIENT, "the connection ended early or broke the HTTP protocol"),
        ([b"SSH-2.0-x\r\n"], PATIENT, "the connection ended early or broke the HTTP protocol"),
        ([b"HTTP/1.1 200 OK\r\nX: ", *[b"x"] * 40], NO_DRIP, "not finished within 0.5 s"),
    ],
)
def test_an_answer_that_is_none_is_worth_another_try(
    odd_server: tuple[int, list[bytes]], parcel: Parcel, pieces: list[bytes], limits: Limits, said: str
) -> None:
    port, script = odd_server
    script += pieces
    told = outcome(hook(f"http://127.0.0.1:{port}/", limits), parcel)
    assert (told.state, told.detail) == ("later", said)


def test_silence_is_given_up_on(httpserver: HTTPServer, parcel: Parcel) -> None:
    waiting = threading.Event()

    def silent(_: Request) -> Response:
        waiting.wait(5)
        return Response("late")

    httpserver.expect_request("/").respond_with_handler(silent)
    told = outcome(hook(httpserver.url_for("/"), NO_SILENCE), parcel)
    waiting.set()
    assert (told.state, told.detail) == ("later", "no answer within 0.3 s")


def test_a_body_without_an_end_is_not_waited_for(httpserver: HTTPServer, parcel: Parcel) -> None:
    stop = threading.Event()

    def drops() -> Iterator[bytes]:
        while not stop.wait(0.05):
            yield b"x" * 1000

    httpserver.expect_request("/").respond_with_handler(lambda _: Response(drops()))
    told = outcome(hook(httpserver.url_for("/")), parcel)
    stop.set()
    assert (told.state, told.detail) == ("sent", "HTTP 200 OK")


# --- what must not leak ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "https://hooks.example.org/services/T0/B0/hidden",
        "https://hooks.example.org/?token=hidden",
        "https://hooks.example.org?token=hidden",
        "https://desk:hidden@hooks.example.org/",
        "https://hidden@HOOKS.example.org/a#hidden",
        "https://desk:hid@hidden@hooks.example.org/",
    ],
)
def test_an_address_names_the_host_and_nothing_that_may_be_secret(url: str) -> None:
    (address,) = hook(url).addresses()
    assert address.startswith("https://hooks.example.org/…")
    assert "hidden" not in address
    assert "desk" not in address
    assert "hidden" not in repr(hook(url).addresses())


@given(st.lists(st.text("abcXYZ019", min_size=1, max_size=30), min_size=2, max_size=2, unique=True))
def test_two_addresses_of_one_host_are_told_apart(paths: list[str]) -> None:
    first, second = (masked(f"https://hooks.example.org/{path}") for path in paths)
    assert first != second
    assert first == masked(f"https://hooks.example.org/{paths[0]}")


def test_a_password_is_not_even_in_the_checksum() -> None:
    assert masked("https://desk:one@example.org/a") == masked("https://desk:two@example.org/a")
    assert masked("https://desk:one@example.org/a") != masked("https://night:one@example.org/a")


def test_what_a_server_says_of_the_address_is_not_kept(httpserver: HTTPServer, parcel: Parcel) -> None:
    httpserver.expect_request("/hidden").respond_with_data("no hook at /hidden", status=404)
    told = outcome(hook(httpserver.url_for("/hidden")), parcel)
    assert told.detail == "HTTP 404 Not Found"
    assert "hidden" not in repr(told)


def test_login_in_the_address_goes_to_the_server_alone(httpserver: HTTPServer, parcel: Parcel) -> None:
    httpserver.expect_request("/").respond_with_data("")
    told = outcome(hook(httpserver.url_for("/").replace("http://", "http://desk:hidden@")), parcel)
    (request,) = requests(httpserver)
    assert request.authorization is not None
    assert request.authorization.password == "hidden"
    assert "hidden" not in repr(told)


def test_the_environment_sends_nothing_elsewhere(
    httpserver: HTTPServer, parcel: Parcel, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{port}")
    httpserver.expect_request("/").respond_with_data("")
    assert outcome(hook(httpserver.url_for("/")), parcel).state == "sent"


# --- secrets and addresses that cannot be used ----------------------------------------------------


def refusal(channel: Webhook, parcel: Parcel) -> str:
    with pytest.raises(ConfigError) as raised:
        next(channel.deliver(parcel, channel.addresses()))
    return str(raised.value)


@pytest.mark.parametrize("value", [None, "", "whsec_", "whsec_hidden!", "whsec_hid\nden", "whsec_ключ"])
def test_a_secret_that_cannot_be_used_is_named_and_not_shown(
    value: str | None, parcel: Parcel, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HOOK_SECRET")
    if value is not None:
        monkeypatch.setenv("HOOK_SECRET", value)
    said = refusal(hook(f"http://127.0.0.1:{port}/"), parcel)
    assert "HOOK_SECRET" in said
    assert "hid" not in said


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (SECRET, KEY),
        ("whsec_AAEC", b"\0\1\2"),
        ("whsec_AA==", b"\0"),
        ("whsec_AA", b"\0"),
        ("ключ", "ключ".encode()),
        ("AAEC", b"AAEC"),
    ],
)
def test_a_secret_is_base64_after_its_prefix_and_itself_without(
    text: str, key: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOOK_SECRET", text)
    assert signing_key("HOOK_SECRET", Path()) == key


def test_a_secret_may_be_a_file_that_its_owner_alone_reads(tmp_path: Path) -> None:
    file = tmp_path / "keys" / "hook"
    file.parent.mkdir()
    file.write_text(SECRET + "\n", encoding="utf-8")
    file.chmod(0o600)
    assert signing_key("keys/hook", tmp_path) == KEY
    file.chmod(0o644)
    with pytest.raises(ConfigError, match="lets others read"):
        signing_key("keys/hook", tmp_path)


@pytest.mark.parametrize("place", ["h:99999", "h:0", "h:abc", "\x1bh"])
def test_an_address_that_cannot_be_asked_is_said_before_anything_is_tried(place: str, parcel: Parcel) -> None:
    said = refusal(hook(f"http://{place}/hidden"), parcel)
    assert "look at its host and port" in said
    assert "hidden" not in said


# --- what is said ---------------------------------------------------------------------------------


def test_the_body_says_what_the_edition_says(parcel: Parcel) -> None:
    whole = json.loads(body(parcel))
    edition, data = parcel.edition, whole["data"]
    assert list(whole) == ["type", "timestamp", "data"]
    assert whole["timestamp"] == data["as_of"] == "2024-03-12T06:00:00+02:00"
    assert (data["schema"], data["slot"], data["late"]) == ("briefing-edition/1", "2024-03-12", None)
    assert data["links"]["pdf"] == "https://desk.example/morning/2024-03-12/edition.pdf"
    assert data["pages"][0] == {
        "name": "edition.md",
        "sha256": sha256(parcel.pages[0].content).hexdigest(),
        "bytes": len(parcel.pages[0].content),
    }
    assert [point["text"] for point in data["key_points"]] == [p.statement.text for p in edition.key_points]
    first, cited = data["key_points"][0], edition.articles[0]
    assert (first["outlet"], first["url"], first["theme"]) == (cited.outlet, cited.url, "battlefield")
    assert first["source"] == "the regional road service"
    failed = [source for source in edition.sources if source.status == "failed"]
    assert failed
    assert data["sources"] == {
        "asked": len(edition.sources),
        "answered": len(edition.sources) - len(failed),
        "failed": [{"name": source.name, "error": source.error} for source in failed],
    }


def test_the_documentation_shows_what_is_sent(parcel: Parcel) -> None:
    document = (ROOT / "docs" / "webhook.md").read_text(encoding="utf-8")
    shown = json.loads(document.partition("```json\n")[2].partition("```")[0])

    def shape(value: object) -> object:
        if isinstance(value, dict):
            return {key: shape(item) for key, item in value.items()}
        return shape(value[0]) if isinstance(value, list) and value else None

    assert shape(shown) == shape(json.loads(body(parcel)))
    assert list(shown["data"]) == list(json.loads(body(parcel))["data"])


def test_a_late_edition_says_so(parcel: Parcel) -> None:
    late = replace(parcel.edition, late=parcel.edition.as_of.replace(hour=9))
    assert json.loads(body(replace(parcel, edition=late)))["data"]["late"] == "2024-03-12T09:00:00+02:00"


def test_the_same_parcel_gives_the_same_bytes_in_plain_utf_8(parcel: Parcel) -> None:
    titled = replace(parcel, edition=replace(parcel.edition, title="Ранковий </script>\x00\ud800 брифінг"))
    assert body(titled) == body(titled)
    assert "Ранковий </script>\\u0000? брифінг".encode() in body(titled)


def test_only_pages_that_were_written_are_linked(parcel: Parcel) -> None:
    (parcel.home / "2024-03-12" / "edition.pdf").unlink()
    assert list(json.loads(body(parcel))["data"]["links"]) == ["md", "html", "json"]
    assert json.loads(body(replace(parcel, link="")))["data"]["links"] == {}


def test_no_script_address_gets_through_to_a_reader(parcel: Parcel) -> None:
    cited = tuple(replace(article, url="javascript:alert(1)") for article in parcel.edition.articles)
    odd = replace(parcel, edition=replace(parcel.edition, articles=cited))
    assert b"javascript:" not in body(odd)


def test_it_is_a_channel_that_carries_no_page(tmp_path: Path) -> None:
    options = delivery.Webhook(url="https://hooks.example.org/a", secret_from="HOOK_SECRET")
    channel = CHANNELS["webhook"](options, tmp_path)
    assert (channel.name, channel.formats(), channel.waits) == ("webhook", (), False)
