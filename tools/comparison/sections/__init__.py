"""The sections of the comparison, in the order in which they are measured and shown."""

from comparison.section import Section
from comparison.sections import (
    curve,
    half_rate,
    idle,
    reactors,
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
