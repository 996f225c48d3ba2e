"""Annotations by target: those that stand in an element, and those that name theirs.

A part of the reader's second step (CSDL 4.01 sections 5.2 and 14.2.2). Both come to the
same keys, those which the docstring of `generator.model.Api` lists; where the
specification has no syntax to target an element from outside, the key is made in the
same manner: "<type>/<navigation property>/$OnDelete",
".../$ReferentialConstraint/<property>", and the namespace for a schema.
"""

from __future__ import annotations

from generator.readers.csdl.reading import Reading
from generator.readers.csdl.values import read_annotations
from generator.readers.csdl.xml import Element


def annotate(reading: Reading, element: Element, target: str) -> None:
    """Put the annotations that stand in an element into the draft."""
    if element.children and (found := read_annotations(reading, element)):
        reading.draft.annotations.setdefault(target, []).extend(found)


def annotate_target(reading: Reading, element: Element) -> None:
    """Put the annotations of an Annotations element into the draft (section 5.2)."""
    target = reading.scope.path(element.attributes["Target"])
    qualifier = element.attributes.get("Qualifier", "")
    found = read_annotations(reading, element, qualifier)
    reading.draft.annotations.setdefault(target, []).extend(found)
