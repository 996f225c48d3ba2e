"""What is wrong with an input, said in a form that people and programs can read.

Nothing here prints: functions take a `Diagnostics` and add to it, the command line
shows it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from generator.model import Place


class Severity(StrEnum):
    """How bad it is: an error stops the run, a warning tells of what was worked round."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Level(StrEnum):
    """What a policy makes of the findings of a code."""

    ERROR = "error"
    WARN = "warn"
    IGNORE = "ignore"


class Code(NamedTuple):
    """A code of findings: how bad they usually are, and what it means.

    After an error that `may_pass` a document is still of use: what is wrong was left out
    or worked round, and a policy may make less of it than an error.
    """

    severity: Severity
    meaning: str
    may_pass: bool = False


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


_SEVERITIES = {Level.ERROR: Severity.ERROR, Level.WARN: Severity.WARNING}


class Diagnostics:
    """Findings in the order of their arrival, each as bad as a policy makes it."""

    def __init__(self, policy: Mapping[str, Level] | None = None) -> None:
        self._items: list[Diagnostic] = []
        self._policy = policy or {}

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def take(self, item: Diagnostic) -> None:
        """Add a finding that was made elsewhere."""
        self._items.append(item)

    def under(self, policy: Mapping[str, Level]) -> Diagnostics:
        """Give the same findings, to which others are added by a policy: a level by
        code. The policy is not to lower errors that may not pass."""
        others = Diagnostics(policy)
        others._items = self._items
        return others

    def add(
        self, severity: Severity, code: str, message: str, place: Place | None = None
    ) -> None:
        """Add a finding, unless the policy ignores its code."""
        level = self._policy.get(code)
        if level is not Level.IGNORE:
            severity = _SEVERITIES[level] if level else severity
            self._items.append(Diagnostic(code, severity, message, place))

    def error(self, code: str, message: str, place: Place | None = None) -> None:
        """Add a finding that stops the run."""
        self.add(Severity.ERROR, code, message, place)

    def warning(self, code: str, message: str, place: Place | None = None) -> None:
        """Add a finding that was worked round."""
        self.add(Severity.WARNING, code, message, place)

    def info(self, code: str, message: str, place: Place | None = None) -> None:
        """Add something worth knowing."""
        self.add(Severity.INFO, code, message, place)

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The findings that stop the run."""
        return tuple(item for item in self._items if item.severity is Severity.ERROR)

    def stop_on_errors(self) -> None:
        """Raise SpecError with every finding if one of them is an error."""
        if self.errors:
            raise SpecError(tuple(self._items))
