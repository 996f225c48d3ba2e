"""The generated package beside packages that others have published.

They live in an environment of their own, .venv-peers-beta or what SPECWRIGHT_PEERS names
(`make test-peers` makes it), and are driven by scripts that its interpreter runs. The
scripts speak to a server on loopback, which records what was sent.
"""
