"""Two sets at a time: the program is asked, its predictions are written and scored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from measure.model import NotAskedError, Row, Set, Task
from measure.scorer import ScorerError, figure, printed, write
from measure.sets import by_name

AT_A_TIME = 2  # sets: the cores of the smallest machine that runs this


@dataclass(frozen=True, slots=True)
class Result:
    """The rows of one set, and lines about it for people."""

    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()


def run(sets: Sequence[Set], task: Task, out: Path, tell: Callable[[str], None]) -> list[Row]:
    """The rows of all sets, in their order, however long each takes."""
    longest_first = sorted(sets, key=lambda s: (-s.seconds, s.name))
    # A fresh process each: what one set leaves in memory must not be there for the next. They branch off a
    # server that has imported the program once.
    context = get_context("forkserver")
    context.set_forkserver_preload([by_name.__module__])
    with ProcessPoolExecutor(AT_A_TIME, mp_context=context, max_tasks_per_child=1) as pool:
        asked = {s.name: pool.submit(measured, s.name, task, out) for s in longest_first}
        results = {}
        for chosen in sets:
            results[chosen.name] = asked[chosen.name].result()
            for note in results[chosen.name].notes:
                tell(note)
    return [row for chosen in sets for row in results[chosen.name].rows]


def measured(name: str, task: Task, out: Path) -> Result:
    """One set, whatever happens: a failure is a row. By name, because functions cross no process border."""
    chosen = by_name(name)
    try:
        return _rows(chosen, task, out)
    except NotAskedError as reason:
        return Result((), (f"passed over: {name} ({reason})",))
    except ScorerError as error:
        problem = str(error)
    except Exception as error:  # one set that crashes must not hide the others
        problem = f"the program failed: {type(error).__name__}: {error}".split("\n", 1)[0]
    return Result(tuple(Row(name, metric, None, problem) for metric in chosen.metrics))


def _rows(chosen: Set, task: Task, out: Path) -> Result:
    found = chosen.ask(task)
    text = ""
    if chosen.scorer:
        predictions = out / f"{chosen.name.replace('/', '-')}.jsonl"
        write(predictions, found.rows)
        text = printed(task.folder, chosen.scorer, predictions)
    rows = []
    for metric in chosen.metrics:
        score = figure(metric, text) if metric.pattern else found.measured.get(metric.name)
        rows.append(Row(chosen.name, metric, score, "" if score is not None else "no such figure was given"))
    return Result(tuple(rows), found.notes)
