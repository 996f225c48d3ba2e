"""Many documents in processes of their own, each document with a limit of time and all
with one of memory."""

from __future__ import annotations

import faulthandler
import gc
import multiprocessing
import os
import resource
import shutil
import signal
import socket
import tempfile
import time
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import TextIO

from . import trial
from .documents import document

SECONDS = 5.0
"""How long a document may take, in time of the processor: others use the machine too."""

WAITING = 60.0
"""How long it may take by the clock, should it wait for something."""

BYTES = 1 << 30
"""How much address space a worker may have, for the interpreter and all libraries too."""

COLLECTED = 10
"""After how many documents a worker looks for cycles: a run of the program never does."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of the document of a number: how long it took, the most memory that its
    worker has had up to now, and the traceback of what went wrong, "" for nothing."""

    number: int
    trial: trial.Trial = trial.Trial()
    seconds: float = 0.0
    megabytes: float = 0.0
    crash: str = ""


def results(kind: str, numbers: Sequence[int], jobs: int) -> Iterator[Result]:
    """Run the documents of some numbers in so many processes; give what came of each, as
    it comes. A worker that had to be stopped is followed by another."""
    with tempfile.TemporaryDirectory(dir=_quick_disk()) as folder:
        shares = [numbers[job::jobs] for job in range(jobs)]
        workers = [
            _Worker(kind, share, Path(folder) / f"worker-{job}")
            for job, share in enumerate(shares)
        ]
        while busy := {each.source: each for each in workers if each.left}:
            for source in wait(list(busy), timeout=WAITING + SECONDS):
                assert isinstance(source, Connection)
                yield from busy[source].news()


def _quick_disk() -> str | None:
    """Give a folder in memory where the system has one: what is written is not kept."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


class _Worker:
    """A process that runs documents one after another, and the next one if it dies."""

    def __init__(self, kind: str, numbers: Sequence[int], folder: Path) -> None:
        self.left = list(numbers)
        self._kind = kind
        self._folder = folder
        folder.mkdir()
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("fork")
        self.source, sink = context.Pipe(duplex=False)
        arguments = (self._kind, list(self.left), self._folder, sink)
        self._process = context.Process(target=_work, args=arguments, daemon=True)
        self._process.start()
        sink.close()

    def news(self) -> Iterator[Result]:
        """Give what the process has to say: a result, or that it has died."""
        try:
            result = self.source.recv()
        except EOFError:
            self._process.join()
            code = self._process.exitcode or 0
            name = signal.Signals(-code).name if code < 0 else f"status {code}"
            said = (self._folder / "log").read_text("utf-8", "replace")
            result = Result(self.left[0], crash=f"ended by {name}\n{said}")
            self.left.remove(result.number)
            self.source.close()
            if self.left:
                self._start()
        else:
            self.left.remove(result.number)
        yield result


def _work(kind: str, numbers: list[int], folder: Path, sink: Connection) -> None:
    """Run documents and send what comes of them; the life of a worker."""
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    _leave_the_network_alone()
    _warm_up(kind, folder)
    with (folder / "log").open("w") as log:
        # what is stopped says where it was, also within a function of C
        faulthandler.enable(log)
        for alarm in (signal.SIGPROF, signal.SIGALRM):
            faulthandler.register(alarm, log, chain=True)
        parent = os.getppid()
        for number in numbers:
            if os.getppid() != parent:
                return  # nobody waits for this any more
            sink.send(_result(kind, number, folder / "here", log))


def _result(kind: str, number: int, place: Path, log: TextIO) -> Result:
    log.seek(0)
    log.truncate()
    made = document(kind, number)
    shutil.rmtree(place, ignore_errors=True)  # left by one that was stopped
    place.mkdir()
    began = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    signal.setitimer(signal.ITIMER_REAL, WAITING)
    crash, found = "", trial.Trial()
    try:
        found = trial.run(made, place)
    except Exception:
        crash = traceback.format_exc()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
    seconds = time.process_time() - began
    if number % COLLECTED == 0:
        gc.collect()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Result(number, found, seconds, peak, crash)


def _warm_up(kind: str, folder: Path) -> None:
    """Import everything before a clock runs, and let the collector forget it."""
    for number in range(-30, 0):
        place = folder / f"before{number}"
        place.mkdir()
        try:
            trial.run(document(kind, number), place)
        except Exception:
            pass  # a result tells of it where it is asked for
        shutil.rmtree(place)
    gc.collect()
    gc.freeze()


def _leave_the_network_alone() -> None:
    """Let every connection fail: documents may name servers."""

    def refuse(*_arguments: object, **_keywords: object) -> None:
        raise OSError("there is no network here")

    for name in ("connect", "connect_ex"):
        setattr(socket.socket, name, refuse)
    for name in ("getaddrinfo", "gethostbyname"):
        setattr(socket, name, refuse)
    os.environ["no_proxy"] = "*"
