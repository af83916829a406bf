"""What every test may use: a desk of its own, encrypted for real, with a clock that the test sets."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parent))

from factories import TestDesk, a_desk

settings.register_profile("ward", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ward")
"""A busy machine fails no test: what is slow is seen in tests/benchmarks."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TestDesk]:
    """An encrypted desk of HMP Ashmoor with one member of each role, opened by the nurse."""
    made = a_desk(tmp_path / "desk")
    yield made
    made.door.close()
