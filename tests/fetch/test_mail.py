"""Saved mail on disk: one file, an mbox, a Maildir, folders of them."""

from __future__ import annotations

import mailbox
import os
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from briefing.bounds import MAX_MAIL, MAX_MAILS
from briefing.config.source import Source
from briefing.fetch import fetch, mail
from briefing.model import Document, Miss

NOW = datetime(2026, 3, 12, 6, tzinfo=UTC)
POSTMARK = b"From desk@harbour.example Wed Mar 11 09:15:00 2026\n"


def fetched(source: Source, base: Path) -> list[Document | Miss]:
    (found,) = [fetched.documents for _, fetched in fetch([source], base, now=NOW)]
    return [one for one in found if isinstance(one, Document | Miss)]


def documents(spelled: str, base: Path) -> dict[str, bytes]:
    return {d.address: d.content for d in fetched(Source(mail=spelled), base) if isinstance(d, Document)}


def reasons(spelled: str, base: Path) -> dict[str, str]:
    return {d.address: d.reason for d in fetched(Source(mail=spelled), base) if isinstance(d, Miss)}


def letter(number: int, text: str = "The ferry sails.") -> bytes:
    return f"Message-ID: <{number}@harbour.example>\nSubject: Ferry {number}\n\n{text}\n".encode()


def boxed(*mails: bytes) -> bytes:
    return b"\n".join(POSTMARK + one for one in mails)


def test_an_mbox_gives_its_mails_by_their_ids_the_newest_first(tmp_path: Path) -> None:
    (tmp_path / "box").write_bytes(boxed(letter(1), letter(2)))
    found = documents("box", tmp_path)
    assert list(found) == ["box#2@harbour.example", "box#1@harbour.example"]
    assert found["box#1@harbour.example"] == letter(1).rstrip()


def test_an_mbox_that_python_wrote_is_read_as_python_reads_it(tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "box.mbox")
    for number in range(5):
        message = EmailMessage()
        message["Subject"], message["Message-ID"] = f"Ferry {number}", f"<{number}@harbour.example>"
        message.set_content(f"From here on it sails.\n\nFrom Lund it sails at 10:00 in 2026.\n{number}")
        box.add(message)
    box.close()
    found = documents("box.mbox", tmp_path)
    assert list(found) == [f"box.mbox#{number}@harbour.example" for number in (4, 3, 2, 1, 0)]
    assert b"\nFrom here on it sails.\n\nFrom Lund it sails" in found["box.mbox#3@harbour.example"]


def test_from_in_a_text_parts_no_mails(tmp_path: Path) -> None:
    text = "From what we know at 10:00 in 2026\nnobody: says more\n\n>From Lund\n>>From afar"
    (tmp_path / "box").write_bytes(boxed(letter(1, "From what we know,\nnobody says more."), letter(2, text)))
    found = documents("box", tmp_path)
    assert len(found) == 2
    assert found["box#2@harbour.example"].endswith(b"\n\nFrom Lund\n>From afar")


def test_mails_keep_their_addresses_when_others_come(tmp_path: Path) -> None:
    nameless, twice = b"Subject: x\n\nText.", letter(1, "Another text.")
    (tmp_path / "box").write_bytes(boxed(letter(1), nameless))
    before = set(documents("box", tmp_path))
    (tmp_path / "box").write_bytes(boxed(letter(1), nameless, letter(3)))
    assert set(documents("box", tmp_path)) == before | {"box#3@harbour.example"}
    (tmp_path / "box").write_bytes(boxed(letter(1), twice))
    assert len(documents("box", tmp_path)) == 2


def test_what_thunderbird_has_deleted_is_not_read(tmp_path: Path) -> None:
    deleted = b"X-Mozilla-Status: 0009\n" + letter(1)
    (tmp_path / "Inbox").write_bytes(boxed(deleted, b"X-Mozilla-Status: 0001\n" + letter(2)))
    (tmp_path / "Inbox.msf").write_bytes(b"// <!-- <mdb:mork:z v=1.4/> -->")
    assert list(documents(".", tmp_path)) == ["./Inbox#2@harbour.example"]
    assert not reasons(".", tmp_path)


def test_of_a_large_mailbox_the_end_is_read_and_it_is_told(tmp_path: Path) -> None:
    with (tmp_path / "box").open("wb") as file:
        file.write(POSTMARK + letter(1))
        file.truncate(3_000_000_000)  # a hole: nobody could read it all
        file.seek(0, os.SEEK_END)
        file.write(b"\n" + boxed(letter(2), letter(3)))
    found = fetched(Source(mail="box"), tmp_path)
    assert [d.address for d in found] == ["box#3@harbour.example", "box#2@harbour.example", "box"]
    assert getattr(found[-1], "reason", "") == "its older mails: a mailbox is read up to its newest 200"


def test_a_mailbox_is_read_up_to_its_newest_mails(tmp_path: Path) -> None:
    mails = [letter(number) for number in range(MAX_MAILS + 3)]
    (tmp_path / "box").write_bytes(boxed(*mails))
    found = documents("box", tmp_path)
    assert len(found) == MAX_MAILS
    assert "box#2@harbour.example" not in found and "box#3@harbour.example" in found
    assert reasons("box", tmp_path) == {"box": "its older mails: a mailbox is read up to its newest 200"}


def test_a_maildir_gives_its_mails_and_their_addresses_stay_when_they_are_read(tmp_path: Path) -> None:
    box = mailbox.Maildir(tmp_path / "Mail")
    box.add(mailbox.MaildirMessage(letter(1)))
    box.add(mailbox.MaildirMessage(letter(2)))
    before = documents("Mail", tmp_path)
    assert sorted(before.values()) == [letter(1), letter(2)]
    for key in box.iterkeys():
        message = box[key]
        message.set_subdir("cur")
        message.set_flags("SR")
        box[key] = message
    assert documents("Mail", tmp_path) == before
    for key in list(box.iterkeys()):
        message = box[key]
        message.set_flags("ST")
        box[key] = message
    assert documents("Mail", tmp_path) == {}


def test_the_newest_of_a_maildir_are_those_that_came_last(tmp_path: Path) -> None:
    for part in ("cur", "new", "tmp"):
        (tmp_path / part).mkdir()
    (tmp_path / "tmp" / "9999.half").write_bytes(letter(0))
    for number in range(MAX_MAILS + 1):
        (tmp_path / "new" / f"{900 + number}.a").write_bytes(letter(number))
    found = documents(".", tmp_path)
    assert next(iter(found)) == f"./{900 + MAX_MAILS}.a"
    assert "./900.a" not in found
    assert list(reasons(".", tmp_path)) == ["."]


def test_a_folder_gives_what_mail_there_is_in_it(tmp_path: Path) -> None:
    (tmp_path / "post" / "Lists").mkdir(parents=True)
    mailbox.Maildir(tmp_path / "post" / "Lists" / "River").add(mailbox.MaildirMessage(letter(3)))
    (tmp_path / "post" / "a.eml").write_bytes(letter(1))
    (tmp_path / "post" / "b.mbox").write_bytes(boxed(letter(2)))
    (tmp_path / "post" / "empty").write_bytes(b"")
    (tmp_path / "post" / "note.txt").write_bytes(b"no mail\n")
    (tmp_path / "post" / ".hidden").write_bytes(letter(4))
    (tmp_path / "secret.eml").write_bytes(letter(5))
    (tmp_path / "post" / "link.eml").symlink_to(tmp_path / "secret.eml")
    (tmp_path / "post" / "up").symlink_to(tmp_path / "post")
    found = documents("post", tmp_path)
    assert list(found.values()) == [letter(3), letter(1), letter(2).rstrip()]
    assert reasons("post", tmp_path) == {
        "post/link.eml": "a link that leaves the folder",
        "post/note.txt": "neither a mail nor a mailbox: known are .eml, mbox and Maildir",
        "post/up": "a link to a folder: its files are read where they lie",
    }


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("nowhere", None, "no such file or folder"),
        ("photo.jpg", b"\xff\xd8\xff\xe0", "neither a mail nor a mailbox: known are .eml, mbox and Maildir"),
        ("large.eml", b"Subject: x\n\n" + b"x" * MAX_MAIL, "larger than 10 MB"),
        ("large", POSTMARK + b"Subject: x\n\n" + b"x" * MAX_MAIL, "larger than 10 MB"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, name: str, content: bytes | None, said: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    assert list(reasons(name, tmp_path).values()) == [said]


def test_a_source_is_bounded_however_many_mailboxes_it_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(9):
        (tmp_path / f"{number}.eml").write_bytes(letter(number, "x" * 1_000))
    monkeypatch.setattr(mail, "MAX_POST_SIZE", 5_500)
    assert list(documents(".", tmp_path)) == [f"./{number}.eml" for number in range(5)]
    monkeypatch.setattr(mail, "MAX_POST", 3)
    assert list(documents(".", tmp_path)) == [f"./{number}.eml" for number in range(3)]
    assert list(reasons(".", tmp_path)) == ["./3.eml"]


def test_a_mailbox_listed_as_a_file_says_where_it_belongs(tmp_path: Path) -> None:
    (tmp_path / "a.mbox").write_bytes(boxed(letter(1)))
    found = dict(fetch([Source(file="a.mbox")], tmp_path, now=NOW))
    assert found[0].documents == (Miss("a.mbox", "a.mbox", "a mailbox: list it under mail:"),)
