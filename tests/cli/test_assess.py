"""`assess`: a facts file in, the three classes out; what cannot be read is named."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

FACTS = """
on = 2010-06-01
[patient]
born = 1982-03-04
[custody]
status = "sentenced"
received_on = 2010-05-20
sentenced_on = 2010-05-20
sentence_length = "P30W"
release_on = 2010-09-02
[opioids]
dependence = "dependent"
"""


def a_file(folder: Path, words: str = FACTS) -> Path:
    file = folder / "facts.toml"
    file.write_text(words, encoding="utf-8")
    return file


def test_the_three_classes_are_said_with_their_sources(run: Run, tmp_path: Path) -> None:
    ended = run("assess", a_file(tmp_path))
    assert (ended.code, ended.err) == (0, "")
    assert "maintenance: needs reason" in ended.out
    assert "Release Thu 2 Sep 2010 (given by the prison): 93 days to serve." in ended.out
    assert "[004, Detoxification: maintenance by another name?; guidance, quoted]" in ended.out


def test_the_day_beside_the_command_wins_and_an_overlay_is_laid_over(run: Run, tmp_path: Path) -> None:
    """Asked about 2009, guidance of 2009; and a proposal never without its mark."""
    told = json.loads(run("assess", a_file(tmp_path), "--on", "2010-06-02", "--json").out)
    assert (told["on"], told["custody"]["days_to_serve"]) == ("2010-06-02", 92)
    proposed = json.loads(run("assess", a_file(tmp_path), "--overlay", "policy-exchange-2010", "--json").out)
    assert [each["standing"] for each in proposed["classes"]] == ["offered", "offered", "exceptional"]
    assert proposed["parameters"] != told["parameters"]


MAINTAINED = 'class = "maintenance"\nmedicine = "methadone"\nfrom = 2010-05-20\n'


@pytest.mark.parametrize(
    ("regimes", "said"),
    [
        ('[[regime]]\nclass = "maintenance"\nfrom = 2010-05-20\n', "needs class, medicine and from"),
        (f"[[regime]]\n{MAINTAINED}last_review_on = 2010-05-19\n", "last_review_on"),
        (f"[[regime]]\n{MAINTAINED}[[regime]]\n{MAINTAINED.replace('05-20', '05-19')}", "written oldest first"),
    ],
)
def test_a_regime_that_cannot_be_is_named(run: Run, tmp_path: Path, regimes: str, said: str) -> None:
    """A review before the first day, or a year mistyped, moves every date that follows."""
    ended = run("assess", a_file(tmp_path, FACTS + regimes))
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("born = 1982-03-04", "borne = 1982-03-04", "key 'borne' of [patient] is not known"),
        ("born = 1982-03-04", "born = 1982-02-30", "facts.toml"),
        ('status = "sentenced"', 'status = "jailed"', "'jailed' is not one of remand"),
        ('status = "sentenced"', "", "key 'status' of [custody] is missing"),
        (
            'dependence = "dependent"',
            'dependence = "dependent"\n[[regime]]\nclass = "detox"',
            "'detox' is not one of",
        ),
        (
            'dependence = "dependent"',
            'dependence = "dependent"\n[[opioids.community_prescription]]\nmedicine = "methadone"\ndaily = "0.06 g"',
            "key 'daily'",
        ),
        (
            'dependence = "dependent"',
            'dependence = "dependent"\n[[opioids.community_prescription]]\nmedicine = "methadone"\ndaily = "-5 mg"',
            "key 'daily'",
        ),
        (
            'dependence = "dependent"',
            'dependence = "dependent"\n[[regime]]\nclass = "maintenance"\nmedicine = "methadone"\nfrom = 2010-05-20\n'
            "until = 2010-05-19",
            "lies before its first day",
        ),
        ("[custody]", "[custard]", "[custody] is missing"),
    ],
)
def test_what_cannot_be_read_is_named(run: Run, tmp_path: Path, old: str, new: str, said: str) -> None:
    """A fact passed over in silence changes the answer."""
    ended = run("assess", a_file(tmp_path, FACTS.replace(old, new, 1)))
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err
    assert ended.err.count("\n") == 1


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--on", "31/12/2010"), "31/12/2010 is not a day"),
        (("--on", "2010-W01-1"), "2010-W01-1 is not a day"),
        (("--overlay", "nobody"), "overlay 'nobody' is not known"),
    ],
)
def test_a_day_and_an_overlay_that_are_none_are_named(
    run: Run, tmp_path: Path, more: tuple[str, str], said: str
) -> None:
    ended = run("assess", a_file(tmp_path), *more)
    assert ended.code == 2
    assert said in ended.err


INTERFACE = """
on = 2010-06-01                       # the day; --on wins
[patient]
born = 1982-03-04
sex = "female"                        # "male" | "female"
pregnant = false
[custody]                             # required
status = "sentenced"                  # required: "remand" | "convicted_unsentenced" | "sentenced" | "recalled" | "indeterminate" | "civil" | "immigration"
received_on = 2010-05-20
sentenced_on = 2010-05-20
sentence_length = "P30W"              # ISO 8601 duration (days, weeks, months, years)
remand_days = 0                       # days on remand that count
release_on = 2010-09-02               # given by the prison: wins over the computed day
court_on = 2010-07-01
transfer_to = "ASH"                   # an establishment code, where a move is planned
[opioids]
dependence = "dependent"              # "none" | "suspected" | "dependent"
severity = "severe"                   # "mild" | "moderate" | "severe"
methadone_regular_before_arrest = true
# drug_free_since = 2010-05-25        # where now abstinent in custody, prescribed medicines counted too
[[opioids.community_prescription]]
medicine = "methadone"                # "methadone" | "buprenorphine" | "buprenorphine-naloxone" | "dihydrocodeine" | "naltrexone" | "lofexidine"
daily = "60 mg"
standing = "confirmed"                # "reported" | "confirmed" | "refuted"
last_witnessed_at = 2010-05-20T09:30
supervised = true
patient_wishes_to_continue = true     # absent: not asked
prescriber_wishes_to_continue = true
[[regime]]                            # regimes so far, oldest first
class = "maintenance"                 # as declared: "stabilisation" | "detoxification" | "gradual_reduction" | "maintenance"
medicine = "methadone"
from = 2010-05-20
# until = 2010-05-26                  # absent: in force; only a regime in force has reviews
last_review_on = 2010-05-20
[risks]
injecting_in_prison = false
serious_mental_health_problem = false
non_fatal_overdose = false
polydrug_dependence = false
starting_antiretrovirals = false
overdose_protection_assessed = false  # a full clinical assessment found maintenance necessary to protect on release
sedated_now = false
alcohol_dependence = "none"           # "none" | "suspected" | "dependent"
benzodiazepine_dependence = "none"
[scores]
cows = 14
ciwa_ar = 3
sds = 9
reoffending_risk = "medium"           # "low" | "medium" | "high"
[wishes]
class = "maintenance"
"""  # noqa: E501
"""The facts file as its interface writes it, to the letter: a time has no seconds there."""


def test_the_facts_file_of_the_interface_is_answered(run: Run, tmp_path: Path) -> None:
    """Whoever copies the example, as everybody does, must get an answer."""
    ended = run("assess", a_file(tmp_path, INTERFACE), "--json")
    assert (ended.code, ended.err) == (0, "")
    told = json.loads(ended.out)
    assert told["custody"] == {"days_to_serve": 93, "release_on": "2010-09-02", "release_from": "prison"}
    assert [each["class"] for each in told["classes"]] == ["detoxification", "gradual_reduction", "maintenance"]
    assert [each["due_on"] for each in told["reviews"]].count("2010-08-20") == 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"P30W"', '"30 weeks"', """key 'sentence_length' of [custody]: '30 weeks' is not in the form"""),
        ('"P30W"', '"30 weeks"', 'write "P30W"'),
        ('"P30W"', '"PXYZ"', "`PXYZ` is not a length of time. Write P and whole years"),
        ('"P30W"', '"P0D"', "`P0D` is no time at all"),
        ('"P30W"', '"P500Y"', "longer than 120 years"),
        ('"P30W"', '""', "key 'sentence_length' of [custody]: there is nothing between"),
        ("born = 1982", "born = 2012", "key 'born' of [patient]: 2012-03-04 lies after the day"),
        ("born = 1982", "born = 1882", "more than 120 years before"),
        (
            "received_on = 2010",
            "received_on = 1980",
            "key 'received_on' of [custody]: 1980-05-20 lies before the birth",
        ),
        ("sentenced_on = 2010", "sentenced_on = 9010", "key 'sentenced_on' of [custody]: 9010-05-20 is in no year"),
        ("release_on = 2010", "release_on = 2190", "is more than 120 years away"),
        ("last_review_on = 2010", "last_review_on = 9999", "key 'last_review_on' of [regime 1]"),
        ("from = 2010-05-20", "from = 2010-05-20T10:00", "2010-05-20T10:00:00 is not a day such as"),
        ("on = 2010-06-01", "on = 2010-06-31", "line 2"),
        ("2010-05-20T09:30", "2010-05-20T09:60", "(at line 2"),
        ("2010-05-20T09:30", "0001-01-01T00:00:00Z", "key 'last_witnessed_at'"),
        ("2010-05-20T09:30", "2010-05-20", "2010-05-20 is not a time such as 2010-06-01T21:40"),
        ("remand_days = 0", "remand_days = -1", "-1 is not a whole number"),
        ("remand_days = 0", "remand_days = 1.5", "1.5 is not a whole number"),
        ("remand_days = 0", "remand_days = true", "true is not a whole number"),
        ("remand_days = 0", "remand_days = 50000", "50000 days are longer than 120 years"),
        ("remand_days = 0", "remand_days = 99999999999999999999", "is too large"),
        ("cows = 14", f"cows = 0x{'f' * 9000}", "the number of key 'cows' is too large for TOML"),
        ("remand_days = 0", f"remand_days = {'9' * 5000}", "a number in it is too long"),
        ('"ASH"', '"40 g"', "'40 g' is not the code of a prison"),
        ('"ASH"', '"A\\u202eS"', "key 'transfer_to' of [custody] holds a hidden"),
        ('"60 mg"', '"40 g"', "key 'daily' of [community_prescription 1]"),
        ('"60 mg"', "60", "60 is not words in quotation marks"),
        ("supervised = true", 'supervised = "yes"', "'yes' is not true or false"),
        ("supervised = true", "supervised = 1", "1 is not true or false"),
        ('severity = "severe"', 'severity = "bad"', "'bad' is not one of mild, moderate, severe"),
        ('standing = "confirmed"', "standing = nan", "NaN is not one of reported"),
        ("cows = 14", "cows = 49", "key 'cows' of [scores]: 49 is not a score from 0 to 48"),
        ("sds = 9", "sds = 99", "key 'sds' of [scores]: 99 is not a score"),
        ("cows = 14", "cows = inf", "Infinity is not a whole number"),
        ("cows = 14", "cows = [14]", "a list is not a whole number"),
        ('"medium"', '"middling"', "'middling' is not one of low, medium, high"),
    ],
)
def test_a_value_that_cannot_be_so_is_named_with_what_to_write(
    run: Run, tmp_path: Path, old: str, new: str, said: str
) -> None:
    """A class proposed on a length or a score that nobody meant is a wrong dose with a source beside it."""
    assert old in INTERFACE
    ended = run("assess", a_file(tmp_path, INTERFACE.replace(old, new, 1)))
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err
    assert ended.err.count("\n") == 1


def test_two_overlays_over_one_parameter_are_named(run: Run, tmp_path: Path) -> None:
    """Else the one that happens to be named last decides, and nobody sees that there were two."""
    asked = ("--overlay", "demonstration", "--overlay", "template")
    ended = run("assess", a_file(tmp_path), *asked)
    assert (ended.code, ended.out) == (2, "")
    assert "overlays 'demonstration' and 'template' both replace 'cows_repeat_hours'" in ended.err
    assert run("assess", a_file(tmp_path), *asked[:2], *asked[:2]).code == 0


def test_before_the_sentence_is_passed_nothing_of_it_is_counted(run: Run, tmp_path: Path) -> None:
    """Days to serve of a sentence nobody has passed would let a reduction seem to end in time."""
    file = a_file(tmp_path)
    told = json.loads(run("assess", file, "--on", "2010-05-19", "--json").out)
    assert (told["custody"]["days_to_serve"], told["custody"]["release_on"]) == (None, "2010-09-02")
    assert "RG-DATES-TO-CORRECT" in [each["code"] for each in told["findings"]]
    said = run("assess", file, "--on", "2010-05-19").out
    assert "days to serve are counted from the day of sentence, which is still to come" in said
    assert json.loads(run("assess", file, "--on", "2010-05-20", "--json").out)["custody"]["days_to_serve"] == 105


def test_a_release_that_has_passed_leaves_no_days_to_serve(run: Run, tmp_path: Path) -> None:
    """Minus some days to serve is read as some days to serve."""
    assert "(given by the prison): this day has passed." in run("assess", a_file(tmp_path), "--on", "2010-09-03").out
