"""What may be typed into a field as words or as a number, and the sentence when it may not. Pure."""

import re
from decimal import Decimal


class NotANumber(ValueError):
    """What was typed is no amount; `sentence` says what to type instead."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def one_line(text: str) -> str:
    """Pasted lines laid end to end, for a field of one line."""
    return re.sub(r"[ \t]*[\r\n\t\u2028\u2029]+[ \t]*", " ", text)


def read_amount(
    typed: str,
    *,
    unit: str = "",
    low: Decimal | None = None,
    high: Decimal | None = None,
    whole: bool = False,
) -> Decimal:
    """The amount that was typed, with or without its unit: `0.5 g`, `.5`, `55`; raises `NotANumber`.

    A comma is refused rather than guessed at: 1,500 and 1,5 are a thousandfold apart.
    """
    words = typed.strip()
    bare = words
    if unit and bare.lower().endswith(unit.lower()):
        bare = bare[: -len(unit)].strip()
    example = f"{'5' if whole else '0.5'}{' ' + unit if unit else ''}"
    if "," in bare:
        raise NotANumber(f"“{words[:40]}” has a comma. Use a point for parts, and nothing for thousands: {example}.")
    pattern = r"-?\d{1,12}" if whole else r"-?(\d{1,12}(\.\d{0,6})?|\.\d{1,6})"
    if not re.fullmatch(pattern, bare, re.ASCII):
        other = re.fullmatch(r"-?[\d.]+\s*([^\d.\s].*)", bare, re.ASCII)
        if other and unit:
            asked = f"This is asked in {unit}, not in “{other[1][:20]}”. Type it in {unit}"
            raise NotANumber(f"{asked}: what “{words[:20]}” would be is not guessed here.")
        kind = "a whole number" if whole else "a number"
        raise NotANumber(f"“{words[:40]}” is not {kind}. Type it as {example}.")
    amount = Decimal(bare)
    lowest = Decimal(0) if low is None else low
    if amount < lowest or (high is not None and amount > high):
        upto = f"from {plain(lowest)} to {plain(high)}" if high is not None else f"{plain(lowest)} or more"
        raise NotANumber(f"{plain(amount)} cannot be right here: it must be {upto}{' ' + unit if unit else ''}.")
    return amount


def plain(amount: Decimal) -> str:
    """An amount without trailing noughts or powers of ten: 5, 0.5, 100 (a dose is never written 5.0)."""
    shown = format(amount, "f")
    if "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    return "0" if shown in ("-0", "") else shown
