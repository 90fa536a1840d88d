"""The sections of the comparison, in the order in which they are measured and shown."""

from comparison.section import Section
from comparison.sections import (
    burden,
    commit,
    curve,
    half_rate,
    idle,
    reactors,
    readers,
    resume,
    rooms,
    saturated,
    single,
    slow,
    storm,
    whisper,
)


def all_sections() -> tuple[Section, ...]:
    return (saturated.SECTION, single.SECTION, half_rate.SECTION, curve.SECTION, rooms.SECTION,
            idle.SECTION, storm.SECTION, whisper.SECTION, slow.SECTION, reactors.SECTION)


def durable_sections() -> tuple[Section, ...]:
    """The same of what is kept."""
    return (readers.SECTION, commit.SECTION, resume.SECTION, burden.SECTION)


def sections_of(*, durable: bool) -> tuple[Section, ...]:
    return durable_sections() if durable else all_sections()


def every_section() -> tuple[Section, ...]:
    return all_sections() + durable_sections()
