"""Emacs in batch mode with envd-mode and Eglot and nothing else, which does forms one after another."""

import json
import pathlib
import shutil
import subprocess
import threading

from conftest import EDITORS

HERE = pathlib.Path(__file__).resolve().parent
# An Emacs that says nothing for so long is ended, in seconds.
PATIENCE = 40


def program():
    return shutil.which("emacs")


def lisp(text):
    """A string as Lisp writes it."""
    return json.dumps(text, ensure_ascii=False)


class Emacs:
    def __init__(self, emacs, environment, folder):
        self.folder = folder
        self.errors = open(pathlib.Path(environment["HOME"]) / "stderr", "w+b")
        self.process = subprocess.Popen(
            [emacs, "--batch", "--no-init-file", "-L", EDITORS / "emacs", "-l", HERE / "emacs.el"],
            cwd=folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
        )

    def close(self):
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            try:
                stream.close()
            except BrokenPipeError:
                pass
        self.errors.close()

    def messages(self):
        self.errors.seek(0)
        return self.errors.read().decode(errors="replace")

    def __call__(self, form):
        """The value of a form; a list is one of Python, and what has no such form is true."""
        self.process.stdin.write(" ".join(form.split("\n")).encode() + b"\n")
        self.process.stdin.flush()
        watchdog = threading.Timer(PATIENCE, self.process.kill)
        watchdog.start()
        line = self.process.stdout.readline()
        watchdog.cancel()
        assert line, f"Emacs has ended in {form}\n{self.messages()}"
        answer = json.loads(line)
        assert "value" in answer, f"{form}\n{answer}\n{self.messages()}"
        return answer["value"]

    def wait(self, condition):
        return self(f"(test-wait (lambda () {condition}))")

    def open(self, name, text):
        (self.folder / name).write_text(text)
        return self(f"(test-open {lisp(str(self.folder / name))})")

    @property
    def text(self):
        return self("(test-buffer)")
