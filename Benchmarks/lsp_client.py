"""A client of language servers that takes as little time itself as Python can: two pipes, one thread, no queue.

A message counts as come when its last byte has been read; only then is it parsed. `cat` in the place of a server, which
sends every message back, shows what the client and the pipes take (`echo_times`).
"""

import json
import os
import pathlib
import select
import signal
import time

#: Bytes that are read at once; a pipe holds no more.
READ_SIZE = 64 * 1024
#: How long a server must not have run to count as idle, and how long it is waited for.
IDLE_SECONDS, IDLE_LIMIT = 0.004, 20.0
#: How many messages `cat` sends back.
ECHOES = 1000


class Silent(Exception):
    """The server does not say what it is waited for, or is gone."""


class Client:
    def __init__(self, command: list, folder: pathlib.Path, environment: dict | None = None, limit: float = 60.0):
        """Starts a server in a folder. `limit` is how many seconds an answer may take."""
        self.limit = limit
        #: Messages that came while something else was waited for, with the time at which each had come.
        self.others: list[tuple[float, dict]] = []
        self._id = 0
        self._input = bytearray()
        server_in, self._out = os.pipe()
        self._in, server_out = os.pipe()
        null = os.open(os.devnull, os.O_WRONLY)
        actions = [
            (os.POSIX_SPAWN_DUP2, server_in, 0),
            (os.POSIX_SPAWN_DUP2, server_out, 1),
            (os.POSIX_SPAWN_DUP2, null, 2),
        ]
        words = list(map(str, command))
        before = os.getcwd()
        os.chdir(folder)
        try:
            self.started = time.perf_counter()
            self.pid = os.posix_spawn(words[0], words, environment or os.environ, file_actions=actions)
        finally:
            os.chdir(before)
            for descriptor in (server_in, server_out, null):
                os.close(descriptor)
        self._poll = select.poll()
        self._poll.register(self._in, select.POLLIN | select.POLLHUP)

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        os.close(self._out)
        os.close(self._in)
        deadline = time.monotonic() + 5
        while time.monotonic() < deadline:
            if os.waitpid(self.pid, os.WNOHANG)[0]:
                return
            time.sleep(0.001)
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)

    # Out

    @staticmethod
    def frame(message: dict) -> bytes:
        body = json.dumps({"jsonrpc": "2.0", **message}, separators=(",", ":")).encode()
        return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)

    def write(self, data: bytes) -> None:
        written = os.write(self._out, data)
        while written < len(data):
            written += os.write(self._out, data[written : written + READ_SIZE])

    def notify(self, method: str, params: dict) -> None:
        self.write(self.frame({"method": method, "params": params}))

    def request_frame(self, method: str, params: dict | None) -> tuple[int, bytes]:
        """A request that can be sent without losing time over its making, and its id."""
        self._id += 1
        return self._id, self.frame({"id": self._id, "method": method, "params": params})

    # In

    def receive(self, seconds: float) -> tuple[float, dict]:
        """The next message, and when it had come."""
        deadline = time.monotonic() + seconds
        while True:
            head = self._input.find(b"\r\n\r\n")
            if head >= 0:
                length = self._content_length(bytes(self._input[:head]))
                end = head + 4 + length
                if len(self._input) >= end:
                    came = time.perf_counter()
                    message = json.loads(self._input[head + 4 : end])
                    del self._input[:end]
                    return came, message
            if not self._poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
                raise Silent(f"nothing within {seconds:g} s")
            data = os.read(self._in, READ_SIZE)
            if not data:
                raise Silent("the server has gone")
            self._input += data

    @staticmethod
    def _content_length(head: bytes) -> int:
        for line in head.split(b"\r\n"):
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                return int(value)
        raise Silent("a message without a length")

    def wait_for(self, accept, seconds: float | None = None) -> tuple[float, dict]:
        """The next message that is accepted, and when it had come. What the server asks meanwhile is
        answered with null."""
        deadline = time.monotonic() + (seconds or self.limit)
        while True:
            came, message = self.receive(deadline - time.monotonic())
            if accept(message):
                return came, message
            if "method" in message and "id" in message:
                # A null for each item is what a client without settings says; null alone is fine for all else.
                items = (message.get("params") or {}).get("items")
                result = [None] * len(items) if message["method"] == "workspace/configuration" and items else None
                self.write(self.frame({"id": message["id"], "result": result}))
            self.others.append((came, message))

    def answer(self, id: int) -> tuple[float, dict]:
        return self.wait_for(lambda message: message.get("id") == id and "method" not in message)

    def call(self, method: str, params: dict | None):
        id, frame = self.request_frame(method, params)
        self.write(frame)
        _, message = self.answer(id)
        if "error" in message:
            raise Silent(f"{method}: {message['error'].get('message')}")
        return message.get("result")

    # The process

    def settle(self) -> None:
        """Reads what comes until the server has stopped running, so that nothing old disturbs what is measured next."""
        deadline = time.monotonic() + IDLE_LIMIT
        before = self._run_nanoseconds()
        while time.monotonic() < deadline:
            try:
                self.wait_for(lambda message: True, IDLE_SECONDS)
            except Silent:
                now = self._run_nanoseconds()
                if now == before:
                    break
                before = now
        self.others.clear()

    def _run_nanoseconds(self) -> int:
        """How long all threads of the server have been on a core, in nanoseconds."""
        total = 0
        for task in pathlib.Path(f"/proc/{self.pid}/task").iterdir():
            try:
                total += int((task / "schedstat").read_text().split()[0])
            except (OSError, IndexError, ValueError):
                # The thread has ended between the listing and the look.
                continue
        return total

    def resident_bytes(self) -> int:
        """Resident memory of the server and of the processes that it has started."""
        parents: dict[int, list[int]] = {}
        for folder in pathlib.Path("/proc").iterdir():
            if folder.name.isdigit():
                try:
                    parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
                except (OSError, IndexError, ValueError):
                    continue
                parents.setdefault(parent, []).append(int(folder.name))
        total, waiting = 0, [self.pid]
        while waiting:
            process = waiting.pop()
            waiting += parents.get(process, [])
            try:
                status = pathlib.Path(f"/proc/{process}/status").read_text()
            except OSError:
                continue
            total += sum(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmRSS:"))
        return total

    def leave(self) -> None:
        self.call("shutdown", None)
        self.notify("exit", {})


def echo_times(folder: pathlib.Path) -> list[float]:
    """Seconds from a request to its answer where the server is `cat`, and the answer thus the request."""
    times = []
    params = {"textDocument": {"uri": "file:///project/build.envd"}, "position": {"line": 10, "character": 10}}
    with Client(["/bin/cat"], folder) as client:
        for _ in range(ECHOES):
            id, frame = client.request_frame("textDocument/hover", params)
            before = time.perf_counter()
            client.write(frame)
            came, _ = client.wait_for(lambda message: message.get("id") == id)
            client.others.clear()
            times.append(came - before)
    return times
