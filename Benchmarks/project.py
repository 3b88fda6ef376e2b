"""What all parts of the benchmark share: where things are, how ours is built, and what they run on."""

import contextlib
import os
import pathlib
import platform
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
OUTPUT = ROOT / ".build" / "bench"
OURS = "envd"

START_UPS = 40


def build(product: str) -> pathlib.Path:
    """Builds a benchmark of ours as the binary that users get is built, with Swift's libraries inside."""
    command = ["swift", "build", "-c", "release", "--static-swift-stdlib", "--product", product]
    subprocess.run(command, cwd=ROOT, check=True, stdout=sys.stderr)
    where = subprocess.run([*command, "--show-bin-path"], cwd=ROOT, check=True, capture_output=True, text=True)
    return pathlib.Path(where.stdout.strip()) / product


def build_envd() -> pathlib.Path:
    finished = subprocess.run([str(ROOT / "scripts" / "build")], check=True, stdout=subprocess.PIPE, text=True)
    return pathlib.Path(finished.stdout.strip())


def best_process_times(commands: dict[str, list], cwd: pathlib.Path = ROOT) -> dict[str, int]:
    """Nanoseconds that a process of each command takes from start to end, at best; the commands take turns."""
    best: dict[str, int] = {}
    for _ in range(START_UPS):
        for name, command in commands.items():
            start = time.perf_counter_ns()
            subprocess.run(list(map(str, command)), cwd=cwd, stdout=subprocess.DEVNULL, check=True)
            spent = time.perf_counter_ns() - start
            best[name] = min(spent, best.get(name, spent))
    return best


@contextlib.contextmanager
def one_core():
    """Keeps this process and those that it starts on one core, where the system can do that."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def processor() -> str:
    cpuinfo = pathlib.Path("/proc/cpuinfo")
    lines = cpuinfo.read_text().splitlines() if cpuinfo.exists() else []
    models = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.processor() or platform.machine()
