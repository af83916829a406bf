"""Every check and every test of the project, each step run whatever the one before said, counted in one line."""

from __future__ import annotations

import os
import tempfile
import time
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

CHECKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ruff check", ("-m", "ruff", "check", ".")),
    ("ruff format", ("-m", "ruff", "format", "--check", ".")),
    ("mypy", ("-m", "mypy")),
    ("import contracts", ("-c", "from importlinter.cli import lint_imports_command as run; run(['--no-logo'])")),
)
BENCHMARKS = "tests/benchmarks"
MEASURED = ("tests/domain", "tests/policy", "tests/protocol")
"""The tests that by themselves run every line and every branch of what decides: of `domain`, `policy`, `protocol`."""
NOT_COVERED = "of domain, policy, protocol not every branch is tested: the lines stand above"
SOME_FAILED, NOTHING_SELECTED = 1, 5  # pytest's own exit codes


@dataclass(frozen=True)
class Step:
    """What one step came to: a check counts as one, a run of pytest as its tests."""

    name: str
    passed: int
    failed: int
    skipped: int = 0
    seconds: float = 0.0
    note: str = ""

    def line(self) -> str:
        """The step as one line of the table at the end."""
        words = "failed" if self.failed else "passed"
        if self.note:
            words += f"  ({self.note})"
        if self.passed + self.failed + self.skipped != 1:
            words += f"  {self.passed} passed, {self.failed} failed, {self.skipped} skipped"
        return f"{self.name:<18}{self.seconds:7.1f} s  {words}"


def run_all(
    arguments: Sequence[str],
    *,
    long: bool,
    root: Path,
    call: Callable[[Sequence[str]], int],
    say: Callable[[str], None],
) -> int:
    """Run every step, then print the table and `N passed, N failed`; 0 only where nothing failed.

    `arguments` are pytest's. Where they name paths, only these are run, benchmarks among them apart from the rest.
    """
    steps: list[Step] = []
    for name, argv in CHECKS:
        say(f"--- {name}")
        started = time.monotonic()
        good = call(argv) == 0
        steps.append(Step(name, int(good), int(not good), seconds=time.monotonic() - started))
    for name, chosen in pytest_runs(arguments, long=long, root=root):
        say(f"--- {name}")
        steps.append(run_pytest(name, chosen, call, narrowed=bool(arguments)))
    return report(steps, say)


def report(steps: Sequence[Step], say: Callable[[str], None]) -> int:
    """Print what each step came to and the one line of totals; the exit code."""
    ran = sum(step.passed + step.failed + step.skipped for step in steps[len(CHECKS) :])
    say("\n" + "\n".join(step.line() for step in steps))
    if not ran:
        say("No test was run: what follows `test` selects none.")
    failed = sum(step.failed for step in steps) + (not ran)
    say(f"\n{sum(step.passed for step in steps)} passed, {failed} failed")
    return 1 if failed else 0


def pytest_runs(arguments: Sequence[str], *, long: bool, root: Path) -> list[tuple[str, list[str]]]:
    """The runs of pytest on two processes, then the benchmarks alone so that they measure.

    What the person gave comes last, so that it wins (`-n 0`, `-m long`). Where nothing was given, the tests of what
    decides run apart, and fail where they leave out a branch; of a part of them that could not be asked.
    """
    paths = [argument for argument in arguments if (root / argument.split("::")[0]).exists()]
    options = [argument for argument in arguments if argument not in paths]
    timed = [path for path in paths if path.replace(os.sep, "/").startswith(BENCHMARKS)]
    others = [path for path in paths if path not in timed]
    chosen = [] if long else ["-m", "not long"]
    runs = []
    if others or not paths:
        apart = ["-n", "2", "--dist", "loadfile", "--benchmark-disable"]
        elsewhere = [BENCHMARKS]
        if not arguments:
            elsewhere += MEASURED
            covered = ["--cov", "--cov-report=term-missing:skip-covered", "--cov-fail-under=100"]
            runs.append(("tests, covered", [*apart, *covered, *chosen, *MEASURED]))
        runs.append(("tests", [*apart, *(f"--ignore={path}" for path in elsewhere), *chosen, *options, *others]))
    if timed or not paths:
        alone = ["-p", "no:xdist", "--benchmark-columns=min,median,max,rounds"]
        runs.append(("benchmarks", [*alone, *chosen, *options, *(timed or [BENCHMARKS])]))
    return runs


def run_pytest(name: str, argv: Sequence[str], call: Callable[[Sequence[str]], int], *, narrowed: bool) -> Step:
    """One run of pytest, counted from its own report; a run that died before reporting counts as one failure."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        report_file = Path(folder) / "report.xml"
        code = call(["-m", "pytest", f"--junitxml={report_file}", *argv])
        passed, failed, skipped = counts(report_file)
    seconds = time.monotonic() - started
    if code == NOTHING_SELECTED and narrowed:
        return Step(name, 0, 0, 0, seconds, "nothing selected")
    if code and not failed:
        covered = code == SOME_FAILED and "--cov" in argv
        note = NOT_COVERED if covered else f"pytest ended with {code} before it could finish"
        return Step(name, passed, 1, skipped, seconds, note)
    return Step(name, passed, failed, skipped, seconds)


def counts(report_file: Path) -> tuple[int, int, int]:
    """Passed, failed (errors among them) and skipped tests in a JUnit report; all 0 where there is none."""
    if not report_file.exists():
        return 0, 0, 0
    suites = ET.parse(report_file).getroot().iter("testsuite")
    passed = failed = skipped = 0
    for one in suites:
        bad = int(one.get("failures", 0)) + int(one.get("errors", 0))
        failed += bad
        skipped += int(one.get("skipped", 0))
        passed += int(one.get("tests", 0)) - bad - int(one.get("skipped", 0))
    return passed, failed, skipped
