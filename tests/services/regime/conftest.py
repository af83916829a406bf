"""A desk in the morning, before the medicine round."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from factories import TestDesk
from treatment import a_morning


@pytest.fixture
def ward(tmp_path: Path) -> Iterator[TestDesk]:
    """An encrypted desk on the morning of Wed 2 Jun 2010."""
    made = a_morning(tmp_path / "desk")
    yield made
    made.door.close()
