"""The command line of tools/compare."""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NoReturn

from comparison.failure import WrongUse
from comparison.plan import Plan, full_plan, quick_plan
from comparison.sections import every_section, sections_of
from comparison.systems import families

_ABOUT = """\
Compares chat-server with the floor (the least that can be done for a message) and with the servers
that are installed, under the same load, by turns, and says for each figure whether its bar is
reached."""

_MORE = """\
Of each figure the median of the rounds counts, and each ratio is taken within a round. It needs
the machine for itself. Exit status: 0 when all was measured, also when a bar was missed; 1 when
something could not be done; 2 for a command line that makes no sense."""


@dataclass(frozen=True)
class Options:
    plan: Plan
    only: tuple[str, ...]  # families of systems
    sections: tuple[str, ...]
    install: bool
    build: Path | None  # nothing: builds
    json: Path | None
    write: bool
    durable: bool  # what is kept, instead of all else
    from_: Path | None  # nothing: measures


def parse(arguments: Sequence[str]) -> Options:
    """Raises WrongUse. Asking for help ends the program."""
    given = _parser().parse_args(arguments)
    if given.from_ is not None and given.json is not None:
        raise WrongUse("--json is for what is measured, and --from measures nothing")
    return Options(_plan(given), given.only, _sections(given), given.install, given.build,
                   given.json, given.write, given.durable, given.from_)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise WrongUse(message)


def _parser() -> argparse.ArgumentParser:
    names = [section.name for section in every_section()]
    parser = _Parser(prog="tools/compare", description=_ABOUT, epilog=_MORE, allow_abbrev=False,
                     formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--install", action="store_true",
        help="install the peers and gnuplot from Debian (they may start their own services, which "
             "are not used)")
    add("--build", type=Path, metavar="DIRECTORY",
        help="measure what is built there (default: build it as tools/run does)")
    add("--rounds", type=_at_least_one, metavar="N", help="how often (default: 5)")
    add("--seconds", type=_seconds, metavar="S", help="of load in each run (default: 5)")
    add("--limit", type=_seconds, metavar="S", help="how long one run may take (default: 120)")
    add("--sizes", type=_list_of(_at_least_one), metavar="N,...",
        help="numbers of clients, instead of each section's own")
    add("--only", type=_list_of(_one_of(families())), default=(), metavar="SYSTEM,...",
        help=f"measure only these of {', '.join(families())}")
    add("--sections", type=_list_of(_one_of(names)), default=(), metavar="SECTION,...",
        help=f"measure only these of {', '.join(names)}")
    add("--durable", action="store_true",
        help="measure what it costs to keep messages, and the servers that do (on the disk that "
             "TMPDIR is on)")
    add("--quick", action="store_true",
        help="shows that everything runs: one round of half a second with 100 clients, unless said "
             "otherwise")
    add("--json", type=Path, metavar="FILE", help="write all that was measured")
    add("--write", action="store_true", help="write bench/RESULTS.md and its pictures")
    add("--from", dest="from_", type=Path, metavar="FILE",
        help="measure nothing, and show what an earlier --json wrote")
    return parser


def _sections(given: argparse.Namespace) -> tuple[str, ...]:
    own = tuple(section.name for section in sections_of(durable=given.durable))
    for name in given.sections:
        if name not in own:
            raise WrongUse(f"'{name}' is {'not ' if given.durable else ''}measured with --durable")
    return given.sections or own


def _plan(given: argparse.Namespace) -> Plan:
    plan = quick_plan() if given.quick else full_plan()
    wishes = {"rounds": given.rounds, "seconds": given.seconds, "limit": given.limit,
              "sizes": given.sizes}
    return replace(plan, **{name: wish for name, wish in wishes.items() if wish is not None})


def _at_least_one(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number from 1 on")
    return int(text)


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0.1 <= value <= 86_400:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of seconds from 0.1 on")
    return value


def _one_of(names: list[str]) -> Callable[[str], str]:
    def check(text: str) -> str:
        if text not in names:
            raise argparse.ArgumentTypeError(f"there is no '{text}', but {', '.join(names)}")
        return text
    return check


def _list_of(item: Callable[[str], Any]) -> Callable[[str], tuple]:
    def parse_list(text: str) -> tuple:
        return tuple(dict.fromkeys(item(part.strip()) for part in text.split(",")))
    return parse_list
