"""Each hazard has a page and tests that bear its number: neither claims more than the other."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.architecture.source import ROOT, Problem, plant, told

SAFETY = "resources/handbook/safety"
PAGE = re.compile(r"(H-\d{3})-[a-z0-9-]+\.md")
TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
SECTIONS = (
    "What may happen",
    "Cause",
    "Effect",
    "Controls",
    "Tests that show it",
    "Residual risk",
)
Marked = Mapping[tuple[str, str], frozenset[str]]
"""(file, test) to the numbers of the hazards that it bears."""


def marked_tests(root: Path) -> Marked:
    """Every test that bears a hazard's number, by its own mark or by that of its class or file."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for file in sorted((root / "tests").rglob("test_*.py")):
        path = file.relative_to(root).as_posix()
        tree = ast.parse(file.read_text("utf-8"), str(file))
        whole = {number for node in tree.body if _is_mark_of_all(node) for number in _numbers(node)}
        for test, numbers in _tests(tree, whole):
            if numbers:
                found[(path, test)] |= numbers
    return {test: frozenset(numbers) for test, numbers in found.items()}


def broken_hazards(root: Path) -> list[Problem]:
    """Pages without tests or out of the index, tests that a page names wrongly, numbers without a page."""
    marked = marked_tests(root)
    pages = {path.name: path.read_text("utf-8") for path in sorted((root / SAFETY).glob("*.md"))}
    index = pages.pop("README.md", "")
    problems: list[Problem] = []
    described: set[str] = set()
    for name, text in pages.items():
        where = f"{SAFETY}/{name}"
        match = PAGE.fullmatch(name)
        if match is None:
            problems.append(Problem(where, 1, "a hazard's page is called H-NNN-what-happens.md"))
            continue
        described.add(match[1])
        problems += [Problem(where, line, what) for line, what in _page_faults(match[1], text, marked)]
        if f"]({name})" not in index:
            problems.append(Problem(f"{SAFETY}/README.md", 1, f"the index does not link to {name}"))
    for (path, test), numbers in marked.items():
        problems += [
            Problem(path, 1, f"`{test}` bears {number}, which has no page in {SAFETY}")
            for number in sorted(numbers - described)
        ]
    return problems


def _page_faults(number: str, text: str, marked: Marked) -> Iterator[tuple[int, str]]:
    """What is wrong with one page: (line, sentence)."""
    lines = text.splitlines()
    if not lines or not lines[0].startswith(f"# {number} "):
        yield 1, f"the page begins with its number: `# {number} · What happens`"
    for section in SECTIONS:
        if f"## {section}" not in lines:
            yield 1, f"the section `{section}` is missing"
    named = 0
    for at, line in enumerate(lines, 1):
        for path, test in TEST.findall(line):
            if number in marked.get((path, test), frozenset()):
                named += 1
            else:
                yield at, f"`{path}::{test}` is not a test that bears {number}: name one that does, or mark it"
    if not named:
        yield 1, f"no test that bears {number} is named: what nobody has shown is no control"


def _tests(node: ast.Module | ast.ClassDef, above: set[str]) -> Iterator[tuple[str, set[str]]]:
    for each in node.body:
        if isinstance(each, ast.ClassDef):
            yield from _tests(each, above | _decorated(each))
        elif isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef) and each.name.startswith("test_"):
            yield each.name, above | _decorated(each)


def _decorated(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    return {number for mark in node.decorator_list for number in _numbers(mark)}


def _is_mark_of_all(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and any(
        isinstance(target, ast.Name) and target.id == "pytestmark" for target in node.targets
    )


def _numbers(node: ast.AST) -> Iterator[str]:
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "pytest.mark.hazard" and call.args:
            yield str(ast.literal_eval(call.args[0]))


def test_each_hazard_names_the_tests_that_bear_its_number() -> None:
    assert len(list((ROOT / SAFETY).glob("H-*.md"))) >= 5
    assert not (found := broken_hazards(ROOT)), told(found)


_WHOLE = "# H-009 · Fire\n" + "\n".join(f"## {section}" for section in SECTIONS)
_LINE = "\n- `tests/ward/test_fire.py::test_it_is_put_out`\n"
_MARK = '@pytest.mark.hazard("H-009")\ndef test_it_is_put_out(): ...\n'


def a_project(
    folder: Path, *, page: str = _WHOLE + _LINE, test: str = _MARK, index: str = "[x](H-009-fire.md)"
) -> Path:
    """A project with one hazard, one page, one test."""
    plant(folder, f"{SAFETY}/H-009-fire.md", page)
    plant(folder, f"{SAFETY}/README.md", index)
    plant(folder, "tests/ward/test_fire.py", f"import pytest\n\n\n{test}")
    return folder


def test_a_hazard_with_its_page_and_test_is_whole(tmp_path: Path) -> None:
    assert not broken_hazards(a_project(tmp_path))


def test_marks_of_a_class_and_of_a_file_count(tmp_path: Path) -> None:
    in_class = '@pytest.mark.hazard("H-009")\nclass TestFire:\n    def test_it_is_put_out(self): ...\n'
    assert not broken_hazards(a_project(tmp_path / "one", test=in_class))
    of_file = 'pytestmark = [pytest.mark.hazard("H-009")]\n\n\ndef test_it_is_put_out(): ...\n'
    assert not broken_hazards(a_project(tmp_path / "two", test=of_file))


def test_a_hazard_that_no_test_shows_is_found(tmp_path: Path) -> None:
    (found,) = broken_hazards(a_project(tmp_path, page=_WHOLE))
    assert "no test that bears H-009" in found.what


def test_a_page_that_names_a_test_without_the_number_is_found(tmp_path: Path) -> None:
    found = broken_hazards(a_project(tmp_path, test="def test_it_is_put_out(): ...\n"))
    assert [(each.where, each.line) for each in found] == [
        (f"{SAFETY}/H-009-fire.md", 8),
        (f"{SAFETY}/H-009-fire.md", 1),
    ]
    assert "is not a test that bears H-009" in found[0].what


def test_a_number_without_a_page_is_found(tmp_path: Path) -> None:
    stray = _MARK + '\n\n@pytest.mark.hazard("H-010")\ndef test_flood(): ...\n'
    (found,) = broken_hazards(a_project(tmp_path, test=stray))
    assert (found.where, "`test_flood` bears H-010" in found.what) == ("tests/ward/test_fire.py", True)


def test_a_page_that_the_index_leaves_out_or_that_lacks_a_part_is_found(tmp_path: Path) -> None:
    (left_out,) = broken_hazards(a_project(tmp_path / "one", index="nothing"))
    assert "does not link to H-009-fire.md" in left_out.what
    (lacking,) = broken_hazards(a_project(tmp_path / "two", page=_WHOLE.replace("## Effect", "") + _LINE))
    assert "`Effect` is missing" in lacking.what
