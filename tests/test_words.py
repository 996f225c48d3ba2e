"""Names of real specs, taken apart."""

import pytest

from generator.words import split_words


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("standardQRCode", "standard QR Code"),
        ("iOSMinimumVersion", "iOS Minimum Version"),
        ("userIDs", "user IDs"),
        ("o365GroupURLs", "o365 Group URLs"),
        ("macOSVersion", "macOS Version"),
        ("isIPv4Only", "is IPv4 Only"),
        ("oauth2PermissionScopes", "oauth2 Permission Scopes"),
        ("OAuth2Grant", "OAuth2 Grant"),
        ("eTag", "eTag"),
        ("hasETag", "has ETag"),
        ("someTag", "some Tag"),
        ("iCloudBlockBackup", "iCloud Block Backup"),
        ("b2bUser", "b2b User"),
        ("isB2BEnabled", "is B2B Enabled"),
        ("deviceOSVersion", "device OS Version"),
        ("HTTPServer", "HTTP Server"),
        ("X509Certificate", "X509 Certificate"),
        ("AES256", "AES256"),
        ("sha256Hash", "sha256 Hash"),
        ("v4_0_3", "v4 0 3"),
        ("remote_Control_Software", "remote Control Software"),
        ("fido2Methods", "fido2 Methods"),
        ("ID", "ID"),
        ("snake_case-and.dots", "snake case and dots"),
        ("größe", "größe"),
        ("2faCode", "2 fa Code"),
        ("@@", ""),
        ("", ""),
    ],
)
def test_split_words(name: str, words: str) -> None:
    assert " ".join(split_words(name)) == words
