"""Many briefs at once: a few processes, each replaced before its memory grows."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from briefgen.errors import BriefError
from briefgen.prints.press import Setting

LETTERS = 250_000
"""So many letters of data, some 25 pages, are set by one process; then a fresh one goes on."""


@dataclass(frozen=True, slots=True)
class Job:
    """One brief to set."""

    name: str
    """Its path under the folder of briefs, as it is told."""
    data: dict[str, Any]
    out: Path


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a job: its pages, or what went wrong."""

    job: Job
    pages: int = 0
    told: tuple[str, ...] = ()
    error: BriefError | None = None


class _Worker:
    """One process, replaced when it has set enough or has died."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._process: subprocess.Popen[str] | None = None
        self._done = 0

    def set(self, job: Job) -> Result:
        asked = json.dumps({"name": job.name, "data": job.data, "out": str(job.out)})
        process = self._ready(len(asked))
        if process.stdin is None or process.stdout is None:
            raise AssertionError("a worker without pipes")
        try:
            process.stdin.write(f"{asked}\n")
            process.stdin.flush()
            line = process.stdout.readline()
        except OSError:
            line = ""
        if not line:
            self.stop()
            return Result(job, error=BriefError(job.name, "", "the typesetter ended without a word",
                                                "too little memory is the likeliest cause"))  # fmt: skip
        said = json.loads(line)
        if "error" in said:
            return Result(job, error=BriefError(*said["error"]))
        return Result(job, said["pages"], tuple(said["told"]))

    def _ready(self, letters: int) -> subprocess.Popen[str]:
        """A process that can take so many letters more; one alone may be larger than the limit."""
        self._done += letters
        if self._process is not None and self._done <= LETTERS:
            return self._process
        self.stop()
        command = [sys.executable, "-m", "briefgen.prints.worker"]
        self._process = subprocess.Popen(  # noqa: S603 - this program itself
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        self._done = letters
        if self._process.stdin is not None:
            self._process.stdin.write(json.dumps(dataclasses.asdict(self._setting)) + "\n")
        return self._process

    def stop(self) -> None:
        """End the process, wherever it is."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


def run(jobs: Sequence[Job], setting: Setting, workers: int, tick: Callable[[str, int, int], None]) -> list[Result]:
    """Set all jobs; the results in the order of the jobs. `tick` gets the name of each that is done."""
    found: dict[int, Result] = {}
    with _workers(setting, min(workers, len(jobs))) as free, ThreadPoolExecutor(max(workers, 1)) as threads:

        def one(job: Job) -> Result:
            worker = free.get()
            try:
                return worker.set(job)
            finally:
                free.put(worker)

        waiting = {threads.submit(one, job): n for n, job in enumerate(jobs)}
        try:
            for done in as_completed(waiting):
                found[waiting[done]] = done.result()
                tick(found[waiting[done]].job.name, len(found), len(jobs))
        except BaseException:
            threads.shutdown(wait=False, cancel_futures=True)
            raise
    return [found[n] for n in range(len(jobs))]


@contextmanager
def _workers(setting: Setting, many: int) -> Iterator[SimpleQueue[_Worker]]:
    """`many` workers to take and give back; none is left when this ends."""
    free: SimpleQueue[_Worker] = SimpleQueue()
    every = [_Worker(setting) for _ in range(many)]
    for worker in every:
        free.put(worker)
    try:
        yield free
    finally:
        for worker in every:
            worker.stop()
