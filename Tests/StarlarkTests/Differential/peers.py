"""The engines: starlark-go and starlark-rust within this process, envd as a process a program."""

import os
import pathlib
import re
import signal

from outcome import Outcome

#: The name under which every engine knows the program.
NAME = "program.star"
#: Seconds after which a run of envd is given up; no generated program takes more than a fraction of one.
PATIENCE = 60


class StarlarkGo:
    name = "starlark-go"
    #: What starlark-go says when the arguments of a call do not fit the parameters. It has entered the function by
    #: then; in envd the call fails, and the function is not among the frames.
    MISFIT = re.compile(r"^function \S+ (accepts|missing|got)")
    FRAME = re.compile(r"^  program\.star:(\d+):\d+: in (\S+)$", re.MULTILINE)
    MESSAGE = re.compile(r"^Error(?: in \S+)?: (.*)", re.MULTILINE | re.DOTALL)

    def __init__(self):
        import starlark_go

        # The flags of that time: the second is also for control flow at the top level, the third for while.
        starlark_go.configure_starlark(allow_set=True, allow_global_reassign=True, allow_recursion=True)
        self.module = starlark_go
        self.scratch = starlark_go.Starlark(print=lambda _: None)

    def succeeds(self, expression: str) -> bool:
        """Whether an expression without effects on others has a value."""
        try:
            self.scratch.eval(f"str({expression})")
        except self.module.ConversionError:
            return True
        except (self.module.StarlarkError, ValueError):
            return False
        return True

    def run(self, program: str) -> Outcome:
        printed = []
        try:
            self.module.Starlark(print=printed.append).exec(program, filename=NAME)
        except self.module.ResolveError as error:
            first, *others = error.errors
            lines = tuple(each.line for each in others)
            return Outcome("", (("", first.line),), first.msg, is_static=True, further_lines=lines)
        except self.module.SyntaxError as error:
            return Outcome(_joined(printed), (("", error.line),), error.msg, is_static=True)
        except self.module.EvalError as error:
            frames = [(name, int(line)) for line, name in self.FRAME.findall(error.backtrace)]
            message = self.MESSAGE.search(error.backtrace)[1]
            if self.MISFIT.search(message):
                frames.pop()
            return Outcome(_joined(printed), tuple(frames), message)
        except ValueError as error:
            return Outcome("", breakdown=f"{error}")
        return Outcome(_joined(printed))


class StarlarkRust:
    name = "starlark-rust"
    FRAME = re.compile(r"^  \* program\.star:(\d+), in (\S+)$", re.MULTILINE)
    ERROR = re.compile(r"^error: (.*?)^ +--> program\.star:(\d+):", re.MULTILINE | re.DOTALL)

    def __init__(self):
        import starlark

        self.module = starlark
        dialect = starlark.Dialect.extended()
        dialect.enable_top_level_stmt = True
        dialect.enable_keyword_only_arguments = True
        dialect.enable_f_strings = False
        self.dialect = dialect
        libraries = starlark.LibraryExtension
        self.globals = starlark.Globals.extended_by([libraries.StructType, libraries.Json])
        # Its own print writes to standard error.
        self.prelude = "def print(*values, sep = ' '): _printed(sep.join([str(value) for value in values]))\n"

    def run(self, program: str) -> Outcome:
        printed = []
        module = self.module.Module()
        module.add_callable("_printed", printed.append)
        self.module.eval(module, self.module.parse("prelude", self.prelude, self.dialect), self.globals)
        is_static = True
        try:
            tree = self.module.parse(NAME, program, self.dialect)
            self.module.eval(module, tree, self.globals)
        except self.module.StarlarkError as error:
            text = str(error)
            found = self.ERROR.search(text)
            if not found:
                return Outcome(_joined(printed), (("", 0),), text.strip(), is_static=True)
            is_static = "Traceback" not in text and not printed
            frames = [
                ("<toplevel>" if name == "<module>" else name, int(line)) for line, name in self.FRAME.findall(text)
            ]
            # The last frame has the line of the call that failed; the error has the line of the expression.
            frames[-1:] = [(frames[-1][0] if frames else "", int(found[2]))]
            return Outcome(_joined(printed), tuple(frames), found[1].strip(), is_static)
        return Outcome(_joined(printed))


class Envd:
    name = "envd"
    FRAME = re.compile(
        r"^  (?:\S*/)?program\.star:(\d+):\d+: in (\S+)$|^  … the same call (\d+) more times? …$", re.MULTILINE
    )
    ERROR = re.compile(r"^(?:\S*/)?program\.star:(\d+):\d+: (.*)", re.MULTILINE | re.DOTALL)

    def __init__(self, binary: pathlib.Path, folder: pathlib.Path):
        self.binary = os.fspath(binary)
        self.folder = folder
        self.path = os.fspath(folder / NAME)
        self.output = folder / "output"
        self.errors = folder / "errors"

    def run(self, program: str) -> Outcome:
        # Files and not pipes: starting a process and reading what it wrote then takes half the time, and there are
        # many thousands of programs.
        with open(self.path, "w", encoding="utf-8", newline="") as file:
            file.write(program)
        status = self._spawn([self.binary, "eval", "--allow", "all", self.path])
        output = self.output.read_bytes().decode("utf-8", "replace")
        errors = self.errors.read_bytes().decode("utf-8", "replace")
        if status == 0:
            return Outcome(output) if not errors else Outcome(output, breakdown=f"success, but said {errors!r}")
        if status is None:
            return Outcome(output, breakdown=f"ran for more than {PATIENCE} seconds")
        found = self.ERROR.search(errors)
        if status not in (1, 2) or not found:
            return Outcome(output, breakdown=f"exit status {status}, said {errors[-2000:]!r}")
        frames = []
        for line, name, repeated in self.FRAME.findall(errors):
            frames += frames[-1:] * int(repeated) if repeated else [(name, int(line))]
        if not frames:
            return Outcome(output, (("", int(found[1])),), found[2].strip(), is_static=True)
        if frames[-1][1] != int(found[1]):
            return Outcome(output, breakdown=f"the error is not on the line of the last call: {errors!r}")
        return Outcome(output, tuple(frames), found[2].strip())

    def _spawn(self, command: list[str]) -> int | None:
        """The exit status, that of a signal negative; None if the process had to be ended."""
        flags = os.O_RDWR | os.O_CREAT | os.O_TRUNC
        actions = [
            (os.POSIX_SPAWN_OPEN, 0, "/dev/null", os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, os.fspath(self.output), flags, 0o600),
            (os.POSIX_SPAWN_OPEN, 2, os.fspath(self.errors), flags, 0o600),
        ]
        process = os.posix_spawn(self.binary, command, os.environ, file_actions=actions)
        overdue = []

        def stop(*_):
            overdue.append(True)
            os.kill(process, signal.SIGKILL)

        signal.signal(signal.SIGALRM, stop)
        signal.alarm(PATIENCE)
        try:
            _, status = os.waitpid(process, 0)
        finally:
            signal.alarm(0)
        return None if overdue else os.waitstatus_to_exitcode(status)


def _joined(printed: list[str]) -> str:
    return "".join(f"{line}\n" for line in printed)
