"""A dose that was given on paper, as the timeline, the sheet and a cup that asks say it."""

from datetime import timedelta

from a_round import PHOTOGRAPH, a_patient
from factories import TestDesk

from pdtdesk.domain.regime.doses import Outcome
from pdtdesk.services.ports import TimelineRow
from pdtdesk.services.reception.corrections import mark_in_error
from pdtdesk.services.reception.people import open_record
from pdtdesk.services.reception.sheets import downtime_sheet
from pdtdesk.services.regime.from_paper import Paper, write_from_paper
from pdtdesk.services.regime.giving import open_dose
from pdtdesk.services.regime.handing import Ended, hand_out
from pdtdesk.ui.record.timeline_rows import timeline_row
from pdtdesk.ui.regime.round_words import account_lines, handed_words

TAKEN = Ended(Outcome.TAKEN)


def test_a_dose_on_paper_says_so_wherever_it_stands(desk: TestDesk) -> None:
    """Everywhere else it would read as if whoever typed it at eleven had stood at the hatch at half past eight."""
    held, at = a_patient(desk), desk.clock.now()
    desk.clock.advance(hours=2)
    now = write_from_paper(desk.acting(), held.due(), Paper(at, "K. Osei"), TAKEN)
    assert now.written is not None
    assert dict(account_lines(now.written))["By"] == "K. Osei, on paper; entered by R. Adeyemi, Nurse"
    entries = open_record(desk.acting(), held.patient_id).person.folded.effective
    mine = [each for each in entries if each.kind in ("dose", "dose_begun")]
    lines = [
        timeline_row(TimelineRow(e.id, e.kind, e.header.happened_at, e.author, desk.clock.now(), e.body))
        for e in mine
    ]
    assert {line.title for line in lines} == {
        "Dose handed out: methadone 30 mg, morning, handed out, on paper, by K. Osei",
        "Dose: methadone 30 mg, morning, taken, on paper, by K. Osei",
    }
    assert {line.detail for line in lines} == {
        "Tue 1 Jun 2010 08:30 · R. Adeyemi, Nurse, written Tue 1 Jun 2010 10:30"
    }
    (his,) = downtime_sheet(desk.acting()).ordered
    assert [slot.said for slot in his.orders[0].days[0].slots] == ["taken 30 mg 08:30, K. Osei, on paper"]
    mark_in_error(desk.acting(), now.written.entry_id, "misread the line")
    cup = open_dose(desk.acting(), held.due()).begun
    assert cup is not None
    assert handed_words(cup).startswith("Handed out Tue 1 Jun 2010 08:30 by K. Osei, on paper. What")


def test_a_dose_at_the_desk_says_nothing_of_paper(desk: TestDesk) -> None:
    """Otherwise nobody knows which doses the desk has seen."""
    held = a_patient(desk)
    hand_out(desk.acting(), held.due(), PHOTOGRAPH)
    cup = open_dose(desk.acting(), held.due()).begun
    assert cup is not None
    assert "paper" not in handed_words(cup)
    assert desk.clock.now() - cup.at < timedelta(minutes=1)
