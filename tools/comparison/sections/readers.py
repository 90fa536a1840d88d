"""One room with many readers, in which everything is kept."""

from collections.abc import Iterator

from comparison.bar import at_least
from comparison.keys import (ACKNOWLEDGED, ACKNOWLEDGEMENT_P50, DELIVERIES, P99, SYNC_P50,
                             SYNC_P99)
from comparison.loads import committed
from comparison.markdown import Table, clients, millions, number, with_unit
from comparison.plan import Plan
from comparison.ratio import median, ratio
from comparison.runs import Runs
from comparison.section import Case, Group, Section, Summary
from comparison.sections.cells import cell, trouble_notes
from comparison.systems import (KEEPS_NOTHING, KEEPS_OVER_POWER, KEEPS_OVER_PROCESS, keepers,
                                title_of)

_SENDERS = 20


def _groups(plan: Plan, _runs: Runs) -> Iterator[Group]:
    size = plan.sizes_or(1000)[0]
    yield [Case(clients(size), size, tuple(keepers()), committed(_SENDERS, size, 1, plan))]


def _summary(runs: Runs) -> Summary:
    power, process, none = (runs.of(system=system).figures(DELIVERIES)
                            for system in (KEEPS_OVER_POWER, KEEPS_OVER_PROCESS, KEEPS_NOTHING))
    bars = [at_least("deliveries/s of `power` to those of `none`", ratio(power, none), 0.5),
            at_least("deliveries/s of `process` to those of `none`", ratio(process, none), 0.5)]
    return Summary([_table(runs)], bars, trouble_notes(runs))


def _table(runs: Runs) -> Table:
    rows = []
    for system in runs.systems():
        measured = runs.of(system=system)
        others = ((ACKNOWLEDGED, number), (ACKNOWLEDGEMENT_P50, _milliseconds),
                  (P99, _milliseconds), (SYNC_P50, _milliseconds), (SYNC_P99, _milliseconds))
        rows.append([title_of(system), cell(measured, DELIVERIES, millions),
                     *(show(median(measured.figures(key))) for key, show in others)])
    head = " and ".join(clients(size) for size in runs.sizes())
    return Table((f"one room, {head} who read", "deliveries/s", "acknowledged/s",
                  "until acknowledged, median", "until read, p99", "fdatasync, median",
                  "fdatasync, p99"), rows)


def _milliseconds(value: float | None) -> str:
    return with_unit(value, "ms")


SECTION = Section(
    "readers", "Kept, in one room with readers",
    f"{_SENDERS} senders, each with 64 messages of 64 bytes under way: not acknowledged yet, or not "
    "yet seen by the last one who came in. With `none` nothing is kept; with `process` what is "
    "acknowledged outlives the server, with `power` the machine, too. A room in Redis is a stream "
    "with `XADD`, whose readers each wait in `XREAD BLOCK` behind what they have; in JetStream a "
    "stream in a file, with a consumer for each reader, since whoever only subscribes gets what is "
    "not stored yet. Redis syncs once for all commands that came in together, before it answers. "
    "JetStream acknowledges what is written and not synced: this version of it syncs every two "
    "minutes and cannot be told otherwise, so it promises what `process` does. In edgechat senders "
    "read, too; in the others they only send. A message that edgechat keeps can be searched and is "
    "known again when it is repeated; the others only store it.",
    _groups, _summary)
