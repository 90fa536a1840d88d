"""Cost per delivery from small rooms to large ones, against the floor's."""

from collections.abc import Iterator

from comparison.bar import Bar, at_most
from comparison.keys import DELIVERIES, SERVER_CPU
from comparison.loads import saturating
from comparison.markdown import Table, clients, millions, with_unit
from comparison.plan import Plan
from comparison.ratio import ratio
from comparison.runs import Runs
from comparison.section import Case, Group, Section, Summary
from comparison.sections.cells import cell, trouble_notes
from comparison.systems import EDGECHAT, FLOOR, title_of


def _groups(plan: Plan, _runs: Runs) -> Iterator[Group]:
    for size in plan.sizes_or(100, 300, 1000, 3000, 5000, 15000):
        yield [Case(clients(size), size, (FLOOR, EDGECHAT), saturating(size, plan))]


def _summary(runs: Runs) -> Summary:
    return Summary([_table(runs)], [_bar(runs.of(size=size), size) for size in runs.sizes()],
                   trouble_notes(runs))


def _table(runs: Runs) -> Table:
    head = ["clients in one room"]
    for system in runs.systems():
        head += [f"{title_of(system)}: deliveries/s", "server CPU per delivery"]
    rows = []
    for size in runs.sizes():
        row = [f"{size:,}"]
        for system in runs.systems():
            measured = runs.of(size=size, system=system)
            row += [cell(measured, DELIVERIES, millions),
                    cell(measured, SERVER_CPU, lambda value: with_unit(value, "µs"))]
        rows.append(row)
    return Table(head, rows)


def _bar(runs: Runs, size: int) -> Bar:
    ours, floor = (runs.of(system=system).figures(SERVER_CPU) for system in (EDGECHAT, FLOOR))
    return at_most(f"{clients(size)}: CPU per delivery to the floor's", ratio(ours, floor), 1.25)


SECTION = Section(
    "curve", "Cost per delivery by size of the room",
    "The load of the saturated room, in rooms of all sizes.",
    _groups, _summary)
