"""Makes the desk that is kept of a released schema: run once, when the schema is released, and never again.

`PYTHONPATH=.:tests .venv/bin/python -m tests.store.released.make tests/store/released/0003`

The people are invented. What is written in it is the same at every run; the database's bytes are not, as SQLCipher
salts them. It is a demonstration, whose secret lies in its folder, so that it opens without a keyring. Everybody's
password is `factories.PASSWORD`; its recovery code is printed, and kept in `RECOVERY` of `test_schema.py`.
"""

import shutil
import sys
from pathlib import Path

from factories import a_desk, a_draft, an_arrival
from treatment import PHOTOGRAPH, Patient, a_patient, a_schedule, an_ordering, chosen, due, given

from pdtdesk.domain.roles import Role
from pdtdesk.services.reception import corrections, joining, tasks, triage
from pdtdesk.services.reception.take_in import take_in
from pdtdesk.services.regime.handing import hand_out

SURNAMES = ("Sparrow", "Ó Wren", "Dunnock")


def make(folder: Path) -> str:
    """Write the desk into a folder that is not there yet; answers with its recovery code."""
    desk = a_desk(folder, seed=1)
    nurse, lead = desk.acting(), desk.acting(Role.LEAD)
    named = [(n, an_arrival(surname=name, prison_number=f"A{n:04d}CK")) for n, name in enumerate(SURNAMES, start=2)]
    take_in(nurse, named)
    with desk.store.reading() as work:
        first, second, third = (row.patient_id for row in work.present())
        stay = work.person(first).current.id
    triage.save(nurse, a_draft(stay, first, {"risk.pregnant": "no", "risk.drowsy": "yes"}), 1)
    corrections.place_in_cell(lead, second, "B1-07")
    joining.tell_apart(nurse, second, third, "two faces")
    task = next(each for each in tasks.due(nurse) if each.what != "reassess_sedation")  # that ends by looking alone
    tasks.settle(nurse, task.entry_id, "done")
    # Since schema 0002: one man whose dose was written down, one whose dose was handed out and nothing more.
    for surname, number in (("Siskin", "A0005CK"), ("Redstart", "A0006CK")):
        patient: Patient = a_patient(desk, surname=surname, prison_number=number)
        chosen(desk, patient, ordering=an_ordering(schedule=a_schedule(desk.clock.now().date(), slots=("night",))))
        if surname == "Siskin":
            given(desk, patient, slot="night")
        else:
            hand_out(desk.acting(), due(desk, patient, "night"), PHOTOGRAPH)
    desk.door.close()
    for lock in folder.glob("*.lock"):
        lock.unlink()
    return desk.recovery_code


if __name__ == "__main__":
    target = Path(sys.argv[1])
    shutil.rmtree(target, ignore_errors=True)
    print(make(target))
