"""Measures the parser against starlark-rust and tree-sitter-starlark, in one run, on the same corpus, on one core."""

import gc
import json
import pathlib
import subprocess
import sys
import time

import edits
import peers
from project import OURS, OUTPUT, ROOT, best_process_times, build, build_envd, one_core, processor
from results import Target, best_of_rounds, median, microseconds, percentile, table

TARGETS = {
    "throughput against starlark-rust": Target(3, True, "×"),
    "edit, p50": Target(50, False, " µs"),
    "edit, p99": Target(1000, False, " µs"),
    "edit, p50, against tree-sitter": Target(50, True, "×"),
    "tree": Target(12, False, " bytes a source byte"),
    "start-up": Target(10, False, " ms"),
}
EDIT_COUNT = 1600
EDIT_SEED = "edits"
EDGE_BYTES = {"large file": 50_000_000, "line": 10_000_000}


def make_corpus(seed: str) -> pathlib.Path:
    corpus = OUTPUT / "corpus"
    subprocess.run([str(ROOT / "scripts" / "make-corpus"), str(corpus), "--seed", seed], check=True, stdout=sys.stderr)
    return corpus


def files_below(folder: pathlib.Path) -> list[pathlib.Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def check(corpus: pathlib.Path) -> int:
    """Whether every peer takes every file: the number of refusals, each printed."""
    judges = [peers.StarlarkGo(), peers.StarlarkRust(), peers.TreeSitter()]
    refusals = 0
    paths = files_below(corpus)
    for path in paths:
        content = path.read_bytes()
        for judge in judges:
            refusal = judge.refusal(content.decode(), content)
            if refusal:
                refusals += 1
                print(f"{path}: {judge.name}: {refusal}")
    print(
        f"corpus: {len(paths)} files, {refusals} refusals by {', '.join(judge.name for judge in judges)}",
        file=sys.stderr,
    )
    return refusals


def ours(binary: pathlib.Path, *arguments) -> dict:
    done = subprocess.run([str(binary), *map(str, arguments)], check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


# Full parses.


def measure_parse(binary: pathlib.Path, paths: list[pathlib.Path], rounds: int, passes: int) -> dict:
    """Nanoseconds of passes over the files, peers in turn, so that a disturbance hits all of them."""
    contents = [path.read_bytes() for path in paths]
    pairs = [(content.decode(), content) for content in contents]
    result = {OURS: [], **{peer.name: [] for peer in (peers.StarlarkRust, peers.TreeSitter)}}
    measured = [peers.StarlarkRust(), peers.TreeSitter()]
    summary = {}
    for _ in range(rounds):
        summary = ours(binary, "parse", 2, passes, *paths)
        result[OURS] += summary["passes"]
        for peer in measured:
            for text, content in pairs:
                peer.parse(text, content)
            for _ in range(passes):
                start = time.perf_counter_ns()
                for text, content in pairs:
                    peer.parse(text, content)
                result[peer.name].append(time.perf_counter_ns() - start)
    return {
        "bytes": sum(map(len, contents)),
        "files": len(paths),
        "passes": result,
        "statements": summary["statements"],
        "findings": summary["findings"],
    }


def call_overhead() -> dict:
    """Nanoseconds that a call with an empty text takes, at best: what Python and the binding add to each file."""
    result = {}
    for peer in (peers.StarlarkRust(), peers.TreeSitter()):
        times = []
        for _ in range(2000):
            start = time.perf_counter_ns()
            peer.parse("", b"")
            times.append(time.perf_counter_ns() - start)
        result[peer.name] = min(times)
    return result


# Edits.


def point(content: bytes, offset: int) -> tuple[int, int]:
    return content.count(b"\n", 0, offset), offset - (content.rfind(b"\n", 0, offset) + 1)


def tree_sitter_reparse(parser, tree, content: bytes, edit: edits.Edit):
    """The new tree, the new content and the nanoseconds that telling the old tree and parsing anew took."""
    new = edits.applied(content, edit)
    old_end, new_end = edit.offset + edit.deleted, edit.offset + len(edit.inserted)
    points = point(content, edit.offset), point(content, old_end), point(new, new_end)
    start = time.perf_counter_ns()
    tree.edit(edit.offset, old_end, new_end, *points)
    reparsed = parser.parse(new, tree)
    return reparsed, new, time.perf_counter_ns() - start


def tree_sitter_edits(content: bytes, edit_list: list[edits.Edit], cumulative: bool) -> list[int]:
    parser = peers.TreeSitter().parser
    tree = original = parser.parse(content)
    times = []
    for edit in edit_list:
        reparsed, new, spent = tree_sitter_reparse(parser, tree if cumulative else original.copy(), content, edit)
        times.append(spent)
        if cumulative:
            tree, content = reparsed, new
    return times


def measure_edits(
    binary: pathlib.Path, path: pathlib.Path, edit_list: list[edits.Edit], rounds: int, cumulative: bool
) -> dict:
    content = path.read_bytes()
    list_path = OUTPUT / f"{path.stem}.{'session' if cumulative else 'edits'}.txt"
    list_path.write_text("".join(edit.line() + "\n" for edit in edit_list))
    result = {OURS: [], peers.TreeSitter.name: [], "kinds": [edit.kind for edit in edit_list], "bytes": len(content)}
    for _ in range(rounds):
        result[OURS] += ours(binary, "session" if cumulative else "edits", 3, path, list_path)["rounds"]
        result[peers.TreeSitter.name].append(tree_sitter_edits(content, edit_list, cumulative))
    return result


# Memory and edge cases.


def measure_memory(binary: pathlib.Path, folder: pathlib.Path) -> dict:
    result = {OURS: ours(binary, "memory", folder)}
    for peer in (peers.StarlarkRust, peers.TreeSitter):
        script = str(ROOT / "Benchmarks" / "measure_peer_memory.py")
        done = subprocess.run(
            [sys.executable, script, peer.name, str(folder)], check=True, capture_output=True, text=True
        )
        result[peer.name] = json.loads(done.stdout)
    return result


def edge_files(corpus: pathlib.Path) -> dict[str, pathlib.Path]:
    folder = OUTPUT / "edge"
    folder.mkdir(parents=True, exist_ok=True)
    whole = b"".join(path.read_bytes() for path in files_below(corpus / "files"))
    element = b'("name", 42, [value, {"key": f(x)}]), '
    line = EDGE_BYTES["line"]
    contents = {
        "50 MB of the corpus in one file": whole * (EDGE_BYTES["large file"] // len(whole) + 1),
        "one line of 10 MB: a list": b"values = [" + element * (line // len(element)) + b"]\n",
        "one line of 10 MB: a string": b'text = "' + b"lorem ipsum " * (line // 12) + b'"\n',
        "one line of 10 MB: a comment": b"# " + b"lorem ipsum " * (line // 12) + b"\n",
        "one line of 10 MB: a sum": b"total = 1" + b" + value" * (line // 8) + b"\n",
        "100,000 nested brackets": b"x = " + b"[" * 100_000 + b"]" * 100_000 + b"\n",
        "100,000 unclosed brackets": b"x = " + b"(" * 100_000 + b"\n",
        "10 MB of NUL bytes": b"\0" * line,
        "10 MB of unclosed quotes": b'"\n' * (line // 2),
    }
    contents["50 MB of the corpus in one file"] = contents["50 MB of the corpus in one file"][
        : EDGE_BYTES["large file"]
    ]
    paths = {}
    for number, (name, content) in enumerate(contents.items()):
        paths[name] = folder / f"{number}.star"
        paths[name].write_bytes(content)
    return paths


def measure_start_up() -> dict[str, int]:
    """Nanoseconds that a process takes to start, print next to nothing and end, at best, for envd and for /bin/true."""
    return best_process_times({OURS: [build_envd(), "--version"], "/bin/true": ["/bin/true"]})


def measure_edges(binary: pathlib.Path, corpus: pathlib.Path) -> dict:
    result = {}
    for name, path in edge_files(corpus).items():
        measured = ours(binary, "parse", 1, 3, path)
        result[name] = {
            "bytes": measured["sourceBytes"],
            "nanoseconds": min(measured["passes"]),
            "findings": measured["findings"],
        }
    return result


# The report.


def megabytes_a_second(size: int, nanoseconds: float) -> float:
    return size / nanoseconds * 1e3


def report(measured: dict) -> tuple[str, dict[str, float]]:
    figures: dict[str, float] = {}
    parts = [f"### Full parse, one core, warm ({measured['machine']})", ""]
    rows = []
    for name, result in measured["parse"].items():
        rates = {who: megabytes_a_second(result["bytes"], median(times)) for who, times in result["passes"].items()}
        best = {who: megabytes_a_second(result["bytes"], min(times)) for who, times in result["passes"].items()}
        rows.append(
            [f"{name} ({result['bytes'] / 1e6:.2f} MB)"]
            + [f"{rates[who]:.1f} MB/s (best {best[who]:.1f})" for who in rates]
            + [f"{rates[OURS] / rates[who]:.1f}×" for who in rates if who != OURS]
        )
        against_rust = rates[OURS] / rates[peers.StarlarkRust.name]
        figures["throughput against starlark-rust"] = min(
            against_rust, figures.get("throughput against starlark-rust", against_rust)
        )
    others = [peers.StarlarkRust.name, peers.TreeSitter.name]
    parts.append(table(["text", OURS, *others, *(f"against {who}" for who in others)], rows))
    overhead = ", ".join(f"{who} {nanoseconds / 1e3:.1f} µs" for who, nanoseconds in measured["call overhead"].items())
    parts += ["", f"A call with an empty text, Python and binding included, at best: {overhead}.", "", "### Edits", ""]

    rows = []
    for name, result in measured["edits"].items():
        mine, theirs = best_of_rounds(result[OURS]), best_of_rounds(result[peers.TreeSitter.name])
        for what, percent in (("p50", 50), ("p99", 99), ("max", 100)):
            a, b = percentile(mine, percent), percentile(theirs, percent)
            rows.append([name, what, microseconds(a), microseconds(b), f"{b / a:.1f}×"])
            if name == "one character":
                figures[f"edit, {what}"] = a
                figures[f"edit, {what}, against tree-sitter"] = b / a
    parts += [table(["edits", "", OURS, "tree-sitter reparse", "ratio"], rows), ""]
    result = measured["edits"]["one character"]
    mine, theirs = best_of_rounds(result[OURS]), best_of_rounds(result[peers.TreeSitter.name])
    rows = []
    for kind in edits.KINDS:
        places = [index for index, other in enumerate(result["kinds"]) if other == kind]
        a, b = [mine[index] for index in places], [theirs[index] for index in places]
        rows.append(
            [
                kind,
                microseconds(median(a)),
                microseconds(percentile(a, 99)),
                microseconds(median(b)),
                microseconds(percentile(b, 99)),
            ]
        )
    parts += [
        table(["one character", f"{OURS} p50", f"{OURS} p99", "tree-sitter p50", "tree-sitter p99"], rows),
        "",
        "Each edit's time is the best of all rounds.",
        "",
        "### Memory",
        "",
    ]

    memory = measured["memory"]
    size = memory[OURS]["sourceBytes"]
    figures["tree"] = memory[OURS]["accounted"] / size
    rows = [[OURS, f"{figures['tree']:.2f}", f"{memory[OURS]['residentGrowth'] / size:.2f}"]]
    rows += [[who, "", f"{memory[who]['residentGrowth'] / size:.2f}"] for who in others]
    parts += [
        table(["bytes a source byte", "by its own account, text included", "growth of resident memory"], rows),
        "",
        "### Extremes",
        "",
    ]
    rows = [
        [
            name,
            f"{result['bytes'] / 1e6:.1f} MB",
            f"{result['nanoseconds'] / 1e6:.1f} ms",
            f"{megabytes_a_second(result['bytes'], result['nanoseconds']):.0f} MB/s",
            str(result["findings"]),
        ]
        for name, result in measured["edges"].items()
    ]
    parts += [table(["text", "size", "time", "throughput", "findings"], rows), "", "### Start-up", ""]
    start_up = measured["start-up"]
    figures["start-up"] = (start_up[OURS] - start_up["/bin/true"]) / 1e6
    rows = [[name, f"{nanoseconds / 1e6:.2f} ms"] for name, nanoseconds in start_up.items()]
    parts.append(table(["process, at best", "time"], rows))
    return "\n".join(parts), figures


def machine() -> str:
    versions = peers.versions()
    return ", ".join([processor(), *(versions[peer.name] for peer in (peers.StarlarkRust, peers.TreeSitter))])


def measure(binary: pathlib.Path, corpus: pathlib.Path, rounds: int) -> dict:
    paths = files_below(corpus / "files")
    large, one_statement = corpus / "large.star", corpus / "one-statement.star"
    characters = {
        path: edits.single_characters(path.read_bytes(), EDIT_COUNT, EDIT_SEED) for path in (large, one_statement)
    }
    return {
        "machine": machine(),
        "parse": {
            f"{len(paths)} files": measure_parse(binary, paths, rounds, 3),
            "one file of 12,000 lines": measure_parse(binary, [large], rounds, 15),
        },
        "call overhead": call_overhead(),
        "edits": {
            "one character": measure_edits(binary, large, characters[large], rounds, False),
            "typing": measure_edits(binary, large, edits.session(large.read_bytes(), EDIT_SEED), rounds, True),
            "one character in a statement of 4,000 lines": measure_edits(
                binary, one_statement, characters[one_statement], 2, False
            ),
        },
        "memory": measure_memory(binary, corpus / "files"),
        "edges": measure_edges(binary, corpus),
        "start-up": measure_start_up(),
    }


def run(seed: str, rounds: int) -> tuple[dict, str, dict[str, float]]:
    """All that was measured, the report, and the figures that the targets are held against."""
    corpus = make_corpus(seed)
    if check(corpus):
        sys.exit("the corpus is not Starlark to every peer")
    binary = build("SyntaxBenchmark")
    gc.disable()
    try:
        with one_core():
            measured = measure(binary, corpus, rounds)
    finally:
        gc.enable()
    return measured, *report(measured)
