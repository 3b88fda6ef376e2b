"""Clients that get everything wrong: an error answer or a clean exit, never a crash, never silence."""

import json
import random
import subprocess
import time
import unittest
from urllib.parse import unquote

from client import BINARY, TIMEOUT, Client, document, edit
from hostile import A, PROGRAM, SEED, Hostile, RawClient, is_answer_to
from patient_client import PatientClient

B = "file:///project/large.envd"


class Messages(Hostile):
    def test_unknown_requests_and_notifications(self):
        self.begin()
        for name in [
            "unknown",
            "$/unknown",
            "",
            "$/",
            "textDocument/",
            "\0",
            "é" * 10_000,
            "exit ",
            "Shutdown",
            "textDocument/didOpen",
        ]:
            self.assertEqual(self.client.error(name, document(A)), -32601, name)
            self.assertEqual(self.client.error(name), -32601, name)
        for name in [
            "unknown",
            "$/unknown",
            "",
            "\0",
            "shutdown",
            "textDocument/hover",
            "initialize",
            "window/logMessage",
        ]:
            self.client.notify(name, document(A))
        self.assertEqual(self.client.text(A), PROGRAM)

    def test_batches_are_no_part_of_the_protocol(self):
        self.begin(RawClient)
        request = {"jsonrpc": "2.0", "id": 1, "method": "envd/syntaxTree", "params": document(A)}
        for batch in [[request], [request] * 1000, [[request]], [1, "x", None], [{"jsonrpc": "2.0", "method": "exit"}]]:
            self.client.send(batch)
            answer = self.client.until(is_answer_to(None))[-1]
            self.assertEqual(answer["error"]["code"], -32600)

    def test_responses_that_nobody_waits_for(self):
        self.begin()
        for id in [1, -1, "x", None, 1.5, [], {}]:
            for rest in [
                {"result": None},
                {"error": {"code": 1, "message": "x"}},
                {"result": 1, "error": 2},
                {"error": None},
            ]:
                self.client.send({"jsonrpc": "2.0", "id": id, **rest})
        self.assertEqual(self.client.text(A), PROGRAM)

    def test_ids_of_all_kinds(self):
        self.begin(RawClient)
        for id in ["", "x", "\0", "é😀", "x" * 1_000_000, 0, -1, 2**31, -(2**31), 2**53, 2**63 - 1]:
            self.client.send({"jsonrpc": "2.0", "id": id, "method": "envd/syntaxTree", "params": document(A)})
            self.assertIn("result", self.client.until(is_answer_to(id))[-1])
        for id in [None, 1.5, 2**64, True, [], {}, [1]]:
            self.client.send({"jsonrpc": "2.0", "id": id, "method": "envd/syntaxTree", "params": document(A)})
            answer = self.client.until(lambda message: "method" not in message)[-1]
            self.assertEqual(answer["error"]["code"], -32600, id)

    def test_ids_that_are_used_twice(self):
        self.begin(RawClient, content="x = [1, 2, 3]\n" * 5_000)
        for _ in range(3):
            self.client.send({"jsonrpc": "2.0", "id": "twice", "method": "envd/syntaxTree", "params": document(A)})
        self.client.notify("$/cancelRequest", {"id": "twice"})
        for _ in range(3):
            self.client.until(is_answer_to("twice"))
        self.client.send({"jsonrpc": "2.0", "id": "twice", "method": "unknown"})
        self.assertEqual(self.client.until(is_answer_to("twice"))[-1]["error"]["code"], -32601)

    def test_odd_json(self):
        self.begin(RawClient)
        uri = A.encode()
        ask = b'"method":"envd/syntaxTree","params":{"textDocument":{"uri":"%s"}}' % uri
        for number, body in enumerate(
            [
                b'{"jsonrpc":"2.0","id":%d,' + ask + b"}",
                b'{"jsonrpc":"1.0","jsonrpc":"2.0","id":%d,' + ask + b"}",
                b' \t\r\n{ "jsonrpc" : "2.0" , "id" : %d ,' + ask + b" } \n",
                b'{"\\u006asonrpc":"2.0","id":%d,' + ask.replace(b"/syntax", b"\\/syntax") + b"}",
                b'{"jsonrpc":"2.0","id":%d,' + ask + b',"more":[1e300,-0,1E-999,"\\ud800\\udc00\\ud800"]}',
            ]
        ):
            self.client.raw(Client.frame(body % number))
            self.assertEqual(self.client.until(is_answer_to(number))[-1]["result"]["text"], PROGRAM, body)
        for body in [
            b'\xef\xbb\xbf{"jsonrpc":"2.0"}',
            b"{'a':1}",
            b'{"a":01}',
            b'{"a":.5}',
            b'{"a":NaN}',
            b'{"a":"\t"}',
            b'{"a":"\\x"}',
            b"{}{}",
        ]:
            self.client.raw(Client.frame(body))
            self.assertIn(self.client.until(is_answer_to(None))[-1]["error"]["code"], [-32700, -32600], body)

    def test_numbers_that_nothing_can_hold(self):
        # The grammar of JSON allows them and leaves it to the reader what it can take.
        self.begin(RawClient)
        for number in [b"1e999", b"-1e999", b"1" + b"0" * 400, b"1" * 1_000_000]:
            for body in [
                b'{"jsonrpc":"2.0","id":%s,"method":"x"}',
                b'{"jsonrpc":"2.0","id":1,"method":"x","params":[%s]}',
            ]:
                self.client.raw(Client.frame(body % number))
                answer = self.client.until(lambda message: "method" not in message)[-1]
                self.assertIn(answer["error"]["code"], [-32700, -32600, -32601], body)

    def test_huge_messages(self):
        self.begin()
        content = "".join(f"x{number} = {number}  # {'é' * 100}\n" for number in range(25_000))
        self.client.open(B, content)
        self.assertEqual(self.client.text(B), content)
        self.client.change(B, 2, *[edit(0, 0, 0, 1, "yz"[number % 2]) for number in range(5_001)])
        self.assertEqual(self.client.text(B), "y" + content[1:])
        self.client.close(B)
        self.client.raw(Client.frame(b"[" + b"1," * 3_000_000 + b"1]"))
        self.assertEqual(self.client.unnamed_error(), -32600)
        self.client.raw(Client.frame(b'"' + b"\\u00e9" * 2_000_000))
        self.assertEqual(self.client.unnamed_error(), -32700)
        self.assertEqual(self.client.error("x" * 10_000_000), -32601)

    def test_bytes_at_random(self):
        """Bodies of valid messages with bytes changed; the frames are right, so that the server has to go on."""
        self.begin(RawClient)
        rng = random.Random(f"{SEED} bytes")
        bodies = [
            json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": self.ask(method)}).encode()
            for method in self.methods
        ]
        opening = {"textDocument": {"uri": A, "languageId": "envd", "version": 1, "text": PROGRAM}}
        bodies.append(json.dumps({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": opening}).encode())
        for number in range(3_000):
            body = bytearray(rng.choice(bodies))
            for _ in range(rng.choice([1, 1, 2, 10])):
                at = rng.randrange(len(body))
                body[at : at + rng.choice([0, 1, 1, 5])] = rng.choice(
                    [b"", b"\0", b"\xff", b'"', b"{", b"]", b"\\", bytes([rng.randrange(256)])]
                )
            if b'"exit"' in body or b'"shutdown"' in body:
                continue
            self.client.raw(Client.frame(bytes(body)))
            if number % 100 == 0:
                self.client.send({"jsonrpc": "2.0", "id": f"alive {number}", "method": "unknown"})
                self.client.until(is_answer_to(f"alive {number}"))

    def test_frames_at_random(self):
        """A stream with bytes changed anywhere: the server ends when its input does."""
        rng = random.Random(f"{SEED} frames")
        hello = Client.frame(
            {"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": {"processId": None, "capabilities": {}}}
        )
        ask = Client.frame({"jsonrpc": "2.0", "id": 1, "method": "envd/syntaxTree", "params": document(A)})
        for _ in range(40):
            stream = bytearray(hello + ask * 20)
            for _ in range(rng.randrange(1, 30)):
                at = rng.randrange(len(stream))
                stream[at : at + rng.choice([0, 1, 1, 30])] = rng.choice(
                    [b"", b"\r\n", b":", b"9", b"-", bytes([rng.randrange(256)])]
                )
            done = subprocess.run([BINARY, "lsp"], input=bytes(stream), stdout=subprocess.PIPE, timeout=TIMEOUT)
            self.assertEqual(done.returncode, 1, bytes(stream))


class Order(Hostile):
    def test_everything_before_initialize_and_after_shutdown(self):
        self.begin()
        with PatientClient() as early:
            for method in self.methods:
                self.assertEqual(early.error(method, self.ask(method)), -32002, method)
            early.initialize()
            early.call("shutdown")
            for method in self.methods:
                self.assertEqual(early.error(method, self.ask(method)), -32600, method)
            early.notify("exit")
            self.assertEqual(early.exit_status(), 0)

    def test_everything_about_documents_that_are_not_open(self):
        self.begin()
        for method in self.methods:
            message = self.client.response(self.client.request(method, self.ask(method, "file:///never/opened.envd")))
            # A client may pull what is on the disk, or be told that there is nothing.
            self.assertIn(message.get("error", {}).get("code"), {None, -32803, -32602}, (method, message))

    def test_shutdown_while_much_is_asked(self):
        # What is under way at the end has some seconds, so it may not be very much.
        self.begin(content="x = [1, 2, 3]\n" * 200)
        ids = [
            self.client.request(self.methods[n % len(self.methods)], self.ask(self.methods[n % len(self.methods)]))
            for n in range(100)
        ]
        shutdown = self.client.request("shutdown")
        self.client.notify("exit")
        self.client.drain()
        self.assertEqual({id for id in [*ids, shutdown] if id not in self.client.responses}, set())
        self.assertEqual(self.client.exit_status(), 0)


class Documents(Hostile):
    SCHEMES = [
        "untitled:Untitled-1",
        "untitled:/home/somebody/new%20file.envd",
        "git:/project/build.envd?%7B%22path%22%3A%22x%22%2C%22ref%22%3A%22~%22%7D",
        "vscode-notebook-cell:/project/a.ipynb#W0sZmlsZQ%3D%3D",
        "vscode-remote://ssh-remote%2Bhost/project/build.envd",
        "inmemory://model/1",
        "jar:file:///a.jar!/build.envd",
        "FILE:///project/build.envd",
        "file:build.envd",
        "file://server/share/build.envd",
        "file:///c%3A/project/build.envd",
        "file:///C:/project/build.envd",
        "no uri at all",
        "file:///%",
        "file:///%ff%00%2F",
        "",
    ]

    def test_every_question_about_every_scheme(self):
        self.begin()
        for uri in self.SCHEMES:
            self.client.open(uri, PROGRAM)
            self.client.change(uri, 2, edit(0, 0, 0, 0, "# 😀\n"))
            for method in self.methods:
                message = self.client.response(self.client.request(method, self.ask(method, uri)))
                self.assertIn(message.get("error", {}).get("code"), {None, -32803}, (uri, method, message))
                for named in uris_in(message.get("result")):
                    # What is about this document has this document's name, letter for letter.
                    if same_file(named, uri):
                        self.assertEqual(named, uri, method)
            self.assertEqual(self.client.text(uri), "# 😀\n" + PROGRAM)
            self.client.close(uri)

    def test_diagnostics_have_the_clients_spelling(self):
        self.begin()
        for uri in self.SCHEMES:
            self.client.published.clear()
            self.client.open(uri, "x = (\n")
            deadline = time.monotonic() + TIMEOUT
            while uri not in self.client.published and time.monotonic() < deadline:
                self.client._take()
            self.assertEqual(len(self.client.published[uri]["diagnostics"]), 1)
            self.client.close(uri)

    VARIANTS = [
        ("file:///project/a b.envd", "file:///project/a%20b.envd"),
        ("file:///project/é.envd", "file:///project/%C3%A9.envd"),
        ("file:///project/%c3%a9.envd", "file:///project/%C3%A9.envd"),
        ("file:///c%3A/build.envd", "file:///c:/build.envd"),
        ("file:///project/%62uild.envd", "file:///project/build.envd"),
        ("file://localhost/project/x.envd", "file:///project/x.envd"),
    ]

    def test_spellings_of_one_file_are_one_document(self):
        self.begin()
        for first, second in self.VARIANTS:
            self.client.open(first, "x = 1\n")
            self.assertEqual(self.client.text(second), "x = 1\n", (first, second))
            self.client.close(first)

    def test_other_files_are_other_documents(self):
        self.begin()
        for first, second in [
            ("file:///project/A.envd", "file:///project/a.envd"),
            ("file:///project/a%2Fb.envd", "file:///project/a%252Fb.envd"),
            ("untitled:a%20b", "untitled:a b c"),
            ("git:/x?1", "git:/x?2"),
        ]:
            self.client.open(first, "x = 1\n")
            self.client.open(second, "x = 2\n")
            self.assertEqual(self.client.text(first), "x = 1\n")
            self.client.close(first)
            self.assertEqual(self.client.text(second), "x = 2\n")
            self.client.close(second)


def uris_in(value):
    if isinstance(value, dict):
        for key, item in value.items():
            if key in ("uri", "targetUri") and isinstance(item, str):
                yield item
            elif key == "changes" and isinstance(item, dict):
                yield from item
            yield from uris_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from uris_in(item)


def same_file(one, other):
    return unquote(one).lower() == unquote(other).lower()


if __name__ == "__main__":
    unittest.main()
