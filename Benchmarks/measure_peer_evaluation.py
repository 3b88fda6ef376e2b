"""Evaluates one program with one peer again and again and prints one JSON object, as StarlarkBenchmark does for ours.

measure_peer_evaluation.py ENGINE ROUNDS FILE
"""

import gc
import json
import pathlib
import re
import sys
import time

import engines


def peak_resident_bytes() -> int | None:
    """The line VmHWM of /proc/self/status, see proc(5); None where there is none."""
    try:
        status = pathlib.Path("/proc/self/status").read_text()
    except OSError:
        return None
    found = re.search(r"^VmHWM:\s*(\d+) kB$", status, re.MULTILINE)
    return int(found[1]) << 10 if found else None


def evaluate(engine, text: str) -> tuple[int, str]:
    """The nanoseconds of one round, in which the program is parsed, compiled and run, and let go of; and its result."""
    place = engine.fresh()
    start = time.perf_counter_ns()
    engine.run(place, text)
    ran = time.perf_counter_ns()
    result = engine.result(place)
    read = time.perf_counter_ns()
    del place
    return time.perf_counter_ns() - read + ran - start, result


def main() -> None:
    name, rounds, path = sys.argv[1:]
    engine = engines.PEERS[name]()
    text = pathlib.Path(path).read_text()
    times, results = [], set()
    for _ in range(int(rounds)):
        gc.collect()  # what the round before left behind is no part of this one
        nanoseconds, result = evaluate(engine, text)
        times.append(nanoseconds)
        results.add(result)
    if len(results) != 1:
        sys.exit(f"the results of {path} change from round to round: {results}")
    print(json.dumps({"rounds": times, "result": results.pop(), "peakResidentBytes": peak_resident_bytes()}))


if __name__ == "__main__":
    main()
