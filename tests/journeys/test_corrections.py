"""Mistakes are mended in the window: a wrong cell, a wrong name, an entry in error, two records of one man."""

from collections.abc import Callable
from pathlib import Path

import pytest
from factories import EVENING, an_arrival
from ward import Ward

from pdtdesk.services.reception import corrections, people
from pdtdesk.services.reception.take_in import take_in


def open_one(ward: Ward, at: int = 0) -> str:
    row = ward.reception.rows()[at]
    ward.reception.open_stay(row.stay)
    ward.settle()
    return row.patient_id


def test_a_cell_and_a_name_are_corrected_in_one_panel(ward: Ward, the_list: Callable[[], Path]) -> None:
    """She writes B1-07 down once, and the officer's call finds him there."""
    ward.sign_in()
    ward.take_in(the_list())
    patient = open_one(ward)
    ward.reception.triage.who_asked.emit()
    who = ward.reception.who
    who.fields["location"].set_value("B1-07")
    who.fields["forenames"].set_value("Daniel Leigh")
    who.save()
    ward.settle()
    facts = ward.window.shell.banner.facts
    assert (facts.location, facts.name.endswith("Daniel Leigh")) == ("B1-07", True)
    assert people.search(ward.desk.acting(), "b1-07")[0].patient_id == patient


def test_a_wrong_nhs_number_is_refused_under_its_field_and_nothing_is_lost(
    ward: Ward, the_list: Callable[[], Path]
) -> None:
    """0000000000 passes some libraries; here it would join every unknown man into one."""
    ward.sign_in()
    ward.take_in(the_list())
    open_one(ward)
    ward.reception.triage.who_asked.emit()
    who = ward.reception.who
    who.fields["nhs_number"].set_value("0000000000")
    who.save()
    ward.settle()
    assert who.isVisible()
    assert "NHS number" in who.fields["surname"].error()
    assert who.fields["nhs_number"].value() == "0000000000"


def test_an_entry_in_error_is_marked_from_the_timeline(ward: Ward, the_list: Callable[[], Path]) -> None:
    """The wrong cell was written: marking it brings back what stood before, and says why."""
    ward.sign_in()
    ward.take_in(the_list())
    patient = open_one(ward)
    corrections.place_in_cell(ward.desk.acting(), patient, "B1-07")
    corrections.place_in_cell(ward.desk.acting(), patient, "C2-01")
    ward.reception.open_person(patient)
    ward.settle()
    ward.reception.turn_timeline()
    ward.settle()
    latest = next(row for row in ward.reception.timeline.list.rows() if row.title.startswith("Arrived"))
    ward.reception.timeline.list.opened.emit(latest.id)
    ward.settle()
    entry = ward.reception.entry
    entry._why.set_value("another man's cell")
    entry._mark.click()
    ward.settle()
    assert ward.window.shell.banner.facts.location == "B1-07"


@pytest.mark.hazard("H-001")
def test_two_records_that_look_alike_stand_side_by_side_and_are_joined_by_hand(ward: Ward) -> None:
    """Nothing is joined unless she says so and says how she knows."""
    ward.sign_in()
    take_in(ward.desk.acting(), [(2, an_arrival())])
    take_in(ward.desk.acting(), [(3, an_arrival(prison_number=None, arrived_at=EVENING))])
    ward.reception.refresh()
    ward.settle()
    row = next(row for row in ward.reception.rows() if row.unsure and row.prison_number is None)
    ward.reception.open_stay(row.stay)
    ward.settle()
    panel = ward.reception.same_person
    assert panel.isVisible()
    held = {cells[0]: cells[1:] for cells in panel._beside._cells.cells}
    assert held["Last here"] == ("1 Jun 2010, from Crown Court",) * 2
    assert held["Legal status"] == ("Remand",) * 2
    panel._join.click()
    ward.settle()
    assert panel.isVisible(), "joined without a reason"
    panel._why.set_value("photograph, and his mother's name")
    panel._join.click()
    ward.settle()
    assert not panel.isVisible()
    assert len(ward.reception.triage.person.patient_ids) == 2
