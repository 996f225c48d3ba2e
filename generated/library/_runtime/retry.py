"""When a call that found no answer, or a refusal, is sent again, and after what wait.

Pure decisions: `attempts` asks them, the transports do the waiting. A request is sent
again only where that cannot carry it out twice:

* 429 and 503 say that nothing was done: any method (RFC 6585 section 4, RFC 9110
  section 15.6.4);
* 504, a broken connection, a timeout and a truncated answer leave open what was done:
  only methods that are idempotent (RFC 9110 section 9.2.2), so neither POST nor PATCH
  (so a DELETE may find nothing left when it comes again: NotFound);
* a connection that never came about carried nothing: any method.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

IDEMPOTENT = frozenset({"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})
REFUSED = frozenset({429, 503})
UNDECIDED = frozenset({504})

A_YEAR = 31_536_000.0
"""The most that Retry-After is taken for: nothing can sleep for an endless time."""


@dataclass(frozen=True, slots=True)
class Retry:
    """How often and how long a call is tried; `Retry(attempts=1)`: once.

    `attempts` counts the first one. Without Retry-After the wait before attempt n is a
    random part of `first_delay * 2**n`, at most `longest_delay` (full jitter). No
    attempt begins later than `total` seconds after the first, so a longer Retry-After
    is given to the caller at once, as an error. `deadline` ends the call as a whole
    after so many seconds, its last attempt and the reading of the answer included;
    without it each step of an attempt has the client's timeout. `sleep` replaces the
    waiting (an async client awaits what it answers) and `jitter` the chance, both for
    tests.
    """

    attempts: int = 4
    first_delay: float = 0.5
    longest_delay: float = 30.0
    total: float = 180.0
    deadline: float | None = None
    sleep: Callable[[float], object] | None = None
    jitter: Callable[[], float] = random.random

    def wait(self, attempt: int, elapsed: float, asked: float | None) -> float | None:
        """Give the seconds before the next attempt, or None for "no further attempt".

        `attempt` is how many were made, `elapsed` the seconds since the first began,
        `asked` what Retry-After said.
        """
        if attempt >= self.attempts:
            return None
        seconds = self._delay(attempt) if asked is None else asked
        end = self.total if self.deadline is None else min(self.total, self.deadline)
        return seconds if elapsed + seconds <= end else None

    def _delay(self, attempt: int) -> float:
        """Give a random part of the doubled delay, so that clients do not march."""
        doubled = self.first_delay * 2.0 ** min(attempt - 1, 32)
        return self.jitter() * min(doubled, self.longest_delay)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Read Retry-After: seconds, or a date set against the answer's own Date.

    Gives the seconds to wait, from 0 to a year, or None where the header is absent or
    unreadable (RFC 9110 section 10.2.3).
    """
    text = headers.get("retry-after", "").strip()
    if not text:
        return None
    if text.replace(".", "", 1).isdecimal():
        return min(float(text), A_YEAR)
    moment = _http_date(text)
    if moment is None:
        return None
    now = _http_date(headers.get("date", ""))
    return min(max(0.0, moment - (time.time() if now is None else now)), A_YEAR)


def _http_date(text: str) -> float | None:
    """Read an HTTP date as seconds since 1970, or None."""
    from email.utils import mktime_tz, parsedate_tz

    fields = parsedate_tz(text)
    if fields is None:
        return None
    try:
        return float(mktime_tz(fields))
    except (ValueError, OverflowError):
        return None
