"""Keeps out of results what concerns only the machine on which they were made."""

import re
import socket
from dataclasses import dataclass
from pathlib import Path

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True)
class Discretion:
    """Knows the folders that must not be named."""

    directories: tuple[Path, ...]

    def applied(self, text: str) -> str:
        """The text in one line, without these folders' paths, the host's name and control
        characters."""
        for directory in self.directories:
            text = text.replace(f"{directory}/", "").replace(str(directory), ".")
        name = re.escape(socket.gethostname())
        text = re.sub(rf"(?<![\w.-]){name}(?![\w-])", "localhost", text) if name else text
        return _CONTROL.sub(" ", text).strip()
