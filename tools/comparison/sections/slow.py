"""Members who never read."""

import math
from collections.abc import Iterator

from comparison.bar import at_most
from comparison.keys import (P50, P99, RESIDENT_AFTER, RESIDENT_BEFORE, RESIDENT_JOINED,
                             TCP_BYTES)
from comparison.load import Load
from comparison.markdown import Table, clients, with_unit
from comparison.plan import Plan
from comparison.ratio import median, ratio, spread
from comparison.runs import Run, Runs
from comparison.section import Case, Group, Section, Summary
from comparison.sections.cells import cell, trouble_notes
from comparison.sections.idle import IDLE_BYTES_BOUND
from comparison.systems import EDGECHAT

_MIB = 1024 * 1024
_RETENTION = 4 * _MIB  # chat-server's default for a room
# So that the log passes those who do not read within half a minute, and nobody is saturated.
_TEXT_BYTES = 256
_FRAME_BYTES = _TEXT_BYTES + 55  # with a nickname of usual length
_DELIVERIES_PER_SECOND = 700_000
_MOST_MESSAGES_PER_SECOND = 5000
_TAKEN_BY_KERNEL = _MIB
_ALL_READ, _ONE_IN_TEN = "all read", "one in ten does not"


def _groups(plan: Plan, _runs: Runs) -> Iterator[Group]:
    size = plan.sizes_or(1000)[0]
    yield [Case(_ALL_READ, size, (EDGECHAT,), _load(size, 0.0)),
           Case(_ONE_IN_TEN, size, (EDGECHAT,), _load(size, 0.1))]


def _load(size: int, stuck: float) -> Load:
    rate = min(_DELIVERIES_PER_SECOND // size, _MOST_MESSAGES_PER_SECOND)
    seconds = math.ceil((_RETENTION + _TAKEN_BY_KERNEL) / _FRAME_BYTES / rate) + 1
    return Load("slow", ("--clients", str(size), "--stuck", f"{stuck:g}",
                         "--senders", str(min(20, size // 2)), "--rate", str(rate),
                         "--seconds", str(seconds), "--text-bytes", str(_TEXT_BYTES)))


def _growth_to_retention(run: Run) -> float | None:
    """Without what the connections take, as idle ones may."""
    growth = _growth(run, since=RESIDENT_BEFORE)
    return None if growth is None else (growth - run.size * IDLE_BYTES_BOUND) / _RETENTION


def _growth(run: Run, since: str) -> float | None:
    """Of resident memory, in bytes, to the end."""
    before, after = run.figure(since), run.figure(RESIDENT_AFTER)
    return None if before is None or after is None else after - before


def _summary(runs: Runs) -> Summary:
    all_read, stuck = runs.of(case=_ALL_READ), runs.of(case=_ONE_IN_TEN)
    bars = [at_most("healthy members' p99 to that when all read",
                    ratio(stuck.figures(P99), all_read.figures(P99)), 1.2),
            at_most("growth of resident memory, without connections, to the room's retention",
                    spread(stuck.derived(_growth_to_retention)), 1.1),
            at_most("kernel's TCP memory per stuck socket",
                    spread({r: size / 1024 for r, size in stuck.figures(TCP_BYTES).items()}), 512,
                    "KiB")]
    return Summary([_table(runs)], bars, trouble_notes(runs))


def _table(runs: Runs) -> Table:
    rows = []
    for case in dict.fromkeys(run.case for run in runs):
        measured = runs.of(case=case)
        rows.append([case, cell(measured, P50, _milliseconds), cell(measured, P99, _milliseconds),
                     *(_mebibytes_since(since, measured)
                       for since in (RESIDENT_BEFORE, RESIDENT_JOINED))])
    head = " and ".join(clients(size) for size in runs.sizes())
    return Table((head, "median of the healthy", "p99", "growth of resident memory",
                  "since all are in"), rows)


def _mebibytes_since(since: str, runs: Runs) -> str:
    growth = median(runs.derived(lambda run: _growth(run, since)))
    return with_unit(growth / _MIB if growth is not None else None, "MiB")


def _milliseconds(value: float | None) -> str:
    return with_unit(value, "ms")


SECTION = Section(
    "slow", "Members who never read",
    "One in ten does not read, until the room's log in memory has passed them; then they must be "
    "told what they missed. Messages of 256 bytes at a fixed rate.",
    _groups, _summary)
