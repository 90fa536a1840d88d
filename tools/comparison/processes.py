"""Programs that are ended with what they were started for."""

import contextlib
import signal
import subprocess
from collections.abc import Callable, Iterator
from typing import Any

_INTERRUPTIONS = {signal.SIGINT, signal.SIGTERM}


@contextlib.contextmanager
def started(command: list[str], end: Callable[[subprocess.Popen], None],
            **options: Any) -> Iterator[subprocess.Popen]:
    """Calls end() at the end, also when we are interrupted. An interruption waits until the program
    is known here: in the middle of Popen() it would leave one that nobody ends."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _INTERRUPTIONS)

    def as_before() -> None:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)

    try:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, preexec_fn=as_before,
                                   **options)
    except OSError:
        as_before()
        raise
    try:
        as_before()
        yield process
    finally:
        end(process)
