"""A name says what the thing is on the ward. These words say nothing, and everything ends up under them."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.source import PRODUCT, Problem, modules, plant, told

EMPTY_WORDS = frozenset({"manager", "helper", "util", "utility", "utilitie", "core", "common", "misc"})


def words(name: str) -> list[str]:
    """The words of a name, in small letters and the singular: `SlotManagers` gives slot, manager."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name)
    return [word.lower().removesuffix("s") for word in re.split(r"[_\W]+", apart) if word]


def empty_names(folder: Path) -> list[Problem]:
    """Folders, modules and classes named by an empty word."""
    found = []
    for module in modules(folder):
        for part in Path(module.path).with_suffix("").parts:
            if EMPTY_WORDS.intersection(words(part)):
                found.append(module.problem(1, f"`{part}` does not say what is in it: name it for what it does"))
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ClassDef) and EMPTY_WORDS.intersection(words(node.name)):
                found.append(module.problem(node.lineno, f"`{node.name}` does not say what it is: name it so"))
    return found


def test_every_module_and_class_is_named_for_what_it_is() -> None:
    assert not (found := empty_names(PRODUCT)), told(found)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("pdtdesk/ui/date_utils.py", ""),
        ("pdtdesk/store/core/rows.py", ""),
        ("pdtdesk/common.py", ""),
        ("pdtdesk/services/slots.py", "class SlotManager: ..."),
        ("pdtdesk/services/slots.py", "class Slots:\n    class DBHelpers: ..."),
    ],
)
def test_an_empty_word_is_found(tmp_path: Path, path: str, text: str) -> None:
    (found,) = empty_names(plant(tmp_path, path, text))
    assert found.where == path


def test_words_that_only_contain_an_empty_one_are_the_wards_own(tmp_path: Path) -> None:
    text = "class ScoreBand: ...\nclass CommonlyMissed: ...\nclass Utilisation: ...\n"
    assert not empty_names(plant(tmp_path, "pdtdesk/domain/scores.py", text))
