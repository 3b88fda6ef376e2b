"""A client for long sessions: it answers what the server asks, keeps the newest diagnostics, and forgets the rest.

Holding a message against the meta model takes longer than most answers do, so after the first of each kind only a sample is.
"""

import collections
import pathlib
import queue

from client import TIMEOUT, Client, Closed

#: How many messages of a kind are checked before the sampling begins, and one in how many then.
FIRST, SAMPLE = 10, 100


class PatientClient(Client):
    def __init__(self, *arguments, validates=True, **options):
        self.kinds = collections.Counter()
        self.validates = validates
        #: The newest published parameters of each document.
        self.published = {}
        #: Messages to the user, newest last.
        self.messages = collections.deque(maxlen=50)
        super().__init__(*arguments, **options)

    def _check(self, message):
        kind = message.get("method") or self.methods.get(message["id"])
        self.kinds[kind] += 1
        if self.validates and (self.kinds[kind] <= FIRST or self.kinds[kind] % SAMPLE == 0):
            super()._check(message)

    def _take(self, timeout=TIMEOUT):
        """Takes in the next message. Returns it, or None if none comes in time and that is no failure."""
        try:
            message = self._arrived.get(timeout=timeout) if timeout else self._arrived.get_nowait()
        except queue.Empty:
            assert timeout < TIMEOUT, "the server says nothing"
            return None
        if message is None:
            self._arrived.put(None)
            raise Closed
        if isinstance(message, Exception):
            raise message
        if "method" in message and "id" in message:
            self.send({"jsonrpc": "2.0", "id": message["id"], "result": _answer(message)})
            return message
        self._check(message)
        if "method" not in message and message["id"] is None:
            self.unnamed.append(message)
        elif "method" not in message:
            assert message["id"] not in self.responses, "answered twice"
            self.responses[message["id"]] = message
            self.methods.pop(message["id"], None)
        elif message["method"] == "textDocument/publishDiagnostics":
            self.published[message["params"]["uri"]] = message["params"]
        elif message["method"].startswith("window/"):
            self.messages.append(message["params"])
        return message

    def take_all(self):
        """Takes in what has come, without waiting."""
        while self._take(timeout=0) is not None:
            pass

    def quiet(self, seconds):
        """Takes in what comes until nothing has come for so long."""
        while self._take(timeout=seconds) is not None:
            pass

    def resident_bytes(self):
        """What the server has allocated. The pages of its program, which the system can take back, come and go."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("RssAnon:"))


def _answer(message):
    if message["method"] == "workspace/configuration":
        return [None] * len(message["params"]["items"])
    if message["method"] == "workspace/applyEdit":
        return {"applied": False}
    return None
