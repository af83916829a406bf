"""The handbook can be followed: every link leads somewhere, and every page of the window has its help."""

import ast
import re
from pathlib import Path

from tests.architecture.source import PRODUCT, ROOT, Problem, modules, plant, told

HANDBOOK = ROOT / "resources" / "handbook"
LINK = re.compile(r"\[[^\]\n]+\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#{1,6} +(.+)$", re.M)
MADE_BY_THE_WINDOW = frozenset({"Handbook", "Shortcuts"})
"""Pages that are help themselves."""


def broken_links(pages: list[Path], root: Path) -> list[Problem]:
    """Links to a file, or a heading in a file, that is not there. Addresses elsewhere are not followed."""
    problems = []
    for page in pages:
        where = page.relative_to(root).as_posix()
        for number, line in enumerate(page.read_text("utf-8").splitlines(), 1):
            for link in LINK.findall(line):
                path, _, heading = link.partition("#")
                if re.match(r"[a-z]+:", path):
                    continue
                target = (page.parent / path).resolve() if path else page
                if not target.exists():
                    problems.append(Problem(where, number, f"`{link}` leads nowhere"))
                elif heading and heading not in _anchors(target):
                    problems.append(Problem(where, number, f"`{link}`: {target.name} has no such heading"))
    return problems


def pages_alone(handbook: Path) -> list[Problem]:
    """Pages that nobody can reach from the index by following links."""
    reached: set[Path] = set()
    waiting = [handbook / "index.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or not page.is_file():
            continue
        reached.add(page)
        for link in LINK.findall(page.read_text("utf-8")):
            path = link.partition("#")[0]
            if path.endswith(".md"):
                waiting.append((page.parent / path).resolve())
    return [
        Problem(page.relative_to(handbook).as_posix(), 1, "no page that can be reached from index.md links here")
        for page in sorted(handbook.rglob("*.md"))
        if page.resolve() not in reached
    ]


def pages_of_the_window(product: Path) -> dict[str, str]:
    """Title to file of every page of the window: each class in `ui` that is made from `Page`."""
    made: dict[str, tuple[str, str, list[str]]] = {}
    for module in modules(product):
        if not module.path.startswith(f"{product.name}/ui/"):
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ClassDef):
                bases = [ast.unparse(base).split(".")[-1] for base in node.bases]
                made[node.name] = (module.path, _title(node), bases)

    def is_page(name: str) -> bool:
        return name == "Page" or any(is_page(base) for base in made.get(name, ("", "", []))[2])

    return {title: path for name, (path, title, _) in made.items() if name != "Page" and title and is_page(name)}


def pages_without_help(product: Path, index: str) -> list[Problem]:
    """Pages of the window whose title the index does not name in a line that links to their help."""
    lines = [line for line in index.splitlines() if LINK.search(line)]
    return [
        Problem(path, 1, f"the page `{title}` has no line with a link to its help in resources/handbook/index.md")
        for title, path in pages_of_the_window(product).items()
        if title not in MADE_BY_THE_WINDOW and not any(f"**{title}**" in line for line in lines)
    ]


def help_that_is_missing(product: Path, handbook: Path) -> list[Problem]:
    """Pages of the handbook that the window opens by name, and that are not there."""
    return [
        module.problem(node.lineno, f"the window opens `{node.value}`, which is not in resources/handbook")
        for module in modules(product)
        if module.path.startswith(f"{product.name}/ui/")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"[\w/-]+\.md", node.value)
        and not (handbook / node.value).is_file()
    ]


def _title(node: ast.ClassDef) -> str:
    """What the class calls itself; empty where it does not say."""
    for each in node.body:
        named = isinstance(each, ast.Assign) and any(ast.unparse(target) == "title" for target in each.targets)
        if named and isinstance(each.value, ast.Constant):
            return str(each.value.value)
    return ""


def _anchors(page: Path) -> frozenset[str]:
    """The names by which a page's headings are linked to."""
    if page.suffix != ".md":
        return frozenset()
    headings = HEADING.findall(page.read_text("utf-8"))
    return frozenset(re.sub(r"[\s-]+", "-", re.sub(r"[^\w\s-]", "", each.casefold())).strip("-") for each in headings)


def test_every_link_of_the_handbook_leads_somewhere() -> None:
    pages = [ROOT / "README.md", ROOT / "packaging" / "README.md", *sorted(HANDBOOK.rglob("*.md"))]
    assert len(pages) > 10
    assert not (found := broken_links(pages, ROOT)), told(found)


def test_every_page_of_the_handbook_can_be_reached() -> None:
    assert not (found := pages_alone(HANDBOOK)), told(found)


def test_every_page_of_the_window_has_its_help() -> None:
    assert {"Reception", "Due", "Sign in"} <= set(pages_of_the_window(PRODUCT))
    index = (HANDBOOK / "index.md").read_text("utf-8")
    assert not (found := pages_without_help(PRODUCT, index)), told(found)


def test_every_page_that_the_window_opens_by_name_is_there() -> None:
    assert not (found := help_that_is_missing(PRODUCT, HANDBOOK)), told(found)


def test_help_that_was_renamed_under_the_window_is_found(tmp_path: Path) -> None:
    plant(tmp_path, "handbook/due.md", "# Due")
    product = plant(
        tmp_path, "pdtdesk/ui/pages.py", '"""Opens due.md."""\nHELP = {"due": "due.md", "desk": "desk.md"}\n'
    )
    (found,) = help_that_is_missing(product, tmp_path / "handbook")
    assert (found.line, "`desk.md`" in found.what) == (2, True)


def test_a_link_to_a_page_or_heading_that_is_not_there_is_found(tmp_path: Path) -> None:
    plant(tmp_path, "due.md", "# What is due\n\n## At 21:40, and later\n")
    text = "[well](due.md#at-2140-and-later)\n[gone](dew.md)\n[no heading](due.md#at-dawn)\n[elsewhere](https://example.org/x)\n"
    plant(tmp_path, "index.md", text)
    found = broken_links([tmp_path / "index.md"], tmp_path)
    assert [(each.line, each.what.split("`")[1]) for each in found] == [(2, "dew.md"), (3, "due.md#at-dawn")]


def test_a_page_that_nobody_can_reach_is_found(tmp_path: Path) -> None:
    plant(tmp_path, "index.md", "[due](due.md)")
    plant(tmp_path, "due.md", "[index](index.md)")
    plant(tmp_path, "lost.md", "[index](index.md)")
    assert [each.where for each in pages_alone(tmp_path)] == ["lost.md"]


def test_a_page_of_the_window_without_help_is_found(tmp_path: Path) -> None:
    product = plant(tmp_path, "pdtdesk/ui/shell/page.py", 'class Page(QWidget):\n    title = ""\n')
    plant(
        tmp_path,
        "pdtdesk/ui/regime/page.py",
        'class Listed(Page): ...\nclass RegimePage(Listed):\n    title = "Regime"\n',
    )
    plant(tmp_path, "pdtdesk/ui/widgets/card.py", 'class Card(QFrame):\n    title = "Not a page"\n')
    (found,) = pages_without_help(product, "| Regime | [help](help.md) |\n**Regime**")
    assert (found.where, "`Regime`" in found.what) == ("pdtdesk/ui/regime/page.py", True)
    assert not pages_without_help(product, "| **Regime** | [help](help.md) |")
