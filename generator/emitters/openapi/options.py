"""Options: what a target wants of its OpenAPI document."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """The document goes to `folder`, below the target's output folder.

    `version` is that of OpenAPI, "3.1" or "3.0", `format` "yaml" or "json". `base_url`
    is where the service answers, and `label` its version, if its own description does
    not say so. `title` takes the place of the API's own, `ms_extensions` adds what
    Microsoft's tools write.
    """

    folder: str
    version: str = "3.1"
    format: str = "yaml"
    title: str = ""
    base_url: str = ""
    label: str = ""
    ms_extensions: bool = False
