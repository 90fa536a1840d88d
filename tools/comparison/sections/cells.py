"""Cells of tables."""

from collections.abc import Callable

from comparison.ratio import median
from comparison.runs import Runs
from comparison.systems import title_of


def cell(runs: Runs, key: str, shown: Callable[[float | None], str]) -> str:
    """The median of a figure of one system and case; without one, in a word why."""
    value = median(runs.figures(key))
    if value is not None:
        return shown(value)
    words = [run.trouble.split(":")[0] for run in runs if run.trouble is not None]
    return words[0] if words else shown(None)


def trouble_notes(runs: Runs) -> list[str]:
    """One sentence, the first, for each system and case in which something went wrong."""
    notes: dict[tuple[str, str], str] = {}
    for run in runs.troubles():
        notes.setdefault((run.system, run.case),
                         f"{title_of(run.system)}, {run.case}, round {run.round}: {run.trouble}.")
    return list(notes.values())
