"""Connections that do nothing."""

from collections.abc import Iterator

from comparison.bar import at_most
from comparison.keys import CONNECTING, IDLE_BYTES, IDLE_STEPS
from comparison.load import Load
from comparison.markdown import Table, clients, with_unit
from comparison.plan import Plan
from comparison.ratio import median, spread
from comparison.runs import Run, Runs
from comparison.section import Case, Group, Section, Summary
from comparison.sections.cells import cell, trouble_notes
from comparison.systems import EDGECHAT, title_of

# Of resident memory, for a named and joined connection.
IDLE_BYTES_BOUND = 320
# What cannot be told from nothing: CPU time is counted in steps of 10 ms.
_UNMEASURABLE_SHARE = 0.1  # per cent of a core


def _groups(plan: Plan, _runs: Runs) -> Iterator[Group]:
    sizes = plan.sizes_or(5000, 15000)
    few, many = (sizes[0], sizes[-1]) if len(sizes) > 1 else (max(1, sizes[0] // 3), sizes[0])
    load = Load("idle", ("--clients", f"{few},{many}", "--settle", f"{plan.idle_seconds:g}"),
                waiting=2 * plan.idle_seconds)
    yield [Case(f"{few:,} to {clients(many)}", many, (EDGECHAT,), load)]


def _quiet_share(run: Run) -> float | None:
    """Per cent of a core, when nobody comes any more and nobody is asked for a sign of life."""
    return _share(run, "quiet_server_cpu_seconds", "quiet_seconds")


def _whole_share(run: Run) -> float | None:
    return _share(run, "server_cpu_seconds", "seconds")


def _share(run: Run, cpu: str, seconds: str) -> float | None:
    if run.trouble is not None or run.figures is None:
        return None
    steps = run.figures[IDLE_STEPS]
    time = sum(step[seconds] for step in steps)
    return 100 * sum(step[cpu] for step in steps) / time if time else None


def _summary(runs: Runs) -> Summary:
    case = next((run.case for run in runs), "")
    share = spread(runs.derived(_quiet_share))
    row = [title_of(EDGECHAT), cell(runs, IDLE_BYTES, lambda value: with_unit(value, "bytes")),
           with_unit(share.median if share else None, "%"),
           with_unit(median(runs.derived(_whole_share)), "%"),
           cell(runs, CONNECTING, lambda value: with_unit(value, "s"))]
    table = Table((case, "resident per connection", "of a core", "in all", "all connected"), [row])
    bars = [at_most("resident per connection", spread(runs.figures(IDLE_BYTES)), IDLE_BYTES_BOUND,
                    "bytes"),
            at_most("CPU while nothing happens", share, _UNMEASURABLE_SHARE, "% of a core")]
    return Summary([table], bars, trouble_notes(runs))


SECTION = Section(
    "idle", "Idle connections",
    "Named people in one room who say nothing: the slope of resident memory from few to many, "
    "measured after a minute in which nobody said anything, and the CPU time in it: in its middle "
    "half, in which nothing happens at all, and in all of it, with the last counts of those who "
    "came and the pings by which the server asks, once a minute, whether the silent are still "
    "there.",
    _groups, _summary)
