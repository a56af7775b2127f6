"""One build at a time in a project: a lock that the system lets go of when its holder ends, however it ends."""

from __future__ import annotations

import errno
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_PAUSE = 0.1
_HELD = frozenset({errno.EAGAIN, errno.EACCES, errno.EDEADLK})
"""What the system says where another one holds the lock."""

if sys.platform == "win32":
    import msvcrt

    def _try(number: int) -> None:
        msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _try(number: int) -> None:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def held(path: Path, waits: Callable[[], object]) -> Iterator[None]:
    """Hold the lock on the file `path`, which is made and stays; `waits` is called once where another one holds it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        if not _taken(file.fileno()):
            waits()
            while not _taken(file.fileno()):
                time.sleep(_PAUSE)
        yield


def _taken(number: int) -> bool:
    """Whether the lock is ours now; so it is on a disk that knows no locks, where nobody could wait."""
    try:
        _try(number)
    except OSError as error:
        return error.errno not in _HELD
    return True
