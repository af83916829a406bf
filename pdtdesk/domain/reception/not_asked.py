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
