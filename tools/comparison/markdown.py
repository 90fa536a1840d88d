"""Tables and numbers as Markdown."""

from collections.abc import Sequence
from dataclasses import dataclass

_NOTHING = "–"


@dataclass(frozen=True)
class Table:
    head: Sequence[str]
    rows: Sequence[Sequence[str]]

    def lines(self) -> list[str]:
        """The first column is text, the others are numbers."""
        rule = ["---"] + ["---:"] * (len(self.head) - 1)
        return [_line(row) for row in (self.head, rule, *self.rows)]


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def number(value: float | None) -> str:
    """With three significant digits, and never as a power of ten."""
    if value is None:
        return _NOTHING
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.{2 if abs(value) < 10 else 1}f}"


def with_unit(value: float | None, unit: str) -> str:
    return _NOTHING if value is None else f"{number(value)} {unit}"


def millions(value: float | None) -> str:
    """5,150,000 as "5.15 M"."""
    return _NOTHING if value is None else f"{value / 1e6:.2f} M"


def clients(size: int) -> str:
    return f"{size:,} clients"
