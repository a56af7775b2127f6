"""The `briefgen` command: the only place that prints and exits."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from briefgen import __version__, build, extract, knowledge, records, scaffold, seeds, serving
from briefgen.errors import BriefError
from briefgen.knowledge import checks

DONE, PROBLEMS, FAILED = 0, 1, 2
"""Exit codes: all well; done, but something is wrong (with --strict); could not be done."""

Tick = Callable[[str, int, int], None]
_project = click.option(
    "-C", "--project", type=click.Path(path_type=Path, file_okay=False), default=Path(), show_default="the current folder",
    help="Folder with mkdocs.yml and seeds/.",
)  # fmt: skip
_strict = click.option("--strict", is_flag=True, help="Warnings count as errors: exit with 1 when there are any.")


class _Command(click.Group):
    """Turns a BriefError into one line on standard error and exit code 2."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except BriefError as error:
            click.echo(f"error: {error}", err=True)
            sys.exit(FAILED)


@click.group(cls=_Command, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="briefgen")
def main() -> None:
    """Turn intelligence reports into a cited, searchable briefing site.

    Exit codes: 0 all well; 1 done, but with problems (broken seeds; with --strict also
    warnings); 2 could not be done.
    """


@main.command("build")
@_project
@_strict
@click.option("--no-site", is_flag=True, help="Write records/ and pages, but do not run mkdocs.")
def build_command(project: Path, strict: bool, no_site: bool) -> None:
    """Read seeds/, write records/, and publish the site to site/."""
    known = knowledge.load(project)
    with _progress("Reading seeds") as tick:
        reading = build.read(project, known, tick)
    _tell(reading.problems)
    changed = records.write(project / "records", reading.records)
    with _progress("Writing pages") as tick:
        outcome = build.publish(project, known, reading, site=not no_site, progress=tick)
    events = sum(e.shown for r in reading.records for e in r.events)
    click.echo(
        f"{_count(len(reading.seeds), 'seed')}, {_count(len(reading.records), 'report')}, {_count(events, 'event')} shown; "
        f"{_count(len(changed), 'record')} changed, {_count(outcome.written, 'page file')} written."
    )
    if outcome.site is not None:
        click.echo(f"The site is in {outcome.site}: open {outcome.site / 'index.html'}")
    sys.exit(PROBLEMS if reading.problems else DONE)


@main.command("serve")
@_project
@click.option("--port", default=8000, show_default=True, help="Port on this machine.")
def serve_command(project: Path, port: int) -> None:
    """Preview the site; rebuild it when a seed, a template or knowledge changes."""
    serving.serve(project, port, click.echo)


@main.command("extract")
@click.argument("seed", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@_project
def extract_command(seed: Path, project: Path) -> None:
    """Print the records of one seed file as YAML."""
    known = knowledge.load(project)
    for record in build.of_seed(seeds.read(seed), known, extract.reader(known)):
        click.echo("---")
        click.echo(records.dump(record), nl=False)


@main.command("check")
@_project
@_strict
def check_command(project: Path, strict: bool) -> None:
    """Check knowledge, sidecars, and whether records/ is up to date."""
    known = knowledge.load(project)
    problems: list[BriefError] = list(checks.check(known))
    reading = build.read(project, known)
    problems += reading.problems
    stale = records.stale(project / "records", reading.records)
    _tell(problems)
    for line in stale:
        click.echo(f"warning: {line}", err=True)
    if stale:
        click.echo("warning: records/ is behind the seeds: run `briefgen build` and commit it", err=True)
    if not problems and not stale:
        click.echo(
            f"All well: {len(known.actors)} actors, {len(known.places)} places, {len(known.sources)} sources, "
            f"{_count(len(reading.records), 'report')}."
        )
    sys.exit(PROBLEMS if problems or (strict and stale) else DONE)


@main.command("init")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def init_command(folder: Path) -> None:
    """Make a new briefing project in FOLDER: mkdocs.yml, seeds/ with a sample, a CI workflow."""
    for path in scaffold.init(folder):
        click.echo(f"wrote {path}")
    click.echo(f"Next: cd {folder} && briefgen build")


def _tell(problems: Sequence[BriefError]) -> None:
    for problem in problems:
        click.echo(f"warning: {problem}", err=True)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


@contextmanager
def _progress(what: str) -> Iterator[Tick]:
    """A progress bar on a terminal, nothing elsewhere."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda name, done, every: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[name]}"))
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(what, name="", total=None)
        yield lambda name, done, every: bar.update(task, completed=done, total=every, name=name)
