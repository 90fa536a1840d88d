"""Very many who come at once, and go at once."""

from collections.abc import Iterator

from comparison.bar import at_most
from comparison.keys import CONNECTING
from comparison.load import Load
from comparison.markdown import Table, clients, with_unit
from comparison.plan import Plan
from comparison.ratio import median, spread
from comparison.runs import Runs
from comparison.section import Case, Group, Section, Summary
from comparison.sections.cells import cell, trouble_notes
from comparison.systems import EDGECHAT

_PHASES = ("before", "connecting", "vanishing", "after")
_VANISHING_P99 = "latency_ms.vanishing.p99"
# Milliseconds that people do not notice.
_UNNOTICED = 100


def _groups(plan: Plan, _runs: Runs) -> Iterator[Group]:
    size = plan.sizes_or(15000)[-1]
    yield [Case(clients(size), size, (EDGECHAT,), Load("storm", ("--clients", str(size))))]


def _summary(runs: Runs) -> Summary:
    case = next((run.case for run in runs), "")
    rows = [["all in", cell(runs, CONNECTING, lambda value: with_unit(value, "s"))],
            ["everybody knows who is there, later by",
             with_unit(median(runs.figures("presence_seconds")), "s")],
            ["all gone", with_unit(median(runs.figures("gone_seconds")), "s")],
            *([f"bystanders' p99, {phase}",
               with_unit(median(runs.figures(f"latency_ms.{phase}.p99")), "ms")]
              for phase in _PHASES)]
    bars = [at_most("all in, nobody refused", spread(runs.figures(CONNECTING)), 5.0, "s"),
            at_most("bystanders' p99 while all vanish", spread(runs.figures(_VANISHING_P99)),
                    _UNNOTICED, "ms")]
    return Summary([Table((case, ""), rows)], bars, trouble_notes(runs))


SECTION = Section(
    "storm", "A storm of connections",
    "All connect into one room as fast as they can, and later vanish at once, while ten bystanders "
    "talk in another room. A run in which anybody was refused, or told wrongly or too often who is "
    "there, counts as failed.",
    _groups, _summary)
