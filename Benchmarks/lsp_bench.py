"""Measures `envd lsp` against the language servers that PyPI has for Python, in one run, in the same session.

The text is legal in both languages, so that all get the same bytes under the name that each looks for. Every question is asked
right behind a keystroke, as in real typing (`lsp_session`), after the server had come to rest. One server runs at a time; they take
turns in rounds. What a server does not announce it is not asked, and its cell stays empty.
"""

import functools
import json
import math
import os
import pathlib
import shutil
import sys
import time
import venv

from lsp_client import Client, Silent, echo_times
from lsp_session import QUESTIONS, program, record
from project import OURS, OUTPUT, build_envd, processor
from results import Target, median, percentile, table

SIZES = (20, 1_000, 12_000)
#: How often a round asks each question in a text of that size, and how often it types for diagnostics.
REPEATS = {20: 12, 1_000: 6, 12_000: 3}
#: Processes that a round starts for each server, besides those of the sessions.
STARTS = 4
START, PUSHED, PULLED = "initialize", "keystroke to diagnostics, pushed", "keystroke to diagnostics, pulled"
FIRST = "first diagnostics"
#: Asked like all others, and refused by all: what a sleeping process, the client and the keystroke take by themselves.
UNKNOWN = "unknown question"
MEMORY = "resident memory after the session"
#: Seconds after which a session asks no more and types no more for diagnostics, so that slow servers do not hold up all others.
ASKING, TYPING = 20.0, 2.5
#: How long diagnostics are waited for that may never come.
PATIENCE = 10.0

TARGETS = {
    "process start to initialize, p50": Target(3.5, False, " ms"),
    "slowest question at 20 lines, p50": Target(0.2, False, " ms"),
    "keystroke to diagnostics at 20 lines, p50": Target(0.5, False, " ms"),
    "keystroke to diagnostics at 12,000 lines, p50": Target(5, False, " ms"),
    "completion at 12,000 lines, p50": Target(2, False, " ms"),
    "hover at 12,000 lines, p50": Target(2, False, " ms"),
    "resident memory at 20 lines": Target(18, False, " MB"),
    "worst p50 against any peer": Target(1, False, "×"),
}

CAPABILITIES = {
    "general": {"positionEncodings": ["utf-8", "utf-16"]},
    "textDocument": {
        "synchronization": {"dynamicRegistration": False, "didSave": True},
        "publishDiagnostics": {"versionSupport": True},
        "completion": {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown"]}},
        "hover": {"contentFormat": ["markdown", "plaintext"]},
        "signatureHelp": {"signatureInformation": {"documentationFormat": ["markdown"]}},
        "documentSymbol": {"hierarchicalDocumentSymbolSupport": True},
        "codeAction": {
            "codeActionLiteralSupport": {
                "codeActionKind": {"valueSet": ["", "quickfix", "refactor", "source", "source.organizeImports"]}
            }
        },
        "rename": {"prepareSupport": True},
        "semanticTokens": {
            "requests": {"full": True},
            "tokenTypes": ["namespace", "type", "class", "parameter", "variable", "property", "function", "string"],
            "tokenModifiers": ["declaration", "definition", "readonly"],
            "formats": ["relative"],
        },
        "inlayHint": {},
        "foldingRange": {},
    },
    "workspace": {"workspaceFolders": True, "configuration": True, "workspaceEdit": {"documentChanges": True}},
}


class Session:
    """One server, one document, from start to end. `times` has what was measured, in seconds."""

    def __init__(self, name: str, command: list, path: pathlib.Path, text: str, pull: bool):
        self.name, self.path, self.text = name, path, text
        self.version = 1
        self.typed_line: int | None = None
        self.times: dict[str, list[float]] = {}
        #: How many answers of each kind said nothing, and what errors there were.
        self.empty: dict[str, int] = {}
        self.errors: dict[str, str] = {}
        self.client = Client(command, path.parent, bare_environment())
        self.offers = self._initialize(pull)

    def _note(self, measure: str, seconds: float) -> None:
        self.times.setdefault(measure, []).append(seconds)

    def _initialize(self, pull: bool) -> dict:
        capabilities = json.loads(json.dumps(CAPABILITIES))
        if pull:
            capabilities["textDocument"]["diagnostic"] = {"relatedDocumentSupport": False}
        root = self.path.parent.as_uri()
        params = {
            "processId": None,
            "rootUri": root,
            "capabilities": capabilities,
            "workspaceFolders": [{"uri": root, "name": self.path.parent.name}],
        }
        id, frame = self.client.request_frame("initialize", params)
        self.client.write(frame)
        came, message = self.client.answer(id)
        self._note(START, came - self.client.started)
        self.client.notify("initialized", {})
        return message["result"]["capabilities"]

    def open(self) -> None:
        """Opens the document, and takes the time until diagnostics come, by whichever way is there."""
        language = "python" if self.path.suffix == ".py" else "envd"
        item = {"uri": self.path.as_uri(), "languageId": language, "version": 1, "text": self.text}
        frame = self.client.frame({"method": "textDocument/didOpen", "params": {"textDocument": item}})
        id, pull = self.client.request_frame("textDocument/diagnostic", self.document())
        before = time.perf_counter()
        self.client.write(frame)
        if self.announces("diagnosticProvider"):
            self.client.write(pull)
            came, _ = self.client.answer(id)
        else:
            came = self._pushed()
        if came is not None:
            self._note(FIRST, came - before)
        self.client.settle()

    def announces(self, provider: str) -> bool:
        # An object without options announces as much as `true` does.
        return self.offers.get(provider) not in (None, False)

    def document(self) -> dict:
        return {"textDocument": {"uri": self.path.as_uri()}}

    def _pushed(self) -> float | None:
        """When diagnostics of the version at hand, or of none, came; None if they do not."""

        def accept(message):
            params = message.get("params")
            return (
                message.get("method") == "textDocument/publishDiagnostics"
                and params["uri"] == self.path.as_uri()
                and params.get("version") in (None, self.version)
            )

        try:
            return self.client.wait_for(accept, PATIENCE)[0]
        except Silent:
            return None

    def _change_frame(self, changes: list[dict]) -> bytes:
        self.version += 1
        document = {**self.document()["textDocument"], "version": self.version}
        params = {"textDocument": document, "contentChanges": changes}
        return self.client.frame({"method": "textDocument/didChange", "params": params})

    def _keystroke(self, step) -> bytes:
        """Has the step's line typed but for its last character, and returns what types that."""
        changes = []
        if self.typed_line is not None:
            changes.append(replacement(self.typed_line, 0, self.typed_line + 1, 0, ""))
        changes.append(replacement(step.line, 0, step.line, 0, step.typed + "\n"))
        self.client.write(self._change_frame(changes))
        self.typed_line = step.line
        self.client.settle()
        return self._change_frame([replacement(step.line, step.column, step.line, step.column, step.character)])

    def ask(self, step) -> None:
        method, provider, _ = QUESTIONS[step.question]
        if not self.announces(provider) or step.question in self.errors:
            return
        keystroke = self._keystroke(step)
        id, frame = self.client.request_frame(method, {**step.params, **self.document()})
        self.client.write(keystroke)
        before = time.perf_counter()
        self.client.write(frame)
        try:
            came, message = self.client.answer(id)
        except Silent as silence:
            self.errors[step.question] = str(silence)
            raise
        if "error" in message:
            self.errors[step.question] = message["error"]["message"]
            return
        self._note(step.question, came - before)
        result = message.get("result")
        if isinstance(result, dict) and step.question in ("completion", "semantic tokens"):
            result = result.get("items") or result.get("data")
        self.empty[step.question] = self.empty.get(step.question, 0) + (not result)

    def ask_unknown(self, step) -> None:
        keystroke = self._keystroke(step)
        id, frame = self.client.request_frame("textDocument/noSuchQuestion", self.document())
        self.client.write(keystroke)
        before = time.perf_counter()
        self.client.write(frame)
        came, message = self.client.answer(id)
        if "error" in message:
            self._note(UNKNOWN, came - before)

    def diagnose(self, step) -> None:
        keystroke = self._keystroke(step)
        id, frame = self.client.request_frame("textDocument/diagnostic", self.document())
        before = time.perf_counter()
        self.client.write(keystroke)
        if self.announces("diagnosticProvider"):
            self.client.write(frame)
            came, _ = self.client.answer(id)
            self._note(PULLED, came - before)
        elif (came := self._pushed()) is not None:
            self._note(PUSHED, came - before)

    def memory(self) -> int:
        self.client.settle()
        return self.client.resident_bytes()


def replacement(line: int, character: int, end_line: int, end_character: int, text: str) -> dict:
    start, end = {"line": line, "character": character}, {"line": end_line, "character": end_character}
    return {"range": {"start": start, "end": end}, "text": text}


@functools.cache
def bare_environment() -> dict[str, str]:
    """Variables that name a Python environment without packages: what is installed here would be work for Python's servers alone."""
    folder = OUTPUT / "lsp-environment"
    if not (folder / "pyvenv.cfg").exists():
        venv.create(folder, symlinks=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return {**kept, "VIRTUAL_ENV": str(folder), "PATH": f"{folder / 'bin'}:{os.environ['PATH']}"}


def servers(binary: pathlib.Path) -> dict[str, tuple[list, str]]:
    """The command of each server that is here, and the ending of the files that it is for."""
    programs = pathlib.Path(sys.executable).parent
    found: dict[str, tuple[list, str]] = {
        OURS: ([binary, "lsp", "--stdio"], ".envd"),
        "ruff server": ([programs / "ruff", "server", "--isolated"], ".py"),
        "ty server": ([programs / "ty", "server"], ".py"),
        "jedi-language-server": ([programs / "jedi-language-server"], ".py"),
    }
    # The server of envd's makers is on no package index; who has it gets it measured.
    if theirs := shutil.which("envd-lsp"):
        found["envd-lsp"] = ([theirs], ".envd")
    return found


def converse(name: str, command: list, path: pathlib.Path, text: str, size: int, round: int) -> dict:
    """Two sessions: one with everything, whose client pulls diagnostics if it can, and a short one whose client does not."""
    steps = record(text, f"{round}", REPEATS[size])
    typing = [step for step in steps if step.question == "hover"]
    gathered: dict = {"times": {}, "empty": {}, "errors": {}}
    for pull in (True, False):
        session = Session(name, command, path, text, pull)
        with session.client as client:
            try:
                session.open()
                if pull:
                    # Each question has had the same number of turns, whenever it ends.
                    within(ASKING, turns(steps), lambda turn: [session.ask(step) for step in turn])
                # Who offers no pulling has pushed in both sessions.
                if not pull or session.announces("diagnosticProvider"):
                    within(TYPING, typing, session.diagnose)
                if pull:
                    within(TYPING, typing, session.ask_unknown)
                    gathered["memory"] = session.memory()
                client.leave()
            except (Silent, BrokenPipeError) as problem:
                if name == OURS:
                    raise RuntimeError(f"{name}, {size} lines: {problem}") from None
                session.errors["session"] = str(problem)
        for measure, times in session.times.items():
            # What comes first comes by the way that the first session agreed on.
            if pull or measure != FIRST:
                gathered["times"].setdefault(measure, []).extend(times)
        gathered["empty"].update(session.empty)
        gathered["errors"].update(session.errors)
    return gathered


def turns(steps: list) -> list[list]:
    return [steps[start : start + len(QUESTIONS)] for start in range(0, len(steps), len(QUESTIONS))]


def within(seconds: float, items: list, do) -> None:
    """Does the first, and as many more as can be begun in so many seconds."""
    until = time.monotonic() + seconds
    for number, item in enumerate(items):
        if number and time.monotonic() > until:
            return
        do(item)


def start_ups(name: str, command: list, path: pathlib.Path) -> list[float]:
    times = []
    for _ in range(STARTS):
        session = Session(name, command, path, "", pull=True)
        with session.client as client:
            client.leave()
        times += session.times[START]
    return times


def measure(binary: pathlib.Path, rounds: int) -> dict:
    """Seconds and bytes: by server, by size, by what was measured."""
    base = OUTPUT / "lsp"
    shutil.rmtree(base, ignore_errors=True)
    texts = {size: program(size) for size in SIZES}
    everybody = servers(binary)
    measured: dict = {name: {"starts": [], **{str(size): {} for size in SIZES}} for name in everybody}
    for round in range(rounds):
        for size, text in texts.items():
            for name, (command, ending) in everybody.items():
                path = base / f"{size}{ending}" / f"build{ending}"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
                got = converse(name, command, path, text, size, round)
                into = measured[name][str(size)]
                for what, times in got["times"].items():
                    place = measured[name]["starts"] if what == START else into.setdefault(what, [])
                    place.extend(times)
                if "memory" in got:
                    into.setdefault(MEMORY, []).append(got["memory"])
                into.setdefault("errors", {}).update(got["errors"])
                for what, count in got["empty"].items():
                    into.setdefault("empty", {})[what] = into.get("empty", {}).get(what, 0) + count
        for name, (command, ending) in everybody.items():
            measured[name]["starts"] += start_ups(name, command, base / f"{SIZES[0]}{ending}" / f"build{ending}")
    return measured


# What comes of it


def cell(times: list[float] | None, ours: list[float] | None) -> str:
    """Two percentiles in milliseconds, and how many times ours the first is."""
    if not times:
        return ""
    text = f"{short(median(times) * 1e3)} / {short(percentile(times, 99) * 1e3)}"
    return text if ours is times or not ours else f"{text} ({median(times) / median(ours):.1f}×)"


def short(value: float) -> str:
    return f"{value:.3f}" if value < 1 else f"{value:.2f}" if value < 10 else f"{value:.0f}"


def measures_table(measured: dict, size: int) -> str:
    names = list(measured)
    ours = measured[OURS][str(size)]
    rows = []
    for what in (FIRST, PUSHED, PULLED, *QUESTIONS, UNKNOWN):
        # Keystrokes have two ways to diagnostics; a peer's is compared with the quicker of ours.
        base = ours.get(what) or (quicker(ours) if what in (PUSHED, PULLED) else None)
        rows.append([what, *(cell(measured[name][str(size)].get(what), base) for name in names)])
        for column, name in enumerate(names, 1):
            theirs = measured[name][str(size)]
            if what in theirs.get("errors", {}):
                rows[-1][column] = "error"
            elif says_nothing(theirs, what):
                rows[-1][column] += " ∅"
    memory = ["memory"]
    for name in names:
        figures = measured[name][str(size)].get(MEMORY)
        ratio = f" ({median(figures) / median(ours[MEMORY]):.1f}×)" if figures and name != OURS else ""
        memory.append(f"{median(figures) / 1e6:.1f} MB{ratio}" if figures else "")
    return table([f"{size:,} lines", *names], [*rows, memory])


def says_nothing(figures: dict, what: str) -> bool:
    """Whether all answers to a question were empty."""
    return bool(figures.get(what)) and figures["empty"].get(what, 0) == len(figures[what])


def quicker(figures: dict) -> list[float] | None:
    """The times of the quicker of the two ways to diagnostics."""
    return min(filter(None, (figures.get(PUSHED), figures.get(PULLED))), key=median, default=None)


def ratios(measured: dict) -> list[tuple[float, str]]:
    """What ours takes against each peer, everywhere where the peer has something to show, the worst first."""
    found = []
    for peer in measured:
        if peer == OURS:
            continue
        pairs = [(START, measured[OURS]["starts"], measured[peer]["starts"])]
        for size in SIZES:
            ours, theirs = measured[OURS][str(size)], measured[peer][str(size)]
            # Nothing is said faster than something.
            for what in (FIRST, *(what for what in QUESTIONS if not says_nothing(theirs, what)), MEMORY):
                pairs.append((f"{what}, {size:,} lines", ours.get(what), theirs.get(what)))
            pairs.append((f"keystroke to diagnostics, {size:,} lines", quicker(ours), quicker(theirs)))
        for what, ours, theirs in pairs:
            if theirs:
                found.append((median(ours) / median(theirs) if ours else math.inf, f"{what}, against {peer}"))
    return sorted(found, reverse=True)


def figures_of(measured: dict) -> dict[str, float]:
    ours = measured[OURS]

    def milliseconds(size: int, what: str) -> float:
        times = ours[str(size)].get(what) if what else quicker(ours[str(size)])
        return median(times) * 1e3 if times else math.inf

    return {
        "process start to initialize, p50": median(ours["starts"]) * 1e3,
        "slowest question at 20 lines, p50": max(milliseconds(20, what) for what in QUESTIONS),
        "keystroke to diagnostics at 20 lines, p50": milliseconds(20, ""),
        "keystroke to diagnostics at 12,000 lines, p50": milliseconds(12_000, ""),
        "completion at 12,000 lines, p50": milliseconds(12_000, "completion"),
        "hover at 12,000 lines, p50": milliseconds(12_000, "hover"),
        "resident memory at 20 lines": median(ours["20"][MEMORY]) / 1e6,
        "worst p50 against any peer": ratios(measured)[0][0],
    }


def run(rounds: int, binary: pathlib.Path | None = None) -> tuple[dict, str, dict[str, float]]:
    """All that was measured, the report, and the figures that the targets are held against."""
    binary = binary or build_envd()
    measured = measure(binary, rounds)
    echo = echo_times(OUTPUT)
    names = list(measured)
    starts = {name: measured[name]["starts"] for name in names}
    parts = [f"### Language servers ({processor()})", ""]
    parts.append(
        table(["", *names], [[START, *(cell(starts[name], starts[OURS]) for name in names)]]),
    )
    parts += ["", *(f"{measures_table(measured, size)}\n" for size in SIZES)]
    parts.append(
        f"Milliseconds, p50 / p99, over {rounds} rounds; in brackets the p50 as a multiple of ours. ∅: all answers said nothing, and are\n"
        f"compared with nobody's. Through the same client a process that only sends messages back (`cat`) takes "
        f"{short(median(echo) * 1e3)} / {short(percentile(echo, 99) * 1e3)} ms, which are in every figure.\n"
        f"An {UNKNOWN} is refused: it takes what it takes to wake a process that sleeps and to read the keystroke, as does every other."
    )
    behind = [(ratio, what) for ratio, what in ratios(measured) if ratio > 1]
    if behind:
        parts += ["", "Behind a peer:", ""]
        parts += [f"- {what}: {ratio:.2f}×" for ratio, what in behind if ratio < math.inf]
        missing = dict.fromkeys(what.split(",")[0] for ratio, what in behind if ratio == math.inf)
        parts += [f"- no answer, where a peer has one: {', '.join(missing)}"] if missing else []
    return {"measured": measured, "echo": echo}, "\n".join(parts), figures_of(measured)


if __name__ == "__main__":
    OUTPUT.mkdir(parents=True, exist_ok=True)
    ready = os.environ.get("ENVD")
    print(run(int(sys.argv[1]) if len(sys.argv) > 1 else 1, pathlib.Path(ready) if ready else None)[1])
