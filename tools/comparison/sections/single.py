"""One message at a time: how long it takes until the last reader has it."""

from collections.abc import Iterator

from comparison.bar import Bar, at_most
from comparison.keys import LAST_P50, LAST_P99
from comparison.loads import one_at_a_time
from comparison.markdown import Table, clients, with_unit
from comparison.plan import Plan
from comparison.ratio import ratio
from comparison.runs import Runs
from comparison.section import Case, Group, Section, Summary
from comparison.sections.cells import cell, trouble_notes
from comparison.systems import EDGECHAT, NAIVE, title_of


def _groups(plan: Plan, _runs: Runs) -> Iterator[Group]:
    for size in plan.sizes_or(1000, 5000):
        yield [Case(clients(size), size, (NAIVE, EDGECHAT), one_at_a_time(size, plan))]


def _summary(runs: Runs) -> Summary:
    bars = [_bar(runs.of(size=size), size) for size in runs.sizes()]
    return Summary([_table(runs)], bars, trouble_notes(runs))


def _table(runs: Runs) -> Table:
    head = ["until the last one has it"]
    for size in runs.sizes():
        head += [f"{clients(size)}: median", "p99"]
    rows = [[title_of(system),
             *(cell(runs.of(system=system, size=size), key, _milliseconds)
               for size in runs.sizes() for key in (LAST_P50, LAST_P99))]
            for system in runs.systems()]
    return Table(head, rows)


def _milliseconds(value: float | None) -> str:
    return with_unit(value, "ms")


def _bar(runs: Runs, size: int) -> Bar:
    ours, floor = (runs.of(system=system).figures(LAST_P50) for system in (EDGECHAT, NAIVE))
    return at_most(f"{clients(size)}: median time to the naive floor's", ratio(ours, floor), 1.2)


SECTION = Section(
    "single", "One message at a time",
    "One sender, whose next message comes when the last one who joined has the one before. The "
    "naive floor sends each message to each client by itself.",
    _groups, _summary)
