"""`policy check` tells an author of local policy what does not come out, and never passes a slip over."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pdtdesk.policy.check import check, run_check
from pdtdesk.policy.dated import PolicyFileError
from pdtdesk.policy.facts_file import read_case, read_facts
from pdtdesk.policy.national import load_national, national_folder
from pdtdesk.policy.parameters import Parameters
from pdtdesk.policy.toml_table import FactsRefused

ARRIVAL = """
[reception]
at = 2010-06-01T21:40:00
[[substances]]
substance = "opioids"
frequency = "daily"
[scores]
cows = 15
"""
OVERLAY = """
id = "ashmoor"
title = "Ashmoor"
approved_by = "The lead"
approved_on = 2010-05-12
[[replacement]]
replaces = "cows_repeat_hours"
[[replacement.values]]
from = 2010-05-12
value = 3
reference = { document = "Ashmoor 4", section = "2" }
authority = "product"
status = "signed"
signed_by = "The lead"
signed_on = 2010-05-12
"""
OWN = """
[[parameter]]
id = "ashmoor_days"
description = "Days of our own"
unit = "days"
fact = "own"
[[parameter.values]]
from = 2010-05-12
value = 2
reference = { document = "Ashmoor 4", section = "3" }
authority = "product"
status = "awaiting sign-off"
"""


MAINTAINED = {"class": "maintenance", "medicine": "methadone", "from": date(2010, 1, 4)}


def run(folder: Path, expect: str, facts: str = ARRIVAL) -> tuple[str, ...]:
    (folder / "example.toml").write_text(f"{facts}\n[expect]\n{expect}\n", encoding="utf-8")
    return run_check([folder]).lines


@pytest.mark.parametrize(
    ("expect", "said"),
    [
        ('findings = ["RC-PREGNANT"]', "finding RC-PREGNANT did not appear"),
        ('no_findings = ["RC-COWS"]', "finding RC-COWS appeared and should not"),
        ('priority = "routine"', "priority is tonight, expected routine"),
        ('tasks = ["midwife_today"]', "task 'midwife_today' was not made"),
        ('tasks = ["audit 2010-06-03"]', "task 'audit 2010-06-03' was not made"),
        ('plan = ["COWS 16"]', "no line of the plan says 'COWS 16'"),
        ("reviews = [2010-06-06]", "reviews fall due on no day, expected 2010-06-06"),
        ("may_not_be_given = []", "may not be given: opioid substitutes, opioids, sedatives"),
        ("hard_stop = false", "hard stop is True, expected False"),
    ],
)
def test_what_does_not_come_out_is_told(tmp_path: Path, expect: str, said: str) -> None:
    lines = run(tmp_path, expect)
    assert said in lines[0]
    assert "example.toml" in lines[0]
    assert "0 hold, 1 fail" in lines[-1]


@pytest.mark.parametrize(
    ("expect", "said"),
    [
        ('no_findings = ["RC-COWZ"]', "'RC-COWZ' is not the code of any finding"),
        ('finding = ["RC-COWS"]', "key 'finding' of [expect] is not known"),
        ("reviews = 4", "write a list of days"),
        ('priority = "later"', "'later' is not one of"),
        ('standing = { maintenance = "allowed" }', "[expect.standing]: 'allowed' is not one of"),
    ],
)
def test_a_slip_in_what_is_expected_does_not_pass(tmp_path: Path, expect: str, said: str) -> None:
    assert said in run(tmp_path, expect)[0]
    assert run_check([tmp_path]).failed


def test_an_authors_overlay_lies_over_the_national_set_for_the_folder(tmp_path: Path) -> None:
    (tmp_path / "ashmoor.toml").write_text(OVERLAY, encoding="utf-8")
    (tmp_path / "own.toml").write_text(OWN, encoding="utf-8")
    lines = run(tmp_path, 'plan = ["Repeat at Wed 2 Jun 2010 00:40"]')
    assert "1 hold, 0 fail" in lines[-1]
    assert lines[-1].startswith(f"{len(load_national().all) + 1} parameters, 4 overlays")


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"a": OVERLAY, "b": OVERLAY}, "another overlay is already called 'ashmoor'"),
        ({"a": OVERLAY.replace('"ashmoor"', '"demonstration"')}, "already called 'demonstration'"),
        ({"a": OWN, "b": OWN}, "is declared twice"),
        ({"a": OWN.replace("ashmoor_days", "stabilisation_least")}, "already in the national set"),
        ({"a": "x = 1"}, "is neither a worked example"),
        ({"a": "x = "}, "is not TOML"),
        ({"a": "expect = 4\non = 2010-06-01"}, "\\[expect\\] must be a table"),
    ],
)
def test_a_folder_that_cannot_be_used_is_refused_by_the_file(
    tmp_path: Path, files: dict[str, str], said: str
) -> None:
    for name, text in files.items():
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    report = run_check([tmp_path])
    assert report.failed
    with pytest.raises(AssertionError, match=said):
        raise AssertionError(report.lines[0])


OTHER = OVERLAY.replace('"ashmoor"', '"wing"')
SIGNED = 'authority = "product"\nstatus = "signed"\nsigned_by = "The lead"\nsigned_on = 2010-05-12\n'
LISTED = 'document = "RCGP 2011", section = "2"'
LATER = {"approved_on = 2010-05-12": "approved_on = 2999-05-12", "signed_on = 2010-05-12": "signed_on = 2999-05-12"}


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"a": OVERLAY, "b": OTHER}, "overlays 'ashmoor' and 'wing' both replace 'cows_repeat_hours'"),
        (
            {"a": OVERLAY.replace(SIGNED, 'authority = "product"\nstatus = "quoted"\n')},
            "'Ashmoor 4' is not listed in documents.toml, and what it says cannot count as quoted",
        ),
        (
            {"a": OVERLAY.replace('"product"', '"guidance"')},
            "'Ashmoor 4' is not listed in documents.toml, and what it says cannot count as guidance",
        ),
        ({"a": OWN.replace('"product"', '"guidance"')}, "cannot count as guidance"),
        (
            {"a": OVERLAY.replace('document = "Ashmoor 4", section = "2"', LISTED)},
            "key 'signed_on': 2010-05-12 lies before 2011, when 'RCGP 2011' was published",
        ),
        *(({"a": OVERLAY.replace(*late)}, f"key '{late[0][:9]}") for late in LATER.items()),
        ({"a": OWN.replace('status = "awaiting sign-off"', SIGNED[22:].replace("2010", "2999"))}, "is still to come"),
    ],
)
def test_what_an_establishment_cannot_have_settled_is_refused(
    tmp_path: Path, files: dict[str, str], said: str
) -> None:
    """An invented number that says it is guidance is believed, and two that contend are chosen between by chance."""
    for name, text in files.items():
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    report = run_check([tmp_path], date(2010, 6, 1))
    assert report.failed
    assert said in report.lines[0]


def test_what_is_settled_side_by_side_is_taken(tmp_path: Path) -> None:
    """One after the other, one over the other, of a listed document, or signed today: nothing contends."""
    july = OTHER.replace("from = 2010-05-12", "from = 2010-07-01")
    until_june = OVERLAY.replace("from = 2010-05-12", "from = 2010-05-12\nuntil = 2010-06-30")
    over = OTHER.replace('id = "wing"', 'id = "wing"\nlies_over = ["ashmoor"]')
    beneath = OVERLAY.replace('id = "ashmoor"', 'id = "ashmoor"\nlies_over = ["wing"]')
    more = OTHER.replace("cows_repeat_hours", "ciwa_ar_repeat_hours")
    quoted = OVERLAY.replace(SIGNED, 'authority = "guidance"\nstatus = "quoted"\n').replace("Ashmoor 4", "004")
    given = OVERLAY.replace("Ashmoor 4", "004")
    for pair in ((until_june, july), (OVERLAY, over), (beneath, OTHER), (OVERLAY, more), (quoted,), (given,)):
        for number, name in enumerate("ab"):
            (tmp_path / f"{name}.toml").write_text(pair[number] if number < len(pair) else OWN, encoding="utf-8")
        assert not run_check([tmp_path], date(2010, 5, 12)).failed


def test_one_bad_folder_does_not_hide_the_others(tmp_path: Path) -> None:
    (tmp_path / "good").mkdir()
    run(tmp_path / "good", 'findings = ["RC-COWS"]')
    report = run_check([tmp_path / "gone", tmp_path / "good"])
    assert "no such folder" in report.refusals[0]
    assert len(report.results) == 1
    assert not report.results[0].failures


def test_a_national_set_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    def broken() -> Parameters:
        raise PolicyFileError("scales.toml: is not TOML.")

    report = check([tmp_path], broken)
    assert report.failed
    assert report.lines[0] == "scales.toml: is not TOML."
    assert not run_check([]).failed


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"on": None}, "key 'on' is missing"),
        ({"on": "2010-06-01"}, "is not a day"),
        ({"weather": "wet"}, "key 'weather' is not known"),
        ({"patient": {"name": "x"}}, "key 'name' of \\[patient\\] is not known"),
        ({"patient": 4}, "must be a table"),
        ({"patient": {"sex": "other"}}, "'other' is not one of female, male"),
        ({"patient": {"pregnant": "no"}}, "is not true or false"),
        ({"custody": {"status": "free"}}, "'free' is not one of"),
        ({"custody": {"remand_days": -1}}, "is not a whole number"),
        ({"custody": {"sentence_length": 4}}, "is not words"),
        ({"substances": [{"frequency": "daily"}]}, "needs a key 'substance'"),
        ({"substances": [{"substance": "opioids"}, {"substance": "opioids"}]}, "no other"),
        ({"substances": {"opioids": 1}}, "must be written as \\[\\[substances\\]\\]"),
        ({"substances": [{"substance": "alcohol", "units_per_day": "9"}]}, "is not a number"),
        ({"substances": [{"substance": "alcohol", "units_per_day": -9}]}, "zero or more"),
        ({"opioids": {"community_prescription": [{"daily": "60 mg"}]}}, "needs a key 'medicine'"),
        ({"opioids": {"community_prescription": [{"medicine": "methadone", "daily": "60"}]}}, "no unit"),
        (
            {
                "opioids": {
                    "community_prescription": [{"medicine": "methadone", "opening_hours": {"mon": ["9 to 5"]}}]
                }
            },
            "is not two times",
        ),
        ({"custody_doses": [{"medicine": "methadone"}]}, "needs medicine, given_at and place"),
        ({"reception": {"at": "21:40"}}, "is not a time"),
        ({"reception": {"allergies": "penicillin"}}, "write a list of words"),
        ({"risks": {"withdrawal_seen": ["heroin"]}}, "'heroin' is not one of"),
        ({"other_medicines": [{"decision": "stop"}]}, "key 'name' of \\[\\[other_medicines\\]\\] is missing"),
        ({"regime": [{"class": "maintenance"}]}, "needs class, medicine and from"),
        ({"regime": [{**MAINTAINED, "until": date(2010, 1, 3)}]}, "2010-01-03 lies before its first day, 2010-01-04"),
        ({"regime": [{**MAINTAINED, "last_review_on": date(2009, 1, 4)}]}, "'last_review_on' .* lies before its"),
        ({"regime": [MAINTAINED, {**MAINTAINED, "from": date(2009, 5, 1)}]}, "are written oldest first"),
    ],
)
def test_a_slip_in_the_facts_is_refused_by_its_name(facts: dict[str, object], said: str) -> None:
    with pytest.raises(FactsRefused, match=said):
        read_facts({"on": date(2010, 6, 1), **facts})


def test_the_day_and_the_hour_agree_and_nothing_is_both_none_and_written(tmp_path: Path) -> None:
    assert "falls on 2010-06-01" in run(tmp_path, "", facts="on = 2010-06-02\n" + ARRIVAL)[0]
    none = ARRIVAL.replace("[reception]", "[reception]\nno_custody_doses = true")
    dose = '[[custody_doses]]\nmedicine = "methadone"\ngiven_at = 2010-06-01T09:00:00\nplace = "court"\n'
    assert "one is written all the same" in run(tmp_path, "", facts=none + dose)[0]


def test_the_facts_file_of_the_interface_is_read_whole(tmp_path: Path) -> None:
    facts = """
on = 2010-06-01
[patient]
born = 1982-03-04
sex = "female"
pregnant = false
[custody]
status = "sentenced"
received_on = 2010-05-20
sentenced_on = 2010-05-20
sentence_length = "P30W"
remand_days = 0
release_on = 2010-09-02
court_on = 2010-07-01
transfer_to = "ASH"
[opioids]
dependence = "dependent"
severity = "severe"
methadone_regular_before_arrest = true
drug_free_since = 2010-05-25
[[opioids.community_prescription]]
medicine = "methadone"
daily = "60 mg"
standing = "confirmed"
last_witnessed_at = 2010-05-20T09:30:00
supervised = true
patient_wishes_to_continue = true
prescriber_wishes_to_continue = true
[[regime]]
class = "maintenance"
medicine = "methadone"
from = 2010-05-20
until = 2010-05-26
last_review_on = 2010-05-20
[risks]
injecting_in_prison = false
serious_mental_health_problem = false
non_fatal_overdose = false
polydrug_dependence = false
starting_antiretrovirals = false
overdose_protection_assessed = false
sedated_now = true
alcohol_dependence = "suspected"
benzodiazepine_dependence = "none"
[scores]
cows = 14
ciwa_ar = 3
sds = 9
reoffending_risk = "medium"
[wishes]
class = "maintenance"
"""
    lines = run(tmp_path, 'findings = ["RC-COWS", "RC-SEDATION-DROWSY", "RC-ALCOHOL-BENZODIAZEPINES"]', facts=facts)
    assert "1 hold, 0 fail" in lines[-1]


def test_a_part_of_the_national_set_is_not_taken_for_a_folder_of_examples() -> None:
    """Otherwise whoever checks what was shipped is told that every parameter is declared twice."""
    report = run_check([national_folder() / "overlays"])
    assert not report.failed
    assert report.parameters == len(load_national().all)


def test_a_standing_that_comes_out_otherwise_is_told(tmp_path: Path) -> None:
    """Otherwise a local rule that maintains nobody passes its own worked example."""
    lines = run(tmp_path, 'standing = { maintenance = "offered" }')
    assert "maintenance stands as needs_assessment, expected offered" in lines[0]


CUSTODY = {"custody": {"status": "remand"}, "on": date(2010, 6, 1)}


def test_a_day_given_beside_the_facts_wins_over_the_day_and_the_hour_in_them() -> None:
    """Otherwise *what would guidance have said in March* is answered for June."""
    told = {**CUSTODY, "reception": {"at": datetime(2010, 6, 1, 20, 40, tzinfo=UTC), "wishes": "sleep"}}
    asked = read_case(told, date(2010, 3, 31))
    assert (asked.day, asked.facts.wishes) == (date(2010, 3, 31), "sleep")
    assert read_case(CUSTODY, date(2010, 3, 31)).day == date(2010, 3, 31)
    assert read_case(told).day == date(2010, 6, 1)


def test_a_worked_example_is_a_facts_file_too() -> None:
    """Otherwise an author cannot ask about the very case that fails."""
    assert read_case({**CUSTODY, "expect": {"findings": []}}).day == date(2010, 6, 1)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"on": date(2010, 6, 1)}, r"the table \[custody\] is missing: write it with its status"),
        ({**CUSTODY, "custody": {}}, r"key 'status' of \[custody\] is missing: one of remand, "),
    ],
)
def test_a_case_without_its_custody_is_not_answered(facts: dict[str, object], said: str) -> None:
    """Otherwise a class is proposed of which nobody knows whether a sentence leaves time for it (R-12)."""
    with pytest.raises(FactsRefused, match=said):
        read_case(facts)


def test_a_medicine_beside_a_substitute_is_read_with_what_becomes_of_it() -> None:
    """Otherwise an author cannot write a worked example of quetiapine at the door."""
    others = [{"name": "quetiapine", "decision": "continue"}]
    (found,) = read_facts({"on": date(2010, 6, 1), "other_medicines": others}).facts.other_medicines or ()
    assert (found.name, found.decision, found.why) == ("quetiapine", "continue", None)


def test_regimes_that_follow_each_other_are_read_in_their_turn() -> None:
    """Otherwise stabilisation and the maintenance after it cannot stand in one worked example."""
    before = {**MAINTAINED, "class": "stabilisation", "from": date(2009, 12, 1), "until": date(2010, 1, 3)}
    regimes = read_facts({"on": date(2010, 6, 1), "regime": [before, MAINTAINED]}).regime.regimes
    assert [str(each.declared) for each in regimes] == ["stabilisation", "maintenance"]
