"""Figures that belong together, one never above the other: a new induction is not needed before a reassessment."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from pdtdesk.domain.calendar import show_day
from pdtdesk.domain.quantities import Milligrams
from pdtdesk.policy.dated import Overlay
from pdtdesk.policy.parameters import Parameters
from pdtdesk.policy.typed import shown_with_unit

_DAY = timedelta(days=1)

RISING: tuple[tuple[str, str], ...] = (
    ("missed_days_reassess", "missed_days_new_induction"),
    ("methadone_first_day_least", "methadone_first_day_most"),
    ("methadone_rise_least", "methadone_rise_most"),
    ("methadone_usual_least", "methadone_usual_most"),
    ("buprenorphine_first_day_least", "buprenorphine_first_day_most"),
    ("buprenorphine_rise_least", "buprenorphine_rise_most"),
    ("buprenorphine_usual_least", "buprenorphine_usual_most"),
    ("unconfirmed_methadone_most", "methadone_most"),
    ("unconfirmed_buprenorphine_most", "buprenorphine_most"),
    ("figures_year_months", "figures_long_months"),
)
"""Pairs of parameters, the lower first; both are of one unit."""


def out_of_order(parameter_id: str, parameters: Parameters, days: Iterable[date]) -> str | None:
    """A sentence on the first pair with this parameter in it that is the wrong way round on one of the days.

    None where they rise, or one has no value. Of readings that disagree the lowest acts until one is signed.
    """
    said = _wrong_way_round(parameter_id, parameters, days)
    return said and f"{said}: look at both, and sign the one that is to move out of the way first."


def overlay_out_of_order(overlay: Overlay, laid: Parameters) -> str | None:
    """The same of an overlay among the parameters that it is `laid` over, with its file and key.

    Looked at is every day on which a value of a pair begins to hold, or another takes over from one that ended.
    """
    for parameter_id in (replacement.replaces for replacement in overlay.replacements):
        if said := _wrong_way_round(parameter_id, laid, _turns(parameter_id, laid)):
            return f"{overlay.named}: key 'replaces', '{parameter_id}': {said}: look at both values and their days."
    return None


def _turns(parameter_id: str, laid: Parameters) -> list[date]:
    pairs = {each for pair in RISING if parameter_id in pair for each in pair}
    replacements = [each for overlay in laid.overlays for each in overlay.replacements if each.replaces in pairs]
    values = [
        *(value for parameter in laid.all if parameter.id in pairs for value in parameter.values),
        *(value for replacement in replacements for value in replacement.values),
    ]
    ended = {value.last_day + _DAY for value in values if value.last_day and value.last_day < date.max}
    return sorted({value.first_day for value in values} | ended)


def _wrong_way_round(parameter_id: str, parameters: Parameters, days: Iterable[date]) -> str | None:
    for day in days:
        for lower, higher in RISING:
            if parameter_id not in (lower, higher):
                continue
            low, high = _acts(lower, parameters, day), _acts(higher, parameters, day)
            if low is not None and high is not None and high[1] < low[1]:
                return (
                    f"On {show_day(day)} these two would be the wrong way round: {low[0]}, and {high[0]}. The first "
                    "is never above the second"
                )
    return None


def _acts(parameter_id: str, parameters: Parameters, day: date) -> tuple[str, Decimal] | None:
    """A figure with its value in words, and the value as a number; None where there is none."""
    parameter, held, _ = parameters.held(parameter_id, day)
    if held is None:
        return None
    given = [held.value, *(each.value for each in held.candidates)]
    values = [each for each in given if isinstance(each, int | Milligrams)]
    if not values:
        return None
    value = min(values, key=_amount)
    return f"“{parameter.description}” {shown_with_unit(parameter.unit, value)}", _amount(value)


def _amount(value: int | Milligrams) -> Decimal:
    return value.amount if isinstance(value, Milligrams) else Decimal(value)
