"""A recovery code read from paper: what the hand types is read the same at the terminal and in the window."""

import pytest

from pdtdesk.domain.recovery_code import is_last_group, symbols_of

CODE = "ABCDE-FGHJK-MNPQR-STVWX-YZ012-34567-801AB"


@pytest.mark.parametrize("typed", ["801AB", "801ab", " 8 0 1 a b ", "8OLAB", "8oiab", "801-AB", "801–AB."])
def test_the_last_group_is_known_however_it_is_written(typed: str) -> None:
    """Otherwise somebody who has the right paper is told that it is wrong."""
    assert is_last_group(typed, CODE)


@pytest.mark.parametrize("typed", ["", " - ", "34567", "801A", CODE, "801AC"])
def test_nothing_else_proves_the_paper(typed: str) -> None:
    """Otherwise the code leaves the screen and is on no paper."""
    assert not is_last_group(typed, CODE)


def test_a_whole_code_is_read_however_it_is_grouped() -> None:
    assert symbols_of("abcde fghjk.mnpqr") == symbols_of("ABC-DEF-GHJ-KMN-PQR") == "ABCDEFGHJKMNPQR"
