#!/usr/bin/env python3
"""Holds `envd fmt` against black: hand-written cases, the examples, a generated corpus, random programs.

Random programs are held against black in several styles: its default, and what its settings allow. They come in batches, so
that any number of them can be tried. Prints the share of identical results for each group. A difference that is not in
known-differences.txt fails, and so does an entry there that is no longer one, so that the list can only shrink. The first
reason in that list is looked for in random programs too (`is_explained`), and so are texts that black itself would refuse or
that have lost a comment (`is_refused_by_black`). With `--directives` random programs have directives in all places; the other
reasons are what black does wrong there (`without_misread_directives`). Everything else that `envd fmt` promises is checked: its
output is stable, it formats what it can parse, and it leaves alone what it cannot.
"""

import argparse
import difflib
import io
import multiprocessing
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import tokenize

import black
from black.comments import FMT_OFF, FMT_ON, FMT_SKIP, contains_fmt_directive

from random_programs import Program, program

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
KNOWN = HERE / "known-differences.txt"


#: Settings by the arguments that `envd fmt` takes; random programs go through them in turn, most of them with the default.
STYLES = [
    [],
    [],
    [],
    ["--line-length", "60"],
    [],
    [],
    ["--line-length", "120", "-S"],
    [],
    ["-C"],
    ["--line-length", "40", "-S", "-C"],
]
BATCH = 250
#: What stands for the result where `envd fmt` could not format a file.
FAILED = object()


def mode_of(style):
    length = int(style[style.index("--line-length") + 1]) if "--line-length" in style else 88
    return black.Mode(line_length=length, string_normalization="-S" not in style, magic_trailing_comma="-C" not in style)


def by_black(job):
    """What black makes of a source in a style; None where black cannot read it, or fails."""
    source, style = job
    try:
        return black.format_str(source, mode=mode_of(style))
    except Exception:  # black has mistakes of its own, such as a failed assertion
        return None


def comments_of(text):
    """The comments of a program, without blanks, joined: black may put two on one line."""
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return "".join("".join(token.string.split()) for token in tokens if token.type == tokenize.COMMENT)


def is_refused_by_black(source, theirs, style):
    """Whether black's text is none to follow: it is another program, has lost comments, or would change once more."""
    try:
        if sorted(comments_of(source)) != sorted(comments_of(theirs)):
            return True
        black.assert_equivalent(source, theirs)
        black.assert_stable(source, theirs, mode=mode_of(style))
    except Exception:
        return True
    return False


def without_misread_directives(source):
    """A source without the directives that black has mistakes with, the last four in known-differences.txt.

    - Tabs before `# fmt: on; note`, which ends comments that are kept: black does not see the directive behind tabs, and
      indents the next statement by five blanks. Blanks take the place of the tabs.
    - Comments in brackets before others that `# fmt: off` and `# fmt: on` keep, with no code between them: black ends the
      line there, in the middle of the brackets, and writes their content outside of them. These comments are left out.
    - `;` before `# fmt: skip`: black takes the one statement for several and joins it to the header of its block, where it
      writes the header twice, moves the header's comment behind the directive, or adds a line of blanks. The `;` is left out.
    - `# fmt: skip` alone, behind a block and a blank line, where a line of the block is skipped too: black keeps all of the
      block for a while, adds blank lines behind the skipped ones, and may leave the block as it was. The lone one is left out.
    """
    lines = source.splitlines(True)
    edits = []
    before, depth, comments = None, 0, []
    is_skipped = False
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            (line, column), text = token.start, token.string.rstrip()
            indentation = lines[line - 1][:column]
            is_on = contains_fmt_directive(text, FMT_ON)
            if is_on and not indentation.strip() and not contains_fmt_directive(indentation + text, FMT_ON):
                edits.append((line, 0, column, indentation.replace("\t", " ")))
            if contains_fmt_directive(text, FMT_SKIP) and before.string == ";" and before.end[0] == line:
                edits.append((line, before.start[1], before.end[1], ""))
            comments.append(token)
        elif token.type != tokenize.NL:
            offs = [place for place, comment in enumerate(comments) if contains_fmt_directive(comment.string, FMT_OFF)]
            if depth and offs and any(contains_fmt_directive(comment.string, FMT_ON) for comment in comments[offs[0] :]):
                for comment in comments[: offs[0]]:
                    if not contains_fmt_directive(comment.string):
                        edits.append((comment.start[0], comment.start[1], comment.end[1], ""))
            if token.type in (tokenize.DEDENT, tokenize.ENDMARKER) and comments and is_skipped:
                line, column = comments[0].start
                if contains_fmt_directive(comments[0].string, FMT_SKIP) and not lines[line - 2].strip():
                    edits.append((line, column, len(lines[line - 1].rstrip()), ""))
            if token.type not in (tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT) and token.start[1] == 0:
                is_skipped = False
            is_skipped |= any(contains_fmt_directive(comment.string, FMT_SKIP) for comment in comments)
            before, comments = token, []
            if token.type == tokenize.OP:
                depth += (token.string in "([{") - (token.string in ")]}")
    for line, start, end, text in sorted(edits, reverse=True):
        lines[line - 1] = lines[line - 1][:start] + text + lines[line - 1][end:]
    return "".join(lines)


def by_envd(envd, sources, folder, style=()):
    """The results for all sources in one run; None where a file has findings, FAILED where it cannot be formatted."""
    folder.mkdir()
    for index, source in enumerate(sources):
        (folder / f"{index:05}.envd").write_bytes(source.encode())
    run = subprocess.run([envd, "fmt", "--no-cache", *style, str(folder)], capture_output=True, text=True)
    output = run.stdout + run.stderr
    # 1 is for files with findings, 2 for those that it cannot format.
    if run.returncode not in (0, 1, 2):
        sys.exit(f"envd fmt ended with {run.returncode}: {output[:2000]}")
    told = [(line, line.split(".envd")[0][-5:]) for line in output.splitlines() if ".envd" in line]
    refused = {name for line, name in told if ": error: " in line}
    failed = {name for line, name in told if "cannot format" in line}
    if run.returncode == 2 and not failed:
        sys.exit(f"envd fmt ended with 2: {output[:2000]}")
    results = []
    for index in range(len(sources)):
        name = f"{index:05}"
        text = (folder / f"{name}.envd").read_bytes().decode()
        results.append(None if name in refused else FAILED if name in failed else text)
    return results, output


ILLEGAL_COMMA = re.compile(r"^(?:.*\.envd):(\d+):(\d+): error: .*\[trailing-comma\]$", re.MULTILINE)


def without_illegal_commas(envd, text, folder):
    """What black wrote, without the commas that it has put behind a tuple in an index: Starlark does not allow them there.

    None if there is no such comma.
    """
    _, output = by_envd(envd, [text], folder)
    lines = text.splitlines(True)
    places = [(int(line) - 1, int(column) - 1) for line, column in ILLEGAL_COMMA.findall(output)]
    for line, column in sorted(places, reverse=True):
        # Columns count characters. The comma is what ends the tuple.
        assert lines[line][column] == ",", (lines[line], column)
        lines[line] = lines[line][:column] + lines[line][column + 1 :]
    return "".join(lines) if places else None


def unstable(envd, results, folder, style):
    """Which results another run would change."""
    again, _ = by_envd(envd, [result if isinstance(result, str) else "" for result in results], folder, style)
    return [index for index, (one, two) in enumerate(zip(results, again)) if isinstance(one, str) and one != two]


def groups(arguments):
    """Name, style and sources of each group; of one name there may be several in a row."""
    cases = sorted((HERE / "cases").glob("*.envd"))
    yield "cases", [], [(path.stem, path.read_bytes().decode()) for path in cases]
    examples = sorted(path for path in (ROOT / "Examples").rglob("*.envd"))
    yield "examples", [], [(str(path.relative_to(ROOT)), path.read_bytes().decode()) for path in examples]
    if arguments.corpus:
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([sys.executable, ROOT / "scripts/make-corpus", folder], check=True, stdout=subprocess.DEVNULL)
            files = sorted(path for path in pathlib.Path(folder).rglob("*") if path.is_file())[:: arguments.every]
            yield "corpus", [], [(f"corpus/{path.name}", path.read_bytes().decode()) for path in files]
    first = arguments.seed
    # A few programs go through all styles too.
    batch = min(BATCH, -(-arguments.count // len(STYLES))) or 1
    for index, start in enumerate(range(first, first + arguments.count, batch)):
        seeds = range(start, min(start + batch, first + arguments.count))
        yield "random", STYLES[index % len(STYLES)], [
            (f"random/{seed}", program(seed, Program.ANYWHERE if arguments.directives else None)) for seed in seeds
        ]


def known_differences():
    known = {}
    if KNOWN.exists():
        for line in KNOWN.read_text().splitlines():
            if line and not line.startswith("#"):
                name, _, reason = line.partition(" ")
                known[name] = reason
    return known


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--envd", default=str(ROOT / ".build/release/envd"), help="the binary to test")
    parser.add_argument("--seed", type=int, default=1, help="seed of the first random program")
    parser.add_argument("--count", type=int, default=1000, help="how many random programs")
    parser.add_argument("--directives", action="store_true", help="random programs with directives anywhere, which black itself often cannot take")
    parser.add_argument("--no-corpus", dest="corpus", action="store_false", help="leave the generated corpus out")
    parser.add_argument("--every", type=int, default=10, help="take every n-th file of the corpus")
    parser.add_argument("--show", type=int, default=3, help="how many differences to print")
    arguments = parser.parse_args()

    known = known_differences()
    comparison = Comparison(arguments, known)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    with multiprocessing.Pool(cores) as pool:
        for group, style, sources in groups(arguments):
            if sources:
                comparison.compare(group, style, sources, pool.map(by_black, [(text, style) for _, text in sources], 8))
    comparison.finish()
    for name in known:
        if name in comparison.names and name not in comparison.seen:
            comparison.failures += 1
            print(f"{name}: is a known difference no longer; take it out of {KNOWN.name}")
    sys.exit(1 if comparison.failures else 0)


class Comparison:
    """Counts over all groups."""

    def __init__(self, arguments, known):
        self.arguments, self.known = arguments, known
        self.failures = self.shown = 0
        #: The names of all sources, and of those that differ.
        self.names, self.seen = set(), set()
        self.begin(None)

    def begin(self, group):
        self.group, self.identical, self.explained, self.compared, self.refused = group, 0, 0, 0, 0
        self.black_fails = 0

    def compare(self, group, style, sources, theirs):
        if group != self.group:
            self.finish()
            self.begin(group)
        work = pathlib.Path(tempfile.mkdtemp())
        try:
            ours, _ = by_envd(self.arguments.envd, [text for _, text in sources], work / "first", style)
            changed = unstable(self.arguments.envd, ours, work / "second", style)
        finally:
            shutil.rmtree(work)
        for (name, source), our, their in zip(sources, ours, theirs):
            self.names.add(name)
            if our is None:
                self.refused += 1
                if their is not None:
                    print(f"{name}: envd fmt refuses it")
                    self.failures += group != "random"
            elif their is not None:
                self.compared += 1
                if our == their:
                    self.identical += 1
                elif our is FAILED:
                    self.failures += 1
                    print(f"{name}: envd fmt cannot format it {' '.join(style)}")
                elif group == "random" and is_refused_by_black(source, their, style):
                    self.black_fails += 1
                elif group == "random" and (self.is_explained(style, our, their) or self.is_misread(source, style)):
                    self.explained += 1
                else:
                    self.differs(name, style, our, their)
        for index in changed:
            self.failures += 1
            print(f"{sources[index][0]}: formatting it again changes it")

    def is_explained(self, style, our, their):
        """Whether a difference is one of two kinds.

        Black's text is ours but for commas that Starlark does not allow, and what they do to the layout around them. Or commas have been
        dropped that were in the source, as the style wants it, and with them black shows parentheses that it does not show in the
        same program without them: it leaves our text, which has neither, as it is.
        """
        if "-C" in style and "".join(c for c in our if c not in "() \n") == "".join(c for c in their if c not in "() \n"):
            if by_black((our, style)) == our:
                return True
        with tempfile.TemporaryDirectory() as work:
            work = pathlib.Path(work)
            legal = without_illegal_commas(self.arguments.envd, their, work / "theirs")
            if legal is None or legal == our:
                return legal is not None
            # A comma that black has added makes it break a line that follows; without it, that break has no reason.
            (formatted,), _ = by_envd(self.arguments.envd, [legal], work / "legal", style)
            return formatted == our

    def is_misread(self, source, style):
        """Whether there is no difference without the directives that black has mistakes with."""
        well_read = without_misread_directives(source)
        if well_read == source:
            return False
        with tempfile.TemporaryDirectory() as work:
            (our,), _ = by_envd(self.arguments.envd, [well_read], pathlib.Path(work) / "first", style)
        return our == by_black((well_read, style))

    def differs(self, name, style, our, their):
        self.seen.add(name)
        if name in self.known:
            return
        self.failures += 1
        if self.shown < self.arguments.show:
            self.shown += 1
            words = " ".join([name, *style])
            difference = difflib.unified_diff(
                their.splitlines(True), our.splitlines(True), f"black {words}", f"envd {words}"
            )
            print("".join(difference))
        else:
            print(f"{name}: differs {' '.join(style)}")

    def finish(self):
        if self.group is None:
            return
        share = 100 * self.identical / self.compared if self.compared else 100
        counts = f"{self.identical} of {self.compared} identical ({share:.2f} %), {self.refused} with findings"
        if self.black_fails:
            counts += f", {self.black_fails} not where black refuses its own text"
        if self.explained:
            counts += f", {self.explained} not for reasons that are known"
        print(f"{self.group}: {counts}", flush=True)


if __name__ == "__main__":
    main()
