"""Secrets at rest: the system's keyring, an encrypted file, or a command that prints them.

Never prompts, prints or logs, and never falls back from one store to another. keyring is loaded in a child
process only, and cryptography only where something is encrypted or a key is looked at.
"""

from nsquilio.credentials.names import NAMES, PURPOSES, check_name
from nsquilio.credentials.store import CredentialStore, Row, open_store

__all__ = ["NAMES", "PURPOSES", "CredentialStore", "Row", "check_name", "open_store"]
