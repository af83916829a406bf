"""The hand-over list, the downtime sheet and the recovery sheet, read back as they were printed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from factories import EVENING, TestDesk, a_draft, an_author

from pdtdesk.documents import Sheets
from pdtdesk.domain.staff import Establishment
from pdtdesk.services.paper import RecoverySheet
from pdtdesk.services.reception import tasks
from pdtdesk.services.reception.people import open_record
from pdtdesk.services.reception.sheet_facts import Downtime, Named, Printing, Watch
from pdtdesk.services.reception.sheets import custody_list, downtime_sheet, handover_list
from pdtdesk.services.reception.triage import keep_draft
from tests.documents.an_evening import CALM, a_day_ago, sparrow, taken_in, the_evening, triaged
from tests.documents.read_back import pages_of, squeezed, strings, whole

NOT_LOOKED = {key: words for key, words in CALM.items() if key != "risk.drowsy"}
HEADS = frozenset({"printing", "priority", "sentence", "ends_by", "sex", "what"})


def test_the_hand_over_is_one_page_with_every_line(desk: TestDesk) -> None:
    """Otherwise the night nurse misses the one who was at the end."""
    the_evening(desk)
    sheet = handover_list(desk.acting(), a_day_ago())
    pdf = Sheets().handover(sheet)
    assert len(pages_of(pdf)) == 1
    text = whole(pdf)
    said = [each.replace("Jun 2010", "Jun") for each in strings(sheet, HEADS)]
    assert [each for each in said if squeezed(each) not in text] == []
    assert text.index("NOTSEENYETNobodyhaslooked:nothingisknowntobesafe.") < text.index("HADDAD,Samir")
    assert "Noopioids,sedatives(drowsynow;intoxicatednow)" in text
    assert pdf == Sheets().handover(replace(sheet))


def test_ten_of_the_heaviest_arrivals_are_one_page(desk: TestDesk) -> None:
    """An evening of ten: otherwise the page that is left in the printer is somebody's night."""
    the_evening(desk)
    sheet = handover_list(desk.acting(), a_day_ago())
    heaviest = next(line for line in sheet.lines if line.who.name == "SPARROW, Daniel Lee")
    (page,) = pages_of(Sheets().handover(replace(sheet, lines=(heaviest,) * 10)))
    assert page.count("SPARROW") == 10


def test_what_does_not_fit_goes_on_and_keeps_its_titles(desk: TestDesk) -> None:
    the_evening(desk)
    sheet = handover_list(desk.acting(), a_day_ago())
    lines = tuple(line for line in sheet.lines for _ in range(6))
    pages = pages_of(Sheets().handover(replace(sheet, lines=lines)))
    assert len(pages) > 1
    assert all("priority, and why" in page and "Hand-over, night" in page for page in pages)
    assert sum(page.count("SPARROW") for page in pages) == 6


@pytest.mark.hazard("H-003")
def test_both_lists_ask_for_a_look_before_the_dose(desk: TestDesk) -> None:
    """He was awake when the list was written; at the dose, hours later, nobody looks."""
    the_evening(desk)
    acting = desk.acting()
    for pdf in (Sheets().handover(handover_list(acting, a_day_ago())), Sheets().downtime(downtime_sheet(acting))):
        assert "looknow,whateverwasansweredearlier" in whole(pdf)


def test_the_downtime_sheet_holds_a_whole_prison(desk: TestDesk) -> None:
    """Otherwise somebody is not counted on the morning when the desk does not start."""
    the_evening(desk)
    sheet = downtime_sheet(desk.acting())
    here = tuple(
        Named(f"SURNAME{number:03}, Forename", f"A{number:04}AA", f"B{number % 5}-{number % 40:02}", date(1980, 1, 1))
        for number in range(650)
    )
    pdf = Sheets().downtime(replace(sheet, here=(*sheet.here, *here)))
    pages = pages_of(pdf)
    text = whole(pdf)
    assert all(squeezed(f"{who.name}{who.prison_number}{who.location}") in text for who in here)
    assert len(pages) <= 7
    assert all(f"page {number} of {len(pages)}" in page for number, page in enumerate(pages, start=1))
    assert all("as at Tue 1 Jun 2010 21:40" in page for page in pages)


def test_the_downtime_sheet_says_what_is_due_tonight_and_tomorrow(desk: TestDesk) -> None:
    the_evening(desk)
    sheet = downtime_sheet(desk.acting())
    text = whole(Sheets().downtime(sheet))
    assert len(sheet.here) == 7
    assert [who.name for who in sheet.here if squeezed(who.name) not in text] == []
    assert "Wed2Jun08:30Confirmthecommunitydose" in text
    assert "Noopioidsubstitutes(nosignedorder)" in text


@pytest.mark.hazard("H-002")
def test_the_downtime_sheet_says_what_can_hurt_and_who_is_unseen(desk: TestDesk) -> None:
    """The desk is down, and the sheet on the board holds neither his insulin nor her penicillin."""
    row = taken_in(desk)
    triaged(
        desk,
        row,
        {**CALM, "risk.allergies": "allergy: no penicillin", "medicines.cannot_wait": "insulin, with breakfast"},
        2,
    )
    text = whole(Sheets().downtime(downtime_sheet(desk.acting())))
    assert "Allergy:allergy:nopenicillin" in text
    assert "Cannotwait:insulin,withbreakfast" in text
    taken_in(desk, "Unseen", prison_number="A7777AA")
    assert "NOTSEENYETNobodyhaslooked:nothingisknowntobesafe." in whole(
        Sheets().downtime(downtime_sheet(desk.acting()))
    )


def test_the_hand_over_says_how_what_the_plan_names_was_settled(desk: TestDesk) -> None:
    """ "COWS again at 19:50", and nothing is due: was it done, or lost? And the officers are told to ask her."""
    row = taken_in(desk)
    triaged(desk, row, {**NOT_LOOKED, "withdrawal.seen": "opioids"}, 1)
    (cows,) = [task for task in tasks.due(desk.acting()) if task.what == "repeat_cows"]
    tasks.settle(desk.acting(), cows.entry_id, "asleep, breathing well")
    text = whole(Sheets().handover(handover_list(desk.acting(), a_day_ago())))
    assert "Settled:COWS21:40:asleep,breathingwell." in text
    assert "Officersaskbeforelockingup." in text


def test_an_empty_desk_prints_sheets_that_say_so() -> None:
    printing = Printing(Establishment("ASH", "HMP Ashmoor"), EVENING, an_author(), "K-08")
    (page,) = pages_of(Sheets().downtime(Downtime(printing, EVENING, EVENING, (), ())))
    assert "Nothing is due tonight or tomorrow." in page


def test_the_recovery_sheet_shows_the_code_and_what_to_do_if_it_is_seen(desk: TestDesk) -> None:
    """Otherwise the code is lost, or lies open, and nobody knows what that means."""
    sheet = RecoverySheet(Establishment("ASH", "HMP Ashmoor"), "Reception 1", desk.recovery_code, EVENING, True)
    pdf = Sheets().recovery(sheet)
    (page,) = pages_of(pdf)
    groups = desk.recovery_code.split("-")
    assert len(groups) == 7
    assert all(group in page for group in groups)
    for words in ("Reception 1", "HMP Ashmoor", "Tue 1 Jun 2010", "Where to keep it", "If somebody has seen it"):
        assert words in page
    assert pdf == Sheets().recovery(sheet)


def test_paper_is_cheap_to_import() -> None:
    """Otherwise the desk starts slower for a sheet that nobody prints."""
    import subprocess
    import sys

    seen = "import sys, pdtdesk.documents; print('reportlab' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", seen], capture_output=True, text=True, check=True).stdout.strip()
        == "False"
    )


@pytest.mark.hazard("H-002")
def test_whom_nobody_has_looked_at_is_told_so_on_every_page(desk: TestDesk) -> None:
    """On the second page they stood as bare names between lines that say *tonight* and *routine*."""
    the_evening(desk)
    sheet = handover_list(desk.acting(), a_day_ago())
    unseen = next(line for line in sheet.lines if not line.passes)
    lines = tuple(replace(unseen, who=replace(unseen.who, name=f"UNSEEN{number:03}")) for number in range(300))
    pages = pages_of(Sheets().handover(replace(sheet, lines=lines)))
    assert len(pages) > 2
    for page in pages:
        assert "UNSEEN" not in page or page.index("NOT SEEN YET") < page.index("UNSEEN")


@pytest.mark.hazard("H-003")
def test_who_is_in_danger_stays_on_every_list_until_somebody_answers_otherwise(desk: TestDesk) -> None:
    """The next night, his tasks settled: *thoughts of suicide now* was on no list, though nobody had asked again."""
    the_evening(desk)
    desk.clock.advance(days=2, hours=1)
    acting, since = desk.acting(), desk.clock.now() - timedelta(days=1)
    for task in tasks.due(acting):
        if task.what not in ("reassess_sedation", "confirm_dose"):
            tasks.settle(acting, task.entry_id, "seen")
    handover, custody = handover_list(acting, since), custody_list(acting, since)
    watches = {line.name: line.watch for line in custody.lines}
    assert watches["PRICE, Gareth"] is Watch.NOT_ALONE
    assert watches["OKAFOR, Emeka"] is Watch.WAKE
    assert {"PRICE, Gareth", "OKAFOR, Emeka"} <= {line.who.name for line in handover.lines}
    down = whole(Sheets().downtime(downtime_sheet(acting)))
    assert squeezed(Watch.NOT_ALONE.words) in down


def test_the_hand_over_names_the_allergy_the_medicine_and_the_draft(desk: TestDesk) -> None:
    """*Medicines that cannot wait* does not say insulin; and what is typed and not saved is on no list."""
    patient = sparrow(desk, **{"medicines.cannot_wait": "insulin, with breakfast"})
    stay = handover_stay(desk, patient)
    keep_draft(desk.acting(), a_draft(stay, patient, {"risk.drowsy": "yes"}))
    text = whole(Sheets().handover(handover_list(desk.acting(), a_day_ago())))
    for said in ("Allergy: penicillin.", "Cannot wait: insulin, with breakfast.", "! A draft is not saved"):
        assert squeezed(said) in text


def handover_stay(desk: TestDesk, patient: str) -> str:
    return open_record(desk.acting(), patient).person.current.id
