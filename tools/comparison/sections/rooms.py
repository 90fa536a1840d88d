"""Many rooms: whether the cost follows the deliveries or the rooms."""

from collections.abc import Iterator

from comparison.bar import Bar, at_most
from comparison.keys import DELIVERIES, SERVER_CPU
from comparison.loads import saturating, saturating_rooms
from comparison.markdown import Table, clients, millions, with_unit
from comparison.plan import Plan
from comparison.ratio import ratio
from comparison.runs import Runs
from comparison.section import Case, Group, Section, Summary
from comparison.sections.cells import cell, trouble_notes
from comparison.systems import EDGECHAT

_ROOMS = (1, 10, 100)


def _groups(plan: Plan, _runs: Runs) -> Iterator[Group]:
    size = plan.sizes_or(1000)[0]
    several = [rooms for rooms in _ROOMS if 1 < rooms <= size // 2]
    yield [_alone(size, plan), *(_together(rooms, size // rooms, plan) for rooms in several),
           *(_alone(size // rooms, plan) for rooms in several)]


def _alone(members: int, plan: Plan) -> Case:
    return Case(_name(1, members), 1, (EDGECHAT,), saturating(members, plan))


def _together(rooms: int, members: int, plan: Plan) -> Case:
    return Case(_name(rooms, members), rooms, (EDGECHAT,), saturating_rooms(rooms, members, plan))


def _name(rooms: int, members: int) -> str:
    return f"{rooms} {'room' if rooms == 1 else 'rooms'} of {clients(members)}"


def _summary(runs: Runs) -> Summary:
    cases = list(dict.fromkeys(run.case for run in runs))
    rows = [[case, cell(runs.of(case=case), DELIVERIES, millions),
             cell(runs.of(case=case), SERVER_CPU, lambda value: with_unit(value, "µs"))]
            for case in cases]
    bars = [bar for case in cases for bar in _bars(runs, case, cases[0])]
    return Summary([Table(("saturated", "deliveries/s", "server CPU per delivery"), rows)], bars,
                   trouble_notes(runs))


def _bars(runs: Runs, case: str, of_all: str) -> list[Bar]:
    rooms, _, members = case.partition(" rooms of ")
    if not members:
        return []

    def to(alone: str) -> Bar:
        costs = (runs.of(case=c).figures(SERVER_CPU) for c in (case, alone))
        return at_most(f"{rooms} rooms of {members}: CPU per delivery to that in {alone}",
                       ratio(*costs), 1.25)

    return [to(of_all), to(f"1 room of {members}")]


SECTION = Section(
    "rooms", "Many rooms",
    "As many clients in one room, or dealt out to several; and one such smaller room alone. "
    "Each room has the load of the saturated one: up to 20 senders and 64 messages under way.",
    _groups, _summary)
