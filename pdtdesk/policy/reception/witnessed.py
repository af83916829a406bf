"""Hours since the last dose that somebody saw taken (D-23), and days missed (D-05): is the tolerance still there?"""

from datetime import datetime

from pdtdesk.domain.calendar import show_instant, whole_hours_between
from pdtdesk.domain.durations import counted, hours_said
from pdtdesk.domain.quantities import Milligrams
from pdtdesk.domain.reception.facts import CommunityPrescription, Medicine, ReceptionFacts
from pdtdesk.domain.reception.questions.prescribed import PLACES
from pdtdesk.policy.findings import Tier, Urgency
from pdtdesk.policy.parameters import NotSignedLocally, ParametersOnDay, Reading
from pdtdesk.policy.reception.codes import Code
from pdtdesk.policy.reception.prescription import shown
from pdtdesk.policy.reception.said import NOTHING, Said, asked, listed, say, together
from pdtdesk.policy.reception.signs import same_medicine, substitutes


def witnessed(facts: ReceptionFacts, params: ParametersOnDay, now: datetime) -> Said:
    """The hours are always shown for each opioid substitute prescribed outside, with the days missed."""
    said = []
    for prescribed in substitutes(facts):
        said.append(_hours(prescribed, facts, params, now))
        if prescribed.days_missed:
            said.append(_missed(prescribed, prescribed.days_missed, params))
    return together(*said)


def last_witnessed(prescribed: CommunityPrescription, facts: ReceptionFacts, now: datetime) -> datetime | None:
    """The latest dose of this medicine that somebody saw taken, outside or since arrest; never one still to come."""
    medicine = same_medicine(prescribed.medicine)
    given = [d.given_at for d in facts.custody_doses or () if same_medicine(d.medicine) == medicine]
    if prescribed.last_witnessed_at is not None:
        given.append(prescribed.last_witnessed_at)
    return max((at for at in given if at <= now), default=None)


def _hours(prescribed: CommunityPrescription, facts: ReceptionFacts, params: ParametersOnDay, now: datetime) -> Said:
    rule = params.rule("witnessed_dose_shown")
    limit = asked(params.hours, "hours_without_witnessed_dose")
    custody = _custody_words(facts, now)
    at = last_witnessed(prescribed, facts, now)
    if at is None:
        return say(
            Code.WITNESSED_NOT_KNOWN,
            Tier.MUST_ACKNOWLEDGE,
            Urgency.TONIGHT,
            f"{shown(prescribed)}: the last witnessed dose is not known, so tolerance cannot be counted on. "
            f"{custody}",
            [rule, limit],
            label="Last dose",
            reason="last witnessed dose not known",
        )
    hours = whole_hours_between(at, now)
    ago = hours_said(hours)
    gone = f"{shown(prescribed)}: {ago} since the last witnessed dose ({show_instant(at)}). {custody}"
    values = [("hours_since_witnessed", hours)]
    if isinstance(limit, NotSignedLocally):
        return say(
            Code.HOURS_SINCE_WITNESSED,
            Tier.MUST_ACKNOWLEDGE,
            Urgency.TONIGHT,
            f"{gone} From how many hours tolerance is in doubt is not signed here: the prescriber judges.",
            [rule, limit],
            label="Last dose",
            values=values,
        )
    if hours >= limit.value:
        return say(
            Code.TOLERANCE_IN_DOUBT,
            Tier.MUST_ACKNOWLEDGE,
            Urgency.TONIGHT,
            f"{gone} Tolerance is in doubt from {counted(limit.value, 'hour')}: the old dose is not simply given "
            "again.",
            [rule, limit],
            label="Last dose",
            reason="tolerance in doubt",
            values=values,
        )
    return say(
        Code.HOURS_SINCE_WITNESSED,
        Tier.NOTE,
        Urgency.TONIGHT,
        f"{gone} Tolerance counts as in doubt from {counted(limit.value, 'hour')}.",
        [rule, limit],
        label="Last dose",
        values=values,
    )


def _custody_words(facts: ReceptionFacts, now: datetime) -> str:
    arrest = ""
    if facts.arrested_at is not None and facts.arrested_at <= now:
        hours = whole_hours_between(facts.arrested_at, now)
        arrest = f" since arrest {show_instant(facts.arrested_at)}, {hours_said(hours)} ago"
    if facts.custody_doses is None:
        return f"Doses in police custody, court, hospital and escort{arrest} are not known: ask by name and time."
    past = [d for d in facts.custody_doses if d.given_at <= now]
    if not past:
        return f"None given{arrest}."
    given = [
        f"{d.medicine}{f' {d.amount}' if d.amount else ''} ({_place(d.place)}) {show_instant(d.given_at)}"
        for d in past
    ]
    return f"Given{arrest}: {listed(given)}."


def _place(word: str) -> str:
    return next((place.label.lower() for place in PLACES if place.word == word), word)


def _missed(prescribed: CommunityPrescription, missed: int, params: ParametersOnDay) -> Said:
    days = f"{shown(prescribed)}: {counted(missed, 'day')} missed"
    if prescribed.medicine is not Medicine.METHADONE:
        return say(
            Code.MISSED_DAYS_NO_SOURCE,
            Tier.MUST_ACKNOWLEDGE,
            Urgency.TONIGHT,
            f"{days}. No source held here says from how many missed days {prescribed.medicine} is reassessed: the "
            "prescriber judges.",
            [params.rule("witnessed_dose_shown")],
            label="Days missed",
        )
    signed = asked(params.days, "missed_days_reassess")
    restart = params.milligrams("methadone_restart_most")
    if not isinstance(signed, NotSignedLocally):
        return _reassess(days, missed, params, signed, restart) if missed >= signed.value else NOTHING
    thresholds = [c.value for c in signed.candidates if isinstance(c.value, int)]
    if missed < min(thresholds, default=0):
        return NOTHING
    if missed < max(thresholds, default=0):
        readings = listed([f"{c.words} ({c.reference.document})" for c in signed.candidates])
        return say(
            Code.MISSED_DAYS_DISPUTED,
            Tier.MUST_ACKNOWLEDGE,
            Urgency.TONIGHT,
            f"{days}. The sources disagree on when to reassess: {readings}. Until one is signed here, the prescriber "
            f"judges; do not restart above {restart.value}.",
            [restart, signed],
            label="Days missed",
            reason="days missed",
        )
    return _reassess(days, missed, params, signed, restart)


def _reassess(
    days: str,
    missed: int,
    params: ParametersOnDay,
    signed: Reading[int] | NotSignedLocally,
    restart: Reading[Milligrams],
) -> Said:
    induction = asked(params.days, "missed_days_new_induction")
    if isinstance(induction, NotSignedLocally):
        again = "From how many days a new induction is needed is not signed here."
    elif missed >= induction.value:
        again = f"A new induction is needed from {counted(induction.value, 'day')}."
    else:
        again = f"A new induction is not yet needed (from {counted(induction.value, 'day')})."
    return say(
        Code.MISSED_DAYS_REASSESS,
        Tier.MUST_ACKNOWLEDGE,
        Urgency.TONIGHT,
        f"{days}: reassess before any dose, and do not restart above {restart.value}. {again}",
        [restart, signed, induction],
        label="Days missed",
        reason="days missed",
    )
