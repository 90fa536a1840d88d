"""Whispers: their throughput against a relay's, and what is kept of them."""

from collections.abc import Iterator

from comparison.bar import at_least, at_most
from comparison.keys import PAIR_BYTES, ROUND_TRIP_P99, WHISPER_CPU, WHISPERS
from comparison.load import Load
from comparison.loads import TEXT_BYTES
from comparison.markdown import Table, number, with_unit
from comparison.plan import Plan
from comparison.ratio import ratio, spread
from comparison.runs import Runs
from comparison.section import Case, Group, Section, Summary
from comparison.sections.cells import cell, trouble_notes
from comparison.systems import EDGECHAT, RELAY, title_of

_ONCE = "once"  # how the name of that case ends
_PAIRS_PER_CLIENT = 50


def _groups(plan: Plan, _runs: Runs) -> Iterator[Group]:
    pairs = plan.sizes_or(1000)[0]
    load = Load("whisper", ("--pairs", str(pairs), "--seconds", f"{plan.seconds:g}", *_text()))
    yield [Case(f"{pairs:,} pairs in ping-pong", pairs, (RELAY, EDGECHAT), load)]
    many = 100 * pairs
    once = Load("whisper", ("--pairs", str(many), "--clients", str(2 * many // _PAIRS_PER_CLIENT),
                            "--once", *_text()))
    yield [Case(f"{many:,} pairs, {_ONCE}", many, (EDGECHAT,), once)]


def _text() -> tuple[str, str]:
    return "--text-bytes", str(TEXT_BYTES)


def _summary(runs: Runs) -> Summary:
    ping_pong = Runs(run for run in runs if not run.case.endswith(_ONCE))
    once = Runs(run for run in runs if run.case.endswith(_ONCE))
    ours, relay = (ping_pong.of(system=system).figures(WHISPERS) for system in (EDGECHAT, RELAY))
    bars = [at_least("whispers/s to the relay's", ratio(ours, relay), 0.85),
            at_most("resident per pair that whispered once", spread(once.figures(PAIR_BYTES)), 1024,
                    "bytes")]
    return Summary([_table(ping_pong), _table_of_pairs(once)], bars, trouble_notes(runs))


def _table(runs: Runs) -> Table:
    rows = []
    for system in runs.systems():
        measured = runs.of(system=system)
        rows.append([title_of(system), cell(measured, WHISPERS, number),
                     cell(measured, ROUND_TRIP_P99, lambda value: with_unit(value, "ms")),
                     cell(measured, WHISPER_CPU, lambda value: with_unit(value, "µs"))])
    case = next((run.case for run in runs), "")
    return Table((case, "whispers/s", "p99 there and back", "server CPU per whisper"), rows)


def _table_of_pairs(runs: Runs) -> Table:
    rows = [[run_case, cell(runs, PAIR_BYTES, lambda value: with_unit(value, "bytes"))]
            for run_case in {run.case for run in runs}]
    return Table(("", "resident per pair"), rows)


SECTION = Section(
    "whisper", "Whispers",
    "Pairs who answer each other's whispers, each acknowledged, against a bare epoll relay that "
    "sends each frame to both ends unseen. And very many pairs who have whispered once.",
    _groups, _summary)
