"""The same session over a TCP connection and over a pipe (a Unix socket), to which the server connects as VS Code's clients expect."""

import os
import pathlib
import socket
import subprocess
import tempfile
import threading
import unittest

from client import BINARY, TIMEOUT, Client, document, edit

A = "file:///project/build.envd"
HELP = subprocess.run([BINARY, "lsp", "--help"], stdout=subprocess.PIPE, text=True, timeout=TIMEOUT).stdout


class SocketClient(Client):
    """Listens, starts a server with the argument that names the place, and speaks over the connection that the server makes."""

    def __init__(self, option):
        self.folder = tempfile.TemporaryDirectory()
        if option == "--pipe":
            self.listener, place = socket.socket(socket.AF_UNIX), str(pathlib.Path(self.folder.name) / "server.sock")
            self.listener.bind(place)
        else:
            self.listener = socket.socket(socket.AF_INET)
            self.listener.bind(("127.0.0.1", 0))
            place = str(self.listener.getsockname()[1])
        self.listener.settimeout(TIMEOUT)
        self.listener.listen(1)
        self.connection = None
        self.is_connected = threading.Event()
        super().__init__([f"{option}={place}"])
        assert self.is_connected.wait(TIMEOUT) and self.connection, "the server does not connect"

    def _read(self):
        try:
            self.connection, _ = self.listener.accept()
            self.connection.settimeout(None)
            # What the server says must come through the connection alone.
            self.process.stdin.close()
            self.standard_output = self.process.stdout
            self.process.stdin, self.process.stdout = self.connection.makefile("wb"), self.connection.makefile("rb")
        finally:
            self.is_connected.set()
        super()._read()

    def __exit__(self, kind, value, trace):
        super().__exit__(kind, value, trace)
        self.connection.close()
        self.listener.close()
        self.standard_output.close()
        self.folder.cleanup()


class Transport:
    option: str

    def setUp(self):
        if self.option not in HELP:
            self.skipTest(f"this server has no {self.option}")

    def test_a_session(self):
        with SocketClient(self.option) as client:
            client.initialize({"textDocument": {"publishDiagnostics": {"versionSupport": True}}}, processId=os.getpid())
            client.open(A, "def build():\n    base(\n")
            self.assertEqual([d["code"] for d in client.diagnostics(A, 1)], ["unclosed-bracket"])
            client.change(A, 2, edit(1, 9, 1, 9, "dev=True)"))
            self.assertEqual(client.diagnostics(A, 2), [])
            symbols = client.call("textDocument/documentSymbol", document(A))
            self.assertEqual([symbol["name"] for symbol in symbols], ["build"])
            # More than any socket's buffer holds.
            content = "".join(f"x{number} = [1, 2, 3]  # é😀\n" for number in range(30_000))
            client.change(A, 3, {"text": content})
            self.assertEqual(client.text(A), content)
            self.assertEqual(client.leave(), 0)
            self.assertEqual(client.standard_output.read(), b"")

    def test_one_byte_at_a_time(self):
        with SocketClient(self.option) as client:
            message = {"jsonrpc": "2.0", "id": "a", "method": "x"}
            for byte in Client.frame(message):
                client.connection.sendall(bytes([byte]))
            self.assertEqual(client.response("a")["error"]["code"], -32002)

    def test_connection_that_is_cut(self):
        with SocketClient(self.option) as client:
            client.initialize()
            client.connection.shutdown(socket.SHUT_RDWR)
            self.assertEqual(client.exit_status(), 1)

    def test_connection_that_is_cut_after_shutdown(self):
        with SocketClient(self.option) as client:
            client.initialize()
            client.call("shutdown")
            client.connection.shutdown(socket.SHUT_RDWR)
            self.assertEqual(client.exit_status(), 0)

    def refuse(self, place):
        """Whatever is there, the server says in one line what is wrong and ends with status 2."""
        done = subprocess.run(
            [BINARY, "lsp", f"{self.option}={place}"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=TIMEOUT,
        )
        self.assertEqual((done.returncode, done.stdout), (2, ""), place)
        self.assertNotEqual(done.stderr, "")
        self.assertNotIn("Fatal error", done.stderr)


class TCP(Transport, unittest.TestCase):
    option = "--socket"

    def test_nobody_listens(self):
        with socket.socket(socket.AF_INET) as listener:
            listener.bind(("127.0.0.1", 0))
            # Bound, but nobody accepts.
            self.refuse(listener.getsockname()[1])

    def test_what_is_no_port(self):
        for place in ["", "x", "-1", "0", "65536", "99999999999999999999", "1.5", "127.0.0.1:1"]:
            self.refuse(place)


class Pipe(Transport, unittest.TestCase):
    option = "--pipe"

    def test_nobody_listens(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "here"
            self.refuse(path)
            path.write_text("a file")
            self.refuse(path)
            self.assertEqual(path.read_text(), "a file")
            # A socket that somebody has left behind.
            with socket.socket(socket.AF_UNIX) as left:
                left.bind(f"{path}.sock")
            self.refuse(f"{path}.sock")

    def test_what_is_no_path(self):
        for place in ["", "x" * 5_000, "/", "."]:
            self.refuse(place)


if __name__ == "__main__":
    unittest.main()
