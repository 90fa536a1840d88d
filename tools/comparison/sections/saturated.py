"""One room, as many messages as the server takes: what a delivery costs."""

from collections.abc import Callable, Iterator, Sequence

from comparison.bar import Bar, at_least, at_most
from comparison.keys import CONNECTING, DELIVERIES, RESIDENT, SERVER_CPU
from comparison.loads import saturating
from comparison.markdown import Table, clients, millions, with_unit
from comparison.plan import Plan
from comparison.ratio import highest, lowest, median, ratio
from comparison.runs import Runs
from comparison.section import Case, Group, Section, Summary
from comparison.sections.cells import cell, trouble_notes
from comparison.systems import EDGECHAT, FLOOR, peers, title_of

# Its name, the figure, and how that is written.
Column = tuple[str, str, Callable[[float | None], str]]


def _groups(plan: Plan, _runs: Runs) -> Iterator[Group]:
    for size in plan.sizes_or(1000, 5000, 15000):
        yield [Case(clients(size), size, (FLOOR, EDGECHAT, *peers()), saturating(size, plan))]


def _summary(runs: Runs) -> Summary:
    bars = [bar for size in runs.sizes() for bar in _bars(runs.of(size=size), size)]
    return Summary([_main_table(runs), _table_of_connections(runs)], bars, trouble_notes(runs))


def _main_table(runs: Runs) -> Table:
    return _table(runs, "one room, saturated",
                  ("deliveries/s", DELIVERIES, millions),
                  ("server CPU per delivery", SERVER_CPU, lambda value: with_unit(value, "µs")))


def _table_of_connections(runs: Runs) -> Table:
    return _table(runs, "the same, coming in",
                  ("all connected", CONNECTING, lambda value: with_unit(value, "s")),
                  ("resident per connection", RESIDENT, lambda value: with_unit(value, "KiB")))


def _table(runs: Runs, title: str, *columns: Column) -> Table:
    """A row per system and, for each size, these columns."""
    head = [title]
    for size in runs.sizes():
        first, *others = (name for name, _, _ in columns)
        head += [f"{clients(size)}: {first}", *others]
    rows = [[title_of(system), *(text for size in runs.sizes()
                                 for text in _cells(runs.of(system=system, size=size), columns))]
            for system in runs.systems()]
    return Table(head, rows)


def _cells(runs: Runs, columns: Sequence[Column]) -> list[str]:
    """When there are no figures, the first cell says why."""
    (_, key, shown), *others = columns
    return [cell(runs, key, shown), *(show(median(runs.figures(k))) for _, k, show in others)]


def _bars(runs: Runs, size: int) -> list[Bar]:
    ours, floor = runs.of(system=EDGECHAT), runs.of(system=FLOOR)
    fastest_peer = highest(runs.of(system=peer).figures(DELIVERIES) for peer in peers())
    cheapest_peer = lowest(runs.of(system=peer).figures(SERVER_CPU) for peer in peers())

    def what(of: str) -> str:
        return f"{clients(size)}: {of}"

    rate, cost = ours.figures(DELIVERIES), ours.figures(SERVER_CPU)
    return [
        at_least(what("deliveries/s to the floor's"), ratio(rate, floor.figures(DELIVERIES)), 0.8),
        at_least(what("deliveries/s to the best peer's"), ratio(rate, fastest_peer), 2.0),
        at_most(what("CPU per delivery to the floor's"), ratio(cost, floor.figures(SERVER_CPU)),
                1.3),
        at_most(what("CPU per delivery to the best peer's"), ratio(cost, cheapest_peer), 0.4),
    ]


SECTION = Section(
    "saturated", "One room, saturated",
    "64-byte texts of 20 senders, of which at most 64 are under way at a time.",
    _groups, _summary)
