"""A policy file with a slip in it is refused with the file and the key; nothing is guessed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pdtdesk.policy.dated import PolicyFileError
from pdtdesk.policy.parameters import Parameters
from pdtdesk.policy.units import UNITS, as_plain

Folder = Callable[..., Path]
BANDS_SIGNED = """
[[replacement]]
replaces = "rest_days"
[[replacement.values]]
from = 2010-05-12
value = [{ low = 0, high = 48, word = "any" }]
reference = { document = "Local policy 4", section = "1" }
authority = "product"
status = "awaiting sign-off"
"""
HERE = Path(__file__).parent
PARAMETER, DOCUMENTS, OVERLAY = (
    (HERE / "conftest.py").read_text(encoding="utf-8").split(f"{name} = " + '"""\n')[1].split('"""')[0]
    for name in ("PARAMETER", "DOCUMENTS", "OVERLAY")
)
# The same file with one dated value in its first parameter, for values of another unit.
ONE_VALUE = PARAMETER[: PARAMETER.index("[[parameter.values]]\nfrom = 2010-05-01")]
REFERENCE = '{ document = "A", section = "1" }'


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('fact = "X-01"', 'fact = "X-01"\nfacts = "X"', "key 'facts' is not known"),
        ('authority = "guidance"', 'authority = "guidance"\nvlaue = 4', "values 1: key 'vlaue' is not known"),
        (f"reference = {REFERENCE}\n", "", "key 'reference' is missing"),
        (REFERENCE, '{ document = "A" }', "reference: key 'section'"),
        (REFERENCE, '{ document = "A", section = "1", page = 2 }', "reference: key 'page' is not known"),
        (REFERENCE, '{ document = "B", section = "1" }', "'B' is not listed in documents.toml"),
        ("from = 2010-05-01", "from = 2005-05-01", "oldest first"),
        ("from = 2010-05-01", "from = 2006-01-01", "oldest first"),
        ("from = 2010-05-01", "from = 2010-03-31", "overlaps the value before it"),
        ("until = 2010-03-31", "until = 2005-03-31", "lies before from"),
        ("from = 2006-01-01\nuntil", "until", "key 'from' is missing"),
        ("from = 2010-05-01", "from = 2010-05-01T00:00:00", "key 'from'"),
        ('unit = "days"', 'unit = "fortnights"', "key 'unit': 'fortnights' is not a unit"),
        ('unit = "days"\n', "", "key 'unit' is missing"),
        ('unit = "days"', 'unit = "days"\nscale = "cows"', "only bands belong to a scale"),
        ("value = 3", "value = 3.5", "key 'value' \\(in days\\): must be a whole number"),
        ("value = 3", "value = true", "must be a whole number"),
        ("value = 3", 'value = "3"', "must be a whole number"),
        ("value = 3", "value = -3", "must be a whole number"),
        ('authority = "guidance"', 'authority = "rumour"', "key 'authority': 'rumour' is not one of"),
        ('status = "quoted"', 'status = "sure"', "key 'status': 'sure' is not one of"),
        ('status = "quoted"', 'status = "quoted"\nsigned_by = "X"', "only a signed value names who signed it"),
        ('status = "quoted"', 'status = "signed"\nsigned_by = "X"', "key 'signed_on' is missing"),
        ('status = "quoted"', 'status = "signed"\nsigned_on = 2010-01-01', "key 'signed_by' is missing"),
        ('id = "local_hours"', 'id = "rest_days"', "'rest_days' is already declared"),
        ('id = "rest_days"\n', "", "key 'id' is missing"),
        ('description = "Days of rest"', 'description = " "', "key 'description'"),
        (
            "value = 3",
            f'value = 3\ncandidates = [{{ value = 3, words = "a", reference = {REFERENCE} }}]',
            "stands beside",
        ),
        ("value = 3", f"candidates = [{{ value = 3, reference = {REFERENCE} }}]", "candidates: key 'words'"),
        ("value = 3", f'candidates = [{{ words = "a", reference = {REFERENCE} }}]', "must be a whole number"),
        ("value = 3", "candidates = []", "key 'candidates' is missing"),
        ("[[parameter]]", "[[parametre]]", "key 'parametre' is not known|key 'parameter' is missing"),
        ("value = 3", "value = ", "is not TOML"),
    ],
)
def test_a_slip_in_a_topic_file_is_refused_by_its_name(policy_folder: Folder, old: str, new: str, said: str) -> None:
    assert old in PARAMETER
    count = -1 if old == "[[parameter]]" else 1
    with pytest.raises(PolicyFileError, match=said) as refused:
        Parameters.load(policy_folder(parameter=PARAMETER.replace(old, new, count)))
    assert "rest.toml" in str(refused.value)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("approved_by", "agreed_by", "key 'agreed_by' is not known"),
        ('approved_by = "The clinical lead"\n', "", "key 'approved_by' is missing"),
        ("approved_on = 2010-05-12\n", "", "key 'approved_on' is missing"),
        ('replaces = "local_hours"', 'replaces = "locl_hours"', "no policy file declares this parameter"),
        ('replaces = "local_hours"', 'replaces = "local_hours"\nby = "x"', "key 'by' is not known"),
        ("value = 2.5", "value = 0", "must be a number above zero"),
        ("value = 2.5", 'value = "soon"', "must be a number above zero"),
        ("value = 2.5", "value = inf", "must be a number above zero"),
        ('title = "Local policy"', 'title = "Local policy"\nlies_over = "x"', "write a list of overlay ids"),
        ('title = "Local policy"', 'title = "Local policy"\ndemonstration = 1', "write true or false"),
    ],
)
def test_a_slip_in_an_overlay_is_refused_by_its_name(policy_folder: Folder, old: str, new: str, said: str) -> None:
    assert old in OVERLAY
    with pytest.raises(PolicyFileError, match=said) as refused:
        Parameters.load(policy_folder(local=OVERLAY.replace(old, new, 1)))
    assert "local.toml" in str(refused.value)


def test_a_parameter_is_replaced_once_in_one_overlay(policy_folder: Folder) -> None:
    again = OVERLAY[OVERLAY.index("[[replacement]]") :]
    with pytest.raises(PolicyFileError, match="replaced twice"):
        Parameters.load(policy_folder(local=OVERLAY + again))


def test_two_overlays_do_not_share_a_name(policy_folder: Folder) -> None:
    with pytest.raises(PolicyFileError, match="another overlay is already called 'local'"):
        Parameters.load(policy_folder(first=OVERLAY, second=OVERLAY))


@pytest.mark.parametrize(
    ("bands", "said"),
    [
        ('[{ low = 0, high = 4, word = "none" }, { low = 6, high = 48, word = "some" }]', "No band covers 5"),
        ('[{ low = 0, high = 5, word = "none" }, { low = 5, high = 48, word = "some" }]', "overlap"),
        ('[{ low = 0, high = 47, word = "any" }]', "end"),
        ('[{ low = 1, high = 48, word = "any" }]', "begin"),
        ('[{ low = 0, high = 48, name = "any" }]', "low, high and word"),
        ("[]", "must be a list of bands"),
        ("4", "must be a list of bands"),
    ],
)
@pytest.mark.hazard("H-002")
def test_bands_leave_no_score_without_a_word(policy_folder: Folder, bands: str, said: str) -> None:
    text = ONE_VALUE.replace('unit = "days"', 'unit = "bands"\nscale = "cows"').replace(
        "value = 3", f"value = {bands}"
    )
    with pytest.raises(PolicyFileError, match=said):
        Parameters.load(policy_folder(parameter=text, none=OVERLAY.replace("local_hours", "rest_days")))


@pytest.mark.hazard("H-002")
def test_bands_that_are_still_to_be_signed_are_held_to_the_same(policy_folder: Folder) -> None:
    def text(high: int) -> str:
        bands = f'[{{ low = 0, high = {high}, word = "any" }}]'
        readings = f'candidates = [{{ value = {bands}, words = "one reading", reference = {REFERENCE} }}]'
        return ONE_VALUE.replace('unit = "days"', 'unit = "bands"\nscale = "cows"').replace("value = 3", readings)

    known = OVERLAY[: OVERLAY.index("[[replacement]]")] + BANDS_SIGNED
    loaded = Parameters.load(policy_folder(parameter=text(48), local=known))
    assert loaded.all[0].scale == "cows"
    with pytest.raises(PolicyFileError, match="The bands end at 47"):
        Parameters.load(policy_folder(parameter=text(47), local=known))


def test_bands_name_their_scale(policy_folder: Folder) -> None:
    with pytest.raises(PolicyFileError, match="key 'scale': None is not one of"):
        Parameters.load(policy_folder(parameter=PARAMETER.replace('unit = "days"', 'unit = "bands"')))


@pytest.mark.parametrize(
    ("unit", "value", "said"),
    [
        ("mg", "12.5", "quotation marks"),
        ("mg", '"12 g"', "grams"),
        ("text", '""', "must be words"),
        ("rule", "4", "must be words"),
        ("day numbers", "[]", "must be a list of day numbers"),
        ("day numbers", "[0, 7, 7]", "must rise"),
        ("range", "[15]", "the lowest and the highest"),
        ("range", "[25, 15]", "the lowest of the range comes first"),
        ("range", "15", "the lowest and the highest"),
        ("course", "[]", "must be the days of a course"),
        ("course", "4", "must be the days of a course"),
        ("course", '["15 mg"]', "is no day of a course"),
        ("course", '["15 mg × 5"]', "5 times a day is not given here"),
        ("course", '"15 mg × 4, "', "must be words"),
        ("course", "[4]", "must be words"),
        ("words", '"soon"', "must be a table of words"),
        ("words", "{}", "must be a table of words"),
        ("words", "{ mild = 4 }", "must be words"),
    ],
)
def test_a_value_fits_its_unit(policy_folder: Folder, unit: str, value: str, said: str) -> None:
    text = ONE_VALUE.replace('unit = "days"', f'unit = "{unit}"').replace("value = 3", f"value = {value}")
    with pytest.raises(PolicyFileError, match=said):
        Parameters.load(policy_folder(parameter=text))


def test_documents_are_listed_once_and_in_full(policy_folder: Folder) -> None:
    with pytest.raises(PolicyFileError, match="listed twice"):
        Parameters.load(policy_folder(documents=DOCUMENTS + DOCUMENTS))
    with pytest.raises(PolicyFileError, match="key 'published'"):
        Parameters.load(policy_folder(documents=DOCUMENTS.replace('published = "2006"', "")))


def test_a_file_that_cannot_be_read_is_named(policy_folder: Folder, tmp_path: Path) -> None:
    folder = policy_folder()
    (folder / "reception" / "rest.toml").write_bytes(b'id = "\xff"')
    with pytest.raises(PolicyFileError, match=r"rest\.toml: is not UTF-8"):
        Parameters.load(folder)
    (folder / "reception" / "rest.toml").unlink()
    (folder / "reception" / "rest.toml").mkdir()
    with pytest.raises(PolicyFileError, match=r"rest\.toml: cannot be read"):
        Parameters.load(folder)
    with pytest.raises(PolicyFileError, match="no such policy folder"):
        Parameters.load(tmp_path / "elsewhere")


def test_a_folder_without_a_list_of_documents_accepts_none(policy_folder: Folder) -> None:
    folder = policy_folder()
    (folder / "documents.toml").unlink()
    with pytest.raises(PolicyFileError, match=r"not listed in documents\.toml"):
        Parameters.load(folder)


def test_a_course_is_written_day_by_day_in_a_list_or_in_one_line() -> None:
    """What is signed on a page and what stands in a file must be the same five days."""
    for raw in (["15 mg × 4", "10 mg x 3"], "15 mg × 4, 10 mg × 3"):
        assert as_plain(UNITS["course"](raw)) == ["15 mg × 4", "10 mg × 3"]
    assert as_plain(UNITS["range"]([15, 25])) == [15, 25]
