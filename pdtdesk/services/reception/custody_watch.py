"""From the codes of a plan to what custody staff are asked to do: by a closed list of words, never by leaving out.

No sentence, reason, answer or score is read here. A code says which of five instructions is printed; an interval is
printed only where it has the form of one; a time is printed as a time. So nothing that anybody typed, and no word for
a medicine, a substance or an illness, can reach the paper.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal

from pdtdesk.domain.reception.person import PersonRecord, Stay
from pdtdesk.policy.findings import TaskKind
from pdtdesk.policy.reception.codes import Code
from pdtdesk.services.reception.sheet_facts import CustodyLine, Watch

WATCH_BY_CODE: Mapping[Code, Watch] = {
    Code.SELF_HARM_NOW: Watch.NOT_ALONE,
    **dict.fromkeys((Code.SEDATION_DROWSY, Code.SEDATION_INTOXICATED, Code.METHADONE_OBSERVATION), Watch.WAKE),
    **dict.fromkeys(
        (
            *(Code.SEDATION_NOT_CHECKED, Code.FIRST_PASS_OPEN, Code.NO_GUIDANCE),
            *(Code.UNDER_18, Code.AGE_NOT_KNOWN),
        ),
        Watch.ASK,
    ),
    **dict.fromkeys(
        (
            *(Code.SELF_HARM_BEFORE, Code.FIRST_WEEK_WATCH, Code.ADMISSION, Code.INPATIENT_WITHDRAWAL),
            *(Code.COWS, Code.COWS_NOT_TAKEN, Code.CIWA_AR, Code.CIWA_AR_NOT_TAKEN, Code.ALCOHOL_CARE),
            *(Code.SEDATION_RISKS, Code.SUBSTANCES_NOT_ASKED),
        ),
        Watch.LOOK_IN,
    ),
}
"""What a finding asks of custody staff; the strongest of a person's findings is printed."""

SAYS_NOTHING = frozenset(
    {
        *(Code.PREGNANT, Code.ALLERGY, Code.NALTREXONE, Code.TWO_SUBSTITUTES, Code.MEDICINES_CANNOT_WAIT),
        *(Code.MEDICINE_WITHOUT_REASON, Code.MEDICINES_NOT_CONFIRMED),
        *(Code.PRESCRIBER_NOT_RECORDED, Code.PRESCRIBER_NOT_REACHED, Code.PRESCRIBER_NO_ORDER),
        *(Code.NURSE_ALONE, Code.ORDER_SIGNED, Code.ORDER_BEFORE, Code.SEDATION_CHECK, Code.FROM_18_TO_20),
        *(Code.TOLERANCE_IN_DOUBT, Code.HOURS_SINCE_WITNESSED, Code.WITNESSED_NOT_KNOWN),
        *(Code.MISSED_DAYS_REASSESS, Code.MISSED_DAYS_DISPUTED, Code.MISSED_DAYS_NO_SOURCE),
        *(Code.DOSE_NOT_CONFIRMED, Code.DOSE_CONFIRMED_IN_PART, Code.DOSE_CONFIRMED, Code.DOSE_REFUTED),
        *(Code.CORRECT_SENTENCE, Code.CORRECT_TIME, Code.CORRECT_SCORE, Code.CORRECT_SEX),
        *(Code.ALCOHOL_NOT_IN_UNITS, Code.ASSISTED_WITHDRAWAL, Code.STABILISATION_REVIEW, Code.STABILISATION_TO_COME),
        *(Code.PSYCHOSOCIAL_PACKAGE, Code.CARAT_REFERRAL, Code.AUDIT_DUE, Code.AUDIT, Code.SDS_DUE, Code.SDS),
        *(Code.HEPATITIS_B_OFFER, Code.WOUND_CARE, Code.DEPENDANTS, Code.WISHES_NOT_RECORDED),
    }
)
"""Findings that are healthcare's own business: custody staff have nothing to do for them, and are told nothing."""

_INTERVALS: Mapping[Code, str] = {
    Code.SEDATION_DROWSY: "sedation_recheck_hours",
    Code.SEDATION_INTOXICATED: "sedation_recheck_hours",
}
_HOURS = re.compile(r"(\d{1,2}(?:\.\d{1,2})?) hours")

VISITS = frozenset(
    {
        *(TaskKind.REASSESS_SEDATION, TaskKind.ACCT_DECISION, TaskKind.PRESCRIBER_TONIGHT, TaskKind.MIDWIFE_TODAY),
        *(TaskKind.OBSERVE, TaskKind.REPEAT_COWS, TaskKind.REPEAT_CIWA_AR),
    }
)
"""Tasks for which somebody from healthcare comes to the cell and has to be let in."""


def custody_line(person: PersonRecord, stay: Stay, until: datetime) -> CustodyLine:
    """What custody staff are told of one person: what to do, how often, when healthcare comes."""
    findings = tuple(_findings(stay))
    watch = _watch(findings) if stay.plans else Watch.ASK
    return CustodyLine(
        name=person.identity.display,
        prison_number=person.identity.prison_number,
        location=stay.location,
        watch=watch,
        minutes=_minutes(findings) if watch is Watch.WAKE else None,
        lower_bunk=any(code is Code.ALCOHOL_CARE for code, _ in findings),
        acct_open=any(held.answer.value in ("opened", "already_open") for held in stay.answers.get("risk.acct", ())),
        visits=_visits(stay, until),
    )


def _findings(stay: Stay) -> Iterable[tuple[Code | None, Mapping[str, object]]]:
    """The codes of every plan that stands, with the values they used; None for a code of a newer desk."""
    for plan in stay.plans:
        for found in plan.body.get("findings", ()):
            word = found.get("code")
            yield (Code(word) if word in tuple(Code) else None), found.get("values") or {}


def _watch(findings: tuple[tuple[Code | None, Mapping[str, object]], ...]) -> Watch:
    asked = {_watch_of(code) for code, _ in findings}
    return next((watch for watch in tuple(Watch) if watch in asked), Watch.ORDINARY)


def _watch_of(code: Code | None) -> Watch:
    if code is None:
        return Watch.ASK  # a newer desk found something that this one cannot weigh
    return WATCH_BY_CODE.get(code, Watch.ORDINARY if code in SAYS_NOTHING else Watch.ASK)


def _minutes(findings: tuple[tuple[Code | None, Mapping[str, object]], ...]) -> int | None:
    """The shortest signed interval, in minutes; None where nobody has signed one."""
    shown = [str(values.get(_INTERVALS[code], "")) for code, values in findings if code and code in _INTERVALS]
    forms = [_HOURS.fullmatch(each) for each in shown]
    found = [int(Decimal(form.group(1)) * 60) for form in forms if form]
    return min((minutes for minutes in found if minutes), default=None)


def _visits(stay: Stay, until: datetime) -> tuple[datetime, ...]:
    kinds = {str(kind) for kind in VISITS}
    return tuple(
        sorted(
            {
                task.due_at
                for task in stay.tasks
                if task.settled is None and task.what in kinds and task.due_at is not None and task.due_at <= until
            }
        )
    )
