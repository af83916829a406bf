"""Errors as sentences: the one place where what went wrong becomes what a nurse reads."""

import logging
import traceback

_LOG = logging.getLogger("pdtdesk.ui")
SOMETHING_ELSE = (
    "Something went wrong inside PDT Desk; nothing that was saved is lost. Try once more. "
    "If it happens again, go on by hand and tell the person who looks after this desk."
)


def sentence_for(error: BaseException) -> str:
    """What to show for an error: its own `sentence` when it has one, else one that says nothing was lost.

    The rest goes to the log without the error's words, which may name a patient.
    """
    sentence = getattr(error, "sentence", None)
    if isinstance(sentence, str) and sentence.strip():
        return sentence
    places = (f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__))
    _LOG.error("%s (its words are left out)\n%s", type(error).__name__, "\n".join(places))
    return SOMETHING_ELSE
