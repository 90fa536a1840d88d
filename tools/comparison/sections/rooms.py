"""Many rooms: whether the cost follows the deliveries or the rooms."""

from collections.abc import Iterator

from comparison.bar import Bar, at_most
from comparison.keys import DELIVERIES, SERVER_CPU
from comparison.loads import rooms_at_rate, saturating_rooms
from comparison.markdown import Table, clients, millions, with_unit
from comparison.plan import Plan
from comparison.ratio import ratio
from comparison.runs import Runs
from comparison.section import Case, Group, Section, Summary
from comparison.sections.cells import cell, trouble_notes
from comparison.systems import EDGECHAT

_ROOMS = (1, 10, 100)
# Of all rooms together: what one core carries with a send for each of them.
_DELIVERIES_PER_SECOND = 100_000
_AT_RATE = ", at equal rate"


def _groups(plan: Plan, _runs: Runs) -> Iterator[Group]:
    clients_in_all = plan.sizes_or(1000)[0]
    several = [rooms for rooms in _ROOMS if rooms <= clients_in_all // 2]
    yield [_case(rooms, clients_in_all // rooms, _AT_RATE, plan) for rooms in several]
    yield [_case(rooms, clients_in_all // rooms, "", plan) for rooms in several]


def _case(rooms: int, members: int, pace: str, plan: Plan) -> Case:
    name = f"{rooms} {'room' if rooms == 1 else 'rooms'} of {clients(members)}{pace}"
    load = (rooms_at_rate(rooms, members, plan, _DELIVERIES_PER_SECOND / members) if pace
            else saturating_rooms(rooms, members, plan))
    return Case(name, rooms, (EDGECHAT,), load)


def _summary(runs: Runs) -> Summary:
    at_rate = Runs(run for run in runs if run.case.endswith(_AT_RATE))
    saturated = Runs(run for run in runs if not run.case.endswith(_AT_RATE))
    return Summary([_table("at an equal rate of deliveries", at_rate),
                    _table("saturated", saturated)],
                   [_bar(at_rate, rooms) for rooms in at_rate.sizes() if rooms > 1],
                   trouble_notes(runs))


def _table(title: str, runs: Runs) -> Table:
    rows = [[case.removesuffix(_AT_RATE), cell(runs.of(case=case), DELIVERIES, millions),
             cell(runs.of(case=case), SERVER_CPU, lambda value: with_unit(value, "µs"))]
            for case in dict.fromkeys(run.case for run in runs)]
    return Table((title, "deliveries/s", "server CPU per delivery"), rows)


def _bar(runs: Runs, rooms: int) -> Bar:
    costs = (runs.of(size=size).figures(SERVER_CPU) for size in (rooms, 1))
    return at_most(f"{rooms} rooms, at an equal rate: CPU per delivery to that in one room",
                   ratio(*costs), 1.25)


SECTION = Section(
    "rooms", "Many rooms",
    "As many clients in one room, or dealt out to several. At an equal rate of deliveries most of "
    "them are a send of their own, however many rooms there are. Saturated, each room has the load "
    "of the one: up to 20 senders and 64 messages under way; there a delivery costs the more, the "
    "fewer of these one send can carry.",
    _groups, _summary)
