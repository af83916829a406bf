"""Which words are kept as somebody wrote them, and the sentence where they are not."""

import unicodedata

LONGEST_TEXT = 10_000
"""Characters of an answer in words."""
_HIDDEN_ORDER = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def text_problem(text: str, longest: int = LONGEST_TEXT, *, lines: bool = False) -> str:
    """Why these words cannot be taken, as a sentence, or an empty text when they can.

    Names in any script and emoji are taken; NUL, control characters and marks that turn the order of letters
    around unseen are not. `lines`: line ends and tabs are allowed (long text).
    """
    if len(text) > longest:
        return (
            f"That is {len(text):,} characters; this field takes {longest:,}. Nothing was changed: "
            "shorten it, or keep it with the paper record and say so here."
        )
    if text.isascii() and text.isprintable():
        return ""
    for at, letter in enumerate(text, start=1):
        if lines and letter in "\n\t\r":
            continue
        if unicodedata.category(letter) in ("Cc", "Cs") or letter in _HIDDEN_ORDER:
            return (
                f"Character {at:,} cannot be printed (code {ord(letter):04X}). Nothing was changed: "
                "type the words, or paste them as plain text."
            )
    return ""
