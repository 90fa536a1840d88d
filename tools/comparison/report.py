"""What came out, in Markdown."""

import re
from collections.abc import Iterable

from comparison.bar import table_of
from comparison.result import Result
from comparison.section import Section
from comparison.sections import all_sections
from comparison.systems import title_of


_FLOOR = ("The floor is a bare epoll loop ([bench/floor](floor)) that passes on what it receives, in "
          "frames as large as the server's own: no names, no rooms, no protocol.")


def section_lines(section: Section, result: Result) -> list[str]:
    """Title, tables and bars; nothing when it was not measured."""
    runs = result.runs.of(section=section.name)
    if not runs:
        return []
    summary = section.summary(runs)
    lines = [f"## {section.title}", "", section.about, ""]
    for table in (*summary.tables, *([table_of(summary.bars)] if summary.bars else [])):
        lines += [*table.lines(), ""]
    lines += [f"- {note}" for note in summary.notes]
    return lines + [""] if summary.notes else lines


def whole(result: Result, pictures: dict[str, str]) -> str:
    """The page. `pictures` are paths by the section that they belong to."""
    lines = ["# How edgechat compares", "", *circumstances(result, "tools/compare"), _FLOOR, "",
             score(result, all_sections()), ""]
    for section in all_sections():
        lines += section_lines(section, result)
        if section.name in pictures and result.runs.of(section=section.name):
            lines += [f"![{section.title}]({pictures[section.name]})", ""]
    return "\n".join(lines + _how_to_repeat()).rstrip() + "\n"


def circumstances(result: Result, command: str) -> list[str]:
    """Two paragraphs: on what was measured, and how."""
    machine = result.machine
    servers = ", ".join(f"{title_of(name)} {_short(version)}"
                        for name, version in result.versions.items() if name != "floor")
    return [f"Measured on {result.date[:10]} by `{command}` over loopback, on "
            f"{machine['cores']} cores of an {machine['cpu']} with {machine['memory_gib']} GiB of "
            f"memory, which the load tool shares with the servers; {machine['system']}, Linux "
            f"{machine['kernel']}. Servers: {servers}.",
            "",
            f"Every figure is the median of {result.rounds} rounds of {result.seconds:g} s, in "
            "which the servers take turns, each freshly started; every delivery is counted. Ratios "
            "are taken within a round, since absolute figures drift, and the median of them is "
            "shown with the least and the most. The peers' configurations are in "
            "[bench/peers](peers)."]


def score(result: Result, sections: Iterable[Section]) -> str:
    """Which bars are missed, in a sentence, and what was not measured, in another."""
    runs_of = {section: result.runs.of(section=section.name) for section in sections}
    bars = [(section.title, bar) for section, runs in runs_of.items() if runs
            for bar in section.summary(runs).bars]
    measured = [(title, bar) for title, bar in bars if bar.reached is not None]
    missed = [f"{title}, {bar.what}" for title, bar in measured if not bar.met]
    left_out = [section.title for section, runs in runs_of.items() if not runs]
    left_out += [f"{title}, {bar.what}" for title, bar in bars if bar.reached is None]
    return " ".join((_sentence_of_missed(len(measured), missed),
                     *([f"Not measured: {'; '.join(left_out)}."] if left_out else [])))


def _sentence_of_missed(measured: int, missed: list[str]) -> str:
    if not missed:
        return f"All {measured} bars that were measured are met."
    return f"Of {measured} bars that were measured {len(missed)} are missed: {'; '.join(missed)}."


def _short(version: str) -> str:
    """Of "5:7.0.15-1~deb12u10" the program's own part; what ours say stays."""
    found = re.fullmatch(r"(?:\d+:)?([^-+~ ]+)[-+~][^ ]*", version)
    return found.group(1) if found else version


def _how_to_repeat() -> list[str]:
    return ["## To repeat", "", "On Debian 12, on a machine that does nothing else:", "",
            "```", "./tools/compare --install --write", "```"]
