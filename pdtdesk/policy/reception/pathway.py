"""What reception sets going, as dated tasks: stabilisation, the 28-day package, day two, referral, vaccination."""

from datetime import date, datetime, timedelta

from pdtdesk.domain.calendar import day_of, show_day
from pdtdesk.domain.durations import counted
from pdtdesk.domain.reception.facts import Medicine, ReceptionFacts, Substance
from pdtdesk.domain.reception.scales import OutsideBands
from pdtdesk.policy.findings import TaskKind, Tier, Urgency
from pdtdesk.policy.parameters import NotSignedLocally, ParametersOnDay
from pdtdesk.policy.reception.codes import Code
from pdtdesk.policy.reception.said import NOTHING, Due, Said, asked, say, together
from pdtdesk.policy.reception.scales import band
from pdtdesk.policy.reception.signs import named, opioid_withdrawal_possible, uses_anything
from pdtdesk.policy.working_days import planned_for_review

_STABILISED_ON = (Medicine.METHADONE, Medicine.BUPRENORPHINE, Medicine.BUPRENORPHINE_NALOXONE)


def pathway(facts: ReceptionFacts, params: ParametersOnDay, now: datetime) -> Said:
    """All that falls due after tonight, with the day it is due and the day it is planned for."""
    return together(
        _stabilisation(facts, params, now),
        _methadone_observation(facts, params, now),
        _package(facts, params),
        _referral(facts, params, now),
        _audit(facts, params, now),
        _sds(facts, params, now),
        _hepatitis_b(facts, params, now),
    )


def _stabilisation(facts: ReceptionFacts, params: ParametersOnDay, now: datetime) -> Said:
    least, rule = params.days("stabilisation_least"), params.rule("review_days")
    first = facts.first_dose_at
    if first is None or first > now:
        if not opioid_withdrawal_possible(facts, params):
            return NOTHING
        return say(
            Code.STABILISATION_TO_COME,
            Tier.NOTE,
            Urgency.ROUTINE,
            f"Stabilisation is counted from the first dose given: at least {counted(least.value, 'day')}, then a "
            "review.",
            [least, rule],
            label="Due",
        )
    if facts.first_dose_medicine not in (None, *_STABILISED_ON):
        return NOTHING
    due = day_of(first) + timedelta(days=least.value)
    planned = planned_for_review(due)
    moved = f", planned {show_day(planned)}" if planned != due else ""
    return say(
        Code.STABILISATION_REVIEW,
        Tier.NOTE,
        Urgency.ROUTINE,
        f"Stabilisation review {show_day(due)}{moved}: at least {counted(least.value, 'day')} from the first dose "
        f"({show_day(day_of(first))}), and no reduction before then.",
        [least, rule],
        label="Due",
        due=Due(TaskKind.STABILISATION_REVIEW, due, None, planned),
        values=[("due_on", due), ("planned_on", planned)],
    )


def _methadone_observation(facts: ReceptionFacts, params: ParametersOnDay, now: datetime) -> Said:
    first = facts.first_dose_at
    if first is None or first > now or facts.first_dose_medicine is not Medicine.METHADONE:
        return NOTHING
    times, days = params.times_a_day("methadone_observation_times"), params.days("methadone_observation_days")
    last = day_of(first) + timedelta(days=days.value - 1)
    if last < day_of(now):
        return NOTHING
    often = f"{counted(times.value, 'time')} a day for {counted(days.value, 'day')}, to {show_day(last)}"
    return say(
        Code.METHADONE_OBSERVATION,
        Tier.MUST_ACKNOWLEDGE,
        Urgency.TONIGHT,
        f"Methadone begun {show_day(day_of(first))}: observe {often}.",
        [times, days],
        label="Observe",
        due=Due(TaskKind.OBSERVE, last),
        observe=f"After starting methadone: {often}.",
    )


def _package(facts: ReceptionFacts, params: ParametersOnDay) -> Said:
    started = facts.clinical_management_started_on
    if started is None:
        return NOTHING
    length, rule = params.days("psychosocial_package_days"), params.rule("review_days")
    last = started + timedelta(days=length.value - 1)
    planned = planned_for_review(last)
    return say(
        Code.PSYCHOSOCIAL_PACKAGE,
        Tier.NOTE,
        Urgency.ROUTINE,
        f"Psychosocial package for the first {counted(length.value, 'day')} of clinical management, "
        f"{show_day(started)} to {show_day(last)}; its evidence is weak.",
        [length, rule],
        label="Due",
        due=Due(TaskKind.PSYCHOSOCIAL_PACKAGE, last, None, planned),
        values=[("from", started), ("to", last)],
    )


def _referral(facts: ReceptionFacts, params: ParametersOnDay, now: datetime) -> Said:
    if not uses_anything(facts):
        return NOTHING
    return say(
        Code.CARAT_REFERRAL,
        Tier.NOTE,
        Urgency.SOON,
        "Refer to CARAT tonight.",
        [params.rule("carat_referral")],
        label="CARAT",
        due=Due(TaskKind.CARAT_REFERRAL, day_of(now)),
    )


def _second_pass(facts: ReceptionFacts, params: ParametersOnDay, now: datetime) -> date:
    received = facts.custody.received_on or day_of(now)
    return received + timedelta(days=params.days("second_pass_days").value)


def _audit(facts: ReceptionFacts, params: ParametersOnDay, now: datetime) -> Said:
    alcohol, audit = facts.use(Substance.ALCOHOL), facts.scores.audit
    if audit is None:
        if alcohol is not None and alcohol.used is False:
            return NOTHING
        due = _second_pass(facts, params, now)
        return say(
            Code.AUDIT_DUE,
            Tier.NOTE,
            Urgency.ROUTINE,
            f"AUDIT can wait: due {show_day(due)}.",
            [params.days("second_pass_days")],
            label="Due",
            due=Due(TaskKind.AUDIT, due),
        )
    try:
        found, bands = band(params, "audit", audit.value)
    except OutsideBands:
        return NOTHING  # said by `facts_agree`
    sentence = f"AUDIT {audit.value}: {found.label} ({found.from_score} to {found.to_score})."
    return say(Code.AUDIT, Tier.NOTE, Urgency.ROUTINE, sentence, [bands])


_SDS_DRUGS = (
    Substance.OPIOIDS,
    Substance.CRACK_COCAINE,
    Substance.AMPHETAMINES,
    Substance.BENZODIAZEPINES,
    Substance.ALCOHOL,
)


def _sds(facts: ReceptionFacts, params: ParametersOnDay, now: datetime) -> Said:
    score, drug = facts.scores.sds, facts.scores.sds_substance
    if score is None:
        if not uses_anything(facts):
            return NOTHING
        due = _second_pass(facts, params, now)
        return say(
            Code.SDS_DUE,
            Tier.NOTE,
            Urgency.ROUTINE,
            f"SDS can wait: due {show_day(due)}.",
            [params.days("second_pass_days")],
            label="Due",
            due=Due(TaskKind.SDS, due),
        )
    if drug not in _SDS_DRUGS:
        return NOTHING
    cut_off = asked(params.score, f"sds_cut_off_{drug}")
    if isinstance(cut_off, NotSignedLocally):
        readings = " or ".join(c.words for c in cut_off.candidates)
        meaning = f"the papers disagree on the cut-off ({readings}), and none is signed here"
    else:
        side = "at or above" if score.value >= cut_off.value else "below"
        meaning = f"{side} the cut-off of {cut_off.value}"
    sentence = f"SDS {score.value} for {named(drug)}: {meaning}."
    return say(Code.SDS, Tier.NOTE, Urgency.ROUTINE, sentence, [cut_off])


def _hepatitis_b(facts: ReceptionFacts, params: ParametersOnDay, now: datetime) -> Said:
    known = facts.hepatitis_b
    if known.vaccinated or known.offered:
        return NOTHING
    days = asked(params.day_numbers, "hepatitis_b_days")
    rule = params.rule("hepatitis_b_offer")
    if isinstance(days, NotSignedLocally):
        schedule = "the days of the doses are not signed here"
    else:
        first = day_of(now)
        schedule = "from tonight: " + ", ".join(show_day(first + timedelta(days=n)) for n in days.value)
    risk = "Injected in the last 28 days: offer" if facts.risks.injected_last_28_days else "Offer"
    return say(
        Code.HEPATITIS_B_OFFER,
        Tier.NOTE,
        Urgency.ROUTINE,
        f"{risk} hepatitis B vaccination: three doses can be given in three weeks ({schedule}).",
        [rule, days],
        label="Offer",
        due=Due(TaskKind.HEPATITIS_B_OFFER, _second_pass(facts, params, now)),
    )
