"""What stands between a person and the desk, as a sentence, and whether the printed code is a way round it.

The window does not know the store that raises these, so it tells them by what they carry and what they are called.
"""

from dataclasses import dataclass

from pdtdesk.domain.names import TextRefused
from pdtdesk.ui.sentences import sentence_for

_SPEAKS_FOR_ITSELF = frozenset({"KeysError", "DatabaseTrouble"})
_CODE_HELPS = frozenset({"KeyringTrouble", "KeyFileDamaged", "ForeignSlot", "PasswordExpired"})


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why the desk did not open or the key did not change. `wait` is in seconds, 0 when nobody has to wait."""

    sentence: str
    wrong_password: bool = False
    code_helps: bool = False
    wait: int = 0


def trouble_of(error: Exception) -> Trouble:
    """What to say of an error that came from the door or the desk's keys."""
    kinds = {kind.__name__ for kind in type(error).__mro__}
    wait = getattr(error, "seconds", 0) if "TooSoon" in kinds else 0
    return Trouble(
        _sentence(error, kinds), "WrongPassword" in kinds, not kinds.isdisjoint(_CODE_HELPS), max(0, int(wait))
    )


def _sentence(error: Exception, kinds: set[str]) -> str:
    spoken = not kinds.isdisjoint(_SPEAKS_FOR_ITSELF) or isinstance(error, TextRefused)
    if spoken and not getattr(error, "sentence", ""):
        return str(error)
    return sentence_for(error)
