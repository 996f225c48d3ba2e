"""What documentation could not say: the records in which `gaps` and `request_gaps` tell
it, and the findings made of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from generator.diagnostics import Diagnostics
from generator.model import Place


class Missing(StrEnum):
    """What is missing."""

    DESCRIPTION = "description"
    PERMISSIONS = "permissions"
    SECURITY = "security"


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is not said of an annotation target.

    `what` names the target for people ("property"), or what is done there ("list,
    read"). `annotation` is the CSDL to write, with "..." for what only the publisher
    knows: a whole Annotations element, or, where the target has an annotation of the
    term `within` already, what to add to its record. For OpenAPI it is the JSON pointer
    of the field to fill. `place` is where the target stands.
    """

    missing: Missing
    target: str
    what: str
    annotation: str
    within: str = ""
    place: Place | None = None


def report_gaps(found: Iterable[Gap], diagnostics: Diagnostics) -> None:
    """Add gaps to findings, as mere information."""
    for gap in found:
        message = f"{gap.what} {gap.target} has no {gap.missing}"
        diagnostics.info(f"gap-{gap.missing}", message, gap.place)
