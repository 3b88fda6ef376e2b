"""Clients that get everything wrong: an error answer or a clean exit, never a crash, never silence."""

import copy
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

import pytest
import schema
from client import BINARY, TIMEOUT, Client, document, edit
from patient_client import PatientClient
from questions import FULL_CLIENT, Place, announced

A, B = "file:///project/build.envd", "file:///project/large.envd"
PROGRAM = 'SIZE = 1\n\n\ndef build():\n    base(dev=True)\n    install.python_packages(name=["é😀", SIZE])\n    shell("zsh")\n'
#: Codes that say that the request was wrong, and not that something broke.
REFUSALS = {-32602, -32600, -32803}
SEED = os.environ.get("LSP_SEED", "20")

WRONG_VALUES = [
    None, True, 0, 1, -1, 1.5, 2**31 - 1, 2**31, -(2**31) - 1, 2**63, 2**64, -(2**64), 1e300, "", "x", "\0", "😀", [], [[]], [None], {},
    {"": 0}, {"uri": A}, {"line": -1, "character": 0}, {"start": {"line": 2**31, "character": 0}}, ["\ud800"],
]  # fmt: skip


class RawClient(Client):
    """Keeps all that comes, whatever it answers to: the same id twice, an id that nobody gave, none."""

    def __init__(self, *arguments, **options):
        self.came = []
        super().__init__(*arguments, **options)

    def _take(self):
        message = self._arrived.get(timeout=TIMEOUT)
        if message is None or isinstance(message, Exception):
            raise AssertionError(f"the server has ended: {message}, status {self.process.poll()}")
        if "method" not in message:
            self.came.append(message)
        return message

    def response(self, id):
        return self.until(is_answer_to(id))[-1]

    def until(self, accept):
        """The responses up to the next that is accepted."""
        before = len(self.came)
        while not accept(self._take()):
            pass
        return self.came[before:]


def is_answer_to(id):
    return lambda message: "method" not in message and message.get("id") == id


class Hostile(unittest.TestCase):
    def begin(self, client_type=PatientClient, uri=A, content=PROGRAM, **params):
        self.client = self.enterContext(client_type())
        result = self.client.initialize(FULL_CLIENT, **params)
        self.methods = ["envd/syntaxTree", *announced(result["capabilities"])]
        self.client.open(uri, content)

    def place(self, uri=A, content=PROGRAM):
        return Place(random.Random(SEED), uri, content, "utf-16")

    def ask(self, method, uri=A):
        return document(uri) if method == "envd/syntaxTree" else self.place(uri).ask(method)

    def tearDown(self):
        client = getattr(self, "client", None)
        # Whoever has been asked nonsense still answers, and leaves in good order.
        if client is not None and client.process.poll() is None and type(client) is PatientClient:
            self.assertEqual(client.leave(), 0)


def paths(value, prefix=()):
    """Where everything in a JSON value is, itself included, the outermost first."""
    yield prefix
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from paths(item, (*prefix, key))


def with_value(value, path, new):
    """A copy with another value at a place, or without what is there if that is `Missing`."""
    if not path:
        return new
    result = copy.deepcopy(value)
    inner = result
    for key in path[:-1]:
        inner = inner[key]
    if new is Missing:
        del inner[path[-1]]
    else:
        inner[path[-1]] = new
    return result


class Missing:
    """Stands for what is left out."""


class WrongParameters(Hostile):
    def test_fields_that_are_missing_or_of_another_type(self):
        """Every field of every announced question is left out, and is everything that it is not."""
        self.begin()
        counts = {"refused": 0, "answered": 0}
        for method in self.methods:
            valid = self.ask(method)
            self.assertTrue(conforms(method, valid), method)
            for path in paths(valid):
                for wrong in [*WRONG_VALUES, *([Missing] if path else [])]:
                    params = with_value(valid, path, wrong)
                    if path == () and params is None:
                        continue
                    message = self.client.response(self.client.request(method, params))
                    if "error" in message:
                        counts["refused"] += 1
                        self.assertIn(message["error"]["code"], REFUSALS, f"{method} {params} {message}")
                        # What the meta model allows may be refused for what it says, but not for its form.
                        if conforms(method, params):
                            self.assertNotEqual(message["error"]["code"], -32602, f"{method} {params} {message}")
                    else:
                        counts["answered"] += 1
        self.assertGreater(counts["refused"], 50 * len(self.methods))

    def test_documents_that_are_missing_are_refused(self):
        self.begin()
        for method in self.methods:
            valid = self.ask(method)
            for path in [("textDocument",), ("textDocument", "uri"), ("position",), ("position", "line"), ("range", "end")]:
                if path[0] in valid:
                    params = with_value(valid, path, Missing)
                    self.assertEqual(self.client.error(method, params), -32602, (method, params))

    def test_notifications_with_wrong_parameters(self):
        self.begin()
        names = ["textDocument/didOpen", "textDocument/didChange", "textDocument/didClose", "textDocument/didSave", "$/cancelRequest"]
        names += ["textDocument/willSave", "workspace/didChangeConfiguration", "workspace/didChangeWatchedFiles", "$/setTrace"]
        names += ["workspace/didChangeWorkspaceFolders", "workspace/didRenameFiles", "workspace/didCreateFiles"]
        names += ["workspace/didDeleteFiles", "window/workDoneProgress/cancel", "$/progress", "initialized"]
        valid = {
            "textDocument": {"uri": A, "version": 2, "languageId": "envd", "text": PROGRAM},
            "contentChanges": [edit(0, 0, 0, 0, "")],
            "changes": [{"uri": A, "type": 2}],
            "event": {"added": [], "removed": [{"uri": "file:///x", "name": "x"}]},
            "files": [{"uri": A, "oldUri": A, "newUri": A}],
            "settings": {"envd": {}},
            "id": 1,
            "token": 1,
            "value": "off",
        }
        places = list(paths(valid))
        for name in names:
            for path in places:
                for wrong in [*WRONG_VALUES, *([Missing] if path else [])]:
                    self.client.notify(name, with_value(valid, path, wrong))
            self.assertIn("text", self.client.call("envd/syntaxTree", document(self.reopen())))

    def reopen(self):
        # What was thrown at it may have closed or changed it.
        self.client.open(A, PROGRAM)
        return A

    def test_initialize_with_anything(self):
        valid = {
            "processId": os.getpid(),
            "clientInfo": {"name": "x", "version": "1"},
            "locale": "de",
            "rootPath": None,
            "rootUri": "file:///project",
            "initializationOptions": {},
            "capabilities": {"general": {"positionEncodings": ["utf-8"]}, "workspace": {"workspaceFolders": True}},
            "trace": "off",
            "workspaceFolders": [{"uri": "file:///project", "name": "project"}],
        }
        wrong_values = [None, True, -1, 2**40, "", "x", "file:///\0", "file://host/x", "%zz", [], [None], {}, {"x": []}]
        with PatientClient() as client:
            for path in paths(valid):
                for wrong in [*wrong_values, Missing] if path else wrong_values:
                    params = with_value(valid, path, wrong)
                    message = client.response(client.request("initialize", params))
                    if "error" not in message:
                        # It was taken, so that the next needs another server.
                        client.notify("initialized", {})
                        client.open(A, PROGRAM)
                        self.assertEqual(client.text(A), PROGRAM)
                        self.assertEqual(client.leave(), 0, params)
                        client.__exit__(None, None, None)
                        client.__init__()
                    else:
                        self.assertIn(message["error"]["code"], REFUSALS, params)


def conforms(method, params):
    """Whether the meta model allows the parameters; what it does not know of, nobody can say."""
    if method.startswith("envd/") or not schema.available:
        identifier = params.get("textDocument") if isinstance(params, dict) else None
        return isinstance(identifier, dict) and isinstance(identifier.get("uri"), str)
    try:
        schema.check("params:" + method, params)
    except AssertionError:
        return False
    return True


class Positions(Hostile):
    def test_far_outside(self):
        self.begin()
        far, upside_down = {"line": 2**31 - 1, "character": 2**31 - 1}, {"line": 0, "character": 2**31 - 1}
        for method in self.methods:
            for start, end in [(far, far), (far, {"line": 0, "character": 0}), (upside_down, {"line": 0, "character": 0})]:
                params = self.ask(method)
                params.update({key: start for key in params if key == "position"})
                params.update({key: {"start": start, "end": end} for key in params if key == "range"})
                params.update({key: [start, end] for key in params if key == "positions"})
                message = self.client.response(self.client.request(method, params))
                self.assertIn(message.get("error", {}).get("code"), {None, -32803}, (method, message))

    def test_changes_far_outside_and_upside_down(self):
        self.begin()
        limit = 2**31 - 1
        self.client.change(A, 2, edit(limit, limit, 0, 0, "all\n"))
        self.assertEqual(self.client.text(A), "all\n")
        self.client.change(A, 3, edit(limit, 0, limit, limit, "end"))
        self.assertEqual(self.client.text(A), "all\nend")
        # What is refused leaves the text as it is, and the next change is one of that text.
        for bad in [-1, 2**64, 1.5, "0", None]:
            self.client.change(A, 4, edit(0, 0, bad, 0, "bad"))
        self.client.change(A, 5, edit(0, 0, 0, 3, "ALL"))
        self.assertEqual(self.client.text(A), "ALL\nend")

    def test_versions(self):
        self.begin()
        for version in [0, -1, 2**31 - 1, -(2**31), 5, 5, 3]:
            self.client.change(A, version, {"text": f"x = {version}\n"})
            result = self.client.call("envd/syntaxTree", document(A))
            self.assertEqual((result["version"], result["text"]), (version, f"x = {version}\n"))
        for version in [2**31, 2**64, "1", [], 1.5]:
            self.client.change(A, version, {"text": "no\n"})
            self.assertEqual(self.client.text(A), "x = 3\n", version)


class Messages(Hostile):
    def test_unknown_requests_and_notifications(self):
        self.begin()
        for name in ["unknown", "$/unknown", "", "$/", "textDocument/", "\0", "é" * 10_000, "exit ", "Shutdown", "textDocument/didOpen"]:
            self.assertEqual(self.client.error(name, document(A)), -32601, name)
            self.assertEqual(self.client.error(name), -32601, name)
        for name in ["unknown", "$/unknown", "", "\0", "shutdown", "textDocument/hover", "initialize", "window/logMessage"]:
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
            for rest in [{"result": None}, {"error": {"code": 1, "message": "x"}}, {"result": 1, "error": 2}, {"error": None}]:
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
        for body in [b'\xef\xbb\xbf{"jsonrpc":"2.0"}', b"{'a':1}", b'{"a":01}', b'{"a":.5}', b'{"a":NaN}', b'{"a":"\t"}', b'{"a":"\\x"}', b"{}{}"]:
            self.client.raw(Client.frame(body))
            self.assertIn(self.client.until(is_answer_to(None))[-1]["error"]["code"], [-32700, -32600], body)

    def test_numbers_that_nothing_can_hold(self):
        # The grammar of JSON allows them and leaves it to the reader what it can take.
        self.begin(RawClient)
        for number in [b"1e999", b"-1e999", b"1" + b"0" * 400, b"1" * 1_000_000]:
            for body in [b'{"jsonrpc":"2.0","id":%s,"method":"x"}', b'{"jsonrpc":"2.0","id":1,"method":"x","params":[%s]}']:
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
            json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": self.ask(method)}).encode() for method in self.methods
        ]
        opening = {"textDocument": {"uri": A, "languageId": "envd", "version": 1, "text": PROGRAM}}
        bodies.append(json.dumps({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": opening}).encode())
        for number in range(3_000):
            body = bytearray(rng.choice(bodies))
            for _ in range(rng.choice([1, 1, 2, 10])):
                at = rng.randrange(len(body))
                body[at : at + rng.choice([0, 1, 1, 5])] = rng.choice([b"", b"\0", b"\xff", b'"', b"{", b"]", b"\\", bytes([rng.randrange(256)])])
            if b'"exit"' in body or b'"shutdown"' in body:
                continue
            self.client.raw(Client.frame(bytes(body)))
            if number % 100 == 0:
                self.client.send({"jsonrpc": "2.0", "id": f"alive {number}", "method": "unknown"})
                self.client.until(is_answer_to(f"alive {number}"))

    def test_frames_at_random(self):
        """A stream with bytes changed anywhere: the server ends when its input does."""
        rng = random.Random(f"{SEED} frames")
        hello = Client.frame({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": {"processId": None, "capabilities": {}}})
        ask = Client.frame({"jsonrpc": "2.0", "id": 1, "method": "envd/syntaxTree", "params": document(A)})
        for _ in range(40):
            stream = bytearray(hello + ask * 20)
            for _ in range(rng.randrange(1, 30)):
                at = rng.randrange(len(stream))
                stream[at : at + rng.choice([0, 1, 1, 30])] = rng.choice([b"", b"\r\n", b":", b"9", b"-", bytes([rng.randrange(256)])])
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
        ids = [self.client.request(self.methods[n % len(self.methods)], self.ask(self.methods[n % len(self.methods)])) for n in range(100)]
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

    @pytest.mark.xfail(strict=True, reason="documents are known by the letters of their URIs")
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
    from urllib.parse import unquote

    return unquote(one).lower() == unquote(other).lower()


class Processes(Hostile):
    def test_a_reader_that_takes_its_time(self):
        """Nothing is read while thousands of questions and edits are sent; all are taken, and answered when somebody reads."""
        server = subprocess.Popen([BINARY, "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        try:
            content = "x = [1, 2, 3]\n" * 200
            send = server.stdin.write
            send(Client.frame({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": {"processId": None, "capabilities": {}}}))
            opening = {"textDocument": {"uri": A, "languageId": "envd", "version": 1, "text": content}}
            send(Client.frame({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": opening}))
            rounds = 500
            started = time.monotonic()
            for number in range(1, rounds + 1):
                changing = {"textDocument": {"uri": A, "version": number + 1}, "contentChanges": [edit(0, 0, 0, 1, "xyz"[number % 3])]}
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
            versions = [message["result"]["version"] for message in answers if isinstance(message.get("id"), int) and message["id"]]
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
            result = self.client.initialize(FULL_CLIENT, rootUri=root, workspaceFolders=[{"uri": root, "name": "project"}])
            self.methods = ["envd/syntaxTree", *announced(result["capabilities"])]
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
    while data:
        head, _, data = data.partition(b"\r\n\r\n")
        length = int(head.split(b":")[1])
        assert len(data) >= length, "a message is cut off"
        yield json.loads(data[:length])
        data = data[length:]


def is_running(process):
    try:
        state = pathlib.Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"


if __name__ == "__main__":
    unittest.main()
