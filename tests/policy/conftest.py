"""A small policy folder that a test may spoil."""

from collections.abc import Callable
from pathlib import Path

import pytest

PARAMETER = """
[[parameter]]
id = "rest_days"
description = "Days of rest"
unit = "days"
fact = "X-01"
[[parameter.values]]
from = 2006-01-01
until = 2010-03-31
value = 3
reference = { document = "A", section = "1" }
authority = "guidance"
status = "quoted"
[[parameter.values]]
from = 2010-05-01
value = 5
reference = { document = "A", section = "2" }
authority = "guidance"
status = "awaiting sign-off"

[[parameter]]
id = "local_hours"
description = "Hours between looks"
unit = "hours"
fact = "X-02"
[[parameter.values]]
from = 2006-01-01
reference = { document = "A", section = "3" }
authority = "product"
status = "awaiting sign-off"
"""
DOCUMENTS = """
[[document]]
id = "A"
title = "A source"
published = "2006"
"""
OVERLAY = """
id = "local"
title = "Local policy"
approved_by = "The clinical lead"
approved_on = 2010-05-12

[[replacement]]
replaces = "local_hours"
[[replacement.values]]
from = 2010-05-12
value = 2.5
reference = { document = "Local policy 4", section = "1" }
authority = "product"
status = "signed"
signed_by = "The clinical lead"
signed_on = 2010-05-12
"""


@pytest.fixture
def policy_folder(tmp_path: Path) -> Callable[..., Path]:
    """Writes a policy folder: what is given replaces the ordinary text of that file."""

    def write(parameter: str = PARAMETER, documents: str = DOCUMENTS, **overlays: str) -> Path:
        (tmp_path / "reception").mkdir(exist_ok=True)
        (tmp_path / "overlays").mkdir(exist_ok=True)
        (tmp_path / "reception" / "rest.toml").write_text(parameter, encoding="utf-8")
        (tmp_path / "documents.toml").write_text(documents, encoding="utf-8")
        for name, text in (overlays or {"local": OVERLAY}).items():
            (tmp_path / "overlays" / f"{name}.toml").write_text(text, encoding="utf-8")
        return tmp_path

    return write
