"""A figure in a policy file is what its unit says, or the file is refused; a dose and a day are never guessed."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from pdtdesk.domain.regime.courses import TimesADay
from pdtdesk.policy.dated import PolicyFileError
from pdtdesk.policy.parameters import Parameters
from tests.policy.conftest import OVERLAY, PARAMETER

Folder = Callable[..., Path]
# The same file with one dated value in its first parameter, for values of another unit.
ONE_VALUE = PARAMETER[: PARAMETER.index("[[parameter.values]]\nfrom = 2010-05-01")]
OTHER = OVERLAY.replace('"local_hours"', '"rest_days"')


def load(policy_folder: Folder, unit: str, value: str) -> Parameters:
    text = ONE_VALUE.replace('unit = "days"', f'unit = "{unit}"').replace("value = 3", f"value = {value}")
    overlay = OTHER.replace("value = 2.5", f"value = {value}")
    return Parameters.load(policy_folder(parameter=text, local=overlay))


@pytest.mark.parametrize(
    ("unit", "value", "said"),
    [
        ("range", "[15]", r"must be the lowest and the highest of a range, such as \[15, 25\]"),
        ("range", "15", "must be the lowest and the highest of a range"),
        ("range", "[25, 15]", "the lowest of the range comes first"),
        ("range", '["15", 25]', "must be a whole number"),
        ("course", "[]", "must be the days of a course"),
        ("course", "4", "must be the days of a course"),
        ("course", '["15 mg four times"]', "is no day of a course: write a dose and times, as 15 mg × 4"),
        ("course", '["15 ml × 4"]', "is in millilitres; doses are written in mg"),
        ("course", '["15 mg × 9"]', "9 times a day is not given here"),
        ("course", "[15]", "must be words"),
        ("day numbers", "[7, 0]", "the day numbers must rise"),
        ("day numbers", "[]", "must be a list of day numbers"),
    ],
)
def test_a_figure_that_is_not_of_its_unit_is_refused(policy_folder: Folder, unit: str, value: str, said: str) -> None:
    """Otherwise a course of alcohol withdrawal is shipped with a day that nobody can give."""
    with pytest.raises(PolicyFileError, match=said) as refused:
        load(policy_folder, unit, value)
    assert "rest.toml" in str(refused.value)


def test_a_range_and_a_course_are_read_as_they_are_written(policy_folder: Folder) -> None:
    """Otherwise the fourth dose of the first day, or the upper end of a range, is lost on the way (D-13)."""
    day = date(2010, 3, 1)
    assert load(policy_folder, "range", "[15, 25]").on(day).range("rest_days").value == (15, 25)
    assert load(policy_folder, "range", "[15, 15]").on(day).range("rest_days").value == (15, 15)
    course = (TimesADay.parse("15 mg × 4"), TimesADay.parse("10 mg × 3"))
    assert load(policy_folder, "course", '["15 mg × 4", "10 mg x 3"]').on(day).course("rest_days").value == course


@pytest.mark.parametrize(
    ("value", "said"), [(f'"{"9" * 5000}"', "not '9999"), ("nan", "not NaN"), ("[1]", "not a list")]
)
def test_a_value_that_does_not_fit_is_quoted_short_and_in_words(policy_folder: Folder, value: str, said: str) -> None:
    """A sentence of five thousand letters, or in Python's own words, is read by no clinical lead."""
    with pytest.raises(PolicyFileError) as refused:
        load(policy_folder, "days", value)
    assert said in str(refused.value)
    assert len(str(refused.value)) < 400
