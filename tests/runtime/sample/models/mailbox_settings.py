"""microsoft.graph.mailboxSettings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._runtime.codecs import nested
from .._runtime.model import Field, Model, ReadOnly, field

if TYPE_CHECKING:
    from .locale_settings import LocaleSettings


class MailboxSettings(Model):
    """The settings of a mailbox.

    Wire name: microsoft.graph.mailboxSettings
    """

    __slots__ = ()
    _type_name = "microsoft.graph.mailboxSettings"

    time_zone: Field[str] = field("timeZone", default=None)
    language: Field[LocaleSettings] = field(
        "language", nested("locale_settings", "LocaleSettings"), default=None
    )
    user_purpose: ReadOnly[str] = field("userPurpose", init=False)
    archive_folder: Field[str] = field("archiveFolder", default=None, immutable=True)
