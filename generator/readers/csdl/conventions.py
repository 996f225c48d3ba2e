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


def takes_key_as_segment(namespace: str) -> bool:
    """Tell whether the service of this main namespace takes `/set/key` for
    `/set('key')`."""
    return any(
        namespace == known or namespace.startswith(f"{known}.")
        for known in _KEY_AS_SEGMENT
    )
