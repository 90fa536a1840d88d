"""Measuring systems by turns, so that the machine's drift hits all alike."""

import sys
from collections.abc import Callable

from comparison.load import measure
from comparison.markdown import number
from comparison.plan import Plan
from comparison.runs import Run, Runs
from comparison.section import Case, Group, Section
from comparison.server import Place
from comparison.systems import System

# After so many failures with a load a system does not get it again.
_CHANCES = 2


class Alternation:
    """Measures sections one after the other, and adds to `runs`; calls `saved` now and then, so
    that what was measured so far can be kept."""

    def __init__(self, plan: Plan, systems: list[System], place: Place, runs: Runs,
                 saved: Callable[[], None]):
        self._plan = plan
        self._systems = systems
        self._place = place
        self._runs = runs
        self._saved = saved

    def measure(self, section: Section) -> None:
        for group in section.groups(self._plan, self._runs):
            for round_ in range(1, self._plan.rounds + 1):
                for case, system in self._in_turn(group, round_):
                    self._measure_once(section, case, round_, system)
            self._saved()

    def _in_turn(self, group: Group, round_: int) -> list[tuple[Case, System]]:
        """There and back, so that nobody always comes first."""
        turns = [(case, system) for case in group for system in self._systems
                 if system.name in case.systems]
        return turns if round_ % 2 == 1 else turns[::-1]

    def _measure_once(self, section: Section, case: Case, round_: int, system: System) -> None:
        before = self._runs.of(section=section.name, case=case.name, system=system.name)
        if len(before.troubles()) >= _CHANCES:
            return
        outcome = measure(system, case.load, self._place, self._plan.limit)
        run = Run(section.name, case.name, case.size, round_, system.name, outcome.figures,
                  outcome.trouble)
        self._runs.add(run)
        self._tell(run)

    def _tell(self, run: Run) -> None:
        rate = run.figure("deliveries_per_second")
        what = run.trouble or (f"{number(rate)} deliveries/s" if rate else "measured")
        print(f"{run.section}, {run.case}, round {run.round} of {self._plan.rounds}, "
              f"{run.system}: {what}", file=sys.stderr, flush=True)
