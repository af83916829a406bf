"""`pdtdesk receptions`: what a script or a clerk is told of a list, and that good rows are never lost to bad ones."""

import json
from pathlib import Path

import pytest

from pdtdesk.store.keys.lock import hold_window
from tests.cli.conftest import HEADER, Run, a_list
from tests.factories import TestDesk

SPARROW = "A4127CK,SPARROW,Daniel Lee,1982-03-14,male,2010-06-01T19:05,Crown Court,remand,,,"
TRAN = "A6093QX,TRAN,Minh,1989-11-05,male,2010-06-01T20:45,Police station,remand,,,"
NO_SUCH_DAY = "A7710BN,LINDQVIST,Tom,1977-02-30,male,2010-06-01T17:40,Court,remand,,,"
SAME_NUMBER = "A4127CK,OKAFOR,Emeka,1987-08-11,male,2010-06-01T19:50,Police station,remand,,,"


def test_a_list_is_taken_in_once_however_often_it_is_given(at_desk: Run, desk: TestDesk, tmp_path: Path) -> None:
    file = a_list(tmp_path / "list.csv", SPARROW, TRAN)
    first, again = at_desk("receptions", file), at_desk("receptions", file)
    assert (first.code, again.code) == (0, 0)
    assert "2 taken in, 0 already here, 0 refused" in first.out
    assert "0 taken in, 2 already here, 0 refused" in again.out
    with desk.store.reading() as work:
        assert len(work.present()) == 2


def test_bad_rows_are_named_by_line_and_the_others_are_taken_in(at_desk: Run, desk: TestDesk, tmp_path: Path) -> None:
    ended = at_desk("receptions", a_list(tmp_path / "list.csv", SPARROW, NO_SUCH_DAY, TRAN))
    lines = ended.err.splitlines()
    assert ended.code == 2
    assert lines[0].startswith("line 3: born: `1977-02-30` is a day that does not exist")
    assert lines[1].endswith("2 taken in, 0 already here, 1 refused.")
    assert len(lines) == 2
    with desk.store.reading() as work:
        assert {row.surname for row in work.present()} == {"SPARROW", "TRAN"}


def test_a_script_reads_one_json_object_of_what_became_of_the_list(at_desk: Run, tmp_path: Path) -> None:
    at_desk("receptions", a_list(tmp_path / "before.csv", SPARROW))
    ended = at_desk("receptions", a_list(tmp_path / "l.csv", SPARROW, TRAN, NO_SUCH_DAY), "--json")
    told = json.loads(ended.out)
    assert ended.code == 2
    assert (told["taken"], told["already"]) == (1, 1)
    assert [each["line"] for each in told["refused"]] == [4]
    assert set(told) == {"taken", "already", "refused"}
    assert set(told["refused"][0]) == {"line", "reason"}


def test_a_number_that_belongs_to_somebody_else_is_refused_by_its_line(at_desk: Run, tmp_path: Path) -> None:
    at_desk("receptions", a_list(tmp_path / "before.csv", SPARROW))
    ended = at_desk("receptions", a_list(tmp_path / "after.csv", TRAN, SAME_NUMBER))
    assert ended.code == 2
    assert ended.err.startswith("line 3: the prison number A4127CK belongs to SPARROW, Daniel Lee")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"name,born\nSPARROW,1982-03-14\n", "columns are not those of a reception list"),
        ((HEADER + "\n" + SPARROW).encode("utf-16"), "UTF-16"),
        (b"PK\x03\x04 and so on", "spreadsheet"),
        (HEADER.replace(",", ";").encode(), "semicolons"),
    ],
    ids=["empty", "wrong columns", "UTF-16", "spreadsheet", "semicolons"],
)
def test_a_file_that_is_no_list_is_refused_in_one_sentence_with_its_name(
    at_desk: Run, tmp_path: Path, content: bytes, says: str
) -> None:
    file = tmp_path / "strange.csv"
    file.write_bytes(content)
    ended = at_desk("receptions", file)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(str(file))
    assert says in ended.err
    assert ended.err.count("\n") == 1


def test_a_row_in_another_encoding_costs_its_own_line_alone(at_desk: Run, tmp_path: Path) -> None:
    file = tmp_path / "latin.csv"
    latin = SPARROW.replace("SPARROW", "BÉRUBÉ").encode("latin-1")
    file.write_bytes(b"\n".join((HEADER.encode(), latin, TRAN.encode())))
    ended = at_desk("receptions", file)
    assert ended.code == 2
    assert ended.err.startswith("line 2: surname:")
    assert "1 taken in" in ended.err


def test_50000_rows_of_nonsense_are_each_named_and_the_one_person_is_taken_in(at_desk: Run, tmp_path: Path) -> None:
    ended = at_desk("receptions", a_list(tmp_path / "huge.csv", *[NO_SUCH_DAY] * 49_999, TRAN))
    lines = ended.err.splitlines()
    assert ended.code == 2
    assert len(lines) == 50_000
    assert lines[-1].endswith("1 taken in, 0 already here, 49999 refused.")


def test_a_file_that_is_missing_or_a_folder_is_named(at_desk: Run, tmp_path: Path) -> None:
    missing, folder = at_desk("receptions", tmp_path / "none.csv"), at_desk("receptions", tmp_path)
    assert (missing.code, folder.code) == (2, 2)
    assert "none.csv: there is no such file" in missing.err
    assert "cannot be read" in folder.err


def test_a_list_is_taken_in_beside_an_open_window(at_desk: Run, desk: TestDesk, tmp_path: Path) -> None:
    with hold_window(desk.folder):
        assert at_desk("receptions", a_list(tmp_path / "list.csv", SPARROW)).code == 0
    with desk.store.reading() as work:
        assert [row.surname for row in work.present()] == ["SPARROW"]


def test_somebody_who_may_not_take_in_arrivals_is_told_so(at_desk: Run, desk: TestDesk, tmp_path: Path) -> None:
    ended = at_desk("receptions", a_list(tmp_path / "list.csv", SPARROW), user="carat")
    assert ended.code == 2
    assert "may not take in arrivals" in ended.err
    with desk.store.reading() as work:
        assert work.present() == ()


def test_a_wrong_password_takes_nothing_in_and_says_what_to_do(at_desk: Run, desk: TestDesk, tmp_path: Path) -> None:
    ended = at_desk("receptions", a_list(tmp_path / "list.csv", SPARROW), password="not it")
    assert (ended.code, ended.out) == (2, "")
    assert "do not open this desk" in ended.err
    with desk.store.reading() as work:
        assert work.present() == ()


def test_without_a_password_or_a_user_the_command_says_how_to_give_them(
    run: Run, desk: TestDesk, tmp_path: Path
) -> None:
    file = a_list(tmp_path / "list.csv", SPARROW)
    nobody = run("receptions", file, "--at", desk.folder.path, "--password-stdin", piped="x\n")
    silent = run("receptions", file, "--at", desk.folder.path, "--user", "nurse")
    empty = run("receptions", file, "--at", desk.folder.path, "--user", "nurse", "--password-stdin")
    assert [nobody.code, silent.code, empty.code] == [2, 2, 2]
    assert "--user is missing" in nobody.err
    assert "--password-stdin" in silent.err
    assert "Standard input is empty" in empty.err


def test_a_folder_without_a_desk_is_named(run: Run, tmp_path: Path) -> None:
    file = a_list(tmp_path / "list.csv", SPARROW)
    ended = run("receptions", file, "--at", tmp_path / "nowhere", "--user", "nurse", "--password-stdin", piped="x\n")
    assert ended.code == 2
    assert f"There is no desk in {tmp_path / 'nowhere'}" in ended.err


def test_a_day_is_set_by_the_command_on_a_demonstration_alone(at_desk: Run, tmp_path: Path) -> None:
    file = a_list(tmp_path / "list.csv", SPARROW.replace("2010-06-01T19:05", "2010-06-05T19:05"))
    early, right = at_desk("receptions", file), at_desk("receptions", file, "--today", "2010-06-05")
    wrong = at_desk("receptions", file, "--today", "Tuesday")
    assert "more than a day ahead" in early.err
    assert right.code == 0
    assert (wrong.code, "YYYY-MM-DD" in wrong.err) == (2, True)
