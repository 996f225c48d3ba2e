"""Conventions: what a service does although its metadata does not say so.

Asked once, when everything else is read. Observed behaviour goes here and nowhere else,
so that a service that begins to say it needs no change.
"""

from __future__ import annotations

_KEY_AS_SEGMENT = ("microsoft.graph",)
"""Namespaces of services that take a key as a path segment.

Microsoft Graph: requests are `/users/{id}`, in all its reference pages and software
kits; only alternate keys stand in parentheses. Its metadata has no
Capabilities.KeyAsSegmentSupported.
"""


_DEFAULT_NAMESPACES = {"microsoft.graph": "microsoft.graph"}
"""Namespaces of services, each with the one whose operations are called by plain names.

Microsoft Graph: its reference pages and software kits write `/users/delta` and
`/.../pin/updatePin`, while operations of its other namespaces bear theirs, as in
`/security/microsoft.graph.security.runHuntingQuery`. Its metadata has no
Core.DefaultNamespace.
"""


_IMPLIED_DEFAULTS = ("microsoft.graph",)
"""Namespaces of services whose non-nullable properties of value types may be left out.

Microsoft Graph: `user` has the non-nullable `hireDate`, `birthday` and
`deviceEnrollmentLimit`, `recurrencePattern` a non-nullable `month`, and no reference page
gives them when a user or a weekly event is made. Such types cannot be null where the
service is written, so they cannot be null in its metadata; left out they are false, zero
or never. Texts that cannot be null are meant to be given.
"""


def has_implied_defaults(namespace: str) -> bool:
    """Tell whether the service of this main namespace fills in values that have a default
    of their own."""
    return any(_is_or_below(namespace, known) for known in _IMPLIED_DEFAULTS)


def takes_key_as_segment(namespace: str) -> bool:
    """Tell whether the service of this main namespace takes `/set/key` for
    `/set('key')`."""
    return any(_is_or_below(namespace, known) for known in _KEY_AS_SEGMENT)


def default_namespaces(namespace: str) -> frozenset[str]:
    """Give the namespaces that the service of this main namespace lets URLs leave
    out."""
    return frozenset(
        default
        for known, default in _DEFAULT_NAMESPACES.items()
        if _is_or_below(namespace, known)
    )


def _is_or_below(namespace: str, known: str) -> bool:
    return namespace == known or namespace.startswith(f"{known}.")
