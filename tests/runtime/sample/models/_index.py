"""The module and class of each type."""

from __future__ import annotations

ODATA = True

TYPES: dict[str, str] = {
    "microsoft.graph.assignedLicense": "assigned_license:AssignedLicense",
    "microsoft.graph.authMode": "auth_mode:AuthMode",
    "microsoft.graph.entity": "entity:Entity",
    "microsoft.graph.errorCorrectionLevel": (
        "error_correction_level:ErrorCorrectionLevel"
    ),
    "microsoft.graph.guest": "guest:Guest",
    "microsoft.graph.localeSettings": "locale_settings:LocaleSettings",
    "microsoft.graph.mailboxSettings": "mailbox_settings:MailboxSettings",
    "microsoft.graph.qrPin": "qr_pin:QrPin",
    "microsoft.graph.sampleValues": "sample_values:SampleValues",
    "microsoft.graph.user": "user:User",
}
