"""The day, the hour, ids and chance are arguments: only the composition roots ask the machine for them.

So that a record can be folded up to any day, a screen shown as it was, and every test repeated to the letter.
"""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.source import PRODUCT, Module, Problem, dotted, dotted_names, modules, plant, told

ROOTS = frozenset({"pdtdesk/app.py", "pdtdesk/__main__.py"})

ASKS = re.compile(
    r"""
      datetime\.datetime\.(now|utcnow|today) | datetime\.date\.today
    | time\.(time|monotonic|perf_counter|process_time)(_ns)? | time\.(localtime|gmtime|strftime|ctime|asctime)
    | uuid\.uuid[1-8] | secrets(\..+)? | random(\..+)? | os\.(urandom|getrandom)
    | PySide6\.QtCore\.(QDateTime\.currentDateTime.* | QDate\.currentDate | QTime\.currentTime | QUuid\.createUuid)
    | PySide6\.QtCore\.(QRandomGenerator.* | QElapsedTimer)
    | sqlalchemy(\.sql)?\.func\.(now|random|randomblob|current_.*)
    | cryptography\..+\.(generate|generate_key|generate_private_key)
    """,
    re.VERBOSE,
)
IN_SQL = re.compile(r"\bCURRENT_(TIMESTAMP|DATE|TIME)\b|\brandomblob\s*\(|\(\s*'now'", re.IGNORECASE)

# One line for each place that may ask, with the reason; a place that no longer asks is found as well.
ALLOWED: dict[tuple[str, str], str] = {}


def asked(module: Module) -> list[tuple[int, str]]:
    """Where a module asks the machine for the time or for chance: line, and what it asks."""
    names = dotted_names(module.tree)
    found = {}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute | ast.Name):
            full = dotted(node, names)
            if full and ASKS.fullmatch(full):
                found[(node.lineno, full)] = None
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and (sql := IN_SQL.search(node.value)):
            found[(node.lineno, sql[0])] = None
    outermost = [key for key in found if not any(key[0] == o[0] and o[1].startswith(key[1] + ".") for o in found)]
    return sorted(outermost)


def clocks(folder: Path, allowed: dict[tuple[str, str], str]) -> list[Problem]:
    """Places below the composition roots that ask for the time or for chance, and permissions nobody uses."""
    found, used = [], set()
    for module in modules(folder):
        if module.path in ROOTS:
            continue
        for line, what in asked(module):
            if (module.path, what) in allowed:
                used.add((module.path, what))
            else:
                found.append(module.problem(line, f"asks for `{what}`: take it as an argument"))
    idle = sorted({*allowed} - used)
    return found + [Problem(path, 1, f"no longer asks for `{what}`: take it off the list") for path, what in idle]


def test_nothing_below_the_composition_roots_asks_what_day_it_is() -> None:
    assert not (found := clocks(PRODUCT, ALLOWED)), told(found)


@pytest.mark.parametrize(
    "text",
    [
        "from datetime import datetime\nx = datetime.now()",
        "import datetime as d\nx = d.datetime.now(d.UTC)",
        "from datetime import date\nx = date.today()",
        "from datetime import date\nask = date.today",
        "from time import time\nx = time()",
        "import time\nx = time.monotonic()",
        "import uuid\nx = uuid.uuid4()",
        "from uuid import uuid4 as new_id\nx = new_id()",
        "import secrets\nx = secrets.token_bytes(32)",
        "from os import urandom\nx = urandom(16)",
        "import random\nx = random.Random(1)",
        "from PySide6.QtCore import QDate\nx = QDate.currentDate()",
        "from PySide6 import QtCore\nx = QtCore.QDateTime.currentDateTimeUtc()",
        "from sqlalchemy import func\nx = func.now()",
        "from cryptography.hazmat.primitives.ciphers.aead import AESGCM\nx = AESGCM.generate_key(256)",
        "x = 'INSERT INTO entries VALUES (1, CURRENT_TIMESTAMP)'",
        "x = \"SELECT date('now')\"",
    ],
)
def test_asking_is_found_however_it_is_imported(tmp_path: Path, text: str) -> None:
    (found,) = clocks(plant(tmp_path, "pdtdesk/services/tonight.py", text), {})
    assert (found.where, found.line) == ("pdtdesk/services/tonight.py", len(text.splitlines()))


def test_the_composition_roots_may_ask(tmp_path: Path) -> None:
    text = "from datetime import date\nx = date.today()"
    plant(tmp_path, "pdtdesk/app.py", text)
    assert not clocks(plant(tmp_path, "pdtdesk/__main__.py", text), {})


def test_speaking_of_days_is_not_asking(tmp_path: Path) -> None:
    text = "from datetime import date, datetime\nx = date(2010, 6, 1)\ny = datetime.fromisoformat('2010-06-01T21:40')"
    assert not clocks(plant(tmp_path, "pdtdesk/domain/days.py", text), {})


def test_a_permission_that_nobody_uses_is_found(tmp_path: Path) -> None:
    place = ("pdtdesk/store/keys/slots.py", "os.urandom")
    folder = plant(tmp_path, place[0], "import os\nx = os.urandom(12)")
    assert not clocks(folder, {place: "a nonce"})
    plant(tmp_path, place[0], "x = 1")
    assert [found.where for found in clocks(folder, {place: "a nonce"})] == [place[0]]
