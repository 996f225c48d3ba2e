"""What is wrong with an input, said in a form that people and programs can read.

Nothing here prints: functions take a `Diagnostics` and add to it, the command line
shows it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from generator.model import Place


class Severity(StrEnum):
    """How bad it is: an error stops the run, a warning tells of what was worked round."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: a stable code ("csdl-unknown-type"), what was expected, found and
    where.
    """

    code: str
    severity: Severity
    message: str
    place: Place | None = None

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        return f"{where}{self.severity}: {self.message} [{self.code}]"


class SpecError(Exception):
    """An input could not be used; `diagnostics` says why, all of it."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__("\n".join(map(str, diagnostics)))
        self.diagnostics = diagnostics


class Diagnostics:
    """Findings in the order of their arrival."""

    def __init__(self) -> None:
        self._items: list[Diagnostic] = []

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def add(self, item: Diagnostic) -> None:
        """Add a finding that was made elsewhere."""
        self._items.append(item)

    def error(self, code: str, message: str, place: Place | None = None) -> None:
        """Add a finding that stops the run."""
        self._items.append(Diagnostic(code, Severity.ERROR, message, place))

    def warning(self, code: str, message: str, place: Place | None = None) -> None:
        """Add a finding that was worked round."""
        self._items.append(Diagnostic(code, Severity.WARNING, message, place))

    def info(self, code: str, message: str, place: Place | None = None) -> None:
        """Add something worth knowing."""
        self._items.append(Diagnostic(code, Severity.INFO, message, place))

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The findings that stop the run."""
        return tuple(item for item in self._items if item.severity is Severity.ERROR)

    def stop_on_errors(self) -> None:
        """Raise SpecError with every finding if one of them is an error."""
        if self.errors:
            raise SpecError(tuple(self._items))
