"""What a room feels of searches and backups."""

from collections.abc import Iterator

from comparison.bar import at_most
from comparison.keys import (BACKUPS, BURDEN_RATIO, SEARCH_P50, SEARCHES, SYNC_P50, WITH_BURDEN,
                             WITHOUT_BURDEN)
from comparison.load import Load
from comparison.markdown import Table, clients, number, with_unit
from comparison.plan import Plan
from comparison.ratio import median, spread
from comparison.runs import Runs
from comparison.section import Case, Group, Section, Summary
from comparison.sections.cells import cell, trouble_notes
from comparison.systems import KEEPS_OVER_POWER

_MESSAGES_PER_SECOND = 500
_TURNS = 3
# Long enough for a backup.
_SHORTEST_TURN = 2.0


def _groups(plan: Plan, _runs: Runs) -> Iterator[Group]:
    size = plan.sizes_or(1000)[0]
    turn = max(plan.seconds, _SHORTEST_TURN)
    load = Load("burden", ("--clients", str(size), "--senders", str(min(size, 20)),
                           "--rate", str(_MESSAGES_PER_SECOND), "--turns", str(_TURNS),
                           "--turn-seconds", f"{turn:g}", "--fill-seconds", f"{plan.seconds:g}",
                           "--durability", "power", "--reactors", "1"),
                with_disk=True, own_server=True)
    yield [Case(clients(size), size, (KEEPS_OVER_POWER,), load)]


def _summary(runs: Runs) -> Summary:
    bar = at_most("p99 with searches and backups to that without",
                  spread(runs.figures(BURDEN_RATIO)), 2.0)
    return Summary([_table(runs)], [bar], trouble_notes(runs))


def _table(runs: Runs) -> Table:
    def milliseconds(key: str) -> str:
        return with_unit(median(runs.figures(key)), "ms")

    case = next((run.case for run in runs), "")
    row = [case, cell(runs, WITHOUT_BURDEN, lambda value: with_unit(value, "ms")),
           milliseconds(WITH_BURDEN), number(median(runs.figures(SEARCHES))),
           milliseconds(SEARCH_P50), number(median(runs.figures(BACKUPS))), milliseconds(SYNC_P50)]
    return Table(("one room", "p99 without", "p99 with", "searches", "each, median", "backups",
                  "fdatasync, median"), [row])


SECTION = Section(
    "burden", "Searches and backups beside a room",
    f"{_MESSAGES_PER_SECOND} messages/s at fixed times, by turns without and with two members who "
    "search, and again as soon as they are answered, and `chat-server --backup`, again as soon as "
    "it is done. edgechat with `power`.",
    _groups, _summary)
