"""Installing and building, by the means of tools/setup.sh."""

import subprocess
from pathlib import Path

from comparison.failure import Failure
from comparison.programs import find
from comparison.systems import System

_PROGRAMS = ("server/chat-server", "bench/chat-bench", "bench/floor")


def install(root: Path) -> None:
    """The peers and gnuplot, from Debian. Raises Failure."""
    _in_setup(root, "install_packages compare", "the peers could not be installed")


def build(root: Path) -> Path:
    """The programs that are measured, as tools/run builds them. Gives the folder. Raises
    Failure."""
    script = f"install_packages build; configure build -Dtests=false; build build {_words()}"
    _in_setup(root, script, "the programs could not be built")
    return root / "build"


def check_build(directory: Path) -> Path:
    """Raises Failure when a program is missing there."""
    missing = [program for program in _PROGRAMS if not (directory / program).is_file()]
    if missing:
        raise Failure(f"{directory} holds no {', '.join(missing)}")
    return directory.resolve()


def installed(systems: list[System]) -> tuple[list[System], list[System]]:
    """Those that can be started, and those whose program is missing."""
    there = [s for s in systems if not s.is_peer or find(s.command[0]) is not None]
    return there, [s for s in systems if s not in there]


def _words() -> str:
    return " ".join(_PROGRAMS)


def _in_setup(root: Path, script: str, sentence: str) -> None:
    # The program's name, by which setup.sh speaks, comes behind the script.
    command = ["bash", "-euo", "pipefail", "-c", f". tools/setup.sh; {script}", "tools/compare"]
    if subprocess.run(command, cwd=root, stdin=subprocess.DEVNULL, check=False).returncode != 0:
        raise Failure(sentence)
