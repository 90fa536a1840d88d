"""Figures of several rounds, and ratios of what was measured in adjacent runs.

Absolute figures drift with the machine, by a factor of two on some; so each is divided by its
neighbour's of the same round, and the median is taken of what comes out.
"""

import statistics
from collections.abc import Callable, Iterable
from dataclasses import dataclass

# A figure by round.
Series = dict[int, float]


@dataclass(frozen=True)
class Spread:
    median: float
    least: float
    most: float


def spread(series: Series) -> Spread | None:
    """Nothing of no rounds."""
    values = series.values()
    return Spread(statistics.median(values), min(values), max(values)) if values else None


def ratio(series: Series, to: Series) -> Spread | None:
    """Of each round that has both. Nothing when none has."""
    return spread({r: series[r] / to[r] for r in series if to.get(r)})


def median(series: Series) -> float | None:
    return statistics.median(series.values()) if series else None


def highest(several: Iterable[Series]) -> Series:
    """The highest figure of each round."""
    return _combined(several, max)


def lowest(several: Iterable[Series]) -> Series:
    """The lowest figure of each round."""
    return _combined(several, min)


def _combined(several: Iterable[Series], choose: Callable[[float, float], float]) -> Series:
    combined: Series = {}
    for series in several:
        for round_, value in series.items():
            combined[round_] = choose(value, combined.get(round_, value))
    return combined
