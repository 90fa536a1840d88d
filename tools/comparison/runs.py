"""What was measured, run by run: all that results are made from."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from comparison.load import Figures
from comparison.ratio import Series


@dataclass(frozen=True)
class Run:
    """One measurement of one system."""

    section: str
    case: str  # the load within the section, "1000 clients"
    size: int  # what the case varies: clients, rooms, pairs
    round: int  # from 1
    system: str
    figures: Figures | None = None
    trouble: str | None = None

    def figure(self, key: str) -> float | None:
        """The number under a key, with dots between those of nested ones. Nothing when the run
        went wrong or has no such figure."""
        if self.trouble is not None:
            return None
        value: Any = self.figures
        for part in key.split("."):
            value = value.get(part) if isinstance(value, dict) else None
        return float(value) if isinstance(value, (int, float)) else None


class Runs:
    """Runs in the order in which they were made; grows while more are made."""

    def __init__(self, runs: Iterable[Run] = ()):
        self._runs = list(runs)

    def __iter__(self) -> Iterator[Run]:
        return iter(self._runs)

    def __bool__(self) -> bool:
        return bool(self._runs)

    def add(self, run: Run) -> None:
        self._runs.append(run)

    def of(self, *, section: str | None = None, case: str | None = None, size: int | None = None,
           system: str | None = None) -> "Runs":
        """Those that all of what is given applies to."""
        wanted = {"section": section, "case": case, "size": size, "system": system}
        wanted = {name: value for name, value in wanted.items() if value is not None}
        return Runs(r for r in self._runs
                    if all(getattr(r, name) == value for name, value in wanted.items()))

    def sizes(self) -> list[int]:
        return sorted({run.size for run in self._runs})

    def systems(self) -> list[str]:
        """In the order in which they came."""
        return list(dict.fromkeys(run.system for run in self._runs))

    def troubles(self) -> list[Run]:
        return [run for run in self._runs if run.trouble is not None]

    def figures(self, key: str) -> Series:
        """A figure by round. Of one system and case."""
        return self.derived(lambda run: run.figure(key))

    def derived(self, figure: Callable[[Run], float | None]) -> Series:
        """The same for what is computed from a run."""
        values = {run.round: figure(run) for run in self._runs}
        return {round_: value for round_, value in values.items() if value is not None}

    def as_json(self) -> list[dict[str, Any]]:
        return [{key: value for key, value in asdict(run).items() if value is not None}
                for run in self._runs]


def runs_from_json(data: list[dict[str, Any]]) -> Runs:
    """Raises TypeError when it is something else."""
    return Runs(Run(**run) for run in data)
