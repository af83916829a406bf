"""A new program folds the journal in its own way; it never shows the lists of an older one."""

from factories import CHEAP, EVENING, PASSWORD, TestDesk, an_arrival, chance
from sqlalchemy import text

from pdtdesk.services.reception.take_in import take_in
from pdtdesk.store.door import DeskDoor
from pdtdesk.store.keys.secret import FolderSecrets
from pdtdesk.store.verify import verify


def test_lists_that_an_older_program_folded_are_folded_again_on_opening(desk: TestDesk) -> None:
    """After an update the worklist would otherwise sort by yesterday's rules, and `desk verify` cry wolf."""
    take_in(desk.acting(), [(2, an_arrival())])
    with desk.store.engine.begin() as connection:
        connection.execute(text("UPDATE arrival SET rank = 77, arrived_from = 'nowhere'"))
        connection.exec_driver_sql("PRAGMA user_version = 0")
    desk.door.close()
    door = DeskDoor(desk.folder, FolderSecrets(desk.folder), clock=desk.clock, random_bytes=chance(6), cost=CHEAP)
    store = door.enter("nurse", PASSWORD).store
    with store.reading() as work:
        (row,) = work.arrivals(EVENING)
    assert (row.arrived_from, row.order) == ("Crown Court", 1)
    assert verify(desk.folder, door.key(), door.noted_head()).sound
    door.close()


def test_a_desk_that_is_up_to_date_is_not_folded_again(desk: TestDesk) -> None:
    """Folding a large desk takes seconds, which nobody has at every sign-in."""
    take_in(desk.acting(), [(2, an_arrival())])
    with desk.store.engine.begin() as connection:
        connection.execute(text("UPDATE arrival SET arrived_from = 'a mark of the test'"))
    desk.door.close()
    store = desk.door.enter("nurse", PASSWORD).store
    with store.reading() as work:
        assert work.arrivals(EVENING)[0].arrived_from == "a mark of the test"
