"""What stands between a person and the desk's key, each as one sentence that says what to do next.

Every class here is a `KeysError`; `str(error)` is fit for the screen and never carries a key, a password or a code.
"""

from pathlib import Path

RECOVERY_WAY = "The recovery code printed when this desk was set up opens it meanwhile."


class KeysError(Exception):
    """The desk's keys could not be used; the text says why and what to do."""

    @property
    def sentence(self) -> str:
        """The same as words for the screen."""
        return str(self)


class NotADesk(KeysError):
    """There is no desk in this folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"There is no desk in {folder}. Check the folder, or set a desk up there (pdtdesk desk init)."
        )


class DeskExists(KeysError):
    """A desk is never set up over another."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"There is already a desk in {folder}. Open it, or choose an empty folder. If its recovery code was "
            "never written down, an administrator makes a new one on the page Staff."
        )


class SetUpInterrupted(KeysError):
    """A set-up was cut off half-way; nobody has written in that desk, and nothing is removed unasked."""

    def __init__(self, folder: Path, beside: Path) -> None:
        super().__init__(
            f"The set-up of a desk in {folder} was cut off before it was whole; nothing has been written in it. "
            f"Delete what lies in {folder} and the folder {beside}, then set the desk up again."
        )


class NewerDesk(KeysError):
    """The folder was written by a newer version of PDT Desk."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} was written by a newer version of PDT Desk. Install that version; nothing was changed."
        )


class NotWritten(KeysError):
    """The disk did not take a key file; the old one stands."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            f"{path} could not be written ({why}). What stood there before still stands. Free some space, or have "
            "the folder's rights put right, and try again."
        )


class KeyFileDamaged(KeysError):
    """A file that holds sealed keys does not read as it was written."""

    def __init__(self, path: Path, what: str = "does not read as it was written") -> None:
        self.path = path
        super().__init__(
            f"The key file {path} {what}. Nothing was changed. Another member of staff may still be able to sign in; "
            f"an administrator can then give this account a new password, which writes the file anew. {RECOVERY_WAY}"
        )


class ForeignSlot(KeysError):
    """A key slot belongs to another desk."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"The key file {path} belongs to another desk and is not used here. Put back this desk's own file, or "
            "have an administrator of this desk give the account a new password."
        )


class SlotAltered(KeysError):
    """A member's key record was changed by something other than this desk."""

    def __init__(self, account: str) -> None:
        super().__init__(
            f"The key record of {account} was changed outside PDT Desk, so no new key is sealed to it. Give "
            f"{account} a new one-day password, or end the account at this desk, and then change the key again."
        )


class WrongPassword(KeysError):
    """The account and password do not open this desk; the same words whether or not the account exists."""

    def __init__(self) -> None:
        super().__init__(
            "That user name and password do not open this desk. Check both and try again. If the password is "
            "forgotten, an administrator or the clinical lead can give a new one-day password here."
        )


class PasswordExpired(KeysError):
    """A one-day password was right, but its day is over."""

    def __init__(self, account: str) -> None:
        super().__init__(
            f"The one-day password of {account} has run out. An administrator or the clinical lead can give another "
            f"at this desk. {RECOVERY_WAY}"
        )


class TooSoon(KeysError):
    """Several wrong passwords came one after another: the next must wait a little. `seconds` still to wait."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        wait = f"{seconds} seconds" if seconds != 1 else "1 second"
        super().__init__(
            f"Several wrong passwords were given for this user name. Wait {wait} and try again; other members of "
            "staff can sign in meanwhile."
        )


class AccountRefused(KeysError):
    """A user name that cannot be used."""

    def __init__(self) -> None:
        super().__init__(
            "A user name has 1 to 64 small letters, digits, dots, hyphens or underscores, begins with a letter or "
            "digit, and is not a word that the system keeps for itself (such as recovery or con). Choose another."
        )


class PasswordRefused(KeysError):
    """A password that cannot be used."""

    def __init__(self, why: str) -> None:
        super().__init__(why)


class AccountTaken(KeysError):
    """The account has a slot at this desk already."""

    def __init__(self, account: str) -> None:
        super().__init__(f"The user name {account} is taken at this desk. Choose another.")


class NoSuchMember(KeysError):
    """An administrator named an account that has no slot here."""

    def __init__(self, account: str) -> None:
        super().__init__(f"There is no member of staff with the user name {account} at this desk.")


class LastMember(KeysError):
    """The last member of staff cannot be ended."""

    def __init__(self) -> None:
        super().__init__(
            "This is the last member of staff who can open this desk. Add another before ending this account."
        )


class SecretsRefused(KeysError):
    """A desk secret lies in a folder only on a demonstration desk."""

    def __init__(self) -> None:
        super().__init__(
            "Only a demonstration desk may keep its secret in its folder. This desk uses the operating system's "
            "keyring."
        )


class KeyringTrouble(KeysError):
    """The operating system's keyring does not give this desk's secret; the recovery code opens the desk."""


class KeyringAbsent(KeyringTrouble):
    """No keyring runs in this session."""

    def __init__(self) -> None:
        super().__init__(
            "No keyring of the operating system answers in this session, so this desk's secret cannot be read. Sign "
            f"in to the computer as usual and start PDT Desk again, or ask IT to turn the keyring on. {RECOVERY_WAY}"
        )


class KeyringLocked(KeyringTrouble):
    """The keyring is there, but stays locked."""

    def __init__(self) -> None:
        super().__init__(
            "The operating system's keyring is locked. Unlock it (it usually opens with the computer's own password) "
            f"and try again. {RECOVERY_WAY}"
        )


class KeyringRefused(KeyringTrouble):
    """The chosen keyring would keep the secret in the clear, or is not known to keep it safe."""

    def __init__(self, backend: str) -> None:
        super().__init__(
            f"The keyring in use here ({backend}) is not one that is known to keep a secret safe, so PDT Desk does "
            "not use it. Ask IT to take away that setting (PYTHON_KEYRING_BACKEND or keyringrc.cfg), so that the "
            f"operating system's own keyring is used. {RECOVERY_WAY}"
        )


class KeyringChanged(KeyringTrouble):
    """The keyring is open, but this desk's secret is not in it, or is not the one this desk was closed with."""

    def __init__(self) -> None:
        super().__init__(
            "The keyring of this computer account does not hold this desk's secret, or holds another. Check that you "
            "are signed in to the computer as the account under which the desk was set up. "
            f"{RECOVERY_WAY} It also gives this desk a new secret."
        )


class RecoveryCodeMistyped(KeysError):
    """What was typed is not a recovery code."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"That is not a recovery code: {what}. Type it as printed, seven groups of five letters and digits; "
            "capitals, spaces and hyphens do not matter, and O counts as 0, I and L as 1."
        )


class RecoveryCodeWrong(KeysError):
    """A well-formed recovery code of another desk, or one since replaced."""

    def __init__(self) -> None:
        super().__init__(
            "That recovery code is well formed but does not open this desk. Check that the sheet belongs to this "
            "desk and is the newest one printed."
        )


class DeskInUse(KeysError):
    """Another window, or exclusive work, has this desk."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"The desk in {folder} is open in another window on this computer. Use that window, or close it and try "
            "again."
        )


class DeskBusy(KeysError):
    """The keys of this desk are being changed at this moment."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"The keys of the desk in {folder} are being changed at this moment. Wait until that has ended and try "
            "again; nothing was changed."
        )
