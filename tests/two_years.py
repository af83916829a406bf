"""A man with two years of doses in one stay: written at once, as a round a day would have left it."""

from datetime import date, timedelta

from factories import TestDesk
from treatment import Patient, a_patient, chosen, treatment

from pdtdesk.domain.calendar import at_london, day_of
from pdtdesk.domain.record.entry import NewEntry
from pdtdesk.domain.roles import Role
from pdtdesk.services.desk.staff import renew_leases

DAYS = 730


def on_methadone_for_two_years(desk: TestDesk) -> Patient:
    """On 20 mg each morning, all of it taken but a day here and there; the clock stands two years on."""
    patient = a_patient(desk)
    chosen(desk, patient)
    (order,) = treatment(desk, patient).orders
    first = day_of(desk.clock.now())
    entries = [_dose(desk, patient, order.entry_id, first + timedelta(days=number)) for number in range(DAYS)]
    desk.clock.advance(days=DAYS)
    renew_leases(desk.acting(Role.ADMIN))
    with desk.store.work() as work, work.folding_once():
        work.append(entries)
    return patient


def _dose(desk: TestDesk, patient: Patient, order: str, day: date) -> NewEntry:
    at = at_london(day, desk.clock.now().timetz().replace(tzinfo=None))
    taken = day.toordinal() % 37 != 0
    body = {
        "stay": patient.stay,
        "order": order,
        "course": order,
        "day": day.isoformat(),
        "slot": "morning",
        "medicine": "methadone",
        "ordered": "20 mg",
        "supervised": True,
        "outcome": "taken" if taken else "refused",
        "taken": None,
        "reason": "" if taken else "did not want it",
        "witness": "K. Osei",
    }
    return NewEntry("regime", "dose", body, desk.acting().who, patient.patient_id, happened_at=at)
