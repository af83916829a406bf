"""The locks on the desk's key box: how a key is sealed, to whom, and under which name.

AES-256-GCM, HKDF-SHA256, HMAC-SHA256 and HPKE (RFC 9180: X25519, HKDF-SHA256, AES-256-GCM), all from `cryptography`.
Nonces come from the `random_bytes` that is handed in; HPKE draws its one-time key from the operating system itself.
"""

import hmac
from collections.abc import Callable
from typing import NoReturn

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

RandomBytes = Callable[[int], bytes]
KEY_BYTES = 32
NONCE_BYTES = 12


class SealBroken(Exception):
    """What is sealed does not open with this key under this name."""


class NeverPickled:
    """A value that holds a key: it is not written anywhere by accident, and its `repr` does not show the key."""

    __slots__ = ()

    def __reduce__(self) -> NoReturn:
        raise TypeError("A value that holds a key is not pickled or copied out of this process.")


def subkey(secret: bytes, label: bytes) -> bytes:
    """A key for one purpose (HKDF-SHA256, 32 bytes), so that no key serves two."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=label).derive(secret)


def seal(key: bytes, content: bytes, about: bytes, random_bytes: RandomBytes) -> bytes:
    """Seal content under a key; it opens only under the same name (`about`). Nonce first."""
    nonce = random_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, about)


def unseal(key: bytes, sealed: bytes, about: bytes) -> bytes:
    """Open what `seal` sealed; raises `SealBroken`."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], about)
    except (InvalidTag, ValueError):
        raise SealBroken from None


def _suite() -> Suite:
    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def seal_to(public: bytes, content: bytes, about: bytes) -> bytes:
    """Seal content so that only the holder of the private half can open it (HPKE, base mode)."""
    return _suite().encrypt(content, X25519PublicKey.from_public_bytes(public), about)


def unseal_with(private: bytes, sealed: bytes, about: bytes) -> bytes:
    """Open what was sealed to this key pair; raises `SealBroken`."""
    try:
        return _suite().decrypt(sealed, X25519PrivateKey.from_private_bytes(private), about)
    except (InvalidTag, ValueError):
        raise SealBroken from None


def public_half(private: bytes) -> bytes:
    """The public half of an X25519 private key, 32 bytes."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def mark(key: bytes, content: bytes) -> bytes:
    """A mark that only a holder of the key can set (HMAC-SHA256)."""
    return hmac.digest(key, content, "sha256")


def marked(key: bytes, content: bytes, given: bytes) -> bool:
    """Whether the mark was set by a holder of the key."""
    return hmac.compare_digest(mark(key, content), given)
