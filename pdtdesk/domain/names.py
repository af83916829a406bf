"""A person's name as it is written, searched for and matched, and the text that must never stand in one.

A name can be disguised: a control character cuts it short on paper, a text-direction override shows it
backwards. Either can put the wrong patient under a dose (hazard H-001), so both are refused where text comes in.
Right-to-left names themselves are kept as they are.
"""

import re
import unicodedata

NAME_LIMIT = 200
"""The longest surname, or forenames together, that is kept: characters after spaces are tidied."""

_DIRECTION_OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069]")
# C0 and C1 controls with NUL, tab and line ends; line and paragraph separators; halves of broken characters.
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")

_APOSTROPHES = "'’‘ʼʻ`´′＇"
_HYPHENS = "-‐‑‒–—−－"
# Letters that Unicode does not take apart into a base and an accent, as an English keyboard would write them.
_PLAIN_LETTERS = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ı": "i"}
_FOLDING = str.maketrans({**dict.fromkeys(_APOSTROPHES), **dict.fromkeys(_HYPHENS, " "), **_PLAIN_LETTERS})


class TextRefused(ValueError):
    """Text that cannot be kept as it stands; the message names the field and says what to do."""

    @property
    def sentence(self) -> str:
        """The same as words for the screen."""
        return str(self)


class NotAName(TextRefused):
    """Text that cannot be somebody's name; the message names the field and says what to do."""


def excerpt(text: str, limit: int = 40) -> str:
    """What was typed, safe to show: what cannot be seen is spelt out, what is too long is cut."""
    kept = "".join(c if c.isprintable() else f"<U+{ord(c):04X}>" for c in text[:limit])
    return kept + "…" if len(text) > limit else kept


def check_text(text: str, what: str, limit: int) -> str:
    """One line of text that means what it shows: accents composed (NFC), spaces tidied, possibly empty.

    `what` is the field's name for the sentence. Raises `TextRefused`.
    """
    if not (text.isascii() and text.isprintable()):
        refuse_disguises(text, what)
        text = unicodedata.normalize("NFC", text)
    text = " ".join(text.split())
    if len(text) > limit:
        raise TextRefused(f"{what} is {len(text):,} characters long; at most {limit} are kept. Shorten it.")
    return text


def refuse_disguises(text: str, what: str) -> None:
    """Stops text in which something unseen could make one person look like another; raises `TextRefused`."""
    found = _CONTROLS.search(text)
    if found:
        raise TextRefused(
            f"{what} holds a control character (U+{ord(found.group()):04X}) at position {found.start() + 1}. "
            "Type it again on one line, with letters alone."
        )
    found = _DIRECTION_OVERRIDES.search(text)
    if found:
        raise TextRefused(
            f"{what} holds a hidden text-direction mark (U+{ord(found.group()):04X}) at position "
            f"{found.start() + 1}, which can make one name look like another. Type it again without it."
        )


def check_name(text: str, what: str) -> str:
    """A surname, or forenames, fit to stand on a patient's banner; never empty. Raises `NotAName`."""
    try:
        name = check_text(text, what, NAME_LIMIT)
    except TextRefused as refused:
        raise NotAName(str(refused)) from None
    if not name:
        raise NotAName(f"{what} is empty. Give the name as the person gives it.")
    if not any(c.isalnum() for c in name):
        raise NotAName(f"{what} `{excerpt(name)}` has no letter in it. Give the name as the person gives it.")
    return name


def fold(text: str) -> str:
    """A name as it is searched for: O’BRIEN-Ñúñez and obrien nunez are the same.

    Case, accents, apostrophes, hyphens and repeated spaces are levelled; letters of every script are kept in
    their order. Folding twice changes nothing.
    """
    if not text.isascii():
        text = _without_accents(text)
    return " ".join(text.casefold().translate(_FOLDING).split())


def match_key(surname: str, forenames: str) -> tuple[str, str]:
    """What two records of one person share however the name was spaced: `O Brien` and `O'Brien` agree.

    For finding candidates only: people are never joined on it alone.
    """
    return fold(surname).replace(" ", ""), fold(forenames).replace(" ", "")


def same_name(one: str, other: str) -> bool:
    """Whether two names in one piece are written alike but for case, accents, spaces and points."""
    plain, again = ("".join(c for c in fold(each) if c.isalnum()) for each in (one, other))
    return plain == again


def display_name(surname: str, forenames: str) -> str:
    """The name as the banner and every list show it: `SPARROW, Daniel Lee`; a single name stands alone."""
    return f"{surname.upper()}, {forenames}" if forenames else surname.upper()


def _without_accents(text: str) -> str:
    """Base letters alone; marks and what only steers the layout (joiners, direction hints) drop out."""
    # Composed forms may fold into letters with accents of their own, so both are done until nothing moves.
    while True:
        # Apostrophes first: taken apart, the acute accent on its own would leave a space.
        apart = unicodedata.normalize("NFKD", text.casefold().translate(_FOLDING))
        plain = "".join(c for c in apart if not _is_accent_or_hint(c))
        if plain == text:
            return plain
        text = plain


def _is_accent_or_hint(character: str) -> bool:
    """Accents and vowel points, and unseen layout marks; vowel signs that are letters (classes below 10) stay."""
    return unicodedata.combining(character) >= 10 or unicodedata.category(character) == "Cf"
