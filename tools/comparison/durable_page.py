"""The part of the page that tells of what is kept, which is measured by itself."""

from comparison.report import circumstances, score, section_lines
from comparison.result import Result
from comparison.sections import durable_sections

# Where it begins; it goes to the end of the page.
_HEADING = "# What it costs to keep messages"


def part(result: Result) -> str:
    """Begins with its heading."""
    lines = [_HEADING, "", *circumstances(result, "tools/compare --durable"), "",
             "The medians of fdatasync are of writes of 4 KiB to a file beside the server's, "
             "measured before each run: no server that syncs can acknowledge sooner.", "",
             score(result, durable_sections()), ""]
    for section in durable_sections():
        lines += section_lines(section, result)
    return "\n".join([*lines, "To repeat: `./tools/compare --install --durable --write`."]) + "\n"


def with_part(page: str, new_part: str) -> str:
    """The page with another such part, or with its first one."""
    rest, _, _ = page.partition(f"\n{_HEADING}\n")
    return f"{rest.rstrip()}\n\n{new_part}"


def part_of(page: str) -> str:
    """Empty when it has none."""
    _, heading, rest = page.partition(f"\n{_HEADING}\n")
    return f"{_HEADING}\n{rest}" if heading else ""
