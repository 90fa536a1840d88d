"""Adds up doctest's summaries in the Meson test logs of the build directories given, and the fuzz
targets of one that has a fuzz.json instead.

usage: count_tests.py STATUS DIRECTORY...

STATUS is 0 when everything before went well. A program that failed without a failed test case in
its summary (it crashed, or took too long) counts as one failed, and so does a STATUS that nothing
else explains. Exits 1 when anything failed or nothing ran.
"""

import json
import pathlib
import re
import sys

SUMMARY = re.compile(r"test cases:\s*\d+\s*\|\s*(\d+) passed\s*\|\s*(\d+) failed")


def count(log):
    passed = failed = 0
    for line in log.read_text().splitlines():
        test = json.loads(line)
        summaries = SUMMARY.findall(test.get("stdout", ""))
        bad = sum(int(f) for _, f in summaries)
        passed += sum(int(p) for p, _ in summaries)
        failed += bad if bad or test["result"] == "OK" else 1
    return passed, failed


def count_targets(fuzzing):
    passed = list(json.loads(fuzzing.read_text()).values())
    return passed.count(True), passed.count(False)


def count_suite(directory):
    log = directory / "meson-logs" / "testlog.json"
    fuzzing = directory / "fuzz.json"
    if fuzzing.exists():
        return count_targets(fuzzing)
    return count(log) if log.exists() else (0, 1)


def main(status, *directories):
    passed = failed = 0
    for directory in directories:
        suite_passed, suite_failed = count_suite(pathlib.Path(directory))
        passed += suite_passed
        failed += suite_failed
    if int(status) != 0 and failed == 0:
        failed = 1
    print(f"{passed} passed, {failed} failed")
    return 0 if failed == 0 and passed > 0 else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
