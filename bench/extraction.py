"""How fast reports become records, stage by stage, beside a yardstick.

The yardstick is what anyone would run first: `spacy.blank("en")` and its PhraseMatcher with
all the names that the knowledge has. It finds names and nothing else. Times are of the
processor, so that other work on the machine counts less; knowledge is loaded beforehand.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from briefgen import extract, knowledge, merge, readers, resolve, seeds
from briefgen.knowledge import Knowledge
from briefgen.model import Seed, Sidecar

ROOT = Path(__file__).parents[1]
ACTORS = ("Israeli forces", "Hamas fighters", "the Houthis", "Russian troops", "Kenyan police", "Turkish-backed rebels")
DEEDS = ("attacked {a} in {p} on {d}", "met with {a} in {p} to discuss a truce on {d}", "accused {a} of shelling {p}",
         "withdrew from {p} on {d} after talks with {a}", "said that {a} had rejected a proposal on {d}",
         "arrested twelve people near {p} on {d}")  # fmt: skip
PLACES = ("Rafah", "Goma", "Hudaydah", "Kherson", "Idlib", "Khartoum", "Gao")


def made_up(count: int) -> list[Seed]:
    """`count` reports of 60 sentences, each other than the rest, the same each time."""
    out = []
    for number in range(count):
        told = []
        for line in range(60):
            pick = number * 60 + line
            who, whom = ACTORS[pick % len(ACTORS)], ACTORS[(pick * 5 + 1 + pick // 6) % len(ACTORS)]
            deed = DEEDS[pick // 3 % len(DEEDS)].format(a=whom, p=PLACES[pick // 5 % 7], d=f"April {1 + pick % 28}")
            told.append(f"{who[0].upper()}{who[1:]} {deed}, according to local media.")
        paragraphs = "\n\n".join(" ".join(told[at : at + 5]) for at in range(0, 60, 5))
        sidecar = Sidecar.model_validate({"published": "2024-04-28"})
        text = f"Report {number}\n\n{paragraphs}\n"
        out.append(Seed(name=f"{number}.txt", sha256=f"{number:064}", text=text, sidecar=sidecar))
    return out


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--reports", type=int, default=1000, help="made-up reports (default: 1000)")
    known = knowledge.load(ROOT)
    prepared = extract.reader(known)
    found, _ = seeds.load(ROOT / "seeds")
    street(found[:1], known, prepared)
    for name, some in (("seeds", list(found)), ("made up", made_up(asked.parse_args().reports))):
        megabytes = sum(len(seed.text.encode()) for seed in some) / 1e6
        spent, reports = street(some, known, prepared)
        whole = sum(spent.values())
        print(f"{name}: {reports} reports, {megabytes:.2f} MB")
        for stage, seconds in spent.items():
            print(f"  {stage:22} {seconds:8.2f} s  {100 * seconds / whole:4.0f} %")
        print(f"  {'all':22} {whole:8.2f} s  {reports / whole:6.1f} reports/s  {megabytes / whole:.3f} MB/s")
        yardstick = matched(some, known)
        print(f"  {'yardstick':22} {yardstick:8.2f} s  {megabytes / yardstick:24.3f} MB/s")
        print(f"  the whole takes {whole / yardstick:.1f} times the yardstick")


def street(some: list[Seed], known: Knowledge, prepared: extract.Reader) -> tuple[dict[str, float], int]:
    """Seconds by stage, and the number of reports."""
    spent: dict[str, float] = {}
    reports = 0

    @contextmanager
    def timed(stage: str) -> Iterator[None]:
        start = time.process_time()
        yield
        spent[stage] = spent.get(stage, 0.0) + time.process_time() - start

    for seed in some:
        with timed("readers.read"):
            read = readers.read(seed, known)
        for report in read:
            reports += 1
            with timed("extract.read"):
                taken = extract.read(prepared, report, seed.text)
            with timed("resolve.resolve"):
                events = resolve.resolve(taken.events, report, known, seed.text)
                resolve.assessments(taken.judgments, report, known, seed.text)
            with timed("merge.merge"):
                merge.merge(events, report, seed.text)
    return spent, reports


def matched(some: list[Seed], known: Knowledge) -> float:
    """Seconds of the yardstick over the same text."""
    import spacy
    from spacy.matcher import PhraseMatcher

    blank = spacy.blank("en")
    blank.max_length = 10**9
    matcher = PhraseMatcher(blank.vocab)
    names = {name for actor in known.actors.values() for name in (actor.name, *actor.aliases)}
    names |= {name for place in known.places.values() for name in (place.name, *place.aliases)}
    matcher.add("name", [blank.make_doc(name) for name in sorted(names)])
    matcher(blank.make_doc(some[0].text))
    start = time.process_time()
    for seed in some:
        matcher(blank.make_doc(seed.text))
    return time.process_time() - start


if __name__ == "__main__":
    main()
