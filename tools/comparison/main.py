"""tools/compare: from the command line to the page of results."""

import resource
import signal
import sys
from collections.abc import Sequence
from datetime import datetime, timezone
from pathlib import Path

from comparison import durable_page, packages, pictures
from comparison.alternation import Alternation
from comparison.failure import Failure, WrongUse
from comparison.machine import describe_machine, versions
from comparison.options import Options, parse
from comparison.report import section_lines, whole
from comparison.result import Result, load, save
from comparison.section import Section
from comparison.sections import every_section, sections_of
from comparison.server import Place
from comparison.systems import System, all_systems

_ROOT = Path(__file__).resolve().parents[2]
_INTERRUPTED = 130


def main(arguments: Sequence[str]) -> int:
    """The exit status."""
    # So that servers are ended then, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        _run(parse(arguments))
    except Failure as failure:
        print(f"tools/compare: {failure}", file=sys.stderr)
        return 2 if isinstance(failure, WrongUse) else 1
    except KeyboardInterrupt:
        return _INTERRUPTED
    return 0


def _run(options: Options) -> None:
    if options.install:
        packages.install(_ROOT)
    if options.from_ is not None:
        result = load(options.from_)
        for section in every_section():
            _show(section, result)
    else:
        result = _measure(options)
    if options.write:
        (_write_durable if options.durable else _write)(result)


def _measure(options: Options) -> Result:
    build = packages.check_build(options.build) if options.build else packages.build(_ROOT)
    systems = _chosen_systems(options)
    _raise_file_limit()
    result = Result(datetime.now(timezone.utc).isoformat(timespec="minutes"), describe_machine(),
                    versions(systems, _ROOT, build), options.plan.rounds, options.plan.seconds)

    def keep() -> None:
        if options.json is not None:
            save(result, options.json)

    keep()
    alternation = Alternation(options.plan, systems, Place(_ROOT, build), result.runs, keep)
    for section in sections_of(durable=options.durable):
        if section.name in options.sections:
            alternation.measure(section)
            _show(section, result)
    return result


def _chosen_systems(options: Options) -> list[System]:
    chosen = [s for s in all_systems() if s.keeps == options.durable
              and (not options.only or s.family in options.only)]
    there, missing = packages.installed(chosen)
    if missing:
        names = ", ".join(f"{s.title} (package {s.package})" for s in missing)
        print(f"tools/compare: not installed and not measured: {names}; --install gets them",
              file=sys.stderr)
    return there


def _raise_file_limit() -> None:
    """For the servers, which inherit it."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _show(section: Section, result: Result) -> None:
    lines = section_lines(section, result)
    if lines:
        print("\n".join(lines), flush=True)


def _write(result: Result) -> None:
    """bench/RESULTS.md, and its pictures when there is gnuplot."""
    bench = _ROOT / "bench"
    drawn = {}
    if pictures.can_draw():
        drawn = pictures.draw_all(result, bench / "results")
    else:
        print("tools/compare: gnuplot is not installed, so there are no new pictures; --install "
              "gets it", file=sys.stderr)
    relative = {section: str(file.relative_to(bench)) for section, file in drawn.items()}
    page = whole(result, relative)
    kept = durable_page.part_of(_page().read_text())
    _page().write_text(durable_page.with_part(page, kept) if kept else page)


def _write_durable(result: Result) -> None:
    """That part of bench/RESULTS.md."""
    _page().write_text(durable_page.with_part(_page().read_text(), durable_page.part(result)))


def _page() -> Path:
    return _ROOT / "bench" / "RESULTS.md"
