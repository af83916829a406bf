"""Why a question may be left without an answer: the word that is recorded, and how it is read."""

from collections.abc import Mapping

NOT_ASKED_REASONS: Mapping[str, str] = {
    "refused": "declined to say",
    "intoxicated": "too intoxicated or drowsy to answer",
    "unwell": "too unwell to answer",
    "no_interpreter": "no interpreter",
    "no_time": "no time tonight",
    "not_private": "no private place to ask",
    "other": "another reason",
}
"""What may be chosen, in this order."""

PARTED = "parted"
"""Written by the desk itself, of a look that was made while two people's records were joined."""

_WRITTEN = {**NOT_ASKED_REASONS, PARTED: "records were parted: look again"}


def why_not(reason: str) -> str:
    """A reason as it is read; the word itself where a newer desk has others."""
    return _WRITTEN.get(reason, reason.replace("_", " "))
