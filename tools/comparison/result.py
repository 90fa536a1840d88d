"""All that is known after measuring, as a file keeps it."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from comparison.failure import Failure
from comparison.runs import Runs, runs_from_json
from comparison.sections import every_section


@dataclass(frozen=True)
class Result:
    date: str  # ISO 8601, UTC, to the minute
    machine: dict[str, str | int]
    versions: dict[str, str]  # by family of systems
    rounds: int
    seconds: float
    runs: Runs = field(default_factory=Runs)

    def as_json(self) -> dict[str, Any]:
        return {"date": self.date, "machine": self.machine, "versions": self.versions,
                "rounds": self.rounds, "seconds": self.seconds, "bars": self._bars(),
                "runs": self.runs.as_json()}

    def _bars(self) -> dict[str, Any]:
        """For readers of the file; when it is read again they are computed anew."""
        bars = {}
        for section in every_section():
            runs = self.runs.of(section=section.name)
            if runs:
                bars[section.name] = [bar.as_json() for bar in section.summary(runs).bars]
        return bars


def save(result: Result, file: Path) -> None:
    """One line for each run. Raises Failure."""
    head = result.as_json()
    runs = ",\n".join(json.dumps(run, ensure_ascii=False) for run in head.pop("runs"))
    text = json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}")
    try:
        file.write_text(f'{text},\n "runs": [\n{runs}\n]}}\n')
    except OSError as error:
        raise Failure(f"{file} cannot be written: {error.strerror}") from error


def load(file: Path) -> Result:
    """Raises Failure when the file is not what save() writes."""
    try:
        data = json.loads(file.read_text())
        return Result(data["date"], data["machine"], data["versions"], data["rounds"],
                      data["seconds"], runs_from_json(data["runs"]))
    except OSError as error:
        raise Failure(f"{file} cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise Failure(f"{file} is not what --json writes: {error}") from error
