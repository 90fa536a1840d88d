"""On what, and of what, the figures were taken."""

import os
import platform
import re
import subprocess
from pathlib import Path

from comparison.systems import System


def describe_machine() -> dict[str, str | int]:
    """Nothing that tells whose machine it is."""
    return {"cpu": _field(Path("/proc/cpuinfo"), r"model name\s*: (.*)"),
            "cores": len(os.sched_getaffinity(0)),
            "memory_gib": round(_memory_kib() / 1024**2),
            "system": _field(Path("/etc/os-release"), r'PRETTY_NAME="(.*)"'),
            "kernel": platform.release()}


def versions(systems: list[System], root: Path, build: Path) -> dict[str, str]:
    """By family: of peers what Debian calls the package, of ours what it says and its commit."""
    return {system.family: _package_version(system.package) if system.is_peer
            else f"{_own_version(build)} ({_commit(root)})" for system in systems}


def _own_version(build: Path) -> str:
    said = _said([str(build / "server" / "chat-server"), "--version"])
    return said.removeprefix("chat-server ") or "unknown"


def _commit(root: Path) -> str:
    """With a mark when the sources differ from it."""
    commit = _said(["git", "-C", str(root), "describe", "--always", "--dirty", "--exclude=*"])
    return f"commit {commit}" if commit else "no commit"


def _package_version(package: str) -> str:
    return _said(["dpkg-query", "-W", "-f", "${Version}", package]) or "unknown"


def _said(command: list[str]) -> str:
    """The program's first line; empty when it failed or is not there."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.partition("\n")[0].strip()


def _field(file: Path, pattern: str) -> str:
    try:
        found = re.search(pattern, file.read_text())
    except OSError:
        return "unknown"
    return found.group(1).strip() if found else "unknown"


def _memory_kib() -> int:
    return int(_field(Path("/proc/meminfo"), r"MemTotal:\s*(\d+) kB"))
