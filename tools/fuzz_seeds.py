"""Writes what each fuzz target begins with, made of the golden vectors: fuzz_seeds.py DIRECTORY.

The folders below DIRECTORY are named like the targets. What the bytes mean is said in
tests/fuzz/TARGET_fuzz.cpp.
"""

import pathlib
import random
import struct
import sys

LENGTH_BYTES = 4
MOST_FRAME_LENGTH = 16_384
MOST_TEXT_BYTES = 4096
SAY = 0x02
MEMBER_PAGE = 0x86


# Two reactors and three clients; an accepted hello.
HUB_BEGIN = b"\x01" + bytes(9)
# One to three reactors, room for much or for little.
HUB_OPTIONS = b"\x01\x05\x0d\x04\x0c\x02\x06\x0e"
# Nothing is left from before; an accepted hello.
MODEL_BEGIN = b"\x00\x01"


def hub_step(frame: bytes) -> bytes:
    """Client 0 sends it, and is served at once."""
    return b"\x80\x00" + bytes([len(frame)]) + frame


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


def frame_of(kind: int, body: bytes) -> bytes:
    return struct.pack(">IB", 1 + len(body), kind) + body


def largest():
    """Frames as large as they may be, and a say with the longest text."""
    def string(length: int) -> bytes:
        return struct.pack(">H", length) + b"x" * length

    for length in (MOST_TEXT_BYTES, MOST_TEXT_BYTES + 1):
        yield f"text-{length}", frame_of(SAY, bytes(24) + b"\x01" + string(length))
    names = string(30)
    people = (MOST_FRAME_LENGTH - 128) // (8 + len(names))
    page = struct.pack(">IIIBBH", 0, 1, people, 1, 1, people)
    page += b"".join(struct.pack(">Q", user) + names for user in range(1, people + 1))
    yield "page", frame_of(MEMBER_PAGE, page + b"\0\0")
    yield "frame", frame_of(SAY, bytes(MOST_FRAME_LENGTH - 1))
    yield "frame-too-large", frame_of(SAY, bytes(MOST_FRAME_LENGTH))


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
    for name, frame in largest():
        yield "frame", name, b"\x1f\x02" + frame + frame[:-1]
        yield "message", name, frame[LENGTH_BYTES:]
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
