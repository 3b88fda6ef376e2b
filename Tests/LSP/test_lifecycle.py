"""Who may say what when, and how the server ends."""

import os
import signal
import subprocess
import unittest

from client import BINARY, TIMEOUT, Client, document


class Lifecycle(unittest.TestCase):
    def test_orderly(self):
        with Client() as client:
            result = client.initialize()
            self.assertEqual(result["capabilities"]["positionEncoding"], "utf-16")
            self.assertEqual(result["serverInfo"]["name"], "envd")
            self.assertEqual(client.leave(), 0)

    def test_flags_of_editors(self):
        for arguments in [[], ["--stdio"], ["--stdio", f"--clientProcessId={os.getpid()}"]]:
            with self.subTest(arguments), Client(arguments) as client:
                client.initialize()
                self.assertEqual(client.leave(), 0)

    def test_codes_before_initialize(self):
        with Client() as client:
            self.assertEqual(client.error("textDocument/hover", {}), -32002)
            self.assertEqual(client.error("unknown"), -32002)
            self.assertEqual(client.error("shutdown"), -32002)
            # A notification is dropped, and does no harm.
            client.open("file:///a/build.envd", "x = 1\n")
            client.initialize()
            self.assertEqual(client.error("envd/syntaxTree", document("file:///a/build.envd")), -32803)
            self.assertEqual(client.leave(), 0)

    def test_codes_while_running(self):
        with Client() as client:
            client.initialize()
            self.assertEqual(client.error("initialize", {"processId": None, "capabilities": {}}), -32600)
            self.assertEqual(client.error("textDocument/unknown", {}), -32601)
            self.assertEqual(client.error("$/unknown", {}), -32601)
            client.notify("$/unknown", {})
            client.notify("unknown", [1])
            for params in [None, [], {}, {"textDocument": 5}, {"textDocument": {"uri": None}}]:
                self.assertEqual(client.error("textDocument/documentSymbol", params), -32602)
            client.send({"jsonrpc": "2.0", "id": 500, "result": None})
            self.assertEqual(client.leave(), 0)

    def test_codes_after_shutdown(self):
        with Client() as client:
            client.initialize()
            client.call("shutdown")
            self.assertEqual(client.error("textDocument/hover", {}), -32600)
            self.assertEqual(client.error("shutdown"), -32600)
            self.assertEqual(client.error("initialize", {"processId": None, "capabilities": {}}), -32600)
            client.notify("textDocument/didClose", document("file:///never"))
            client.notify("exit")
            self.assertEqual(client.exit_status(), 0)

    def test_exit_without_shutdown(self):
        with Client() as client:
            client.notify("exit")
            self.assertEqual(client.exit_status(), 1)
        with Client() as client:
            client.initialize()
            client.notify("exit")
            self.assertEqual(client.exit_status(), 1)

    def test_end_of_input(self):
        with Client() as client:
            client.initialize()
            client.process.stdin.close()
            self.assertEqual(client.exit_status(), 1)
        with Client() as client:
            client.initialize()
            client.call("shutdown")
            client.process.stdin.close()
            self.assertEqual(client.exit_status(), 0)

    def test_requests_before_the_end_are_answered(self):
        with Client() as client:
            client.initialize()
            client.open("file:///a", "x = 1\n")
            ids = [client.request("envd/syntaxTree", document("file:///a")) for _ in range(50)]
            client.request("shutdown")
            client.notify("exit")
            client.drain()
            self.assertTrue(all("result" in client.response(id) for id in ids))
            self.assertEqual(client.exit_status(), 0)

    def test_client_that_dies(self):
        parent = subprocess.Popen(["sleep", "600"])
        with Client() as client:
            client.initialize(processId=parent.pid)
            parent.kill()
            parent.wait()
            # The input stays open: it is the process that is missed.
            self.assertEqual(client.exit_status(), 1)

    def test_client_that_reads_no_more(self):
        reading, writing = os.pipe()
        server = subprocess.Popen([BINARY, "lsp"], stdin=subprocess.PIPE, stdout=writing)
        os.close(writing)
        os.close(reading)
        try:
            # The input stays open: the output's end is enough.
            server.stdin.write(Client.frame({"jsonrpc": "2.0", "id": 1, "method": "unknown"}))
            server.stdin.flush()
            self.assertEqual(server.wait(timeout=TIMEOUT), 1)
        finally:
            server.kill()
            server.stdin.close()
            server.wait()

    def test_signal_ends_it(self):
        with Client() as client:
            client.initialize()
            client.process.send_signal(signal.SIGTERM)
            self.assertEqual(client.exit_status(), -signal.SIGTERM)


class Framing(unittest.TestCase):
    def setUp(self):
        self.client = self.enterContext(Client())

    def alive(self):
        """Whether the server still answers in good order."""
        self.assertEqual(self.client.leave(), 0)

    def test_not_json(self):
        self.client.initialize()
        for body in [b"", b"{", b"nul", b'{"jsonrpc":"2.0","id":1,"method":"a",}', b"\xff\xfe", b'"\xff"', b"\0"]:
            self.client.raw(Client.frame(body))
            self.assertEqual(self.client.unnamed_error(), -32700, body)
        self.alive()

    def test_not_a_message(self):
        self.client.initialize()
        for message in [[], 5, None, "text", {}, {"jsonrpc": "2.0"}, {"jsonrpc": "2.0", "method": 5}]:
            self.client.send(message)
            self.assertEqual(self.client.unnamed_error(), -32600, message)
        self.client.send({"jsonrpc": "2.0", "id": [], "method": "shutdown"})
        self.assertEqual(self.client.unnamed_error(), -32600)
        self.client.send({"id": 77, "method": "shutdown"})
        self.assertEqual(self.client.response(77)["error"]["code"], -32600)
        self.alive()

    def test_deep_nesting(self):
        self.client.initialize()
        self.client.raw(Client.frame(b"[" * 1_000_000))
        self.assertEqual(self.client.unnamed_error(), -32700)
        self.client.raw(Client.frame(b'{"a":' * 1_000_000))
        self.assertEqual(self.client.unnamed_error(), -32700)
        self.alive()

    def test_bad_headers(self):
        self.client.initialize()
        for header in [
            b"garbage\r\n\r\n",
            b"Content-Length: x\r\n\r\n",
            b"Content-Length: -1\r\n\r\n",
            b"Content-Length: 99999999999\r\n\r\n",
            b"Content-Type: x\r\n\r\n",
            b"x" * 100_000,
        ]:
            self.client.raw(header)
            # What follows is understood again, whatever came before.
            self.assertEqual(self.client.error("unknown"), -32601, header)
            self.assertEqual(self.client.unnamed_error(), -32700, header)
        self.alive()

    def test_other_line_ends_cases_and_headers(self):
        body = b'{"jsonrpc":"2.0","id":"a","method":"x"}'
        self.client.raw(b"content-length:%d\nX-Header: y\n\n%s" % (len(body), body))
        self.assertEqual(self.client.response("a")["error"]["code"], -32002)
        self.client.initialize()
        self.alive()

    def test_one_byte_at_a_time(self):
        body = b'{"jsonrpc":"2.0","id":"a","method":"x"}'
        for byte in Client.frame(body):
            self.client.raw(bytes([byte]))
        self.assertEqual(self.client.response("a")["error"]["code"], -32002)

    def test_truncated_body(self):
        self.client.initialize()
        self.client.raw(b"Content-Length: 50\r\n\r\n{")
        self.client.process.stdin.close()
        self.assertEqual(self.client.unnamed_error(), -32700)
        self.assertEqual(self.client.exit_status(), 1)


if __name__ == "__main__":
    unittest.main()
