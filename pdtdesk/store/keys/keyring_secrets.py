"""The desk's secret in the operating system's keyring: only in one that is known to keep it safe, and never for ever.

The `keyring` package takes whatever backend is configured, a plaintext file too; so the backend is compared with a
list of real ones, by class. A keyring may ask its owner for a password, with nobody there to answer: every call runs
apart and is given up after `patience` seconds as `KeyringLocked`.
"""

import importlib
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from pdtdesk.store.keys.errors import KeyringAbsent, KeyringChanged, KeyringLocked, KeyringRefused, KeyringTrouble
from pdtdesk.store.keys.secret import ChainHead, DeskSecret, head_text, secret_of, secret_text

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

ALLOWED = (
    ("keyring.backends.Windows", "WinVaultKeyring"),
    ("keyring.backends.macOS", "Keyring"),
    ("keyring.backends.SecretService", "Keyring"),
    ("keyring.backends.libsecret", "Keyring"),
    ("keyring.backends.kwallet", "DBusKeyring"),  # KWallet 5, and 6, which answers under the same name
)
SERVICE = "pdtdesk"
PATIENCE_SECONDS = 60.0
"""Long enough to type the keyring's password when it asks; then the desk says that it is locked."""

HURRIED_SECONDS = 1.0
"""For a note that nobody waits for: answers and saves stand behind it in the one thread of the desk."""

T = TypeVar("T")


class KeyringSecrets:
    """Desk secrets in the keyring of whoever is signed in to the computer (port `DeskSecrets`)."""

    def __init__(self, patience: float = PATIENCE_SECONDS) -> None:
        self._patience = patience

    def read(self, desk_id: str) -> DeskSecret:
        def look() -> tuple[str | None, str | None]:
            backend = real_backend()
            return backend.get_password(SERVICE, desk_id), backend.get_password(SERVICE, _head_entry(desk_id))

        secret, head = self._ask(look)
        if secret is None:
            raise KeyringChanged
        return secret_of(secret, head)

    def write(self, desk_id: str, secret: DeskSecret) -> None:
        def keep() -> bool:
            backend = real_backend()
            text = secret_text(secret)
            backend.set_password(SERVICE, desk_id, text)
            if secret.head is not None:
                backend.set_password(SERVICE, _head_entry(desk_id), head_text(secret.head))
            # A keyring that says nothing and keeps nothing must be found out now, not at the next opening.
            return backend.get_password(SERVICE, desk_id) == text

        if not self._ask(keep):
            raise KeyringAbsent

    def note_head(self, desk_id: str, head: ChainHead) -> None:
        self._ask(lambda: real_backend().set_password(SERVICE, _head_entry(desk_id), head_text(head)))

    def delete(self, desk_id: str) -> None:
        def forget() -> None:
            backend = real_backend()
            for entry in (desk_id, _head_entry(desk_id)):
                if backend.get_password(SERVICE, entry) is not None:
                    backend.delete_password(SERVICE, entry)

        self._ask(forget)

    def hurried(self) -> "KeyringSecrets":
        return KeyringSecrets(min(self._patience, HURRIED_SECONDS))

    def _ask(self, call: Callable[[], T]) -> T:
        answers: list[T] = []
        troubles: list[KeyringTrouble] = []

        def run() -> None:
            try:
                answers.append(call())
            except KeyringTrouble as trouble:
                troubles.append(trouble)
            except (
                Exception
            ) as error:  # backends let through errors of D-Bus, COM and their own, none with a common base
                troubles.append(_trouble(error))

        # A daemon thread: a prompt that nobody answers must not keep the process from ending either.
        thread = threading.Thread(target=run, name="keyring", daemon=True)
        thread.start()
        thread.join(self._patience)
        if troubles:
            raise troubles[0]
        if not answers:
            raise KeyringLocked
        return answers[0]


def _head_entry(desk_id: str) -> str:
    return f"{desk_id} head"


def _trouble(error: Exception) -> KeyringTrouble:
    """What a backend's own error means for the desk; its text is not passed on, as it may carry what was asked."""
    names = {kind.__name__ for kind in type(error).__mro__}
    locked = bool(names & {"KeyringLocked", "LockedException", "PromptDismissedException", "PasswordSetError"})
    locked = locked or "IsLocked" in getattr(error, "name", "")
    return KeyringLocked() if locked else KeyringAbsent()


def real_backend() -> "KeyringBackend":
    """The keyring that may hold a desk's secret; raises `KeyringRefused`, `KeyringAbsent`."""
    import keyring

    try:
        chosen: KeyringBackend | None = keyring.get_keyring()
    except Exception:  # a configured backend that cannot be loaded raises whatever its module raises
        chosen = None
    allowed = tuple(kind for kind in map(_kind, ALLOWED) if kind is not None)
    if chosen is not None and type(chosen) in allowed:
        return chosen
    if chosen is None or _is(chosen, "keyring.backends.fail") or _is(chosen, "keyring.backends.chainer"):
        found = _viable(allowed)
        if found is None:
            raise KeyringAbsent
        return found
    raise KeyringRefused(f"{type(chosen).__module__}.{type(chosen).__qualname__}")


def _kind(name: tuple[str, str]) -> type[Any] | None:
    try:
        kind = getattr(importlib.import_module(name[0]), name[1])
    except Exception:  # a backend of another operating system fails in its own way when imported here
        return None
    return kind if isinstance(kind, type) else None


def _is(backend: object, module: str) -> bool:
    return type(backend).__module__ == module


def _viable(allowed: tuple[type[Any], ...]) -> "KeyringBackend | None":
    """The best of the real ones that answers now; `keyring` itself would remember that none did a minute ago."""
    working = [(priority, kind) for kind in allowed if (priority := _priority(kind)) is not None]
    if not working:
        return None
    backend: KeyringBackend = max(working, key=lambda pair: pair[0])[1]()
    return backend


def _priority(kind: type[Any]) -> float | None:
    try:
        return float(kind.priority)
    except Exception:  # it raises, each backend in its own way, to say that it cannot work here
        return None
