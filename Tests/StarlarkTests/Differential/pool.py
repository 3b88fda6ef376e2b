"""Worker processes that judge programs, and outlive the death of a peer within them."""

import multiprocessing
import multiprocessing.connection
import os
import pathlib
import resource
import tempfile

import shrink
from families import FAMILIES, generate
from peers import Envd, StarlarkGo, StarlarkRust
from trial import ALL_KNOWN, SEPARATOR, Judge, Verdict

#: Programs that a worker is given at a time, and that run in one process of envd if they succeed.
CHUNK, TOGETHER = 60, 12
#: Seconds without a word after which a worker is ended: longer than envd is waited for.
SILENCE = 100
#: Bytes of address space of a worker, so that a peer that runs wild dies alone.
SPACE = 8 << 30
PEERS = ("starlark-go", "starlark-rust")
WITNESSES = "witnesses"


def work(connection, binary: pathlib.Path, shrinking: int) -> None:
    """Judges what comes over the connection, lists of (seed, family, number, peers), until None comes.

    The family `WITNESSES` is that of the witnesses of known differences.

    Sends ("begin", index) before a program that a peer might die of, and ("judged", index, verdict) after it.
    """
    resource.setrlimit(resource.RLIMIT_AS, (SPACE, SPACE))
    # The runtime of Go says a lot when it dies.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    families = {family.name: family for family in FAMILIES}
    # In memory where that is possible: three files for every program.
    memory = pathlib.Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as folder:
        judge = Judge(Envd(binary, pathlib.Path(folder)), StarlarkGo(), StarlarkRust())
        everyone = dict(zip(PEERS, (judge.go, judge.rust)))

        def deliver(index: int, verdict: Verdict) -> None:
            nonlocal shrinking
            if verdict.failed and shrinking > 0 and judge.go and judge.rust:
                shrinking -= 1
                # The parent hears of the verdict first, so that it is not lost if a peer dies of a smaller program.
                connection.send(("failed", index, verdict))
                verdict = judge.judge(shrink.shrink(verdict.program, lambda text: _is_same(verdict, judge.judge(text))))
            connection.send(("judged", index, verdict))

        while (chunk := connection.recv()) is not None:
            together: list[tuple[int, Verdict]] = []
            for index, (seed, name, number, peers) in enumerate(chunk):
                connection.send(("begin", index, None))
                judge.go, judge.rust = (everyone[peer] if peer in peers else None for peer in PEERS)
                family = families.get(name)
                if family:
                    made, source = generate(family, seed, number)
                    program = judge.prepare(made, source, family.mended)
                else:
                    program = ALL_KNOWN[number].witness
                verdict = judge.consult(program)
                go = verdict.outcomes.get(PEERS[0])
                if (
                    family
                    and family.together
                    and go
                    and not go.failed
                    and not go.breakdown
                    and SEPARATOR not in go.output
                ):
                    together.append((index, verdict))
                else:
                    deliver(index, judge.conclude(verdict, judge.envd.run(verdict.program)))
                if len(together) == TOGETHER or together and index == len(chunk) - 1:
                    judge.go, judge.rust = everyone.values()
                    judge.run_together([verdict for _, verdict in together])
                    for each in together:
                        deliver(*each)
                    together = []


def _is_same(verdict: Verdict, other: Verdict) -> bool:
    """Whether a smaller program fails in the way that the verdict does."""
    return (
        other.failed
        and verdict.peer == other.peer
        and (verdict.split is None) == (other.split is None)
        and (not verdict.split or verdict.split.place == other.split.place)
        and all(verdict.outcomes[name].is_static == outcome.is_static for name, outcome in other.outcomes.items())
    )


class Worker:
    def __init__(self, binary: pathlib.Path, shrinking: int):
        self.connection, other = multiprocessing.Pipe()
        # Not forked: the runtime of Go would not survive it.
        context = multiprocessing.get_context("spawn")
        self.process = context.Process(target=work, args=(other, binary, shrinking), daemon=True)
        self.process.start()
        other.close()
        #: What it has to do still, by the index in what it was given, and where it is.
        self.tasks: dict[int, tuple] = {}
        self.current = 0
        #: A verdict whose program is being made smaller.
        self.pending: tuple[int, Verdict] | None = None

    def give(self, tasks: list[tuple]) -> None:
        self.tasks = dict(enumerate(tasks))
        self.connection.send(tasks)

    def stop(self) -> None:
        try:
            self.connection.send(None)
        except OSError:
            pass
        self.process.join(5)
        self.process.kill()


def run(tasks: list[tuple[str, str, int]], binary: pathlib.Path, workers: int, shrinking: int = 4):
    """Yields the task and the verdict for each of the tasks, which are (seed, family, number), in no order.

    The verdict is None, and the task comes again, when a peer died of the program, or seemed to run without end.
    """
    waiting = [(*task, PEERS) for task in reversed(tasks)]
    team = [Worker(binary, shrinking) for _ in range(workers)]

    def supply(worker: Worker) -> None:
        worker.give([waiting.pop() for _ in range(min(CHUNK, len(waiting)))])

    for worker in team:
        supply(worker)
    while busy := [worker for worker in team if worker.tasks]:
        ready = multiprocessing.connection.wait([worker.connection for worker in busy], timeout=SILENCE)
        for worker in [each for each in busy if each.connection in ready] if ready else busy:
            try:
                if not ready:
                    raise EOFError
                kind, index, verdict = worker.connection.recv()
            except (EOFError, OSError):
                # A peer died, or ran without end, and the process with it.
                worker.process.kill()
                if worker.pending:
                    index, verdict = worker.pending
                    yield worker.tasks.pop(index)[:3], verdict
                else:
                    # Tried again without starlark-go, then without both.
                    *task, peers = worker.tasks.pop(worker.current)
                    yield tuple(task), None
                    worker.tasks[worker.current] = (*task, PEERS[1:] if peers == PEERS else ())
                replacement = Worker(binary, 0)
                replacement.give(list(worker.tasks.values()))
                if not replacement.tasks:
                    supply(replacement)
                team[team.index(worker)] = replacement
                continue
            if kind == "begin":
                worker.current = index
            elif kind == "failed":
                worker.pending = index, verdict
            else:
                worker.pending = None
                yield worker.tasks.pop(index)[:3], verdict
                if not worker.tasks:
                    supply(worker)
    for worker in team:
        worker.stop()
