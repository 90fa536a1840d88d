"""What `meson install` puts where."""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

BUILD = pathlib.Path(sys.argv.pop(1))
MESON = sys.argv.pop(1)
PROGRAMS = ['chat-bench', 'chat-client', 'chat-pipe', 'chat-server']


class Install(unittest.TestCase):
    def test_yields_programs_pages_and_completion(self):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([MESON, 'install', '-C', BUILD, '--no-rebuild', '--quiet',
                            '--destdir', folder], check=True, stdout=subprocess.DEVNULL)
            files = [path for path in pathlib.Path(folder).rglob('*') if path.is_file()]
            names = {str(pathlib.Path(*path.parts[-2:])) for path in files}
            expected = {f'bin/{name}' for name in PROGRAMS}
            expected |= {f'man1/{name}.1' for name in PROGRAMS}
            expected |= {f'completions/{name}' for name in PROGRAMS}
            self.assertEqual(names, expected)
            for path in files:
                self.assertEqual(os.access(path, os.X_OK), path.parent.name == 'bin', path)


if __name__ == '__main__':
    unittest.main()
