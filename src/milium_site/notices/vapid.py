"""The key by which push services know this installation (VAPID, RFC 8292): drawn once, kept in the instance folder."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """``application`` is the public key as browsers take it; the others are PEM."""

    private: bytes
    public: bytes
    application: str


@cache
def keys(file: Path | None = None) -> Keys:
    """The installation's keys. Two processes may start at once: the one that creates the file draws, the other reads."""
    file = file or Path(settings.MILIUM_VAPID_KEY_FILE)
    if not file.exists():
        _draw(file)
    private = load_pem_private_key(file.read_bytes(), password=None)
    public = private.public_key()
    point = public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return Keys(
        private=private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        public=public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
        application=urlsafe_b64encode(point).rstrip(b"=").decode("ascii"),
    )


def push_key() -> str:
    """The public key that a browser subscribes with; empty where the operator did not switch pushing on."""
    return keys().application if settings.MILIUM_PUSH else ""


def _draw(file: Path) -> None:
    drawn = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    half = file.with_name(f".{file.name}.{id(drawn)}")
    half.touch(mode=0o600)
    half.write_bytes(drawn)
    try:
        # A hard link is made whole or not at all, and never over another's.
        file.hardlink_to(half)
    except FileExistsError:
        pass  # another process drew first: its key is the one that is read
    finally:
        half.unlink()
