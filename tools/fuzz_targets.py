"""Runs fuzz targets, each for some time, and tells how far they came.

usage: fuzz_targets.py BUILD_DIRECTORY SECONDS TARGET...

In the build directory, corpus/TARGET keeps the inputs that have reached something new, for the next
run; found/ has the inputs that broke a target; fuzz.json says of each target whether it passed. Exits
1 when one did not.
"""

import json
import os
import pathlib
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

# No byte code beside the sources.
sys.dont_write_bytecode = True

import fuzz_seeds  # noqa: E402

# Long enough for any scenario, short enough to be run often; where frames are read, for more than
# the largest.
MOST_BYTES = {"frame": 40_000, "message": 16_384}
USUAL_MOST_BYTES = 4096
# One input may take so many seconds, also on a busy machine.
PATIENCE = 25
# What of a log is shown when something was found.
LAST_LINES = 60


def last(pattern: str, text: str) -> str:
    found = re.findall(pattern, text)
    return found[-1] if found else "?"


class Run:
    """Of one target: afterwards it has passed or not."""

    def __init__(self, build: pathlib.Path, target: str):
        self.target = target
        self.program = build / "tests" / "fuzz" / f"{target}-fuzz"
        self.seeds = build / "seeds" / target
        self.corpus = build / "corpus" / target
        self.found = build / "found"
        self.log = build / f"{target}.log"
        self.passed = False

    def fuzz(self, seconds: int) -> None:
        for folder in (self.seeds, self.corpus, self.found):
            folder.mkdir(parents=True, exist_ok=True)
        most_bytes = MOST_BYTES.get(self.target, USUAL_MOST_BYTES)
        with self.log.open("w") as log:
            done = subprocess.run(
                [self.program, self.corpus, self.seeds, f"-max_total_time={seconds}",
                 f"-max_len={most_bytes}", f"-timeout={PATIENCE}", "-print_final_stats=1",
                 f"-artifact_prefix={self.found}/{self.target}-"],
                stdout=log, stderr=subprocess.STDOUT, check=False)
        self.passed = done.returncode == 0

    def report(self) -> str:
        text = self.log.read_text(errors="replace")
        executions = last(r"stat::number_of_executed_units: *(\d+)", text)
        rate = last(r"stat::average_exec_per_sec: *(\d+)", text)
        edges = last(r"cov: (\d+)", text)
        features = last(r"ft: (\d+)", text)
        inputs = last(r"corp: (\d+)", text)
        line = (f"fuzz {self.target}: {executions} executions, {rate} per second, {edges} edges, "
                f"{features} features, {inputs} inputs")
        if self.passed:
            return line
        found = last(r"Test unit written to (\S+)", text)
        tail = "\n".join(text.splitlines()[-LAST_LINES:])
        return f"{tail}\n{line}\nFOUND {found}\n  to see it again: {self.program} {found}"


def main(build: pathlib.Path, seconds: int, targets: list[str]) -> int:
    fuzz_seeds.main(build / "seeds")
    runs = [Run(build, target) for target in targets]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for run, _ in zip(runs, pool.map(lambda r: r.fuzz(seconds), runs)):
            print(run.report(), flush=True)
    (build / "fuzz.json").write_text(json.dumps({run.target: run.passed for run in runs}))
    return 0 if all(run.passed for run in runs) else 1


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]))
