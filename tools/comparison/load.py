"""One measurement: a fresh server, and chat-bench against it."""

import json
import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from comparison.discretion import Discretion
from comparison.keys import HUB_SHARE
from comparison.processes import started
from comparison.reactor_log import hub_share
from comparison.server import NoServer, Place, Server, running
from comparison.systems import System

# Seconds without any progress after which what is missing is given up.
_PATIENCE = 30

Figures = dict[str, Any]


@dataclass(frozen=True)
class Load:
    """What chat-bench is to do: a scenario and its options, without those that tell of the
    server."""

    scenario: str
    options: tuple[str, ...]
    waiting: float = 0.0  # seconds in which nothing is to happen
    # What the disk takes is measured before, where the server's files lie.
    with_disk: bool = False
    # chat-bench starts chat-server itself, since it restarts it, or reaches for its store. The
    # options say then what is otherwise said of the system.
    own_server: bool = False


@dataclass(frozen=True)
class Outcome:
    """Either figures, as chat-bench reports them, or a sentence on why there are none that count;
    beside the sentence there may be figures, too."""

    figures: Figures | None = None
    trouble: str | None = None


def measure(system: System, load: Load, place: Place, limit: float) -> Outcome:
    """Gives a server of its own the load. `limit` is how many seconds it may take, beside those in
    which nothing is to happen."""
    if load.own_server:
        return _run_with_own_server(load, place, limit + load.waiting)
    try:
        with running(system, place) as server:
            outcome = _run(system, load, place, server, limit + load.waiting)
    except NoServer as fault:
        return Outcome(trouble=str(fault))
    share = hub_share(server.last_words)
    if outcome.figures is not None and share is not None:
        outcome.figures[HUB_SHARE] = share
    return outcome


def _run(system: System, load: Load, place: Place, server: Server, limit: float) -> Outcome:
    return _bench(load, place, limit, *_adapted_to(system), "--server", f"127.0.0.1:{server.port}",
                  "--server-pid", str(server.pid), *_disk(load, server.directory))


def _run_with_own_server(load: Load, place: Place, limit: float) -> Outcome:
    with tempfile.TemporaryDirectory(prefix="compare-") as name:
        return _bench(load, place, limit, "--server-program",
                      str(place.build / "server" / "chat-server"), "--data", f"{name}/store",
                      *_disk(load, Path(name)))


def _disk(load: Load, directory: Path) -> list[str]:
    return ["--sync-folder", str(directory)] if load.with_disk else []


def _bench(load: Load, place: Place, limit: float, *more: str) -> Outcome:
    command = [str(place.build / "bench" / "chat-bench"), load.scenario, *load.options, *more,
               "--patience", str(_PATIENCE), "--json"]
    with started(command, _kill, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                 errors="replace") as process:
        try:
            output, errors = process.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            return Outcome(trouble=f"took longer than {limit:.0f} s")
    figures = _figures(output)
    if process.returncode == 0 and figures:
        return Outcome(figures)
    return Outcome(figures, _trouble(figures, errors, Discretion((place.root,))))


def _kill(process: subprocess.Popen) -> None:
    process.kill()
    process.communicate()


def _adapted_to(system: System) -> list[str]:
    """What goes without saying is not said: only some scenarios know these options."""
    options = []
    if system.protocol != "edgechat":
        options += ["--protocol", system.protocol]
    if system.at_once is not None:
        options += ["--at-once", str(system.at_once)]
    return options


def _figures(output: str) -> Figures | None:
    try:
        return json.loads(output)
    except json.JSONDecodeError:
        return None


def _trouble(figures: Figures | None, said: str, discretion: Discretion) -> str:
    """The word first that a table has room for."""
    sentence = discretion.applied(said.removeprefix("chat-bench: "))[:400]
    if re.search(r"reset|closed|ended|Broken pipe", sentence):
        return f"drops clients: {sentence}"
    if figures and figures.get("lost"):
        return f"loses messages: {figures['lost']} of {figures.get('expected')}"
    return f"fails: {sentence or 'chat-bench says nothing'}"
