"""The bugs that are planted for the simulation to find still fit the code."""

import subprocess
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PLANTED = ROOT / "tests" / "simulation" / "planted"


class PlantedBugs(unittest.TestCase):
    def test_each_can_be_applied(self):
        plant = subprocess.run([ROOT / "tools" / "plant", "--check"], capture_output=True,
                               text=True, check=False)
        self.assertEqual(plant.returncode, 0, plant.stdout + plant.stderr)

    def test_each_stands_in_the_table(self):
        table = (PLANTED / "README.md").read_text()
        for patch in PLANTED.glob("*.patch"):
            self.assertIn(f"| {patch.stem} | {patch.read_text().splitlines()[0]} |", table)


if __name__ == "__main__":
    sys.argv[1:] = []
    unittest.main()
