"""Names from right to left are read on paper as they are read aloud."""

import pytest

from pdtdesk.documents.layout.direction import in_reading_order, joined, mirrored


def shown(line: str) -> str:
    turned = mirrored(line)
    return "".join(turned[at] for at in in_reading_order(line))


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("SPARROW, Daniel", "SPARROW, Daniel"),
        ("אבג", "גבא"),
        ("אבג, דהו", "והד ,גבא"),
        ("COHEN, אבג", "COHEN, גבא"),
        ("אבג A4127CK", "A4127CK גבא"),
        ("cell אבג 12 here", "cell 12 גבא here"),
        ("cell 12 אבג", "cell 12 גבא"),
        ("אבג (דהו)", "(והד) גבא"),
        ("אבג 12:30", "12:30 גבא"),
    ],
)
def test_a_line_is_put_into_the_order_of_the_eye(written: str, seen: str) -> None:
    assert shown(written) == seen


def test_no_letter_is_lost_in_turning() -> None:
    line = "12 אבג (ab) محمد 3.5 mg, דהו!"
    assert sorted(in_reading_order(line)) == list(range(len(line)))


def test_arabic_letters_join() -> None:
    """Otherwise a name falls apart into letters that nobody reads."""
    assert joined("محمد", lambda _: True) == "\ufee3\ufea4\ufee4\ufeaa"
    assert joined("لا", lambda _: True) == "\ufefb"
    assert joined("محمد", lambda _: False) == "محمد"
