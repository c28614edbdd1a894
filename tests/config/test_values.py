"""Single values of `deliver:`: addresses, sizes, and names of secrets that are not the secrets themselves."""

from __future__ import annotations

import base64
import re
from email.message import EmailMessage
from email.utils import formataddr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.config import values

LATIN = "abcdefghijklmnopqrstuvwxyz0123456789"
words = st.text(LATIN + "-", min_size=1, max_size=12).filter(lambda w: w[0] != "-" and w[-1] != "-")
locals_ = st.lists(st.text(LATIN + "_+-", min_size=1, max_size=10), min_size=1, max_size=3).map(".".join)
domains = st.lists(words, min_size=1, max_size=3).map(".".join)
addresses = st.builds("{}@{}".format, locals_, domains)
# Letters, digits and the signs of names, in several scripts, as people are called.
names = st.text(
    st.characters(categories=["Lu", "Ll", "Lo", "Nd"]) | st.sampled_from(" .,'’()\"&-"), max_size=40
)
noise = st.text(st.sampled_from('abc@.,;:<>()[]"\\ \t\r\n\0=?_-é\u2028\u202e'), max_size=40) | st.text()


@given(addresses)
def test_an_ordinary_address_is_taken_as_it_is(address: str) -> None:
    assert values.mailbox(address) == address
    assert values.bare_address(address) == address.casefold()


@given(names, addresses)
def test_what_formataddr_makes_of_a_name_is_taken(name: str, address: str) -> None:
    made = formataddr((name.strip(), address))
    assert values.mailbox(made) == made
    assert values.bare_address(made) == address.casefold()


@given(addresses, addresses, st.sampled_from([",", ", ", ";", " ", "\n", ",\n "]))
def test_two_addresses_are_not_one(one: str, two: str, between: str) -> None:
    with pytest.raises(ValueError, match="one mail address"):
        values.mailbox(f"{one}{between}{two}")
    with pytest.raises(ValueError, match="one mail address"):
        values.mailbox(f"A <{one}>{between}B <{two}>")
    assert values.bare_address(f"{one}{between}{two}") == ""


@given(
    names, addresses, st.sampled_from(["\n", "\r", "\r\n", "\0", "\x0b", "\x85", "\u2028", "\x1b"]), st.data()
)
def test_no_line_break_passes_wherever_it_stands(
    name: str, address: str, sign: str, data: st.DataObject
) -> None:
    text = f'"{name}" <{address}>'
    where = data.draw(st.integers(0, len(text)))
    with pytest.raises(ValueError, match="one mail address"):
        values.mailbox(text[:where] + sign + text[where:])


@pytest.mark.parametrize("hidden", ["a\r\nBcc: x@example.org", "a\nb", "\x1b[31m", "a\u2028b"])
@pytest.mark.parametrize("coding", ["b", "q"])
def test_no_line_break_passes_inside_an_encoded_name(hidden: str, coding: str) -> None:
    content = hidden.encode()
    word = (
        base64.b64encode(content).decode() if coding == "b" else "".join(f"={byte:02X}" for byte in content)
    )
    with pytest.raises(ValueError, match="one mail address"):
        values.mailbox(f"=?utf-8?{coding}?{word}?= <desk@example.org>")


@pytest.mark.parametrize(
    "text",
    [
        *("", "desk", "@example.org", "desk@", "desk@@example.org", "a b@example.org", "<desk@example.org"),
        *("desk@exa mple.org", "Desk: a@example.org, b@example.org;", "a@b..c", "(" * 400),
        *("desk@example.org,", ",desk@example.org", "desk@example.org, "),
        *("mailto:desk@example.org", "Desk <desk@example.org> x", "x" * 600 + "@example.org"),
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="one mail address"):
        values.mailbox(text)


@given(noise)
def test_what_is_taken_is_one_address_on_one_line_and_makes_a_header(text: str) -> None:
    try:
        taken = values.recipient(text)
    except ValueError:
        return
    assert not re.search(r"[\r\n\0\u2028\u2029\x85]", taken)
    message = EmailMessage()
    message["To"] = taken
    (found,) = message["To"].addresses
    assert not re.search(r"[\s,;<>]", found.addr_spec)


@given(st.integers(0, 9999), st.sampled_from(["kB", "MB"]), st.sampled_from(["", " "]))
def test_a_size_is_a_number_and_its_unit(number: int, unit: str, space: str) -> None:
    assert values.size(f"{number}{space}{unit}") == number * {"kB": 1_000, "MB": 1_000_000}[unit]


@given(st.text(max_size=12) | st.from_regex(r"[0-9]{0,3} ?[kKmMgG]?[bB]?s?", fullmatch=True))
def test_a_size_is_refused_or_as_many_bytes_as_it_says(text: str) -> None:
    try:
        found = values.size(text)
    except ValueError as error:
        assert "10 MB" in str(error)
    else:
        assert re.fullmatch(r"[0-9]{1,4} ?[kM]B", text.strip(), re.ASCII)
        assert isinstance(found, int)


@pytest.mark.parametrize("text", ["10MBs", "10", "10 mb", "1.5 MB", "-1 MB", "10  MB", "MB", "١ MB", "10 GB"])
def test_a_size_that_could_be_misread_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="10 MB"):
        values.size(text)


@pytest.mark.parametrize(
    "name",
    [
        "BRIEFING_SMTP_PASSWORD",
        "_X",
        "",
        "/run/credentials/smtp",
        "./secrets/smtp",
        "../dkim",
        "dkim.pem",
        "k/d.pem",
    ],
)
def test_a_variable_or_a_path_names_a_secret(name: str) -> None:
    assert values.secret_name(name) == name


# What password generators and services hand out; capitals and digits alone cannot be told from a variable.
generated = st.one_of(
    st.text(LATIN + LATIN.upper() + "!$%&*+-_^~#", min_size=8, max_size=40).filter(
        lambda text: not re.fullmatch(r"[A-Z_][A-Z0-9_]*", text)
    ),
    st.binary(min_size=16, max_size=32).map(lambda raw: f"whsec_{base64.b64encode(raw).decode()}"),
    st.binary(min_size=16, max_size=32).map(bytes.hex).filter(lambda text: not text.isupper()),
    st.binary(min_size=16, max_size=17).map(lambda raw: base64.b64encode(raw).decode()),  # they end in "="
    st.lists(st.text(LATIN, min_size=3, max_size=8), min_size=3, max_size=5).map(" ".join),
    st.just("-----BEGIN PRIVATE KEY-----\nMC4CAQAw\n-----END PRIVATE KEY-----\n"),
)


@given(generated)
def test_a_secret_is_no_name_and_the_message_does_not_repeat_it(secret: str) -> None:
    with pytest.raises(ValueError, match="NAME") as caught:
        values.secret_name(secret)
    assert secret not in str(caught.value)


@given(st.text())
def test_the_name_of_a_secret_stands_on_one_line(text: str) -> None:
    try:
        taken = values.secret_name(text)
    except ValueError:
        return
    assert not re.search(r"[\r\n\0\x1b]", taken)


@pytest.mark.parametrize(
    "address", ["mailto:desk@example.org?subject=leave", "https://example.org/leave", ""]
)
def test_a_way_to_leave_is_taken(address: str) -> None:
    assert values.unsubscribe(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "desk@example.org",
        "http://example.org",
        "mailto:desk",
        "https://",
        "https://a b",
        "https://a>\r\nX: y",
    ],
)
def test_a_way_that_no_header_can_hold_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="mailto: or https:"):
        values.unsubscribe(address)
