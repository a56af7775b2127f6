"""How fast briefs are printed, and how much memory that takes.

One brief of about eight pages, again and again in one process that is warm; then a hundred
briefs by as many processes as there are processors, from records to files on disk, and the
most memory that any of them held. Times are of the clock, with those of the processors beside
them: on a machine that does other work as well, only the latter say something.
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import resource
import statistics
import tempfile
import time
from pathlib import Path

from briefgen import briefs, build, knowledge, printing, prints, publish
from briefgen.briefs import Ask
from briefgen.pages.book import Book
from briefgen.prints.press import Press

ROOT = Path(__file__).parents[1]
PAGES, TIMES = 8, 7


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--briefs", type=int, default=100, help="how many at once (default: 100)")
    known = knowledge.load(ROOT)
    found, texts, _ = printing.recorded(ROOT, known)
    book = printing.book(ROOT, found, texts, known)
    with tempfile.TemporaryDirectory() as folder:
        warm(book, Path(folder))
        many(book, Path(folder), asked.parse_args().briefs)


def composed(book: Book, ask: Ask) -> dict[str, object]:
    """The data of a brief, as the site's own would have it."""
    theme = publish.theme_sources(ROOT)
    look = briefs.look(theme["assets/briefgen.css"].decode(), theme["partials/sprite.html"].decode())
    return dataclasses.asdict(briefs.brief(ask, book, look, build.accuracy()))


def warm(book: Book, folder: Path) -> None:
    """One brief in a warm process, composing and setting apart."""
    press = Press(printing.setting(folder))
    theaters = [ask for ask in briefs.every(book) if ask.kind == "theater"]
    sized = [(press.set(ask.path, composed(book, ask)).pages, ask) for ask in theaters]
    pages, ask = min(sized, key=lambda item: (abs(item[0] - PAGES), item[1].path))
    composing, setting = [], []
    for n in range(TIMES):
        start = time.process_time()
        data = composed(book, ask)
        composing.append(time.process_time() - start)
        data["standfirst"] = f"{data['standfirst']} {n}"  # so that it is not the same as the last
        start = time.process_time()
        press.set(ask.path, data)
        setting.append(time.process_time() - start)
    one, other = statistics.median(composing), statistics.median(setting)
    print(f"a brief of {pages} pages, warm: {one + other:.2f} s of processor time, {one:.2f} s of it composing")


def many(book: Book, folder: Path, wanted: int) -> None:
    """Many briefs from nothing, by all processors; those of the sample are printed more than once."""
    asks = briefs.every(book)
    start, spent = time.perf_counter(), _spent()
    setting = printing.setting(folder)
    papers = {f"{n}/{asks[n % len(asks)].path}": composed(book, asks[n % len(asks)]) for n in range(wanted)}
    ready = time.perf_counter() - start
    peaks: list[int] = []
    outcome = prints.printed(
        papers,
        folder / "out",
        setting,
        workers=os.cpu_count() or 1,
        tick=lambda name, done, every: peaks.extend(_peaks()),
    )
    whole = time.perf_counter() - start
    size = sum(path.stat().st_size for path in (folder / "out").rglob("*.pdf")) / 1e6
    print(f"{len(outcome.fresh)} briefs, {sum(outcome.pages.values())} pages, {size:.1f} MB: "
          f"{whole:.1f} s on {os.cpu_count()} processors, {ready:.1f} s of it composing; "
          f"{_spent() - spent:.1f} s of processor time")  # fmt: skip
    print(f"the largest process that set them held {max(peaks, default=0) / 1024:.0f} MB")
    start = time.perf_counter()
    same = len(prints.printed(papers, folder / "out", setting).same)
    print(f"{same} unchanged: {time.perf_counter() - start:.2f} s")


def _peaks() -> list[int]:
    """The most memory, in kilobytes, that each process begun by this one has held so far."""
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            told = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
            command = status.with_name("cmdline").read_bytes()
        except OSError:  # it has ended meanwhile
            continue
        # A process that has only just split off still is this one, with the memory that this one has held.
        begun = told["PPid"].strip() == str(os.getpid()) and b"briefgen.prints.worker" in command
        if begun and "VmHWM" in told:
            found.append(int(told["VmHWM"].split()[0]))
    return found


def _spent() -> float:
    """Seconds of the processors, of this process and of those that it has ended."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in both)


if __name__ == "__main__":
    main()
