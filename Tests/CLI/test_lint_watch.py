"""`envd lint --watch`: checks again when something changes, and ends on Ctrl-C."""

import os
import queue
import signal
import subprocess
import threading

import pytest
from conftest import BINARY, ENVIRONMENT

TIMEOUT = 20


class Watch:
    """A running watch; `next()` is what it printed up to where it waits for changes."""

    def __init__(self, folder, *arguments):
        self.process = subprocess.Popen(
            [BINARY, "lint", "--watch", "--select", "names,unused-suppression", *arguments],
            cwd=folder,
            env=ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.lines = queue.Queue()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.put(line)

    def next(self):
        text = ""
        while True:
            line = self.lines.get(timeout=TIMEOUT)
            if line.startswith("watching for changes"):
                return text
            text += line


@pytest.fixture
def watch(tmp_path):
    running = []

    def start(*arguments):
        running.append(Watch(tmp_path, *arguments))
        return running[-1]

    yield start
    for one in running:
        one.process.kill()
        one.process.wait()


def replace(path, text):
    """As editors do it: nobody sees half of it."""
    other = path.with_suffix(".new")
    other.write_text(text)
    os.replace(other, path)


def test_it_checks_again_when_a_file_changes(watch, tmp_path):
    path = tmp_path / "build.envd"
    path.write_text("x = nowhere\n")
    running = watch()
    assert "undefined name 'nowhere'" in running.next()
    replace(path, "x = 1\n")
    assert running.next() == "0 findings in 1 file\n"
    (tmp_path / "more.envd").write_text("y = elsewhere\n")
    text = running.next()
    assert "more.envd:1:5: error: undefined name 'elsewhere'" in text and "1 finding in 2 files" in text
    (tmp_path / "more.envd").unlink()
    assert running.next() == "0 findings in 1 file\n"
    replace(path, "x = set()\n")
    assert "[set-function]" in running.next()


def test_it_checks_again_when_settings_change_and_outlives_wrong_ones(watch, tmp_path):
    (tmp_path / "build.envd").write_text("x = nowhere\n")
    running = watch()
    assert "undefined name" in running.next()
    replace(tmp_path / "envd.toml", "[lint]\nslect = []\n")
    assert "envd.toml: there is no setting 'lint.slect'" in running.next()
    replace(tmp_path / "envd.toml", "[lint.severity]\nundefined-name = 'advice'\n")
    assert "advice: undefined name" in running.next()


def test_it_outlives_that_there_is_nothing_to_check(watch, tmp_path):
    running = watch()
    assert "there is no build.envd" in running.next()
    (tmp_path / "build.envd").write_text("x = 1\n")
    assert running.next() == "0 findings in 1 file\n"


def test_it_fixes_what_changes(watch, tmp_path):
    path = tmp_path / "build.envd"
    path.write_text("x = 1\n")
    running = watch("--fix")
    assert "0 findings fixed" in running.next()
    replace(path, "x = 2  # envd: ignore[undefined-name]\n")
    assert "1 finding fixed" in running.next()
    assert path.read_text() == "x = 2\n"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_when_it_is_told_to(watch, tmp_path, number):
    (tmp_path / "build.envd").write_text("x = nowhere\n")
    running = watch()
    running.next()
    running.process.send_signal(number)
    assert running.process.wait(timeout=TIMEOUT) == 0
    running.reader.join(timeout=TIMEOUT)
    assert running.lines.empty()


def test_it_checks_again_when_a_loaded_file_changes(watch, tmp_path):
    (tmp_path / "build.envd").write_text('load("lib/tools.envd", "f")\n\nx = f\n')
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "tools.envd").write_text("g = 1\n")
    running = watch("build.envd")
    assert "'lib/tools.envd' defines no 'f'" in running.next()
    replace(tmp_path / "lib" / "tools.envd", "f = 1\n")
    assert running.next() == "0 findings in 1 file\n"
