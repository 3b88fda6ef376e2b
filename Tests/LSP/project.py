"""A project on disk that a server looks at, and what edits of the protocol make of it."""

import pathlib
import tempfile

import text
from client import Client, document, position

ENCODINGS = ["utf-8", "utf-16", "utf-32"]


class Asking(Client):
    """A client that the server may ask things: it answers all requests with null and keeps them."""

    def __init__(self, **options):
        super().__init__(**options)
        self.asked = []

    def _take(self):
        message = self._arrived.get(timeout=30)
        if isinstance(message, dict) and "method" in message and "id" in message:
            self.asked.append(message)
            self.send({"jsonrpc": "2.0", "id": message["id"], "result": None})
            return message
        self._arrived.queue.appendleft(message)
        return super()._take()

    def request_of_server(self, method):
        while not any(message["method"] == method for message in self.asked):
            self._take()
        return next(message for message in self.asked if message["method"] == method)


class Project:
    """Files in a folder of their own; those that are opened are the client's."""

    def __init__(self, case, files, capabilities=None, encoding="utf-16", client=Client):
        folder = case.enterContext(tempfile.TemporaryDirectory())
        self.root = pathlib.Path(folder).resolve()
        self.texts = {}
        for name, content in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode())
            self.texts[name] = content
        self.encoding = encoding
        self.versions = {}
        self.client = case.enterContext(client())
        capabilities = dict(capabilities or {})
        capabilities.setdefault("general", {})["positionEncodings"] = [encoding]
        self.capabilities = self.client.initialize(capabilities, rootUri=self.root.as_uri())["capabilities"]

    def uri(self, name):
        return (self.root / name).as_uri()

    def name(self, uri):
        for name in self.texts:
            if self.uri(name) == uri:
                return name
        prefix = self.root.as_uri() + "/"
        assert uri.startswith(prefix), uri
        return uri[len(prefix) :]

    def open(self, name, version=1):
        self.versions[name] = version
        self.client.open(self.uri(name), self.texts[name], version)

    def change(self, name, content):
        self.versions[name] += 1
        self.texts[name] = content
        self.client.change(self.uri(name), self.versions[name], {"text": content})

    def place(self, name, marked):
        """The position of `|` in a piece of a file."""
        before = marked.index("|")
        piece = marked.replace("|", "")
        content = self.texts[name]
        assert content.count(piece) == 1, piece
        return self.position(name, content.index(piece) + before)

    def position(self, name, index):
        content = self.texts[name]
        table = text.lines(content)
        line = max(number for number, (start, _) in enumerate(table) if start <= index)
        width = sum(text.WIDTH[self.encoding](c) for c in content[table[line][0] : index])
        return position(line, width)

    def range(self, name, piece):
        start = self.texts[name].index(piece)
        return {"start": self.position(name, start), "end": self.position(name, start + len(piece))}

    def at(self, name, marked, **more):
        return document(self.uri(name), position=self.place(name, marked), **more)

    def said(self, name, span):
        """The text of a range."""
        content = self.texts[name]
        start, end = (text.index(content, span[which], self.encoding) for which in ("start", "end"))
        return content[start:end]

    def apply(self, edit):
        """The files after an edit."""
        result = dict(self.texts)
        assert not ("changes" in edit and "documentChanges" in edit)
        for uri, edits in edit.get("changes", {}).items():
            name = self.name(uri)
            result[name] = text.apply_edits(result[name], edits, self.encoding)
        for change in edit.get("documentChanges", []):
            if change.get("kind") == "create":
                assert self.name(change["uri"]) not in result
                result[self.name(change["uri"])] = ""
                continue
            name = self.name(change["textDocument"]["uri"])
            assert change["textDocument"]["version"] == self.versions.get(name)
            result[name] = text.apply_edits(result[name], change["edits"], self.encoding)
        return result
