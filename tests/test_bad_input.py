"""What people put into seeds/ and knowledge/ by mistake or on purpose, through the whole street."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from lxml import html

from briefgen import build, cli, knowledge, records, scaffold
from briefgen.knowledge import Knowledge
from briefgen.model import Seed

SAMPLE = "lake-ternis-update.txt"


def run(project: Path, *more: str) -> Result:
    result = CliRunner().invoke(cli.main, ["build", "-C", str(project), "--no-site", *more])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def quick(everything_known: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(knowledge, "load", lambda project=None: everything_known)


BAD: dict[str, tuple[bytes, str]] = {
    "empty.txt": (b"", "the file is empty"),
    "blank.md": (b"\xef\xbb\xbf\n \t\r\n", "the file is empty"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG is not read yet"),
    "zeros.txt": (b"The army\0\0\0attacked" * 20, "a binary file is not read yet"),
    "latin.txt": ("Le président a dénoncé l'attaque.".encode("latin-1"), "not UTF-8, probably Windows-1252"),
    "wide.txt": ("The army attacked.".encode("utf-16"), "not UTF-8, probably UTF-16"),
    "report.docx": (b"PK\x03\x04word/", "not readable as a Word document"),
    "twin.txt": (scaffold.contents()[f"seeds/{SAMPLE}"], f"the same bytes as {SAMPLE}"),
    "lost.txt.yml": (b"publisher: itic\n", "a sidecar without its seed"),
}
SIDECARS: dict[str, tuple[str, str]] = {
    "key": ("publsher: itic\n", "key publsher: nothing of that name is known here (did you mean 'publisher'?"),
    "value": ("text: everything\n", "key text: input should be 'full' or 'excerpts', got 'everything'"),
    "date": (
        "published: 2024-13-45\n",
        "line 1: not readable as YAML: '2024-13-45' is no date: month must be in 1..12",
    ),
    "yaml": ("publisher: [itic\n", "not readable as YAML"),
    "twice": ("text: full\ntext: full\n", "line 2: not readable as YAML: key 'text' is given twice"),
    "publisher": ("publisher: Reuters\n", "line 1, key publisher: the id of a source was expected, in small letters"),
    "address": ("address: javascript:alert(1)\n", "line 1, key address: a web address that begins with https://"),
    "bare": ("address: www.example.org/x\n", "a web address that begins with https:// was expected"),
    "list": ("- itic\n", "a mapping was expected, not list"),
    "no": ("title: no\n", "key title: input should be a valid string, got False"),
    "report": ("reports:\n  other-report:\n    title: X\n", "the seed has no report of that id"),
    "correction": ("corrections:\n- {event: e-0, action: drop}\n", "no event of this seed has that id"),
    "field": (
        "corrections:\n- {event: EVENT, action: set, fields: {tipe: AID}}\n",
        "an event has no field 'tipe' (did you mean 'type'?",
    ),
    "type": ("corrections:\n- {event: EVENT, action: set, fields: {type: WAR}}\n", "key type: input should be 'AGREE'"),
}
KNOWLEDGE: dict[str, tuple[str, str, str]] = {
    "key": ("actors/mine.yml", "- {id: a, name: A, kind: state, alias: [B]}\n", "a, key alias"),
    "hint": ("actors/mine.yml", "- {id: a, name: A, kind: state, alias: [B]}\n", "did you mean 'aliases'?"),
    "kind": ("actors/mine.yml", "- {id: a, name: A, kind: country}\n", "a, key kind: input should be 'state'"),
    "missing": ("places/mine.yml", "- {id: a, name: A}\n", "a, key precision: field required"),
    "yaml": ("theaters.yml", "- id: a\n  name: 'A\n", "not readable as YAML"),
    "line": ("theaters.yml", "- id: a\n  name: A\n  name: B\n", "line 3: not readable as YAML"),
    "shape": ("sources.yml", "itic: ITIC\n", "a list of entries was expected, not dict"),
    "twice": ("places/mine.yml", "- &a {id: a, name: A, precision: town}\n- *a\n", "this id is given twice"),
    "type": ("events/assault.yml", "type: ASSALT\nfamily: mx\ndefinition: x\n", "key type: input should be 'AGREE'"),
    "encoding": ("theaters.yml", "", "not UTF-8"),
    "far": ("places/mine.yml", "- {id: a, name: A, precision: town, lat: 95}\n", "key lat: input should be less"),
}


@pytest.mark.usefixtures("quick")
def test_every_bad_file_is_named_and_the_good_one_is_read(project: Path) -> None:
    for name, (data, _) in BAD.items():
        (project / "seeds" / name).write_bytes(data)
    with (project / "seeds" / "huge.txt").open("wb") as file:
        file.truncate(50_000_000)
    result = run(project)
    assert result.exit_code == 1
    for name, (_, message) in {**BAD, "huge.txt": (b"", "50 MB is more than the 8 MB")}.items():
        lines = [line for line in result.output.splitlines() if f"seeds/{name}" in line]
        assert len(lines) == 1, name
        assert message in lines[0]
        assert lines[0].startswith("error: ")
    assert "1 seed, 1 report" in result.output
    assert len(records.read(project / "records")) == 1


@pytest.mark.usefixtures("quick")
def test_a_seed_that_breaks_keeps_its_last_good_record(project: Path) -> None:
    run(project)
    before = {path.name: path.read_bytes() for path in (project / "records").iterdir()}
    (project / "seeds" / SAMPLE).write_bytes(b"\xff\xfe\xff")
    result = run(project)
    assert result.exit_code == 1
    assert {path.name: path.read_bytes() for path in (project / "records").iterdir()} == before
    (project / "seeds" / SAMPLE).unlink()
    (project / "seeds" / f"{SAMPLE}.yml").unlink()
    run(project)
    assert list((project / "records").iterdir()) == []


@pytest.mark.parametrize("case", SIDECARS)
def test_a_broken_sidecar_says_where_and_holds_its_seed_back(
    case: str, project: Path, everything_known: Knowledge
) -> None:
    (project / "seeds" / f"{SAMPLE}.yml").unlink()
    other = (project / "seeds" / SAMPLE).read_text(encoding="utf-8").replace("Ternis", "Umber")
    (project / "seeds" / "other.txt").write_text(other, encoding="utf-8")
    first = build.read(project, everything_known)
    event = next(e.id for r in first.records if r.report.seed == SAMPLE for e in r.events)
    text, message = SIDECARS[case]
    (project / "seeds" / f"{SAMPLE}.yml").write_text(text.replace("EVENT", event))
    reading = build.read(project, everything_known)
    (problem,) = reading.problems
    assert message in str(problem)
    assert f"{SAMPLE}.yml" in problem.file
    assert reading.unread == (SAMPLE,)
    assert [record.report.seed for record in reading.records] == ["other.txt"]


@pytest.mark.parametrize("case", KNOWLEDGE)
def test_broken_knowledge_stops_with_file_entry_and_key(case: str, project: Path) -> None:
    name, text, message = KNOWLEDGE[case]
    path = project / "knowledge" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() or b"- id: caf\xe9\n")
    result = run(project)
    assert result.exit_code == 2
    assert len(result.output.splitlines()) == 1
    assert result.output.startswith(f"error: {path}: ")
    assert message in result.output
    assert not (project / "records").exists()


@pytest.mark.usefixtures("quick")
def test_a_fault_of_ours_in_one_seed_loses_no_other(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "seeds" / "other.txt").write_text("A Note\n1 March 2025\n\nGuinea attacked Mali.\n", encoding="utf-8")
    whole = build.of_seed

    def faulty(seed: Seed, *more: object) -> object:
        if seed.name == "other.txt":
            raise ZeroDivisionError("division by zero")
        return whole(seed, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(build, "of_seed", faulty)
    result = run(project)
    assert result.exit_code == 1
    assert "seeds/other.txt: briefgen failed on this seed: ZeroDivisionError: division by zero" in result.output
    assert "1 seed" not in result.output.split(",")[0]
    assert "1 report" in result.output


def test_a_seed_that_nobody_may_read(project: Path, everything_known: Knowledge) -> None:
    path = project / "seeds" / "secret.txt"
    path.symlink_to(project / "seeds" / "gone.txt")
    reading = build.read(project, everything_known)
    assert [problem.file for problem in reading.problems] == [str(path)]
    assert len(reading.records) == 1


BOMB = """Bomb <script>alert(1)</script> {{ 7*7 }} Report
By Mallory <img src=x onerror=alert(1)>
Published: 2 May 2024

Key Takeaways

- Russia attacked {% raw %} Ukraine [click](javascript:alert(1)) on May 1, 2024.[1]

</section></div><script>alert(2)</script>

Russian forces attacked Ukrainian troops <iframe src="javascript:alert(3)"></iframe> near Kharkiv on May 1, 2024.[1] \
Russian President <b onclick=alert(4)>Vladimir</b> Putin met Belarusian President *Alexander* `Lukashenko` in Minsk \
on May 1, 2024.[2] Iran "condemned" the attack | on | May 1 &lt;script&gt;alert(5)&lt;/script&gt; {{ config }}.[3]

# not a heading [^1] [x]: javascript:alert(6)
--8<-- "/etc/passwd"
!!! danger "not an admonition"
    ::: also.not

<style>body{display:none}</style> The army of Mali killed five rebels on May 1, 2024 <!-- hidden.[4]

Sources

1. <a href="javascript:alert(7)">Harbor</a> News, https://harbor.example/"onmouseover="alert(8)
2. [Evil](javascript:alert(9)) Press, javascript:alert(10)
3. data:text/html,<script>alert(11)</script>, May 1, 2024
4. ![x](https://tracker.example/pixel.gif) News
"""


@pytest.fixture(scope="module")
def bombed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The site of a project whose only report wants to act."""
    project = tmp_path_factory.mktemp("bomb") / "briefing"
    scaffold.init(project)
    for path in (project / "seeds").iterdir():
        path.unlink()
    (project / "seeds" / "bomb.txt").write_text(BOMB, encoding="utf-8")
    (project / "seeds" / "bomb.md").write_text(BOMB.replace("Bomb", "Bomb two"), encoding="utf-8")
    command = [sys.executable, "-m", "briefgen", "build", "-C", str(project)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    yield project / "site"


def trees(site: Path) -> Iterator[tuple[Path, html.HtmlElement]]:
    for path in sorted(site.rglob("*.html")):
        yield path, html.fromstring(path.read_bytes())


@pytest.mark.slow
def test_nothing_in_a_report_acts(bombed: Path) -> None:
    pages = list(trees(bombed))
    assert len(pages) > 10
    for path, tree in pages:
        for script in _scripts(tree):
            assert "alert" not in (script.text or ""), path
            assert "://" not in script.get("src", ""), path
        for element in tree.iter():
            if not isinstance(element.tag, str):
                assert "hidden" not in (element.text or ""), path
                continue
            for name, value in element.attrib.items():
                assert not (name.startswith("on") and "alert" in value), (path, name)
                if name in ("href", "src", "action", "formaction", "srcdoc"):
                    assert not value.strip().lower().startswith(("javascript:", "data:text", "vbscript:")), (
                        path,
                        value,
                    )
            assert not (element.tag == "style" and "body{display:none}" in (element.text or "")), path
        assert not tree.xpath("//article//iframe | //img[contains(@src, 'tracker')] | //img[@onerror]"), path


def _scripts(tree: html.HtmlElement) -> list[html.HtmlElement]:
    return [script for script in tree.iter("script") if script.get("type") != "application/json"]


@pytest.mark.slow
def test_what_it_says_is_read_as_it_was_printed(bombed: Path) -> None:
    texts = [" ".join(tree.text_content().split()) for _, tree in trees(bombed / "reports")]
    report = max((text for text in texts if "Bomb <script>" in text), key=len)
    for literal in (
        "<script>alert(1)</script> {{ 7*7 }}",
        "{% raw %} Ukraine [click](javascript:alert(1))",
        '<iframe src="javascript:alert(3)"></iframe>',
        "*Alexander* `Lukashenko`",
        "&lt;script&gt;alert(5)&lt;/script&gt; {{ config }}",
        "<style>body{display:none}</style>",
    ):
        assert literal in report, literal
    assert "root:" not in report


BREAKS: dict[str, tuple[str, str]] = {
    "yaml": ("site_name: [x\n", "mkdocs.yml"),
    "theme": ("site_name: x\ntheme: no-such-theme\ndocs_dir: .build/docs\n", "mkdocs failed"),
    "plugin": ("site_name: x\nplugins: [no-such-plugin]\ndocs_dir: .build/docs\n", "mkdocs failed"),
    "empty": ("", "mkdocs failed"),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", BREAKS)
def test_a_site_that_cannot_be_built_leaves_the_last_good_one(
    case: str, project: Path, everything_known: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(knowledge, "load", lambda project=None: everything_known)
    assert build.everything(project).site == project / "site"
    before = _bytes(project / "site") | _bytes(project / "records")
    text, message = BREAKS[case]
    (project / "mkdocs.yml").write_text(text)
    (project / "seeds" / "more.txt").write_text("A Note\n1 March 2025\n\nGuinea attacked Mali.\n", encoding="utf-8")
    result = CliRunner().invoke(cli.main, ["build", "-C", str(project)])
    assert result.exit_code == 2
    assert len(result.output.splitlines()) == 1
    assert message in result.output
    assert "the last good site is unchanged" in result.output
    assert _bytes(project / "site") | _bytes(project / "records") == before


@pytest.mark.slow
def test_a_build_that_is_killed_leaves_the_last_good_site_and_records(project: Path) -> None:
    command = [sys.executable, "-m", "briefgen", "build", "-C", str(project)]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    before = _bytes(project / "site") | _bytes(project / "records")
    (project / "seeds" / "more.txt").write_text("A Note\n1 March 2025\n\nGuinea attacked Mali.\n", encoding="utf-8")
    process = subprocess.Popen(command, start_new_session=True, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    while process.poll() is None and not (project / ".build" / "site").exists():
        pass
    os.killpg(process.pid, 9)
    process.wait()
    assert process.returncode == -9
    assert _bytes(project / "site") | _bytes(project / "records") == before
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    assert len(list((project / "records").glob("*.yml"))) == 2


def _bytes(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
