"""Tasks over processes on one machine.

Each worker does one task, of which it takes a few rows at a time; nothing but what is to be done and what came of it goes through the main
process. A worker that dies costs its task's work so far: the task is given to another, and if that dies too, done carefully.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection, Pipe, wait
from multiprocessing.context import BaseContext
from typing import NamedTuple, Self

from sijill.batch.processes import begin, context
from sijill.batch.tasks import Engine, Outcome, Task, do

__all__ = ["TRIES", "Workers", "in_processes", "in_workers"]

TRIES = 2
"""So many workers may die of a task before it is done carefully: a unit is then read row by row."""
_DEATHS = 10
"""After so many it is left undone: it is not a row that kills them."""


def in_processes(tasks: Iterable[Task], *, workers: int) -> Generator[Outcome, None, None]:
    """Do tasks, so many at a time; what came of each, as it is done. All workers have ended when this has, however it ends."""
    with Workers(workers) as pool:
        yield from pool.do(tasks)


@contextmanager
def in_workers(count: int, *, reading: bool = True) -> Iterator[Engine]:
    """Processes as what does tasks, for as long as the block lasts; see `Workers`."""
    with Workers(count, reading=reading) as workers:
        yield workers.do


class _Order(NamedTuple):
    task: Task
    careful: bool


class _Worker:
    """A process that does one task after the other."""

    def __init__(self, processes: BaseContext) -> None:
        self.pipe, theirs = Pipe()
        self.process = processes.Process(target=_serve, args=(theirs, self.pipe), daemon=False)  # type: ignore[attr-defined]
        self.process.start()
        theirs.close()
        self.task: Task | None = None

    def give(self, order: _Order) -> None:
        self.task = order.task
        self.pipe.send(order)

    def close(self) -> None:
        self.pipe.close()
        self.process.terminate()
        self.process.join()
        self.process.close()


def _serve(pipe: Connection, theirs: Connection) -> None:
    """What a worker does, until nobody asks for more."""
    theirs.close()
    begin()
    while True:
        try:
            order: _Order = pipe.recv()
        except EOFError:
            return
        pipe.send(do(order.task, careful=order.careful))


class Workers:
    """Processes that do tasks, for one lot after the other. All have ended when the block has."""

    def __init__(self, count: int, *, reading: bool = True) -> None:
        """So many at most. They share what `reading` needs in memory, where that is asked for."""
        self._tasks: Iterator[Task] = iter(())
        self._again: deque[Task] = deque()
        self._deaths: Counter[str] = Counter()
        self._count = count
        self._workers: list[_Worker] = []
        self._reading = reading
        self._processes: BaseContext | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def _end(self) -> None:
        for worker in self._workers:
            worker.close()
        self._workers = []

    def do(self, tasks: Iterable[Task]) -> Generator[Outcome, None, None]:
        """Do tasks; what came of each, as it is done. Broken off, nobody is left at work: what they wrote can be swept away."""
        try:
            yield from self._done(tasks)
        except BaseException:
            self._end()
            raise

    def _done(self, tasks: Iterable[Task]) -> Generator[Outcome, None, None]:
        self._tasks = iter(tasks)
        while True:
            self._give_work()
            busy = {worker.pipe: worker for worker in self._workers if worker.task}
            if not busy:
                return
            for pipe in wait(list(busy)):
                outcome = self._heard(busy[pipe])  # type: ignore[index]
                if outcome:
                    yield outcome

    def _started(self) -> _Worker:
        self._processes = self._processes or context(reading=self._reading)
        return _Worker(self._processes)

    def _next(self) -> Task | None:
        return self._again.popleft() if self._again else next(self._tasks, None)

    def _give_work(self) -> None:
        """A task for every worker that has none; workers are started when there is something for them."""
        idle = [worker for worker in self._workers if not worker.task]
        while (idle or len(self._workers) < self._count) and (task := self._next()):
            if not idle:
                self._workers.append(self._started())
                idle.append(self._workers[-1])
            worker = idle.pop()
            try:
                worker.give(_Order(task, careful=self._deaths[task.id] >= TRIES))
            except OSError:  # it died while it had nothing to do
                self._again.append(task)
                self._bury(worker)

    def _heard(self, worker: _Worker) -> Outcome | None:
        """What came of a worker's task; None where the worker died, and the task waits for another."""
        task = worker.task
        assert task
        try:
            outcome: Outcome = worker.pipe.recv()
        except (EOFError, OSError):
            self._bury(worker)
            return self._died_of(task)
        worker.task = None
        return outcome

    def _bury(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.close()

    def _died_of(self, task: Task) -> Outcome | None:
        id = task.id
        self._deaths[id] += 1
        if self._deaths[id] < _DEATHS:
            self._again.append(task)
            return None
        return Outcome(id=id, error=f"{task.name}: {_DEATHS} workers died of it (out of memory?); try fewer --workers")
