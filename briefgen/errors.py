"""The one kind of error a user sees: where it is, what is wrong, what to do."""

from __future__ import annotations


class BriefError(Exception):
    """Something a person can mend.

    Printed as one line: `file: where: what (hint)`. `file` is a path as the user
    knows it, `where` a line, key or page (empty when it is the whole file), `what`
    says what is wrong and what was expected, `hint` what to do about it.
    """

    def __init__(self, file: str, where: str, what: str, hint: str = "") -> None:
        self.file, self.where, self.what, self.hint = file, where, what, hint
        super().__init__(str(self))

    def __str__(self) -> str:
        place = ": ".join(part for part in (self.file, self.where) if part)
        line = f"{place}: {self.what}" if place else self.what
        return f"{line} ({self.hint})" if self.hint else line


class SeedError(BriefError):
    """Raised when one seed cannot be read; the other seeds go on."""


class KnowledgeError(BriefError):
    """Raised when knowledge contradicts itself or points at nothing."""


class CorrectionError(BriefError):
    """Raised when a correction fits no event."""
