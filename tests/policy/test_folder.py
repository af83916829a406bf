"""A folder of local policy: every file is looked at, and each that cannot be used is named with its key."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pdtdesk.policy.check import CheckReport, check, run_check
from pdtdesk.policy.dated import Overlay, PolicyFileError
from pdtdesk.policy.national import load_national, national_folder
from pdtdesk.policy.parameter_file import read_overlay, read_table
from pdtdesk.policy.parameters import Parameters
from tests.policy.test_check import ARRIVAL, OVERLAY, OWN

EXAMPLE = f'{ARRIVAL}\n[expect]\nfindings = ["RC-COWS"]\n'
TODAY = date(2010, 6, 1)


def checked(folder: Path, **files: str) -> CheckReport:
    """The folder with these files in it, checked; a name has `.toml` put behind it."""
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return run_check([folder], TODAY)


def named(overlay_id: str, *beneath: str, text: str = OVERLAY) -> str:
    """The overlay under another id, lying over others."""
    over = ", ".join(f'"{each}"' for each in beneath)
    return text.replace('"ashmoor"', f'"{overlay_id}"\nlies_over = [{over}]', 1)


def of_days(replaces: str, days: int, overlay_id: str = "ashmoor", *beneath: str, until: str = "") -> str:
    """An overlay that puts so many days in the place of a parameter."""
    text = OVERLAY.replace("cows_repeat_hours", replaces).replace("value = 3", f"value = {days}")
    return named(overlay_id, *beneath, text=text.replace("from = 2010-05-12", f"from = 2010-05-12\n{until}"))


CIRCLE = "overlays lie over each other in a circle"
HUGE = f"0x{'f' * 9000}"


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (OVERLAY.replace("value = 3", f"value = {HUGE}"), "bad.toml: is not TOML: the number of key 'value' is too"),
        (EXAMPLE + f"[scores2]\ncows = {HUGE}", "bad.toml: is not TOML: the number of key 'cows' is too large"),
        (OVERLAY.replace("cows_repeat_hours", "nothing"), "bad.toml: overlay 'ashmoor': replacement 'nothing'"),
        ("x = 1", "bad.toml: is neither a worked example"),
    ],
)
def test_one_bad_file_does_not_hide_the_others(tmp_path: Path, bad: str, said: str) -> None:
    """Else an author mends one slip after another, and the example that fails is seen last of all."""
    late = OWN.replace('status = "awaiting sign-off"', 'status = "signed"\nsigned_by = "x"\nsigned_on = 2999-01-01')
    report = checked(tmp_path, bad=bad, late=late, fails=EXAMPLE.replace("RC-COWS", "RC-PREGNANT"), holds=EXAMPLE)
    first, second = sorted(report.refusals)
    assert said in first
    assert "late.toml: key 'signed_on': 2999-01-01 is still to come" in second
    assert [bool(each.failures) for each in report.results] == [True, False]
    assert report.lines[-1].endswith("1 hold, 1 fail; files refused: 2.")


def test_examples_run_without_a_part_of_their_policy_say_so(tmp_path: Path) -> None:
    """Else an example holds, or fails, by policy that the author believes to have been laid over."""
    without = "The worked examples beside it were run without what is refused."
    twice = checked(tmp_path, a=OVERLAY, b=OVERLAY)
    assert without not in twice.refusals[0]
    assert without in checked(tmp_path, c=EXAMPLE).refusals[0]


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (
            {"a": named("ashmoor", "ghost")},
            ("a.toml: overlay 'ashmoor': key 'lies_over': it lies over 'ghost', which",),
        ),
        (
            {"a": named("one", "two"), "b": named("two", "one"), "c": named("three", "one")},
            (
                f"b.toml: overlay 'two': key 'lies_over': {CIRCLE}: one over two over one",
                f"a.toml: overlay 'one': key 'lies_over': {CIRCLE}: two over one over two",
            ),
        ),
        ({"a": named("one", "one")}, (f"a.toml: overlay 'one': key 'lies_over': {CIRCLE}: one over one",)),
        (
            {"a": named("one"), "b": named("two")},
            ("b.toml: key 'replaces': overlays 'one' and 'two' both replace 'cows_repeat_hours'",),
        ),
        (
            {"a": OWN.replace("ashmoor_days", "stabilisation_least")},
            ("a.toml: parameter 'stabilisation_least': key 'id': it is already in the national set",),
        ),
        ({"a": OWN, "b": OWN}, ("b.toml: parameter 'ashmoor_days': key 'id': it is declared twice",)),
    ],
)
def test_what_cannot_lie_together_is_named_with_file_and_key(
    tmp_path: Path, files: dict[str, str], said: tuple[str, ...]
) -> None:
    """An author with thirty files must not have to look for the one that is meant."""
    report = checked(tmp_path, **files)
    assert len(report.refusals) == len(said)
    for refusal, words in zip(report.refusals, said, strict=True):
        assert refusal.startswith(f"{tmp_path}/{words}")


def test_a_long_row_of_overlays_is_laid_and_what_is_beneath_several_is_laid_once(tmp_path: Path) -> None:
    """Else the check breaks off in words of its own, and not of the policy."""
    files = {f"c{n}": named(f"c{n}", f"c{n + 1}") if n < 1200 else named("c1200") for n in range(1199, 1201)}
    assert not checked(tmp_path, **files).failed
    row = [
        replace(an_overlay(tmp_path / "c1200.toml"), id=f"c{n}", lies_over=() if n == 1500 else (f"c{n + 1}",))
        for n in range(1501)
    ]
    guidance = Parameters({each.id: each for each in load_national().all}, (), {each.id: each for each in row})
    assert [each.id for each in guidance.over("c0").overlays] == [f"c{n}" for n in range(1500, -1, -1)]


def an_overlay(path: Path) -> Overlay:
    national = load_national()
    return read_overlay(path, read_table(path), {each.id: each for each in national.all}, national.documents)


@pytest.mark.parametrize("name", ["A.TOML", "deep.toml/b.Toml"])
def test_a_name_in_capitals_is_read_too_and_a_folder_of_such_a_name_is_none(tmp_path: Path, name: str) -> None:
    """Else a file that another computer named is passed over, and the check says that all is well."""
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text(EXAMPLE.replace("RC-COWS", "RC-PREGNANT"), encoding="utf-8")
    assert "finding RC-PREGNANT did not appear" in run_check([tmp_path]).lines[0]


def test_a_folder_without_any_policy_is_said(tmp_path: Path) -> None:
    """Else the wrong folder is given, and its nothing is taken for everything in order."""
    (tmp_path / "policy.txt").write_text("x = 1", encoding="utf-8")
    report = run_check([tmp_path])
    assert report.failed
    assert report.lines[0].startswith(f"{tmp_path}: there is no file in it whose name ends in .toml.")


@pytest.mark.parametrize("expect", ["", "findings = []\nno_findings = []", "standing = {}"])
def test_an_example_that_expects_nothing_does_not_hold(tmp_path: Path, expect: str) -> None:
    """Else what an author meant to write is counted among what was proved."""
    report = checked(tmp_path, a=f"{ARRIVAL}\n[expect]\n{expect}\n")
    assert report.refusals == (
        f"{tmp_path / 'a.toml'}: [expect] expects nothing, and so shows nothing; write what must come out.",
    )
    assert not checked(tmp_path, a=f"{ARRIVAL}\n[expect]\nreviews = []\n").failed


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('id = "ashmoor"', 'id = "ash\\nmoor"', "id"),
        ('id = "ashmoor"', 'id = "a\\u001b[31m"', "id"),
        ('title = "Ashmoor"', 'title = "Ash\\u202emoor"', "title"),
        ('section = "2"', 'section = "2\\u0000"', "section"),
    ],
)
def test_what_cannot_be_seen_stands_in_no_name(tmp_path: Path, old: str, new: str, key: str) -> None:
    """A local policy is named on paper, where a control character cuts its name short or turns it round."""
    (refusal,) = checked(tmp_path, a=OVERLAY.replace(old, new)).refusals
    assert f"key '{key}' holds a " in refusal
    assert refusal.isprintable()


REASSESS, INDUCTION = "missed_days_reassess", "missed_days_new_induction"


@pytest.mark.hazard("H-007")
@pytest.mark.parametrize(
    ("files", "said"),
    [
        (
            {"a": of_days(INDUCTION, 2)},
            f"a.toml: overlay 'ashmoor': key 'replaces', '{INDUCTION}': On Wed 12 May 2010",
        ),
        (
            {"a": of_days(INDUCTION, 4), "b": of_days(REASSESS, 5, "wing")},
            f"b.toml: overlay 'wing': key 'replaces', '{REASSESS}': On Wed 12 May 2010 these two would be",
        ),
        (
            # what lies over it ends, and the four days beneath are below the nine again
            {
                "a": of_days(INDUCTION, 4, "a"),
                "b": of_days(INDUCTION, 9, "b", "a", until="until = 2010-05-31"),
                "c": of_days(REASSESS, 9, "c", "b"),
            },
            f"c.toml: overlay 'c': key 'replaces', '{REASSESS}': On Tue 1 Jun 2010 these two would be",
        ),
    ],
)
def test_an_overlay_does_not_turn_two_figures_round(tmp_path: Path, files: dict[str, str], said: str) -> None:
    """A new induction asked for before a reassessment never is: the dose after a break would be given unlooked at."""
    (refusal,) = checked(tmp_path, **files).refusals
    assert refusal.startswith(f"{tmp_path}/{said}")
    assert refusal.endswith("The first is never above the second: look at both values and their days.")


def test_an_overlay_in_which_both_figures_rise_is_taken(tmp_path: Path) -> None:
    """Else a lead who writes what is right is sent away, on the last day there is too."""
    assert not checked(tmp_path, a=of_days(INDUCTION, 4, until="until = 9999-12-31")).failed


def test_no_overlay_that_is_shipped_turns_two_figures_round() -> None:
    """What is shipped is laid over on every desk that asks for it, and copied by every lead."""
    assert not run_check([]).failed
    national = load_national()
    turned = replace(
        national.available_overlays["demonstration"],
        replacements=tuple(
            replace(each, values=tuple(replace(value, value=1) for value in each.values))
            for each in national.available_overlays["demonstration"].replacements
            if each.replaces == INDUCTION
        ),
    )
    spoilt = Parameters({each.id: each for each in national.all}, (), {turned.id: turned})
    (refusal,) = check([], lambda: spoilt).refusals
    where = national_folder() / "overlays" / "demonstration.toml"
    assert refusal.startswith(f"{where}: overlay 'demonstration': key 'replaces', '{INDUCTION}': On ")


def test_an_overlay_that_no_file_holds_is_named_by_its_id() -> None:
    """What is signed in the window has no file, and is named all the same."""
    national = load_national()
    alone = Overlay("own", "Own", "The lead", TODAY, (), lies_over=("ghost",))
    with pytest.raises(PolicyFileError, match=r"^overlay 'own': key 'lies_over': it lies over 'ghost', which"):
        national.over(alone)


def test_of_two_overlays_asked_for_by_name_neither_wins_by_chance() -> None:
    """Else the one that is named last decides a dose, and nobody sees that there were two."""
    with pytest.raises(PolicyFileError, match="overlays 'demonstration' and 'template' both replace"):
        load_national().over("demonstration", "template")
