"""How an action says no: one sentence that says what, where and what to do. Nothing was changed, nothing is lost."""


class Refused(Exception):
    """An action that cannot be done as asked. `sentence` is for the screen; `about` names the question whose answer
    is wrong or missing, where it is one question: there the keyboard goes."""

    def __init__(self, sentence: str, about: str = "") -> None:
        super().__init__(sentence)
        self.sentence, self.about = sentence, about


class NotAllowed(Refused):
    """An action that this person's role, lease or right does not cover."""


class Changed(Refused):
    """What the action was based on has been changed by somebody else meanwhile; both are shown."""


REASON_LIMIT = 2000
"""The longest reason that is kept, in letters."""
_FEWEST_LETTERS = 2


def said_why(why: str, ask: str) -> None:
    """Refuse an action that asks for a reason and was given none, or more than anybody reads again."""
    if sum(letter.isalpha() for letter in why) < _FEWEST_LETTERS:
        raise Refused(f"{ask}: a few words are enough.", "reason")
    if len(why) > REASON_LIMIT:
        raise Refused(f"{ask} in at most {REASON_LIMIT} letters: these are {len(why)}.", "reason")
