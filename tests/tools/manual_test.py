"""Manual pages and completion are held to what the programs say of themselves."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import unittest.mock

SOURCE = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(sys.argv.pop(1))
PROGRAMS = {
    'chat-server': 'server',
    'chat-client': 'client',
    'chat-bench': 'bench',
    'chat-pipe': 'tools',
}
OPTION = re.compile(r'^  (?:(-\w),)?(--[a-z-]+)', re.MULTILINE)


def program(name):
    return str(BUILD / PROGRAMS[name] / name)


def page(name):
    return SOURCE / PROGRAMS[name] / f'{name}.1'


def help_of(name, *scenario):
    return subprocess.run([program(name), *scenario, '--help'], check=True, text=True,
                          stdout=subprocess.PIPE).stdout


def options_of(help_text):
    return {option for line in OPTION.findall(help_text) for option in line if option}


def scenarios_of(help_text):
    return re.findall(r'^  ([a-z-]+) ', help_text.partition('Subcommands:\n')[2], re.MULTILINE)


def documented(text):
    """The options that a part of a page explains."""
    items = re.findall(r'^\.It (Fl .*)$', text, re.MULTILINE)
    names = [name for item in items for name in re.findall(r'Fl (-?[\w-]+)', item)]
    return {'-' + name for name in names}


def sections(text):
    """What stands in front of the first subsection, and the subsections by their titles."""
    front, *rest = re.split(r'^\.Ss (.+)$', text, flags=re.MULTILINE)
    return front, dict(zip(rest[::2], (part.partition('\n.Sh ')[0] for part in rest[1::2])))


class Pages(unittest.TestCase):
    def test_are_well_formed(self):
        self.assertTrue(shutil.which('mandoc'), 'mandoc is missing; see tools/packages')
        for name in PROGRAMS:
            lint = subprocess.run(['mandoc', '-T', 'lint', '-W', 'warning', page(name)],
                                  check=False, text=True, stdout=subprocess.PIPE)
            self.assertEqual((lint.stdout, lint.returncode), ('', 0))

    def test_explain_each_option_and_no_other(self):
        for name in PROGRAMS:
            front, _ = sections(page(name).read_text(encoding='utf-8'))
            with self.subTest(name):
                self.assertEqual(documented(front), options_of(help_of(name)))

    def test_explain_each_option_of_each_scenario(self):
        _, parts = sections(page('chat-bench').read_text(encoding='utf-8'))
        scenarios = scenarios_of(help_of('chat-bench'))
        self.assertEqual(sorted(parts), sorted(scenarios))
        common = {'-h', '--help'}
        for scenario in scenarios:
            with self.subTest(scenario):
                self.assertEqual(documented(parts[scenario]) | common,
                                 options_of(help_of('chat-bench', scenario)))

    def test_explain_each_command_of_the_client(self):
        source = (SOURCE / 'client' / 'command.cpp').read_text(encoding='utf-8')
        commands = set(re.findall(r'Description\{"(/[a-z]+)"', source))
        self.assertIn('/help', commands)
        explained = re.findall(r'^\.It Ic (/[a-z]+)', page('chat-client').read_text(encoding='utf-8'),
                               re.MULTILINE)
        self.assertEqual(set(explained), commands)

    def test_explain_each_setting_of_the_client(self):
        source = (SOURCE / 'client' / 'setting_table.cpp').read_text(encoding='utf-8')
        settings = set(re.findall(r'Setting\{\s*(?:""|kColours),\s*"([a-z-]+)"', source) +
                       re.findall(r'colour_of<[^>]+>\(\s*"([a-z-]+)"', source))
        self.assertIn('nick', settings)
        self.assertIn('event', settings)
        text = page('chat-client').read_text(encoding='utf-8')
        part = text.partition('.Sh CONFIGURATION\n')[2].partition('\n.Sh ')[0]
        self.assertEqual(set(re.findall(r'(?:^\.It| ,) Ic ([a-z-]+)', part, re.MULTILINE)), settings)


class Keys(unittest.TestCase):
    def setUp(self):
        source = (SOURCE / 'client' / 'actions.cpp').read_text(encoding='utf-8')
        self.actions = {name: keys.split() for name, keys in
                        re.findall(r'Action\{"([a-z0-9-]+)",\s*"([^"]*)"', source)}
        self.assertEqual(self.actions['word-left'], ['Ctrl-Left', 'Alt-B'])

    def test_are_in_the_page_with_what_they_do(self):
        text = page('chat-client').read_text(encoding='utf-8')
        part = text.partition('.Sh KEYS\n')[2].partition('\n.Sh ')[0]
        explained = re.findall(r'^\.It Ic ([a-z0-9-]+) : (.+)$', part, re.MULTILINE)
        self.assertEqual({name: keys.split(' , ') for name, keys in explained}, self.actions)

    def test_are_all_in_the_readme(self):
        text = (SOURCE / 'README.md').read_text(encoding='utf-8')
        rows = text.partition('| key | |\n|---|---|\n')[2].partition('\n\n')[0].splitlines()
        first = '; '.join(row.split(' | ')[0].lstrip('| ') for row in rows)
        first = first.replace('Alt-1 to Alt-9', ', '.join(f'Alt-{digit}' for digit in range(1, 10)))
        first = re.sub(r' \(also [^)]+\)', '', first)
        told = {key.replace('PgUp', 'PageUp').replace('PgDn', 'PageDown')
                for key in re.split('[,;] | or ', first)}
        self.assertEqual(told, {key for keys in self.actions.values() for key in keys})


class Completion(unittest.TestCase):
    def complete(self, *words):
        """What is offered for the last of the words."""
        script = f'''
            PATH={BUILD / 'server'}:{BUILD / 'client'}:{BUILD / 'bench'}:{BUILD / 'tools'}:$PATH
            . {SOURCE / 'tools' / 'completion.bash'}
            complete -p "$1" | grep -q _edgechat || exit 1
            COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
            _edgechat "$1" "${{COMP_WORDS[COMP_CWORD]}}" "${{COMP_WORDS[COMP_CWORD - 1]}}"
            printf '%s\\n' "${{COMPREPLY[@]}}"'''
        run = subprocess.run(['bash', '-c', script, 'bash', *words], check=True, text=True,
                             stdout=subprocess.PIPE)
        return run.stdout.split()

    def test_offers_all_options(self):
        for name in PROGRAMS:
            with self.subTest(name):
                options = {o for o in options_of(help_of(name)) if o.startswith('--')}
                self.assertEqual(set(self.complete(name, '--')), options)

    def test_offers_what_begins_alike(self):
        self.assertEqual(self.complete('chat-server', '--keep'),
                         ['--keep-days', '--keep-messages'])

    def test_offers_scenarios_and_their_options(self):
        self.assertEqual(sorted(self.complete('chat-bench', '')),
                         sorted(scenarios_of(help_of('chat-bench'))))
        self.assertEqual(self.complete('chat-bench', 'fanout', '--wind'), ['--window'])

    def test_offers_folders_where_one_is_meant(self):
        self.assertEqual(self.complete('chat-server', '--data', str(SOURCE / 'libcha')),
                         [str(SOURCE / 'libchat')])

    def test_offers_folders_and_programs_in_each_scenario(self):
        meant = {'--data': 'libchat', '--folder': 'libchat', '--sync-folder': 'libchat',
                 '--server-program': 'LICENSE', '--client-program': 'LICENSE'}
        for scenario in scenarios_of(help_of('chat-bench')):
            for option in meant.keys() & options_of(help_of('chat-bench', scenario)):
                with self.subTest(scenario=scenario, option=option):
                    file = str(SOURCE / meant[option])
                    self.assertEqual(self.complete('chat-bench', scenario, option, file[:-1]),
                                     [file])

    def test_offers_servers_of_the_configuration(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / 'edgechat' / 'client.toml'
            file.parent.mkdir()
            file.write_text('[servers.zz-work]  # mine\naddress = "a"\n[servers.zz-home]\n',
                            encoding='utf-8')
            with unittest.mock.patch.dict(os.environ, XDG_CONFIG_HOME=folder):
                for name in ('chat-client', 'chat-pipe'):
                    self.assertEqual(self.complete(name, 'zz-'), ['zz-work', 'zz-home'])
                self.assertEqual(self.complete('chat-client', '--config', str(file)[:-1]),
                                 [str(file)])

    def test_offers_nothing_for_what_it_cannot_know(self):
        self.assertEqual(self.complete('chat-pipe', '--room', ''), [])


if __name__ == '__main__':
    unittest.main()
