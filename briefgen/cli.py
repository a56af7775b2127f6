"""The `briefgen` command: the only place that prints and exits."""

from __future__ import annotations

import datetime as dt
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from briefgen import (
    __version__,
    adding,
    briefs,
    build,
    correcting,
    diff,
    evaluation,
    extract,
    knowledge,
    printing,
    prints,
    publish,
    records,
    scaffold,
    seeds,
    serving,
    suggesting,
    terminal,
)
from briefgen.diff import revisions, telling
from briefgen.errors import BriefError
from briefgen.grammar.inflection import inflect
from briefgen.knowledge import checks
from briefgen.reviewing import session

DONE, PROBLEMS, FAILED, STOPPED = 0, 1, 2, 130
"""Exit codes: all well; done, but something is wrong; could not be done; ended by Ctrl+C."""

FEW = 10
"""Briefs, of so many fewer each is named when it is printed."""
_DAY = click.DateTime(["%Y-%m-%d"])

_project = click.option(
    "-C",
    "--project",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    show_default="the current folder",
    help="Folder with mkdocs.yml and seeds/.",
)
_strict = click.option("--strict", is_flag=True, help="Warnings count as well: exit with 1 when there are any.")


class _Command(click.Group):
    """Turns what a user can mend, and Ctrl+C, into one line on standard error and an exit code."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except BriefError as error:
            click.echo(f"error: {error}", err=True)
        except BrokenPipeError:
            raise  # `briefgen extract … | head`: click ends it without a word
        except OSError as error:
            place = f"{error.filename}: " if error.filename else ""
            click.echo(f"error: {place}{error.strerror or error}", err=True)
        except KeyboardInterrupt:
            click.echo("stopped; the last site is as it was", err=True)
            sys.exit(STOPPED)
        sys.exit(FAILED)


@click.group(cls=_Command, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="briefgen")
def main() -> None:
    """Turn intelligence reports into a cited, searchable briefing site.

    Reports go into seeds/, one file each. `briefgen build` reads them, keeps what it
    found as YAML in records/, and publishes a site in site/.

    \b
    Exit codes:
      0  all well
      1  done, but something is wrong: a seed could not be read (the others went on),
         or, with --strict, there are warnings
      2  could not be done; the last good site and records are as they were
    130  stopped by Ctrl+C; the last good site and records are as they were
    """


@main.command("build")
@_project
@_strict
@click.option("--briefs", is_flag=True, help="Print the briefs as well, as `pdf --all` does; pages link to theirs.")
@click.option(
    "--since",
    metavar="OLD",
    help="Add a page of what changed since OLD, a folder of records or a git revision, as `diff` tells it.",
)
@click.option("--no-site", is_flag=True, help="Write records/ and the pages in .build/, but do not run mkdocs.")
def build_command(project: Path, strict: bool, briefs: bool, since: str | None, no_site: bool) -> None:
    """Read seeds/, write records/, and publish the site in site/.

    \b
    Examples:
      briefgen build --briefs
      briefgen build --since v1.0
      briefgen build -C ~/briefing --strict
    """
    _is_project(project)
    with terminal.progress() as tick:
        outcome = build.everything(project, site=not no_site, briefs=briefs, since=since, progress=tick, say=_say)
    reading, printed = outcome.reading, outcome.briefs.outcome if outcome.briefs else None
    problems = (*reading.problems, *(printed.failed if printed else ()))
    warnings = (*reading.warnings, *(printed.told if printed else ()))
    _tell("error", problems)
    _tell("warning", warnings)
    events = sum(event.shown for record in reading.records for event in record.events)
    click.echo(
        f"{_count(len(reading.seeds), 'seed')}, {_count(len(reading.records), 'report')}, "
        f"{_count(events, 'event')} shown, {_count(outcome.pages, 'page')}; "
        f"{_count(len(outcome.changed), 'record')} changed."
    )
    if reading.remembered:
        click.echo(f"Not read again, because unchanged: {_count(len(reading.remembered), 'seed')}.")
    for line in outcome.done:
        click.echo(line)
    if reading.unread:
        click.echo(f"Left out: {', '.join(reading.unread)}.")
    if printed:
        click.echo(_printed(printed))
    if outcome.site is not None:
        click.echo(f"The site is in {outcome.site}: open {outcome.site / 'index.html'}")
    sys.exit(PROBLEMS if problems or (strict and warnings) else DONE)


@main.command("serve")
@_project
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port on this machine.")
def serve_command(project: Path, port: int) -> None:
    """Show the site; build it again when a seed, a template or knowledge changes.

    \b
    Example:
      briefgen serve --port 8080
    """
    _is_project(project)
    serving.serve(project, port, click.echo)


@main.command("extract")
@click.argument("seed", type=click.Path(path_type=Path))
@_project
def extract_command(seed: Path, project: Path) -> None:
    """Print the records of one SEED file as YAML; nothing is written.

    \b
    Examples:
      briefgen extract seeds/report.txt
      briefgen extract ~/Downloads/report.md | less
    """
    known = knowledge.load(project)
    for record in build.of_seed(seeds.read(seed), known, extract.reader(known)):
        click.echo("---")
        click.echo(records.dump(record), nl=False)


@main.command("add")
@click.argument("files", type=click.Path(path_type=Path, exists=True), nargs=-1, required=True, metavar="FILE...")
@_project
@click.option("--alike", is_flag=True, help="Add reports although nearly the same text is there.")
def add_command(files: tuple[Path, ...], project: Path, alike: bool) -> None:
    """Copy reports into seeds/, with a sidecar each for you to complete.

    FILE is a report, or a folder or .zip of reports. Each gets a good name; how it will be
    read, what was found and what was not is said and written into its sidecar. One that
    is there already, or nearly the same text, is refused and its twin is named. The file
    itself is copied as it is.

    \b
    Examples:
      briefgen add ~/Downloads/report.txt
      briefgen add reports-of-may.zip ~/Downloads/weekly
    """
    _is_project(project)
    added, refused = adding.add(project, files, knowledge.load(project), alike=alike)
    for one in added:
        click.echo(f"added {one.seed}" + (f", {one.reports} reports" if one.reports > 1 else ""))
        click.echo(f"  {one.layout}")
        if one.found:
            click.echo(f"  Found: {', '.join(one.found)}.")
        if one.missing:
            click.echo(f"  Please complete in {one.seed.name}.yml: {', '.join(one.missing)}.")
    _tell("error", refused)
    if added:
        click.echo("Next: complete the sidecars, `briefgen build`, and read `briefgen diff`.")
    sys.exit(PROBLEMS if refused else DONE)


@main.command("check")
@_project
@_strict
def check_command(project: Path, strict: bool) -> None:
    """Check knowledge and sidecars, and whether records/ is up to date.

    A build reads the seeds and not the records, so records that are behind are only a
    note here, and an error with --strict.

    \b
    Example, for CI:
      briefgen check --strict
    """
    _is_project(project)
    known = knowledge.load(project)
    with terminal.progress() as tick:
        reading = build.read(project, known, tick)
    problems = [*checks.check(known, inflect), *reading.problems]
    stale = records.stale(project / "records", reading.records, keep=reading.unread)
    _tell("error", problems)
    _tell("warning", reading.warnings)
    kind = "error" if strict else "note"
    for line in stale:
        click.echo(f"{kind}: {line}", err=True)
    if stale:
        click.echo(f"{kind}: records/ is behind the seeds (run `briefgen build` and commit what changes)", err=True)
    if not problems and not stale:
        click.echo(
            f"All well: {_count(len(known.actors), 'actor')}, {_count(len(known.places), 'place')}, "
            f"{_count(len(known.sources), 'source')}, {_count(len(reading.records), 'report')}."
        )
    sys.exit(PROBLEMS if problems or (strict and (stale or reading.warnings)) else DONE)


@main.command("evaluate")
@click.argument("gold", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option(
    "--against",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    metavar="OLD",
    help="Folder of earlier records: also say which events are gained and lost.",
)
@_project
def evaluate_command(gold: Path, against: Path | None, project: Path) -> None:
    """Measure records/ against the annotations in the folder GOLD (annotator-1/*.json ...).

    Prints one line a report and one over all, with 95 % intervals; 1.00 is perfect.

    \b
    Examples:
      briefgen evaluate tests/gate
      git worktree add ../before HEAD~1
      briefgen evaluate tests/gate --against ../before/records
    """
    annotated = evaluation.annotated(gold)
    table = evaluation.rows(annotated, records.read(project / "records"))
    click.echo(evaluation.written(table, evaluation.agreement(annotated)))
    if against is not None:
        lines = evaluation.changes(table, evaluation.rows(annotated, records.read(against)))
        click.echo("\n".join(["", f"Against {against}:", *(lines or ["nothing changed"])]))


@main.command("correct")
@click.argument("event", metavar="EVENT-ID")
@click.argument("fields", nargs=-1, metavar="[FIELD=VALUE]...")
@_project
@click.option("--drop", "action", flag_value="drop", help="This is no event; needs --why.")
@click.option("--confirm", "action", flag_value="confirm", help="It is as the machine read it.")
@click.option(
    "--merge", "others", multiple=True, metavar="EVENT-ID", help="This one is the same event; more than once."
)
@click.option("--why", default="", help="The reason, in a sentence.")
@click.option("--who", default="", help="Who says so.")
@click.option("--when", type=click.DateTime(["%Y-%m-%d"]), help="The day it was said.")
def correct_command(
    event: str,
    fields: tuple[str, ...],
    project: Path,
    action: str | None,
    others: tuple[str, ...],
    why: str,
    who: str,
    when: dt.datetime | None,
) -> None:
    """Write a correction of one event into the sidecar of its seed.

    The seed is read with the correction first, and what it changes is printed; one that
    does not apply is not written. Values are YAML. What else a correction can do (add,
    split, actors) is written into the sidecar by hand.

    \b
    Examples:
      briefgen correct e-3b5ba6414bdc type=COOPERATE date=2024-04 --why "Joint work."
      briefgen correct e-3b5ba6414bdc 'actors={source: hamas, target: [israel]}'
      briefgen correct e-3b5ba6414bdc --drop --why "A plan, and no event."
    """
    _is_project(project)
    kinds = [name for name, asked in (("set", fields), (action, action), ("merge", others)) if asked]
    if len(kinds) != 1:
        raise click.UsageError("Say one thing: FIELD=VALUE, --drop, --confirm or --merge.")
    wanted: dict[str, object] = {"event": event, "action": kinds[0], "why": why, "who": who}
    wanted |= {"fields": correcting.assigned(fields)} if fields else {}
    wanted |= {"others": list(others)} if others else {}
    wanted |= {"when": when.date()} if when else {}
    outcome = correcting.correct(project, knowledge.load(project), wanted)
    if not outcome.written:
        click.echo(f"{outcome.sidecar} says so already.")
        return
    click.echo(telling.text(outcome.changes), nl=False)
    click.echo(f"Written into {outcome.sidecar}; `briefgen build` takes it over.")


@main.command("review")
@_project
def review_command(project: Path) -> None:
    """Ask about each event held back and each unknown name, and write what you decide.

    What is said of an event goes into the sidecar of its seed, as `correct` writes it; a
    name becomes an actor, or one more name of a known one, in knowledge/. Each decision is
    written at once and not asked again: stop when you like, with q, Ctrl+D or Ctrl+C.

    \b
    Example:
      briefgen build && briefgen review
    """
    _is_project(project)
    terminal.attended("read .build/worklist.yml, and write with `briefgen correct` and `briefgen actors suggest`")
    desk = session.Desk(project, knowledge.load(project))
    try:
        decided = session.walk(desk.begin(), terminal.ask, click.echo, desk.carry_out)
    except KeyboardInterrupt:
        click.echo("\nStopped. What you decided is written.")
        sys.exit(STOPPED)
    taken = "; `briefgen build` takes over what is written" if decided else ""
    click.echo(f"\n{_count(decided, 'decision')} written{taken}.")


@main.command("diff")
@click.argument("old", default="HEAD")
@click.argument("new", required=False)
@_project
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="markdown is for a pull request's comment, json for programs.",
)
def diff_command(old: str, new: str | None, project: Path, form: str) -> None:
    """Show which events are new, gone or changed between two states of the records.

    OLD and NEW are folders of records, or git revisions. By default the committed
    records (HEAD) are compared with those in the folder records/.

    \b
    Examples:
      briefgen diff
      briefgen diff main --format markdown
      briefgen diff v1.0 v1.1 --format json
    """
    before = revisions.load(old, project)
    after = revisions.load(new, project) if new is not None else revisions.of_folder(project / revisions.FOLDER)
    found = diff.compare(before, after)
    click.echo({"text": telling.text, "markdown": telling.markdown, "json": diff.as_json}[form](found), nl=False)


@main.group("actors")
def actors_group() -> None:
    """Grow the knowledge of actors.

    \b
    Example:
      briefgen actors suggest | less
    """


@actors_group.command("suggest")
@_project
@click.option("--most", type=click.IntRange(min=1), default=50, show_default=True, help="Draft no more than so many.")
def suggest_command(project: Path, most: int) -> None:
    """Draft YAML for the names in records/ that no actor has, the most frequent first.

    Spellings that look alike are put together. It is a draft for a person to decide on:
    it is printed, and nothing is written.

    \b
    Example:
      briefgen actors suggest --most 20 > draft.yml
    """
    _is_project(project)
    found, described = suggesting.suggest(records.read(project / "records"), knowledge.load(project))
    if not found and not described:
        click.echo("# No name in records/ is unknown.")
        return
    click.echo(suggesting.draft(found, described, most), nl=False)


@main.command("pdf")
@_project
@click.option("--theater", "theaters", multiple=True, help="A brief on this theater, by id or name; may be repeated.")
@click.option("--actor", "actors", multiple=True, help="A brief on this actor, by id or name; may be repeated.")
@click.option("--report", "reports", multiple=True, help="A brief on this report, by id or title; may be repeated.")
@click.option(
    "--from",
    "start",
    type=_DAY,
    metavar="YYYY-MM-DD",
    help="First day of a period brief; --theater and --actor then narrow it.",
)
@click.option("--to", "end", type=_DAY, metavar="YYYY-MM-DD", help="Last day of the period.  [default: its first day]")
@click.option("--all", "every", is_flag=True, help="One for every theater, report, and actor with four events or more.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Where to.  [default: .build/pdf]")
@click.option("--paper", type=click.Choice(["a4", "letter"]), help="[default: as briefs.yml says, else a4]")
@click.option("--handling", help="Line on each page, such as how it may be passed on.  [default: as briefs.yml says]")
def pdf_command(
    project: Path,
    theaters: tuple[str, ...],
    actors: tuple[str, ...],
    reports: tuple[str, ...],
    start: dt.datetime | None,
    end: dt.datetime | None,
    every: bool,
    out: Path | None,
    paper: str | None,
    handling: str | None,
) -> None:
    """Print briefs as PDF from records/.

    \b
    Examples:
      briefgen pdf --theater iraq
      briefgen pdf --from 2024-04-22 --to 2024-04-26 --theater gaza-strip
      briefgen pdf --all --paper letter
    """
    _is_project(project)
    known = knowledge.load(project)
    found, texts, told = printing.recorded(project, known)
    book = printing.book(project, found, texts, known)
    days = [day.date() if day else None for day in (start, end)]
    asks = briefs.asked(book, theaters, actors, reports, days[0], days[1], every=every)
    folder = project / printing.FOLDER if out is None else out
    with publish.alone(project, _say), terminal.progress() as tick:
        setting = printing.setting(project, paper, handling)
        outcome = printing.onto_paper(project, book, asks, setting, folder, accuracy=build.accuracy(), tick=tick)
    _tell("warning", [*told, *outcome.told])
    _tell("error", outcome.failed)
    for path in [*outcome.fresh, *outcome.same] if len(asks) < FEW else ():
        click.echo(str(folder / path))
    if not outcome.pages:
        sys.exit(FAILED)
    click.echo(f"{_printed(outcome)} They are in {folder}")
    sys.exit(PROBLEMS if outcome.failed else DONE)


@main.command("init")
@click.argument("folder", type=click.Path(path_type=Path))
def init_command(folder: Path) -> None:
    """Make a new briefing project in FOLDER, with an invented sample report.

    \b
    Example:
      briefgen init demo && cd demo && briefgen build
    """
    for path in scaffold.init(folder):
        click.echo(f"wrote {path}")
    click.echo(f"Next: cd {shlex.quote(str(folder))} && briefgen build")


def _printed(outcome: prints.Outcome) -> str:
    """How many briefs there are now, in a sentence."""
    same = f", {len(outcome.same):,} unchanged" if outcome.same else ""
    lost = f", {len(outcome.failed):,} failed" if outcome.failed else ""
    return f"{_count(len(outcome.fresh), 'brief')} printed{same}{lost}."


def _is_project(project: Path) -> None:
    """BriefError where the folder is no project, before any work is done."""
    if not project.is_dir():
        raise BriefError(str(project), "", "there is no such folder", "briefgen init makes a project")
    if not (project / "mkdocs.yml").is_file():
        raise BriefError(
            str(project / "mkdocs.yml"), "", "not there", "name the project with -C, or make one: briefgen init"
        )


def _say(text: str) -> None:
    click.echo(text, err=True)


def _tell(kind: str, problems: Sequence[BriefError]) -> None:
    for problem in problems:
        click.echo(f"{kind}: {problem}", err=True)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
