"""Programs in all engines, and the verdicts."""

import dataclasses
import re

from families import Sheet
from known import GO, RUST, WITHOUT_GO, Case, Difference
from outcome import Outcome, Split, split
from source import Source

#: What stands between the outputs of programs that run together.
SEPARATOR = "\x1e"


@dataclasses.dataclass
class Verdict:
    """What holding one program against the peers came to."""

    program: str
    #: The peer that envd differs from and where they part; None if all agree.
    peer: str | None = None
    split: Split | None = None
    #: The name of the known difference that explains it.
    known: str | None = None
    #: Why there was nothing to compare with.
    skipped: str | None = None
    outcomes: dict[str, Outcome] = dataclasses.field(default_factory=dict)

    @property
    def failed(self) -> bool:
        return self.peer is not None and self.known is None


#: Every difference that is known, and has a witness.
ALL_KNOWN = [*GO, *RUST]


class Judge:
    """Runs programs in the engines. A peer that is None is not asked."""

    def __init__(self, envd, go, rust):
        self.envd, self.go, self.rust = envd, go, rust

    def prepare(self, made: str | Sheet, source: Source, mended: int) -> str:
        """The program of a sheet: its expressions that succeed, and mostly one that fails.

        Of a program that fails, up to `mended` of the statements that do so are replaced.
        """
        if isinstance(made, str):
            return self._mended(made, source.count(0, mended) if self.go else 0)
        lines, failing = [], []
        for expression in made.expressions:
            succeeds = not self.go or self.go.succeeds(expression)
            (lines if succeeds else failing).append(f"print(repr({expression}))\n")
        return "".join(lines + failing[: source.count(0, 2)][:1])

    def _mended(self, program: str, times: int) -> str:
        for _ in range(times):
            outcome = self.go.run(program)
            if not outcome.failed or outcome.is_static or outcome.breakdown:
                break
            lines = program.split("\n")
            line = lines[outcome.line - 1]
            indent = line[: len(line) - len(line.lstrip())]
            name = re.match(r"\s*(\w+|return)( =|(?<=return)) ", line)
            if line.rstrip().endswith(":") or sum(map(line.count, "([{")) != sum(map(line.count, ")]}")):
                break
            other = f"{indent}{name[1]}{name[2]} 0" if name else f"{indent}pass"
            if other == line:
                break
            lines[outcome.line - 1] = other
            program = "\n".join(lines)
        return program

    def judge(self, program: str) -> Verdict:
        return self.conclude(self.consult(program), self.envd.run(program))

    def consult(self, program: str) -> Verdict:
        """What the peers say of a program."""
        verdict = Verdict(program)
        for peer in (self.go, self.rust):
            if peer:
                verdict.outcomes[peer.name] = peer.run(program)
        return verdict

    def run_together(self, verdicts: list[Verdict]) -> None:
        """Judges programs that succeed in starlark-go, as one program, which takes a fraction of the time.

        What differs then is tried alone.
        """
        together = "".join(f'{verdict.program}\nprint("{SEPARATOR}")\n' for verdict in verdicts)
        outcome = self.envd.run(together)
        parts = outcome.output.split(f"{SEPARATOR}\n")
        complete = not outcome.failed and not outcome.breakdown and len(parts) == len(verdicts) + 1
        for number, verdict in enumerate(verdicts):
            if complete:
                self.conclude(verdict, Outcome(parts[number]))
            if complete and not verdict.failed:
                continue
            alone = self.judge(verdict.program)
            if complete and not alone.failed:
                # It differs only after the others: the program is all of them.
                alone = dataclasses.replace(verdict, program=together)
            vars(verdict).update(vars(alone))

    def conclude(self, verdict: Verdict, actual: Outcome) -> Verdict:
        """Completes the verdict with what envd says."""
        verdict.outcomes["envd"] = actual
        if actual.breakdown:
            verdict.peer = "envd"
            return verdict
        go = self._usable(verdict, "starlark-go")
        if go and any(reason.matches(Case(verdict.program, go, actual, Split("peer"), None)) for reason in WITHOUT_GO):
            go = None
        rust = self._usable(verdict, "starlark-rust")
        if not go and not rust:
            verdict.skipped = "no peer could run the program"
        elif not (go and self._compare(verdict, "starlark-go", go, rust, GO)) and rust:
            self._compare(verdict, "starlark-rust", rust, go, RUST)
        return verdict

    @staticmethod
    def _usable(verdict: Verdict, peer: str) -> Outcome | None:
        outcome = verdict.outcomes.get(peer)
        return outcome if outcome and not outcome.breakdown else None

    @staticmethod
    def _compare(
        verdict: Verdict, peer: str, expected: Outcome, other: Outcome | None, known: list[Difference]
    ) -> bool:
        """Whether envd differs from the peer; the verdict then says how, and whether that is known."""
        actual = verdict.outcomes["envd"]
        parting = split(expected, actual)
        # starlark-rust has frames of its own for what a comprehension or a built-in function calls.
        if not parting or peer == "starlark-rust" and parting.place == "calls":
            return False
        verdict.peer, verdict.split = peer, parting
        case = Case(verdict.program, expected, actual, parting, other)
        verdict.known = next((each.name for each in known if each.matches(case)), None)
        return True
