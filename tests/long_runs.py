"""Long-running operations of the little service of `http_service`: its answers.

The tests of long-running operations make their scripts of these.
"""

from __future__ import annotations

from server import Answer

from generator.runtime.retry import Retry

ADA = {"id": "1", "displayName": "Ada"}
MONITOR = "/operations/7"
ACCEPTED: Answer = (202, {"Location": MONITOR}, b"")
HTTP = {"Content-Type": "application/http"}


def told(status: str, **more: object) -> Answer:
    return 200, {}, {"status": status, **more}


def pausing(pauses: list[float]) -> Retry:
    return Retry(sleep=pauses.append)
