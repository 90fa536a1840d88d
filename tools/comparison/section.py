"""A section of the comparison: one question, the loads that answer it, and what came out."""

from collections.abc import Callable, Iterator, Sequence
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


Group = Sequence[Case]


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
    # What to measure. The cases of one group take turns within a round, so that they can be
    # compared. Asked for one group after the other; `runs` grows meanwhile, so that a load can
    # follow from what was measured before.
    groups: Callable[[Plan, Runs], Iterator[Group]]
    # From this section's runs alone.
    summary: Callable[[Runs], Summary]
