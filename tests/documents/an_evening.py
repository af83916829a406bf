"""An evening at reception for tests of paper: arrivals taken in, triages saved, by the services themselves."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from factories import EVENING, TestDesk, a_draft, an_answer, an_arrival, an_author

from pdtdesk.domain.reception.scales import SCALES
from pdtdesk.domain.roles import Role
from pdtdesk.services.ports import ArrivalRow, Draft
from pdtdesk.services.reception.corrections import place_in_cell
from pdtdesk.services.reception.people import arrivals
from pdtdesk.services.reception.take_in import take_in
from pdtdesk.services.reception.triage import save

SPARROW: Mapping[str, str] = {
    "arrival.identity_checked": "yes",
    "arrival.first_time": "no",
    "arrival.language": "English",
    "arrival.interpreter": "no",
    "arrival.reading": "with_difficulty",
    "risk.self_harm_now": "no",
    "risk.drowsy": "no",
    "risk.intoxicated": "no",
    "withdrawal.seen": "opioids alcohol",
    "risk.seizure_ever": "yes",
    "prescribed.any": "yes",
    "medicines.cannot_wait": "none",
    "substances.opioids.last_used": "2010-05-30",
    "substances.opioids.frequency": "daily",
    "substances.opioids.amount": "0.5 g",
    "substances.opioids.route": "inject",
    "substances.opioids.years": "8",
    "substances.alcohol.last_used": "2010-05-30",
    "substances.alcohol.frequency": "daily",
    "substances.alcohol.amount": "9 units",
    "substances.benzodiazepines.last_used": "2010-05-29",
    "substances.benzodiazepines.frequency": "most_days",
    "substances.benzodiazepines.amount": "20 mg",
    "substances.crack_cocaine.frequency": "weekly",
    "substances.crack_cocaine.amount": "2 rocks",
    "substances.cannabis.frequency": "not_used",
    "substances.amphetamines.frequency": "not_used",
    "substances.injected_28_days": "yes",
    "substances.shared": "no",
    "substances.overdose_ever": "yes",
    "substances.overdose_when": "January 2009",
    "custody_doses.arrested_at": "2010-05-31T06:40",
    "custody_doses.police.given": "no",
    "custody_doses.court.given": "no",
    "prescribed.medicine": "methadone",
    "prescribed.daily": "55",
    "prescribed.pharmacy": "Mill Lane pharmacy",
    "prescribed.pharmacy_hours": "Mon-Fri 08:30-18:00, Sat 09:00-13:00",
    "prescribed.supervised": "yes",
    "prescribed.days_missed": "1",
    "prescribed.take_home": "none",
    "medicines.none": "no",
    "medicines.1.name": "Salbutamol inhaler",
    "medicines.1.dose": "2 puffs when needed",
    "medicines.1.decision": "continue",
    "medicines.2.name": "Mirtazapine",
    "medicines.2.dose": "30 mg at night",
    "medicines.2.decision": "unconfirmed",
    "risk.self_harm_before": "yes",
    "risk.self_harm_when": "2008, cut",
    "risk.acct": "not_opened",
    "risk.acct_why": "denies thoughts now, wants to see his daughter",
    "risk.allergies": "penicillin",
    "risk.injecting_sites": "problem",
    "risk.injecting_sites_what": "red lump, left groin, 2 cm",
    "risk.head_injury": "no",
    "risk.seizure_last": "2006, when he stopped drinking",
    "risk.breathing": "yes",
    "risk.heart": "no",
    "risk.mental_health": "yes",
    "risk.mental_health_what": "low mood, GP",
    "risk.dependants": "no",
    "tests.urine.opiates": "positive",
    "tests.urine.methadone": "positive",
    "tests.urine.benzodiazepines": "positive",
    "tests.breath_alcohol": "12",
    "observations.pulse": "92",
    "observations.systolic": "138",
    "observations.diastolic": "84",
    "observations.saturation": "97",
    "virus.hepatitis_c": "not_known",
    "virus.vaccination": "accepted",
    "prescriber.reached": "yes",
    "prescriber.reached_at": "2010-06-01T21:20",
    "prescriber.name": "Dr H. Castellan",
    "wishes.wants": "maintenance",
    "wishes.words": "Keep me on what I had outside, I do not want to be rattling in here.",
    "wishes.told": "Nothing can be given until the prescriber has signed; pharmacy will be asked at 08:30.",
    "wishes.agreed": "yes",
    "referral.carat": "yes",
}

OTHERS: tuple[tuple[str, str, str, str, Mapping[str, str]], ...] = (
    ("Okafor", "Emeka", "A5512DM", "B1-02", {"risk.drowsy": "yes", "risk.intoxicated": "yes"}),
    (
        "Price",
        "Gareth",
        "A0093DD",
        "B1-11",
        {"risk.self_harm_now": "yes", "risk.drowsy": "no", "risk.intoxicated": "no"},
    ),
    (
        "Lindqvist",
        "Tom",
        "A7710BN",
        "B1-04",
        {"risk.drowsy": "no", "risk.intoxicated": "no", "risk.seizure_ever": "yes"},
    ),
    ("Dunne", "Patrick", "A6620WE", "B1-12", {"risk.self_harm_before": "yes", "risk.acct": "already_open"}),
)
WAITING = (("Tran", "Minh", "A9041TR"), ("Haddad", "Samir", "A3318HK"))
CALM = {
    "risk.self_harm_now": "no",
    "risk.drowsy": "no",
    "risk.intoxicated": "no",
    "withdrawal.seen": "none",
    "risk.seizure_ever": "no",
    "prescribed.any": "no",
    "medicines.cannot_wait": "none",
    "substances.opioids.frequency": "not_used",
    "substances.alcohol.frequency": "not_used",
    "substances.benzodiazepines.frequency": "not_used",
}


def taken_in(desk: TestDesk, surname: str = "Sparrow", forenames: str = "Daniel Lee", **given: object) -> ArrivalRow:
    """One more arrival at the desk, as its worklist shows it."""
    line = an_arrival(surname=surname, forenames=forenames, **given)
    taken = take_in(desk.acting(), [(2, line)])
    assert taken.taken == 1, taken
    return next(
        row
        for row in arrivals(desk.acting(), line.arrived_at)
        if (row.surname, row.forenames) == (line.surname, line.forenames)
    )


def triaged(
    desk: TestDesk, row: ArrivalRow, answers: Mapping[str, object], on_pass: int = 2, **given: object
) -> None:
    """Save a triage of an arrival."""
    save(desk.acting(), a_draft(row.stay, row.patient_id, dict(answers), **given), on_pass)


def sparrow(desk: TestDesk, **more: object) -> str:
    """Daniel Lee Sparrow, triaged in both passes, in B1-07; answers with his patient id."""
    row = taken_in(desk, arrived_from="Ashmoor Crown Court", release_on=date(2010, 9, 13))
    answers: dict[str, object] = {
        **SPARROW,
        "risk.liver": an_answer(None, not_asked="no_time"),
        "virus.hiv": an_answer(None, not_asked="not_private", by=an_author(Role.PRESCRIBER)),
        "prescribed.last_witnessed_at": an_answer(None, not_asked="intoxicated"),
        **more,
    }
    cows = {f"cows.{item}": (points, an_answer("given")) for item, points in _cows().items()}
    triaged(desk, row, answers, items=cows)
    place_in_cell(desk.acting(), row.patient_id, "B1-07")
    return row.patient_id


def the_evening(desk: TestDesk) -> str:
    """Seven arrivals: one in both passes, four in the first, two not seen yet. Answers with Sparrow's patient id."""
    first = sparrow(desk)
    for number, (surname, forenames, prison_number, cell, answers) in enumerate(OTHERS):
        row = taken_in(desk, surname, forenames, prison_number=prison_number, born=date(1980, 2, 1 + number))
        triaged(desk, row, {**CALM, **answers}, 1)
        place_in_cell(desk.acting(), row.patient_id, cell)
    for number, (surname, forenames, prison_number) in enumerate(WAITING):
        taken_in(desk, surname, forenames, prison_number=prison_number, born=date(1990, 4, 1 + number))
    return first


def a_draft_of(row: ArrivalRow, answers: Mapping[str, object]) -> Draft:
    """A draft of an arrival's triage that nobody has saved."""
    return a_draft(row.stay, row.patient_id, dict(answers), updated_at=EVENING)


def a_day_ago() -> datetime:
    """An instant before all arrivals of the evening."""
    return datetime(2010, 6, 1, 6, tzinfo=UTC)


def _cows() -> Mapping[str, int]:
    wanted = [1, 2, 1, 2, 2, 2, 2, 1, 1, 1, 0]
    return {
        item.key: max(score for score in item.scores if score <= points)
        for item, points in zip(SCALES["cows"].items, wanted, strict=True)
    }
