"""Which keys open a backup: those given for backups, then those for private words."""

from __future__ import annotations

from django.conf import settings

from milium_site.foundation.envelope import MasterKey


def backup_keys() -> tuple[MasterKey, ...]:
    """The first seals; any of them may open."""
    return (*settings.MILIUM_BACKUP_KEYS, *settings.MILIUM_ENCRYPTION_KEYS)
