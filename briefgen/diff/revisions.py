"""Records of a folder or of a git revision.

git is asked for the objects of a tree, so that nothing is checked out and the working
tree stays as it is.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

from briefgen import records
from briefgen.errors import BriefError
from briefgen.model import Record

FOLDER = "records"
_ENOUGH = 7
"""Letters of a commit's hash that git itself prints."""


def load(name: str, project: Path) -> tuple[Record, ...]:
    """The records that `name` means: a folder of records, or else a git revision of `project`'s.

    BriefError where it is neither, or where a record cannot be read.
    """
    if name and Path(name).is_dir():
        return of_folder(Path(name))
    return of_revision(name, project)


def called(name: str, project: Path) -> str:
    """What a page says for `name`, as `load` takes it: a revision with its commit, and no path of this machine."""
    if name and Path(name).is_dir():
        return "the records of another folder"
    commit = _commit(name, project) or name
    told = f"commit {commit[:_ENOUGH]}"
    return told if commit.startswith(name) else f"{name} ({told})"


def of_folder(folder: Path) -> tuple[Record, ...]:
    """The records in `folder`, or in its `records/` where it is a project; none where there is no such folder."""
    return records.read(folder / FOLDER if (folder / "mkdocs.yml").is_file() else folder)


def of_revision(revision: str, project: Path) -> tuple[Record, ...]:
    """`project`'s records as git has them at `revision`."""
    commit = _commit(revision, project)
    if commit is None:
        hint = "name a folder of records, or a commit, branch or tag"
        if _git(project, "rev-parse", "--git-dir") is None:
            hint = f"{project} is in no git repository; name two folders of records"
        raise BriefError(revision, "", "neither a folder nor a revision that git knows here", hint)
    tree = _git(project, "ls-tree", "-z", commit, f"./{FOLDER}/") or b""
    found: list[tuple[str, str]] = []
    for entry in tree.split(b"\0"):
        facts, _, path = entry.partition(b"\t")
        if path.endswith(b".yml") and facts.split()[1:2] == [b"blob"]:
            found.append((path.decode("utf-8", "replace").rsplit("/", 1)[-1], facts.split()[2].decode()))
    texts = _objects(project, [hash_ for _, hash_ in found])
    return tuple(
        records.parse(text, f"{revision}:{FOLDER}/{name}") for (name, _), text in zip(found, texts, strict=True)
    )


def _commit(revision: str, project: Path) -> str | None:
    """The hash of the commit that `revision` names; None where git knows none."""
    found = _git(project, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    return found.decode().strip() if found is not None else None


def _objects(project: Path, hashes: list[str]) -> list[str]:
    """The contents of git's objects, in their order."""
    if not hashes:
        return []
    out = _git(project, "cat-file", "--batch", given="\n".join(hashes).encode() + b"\n") or b""
    texts = []
    for _ in hashes:
        head, _, out = out.partition(b"\n")
        size = int(head.split()[2])
        texts.append(out[:size].decode("utf-8", "replace"))
        out = out[size + 1 :]
    return texts


def _git(project: Path, *arguments: str, given: bytes | None = None) -> bytes | None:
    """What git prints; None where it fails."""
    try:
        done = subprocess.run(  # noqa: S603 - a list of arguments, no shell
            ["git", *arguments],  # noqa: S607 - git is where the user has it
            cwd=project,
            input=given,
            stdin=None if given is not None else subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        raise BriefError("git", "", "not found", "install git, or name two folders of records") from None
    return done.stdout if done.returncode == 0 else None
