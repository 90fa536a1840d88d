"""A section of the comparison: one question, the loads that answer it, and what came out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from comparison.bar import Bar
from comparison.load import Load
from comparison.markdown import Table
from comparison.plan import Plan
from comparison.runs import Runs


@dataclass(frozen=True)
class Case:
    """A load that several systems get, by turns."""

    name: str  # within the section
    size: int  # what the section varies
    systems: tuple[str, ...]
    load: Load


@dataclass(frozen=True)
class Summary:
    tables: list[Table] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)  # sentences


@dataclass(frozen=True)
class Section:
    name: str  # on the command line
    title: str
    about: str  # sentences that say what is measured and how
    # What to measure. Asked for one case after the other; `runs` grows meanwhile, so that a load
    # can follow from what was measured before.
    cases: Callable[[Plan, Runs], Iterator[Case]]
    # From this section's runs alone.
    summary: Callable[[Runs], Summary]
