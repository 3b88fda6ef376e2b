"""A client that shares no code with the server: raw JSON over the pipes of a child process.

Every message of the server is checked when it arrives: its frame, its JSON-RPC shape, and, where the meta model is at
hand, its parameters or result.
"""

import contextlib
import json
import os
import queue
import subprocess
import threading

import schema

BINARY = os.environ.get("ENVD") or str(schema.REPOSITORY / ".build" / "debug" / "envd")
TIMEOUT = float(os.environ.get("LSP_TIMEOUT", "30"))


class Closed(Exception):
    """The server has closed its output."""


class Client:
    def __init__(self, arguments=("--stdio",), answers=False, **options):
        """
        answers: whether the server may ask something, which is answered with null; else that fails.
        """
        self.process = subprocess.Popen(
            [BINARY, "lsp", *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, **options
        )
        self.methods = {}
        self.responses = {}
        #: Responses without an id, which answer to what could not be read.
        self.unnamed = []
        #: All messages in the order in which they came.
        self.log = []
        self.notifications = []
        self.answers = answers
        #: The requests of the server, which have been answered.
        self.asked = []
        self._arrived = queue.Queue()
        self._next_id = 0
        self._holds = False
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            try:
                stream.close()
            except BrokenPipeError:
                pass

    # Out

    def raw(self, data):
        self.process.stdin.write(data)
        if not self._holds:
            self.process.stdin.flush()

    @contextlib.contextmanager
    def at_once(self):
        """What is sent within arrives in one piece, as far as the pipe takes it."""
        self._holds = True
        try:
            yield
        finally:
            self._holds = False
        self.process.stdin.flush()

    @staticmethod
    def frame(message):
        body = message if isinstance(message, bytes) else json.dumps(message).encode()
        return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)

    def send(self, message):
        self.raw(self.frame(message))

    def notify(self, method, params=None):
        self.send({"jsonrpc": "2.0", "method": method, **({} if params is None else {"params": params})})

    def request(self, method, params=None, id=None):
        """Sends a request and returns its id."""
        if id is None:
            self._next_id += 1
            id = self._next_id
        self.methods[id] = method
        self.send(
            {"jsonrpc": "2.0", "id": id, "method": method, **({} if params is None else {"params": params})}
        )
        return id

    # In

    def _read(self):
        stream = self.process.stdout
        try:
            while True:
                length = None
                while True:
                    line = stream.readline()
                    if not line:
                        self._arrived.put(None)
                        return
                    assert line.endswith(b"\r\n"), line
                    if line == b"\r\n":
                        break
                    name, value = line.split(b":", 1)
                    if name == b"Content-Length":
                        length = int(value)
                body = stream.read(length)
                assert len(body) == length, "the server's output ends within a message"
                self._arrived.put(json.loads(body))
        except Exception as error:  # handed to the thread that tests
            self._arrived.put(error)

    def _take(self):
        try:
            message = self._arrived.get(timeout=TIMEOUT)
        except queue.Empty:
            raise AssertionError("the server says nothing") from None
        if message is None:
            self._arrived.put(None)
            raise Closed
        if isinstance(message, Exception):
            raise message
        self._check(message)
        self.log.append(message)
        if "method" in message:
            if "id" not in message:
                self.notifications.append(message)
                return message
            assert self.answers, "the server asks something: " + message["method"]
            self.asked.append(message)
            self.send({"jsonrpc": "2.0", "id": message["id"], "result": None})
        elif message["id"] is None:
            self.unnamed.append(message)
        else:
            assert message["id"] not in self.responses, "answered twice"
            self.responses[message["id"]] = message
        return message

    def _check(self, message):
        assert message["jsonrpc"] == "2.0"
        if "method" in message:
            schema.check("params:" + message["method"], message.get("params"))
            return
        assert ("result" in message) != ("error" in message), message
        if "error" in message:
            schema.check("responseError", message["error"])
        else:
            schema.check("result:" + self.methods[message["id"]], message["result"])

    def response(self, id):
        """The response to a request, waiting for it."""
        while id not in self.responses:
            self._take()
        return self.responses.pop(id)

    def call(self, method, params=None):
        """The result of a request."""
        message = self.response(self.request(method, params))
        assert "result" in message, message
        return message["result"]

    def error(self, method, params=None):
        """The code of the error with which a request is answered."""
        message = self.response(self.request(method, params))
        assert "error" in message, message
        return message["error"]["code"]

    def unnamed_error(self):
        """The code of the next response without an id."""
        while not self.unnamed:
            self._take()
        return self.unnamed.pop(0)["error"]["code"]

    def notification(self, method, accept=lambda params: True):
        """The parameters of the next such notification that is accepted; those before it are dropped."""
        while True:
            while self.notifications:
                message = self.notifications.pop(0)
                if message["method"] == method and accept(message["params"]):
                    return message["params"]
            self._take()

    def drain(self):
        """Reads until the server has closed its output."""
        try:
            while True:
                self._take()
        except Closed:
            pass

    def exit_status(self):
        return self.process.wait(timeout=TIMEOUT)

    # The usual conversation

    def initialize(self, capabilities=None, **params):
        result = self.call(
            "initialize", {"processId": None, "rootUri": None, "capabilities": capabilities or {}, **params}
        )
        self.notify("initialized", {})
        return result

    def open(self, uri, text, version=1, language="envd"):
        self.notify(
            "textDocument/didOpen",
            {"textDocument": {"uri": uri, "languageId": language, "version": version, "text": text}},
        )

    def change(self, uri, version, *changes):
        self.notify(
            "textDocument/didChange",
            {"textDocument": {"uri": uri, "version": version}, "contentChanges": list(changes)},
        )

    def close(self, uri):
        self.notify("textDocument/didClose", {"textDocument": {"uri": uri}})

    def diagnostics(self, uri, version=None):
        """The diagnostics that are next published for a document (at a version)."""
        return self.notification(
            "textDocument/publishDiagnostics",
            lambda params: params["uri"] == uri and (version is None or params.get("version") == version),
        )["diagnostics"]

    def text(self, uri):
        return self.call("envd/syntaxTree", document(uri))["text"]

    def leave(self):
        """Shuts the server down in good order and returns its exit status."""
        self.call("shutdown")
        self.notify("exit")
        self.drain()
        return self.exit_status()


def document(uri, **more):
    return {"textDocument": {"uri": uri}, **more}


def position(line, character):
    return {"line": line, "character": character}


def span(start_line, start_character, end_line, end_character):
    return {"start": position(start_line, start_character), "end": position(end_line, end_character)}


def edit(start_line, start_character, end_line, end_character, text):
    return {"range": span(start_line, start_character, end_line, end_character), "text": text}
