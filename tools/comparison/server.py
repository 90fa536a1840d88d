"""A server that is measured: started, waited for, ended and reaped."""

import contextlib
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from comparison.discretion import Discretion
from comparison.processes import started
from comparison.programs import find
from comparison.systems import System, command_of, filled

# Seconds.
_PATIENCE_WITH_START = 20.0
_PATIENCE_WITH_END = 5.0


class NoServer(Exception):
    """It does not serve; the text says what it said."""


@dataclass
class Server:
    """One that accepts connections on 127.0.0.1."""

    port: int
    pid: int
    directory: Path  # its own, for its files
    last_words: str = ""  # the end of its output, when it has ended


@dataclass(frozen=True)
class Place:
    """Where programs and configurations are."""

    root: Path  # of the repository
    build: Path


@contextlib.contextmanager
def running(system: System, place: Place) -> Iterator[Server]:
    """Starts the server with its files in a folder of its own; both are gone at the end, however
    that comes. Raises NoServer."""
    with tempfile.TemporaryDirectory(prefix="compare-") as name:
        directory = Path(name)
        # Some peers give up root's rights, and still have to find their files.
        directory.chmod(0o755)
        port = _free_port()
        command = _command(system, place, directory, port)
        # Peers have nothing to save; some write without end when all their clients go at once.
        ending = signal.SIGKILL if system.is_peer else signal.SIGTERM
        with ((directory / "output").open("wb") as output,
              started(command, lambda process: _end(process, ending), stdout=output,
                      stderr=output) as process):
            _await_start(process, port, system, Discretion((place.root, directory)))
            server = Server(port, process.pid, directory)
            yield server
        server.last_words = _end_of(directory / "output")


def _command(system: System, place: Place, directory: Path, port: int) -> list[str]:
    configuration = directory / (system.configuration or "none")
    if system.configuration:
        template = place.root / "bench" / "peers" / system.configuration
        values = {"@PORT@": str(port), "@DIRECTORY@": str(directory)}
        configuration.write_text(filled(template.read_text(), values))
    program, *arguments = command_of(system, place.build, port, configuration)
    return [*_ending_with_us(), find(program) or program, *arguments]


def _ending_with_us() -> list[str]:
    """What lets the kernel end a program when this one is killed; setpriv(1)."""
    setpriv = find("setpriv")
    return [setpriv, "--pdeathsig", "KILL"] if setpriv else []


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _end(process: subprocess.Popen, ending: signal.Signals) -> None:
    process.send_signal(ending)
    try:
        process.wait(_PATIENCE_WITH_END)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _await_start(process: subprocess.Popen, port: int, system: System,
                 discretion: Discretion) -> None:
    end = time.monotonic() + _PATIENCE_WITH_START
    while not _accepts(port):
        if process.poll() is not None:
            raise NoServer(f"{system.title} does not start (exit status {process.returncode})"
                           + _last_words(discretion))
        if time.monotonic() > end:
            raise NoServer(f"{system.title} accepts no connection for {_PATIENCE_WITH_START:.0f} s"
                           + _last_words(discretion))
        time.sleep(0.02)


def _end_of(output: Path) -> str:
    """A screen or two of it."""
    with output.open("rb") as file:
        file.seek(max(0, output.stat().st_size - 4000))
        return file.read().decode(errors="replace")


def _accepts(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _last_words(discretion: Discretion) -> str:
    lines = _end_of(discretion.directories[-1] / "output").split("\n")
    said = " / ".join(line.strip() for line in lines if line.strip())
    return ", and says: " + discretion.applied(said[-400:]) if said else ", and says nothing"
