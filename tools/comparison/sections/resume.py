"""Many who missed much come back at once."""

from collections.abc import Iterator

from comparison.bar import at_most
from comparison.keys import (ALL_BACK, BYSTANDERS_BEFORE, BYSTANDERS_DURING, SYNC_P50)
from comparison.load import Load
from comparison.markdown import Table, clients, with_unit
from comparison.plan import Plan
from comparison.ratio import median, spread
from comparison.runs import Runs
from comparison.section import Case, Group, Section, Summary
from comparison.sections.cells import cell, trouble_notes
from comparison.systems import KEEPS_OVER_POWER

_FROM_MEMORY, _FROM_STORE = "from memory", "after a restart, from the store"
_MOST_SECONDS = 5.0


def _groups(plan: Plan, _runs: Runs) -> Iterator[Group]:
    size = plan.sizes_or(1000)[0]
    yield [Case(_FROM_MEMORY, size, (KEEPS_OVER_POWER,), _load(size, plan)),
           Case(_FROM_STORE, size, (KEEPS_OVER_POWER,), _load(size, plan, "--restart"))]


def _load(size: int, plan: Plan, *more: str) -> Load:
    return Load("resume", ("--clients", str(size), "--missed", str(size), "--durability", "power",
                           "--reactors", "1", "--quiet", f"{min(plan.seconds, 3):g}", *more),
                with_disk=True, own_server=True)


def _summary(runs: Runs) -> Summary:
    bars = [at_most(f"seconds until the last one has everything, {case}",
                    spread(runs.of(case=case).figures(ALL_BACK)), _MOST_SECONDS, "s")
            for case in dict.fromkeys(run.case for run in runs)]
    return Summary([_table(runs)], bars, trouble_notes(runs))


def _table(runs: Runs) -> Table:
    rows = []
    for case in dict.fromkeys(run.case for run in runs):
        measured = runs.of(case=case)
        others = (BYSTANDERS_BEFORE, BYSTANDERS_DURING, SYNC_P50)
        rows.append([case, cell(measured, ALL_BACK, lambda value: with_unit(value, "s")),
                     *(with_unit(median(measured.figures(key)), "ms") for key in others)])
    head = " and ".join(clients(size) for size in runs.sizes())
    return Table((f"{head} with as many messages each", "all have everything",
                  "p99 of bystanders before", "meanwhile", "fdatasync, median"), rows)


SECTION = Section(
    "resume", "Coming back",
    "Clients lose their connections, as many messages are said as there are clients, and then all "
    "resume at once, while two bystanders talk in another room. edgechat with `power`.",
    _groups, _summary)
