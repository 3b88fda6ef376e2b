"""Measures `envd fmt` against `ruff format` and black, in one run, on the same files, and formatting in an editor.

The files are the parser's corpus, and its file of 12,000 lines, under the names that each looks for. All are whole processes
without caches, in check mode: they format everything and write nothing. The editor's part speaks the Language Server
Protocol to `envd lsp`, and to `ruff server` for what it offers: a line is changed somewhere in the large file, and the time
from the request to its answer is taken once the server has nothing else to do.
"""

import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import time

from lint_bench import copies
from project import OURS, OUTPUT, build_envd, processor
from results import Target, median, milliseconds, percentile, table
from syntax_bench import make_corpus

TARGETS = {
    "time against ruff format, corpus, at most": Target(1, False, "×"),
    "times as fast as black, corpus, at least": Target(100, True, "×"),
    "time against ruff format, 12,000 lines, at most": Target(1, False, "×"),
    "times as fast as black, 12,000 lines, at least": Target(100, True, "×"),
    "range formatting in 12,000 lines, p50": Target(2, False, " ms"),
    "on-type formatting in 12,000 lines, p50": Target(2, False, " ms"),
}
#: black takes minutes, and what it takes differs by little.
BLACK_ROUNDS = 1
EDITS = 200
BROKEN_LINES = ["value=[ 1,2 ]", "helper( 'a',b )", "name  =  {'key':'value' }", "x=(a+b) *c", "call( *arguments,key = 1)"]


#: Starts a process and says what it took. It is a small program since a process counts the memory of the one that it was
#: forked from as its own peak.
LAUNCHER = """
import os, sys, time
null = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_WRONLY, 0) for stream in (1, 2)]
start = time.perf_counter()
process = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=null)
_, status, usage = os.wait4(process, 0)
print(time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, os.waitstatus_to_exitcode(status))
"""


def spent(command: list, folder: pathlib.Path) -> tuple[float, float, float]:
    """Seconds of a process from start to end, seconds of all cores for it, and its peak of resident memory in bytes."""
    launch = [sys.executable, "-I", "-S", "-c", LAUNCHER, *map(str, command)]
    done = subprocess.run(launch, cwd=folder, stdout=subprocess.PIPE, text=True, check=True)
    wall, cores, memory, status = done.stdout.split()
    # Both say 1 where files would change, as nearly all of these do.
    if status != "1":
        raise RuntimeError(f"{command[0]} ends with status {status}")
    return float(wall), float(cores), float(memory)


def measure(commands: dict[str, tuple[list, pathlib.Path]], rounds: int) -> dict[str, list[tuple[float, float, float]]]:
    result: dict[str, list[tuple[float, float, float]]] = {name: [] for name in commands}
    # The first pass is to have everything in the system's cache, and does not count, except for black.
    for count in range(rounds + 1):
        for name, (command, folder) in commands.items():
            if name == "black":
                if count < BLACK_ROUNDS:
                    result[name].append(spent(command, folder))
                continue
            figures = spent(command, folder)
            if count:
                result[name].append(figures)
    return result


class Server:
    """A language server at the other end of two pipes, and one document."""

    def __init__(self, command: list, uri: str, text: str):
        self.process = subprocess.Popen(
            list(map(str, command)), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self.uri, self.version, self.id = uri, 1, 0
        capabilities = {"general": {"positionEncodings": ["utf-8", "utf-16"]}}
        capabilities["textDocument"] = {"publishDiagnostics": {"versionSupport": True}}
        self.call("initialize", {"processId": None, "rootUri": None, "capabilities": capabilities})
        self.notify("initialized", {})
        item = {"uri": uri, "languageId": "python", "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": item})

    def send(self, message: dict) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def notify(self, method: str, params: dict) -> None:
        self.send({"method": method, "params": params})

    def receive(self) -> dict:
        length = 0
        while line := self.process.stdout.readline().strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        return json.loads(self.process.stdout.read(length))

    def call(self, method: str, params: dict):
        self.id += 1
        self.send({"id": self.id, "method": method, "params": params})
        while True:
            message = self.receive()
            if "method" in message and "id" in message:
                # ruff asks to be told of files that change.
                self.send({"id": message["id"], "result": None})
            elif message.get("id") == self.id:
                return message.get("result")

    def change(self, start: dict, end: dict, text: str) -> None:
        self.version += 1
        document = {"uri": self.uri, "version": self.version}
        change = {"range": {"start": start, "end": end}, "text": text}
        self.notify("textDocument/didChange", {"textDocument": document, "contentChanges": [change]})

    def settle(self, publishes: bool) -> None:
        """Waits until the change has been worked on, so that nothing else is done while an answer is waited for."""
        while publishes:
            message = self.receive()
            if message.get("method") == "textDocument/publishDiagnostics":
                if message["params"]["version"] == self.version:
                    return
        self.call("textDocument/documentSymbol", {"textDocument": {"uri": self.uri}})
        time.sleep(0.05)

    def leave(self) -> None:
        self.call("shutdown", {})
        self.notify("exit", {})
        self.process.wait()


def editing(command: list, path: pathlib.Path, method: str) -> list[float]:
    """Seconds from request to answer for changes at random places."""
    text = path.read_text()
    lines = text.split("\n")
    places = [number for number, line in enumerate(lines[:-2]) if is_statement(lines, number)]
    server = Server(command, path.as_uri(), text)
    rng = random.Random("fmt")
    times = []
    options = {"tabSize": 4, "insertSpaces": True}
    document = {"textDocument": {"uri": server.uri}, "options": options}
    answered = 0
    for _ in range(EDITS):
        number = rng.choice(places)
        indentation = lines[number][: len(lines[number]) - len(lines[number].lstrip())]
        start, end = {"line": number, "character": 0}, {"line": number + 1, "character": 0}
        server.change(start, start, indentation + rng.choice(BROKEN_LINES) + "\n")
        server.settle(publishes=pathlib.Path(command[0]).name == "envd")
        if method == "textDocument/rangeFormatting":
            params = {**document, "range": {"start": start, "end": end}}
        else:
            params = {**document, "position": end, "ch": "\n"}
        before = time.perf_counter()
        edits = server.call(method, params)
        times.append(time.perf_counter() - before)
        answered += bool(edits)
        server.change(start, end, "")
    server.leave()
    if answered < EDITS:
        raise RuntimeError(f"{command[0]} left {EDITS - answered} of {EDITS} lines as they were")
    return times


def is_statement(lines: list[str], number: int) -> bool:
    """Whether a line begins a simple statement, as far as can be seen without parsing: another may stand before it."""
    line = lines[number]
    before = lines[number - 1].rstrip() if number else ""
    return (
        line.lstrip()[:1].isalpha()
        and " = " in line
        and line.count("(") == line.count(")")
        and not line.rstrip().endswith((",", "(", "[", "{", ":"))
        and (not before or before.endswith((")", ":", "]", "}")) and before.strip() != "):")
        and before.lstrip()[:1] not in ("'", '"', "#")
        and len(before) - len(before.lstrip()) <= len(line) - len(line.lstrip())
    )


def run(seed: str, rounds: int) -> tuple[dict, str, dict[str, float]]:
    """All that was measured, the report, and the figures that the targets are held against."""
    binary, corpus = build_envd(), make_corpus(seed)
    base = OUTPUT / "fmt"
    ours, theirs = base / "envd", base / "python"
    size = copies(corpus, ours, ".envd")
    copies(corpus, theirs, ".py")
    large = base / "large"
    shutil.rmtree(large, ignore_errors=True)
    large.mkdir()
    for ending in ("envd", "py"):
        shutil.copy(corpus / "large.star", large / f"large.{ending}")
    programs = pathlib.Path(sys.executable).parent

    def commands(our_paths: list, their_paths: list, our_folder: pathlib.Path, their_folder: pathlib.Path) -> dict:
        ruff = [programs / "ruff", "format", "--isolated", "--no-cache", "--check"]
        # Named one by one, since black passes over folders that start with a dot.
        black = [programs / "black", "--check", "--no-cache", "--quiet", "--config", os.devnull]
        if their_paths == ["."]:
            black += sorted(their_folder.iterdir())
            their_black = []
        else:
            their_black = their_paths
        return {
            OURS: ([binary, "fmt", "--check", "--no-cache", *our_paths], our_folder),
            "ruff format": ([*ruff, *their_paths], their_folder),
            "black": ([*black, *their_black], their_folder),
        }

    measured = {
        "corpus": measure(commands(["."], ["."], ours, theirs), rounds),
        "12,000 lines": measure(commands(["large.envd"], ["large.py"], large, large), rounds),
    }
    sizes = {"corpus": size, "12,000 lines": (large / "large.envd").stat().st_size}
    parts = [f"### Format ({processor()}, {os.cpu_count()} cores): {len(list(ours.iterdir()))} files, {size / 1e6:.2f} MB", ""]
    rows = []
    figures: dict[str, float] = {}
    for what, result in measured.items():
        walls = {name: median([wall for wall, _, _ in runs]) for name, runs in result.items()}
        for name, runs in result.items():
            rows.append(
                [
                    what,
                    name,
                    milliseconds(walls[name] * 1e9),
                    milliseconds(median([cores for _, cores, _ in runs]) * 1e9),
                    f"{max(memory for _, _, memory in runs) / 1e6:.1f} MB",
                    f"{sizes[what] / walls[name] / 1e6:.1f} MB/s",
                    f"{walls[name] / walls[OURS]:.2f}×",
                ]
            )
        figures[f"time against ruff format, {what}, at most"] = walls[OURS] / walls["ruff format"]
        figures[f"times as fast as black, {what}, at least"] = walls["black"] / walls[OURS]
    parts.append(table(["files", "", "wall", "all cores", "peak memory", "speed", "time, ours = 1"], rows))
    parts += ["", f"Median of {rounds} processes each (black: {BLACK_ROUNDS}), in check mode, without caches.", ""]

    # In an editor the file is one that was formatted before.
    for name in ("large.envd", "large.py"):
        subprocess.run([binary, "fmt", name], cwd=large, check=True, stderr=subprocess.DEVNULL)
    requests = {
        "range formatting": ("textDocument/rangeFormatting", [OURS, "ruff server"]),
        "on-type formatting": ("textDocument/onTypeFormatting", [OURS]),
    }
    servers = {OURS: [binary, "lsp"], "ruff server": [programs / "ruff", "server", "--isolated"]}
    rows = []
    edits: dict[str, dict[str, list[float]]] = {}
    for what, (method, names) in requests.items():
        edits[what] = {}
        for name in names:
            path = large / ("large.envd" if name == OURS else "large.py")
            try:
                times = editing(servers[name], path, method)
            except (RuntimeError, OSError, ValueError) as problem:
                if name == OURS:
                    raise
                rows.append([what, name, str(problem), "", ""])
                continue
            edits[what][name] = times
            rows.append([what, name, *(f"{percentile(times, percent) * 1e3:.2f} ms" for percent in (50, 95, 100))])
        figures[f"{what} in 12,000 lines, p50"] = median(edits[what][OURS]) * 1e3
    parts += [
        table(["request", "", "p50", "p95", "max"], rows),
        "",
        f"{EDITS} changes of one line each in a formatted file of 12,000 lines, from request to answer over pipes.",
    ]
    return {"processes": measured, "bytes": sizes, "edits": edits}, "\n".join(parts), figures


if __name__ == "__main__":
    print(run("envd", 3)[1])
