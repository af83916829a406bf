"""Who waits for a prescriber to choose a regime: what reception was told, and no regime yet."""

from pdtdesk.domain.reception.person import Stay
from pdtdesk.domain.reception.questions.prescribed import SUBSTITUTES
from pdtdesk.domain.regime.treatment import Treatment

_OFTEN = frozenset({"daily", "most_days"})
_SUBSTITUTES = frozenset(choice.word for choice in SUBSTITUTES)


def awaits_regime(stay: Stay, treatment: Treatment) -> bool:
    """Whether somebody has to decide: opioids used often, seen in withdrawal, prescribed outside, or held dependent.

    Whoever has had a regime in this treatment, or was assessed as not dependent, waits no more; a regime that had
    ended before they came again is of another, and one that was withdrawn before it began is none.
    """
    begun = [each for each in treatment.regimes_now if each.until is None or each.until >= each.since]
    if begun or not stay.passes_done:
        return False
    said = _said(stay, "opioids.dependence")
    if said:
        return "dependent" in said or "suspected" in said
    return bool(
        _OFTEN & _said(stay, "substances.opioids.frequency")
        or _SUBSTITUTES & _said(stay, "prescribed.medicine")
        or any("opioids" in words.split() for words in _said(stay, "withdrawal.seen"))
    )


def _said(stay: Stay, key: str) -> frozenset[str]:
    """Every account of one question that stands in this stay."""
    return frozenset(each.answer.value for each in stay.answers.get(key, ()) if each.answer.value)
