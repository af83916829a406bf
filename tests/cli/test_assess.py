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
    [(("--on", "31/12/2010"), "31/12/2010 is not a day"), (("--overlay", "nobody"), "overlay 'nobody' is not known")],
)
def test_a_day_and_an_overlay_that_are_none_are_named(
    run: Run, tmp_path: Path, more: tuple[str, str], said: str
) -> None:
    ended = run("assess", a_file(tmp_path), *more)
    assert ended.code == 2
    assert said in ended.err
