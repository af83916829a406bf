"""A desk in the morning and a window at it, for the pages of the medicine round."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from a_round import a_morning
from at_desk import AtDesk, sitting_at
from factories import TestDesk
from pytestqt.qtbot import QtBot


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TestDesk]:
    """Half past eight in the morning."""
    made = a_morning(tmp_path / "desk")
    yield made
    made.door.close()


@pytest.fixture
def at(qtbot: QtBot, desk: TestDesk) -> Iterator[AtDesk]:
    """A window at that desk."""
    with sitting_at(qtbot, desk) as found:
        yield found
        assert found.wrong == []
