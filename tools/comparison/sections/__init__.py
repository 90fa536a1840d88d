"""The sections of the comparison, in the order in which they are measured and shown."""

from comparison.section import Section
from comparison.sections import curve, half_rate, reactors, rooms, saturated, single


def all_sections() -> tuple[Section, ...]:
    return (saturated.SECTION, single.SECTION, half_rate.SECTION, curve.SECTION, rooms.SECTION,
            reactors.SECTION)
