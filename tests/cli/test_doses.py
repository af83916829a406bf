"""`doses`: what a record shows, and every line that cannot be read named."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import Run

HEAD = "day,medicine,dose_mg,outcome"


def a_record(folder: Path, *lines: str, head: str = HEAD) -> Path:
    file = folder / "doses.csv"
    file.write_text("\n".join((head, *lines)) + "\n", encoding="utf-8")
    return file


def nineteen_days() -> list[str]:
    levels = [30] * 5 + [28, 26, 24, 22, 20, 18, 16, 14, 12, 10, 8, 5, 2, 0]
    first = date(2010, 1, 4)
    return [f"{first + timedelta(days=n)},methadone,{level},taken" for n, level in enumerate(levels)]


def test_the_example_of_the_interface_to_the_letter(run: Run, tmp_path: Path) -> None:
    """Other people's scripts count these."""
    ended = run("doses", a_record(tmp_path, *nineteen_days()), "--json")
    assert json.loads(ended.out) == {
        "courses": [
            {
                "medicine": "methadone",
                "from": "2010-01-04",
                "to": "2010-01-22",
                "class": "detoxification",
                "first_mg": "30",
                "highest_mg": "30",
                "last_mg": "0",
                "stabilisation_days": 5,
                "reduction_days": 14,
                "nineteen_days_or_less": True,
                "longest_not_taken": 0,
                "days_not_known": 0,
                "phases": [
                    {"class": "stabilisation", "from": "2010-01-04", "to": "2010-01-08"},
                    {"class": "detoxification", "from": "2010-01-09", "to": "2010-01-22"},
                ],
            }
        ]
    }


def test_it_is_said_in_words_too_whatever_the_order_of_the_lines(run: Run, tmp_path: Path) -> None:
    ended = run("doses", a_record(tmp_path, *reversed(nineteen_days())))
    assert ended.code == 0
    assert "methadone, Mon 4 Jan 2010 to Fri 22 Jan 2010: detoxification" in ended.out
    assert "longest not taken: 0 days" in ended.out


@pytest.mark.parametrize("end", ["\r", "\r\n"])
def test_a_record_saved_on_another_computer_is_read_and_its_lines_keep_their_numbers(
    run: Run, tmp_path: Path, end: str
) -> None:
    """Else a record of doses is turned away in words about Python, and is typed again with slips."""
    file = tmp_path / "doses.csv"
    file.write_bytes(end.join((HEAD, *nineteen_days())).encode())
    assert json.loads(run("doses", file, "--json").out)["courses"][0]["stabilisation_days"] == 5
    file.write_bytes(end.join((HEAD, *nineteen_days(), "2010-01-23,methadone,\xff,taken")).encode("latin-1"))
    assert "line 21: this is not UTF-8" in run("doses", file).err


def test_a_record_without_a_dose_says_so(run: Run, tmp_path: Path) -> None:
    """Silence reads as: all is well."""
    file = a_record(tmp_path)
    assert json.loads(run("doses", file, "--json").out) == {"courses": []}
    told = run("doses", file)
    assert (told.code, told.out) == (0, f"{file}: there is no dose in this record, and so no course.\n")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("2010-01-32,methadone,30,taken", "line 2: day '2010-01-32' is not a day"),
        ("2010-W01-1,methadone,30,taken", "line 2: day '2010-W01-1' is not a day"),
        ("20100104,methadone,30,taken", "line 2: day '20100104' is not a day"),
        ("2010-01-04,methadone,-5,taken", "line 2: dose_mg '-5' is not a number of milligrams"),
        ("2010-01-04,methadone,0.03 g,taken", "line 2: dose_mg '0.03 g' is not a number of milligrams"),
        ("2010-01-04,methadone,1e3,taken", "line 2: dose_mg '1e3'"),
        ("2010-01-04,,30,taken", "line 2: medicine '' is not one of methadone, buprenorphine"),
        (
            "2010-01-04,methdone,30,taken",
            "line 2: medicine 'methdone' is not a medicine of this desk; perhaps methadone",
        ),
        ("2010-01-04,heroin,30,taken", "line 2: medicine 'heroin' is not one of methadone, buprenorphine"),
        ("1900-01-04,methadone,30,taken", "1900"),
        ("2010-01-04,methadone,30,given", "line 2: outcome 'given' is not one of taken, part_taken"),
        ("2010-01-04,methadone,30", "line 2: 3 cells where the header has 4"),
        ('2010-01-04,"methadone,30,taken', "quotation mark"),
        (
            "2010-01-04,methadone,30,taken\\n2010-01-04,Methadone,30,refused",
            "line 3: methadone of 2010-01-04 stands in",
        ),
    ],
)
def test_a_line_that_cannot_be_read_is_named(run: Run, tmp_path: Path, line: str, said: str) -> None:
    """A dose passed over in silence makes a missed day, and a missed day a new induction."""
    ended = run("doses", a_record(tmp_path, *line.split("\\n")))
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err
    assert ended.err.count("\n") == 1


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("day,medicine,dose,outcome", "the column dose_mg is missing"),
        ("day,medicine,dose_mg,outcome,day", "a column stands twice"),
        ("day,medicine,dose_mg,outcome,colour", "there is no column 'colour'"),
        ("", "the column day is missing"),
    ],
)
def test_a_header_that_is_none_is_named(run: Run, tmp_path: Path, head: str, said: str) -> None:
    ended = run("doses", a_record(tmp_path, head=head))
    assert ended.code == 2
    assert said in ended.err


def test_slots_and_reasons_are_read_and_looked_at(run: Run, tmp_path: Path) -> None:
    head = f"{HEAD},slot,reason"
    lines = ("2010-01-04,methadone,15,taken,morning,", "2010-01-04,methadone,15,missed,20:30,not_unlocked")
    told = json.loads(run("doses", a_record(tmp_path, *lines, head=head), "--json").out)
    assert told["courses"][0]["first_mg"] == "15"
    for bad, said in (
        ("2010-01-04,methadone,15,taken,teatime,", "slot 'teatime'"),
        (f"{lines[0]}{'x' * 201}", "reason"),
    ):
        ended = run("doses", a_record(tmp_path, bad, head=head))
        assert ended.code == 2
        assert said in ended.err


@pytest.mark.parametrize("slots", [("", "morning"), ("08:00", "")])
def test_a_row_without_a_slot_beside_one_with_a_slot_is_a_repeat(
    run: Run, tmp_path: Path, slots: tuple[str, str]
) -> None:
    """One dose written down twice would be added up to a dose that nobody was given."""
    lines = [f"2010-01-04,methadone,30,taken,{slot}" for slot in slots]
    ended = run("doses", a_record(tmp_path, *lines, head=f"{HEAD},slot"))
    assert (ended.code, ended.out) == (2, "")
    assert "line 3: methadone of 2010-01-04 stands in line 2 already, and one of the two has no slot." in ended.err


def test_one_day_is_a_day_and_not_days(run: Run, tmp_path: Path) -> None:
    """A sentence with a slip in it is one that nobody trusts."""
    told = run("doses", a_record(tmp_path, "2010-01-04,methadone,30,taken", "2010-01-05,methadone,30,missed")).out
    assert "longest not taken: 1 day; not known: 0 days" in told


@pytest.mark.parametrize(("data", "said"), [(b"\xff\xfeday", "not UTF-8"), (b"day\x00,medicine", "NUL")])
def test_what_is_no_text_is_refused(run: Run, tmp_path: Path, data: bytes, said: str) -> None:
    file = tmp_path / "doses.csv"
    file.write_bytes(data)
    ended = run("doses", file)
    assert ended.code == 2
    assert said in ended.err


def test_two_substitutes_on_one_day_are_said_before_anything_else(run: Run, tmp_path: Path) -> None:
    """Two opioids together stop somebody's breath, and each course on its own looks as it should."""
    lines = (
        *("2010-01-04,methadone,30,taken", "2010-01-04,buprenorphine,8,taken"),
        *("2010-01-05,methadone,30,vomited", "2010-01-05,buprenorphine,8,part_taken"),
        *("2010-01-08,methadone,30,concealed", "2010-01-08,dihydrocodeine,60,taken"),
    )
    file = a_record(tmp_path, *lines)
    assert json.loads(run("doses", file, "--json").out)["both_given"] == [
        {"from": "2010-01-04", "to": "2010-01-05", "medicines": ["buprenorphine", "methadone"]},
        {"from": "2010-01-08", "to": "2010-01-08", "medicines": ["dihydrocodeine", "methadone"]},
    ]
    first, second, *_ = run("doses", file).out.splitlines()
    assert first.startswith(
        "Two opioid substitutes on one day: buprenorphine and methadone, each day, Mon 4 Jan 2010 to Tue 5 Jan 2010."
    )
    assert second.startswith("Two opioid substitutes on one day: dihydrocodeine and methadone, Fri 8 Jan 2010.")


@pytest.mark.parametrize(
    "other",
    [
        "2010-01-04,buprenorphine,8,refused",
        "2010-01-04,buprenorphine,8,withheld",
        "2010-01-04,buprenorphine,0,taken",
        "2010-01-05,buprenorphine,8,taken",
        "2010-01-04,diazepam,10,taken",
    ],
)
def test_a_substitute_that_was_not_given_beside_another_is_no_alarm(run: Run, tmp_path: Path, other: str) -> None:
    """A sentence that comes at every change of medicine is soon read over."""
    file = a_record(tmp_path, "2010-01-04,methadone,30,taken", other)
    assert "both_given" not in json.loads(run("doses", file, "--json").out)
    assert "Two opioid substitutes" not in run("doses", file).out
