"""`briefing search` as people start it."""

from __future__ import annotations

import json
from pathlib import Path

from briefing.model import Article
from briefing.store import open_store, sqlite_url
from tests.cli.conftest import Run


def fill(folder: Path) -> Path:
    path = folder / "briefing.db"
    with open_store(sqlite_url(path)) as store:
        store.add(
            [
                Article(
                    "a1",
                    "Desk",
                    "A \x1b[2J title",
                    "The drone fell.\n\nNobody was hurt.",
                    url="https://n.example/1",
                ),
                Article("b2", "Wire", "Another", "A second drone was seen over the harbour."),
            ],
            "2026-11-23",
        )
    return path


def test_what_is_found_is_a_line_each_in_a_pipe_and_an_object_each_with_json(
    run: Run, tmp_path: Path
) -> None:
    before = fill(tmp_path).read_bytes()
    done = run("search", "drones")
    assert done.returncode == 0, done.stderr
    first, second = (line.split("\t") for line in done.stdout.splitlines())
    assert [line[4] for line in (first, second)] == ["a1", "b2"]
    assert first[5] == "The drone fell. Nobody was hurt."
    assert "\x1b" not in done.stdout
    done = run("search", "harbour", "--json")
    (facts,) = map(json.loads, done.stdout.splitlines())
    assert (facts["id"], facts["source"], facts["text"][:8]) == ("b2", "Wire", "A second")
    assert (tmp_path / "briefing.db").read_bytes() == before


def test_what_cannot_be_asked_says_why(run: Run, tmp_path: Path) -> None:
    done = run("search", "drone")
    assert (done.returncode, "no store found at" in done.stderr) == (2, True)
    assert list(tmp_path.iterdir()) == []
    fill(tmp_path)
    for words, code, said in [
        (["xylophone"], 1, "nothing found for xylophone"),
        (["+-"], 2, "found no word in '+-'"),
        (["drone", "--source", "Wires"], 2, "did you mean"),
        (["drone", "--since", "soon"], 2, "--since: found 'soon'"),
    ]:
        done = run("search", *words)
        assert (done.returncode, done.stdout) == (code, "")
        assert said.lower() in done.stderr.lower(), done.stderr
