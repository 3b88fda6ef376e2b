"""What came of a program, as the same plain data for every engine, and how two of them differ."""

import dataclasses

#: Frames that are compared at either end of a long traceback. envd shows 20, of which some are of built-in functions.
SHOWN_FRAMES = 12


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What a program printed, and where and why it failed.

    `frames` are the calls that led to the failure, outermost first, as (function, line) with lines from 1; a program
    that is refused before it runs has one frame without a function. Frames of built-in functions are left out: the
    engines do not agree on whether these are shown. Empty means that the program succeeded.
    """

    output: str
    frames: tuple[tuple[str, int], ...] = ()
    message: str = ""
    #: Whether the program was refused before it ran, and the lines of the other reasons for that, if there are several.
    is_static: bool = False
    further_lines: tuple[int, ...] = ()
    #: Set if the engine could not run the program to an end at all; it is then compared with nothing.
    breakdown: str = ""

    @property
    def failed(self) -> bool:
        return bool(self.frames)

    @property
    def line(self) -> int | None:
        """The line of the failure, from 1."""
        return self.frames[-1][1] if self.frames else None

    def describe(self) -> str:
        if self.breakdown:
            return f"    broke down: {self.breakdown}"
        lines = [f"    | {line}" for line in self.output.splitlines()]
        if self.failed:
            calls = " > ".join(f"{name or 'refused'}:{line}" for name, line in self.frames)
            lines.append(f"    error at {calls}: {self.message}")
        return "\n".join(lines) or "    (no output)"


@dataclasses.dataclass(frozen=True)
class Split:
    """Where two outcomes part.

    `place` is "text" if both printed a line that is not the same; "peer" if the peer failed where envd went on,
    "envd" the
    other way round; "line" if both failed, in different lines; "calls" if only the calls differ that led there.
    """

    place: str
    expected: str = ""
    actual: str = ""


def split(expected: Outcome, actual: Outcome) -> Split | None:
    """How the outcome of envd parts from that of a peer, or None."""
    # In lines, but not as splitlines has them: U+2028 is no end of a line here.
    theirs, ours = expected.output.split("\n"), actual.output.split("\n")
    # Each ends with an empty line, that after its last one.
    for number, (one, other) in enumerate(zip(theirs, ours)):
        if one == other:
            continue
        if not one and number == len(theirs) - 1:
            return Split("peer")
        if not other and number == len(ours) - 1:
            return Split("envd")
        return Split("text", one, other)
    if expected.failed != actual.failed:
        return Split("peer" if expected.failed else "envd")
    if expected.is_static != actual.is_static and expected.line != actual.line:
        return Split("peer" if expected.is_static else "envd")
    if expected.line != actual.line:
        return Split("line")
    if not expected.is_static and not actual.is_static:
        if len(expected.frames) > 2 * SHOWN_FRAMES:
            same = expected.frames[:SHOWN_FRAMES] == actual.frames[:SHOWN_FRAMES]
            same = same and expected.frames[-SHOWN_FRAMES:] == actual.frames[-SHOWN_FRAMES:]
        else:
            same = expected.frames == actual.frames
        if not same:
            return Split("calls")
    return None
