"""What chat-server's reactors log when they end."""

import re

_ENDED = re.compile(r"event=reactor_ended .*awake_ms=(\d+) in_hub_ms=(\d+)")


def hub_share(log: str) -> float | None:
    """Of the time that a reactor is awake, how much it spends in the hub or waiting for its lock;
    of the reactor that spends most. Nothing when none has logged it."""
    times = [(int(awake), int(in_hub)) for awake, in_hub in _ENDED.findall(log)]
    return max((in_hub / awake for awake, in_hub in times if awake > 0), default=None)
