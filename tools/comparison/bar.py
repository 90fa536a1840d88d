"""What is to be reached, and whether it was."""

from dataclasses import asdict, dataclass
from typing import Any

from comparison.markdown import Table, number
from comparison.ratio import Spread


@dataclass(frozen=True)
class Bar:
    """A measured figure and its bound. What was not measured is not met."""

    what: str
    reached: float | None
    bound: float
    at_most: bool  # else at least
    least: float | None = None  # of the rounds
    most: float | None = None
    unit: str = ""

    @property
    def met(self) -> bool:
        if self.reached is None:
            return False
        return self.reached <= self.bound if self.at_most else self.reached >= self.bound

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "met": self.met}


def at_least(what: str, reached: Spread | None, bound: float, unit: str = "") -> Bar:
    return _bar(what, reached, bound, unit, at_most=False)


def at_most(what: str, reached: Spread | None, bound: float, unit: str = "") -> Bar:
    return _bar(what, reached, bound, unit, at_most=True)


def _bar(what: str, reached: Spread | None, bound: float, unit: str, *, at_most: bool) -> Bar:
    if reached is None:
        return Bar(what, None, bound, at_most, unit=unit)
    return Bar(what, reached.median, bound, at_most, reached.least, reached.most, unit)


def table_of(bars: list[Bar]) -> Table:
    return Table(("to reach", "reached", "least to most", "bar", ""), [_row(bar) for bar in bars])


def _row(bar: Bar) -> tuple[str, ...]:
    unit = f" {bar.unit}" if bar.unit else ""
    spread = "" if bar.least is None else f"{number(bar.least)} to {number(bar.most)}"
    bound = f"{'at most' if bar.at_most else 'at least'} {number(bar.bound)}{unit}"
    if bar.reached is None:
        return (bar.what, "not measured", spread, bound, "")
    return (bar.what, number(bar.reached) + unit, spread, bound, "met" if bar.met else "**missed**")
