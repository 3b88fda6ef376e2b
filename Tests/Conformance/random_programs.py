#!/usr/bin/env python3
"""Hold our plans against the real envd for programs made at random out of every function of the API.

usage: random_programs.py [--ours ENVD] [--count N] [--seed S]

The same seed makes the same programs. A program on which both differ is left in the directory that is printed.
"""

import argparse
import pathlib
import random
import shutil
import sys
import tempfile

from cases import MISSING, VARIANTS, our_envd, real_envd
from compare import Comparison

WORDS = ["a", "numpy==1.2", "x-y", "é", "a b", "it's", "$HOME", "-e", "#c", "", "a&b<c>", "\\n", '"q"', "tab\\tq", "%s"]
PATHS = ["a", "./b/../c", "/opt/x", "dir/", "/", ".", "", "../up", "a//b", "/x/.", "~/d", "requirements.txt", "odd.txt"]
IMAGES = ["ubuntu:22.04", "ubuntu", "python:3.11", "nvidia/cuda:12", "ghcr.io/a/b:c", "Bad Image"]


class Maker:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def pick(self, *choices):
        return self.random.choice(choices)

    def word(self):
        return repr(self.pick(*WORDS))

    def path(self):
        return repr(self.pick(*PATHS))

    def image(self):
        return repr(self.pick(*IMAGES))

    def truth(self):
        return self.pick("True", "False", "True", "False", "True", "False", "1")

    def words(self):
        return "[" + ", ".join(self.word() for _ in range(self.random.randrange(4))) + "]"

    def version(self):
        return repr(self.pick("3", "3.9", "3.11.4", "", "3.", "4", "2.7", "1.80.0", "22.1"))

    def arguments(self, **parameters):
        """Some of the parameters, by position as far as none is left out."""
        chosen = {name: value for name, value in parameters.items() if self.random.random() < 0.7}
        if self.random.random() < 0.3 and list(chosen) == list(parameters)[:len(chosen)]:
            return ", ".join(chosen.values())
        return ", ".join(f"{name}={value}" for name, value in chosen.items())

    def call(self):
        r, a = self.random, self.arguments
        calls = [
            lambda: "base(" + a(image=self.image(), dev=self.truth()) + ")",
            lambda: f"shell({self.pick('bash', 'zsh', 'fish', 'ZSH', 'tcsh')!r})",
            lambda: "run(" + a(commands=self.words(), mount_host=self.truth()) + ")",
            lambda: "git_config(" + a(name=self.word(), email=self.word(), editor=self.word()) + ")",
            lambda: "install.python(" + a(version=self.version()) + ")",
            lambda: "install.conda(" + a(use_mamba=self.truth()) + ")",
            lambda: "install.uv(" + a(python_version=self.version()) + ")",
            lambda: "install.pixi(" + a(use_pixi_mirror=self.truth(), pypi_index=self.word()) + ")",
            lambda: "install.r_lang()",
            lambda: "install.julia()",
            lambda: "install.rust(" + a(version=self.version()) + ")",
            lambda: "install.go(" + a(version=self.version()) + ")",
            lambda: "install.nodejs(" + a(version=self.version()) + ")",
            lambda: "install.apt_packages(" + a(name=self.words()) + ")",
            lambda: "install.python_packages(" + a(
                name=self.words(), requirements=self.path(), local_wheels=self.words()) + ")",
            lambda: "install.conda_packages(" + a(
                name=self.words(), channel=self.words(), env_file=self.pick("''", "'e.yaml'")) + ")",
            lambda: "install.r_packages(" + a(name=self.words()) + ")",
            lambda: "install.julia_packages(" + a(name=self.words()) + ")",
            lambda: "install.cuda(" + a(version=self.version(), cudnn=self.version()) + ")",
            lambda: "install.vscode_extensions([" + self.pick("'a.b'", "'a.b-1.2'", "'a.b-c'", "'ab'", "'a.'") + "])",
            lambda: "install.codex(" + a(version=self.version()) + ")",
            lambda: "config.apt_source(" + a(source=self.word()) + ")",
            lambda: "config.pip_index(" + a(
                url=self.pick("'https://h:1/x'", "'h'", "''"), extra_url=self.pick("'http://u@[::1]:2'", "''"),
                trust=self.truth()) + ")",
            lambda: "config.conda_channel(" + a(channel=self.word()) + ")",
            lambda: "config.cran_mirror(" + a(url=self.word()) + ")",
            lambda: "config.jupyter(" + a(token=self.word(), port=str(r.randrange(70000))) + ")",
            lambda: "config.rstudio_server()",
            lambda: "config.entrypoint(" + a(args=self.words()) + ")",
            lambda: "config.owner(" + a(uid=str(r.randrange(-1, 70000)), gid=str(r.randrange(3))) + ")",
            lambda: "config.shm_size(" + a(size=str(r.randrange(9))) + ")",
            lambda: "config.gpu(" + a(count=str(r.randrange(9))) + ")",
            lambda: "io.copy(" + a(source=self.path(), target=self.path(), image=self.image()) + ")",
            lambda: "io.http(" + a(
                url="'https://e.com/f'", checksum=repr(self.pick("", "sha256:" + "a" * 64, "md5:1")),
                filename=self.word()) + ")",
            lambda: "runtime.command(commands={'a': 'b'})",
            lambda: "runtime.daemon(commands=[" + self.words() + "])",
            lambda: "runtime.init(" + a(commands=self.words()) + ")",
            lambda: "runtime.environ(" + a(
                env="{" + self.pick("", "'A': 'b'", "'PATH': '/p'", "'LANG': 'x'") + "}", extra_path=self.words()) + ")",
            lambda: "runtime.expose(" + a(
                envd_port=str(r.randrange(70000)), host_port=str(r.randrange(-1, 9)), service=self.word(),
                listen_addr=repr(self.pick("1.2.3.4", "::1", "x", "01.2.3.4", "::ffff:1.2.3.4"))) + ")",
            lambda: "runtime.mount(" + a(host_path=self.path(), envd_path=self.path()) + ")",
        ]
        return r.choice(calls)()

    def program(self):
        lines = [self.call() for _ in range(self.random.randrange(1, 9))]
        return "def build():\n" + "".join(f"    {line}\n" for line in lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ours", default=str(our_envd()))
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    real = real_envd()
    if real is None:
        print(f"0 passed, 0 failed, {arguments.count} skipped: {MISSING}")
        return 0
    folder = pathlib.Path(tempfile.mkdtemp(prefix="programs-"))
    comparison = Comparison(arguments.ours, real)
    results = {}
    failed = 0
    try:
        for number in range(arguments.seed, arguments.seed + arguments.count):
            directory = folder / f"p{number}"
            directory.mkdir()
            (directory / "build.envd").write_text(Maker(number).program())
            (directory / "requirements.txt").write_text("numpy\n# no\ntorch\n")
            (directory / "odd.txt").write_text("-e .\n")
            builder, owner = VARIANTS[number % len(VARIANTS)]
            result, detail = comparison.judge(directory, builder, owner)
            results[result] = results.get(result, 0) + 1
            if result in Comparison.GOOD:
                shutil.rmtree(directory)
            else:
                failed += 1
                print(f"{result} {directory} ({builder}, {owner}): {detail}", flush=True)
    finally:
        comparison.close()
    print(", ".join(f"{count} {result}" for result, count in sorted(results.items())))
    print(f"{arguments.count - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
