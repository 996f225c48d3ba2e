"""What our builders write against the test cases of OASIS's OData ABNF.

The text of every accepted case about literals, keys, paths and query options is read
and said again as a user would say it (`abnf_reader`), and must come out as it was. What
cannot be said is listed with the reason in `abnf_lists`. Texts are compared decoded
once, without optional white space and with parameter aliases numbered: see `abnf`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from corpus.abnf import CONCERNED, LITERALS, Case, Cases, Rebuilt, rebuild
from corpus.abnf_lists import INEXPRESSIBLE, OF_THE_PLACE, OTHER_RULES, SPELLINGS
from corpus.abnf_reader import Inexpressible
from support import shared_data

pytestmark = pytest.mark.corpus

REFUSALS = (Inexpressible, TypeError, ValueError, KeyError, AttributeError)
"""How builders, and the reader before them, say no."""

LISTED = {
    text: reason
    for reason, texts in INEXPRESSIBLE.items()
    for text in texts.strip().splitlines()
}


@pytest.fixture(scope="module")
def cases() -> Cases:
    return Cases(shared_data("oasis/odata-abnf-testcases.yaml"))


def concerned(cases: Cases, accepted: bool) -> Iterator[tuple[Case, Rebuilt | None]]:
    """The cases in question, and what our builders make of them if anything."""
    for case in cases.all:
        if case.rule in CONCERNED and case.accepted is accepted:
            try:
                yield case, rebuild(cases, case)
            except REFUSALS:
                yield case, None


def test_every_rule_is_accounted_for(cases: Cases) -> None:
    rules = {case.rule for case in cases.all}
    others = {rule for rules in OTHER_RULES.values() for rule in rules}
    assert rules - CONCERNED == others
    assert len(cases.all) == 840


def test_accepted_texts_are_written_as_they_are(cases: Cases) -> None:
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    for case, rebuilt in concerned(cases, True):
        is_said = rebuilt is not None and rebuilt.is_equal
        reason = LISTED.get(case.text)
        counts["said" if is_said else reason or "neither said nor listed"] += 1
        if is_said is (reason is not None):
            made = rebuilt.written if rebuilt is not None else "nothing"
            wrong.append(f"{case.rule}: {case.text} gives {made}; listed: {reason}")
    for reason, number in counts.most_common():
        print(f"{number:4} {reason}")
    assert wrong == []
    assert counts["said"] == 354


def test_nothing_is_listed_that_is_no_case(cases: Cases) -> None:
    texts = {case.text for case in cases.all if case.accepted}
    assert LISTED.keys() - texts == set()


def test_other_spellings_are_read_as_the_same_value(cases: Cases) -> None:
    read = 0
    for case, rebuilt in concerned(cases, True):
        if case.text in SPELLINGS and case.rule in LITERALS:
            assert rebuilt is not None and not rebuilt.is_equal
            ours = rebuild(cases, Case(case.rule, rebuilt.written, True))
            assert ours.ours == rebuilt.ours, case
            read += 1
    assert read == 21


def test_refused_texts_are_never_written(cases: Cases) -> None:
    written = {
        case.text: rebuilt.written
        for case, rebuilt in concerned(cases, False)
        if rebuilt is not None and rebuilt.written == case.text
    }
    assert written.keys() == set(OF_THE_PLACE.split())
