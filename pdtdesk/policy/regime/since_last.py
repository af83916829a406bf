"""How long ago a dose was last seen taken: always said before the next one (D-23)."""

from datetime import datetime

from pdtdesk.domain.calendar import show_instant, whole_hours_between
from pdtdesk.domain.durations import counted, hours_said
from pdtdesk.policy.findings import Finding, Source, Tier, finding
from pdtdesk.policy.parameters import NotSignedLocally, ParametersOnDay


def hours_since_witnessed(
    last: datetime | None, now: datetime, params: ParametersOnDay, *, other: tuple[datetime, str] | None = None
) -> Finding:
    """How many hours ago a dose was last seen taken: always said, and a warning from the hours that are signed.

    `other` is when another opioid substitute was, and which: said where no dose of this one is known.
    """
    rule = params.rule("witnessed_dose_shown")
    if last is None:
        said = "No witnessed dose of this medicine is known: tolerance cannot be counted on."
        if other is not None:
            at, name = other
            ago = hours_said(whole_hours_between(at, now))
            said = f"{said} {name.capitalize()} was last seen taken {ago} before, {show_instant(at)}."
        return finding("RD-HOURS-SINCE-WITNESSED", Tier.MUST_ACKNOWLEDGE, said, [rule])
    hours = whole_hours_between(last, now)
    said = f"{hours_said(hours)} since the last witnessed dose, {show_instant(last)}."
    sources: list[Source] = [rule]
    tier = Tier.NOTE
    try:
        limit = params.hours("hours_without_witnessed_dose")
        sources.append(limit)
        if hours >= limit.value:
            tier, said = Tier.MUST_ACKNOWLEDGE, f"{said} Tolerance is in doubt from {counted(limit.value, 'hour')}."
    except NotSignedLocally as unsigned:
        sources.append(unsigned)
    return finding("RD-HOURS-SINCE-WITNESSED", tier, said, sources, values=[("hours", hours)])
