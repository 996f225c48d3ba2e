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
