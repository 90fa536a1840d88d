"""tools/compare, as a program: it measures what was built, keeps it, and tells it.

usage: compare_test.py BUILD_DIRECTORY
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "tools"))

from comparison import durable_page, pictures  # noqa: E402
from comparison.discretion import Discretion  # noqa: E402
from comparison.load import Load, measure  # noqa: E402
from comparison.loads import committed  # noqa: E402
from comparison.plan import quick_plan  # noqa: E402
from comparison.ratio import highest, ratio  # noqa: E402
from comparison.reactor_log import hub_share  # noqa: E402
from comparison.report import whole  # noqa: E402
from comparison.result import load  # noqa: E402
from comparison.runs import Run, Runs  # noqa: E402
from comparison.sections import all_sections  # noqa: E402
from comparison.server import NoServer, Place, running  # noqa: E402
from comparison.systems import System, all_systems  # noqa: E402

# Seconds; long enough for a sanitizer build on a busy machine.
PATIENCE = 300


def compare(*arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run([ROOT / "tools" / "compare", *arguments], capture_output=True, text=True,
                          timeout=PATIENCE, check=False)


def system(name: str) -> System:
    return next(s for s in all_systems() if s.name == name)


def is_running(pid: int) -> bool:
    """Not reaped, and not waiting to be."""
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False


class WithBuild(unittest.TestCase):
    build: Path

    def setUp(self):
        self.directory = Path(self.enterContext(tempfile.TemporaryDirectory()))


class Measuring(WithBuild):
    def test_a_quick_run_measures_and_keeps_everything(self):
        file = self.directory / "result.json"
        done = compare("--build", str(self.build), "--quick", "--only", "edgechat,floor",
                       "--sizes", "50", "--seconds", "0.3",
                       "--sections", "saturated,single,curve,rooms,whisper", "--json", str(file))
        self.assertEqual(done.returncode, 0, done.stderr)
        data = json.loads(file.read_text())
        runs = {(run["section"], run["system"]): run for run in data["runs"]}
        self.assertEqual(set(runs), {("saturated", "floor"), ("saturated", "edgechat"),
                                     ("single", "naive"), ("single", "edgechat"),
                                     ("curve", "floor"), ("curve", "edgechat"),
                                     ("rooms", "edgechat"), ("whisper", "relay"),
                                     ("whisper", "edgechat")})
        for run in data["runs"]:
            self.assertNotIn("trouble", run)
        self.assertGreater(runs["curve", "floor"]["figures"]["deliveries_per_second"], 0)
        self.assertIn("| edgechat | ", done.stdout)
        self.assertIn("50 clients: deliveries/s to the floor's", done.stdout)
        self.check_rendering(file, done.stdout)

    def check_rendering(self, file: Path, measured: str):
        """What was kept says the same again, and can be drawn."""
        again = compare("--from", str(file))
        self.assertEqual((again.returncode, again.stdout), (0, measured), again.stderr)
        result = load(file)
        page = whole(result, {"curve": "results/curve.svg"})
        self.assertIn("![Cost per delivery by size of the room](results/curve.svg)", page)
        self.assertNotIn(str(ROOT), page + file.read_text())
        # What was not measured is told as such, and not as missed.
        self.assertRegex(page, r"bars that were measured (\d+ are missed|are met).* "
                               r"Not measured: .*Idle connections")
        self.assertNotRegex(page, r"missed: [^.]*Idle connections")
        if pictures.can_draw():
            for picture in pictures.draw_all(result, self.directory).values():
                self.assertIn("<svg", picture.read_text())

    def test_what_is_kept_is_measured_by_itself(self):
        file = self.directory / "result.json"
        done = compare("--durable", "--build", str(self.build), "--quick", "--only", "edgechat",
                       "--sizes", "20", "--seconds", "0.3", "--json", str(file))
        self.assertEqual(done.returncode, 0, done.stderr)
        data = json.loads(file.read_text())
        self.assertEqual({(run["section"], run["system"]) for run in data["runs"]},
                         {("readers", "edgechat-none"), ("readers", "edgechat-process"),
                          ("readers", "edgechat-power"), ("commit", "edgechat-none"),
                          ("commit", "edgechat-process"), ("commit", "edgechat-power"),
                          ("resume", "edgechat-power"), ("burden", "edgechat-power")})
        for run in data["runs"]:
            self.assertNotIn("trouble", run)
            self.assertGreater(run["figures"]["sync_ms"]["p50"], 0)
        self.assertIn("deliveries/s of `power` to those of `none`", done.stdout)
        again = compare("--from", str(file))
        self.assertEqual((again.returncode, again.stdout), (0, done.stdout), again.stderr)
        part = durable_page.part(load(file))
        self.assertNotIn("Not measured", part)
        self.assertNotIn(str(ROOT), part)

    def test_the_server_is_gone_when_the_comparison_is_stopped(self):
        command = [ROOT / "tools" / "compare", "--build", str(self.build), "--only", "floor",
                   "--sections", "saturated", "--sizes", "50", "--seconds", "60"]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL) as process:
            children = self.await_children(process.pid, 2)
            process.send_signal(signal.SIGTERM)
            self.assertEqual(process.wait(PATIENCE), 128 + signal.SIGTERM)
        self.assertFalse([pid for pid in children if is_running(pid)])

    def await_children(self, pid: int, count: int) -> list[int]:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
            if len(children) >= count:
                return [int(child) for child in children]
            time.sleep(0.01)
        self.fail("server and load tool were not started")


class Troubles(WithBuild):
    def start(self, *command: str) -> str:
        """What is said of a server with this command that does not serve."""
        strange = System("strange", "strange", "The strange one", "edgechat", command)
        with self.assertRaises(NoServer) as raised, running(strange, Place(ROOT, self.build)):
            pass
        return str(raised.exception)

    def test_a_server_that_does_not_start_is_told_with_what_it_said(self):
        said = self.start("sh", "-c", "echo no such luck; exit 3")
        self.assertEqual(said, "The strange one does not start (exit status 3), and says: "
                               "no such luck")

    def test_a_server_that_is_not_there_is_told(self):
        self.assertIn("The strange one does not start", self.start("there-is-no-such-server"))

    def test_a_load_that_fails_is_told_in_its_words(self):
        outcome = measure(system("floor"), Load("fanout", ("--clients", "0")),
                          Place(ROOT, self.build), PATIENCE)
        self.assertIsNone(outcome.figures)
        self.assertRegex(outcome.trouble, "^fails: .*--clients")

    def test_a_load_that_takes_too_long_is_ended(self):
        options = ("--clients", "2", "--senders", "1", "--seconds", "60", "--text-bytes", "64",
                   "--rate", "1")
        outcome = measure(system("floor"), Load("fanout", options), Place(ROOT, self.build), 1)
        self.assertEqual(outcome.trouble, "took longer than 1 s")

    def test_a_wrong_command_line_exits_2(self):
        for wrong in (["--only", "icq"], ["--sizes", "0"], ["--rounds", "few"], ["--fast"],
                      ["--from", "a", "--json", "b"], ["--sections", "commit"],
                      ["--durable", "--sections", "saturated"]):
            done = compare(*wrong)
            self.assertEqual((done.returncode, done.stdout), (2, ""), wrong)
            self.assertTrue(done.stderr.startswith("tools/compare: "), done.stderr)

    def test_a_build_without_the_programs_is_told(self):
        done = compare("--build", str(self.directory))
        self.assertEqual(done.returncode, 1)
        self.assertIn("holds no server/chat-server", done.stderr)

    def test_a_file_that_is_no_result_is_told(self):
        file = self.directory / "strange.json"
        file.write_text("{}")
        self.assertIn("is not what --json writes", compare("--from", str(file)).stderr)

    def test_paths_and_control_characters_stay_out_of_results(self):
        text = Discretion((Path("/home/lisa/chat"),)).applied("/home/lisa/chat/a.conf:\x1b[1m no\n")
        self.assertEqual(text, "a.conf: [1m no")


class Peers(WithBuild):
    def test_the_peers_that_are_installed_serve_with_their_configurations(self):
        for peer in all_systems():
            path = os.environ["PATH"] + ":/usr/sbin"
            if peer.is_peer and shutil.which(peer.command[0], path=path):
                with self.subTest(peer.name), running(peer, Place(ROOT, self.build)) as server:
                    self.assertTrue(is_running(server.pid))

    def test_those_that_keep_what_is_said_acknowledge_it_and_show_it_to_readers(self):
        path = os.environ["PATH"] + ":/usr/sbin"
        for keeper in all_systems():
            if keeper.keeps and (not keeper.is_peer
                                 or shutil.which(keeper.command[0], path=path)):
                with self.subTest(keeper.name):
                    outcome = measure(keeper, committed(4, 6, 2, quick_plan()),
                                      Place(ROOT, self.build), PATIENCE)
                    self.assertIsNone(outcome.trouble)
                    self.assertGreater(outcome.figures["acknowledged"], 0)
                    self.assertEqual(outcome.figures["delivered"], outcome.figures["expected"])

    def test_every_setting_is_filled_in(self):
        known = {"PORT", "DIRECTORY"}
        for file in (ROOT / "bench" / "peers").iterdir():
            lines = [line for line in file.read_text().split("\n") if not line.startswith("#")]
            self.assertLessEqual(set(re.findall(r"@(\w+)@", "\n".join(lines))), known, file.name)


class Page(unittest.TestCase):
    """Its part that tells of what is kept is replaced, and stays, by itself."""

    OLD = "# What it costs to keep messages\n\nOld.\n"

    def test_a_part_is_put_behind_the_page_and_found_again(self):
        page = durable_page.with_part("# Page\n\nAll else.\n", self.OLD)
        self.assertEqual(page, "# Page\n\nAll else.\n\n" + self.OLD)
        self.assertEqual(durable_page.part_of(page), self.OLD)

    def test_a_new_part_takes_the_place_of_the_old_one(self):
        page = durable_page.with_part("# Page\n", self.OLD)
        new = self.OLD.replace("Old", "New")
        self.assertEqual(durable_page.with_part(page, new), "# Page\n\n" + new)

    def test_a_page_without_such_a_part_has_none(self):
        self.assertEqual(durable_page.part_of("# Page\n\nAll else.\n"), "")


class Computing(unittest.TestCase):
    def test_ratios_are_taken_within_a_round(self):
        reached = ratio({1: 4.0, 2: 30.0, 3: 3.0, 5: 7.0}, {1: 2.0, 2: 10.0, 3: 3.0, 4: 9.0})
        self.assertEqual((reached.median, reached.least, reached.most), (2.0, 1.0, 3.0))

    def test_without_a_round_that_has_both_there_is_no_ratio(self):
        self.assertIsNone(ratio({1: 4.0}, {2: 2.0}))
        self.assertIsNone(ratio({1: 4.0}, {1: 0.0}))

    def test_the_best_is_that_of_each_round(self):
        self.assertEqual(highest([{1: 1.0, 2: 5.0}, {1: 3.0}]), {1: 3.0, 2: 5.0})

    def test_a_figure_of_a_run_that_went_wrong_does_not_count(self):
        good = Run("saturated", "50 clients", 50, 1, "nats", {"a": {"b": 3}})
        bad = Run("saturated", "50 clients", 50, 2, "nats", {"a": {"b": 9}}, "drops clients: all")
        self.assertEqual(Runs([good, bad]).figures("a.b"), {1: 3.0})

    def test_the_reactor_that_is_in_the_hub_most_counts(self):
        log = ("level=info event=reactor_ended reactor=0 awake_ms=1000 in_hub_ms=10\n"
               "level=info event=reactor_ended reactor=1 awake_ms=500 in_hub_ms=20\n")
        self.assertEqual(hub_share(log), 0.04)
        self.assertIsNone(hub_share("level=info event=joined"))

    def test_sections_tell_of_systems_that_never_work(self):
        runs = Runs(Run("saturated", f"{size} clients", size, 1, "nats", trouble="drops clients: x")
                    for size in (10, 20))
        summary = all_sections()[0].summary(runs)
        self.assertIn("| NATS | drops clients | – | drops clients | – |",
                      summary.tables[0].lines())
        self.assertIn("NATS, 10 clients, round 1: drops clients: x.", summary.notes)


if __name__ == "__main__":
    WithBuild.build = Path(sys.argv.pop())
    unittest.main()
