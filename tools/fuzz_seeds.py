"""Writes what each fuzz target begins with, made of the golden vectors: fuzz_seeds.py DIRECTORY.

The folders below DIRECTORY are named like the targets. What the bytes mean is said in
tests/fuzz/TARGET_fuzz.cpp.
"""

import pathlib
import random
import sys

LENGTH_BYTES = 4


# Two reactors and three clients; an accepted hello.
HUB_BEGIN = b"\x01" + bytes(9)
# One to three reactors, room for much or for little.
HUB_OPTIONS = b"\x01\x05\x0d\x04\x0c\x02\x06\x0e"
# Nothing is left from before; an accepted hello.
MODEL_BEGIN = b"\x00\x01"


def hub_step(frame: bytes) -> bytes:
    """Client 0 sends it, and is served at once."""
    return b"\x86\x00" + bytes([len(frame)]) + frame


def model_step(frame: bytes) -> bytes:
    """The server sends it, and the screen is not looked at."""
    return b"\x00" + bytes([len(frame)]) + frame + b"\x00"


def vectors():
    """Sender and frame of each golden vector."""
    lines = pathlib.Path("tests/libchat/golden_vectors.txt").read_text().splitlines()
    for line in lines:
        if line and not line.startswith("#"):
            sender, name, hexadecimal = line.split()
            yield sender, name, bytes.fromhex(hexadecimal)


def seeds():
    """Target, name and bytes of each seed."""
    streams = {"client": b"", "server": b""}
    for sender, name, frame in vectors():
        streams[sender] += frame
        yield "frame", f"{sender}-{name}", b"\x04\x00" + frame
        yield "message", f"{sender}-{name}", frame[LENGTH_BYTES:]
        yield "text", f"{sender}-{name}", b"\x13\x0d" + frame[LENGTH_BYTES + 1:]
        if sender == "client":
            yield "hub", name, HUB_BEGIN + hub_step(frame)
        else:
            yield "model", name, MODEL_BEGIN + model_step(frame)
    for sender, stream in streams.items():
        yield "frame", sender, b"\x1f\x02" + stream
    # Long scripts, so that the first minute reaches far; the same in every run.
    for number in range(len(HUB_OPTIONS)):
        script = random.Random(number).randbytes(400)
        yield "hub", f"script-{number}", HUB_OPTIONS[number:number + 1] + HUB_BEGIN[1:] + script
        yield "model", f"script-{number}", MODEL_BEGIN + script
    yield "text", "name", "\x1f\x1fÉlise".encode()
    yield "text", "words", "\x09\x07hi, 世界: e\u0301 👩‍👩‍👧‍👦 \u202eevil, and more".encode()


def main(directory: pathlib.Path) -> None:
    for target, name, seed in seeds():
        (directory / target).mkdir(parents=True, exist_ok=True)
        (directory / target / name).write_bytes(seed)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
