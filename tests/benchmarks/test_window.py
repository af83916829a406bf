"""What a nurse waits for at the window: to be let in, to be let in again, and a person's triage."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from factories import PASSWORD, TestDesk
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from ward import RESOURCES, Ward

from pdtdesk.exchange.reception_list import read
from pdtdesk.services.ports import ArrivalRow
from pdtdesk.services.reception.take_in import take_in
from pdtdesk.store.keys.members import PRODUCT_COST
from pdtdesk.ui.theme import Theme, load_fonts
from pdtdesk.ui.tokens import load_tokens
from tests.benchmarks.at_the_window import Seen, enter_until_the_worklist_is_seen, ready, type_password, wait_for
from tests.benchmarks.big_desk import TIMELINE, BigDesk, copied, reopened, with_history
from tests.benchmarks.figures import Goal, Stopwatch

Open = Callable[[], Ward]


@pytest.fixture(scope="module")
def evening(big: BigDesk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestDesk]:
    """The large desk with tonight's list taken in, and one among them who was here before; shut again."""
    copy = copied(big.desk, tmp_path_factory.mktemp("evening") / "desk")
    with_history(copy, 7)
    listed = read((RESOURCES / "demo" / "receptions.csv").read_bytes(), copy.clock.now().date())
    assert take_in(copy.acting(), listed.rows).taken == 12
    copy.door.close()
    yield copy
    shutil.rmtree(copy.folder.path)


@pytest.fixture
def open_window(evening: TestDesk, qtbot: QtBot, qapp: QApplication):
    """Opens the window on that desk as after a start; the one before it is closed."""
    dress(qapp)
    opened: list[Ward] = []

    def shut() -> None:
        while opened:
            ward = opened.pop()
            ward.station.work.close()
            ward.desk.door.close()
            ward.window.shell.close()
            ward.window.shell.deleteLater()
            ward.window.deleteLater()
            QCoreApplication.sendPostedEvents(
                None, QEvent.Type.DeferredDelete
            )  # windows left over slow all that follow
            assert ward.wrong == []

    def open_() -> Ward:
        shut()
        opened.append(Ward(qtbot, reopened(evening, PRODUCT_COST)))
        ready(opened[-1])
        return opened[-1]

    yield open_
    shut()


def dress(qapp: QApplication) -> None:
    """As by day; once, as each time takes long."""
    if not qapp.styleSheet():
        load_fonts(RESOURCES / "theme")
        Theme(load_tokens(RESOURCES / "theme")).apply(qapp)


def argon2id() -> None:
    """What the password alone costs, by the product's parameters."""
    cost = PRODUCT_COST
    Argon2id(salt=bytes(16), length=32, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib).derive(
        PASSWORD.encode()
    )


def cost_in_force(folder: Path) -> list[int]:
    slot = json.loads((folder / "slots" / "1" / "nurse.json").read_text())
    found = [value for value in walk(slot) if isinstance(value, list) and len(value) == 3]
    assert len(found) == 1, slot
    return found[0]


def walk(value: object):
    yield value
    for each in value.values() if isinstance(value, dict) else ():
        yield from walk(each)


def test_from_the_password_to_the_worklist(open_window: Open, evening: TestDesk, stopwatch: Stopwatch) -> None:
    """The first sign-in after a start: the database is opened, and tonight's arrivals are seen."""
    at: list[Ward] = []

    def arrive() -> None:
        at[:] = [open_window()]
        type_password(at[0], "nurse")

    stopwatch.measure(
        "sign-in to worklist seen",
        lambda: enter_until_the_worklist_is_seen(at[0]),
        before=arrive,
        floor=argon2id,
        goal=Goal(plus_s=0.150, over_floor=True),
        rounds=7,
        note="(first sign-in: the database is opened)",
    )
    cost = PRODUCT_COST
    assert cost_in_force(evening.folder.path) == [cost.memory_kib, cost.passes, cost.lanes], "a cheaper password"


def test_back_after_a_lock(open_window: Open, stopwatch: Stopwatch) -> None:
    """A nurse locks the desk forty times a night: if coming back is slow, she leaves it open."""
    ward = open_window()
    type_password(ward, "nurse")
    enter_until_the_worklist_is_seen(ward)

    def lock() -> None:
        ward.settle()
        ward.window.lock("by hand")
        ward.settle()
        assert ward.page() == "sign-in"
        type_password(ward, "nurse")

    stopwatch.measure(
        "back after a lock, worklist seen",
        lambda: enter_until_the_worklist_is_seen(ward),
        before=lock,
        floor=argon2id,
        goal=Goal(plus_s=1.0),
        rounds=9,
    )


def test_a_person_with_history_is_in_hand_at_once(open_window: Open, big: BigDesk, stopwatch: Stopwatch) -> None:
    """From the key on the worklist until the triage stands there, with what was asked in the stay before."""
    ward = open_window()
    type_password(ward, "nurse")
    enter_until_the_worklist_is_seen(ward)
    ward.settle()
    rows = ward.reception.rows()
    known = next(row for row in rows if row.known and row.surname.startswith("Newcomer"))
    long_known = next(row for row in rows if row.patient_id == big.patient_id)
    other = next(row for row in rows if not row.known)

    def somebody_else() -> None:
        ward.reception.open_stay(other.stay)
        ward.settle()

    stopwatch.measure(
        "triage of a person with history seen",
        lambda: open_until_it_is_seen(ward, known),
        before=somebody_else,
        goal=Goal(),
        rounds=9,
    )
    assert len(ward.reception.triage.person.history) > 60, "nothing of the stay before stands there"
    stopwatch.measure_again(
        "  the same, tonight's plan beside it",
        lambda: (open_until_it_is_seen(ward, known), ward.settle()),
        before=somebody_else,
        rounds=5,
    )
    stopwatch.measure_again(
        f"  of a person with {TIMELINE} entries",
        lambda: open_until_it_is_seen(ward, long_known),
        before=somebody_else,
        rounds=5,
    )


def open_until_it_is_seen(ward: Ward, row: ArrivalRow) -> None:
    """From the key on the worklist until the person's triage is painted."""
    triage = ward.reception.triage
    seen = Seen(
        triage.form.viewport(), lambda: triage.person is not None and triage.person.patient_id == row.patient_id
    )
    ward.reception.open_stay(row.stay)
    wait_for(lambda: seen.painted)
