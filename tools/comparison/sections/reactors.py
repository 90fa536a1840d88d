"""Two reactors against one."""

from collections.abc import Iterator

from comparison.bar import Bar, at_least, at_most
from comparison.keys import DELIVERIES, HUB_SHARE, P99, SERVER_CPU
from comparison.loads import at_rate, saturating
from comparison.markdown import Table, clients, millions, with_unit
from comparison.plan import Plan
from comparison.ratio import median, ratio, spread
from comparison.runs import Runs
from comparison.section import Case, Group, Section, Summary
from comparison.sections.cells import cell, trouble_notes
from comparison.systems import EDGECHAT, TWO_REACTORS, title_of

_NAME = "reactors"
_BOTH = (EDGECHAT, TWO_REACTORS)
# From so many clients on, two have to beat one; below they may lose a little.
_LARGE = 10_000


def _groups(plan: Plan, runs: Runs) -> Iterator[Group]:
    for size in plan.sizes_or(1000, 15000):
        saturated = f"{clients(size)}, saturated"
        yield [Case(saturated, size, _BOTH, saturating(size, plan))]
        rates = [median(runs.of(section=_NAME, case=saturated, system=s).figures(DELIVERIES))
                 for s in _BOTH]
        measured = [rate for rate in rates if rate is not None]
        if len(measured) == len(_BOTH):
            rate = min(measured) / size / 2
            yield [Case(f"{clients(size)}, {rate:.0f} messages/s", size, _BOTH,
                        at_rate(size, plan, rate))]


def _summary(runs: Runs) -> Summary:
    cases = list(dict.fromkeys(run.case for run in runs))
    bars = [bar for case in cases for bar in _bars(runs.of(case=case), case)]
    return Summary([_table(runs, cases)], bars, trouble_notes(runs))


def _table(runs: Runs, cases: list[str]) -> Table:
    rows = []
    for case in cases:
        for system in runs.of(case=case).systems():
            measured = runs.of(case=case, system=system)
            rows.append([f"{case}: {title_of(system)}", cell(measured, DELIVERIES, millions),
                         cell(measured, SERVER_CPU, lambda value: with_unit(value, "µs")),
                         cell(measured, P99, lambda value: with_unit(value, "ms"))])
    return Table(("one room", "deliveries/s", "server CPU per delivery", "p99"), rows)


def _bars(runs: Runs, case: str) -> list[Bar]:
    one, two = (runs.of(system=system) for system in _BOTH)
    if not case.endswith("saturated"):
        return [at_most(f"{case}: two's CPU per delivery to one's",
                        ratio(two.figures(SERVER_CPU), one.figures(SERVER_CPU)), 1.15)]
    large = all(size >= _LARGE for size in runs.sizes())
    sixteen_times = {r: 16 * share for r, share in two.figures(HUB_SHARE).items()}
    return [at_least(f"{case}: two's deliveries/s to one's",
                     ratio(two.figures(DELIVERIES), one.figures(DELIVERIES)),
                     1.0 if large else 0.9),
            at_most(f"{case}: share of a reactor's time in or before the hub, times 16",
                    spread(sixteen_times), 0.5)]


SECTION = Section(
    _NAME, "Two reactors against one",
    "Saturated, with the load tool on the same cores; and at half of the lower rate of the two, "
    "at fixed times. The share of the hub is that of the time a reactor is awake, coming in and "
    "going included, as the server logs it at its end.",
    _groups, _summary)
