"""The program is asked set by set, simple methods beside it, two at a time; then predictions are scored."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from measure.baselines import made, marks
from measure.model import Found, Metric, NotAskedError, Row, Set, Task
from measure.scorer import ScorerError, figure, printed, write
from measure.sets import by_name

AT_A_TIME = 2  # processes: the cores of the smallest machine that runs this


@dataclass(frozen=True, slots=True)
class Answer:
    """What asking the program about one set gave, beside the predictions, which are on disk."""

    measured: Mapping[str, float] = field(default_factory=dict)
    beside: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    problem: str = ""
    passed_over: bool = False


def run(
    sets: Sequence[Set], task: Task, out: Path, tell: Callable[[str], None], *, rivals: bool
) -> list[Row]:
    """The rows of all sets, in their order; with `rivals`, the marks of the best baselines are in them."""
    longest_first = sorted(sets, key=lambda s: (-s.seconds, s.name))
    # A fresh process each: what one set leaves in memory must not be there for the next. They branch off a
    # server that has imported the program once.
    context = get_context("forkserver")
    context.set_forkserver_preload([by_name.__module__])
    with ProcessPoolExecutor(AT_A_TIME, mp_context=context, max_tasks_per_child=1) as pool:
        simple = pool.submit(made, task.folder, out / "baselines") if rivals else None
        asked = {s.name: pool.submit(answer, s.name, task, out) for s in longest_first}
        answers = {s.name: asked[s.name].result() for s in sets}
        for note in (*(n for a in answers.values() for n in a.notes), simple.result() if simple else ""):
            if note:
                tell(note)
        told = [s.name for s in sets if not answers[s.name].passed_over]
        rows = [pool.submit(scored, name, answers[name], task, out, rivals=rivals) for name in told]
        return [row for ready in rows for row in ready.result()]


def answer(name: str, task: Task, out: Path) -> Answer:
    """Ask the program about one set; a failure is told. By name: functions cross no process border."""
    try:
        found: Found = by_name(name).ask(task)
    except NotAskedError as reason:
        return Answer(notes=(f"passed over: {name} ({reason})",), passed_over=True)
    except Exception as error:  # one set that crashes must not hide the others
        return Answer(problem=f"the program failed: {type(error).__name__}: {error}".split("\n", 1)[0])
    write(_predictions(name, out), found.rows)
    return Answer(found.measured, found.beside, found.notes)


def scored(name: str, said: Answer, task: Task, out: Path, *, rivals: bool) -> list[Row]:
    """The rows of one set, the best baselines beside its figures; where a scorer fails, rows that say so."""
    chosen, simple = by_name(name), out / "baselines"
    metrics = [m for m in chosen.metrics if rivals or not m.paired]
    rival = simple / f"{chosen.rival}.jsonl"
    try:
        text = "" if said.problem or not chosen.scorer else _printed(chosen, task, out, rival)
        beside = marks(chosen, task.folder, simple) if rivals and chosen.scorer else said.beside
    except ScorerError as error:
        return [Row(name, metric, None, str(error)) for metric in metrics]
    return [_row(name, metric, said, text, beside.get(metric.name, "")) for metric in metrics]


def _printed(chosen: Set, task: Task, out: Path, rival: Path) -> str:
    against = rival if rival.is_file() else None
    return printed(task.folder, chosen.scorer, _predictions(chosen.name, out), against)


def _row(name: str, metric: Metric, said: Answer, text: str, mark: str) -> Row:
    if said.problem:
        return Row(name, metric, None, said.problem, mark)
    score = figure(metric, text) if metric.pattern else said.measured.get(metric.name)
    return Row(name, metric, score, "" if score is not None else "no such figure was given", mark)


def _predictions(name: str, out: Path) -> Path:
    return out / f"{name.replace('/', '-')}.jsonl"
