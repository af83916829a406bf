"""Figures: one large desk for all of them, and the table of what was measured at the end of the run."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from factories import TestDesk, a_desk
from pytest_benchmark.fixture import BenchmarkFixture

from tests.benchmarks.big_desk import BigDesk, copied, fill
from tests.benchmarks.figures import Figure, Stopwatch, load, table

_FIGURES = pytest.StashKey[list[Figure]]()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """`figure | floor | measured | ratio | to reach`, medians of rounds that took turns."""
    figures = config.stash.get(_FIGURES, [])
    if figures:
        terminalreporter.section(f"figures ({load()})")
        for line in table(figures):
            terminalreporter.write_line(line)


@pytest.fixture
def stopwatch(benchmark: BenchmarkFixture, pytestconfig: pytest.Config) -> Stopwatch:
    """Measures a figure and keeps it for the table."""
    return Stopwatch(benchmark, pytestconfig.stash.setdefault(_FIGURES, []))


@pytest.fixture(scope="session")
def big(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BigDesk]:
    """The desk of a large prison after years. Who writes more than a line of the audit takes `a_copy`."""
    made = a_desk(tmp_path_factory.mktemp("big") / "desk")
    yield fill(made)
    made.door.close()


@pytest.fixture
def a_copy(big: BigDesk, tmp_path: Path) -> Iterator[TestDesk]:
    """The large desk, to be written in."""
    copy = copied(big.desk, tmp_path / "copy")
    yield copy
    copy.door.close()
    shutil.rmtree(copy.folder.path)
