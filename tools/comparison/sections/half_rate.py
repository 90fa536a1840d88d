"""Latency at half of what the best peer can carry."""

from collections.abc import Iterator

from comparison.bar import Bar, at_most
from comparison.keys import DELIVERIES, P50, P99, SERVER_CPU
from comparison.loads import at_rate, saturating
from comparison.markdown import Table, clients, with_unit
from comparison.plan import Plan
from comparison.ratio import lowest, median, ratio
from comparison.runs import Runs
from comparison.section import Case, Group, Section, Summary
from comparison.sections.cells import cell, trouble_notes
from comparison.systems import EDGECHAT, FLOOR, peers, title_of

_NAME = "half-rate"
_SATURATED = "saturated"  # the section, and the start of the case here that stands in for it


def _groups(plan: Plan, runs: Runs) -> Iterator[Group]:
    size = plan.sizes_or(1000)[0]
    if not runs.of(section=_SATURATED, size=size):
        yield [Case(f"{_SATURATED}, {clients(size)}", size, tuple(peers()), saturating(size, plan))]
    best = _best_peers_rate(runs, size)
    if best is not None:
        rate = best / size / 2
        yield [Case(f"{clients(size)}, {rate:.0f} messages/s", size, (FLOOR, EDGECHAT, *peers()),
                    at_rate(size, plan, rate))]


def _best_peers_rate(runs: Runs, size: int) -> float | None:
    """Saturated deliveries per second: this section's own measurement, or the other section's."""
    own = [run for run in runs.of(section=_NAME, size=size) if _is_saturated(run.case)]
    measured = Runs(own) if own else runs.of(section=_SATURATED, size=size)
    rates = [median(measured.of(system=peer).figures(DELIVERIES)) for peer in peers()]
    return max((rate for rate in rates if rate is not None), default=None)


def _is_saturated(case: str) -> bool:
    return case.startswith(_SATURATED)


def _summary(runs: Runs) -> Summary:
    at_half = Runs(run for run in runs if not _is_saturated(run.case))
    if not at_half:
        return Summary(notes=["No peer was measured whose rate could be halved."])
    return Summary([_table(at_half)], _bars(at_half), trouble_notes(runs))


def _table(runs: Runs) -> Table:
    case = next(iter(runs)).case
    rows = []
    for system in runs.systems():
        of_system = runs.of(system=system)
        rows.append([title_of(system), *(cell(of_system, key, _milliseconds) for key in (P50, P99)),
                     cell(of_system, SERVER_CPU, lambda value: with_unit(value, "µs"))])
    return Table((case, "median", "p99", "server CPU per delivery"), rows)


def _milliseconds(value: float | None) -> str:
    return with_unit(value, "ms")


def _bars(runs: Runs) -> list[Bar]:
    ours, floor = (runs.of(system=system).figures(P99) for system in (EDGECHAT, FLOOR))
    quickest_peer = lowest(runs.of(system=peer).figures(P99) for peer in peers())
    return [at_most("p99 to the floor's", ratio(ours, floor), 1.3),
            at_most("p99 to the quickest peer's", ratio(ours, quickest_peer), 1.0)]


SECTION = Section(
    _NAME, "Half of the best peer's rate",
    "Messages come at fixed times, whatever the server does, at half of the rate at which the best "
    "peer is saturated. Latency counts from when a message was due.",
    _groups, _summary)
