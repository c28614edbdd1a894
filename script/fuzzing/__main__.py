"""The command line of script/fuzz: every target in turn, a table on standard output.

Exit codes: 0 clean; 1 a document broke a promise or took too long; 2 usage, or no atheris here.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from fuzzing.targets import TARGETS, seeds, words_of

HANGS = 20  # seconds on the clock; what is slow on the processor is told by the child
LARGEST = 8_192  # bytes of a document: beyond it the fuzzer repeats itself
MEMORY = 800  # MB of the process, its libraries, its coverage and its corpus included
ROOM = 200  # MB that one call may ask for at once
SUMMARY = re.compile(r"stat::number_of_executed_units:\s+(\d+)")
COVERED = re.compile(r"cov: (\d+) ft: (\d+) corp: (\d+)")
NOISE = re.compile(r"#\d+|0x|\\|MS:|INFO:|\s*$")
BEGINS = re.compile(r"Uncaught Python exception|ERROR")
HEAD = """\
| reader   |      runs | a second | covered | broken |
|----------|-----------|----------|---------|--------|"""
BROKEN = re.compile(r"Test unit written to (\S+)")


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one target."""

    name: str
    runs: int
    seconds: float
    covered: str  # edges, as libFuzzer counts them
    found: tuple[Path, ...]  # documents that broke a promise
    said: str  # the last lines of a run that failed


def main(arguments: Sequence[str] | None = None) -> int:
    """Fuzz what was asked for; the exit code."""
    options = _parser().parse_args(arguments)
    unknown = [name for name in options.only if name not in TARGETS]
    if unknown:
        _tell(f"there is no reader {', '.join(unknown)}; known: {', '.join(TARGETS)}")
        return 2
    if find_spec("atheris") is None:
        _tell("atheris is not installed: it has no wheel for this Python or system")
        return 2
    print(HEAD)
    results = []
    for name in options.only or TARGETS:
        results.append(fuzz(name, options.runs, options.seed, options.keep, options.seeds))
        print(_row(results[-1]), flush=True)
    for result in results:
        if result.said:
            _tell(f"{result.name}: {', '.join(map(str, result.found))}\n{result.said}")
    return int(any(result.said for result in results))


def fuzz(name: str, runs: int, seed: int, keep: Path, more: Path | None = None) -> Result:
    """One target: `runs` documents from a fixed seed, the broken ones kept under `keep`."""
    keep.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        corpus = Path(temporary) / "corpus"
        corpus.mkdir()
        for number, content in enumerate(seeds(name)):
            (corpus / f"seed{number}").write_bytes(content)
        words = Path(temporary) / "words"
        words.write_text("".join(f'"{_escaped(word)}"\n' for word in words_of(name)))
        command = [
            sys.executable, "-P", "-m", "fuzzing.child", name,
            f"-runs={runs}", f"-seed={seed}", f"-timeout={HANGS}", f"-rss_limit_mb={MEMORY}",
            f"-malloc_limit_mb={ROOM}", f"-max_len={LARGEST}", f"-dict={words}", "-print_final_stats=1",
            f"-artifact_prefix={keep.resolve()}/{name}-", str(corpus), *([str(more)] if more else []),
        ]  # fmt: skip
        start = time.monotonic()
        done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603  # our own child
    said = (done.stderr + done.stdout).decode("utf-8", "replace")
    executed, covered = SUMMARY.findall(said), COVERED.findall(said)
    return Result(
        name,
        int(executed[-1]) if executed else 0,
        time.monotonic() - start,
        covered[-1][0] if covered else "-",
        tuple(map(Path, BROKEN.findall(said))),
        _last(said) if done.returncode else "",
    )


def _row(result: Result) -> str:
    rate, broken = result.runs / result.seconds, len(result.found)
    return f"| {result.name:8} | {result.runs:9,} | {rate:8,.0f} | {result.covered:>7} | {broken:6} |"


def _tell(line: str) -> None:
    print(f"fuzz: {line}", file=sys.stderr)


def _last(said: str) -> str:
    """The traceback of a run that failed, without libFuzzer's dump of the bytes."""
    lines = [line for line in said.splitlines() if not NOISE.match(line)]
    at = next((n for n, line in enumerate(lines) if BEGINS.search(line)), 0)
    return "\n".join(lines[at:][:40])


def _escaped(word: str) -> str:
    return "".join(chr(b) if 32 <= b < 127 and b not in b'"\\' else f"\\x{b:02x}" for b in word.encode())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="script/fuzz", description=(__doc__ or "").partition("\n\n")[2])
    known = ", ".join(TARGETS)
    parser.add_argument("--only", default=[], type=lambda text: text.split(","), help=f"of: {known}")
    parser.add_argument("--runs", type=int, default=20_000, help="documents for each reader")
    parser.add_argument("--seed", type=int, default=1, help="of the fuzzer's choices")
    parser.add_argument("--seeds", type=Path, help="a folder of further documents to start from")
    parser.add_argument("--keep", type=Path, default=Path("output/fuzz"), help="where broken documents go")
    return parser


if __name__ == "__main__":
    sys.exit(main())
