"""Ratios of what was measured in adjacent runs.

Absolute figures drift with the machine, by a factor of two on some; so each is divided by its
neighbour's of the same round, and the median is taken of what comes out.
"""

import statistics
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Ratio:
    median: float
    least: float
    most: float
    rounds: int


def ratio(values: dict[int, float], to: dict[int, float]) -> Ratio | None:
    """Of figures by round. Nothing when no round has both."""
    pairs = [values[r] / to[r] for r in values if to.get(r)]
    if not pairs:
        return None
    return Ratio(statistics.median(pairs), min(pairs), max(pairs), len(pairs))


def median(values: dict[int, float]) -> float | None:
    return statistics.median(values.values()) if values else None


def highest(series: Iterable[dict[int, float]]) -> dict[int, float]:
    """The highest figure of each round."""
    return _combined(series, max)


def lowest(series: Iterable[dict[int, float]]) -> dict[int, float]:
    """The lowest figure of each round."""
    return _combined(series, min)


def _combined(series: Iterable[dict[int, float]],
              choose: Callable[[float, float], float]) -> dict[int, float]:
    combined: dict[int, float] = {}
    for values in series:
        for round_, value in values.items():
            combined[round_] = choose(value, combined.get(round_, value))
    return combined
