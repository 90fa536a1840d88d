"""Many senders who wait for acknowledgements alone."""

from collections.abc import Iterator

from comparison.bar import at_least
from comparison.keys import (ACKNOWLEDGED, ACKNOWLEDGEMENT_P50, ACKNOWLEDGEMENT_P99, MESSAGE_CPU,
                             SYNC_P50, SYNC_P99)
from comparison.loads import committed
from comparison.markdown import Table, number, with_unit
from comparison.plan import Plan
from comparison.ratio import median, spread
from comparison.runs import Runs
from comparison.section import Case, Group, Section, Summary
from comparison.sections.cells import cell, trouble_notes
from comparison.systems import KEEPS_OVER_POWER, keepers, title_of

_AS_MANY = 64


def _groups(plan: Plan, _runs: Runs) -> Iterator[Group]:
    size = plan.sizes_or(_AS_MANY)[0]
    yield [Case(f"{size} senders into {size} rooms", size, tuple(keepers()),
                committed(size, 0, size, plan))]


def _summary(runs: Runs) -> Summary:
    power = runs.of(system=KEEPS_OVER_POWER)
    bars = [at_least("messages/s that `power` acknowledges", spread(power.figures(ACKNOWLEDGED)),
                     20_000)]
    return Summary([_table(runs)], bars, trouble_notes(runs))


def _table(runs: Runs) -> Table:
    rows = []
    for system in runs.systems():
        measured = runs.of(system=system)
        others = ((ACKNOWLEDGEMENT_P50, "ms"), (ACKNOWLEDGEMENT_P99, "ms"), (MESSAGE_CPU, "µs"),
                  (SYNC_P50, "ms"), (SYNC_P99, "ms"))
        rows.append([title_of(system), cell(measured, ACKNOWLEDGED, number),
                     *(with_unit(median(measured.figures(key)), unit) for key, unit in others)])
    case = next((run.case for run in runs), "")
    return Table((case, "acknowledged/s", "until acknowledged, median", "p99",
                  "server CPU per message", "fdatasync, median", "fdatasync, p99"), rows)


SECTION = Section(
    "commit", "Kept, for many senders",
    "Each with a room of its own and 64 messages of 64 bytes under way, and nobody else there. Each "
    "waits for acknowledgements alone.",
    _groups, _summary)
