"""How much is measured."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Plan:
    rounds: int
    seconds: float  # of load, in each run
    limit: float  # seconds that a run may take in all
    idle_seconds: float  # how long nothing happens before what that costs is measured
    sizes: tuple[int, ...] = ()  # instead of each section's own

    def sizes_or(self, *own: int) -> tuple[int, ...]:
        """The numbers of clients to measure a section with, ascending."""
        return tuple(sorted(self.sizes or own))


def full_plan() -> Plan:
    return Plan(rounds=5, seconds=5.0, limit=120.0, idle_seconds=60.0)


def quick_plan() -> Plan:
    """Shows that everything runs; its figures mean little."""
    return Plan(rounds=1, seconds=0.5, limit=60.0, idle_seconds=1.0, sizes=(100,))
