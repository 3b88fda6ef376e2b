"""Clients that stop reading, are killed, or take the ground from under the server: it ends when they do, and works on while they live."""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

from client import BINARY, TIMEOUT, Client, document, edit
from hostile import A, PROGRAM, Hostile
from patient_client import PatientClient
from questions import FULL_CLIENT, announced, own


class Processes(Hostile):
    def test_a_reader_that_takes_its_time(self):
        """Nothing is read while thousands of questions and edits are sent; all are taken, and answered when somebody reads."""
        server = subprocess.Popen([BINARY, "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        try:
            content = "x = [1, 2, 3]\n" * 200
            send = server.stdin.write
            send(
                Client.frame(
                    {
                        "jsonrpc": "2.0",
                        "id": 0,
                        "method": "initialize",
                        "params": {"processId": None, "capabilities": {}},
                    }
                )
            )
            opening = {"textDocument": {"uri": A, "languageId": "envd", "version": 1, "text": content}}
            send(Client.frame({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": opening}))
            rounds = 500
            started = time.monotonic()
            for number in range(1, rounds + 1):
                changing = {
                    "textDocument": {"uri": A, "version": number + 1},
                    "contentChanges": [edit(0, 0, 0, 1, "xyz"[number % 3])],
                }
                send(Client.frame({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": changing}))
                send(Client.frame({"jsonrpc": "2.0", "id": number, "method": "envd/syntaxTree", "params": document(A)}))
            server.stdin.flush()
            # Far more has been asked than a pipe takes, so the server reads on though nobody reads from it.
            self.assertLess(time.monotonic() - started, TIMEOUT)
            send(Client.frame({"jsonrpc": "2.0", "id": "end", "method": "shutdown"}))
            send(Client.frame({"jsonrpc": "2.0", "method": "exit"}))
            server.stdin.close()
            time.sleep(0.2)
            answers = list(messages_in(server.stdout.read()))
            versions = [
                message["result"]["version"]
                for message in answers
                if isinstance(message.get("id"), int) and message["id"]
            ]
            # It does not wait for ever for a reader after the end, but what it says is whole and in order.
            self.assertEqual(versions, list(range(2, len(versions) + 2)))
            self.assertIn(server.wait(timeout=TIMEOUT), (0, 1))
        finally:
            server.kill()
            server.stdout.close()
            server.wait()

    def test_nobody_reads_and_the_input_ends(self):
        server = subprocess.Popen([BINARY, "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        try:
            for id in range(20_000):
                server.stdin.write(Client.frame({"jsonrpc": "2.0", "id": id, "method": "a method that nobody knows"}))
            server.stdin.close()
            # The pipe is full by now and stays so.
            self.assertEqual(server.wait(timeout=TIMEOUT), 1)
        finally:
            server.kill()
            server.stdout.close()
            server.wait()

    CLIENT = """
import json, os, subprocess, sys, time
server = subprocess.Popen([sys.argv[1], "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
held_open = os.dup(server.stdin.fileno())
if sys.argv[2] == "child":
    # A process that outlives the client and keeps the server's input open.
    other = subprocess.Popen(["sleep", "600"], pass_fds=[held_open], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"processId": os.getpid(), "capabilities": {}}}).encode()
server.stdin.write(b"Content-Length: %d\\r\\n\\r\\n" % len(body) + body)
server.stdin.flush()
server.stdout.readline()
print(server.pid, other.pid if sys.argv[2] == "child" else 0, flush=True)
time.sleep(600)
"""

    def kill_a_client(self, kind):
        parent = subprocess.Popen([sys.executable, "-c", self.CLIENT, BINARY, kind], stdout=subprocess.PIPE, text=True)
        server, other = map(int, parent.stdout.readline().split())
        try:
            self.assertTrue(is_running(server))
            parent.send_signal(signal.SIGKILL)
            parent.wait()
            deadline = time.monotonic() + TIMEOUT
            while is_running(server) and time.monotonic() < deadline:
                time.sleep(0.05)
            self.assertFalse(is_running(server), "the server has outlived its client")
        finally:
            parent.stdout.close()
            for process in filter(None, (other, server)):
                try:
                    os.kill(process, signal.SIGKILL)
                except ProcessLookupError:
                    pass

    def test_client_that_is_killed(self):
        self.kill_a_client("alone")

    def test_client_that_is_killed_while_somebody_else_keeps_the_pipe_open(self):
        self.kill_a_client("child")

    def test_folder_that_is_deleted(self):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name).resolve() / "project"
            (folder / "lib").mkdir(parents=True)
            path = folder / "build.envd"
            for place in (path, folder / "lib" / "a.envd", folder / "envd.toml"):
                place.write_text("" if place.suffix == ".toml" else PROGRAM)
            os_folder = os.getcwd()
            os.chdir(folder)
            try:
                self.client = self.enterContext(PatientClient())
            finally:
                os.chdir(os_folder)
            root = folder.as_uri()
            result = self.client.initialize(
                FULL_CLIENT, rootUri=root, workspaceFolders=[{"uri": root, "name": "project"}]
            )
            self.methods = ["envd/syntaxTree", *announced(result["capabilities"]), *own(self.client)]
            content = 'load("lib/a.envd", "build")\n' + PROGRAM
            self.client.open(path.as_uri(), content)
            for deleted in (False, True):
                if deleted:
                    shutil.rmtree(folder)
                    gone = [{"uri": place.as_uri(), "type": 3} for place in (path, folder / "lib" / "a.envd")]
                    self.client.notify("workspace/didChangeWatchedFiles", {"changes": gone})
                self.client.change(path.as_uri(), 2 + deleted, edit(0, 0, 0, 0, "# c\n"))
                for method in self.methods:
                    message = self.client.response(self.client.request(method, self.ask(method, path.as_uri())))
                    self.assertIn(message.get("error", {}).get("code"), {None, -32803}, (method, message))
            self.assertEqual(self.client.text(path.as_uri()), "# c\n# c\n" + content)


def messages_in(data):
    start = 0
    while start < len(data):
        body = data.index(b"\r\n\r\n", start) + 4
        length = int(data[start:body].split(b":")[1])
        assert len(data) >= body + length, "a message is cut off"
        yield json.loads(data[body : body + length])
        start = body + length


def is_running(process):
    try:
        state = pathlib.Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"


if __name__ == "__main__":
    unittest.main()
