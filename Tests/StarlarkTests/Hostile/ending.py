"""Runs one program in `envd eval` within hard limits, and reads how it ends."""

import dataclasses
import os
import pathlib
import re
import subprocess
import threading

#: Bytes of address space, beyond which nothing is given to the process; it must end by its own limits long before.
SPACE = 4 << 30
#: Bytes that it may hold at a time.
RESIDENT = 2500 << 20
#: Seconds after which it is killed: more than the 60 that the engine gives a program. No measure of speed: most of these
#: programs would run for ages.
PATIENCE = 90
#: Bytes that a message may have, with its traceback.
LONGEST = 100_000


@dataclasses.dataclass(frozen=True)
class Ending:
    """How a program ended: `ok`, `failure`, `limit`, or anything else that none may come to.

    `flood` is a failure whose message is as long as the value that it is about.
    """

    kind: str
    #: The line of the program that is named by the last line of the message.
    line: int | None
    message: str
    resident: int

    def __str__(self) -> str:
        return self.kind if self.line is None else f"{self.kind} {self.line}"


def run(binary: os.PathLike, program: bytes, folder: pathlib.Path) -> Ending:
    path = folder / "program.star"
    path.write_bytes(program)
    command = ["bash", "-c", f'ulimit -v {SPACE >> 10}; exec "$@"', "bash", binary, "eval", "--allow", "all", path.name]
    errors = folder / "errors"
    with errors.open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=log)
        overdue = threading.Timer(PATIENCE, process.kill)
        overdue.start()
        _, status, usage = os.wait4(process.pid, 0)
        overdue.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
    size = errors.stat().st_size
    with errors.open("rb") as log:
        # A message may be as long as what it is about.
        text = log.read(1 << 20).decode("utf-8", "replace")
    return read(
        process.returncode, text, size, usage.ru_maxrss << 10, not overdue.is_alive() and process.returncode == -9
    )


def read(status: int, errors: str, size: int, resident: int, was_killed: bool) -> Ending:
    if was_killed:
        return Ending("hang", None, errors[-300:], resident)
    if status == 0:
        return Ending("ok" if not size else "talk", None, errors[-300:], resident)
    # The traceback is indented but for its title; the error is one line, or more if its text holds line ends.
    found = re.search(r"^\S+:(\d+):\d+: ", errors, re.MULTILINE)
    kind = {1: "failure", 2: "limit"}.get(status, f"exit status {status}")
    if not found:
        return Ending(f"{kind} without a place", None, errors[-300:], resident)
    message = errors[found.start() :].strip()
    frames = re.findall(r"^  (\S+):(\d+):\d+: in \S+$", errors[: found.start()], re.MULTILINE)
    if errors[: found.start()] and not (errors.startswith("Traceback (most recent call last):\n") and frames):
        return Ending(f"{kind} with a traceback that is none", None, errors[:300], resident)
    if size > LONGEST:
        return Ending("flood", int(found[1]), message[:300], resident)
    return Ending(kind, int(found[1]), message[-300:], resident)
