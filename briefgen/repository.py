"""Where people can correct a seed: the addresses of the sidecars in the web editor of the repository.

They are made from `repo_url` and `edit_uri` of mkdocs.yml, as mkdocs does, but lead to
the sidecars, because the pages themselves are generated.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

from briefgen import seeds, yamlio

_USUAL = {"github.com": "edit/main/", "gitlab.com": "-/edit/main/"}
"""Host -> `edit_uri` where none is set."""
_NEW = {"edit": ("new", "filename"), "-/edit": ("-/new", "file_name")}
"""Beginning of `edit_uri` -> that of the page that makes a new file, and its field for the name."""


def editors(project: Path, names: Iterable[str]) -> dict[str, str]:
    """Seed's name -> address at which its sidecar is edited, or made; empty where mkdocs.yml names no repository."""
    config = yamlio.scalars(project / "mkdocs.yml", "the last good site is unchanged")
    repository = config.get("repo_url", "").rstrip("/")
    edit = config.get("edit_uri", _USUAL.get(urlsplit(repository).hostname or "", ""))
    base = urljoin(f"{repository}/", edit)
    if not repository or not edit or not base.startswith(("https://", "http://")):
        return {}
    return {name: _address(project, base, repository, name) for name in names}


def _address(project: Path, base: str, repository: str, name: str) -> str:
    sidecar = seeds.beside(project / "seeds" / name)
    path = base.removeprefix(f"{repository}/")
    for start, (new, field) in _NEW.items():
        if path.startswith(f"{start}/") and not sidecar.exists():
            rest = path.removeprefix(f"{start}/").rstrip("/")
            return f"{repository}/{new}/{rest}/seeds?{field}={quote(sidecar.name, safe='')}"
    return f"{base.rstrip('/')}/seeds/{quote(sidecar.name)}"
