"""The line of totals is the truth: whatever failed, in whichever step, is in it, and every step has run."""

import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import suite

ROOT = Path(suite.__file__).parent.parent
COUNTS = '<testsuite tests="{tests}" failures="{failures}" errors="{errors}" skipped="{skipped}"/>'
REPORT = f"<testsuites>{COUNTS}</testsuites>"


def reporting(
    tests: int = 5,
    failures: int = 0,
    errors: int = 0,
    skipped: int = 0,
    *,
    code: int = 0,
    bad_checks: Sequence[str] = (),
) -> Callable[[Sequence[str]], int]:
    """Stands for the tools: pytest leaves a report behind, a check passes unless it is named."""

    def call(argv: Sequence[str]) -> int:
        for word in argv:
            if word.startswith("--junitxml=") and tests >= 0:
                text = REPORT.format(tests=tests, failures=failures, errors=errors, skipped=skipped)
                Path(word.removeprefix("--junitxml=")).write_text(text, "utf-8")
        if "pytest" in argv:
            return code
        return int(any(name in argv for name in bad_checks))

    return call


def run(call: Callable[[Sequence[str]], int], root: Path, *arguments: str) -> tuple[int, str, str]:
    """Exit code, all that was said, and its last line."""
    said: list[str] = []
    code = suite.run_all(arguments, long=False, root=root, call=call, say=said.append)
    return code, "\n".join(said), "\n".join(said).splitlines()[-1]


def test_tests_benchmarks_and_checks_are_counted_together(tmp_path: Path) -> None:
    code, _, last = run(reporting(tests=5, skipped=1), tmp_path)
    assert (code, last) == (0, f"{4 + 4 + 4 + len(suite.CHECKS)} passed, 0 failed")


def test_a_failed_check_is_told_and_the_tests_still_run(tmp_path: Path) -> None:
    code, said, last = run(reporting(tests=5, bad_checks=["mypy"]), tmp_path)
    assert (code, last) == (1, "18 passed, 1 failed")
    assert "--- benchmarks" in said


def test_failures_and_errors_both_count(tmp_path: Path) -> None:
    code, _, last = run(reporting(tests=5, failures=1, errors=1, code=1), tmp_path)
    assert (code, last) == (1, "13 passed, 6 failed")


@pytest.mark.parametrize("exit_code", [2, 3, 4, 5, -9])
def test_a_run_that_dies_before_its_report_is_a_failure(tmp_path: Path, exit_code: int) -> None:
    code, said, last = run(reporting(tests=-1, code=exit_code), tmp_path)
    assert code == 1
    assert last == "4 passed, 3 failed"
    assert f"ended with {exit_code}" in said


def test_a_green_report_with_a_bad_exit_code_is_not_green(tmp_path: Path) -> None:
    assert run(reporting(tests=5, code=3), tmp_path)[0] == 1


def test_what_is_asked_for_by_name_may_leave_one_run_empty_but_not_both(tmp_path: Path) -> None:
    def only_the_first(argv: Sequence[str]) -> int:
        return reporting(5)(argv) if "no:xdist" not in argv else suite.NOTHING_SELECTED

    assert run(only_the_first, tmp_path, "-k", "dose")[0] == 0
    code, said, _ = run(reporting(tests=0, code=suite.NOTHING_SELECTED), tmp_path, "-k", "nothing")
    assert code == 1
    assert "selects none" in said


def test_benchmarks_run_alone_so_that_they_measure(tmp_path: Path) -> None:
    *others, benchmarks = suite.pytest_runs([], long=False, root=tmp_path)
    assert all("2" in tests[1] for tests in others)
    assert f"--ignore={suite.BENCHMARKS}" in others[-1][1]
    assert "no:xdist" in benchmarks[1]
    assert benchmarks[1][-1] == suite.BENCHMARKS


def test_named_paths_are_all_that_is_run(tmp_path: Path) -> None:
    for path in ("tests/domain/test_roles.py", "tests/benchmarks/test_start.py"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    ((name, argv),) = suite.pytest_runs(["tests/domain/test_roles.py::test_x", "-x"], long=False, root=tmp_path)
    assert (name, argv[-2:]) == ("tests", ["-x", "tests/domain/test_roles.py::test_x"])
    ((name, argv),) = suite.pytest_runs(["tests/benchmarks/test_start.py"], long=False, root=tmp_path)
    assert (name, argv[-1]) == ("benchmarks", "tests/benchmarks/test_start.py")


def test_what_decides_is_covered_by_its_own_tests_which_run_once(tmp_path: Path) -> None:
    """Otherwise a rule about a dose has a side that no test has ever taken, or the count of tests is too high."""
    covered, tests, _ = suite.pytest_runs([], long=False, root=tmp_path)
    assert covered[1][-len(suite.MEASURED) :] == list(suite.MEASURED)
    assert {"--cov", "--cov-fail-under=100"} <= set(covered[1])
    assert {f"--ignore={path}" for path in suite.MEASURED} <= set(tests[1])
    assert not any(argument.startswith("--cov") for argument in tests[1])


@pytest.mark.parametrize("given", [("-x",), ("-k", "dose"), ("tests/domain",)])
def test_a_part_of_the_tests_is_not_asked_whether_it_covers_everything(tmp_path: Path, given: Sequence[str]) -> None:
    """Otherwise whoever runs one test is told that a thousand lines are not covered."""
    (tmp_path / "tests/domain").mkdir(parents=True)
    argv = [argument for _, run in suite.pytest_runs(given, long=False, root=tmp_path) for argument in run]
    assert not any(argument.startswith("--cov") for argument in argv)
    assert not {f"--ignore={path}" for path in suite.MEASURED} & set(argv)


def test_a_line_that_no_test_runs_is_a_failure_and_is_called_so(tmp_path: Path) -> None:
    """Otherwise somebody looks for a test that failed, and there is none."""

    def left_out(argv: Sequence[str]) -> int:
        return reporting(5, code=suite.SOME_FAILED)(argv) if "--cov" in argv else reporting(5)(argv)

    code, said, last = run(left_out, tmp_path)
    assert (code, last) == (1, "19 passed, 1 failed")
    assert suite.NOT_COVERED in said
    assert "before it could finish" not in said


def test_three_folders_are_measured_in_full_and_leave_nothing_behind() -> None:
    """Otherwise a file of counts lies among the sources, or a remark beside a line takes it out of the count."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["coverage"]
    assert project["run"]["source"] == [path.replace("tests", "pdtdesk") for path in suite.MEASURED]
    assert project["run"]["branch"] is True
    assert project["run"]["data_file"].startswith(".pytest_cache/")
    assert project["report"] == {"exclude_lines": [r"^\s*if TYPE_CHECKING:"], "partial_branches": []}
