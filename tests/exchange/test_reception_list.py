"""The list that the prison prints at half past five: every good row in, every bad one named, none lost or doubled."""

import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdtdesk.domain.custody import LegalStatus
from pdtdesk.domain.reception.arrival_list import COLUMNS
from pdtdesk.exchange.reception_list import (
    LONGEST_QUOTED_LINES,
    NotAReceptionList,
    ReadingStopped,
    ReadList,
    read,
)

TODAY = date(2010, 6, 1)
HEADER = ",".join(COLUMNS)
DEMONSTRATION = Path(__file__).parents[2] / "resources" / "demo" / "receptions.csv"


def a_line(number: str = "A4127CK", **changes: str) -> str:
    """One arrival as the prison prints it, valid by default (invented)."""
    row = {
        "prison_number": number,
        "surname": f"SPARROW {number}",
        "forenames": "Daniel Lee",
        "born": "1982-03-14",
        "sex": "male",
        "arrived_at": "2010-06-01T19:05",
        "arrived_from": "Ellerby Crown Court",
        "legal_status": "sentenced",
        "sentence_length": "P30W",
        "sentenced_on": "2010-06-01",
        "release_on": "",
    } | changes
    return ",".join(row.values())


def a_list(*lines: str, header: str = HEADER, end: str = "\n") -> bytes:
    return (end.join((header, *lines)) + end).encode()


def numbered(count: int) -> list[str]:
    """That many people, each with a number of their own."""
    return [a_line(f"{chr(65 + n // 10_000)}{n % 10_000:04d}CK") for n in range(count)]


class Told:
    """Somebody who watches the progress, and stops the reading once they have been told so many times."""

    def __init__(self, stop_after: int | None = None) -> None:
        self.told: list[tuple[int, int]] = []
        self._stop_after = stop_after

    def report(self, done: int, total: int) -> None:
        self.told.append((done, total))

    @property
    def stopped(self) -> bool:
        return self._stop_after is not None and len(self.told) >= self._stop_after


def lines_taken(outcome: ReadList) -> list[int]:
    return [line for line, _ in outcome.rows]


def refused(outcome: ReadList) -> dict[int, str]:
    assert all(reason.isprintable() for _, reason in outcome.refused)
    return dict(outcome.refused)


def refusal_of_file(data: bytes) -> str:
    with pytest.raises(NotAReceptionList) as whole:
        read(data, TODAY)
    assert str(whole.value).isprintable()
    assert len(str(whole.value)) < 700
    return str(whole.value)


# The demonstration


def test_the_demonstration_list_is_taken_in_whole():
    outcome = read(DEMONSTRATION.read_bytes(), TODAY)
    assert outcome.refused == ()
    assert lines_taken(outcome) == list(range(2, 14))


def test_the_demonstration_evening_has_the_people_that_the_pages_need():
    people = [arrival for _, arrival in read(DEMONSTRATION.read_bytes(), TODAY).rows]
    assert sum(person.prison_number is None for person in people) == 1
    assert {person.legal_status for person in people} >= {
        LegalStatus.REMAND,
        LegalStatus.CONVICTED_UNSENTENCED,
        LegalStatus.SENTENCED,
        LegalStatus.RECALLED,
    }
    arrived = [person.arrived_at for person in people]
    assert arrived == sorted(arrived)
    assert arrived[0] == datetime(2010, 6, 1, 16, 40, tzinfo=UTC)
    assert arrived[-1] < datetime(2010, 6, 1, 20, 0, tzinfo=UTC)
    ages = [2010 - person.born.year - ((person.born.month, person.born.day) > (6, 1)) for person in people]
    assert ages.count(19) == 1
    assert min(ages) >= 18, "an adult prison"
    assert {person.sex for person in people} == {"male"}
    assert any(not person.surname.isascii() for person in people)
    assert any("'" in person.surname for person in people)
    places = " ".join(person.arrived_from for person in people)
    assert all(place in places for place in ("Crown Court", "police station", "HMP", "Hospital"))


# What is read all the same


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_the_list_is_read_from_every_system_that_may_print_it(end, mark):
    outcome = read(mark + a_list(a_line(), a_line("A0093DD", surname="BÉRUBÉ"), end=end), TODAY)
    assert lines_taken(outcome) == [2, 3]
    assert outcome.rows[1][1].surname == "BÉRUBÉ"


def test_columns_may_stand_in_any_order_and_case():
    turned = ",".join(f" {name.upper()} " for name in reversed(COLUMNS))
    outcome = read(a_list(",".join(reversed(a_line().split(","))), header=turned), TODAY)
    assert outcome.rows[0][1].surname == "SPARROW A4127CK"


def test_a_list_with_nobody_on_it_is_a_quiet_evening_and_no_error():
    assert read(HEADER.encode(), TODAY) == ReadList((), ())


def test_blank_lines_and_rows_of_commas_hold_nobody_and_do_not_shift_the_count():
    outcome = read(a_list("", a_line(), "   ", "," * 10, a_line("A0093DD", sex="x")), TODAY)
    assert lines_taken(outcome) == [3]
    assert list(refused(outcome)) == [6]


def test_commas_and_quotation_marks_inside_a_field_are_kept():
    outcome = read(a_list(a_line(arrived_from='"Ellerby Road, ""custody"" suite"')), TODAY)
    assert outcome.rows[0][1].arrived_from == 'Ellerby Road, "custody" suite'


def test_what_looks_like_a_formula_is_only_text():
    outcome = read(a_list(a_line(surname="=1+1", arrived_from='"=HYPERLINK(""x"",""y"")"')), TODAY)
    assert outcome.rows[0][1].surname == "=1+1"
    assert outcome.rows[0][1].arrived_from == '=HYPERLINK("x","y")'


# One bad row, named by its line; the others taken


BAD_ROWS = {
    "a day that does not exist": (a_line("A0093DD", born="1982-02-30"), "born: `1982-02-30` is a day that does not"),
    "ends before it begins": (a_line("A0093DD", release_on="2010-05-01"), "before it begins"),
    "no prison number": (a_line("A12345C"), "`A12345C` is not a prison number"),
    "an unknown word": (a_line("A0093DD", legal_status="on_bail"), "`on_bail` is not a word of this list"),
    "too few columns": ("A0093DD,PRICE,Gareth", "3 columns where there are 11 (too few)"),
    "too many columns": (a_line("A0093DD", arrived_from="Ellerby, Court"), "12 columns where there are 11 (too many"),
    "a NUL": (a_line("A0093DD", surname="PRI\0CE"), "surname holds a control character (U+0000) at position 4"),
    "a disguised name": (a_line("A0093DD", surname="\u202eECIRP"), "surname holds a hidden text-direction mark"),
    "a very long text": (a_line("A0093DD", arrived_from="x" * 100_000), "arrived_from is 100,000 characters long"),
    "a longer one, quoted": (a_line("A0093DD", arrived_from=f'"{"x" * 200_000}"'), "far too long"),
    "a vertical tab": (a_line("A0093DD", surname="PRI\x0bCE"), "control character (U+000B)"),
    "a clock that is not there": (a_line("A0093DD", arrived_at="2010-03-28T01:30", sentenced_on=""), "clocks went"),
    "text after a quotation mark": (
        a_line("A0093DD", surname='"PRI"CE'),
        "quotation marks of this line do not pair up",
    ),
}


@pytest.mark.parametrize(("bad", "sentence"), BAD_ROWS.values(), ids=BAD_ROWS.keys())
def test_a_bad_row_is_named_and_the_rows_around_it_are_taken(bad, sentence):
    outcome = read(a_list(a_line("A1111AA"), bad, a_line("A2222BB"), a_line("A3333CC")), TODAY)
    assert lines_taken(outcome) == [2, 4, 5]
    assert list(refused(outcome)) == [3]
    assert sentence in refused(outcome)[3]


def test_all_bad_rows_together_leave_every_good_one_in():
    bad = [line for line, _ in BAD_ROWS.values()]
    mixed = [line for pair in zip(numbered(len(bad)), bad, strict=True) for line in pair]
    outcome = read(a_list(*mixed), TODAY)
    assert lines_taken(outcome) == list(range(2, 2 + len(mixed), 2))
    assert [line for line, _ in outcome.refused] == list(range(3, 3 + len(mixed), 2))


def test_one_row_in_latin_1_costs_only_itself_and_says_how_to_save():
    latin = a_line("A0093DD", surname="BÉRUBÉ").encode("latin-1")
    data = a_list(a_line("A1111AA")) + latin + b"\n" + a_line("A2222BB", surname="BÉRUBÉ").encode()
    outcome = read(data, TODAY)
    assert lines_taken(outcome) == [2, 4]
    assert "surname: `B�RUB�` is not in UTF-8. Save it again as CSV in UTF-8" in refused(outcome)[3]


def test_a_line_break_inside_a_field_is_refused_once_and_later_lines_keep_their_numbers():
    broken = a_line("A0093DD", arrived_from='"Ellerby\nCrown\nCourt"')
    outcome = read(a_list(a_line("A1111AA"), broken, a_line("A2222BB", sex="x"), a_line("A3333CC")), TODAY)
    assert "arrived_from holds a control character (U+000A)" in refused(outcome)[3]
    assert list(refused(outcome)) == [3, 6]
    assert lines_taken(outcome) == [2, 7]


@pytest.mark.hazard("H-002")
@pytest.mark.parametrize("after", [0, 1, LONGEST_QUOTED_LINES - 2, LONGEST_QUOTED_LINES + 30])
@pytest.mark.parametrize("closing", ["", 'A9999ZZ,"X"'])
def test_a_stray_quotation_mark_hides_nobody_behind_it(after, closing):
    stray = a_line("A0093DD", surname='"PRICE')
    people = numbered(after)
    outcome = read(a_list(stray, *people, *filter(None, [closing])), TODAY)
    assert lines_taken(outcome) == list(range(3, 3 + after))
    assert "quotation marks of this line do not pair up" in refused(outcome)[2]


def test_a_stray_mark_that_happens_to_be_closed_further_down_hides_nobody_between():
    opened = a_line("A0093DD", surname='"PRICE')
    closed = a_line("A0094DD", surname='PRICE"')
    outcome = read(a_list(opened, *numbered(3), closed), TODAY)
    assert set(lines_taken(outcome)) >= {3, 4, 5}
    assert 2 in refused(outcome)


# Nobody twice


def test_a_prison_number_given_twice_is_taken_once_and_both_lines_are_named():
    outcome = read(a_list(a_line("A4127CK"), a_line("A0093DD"), a_line("a4127ck", surname="PRICE")), TODAY)
    assert lines_taken(outcome) == [2, 3]
    assert refused(outcome) == {
        4: "prison number A4127CK stands on line 2 and again on line 4. Line 2 was taken; "
        "mend whichever of the two is wrong."
    }


def test_one_person_under_two_numbers_is_taken_once_so_that_somebody_looks_at_the_numbers():
    outcome = read(a_list(a_line("A4127CK", surname="PRICE"), a_line("A4127CX", surname="Price")), TODAY)
    assert lines_taken(outcome) == [2]
    assert "stands on line 2 and again on line 3" in refused(outcome)[3]


def test_a_number_whose_first_row_was_refused_is_still_free():
    outcome = read(a_list(a_line("A4127CK", sex="x"), a_line("A4127CK")), TODAY)
    assert lines_taken(outcome) == [3]
    assert list(refused(outcome)) == [2]


def test_one_person_without_a_number_is_not_taken_twice_but_two_people_are():
    twin = {"surname": "OKAFOR", "forenames": "Emeka"}
    outcome = read(
        a_list(
            a_line("", **twin),
            a_line("", surname="Okafor", forenames="EMEKA"),
            a_line("", surname="OKAFOR", forenames="Chidi"),
            a_line("", **twin, born="1982-03-15"),
        ),
        TODAY,
    )
    assert lines_taken(outcome) == [2, 4, 5]
    assert "a person of this name, birth date and arrival stands on line 2 and again on line 3" in refused(outcome)[3]


# The file as a whole


@pytest.mark.parametrize("data", [b"", b"\n\n", b"  \r\n ", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n\n"])
def test_an_empty_file_is_called_empty(data):
    assert refusal_of_file(data).startswith("The file is empty.")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_file_in_utf_16_says_how_to_save_it_again(encoding):
    said = refusal_of_file(a_list(a_line()).decode().encode(encoding))
    assert "UTF-16" in said
    assert "Save it again as CSV in UTF-8" in said


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04" + bytes(200), "is a spreadsheet, not a CSV file"),
        (b"\xd0\xcf\x11\xe0" + bytes(200), "is an old Excel spreadsheet"),
        (b"%PDF-1.4\n%\xe2\xe3", "is a PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "does not begin with text in UTF-8"),
        (b"\x1f\x8b\x08" + bytes(range(256)), "does not begin with text in UTF-8"),
        (bytes(1000), "UTF-16"),
    ],
)
def test_a_file_that_is_no_text_says_what_it_is_and_what_to_do(data, said):
    message = refusal_of_file(data)
    assert said in message
    assert "Save it again as CSV in UTF-8" in message


def test_wrong_columns_are_named_missing_unknown_and_twice():
    header = HEADER.replace("release_on", "wing").replace("forenames", "surname")
    said = refusal_of_file(a_list(a_line(), header=header))
    assert "missing: forenames, release_on; unknown: `wing`; given twice: surname" in said
    assert f"The first line must be {HEADER}." in said


def test_a_list_without_its_line_of_names_is_not_guessed_at():
    assert "missing: prison_number, surname" in refusal_of_file((a_line() + "\n").encode())


@pytest.mark.parametrize(("separator", "name"), [(";", "semicolons"), ("\t", "tabs")])
def test_columns_separated_by_something_else_are_recognised(separator, name):
    assert f"separated by {name}" in refusal_of_file(a_list(a_line()).replace(b",", separator.encode()))


def test_a_first_line_of_nonsense_gives_a_short_sentence():
    assert "unknown:" in refusal_of_file(b"," * 5000 + b"x" * 100_000)
    assert "cannot be read" in refusal_of_file(b'"prison_number\nA4127CK')


@given(st.binary(max_size=300))
def test_whatever_the_bytes_the_answer_is_a_list_or_a_sentence(data):
    for content in (data, a_list(a_line("A1111AA")) + data):
        try:
            sentences = list(refused(read(content, TODAY)).values())
        except NotAReceptionList as whole:
            sentences = [str(whole)]
        assert all(sentence.isprintable() and sentence.endswith(".") for sentence in sentences)


@given(st.binary(max_size=300))
def test_bytes_after_a_good_row_never_lose_that_row(data):
    assert lines_taken(read(a_list(a_line("A1111AA")) + data, TODAY))[0] == 2


# Long lists


def test_fifty_thousand_rows_are_read_in_seconds_with_progress():
    progress = Told()
    data = a_list(*numbered(50_000), end="\r\n")
    begun = time.process_time()
    outcome = read(data, TODAY, progress)
    taken = time.process_time() - begun
    assert (len(outcome.rows), outcome.refused) == (50_000, ())
    assert len(progress.told) > 50
    assert progress.told == sorted(progress.told)
    assert progress.told[-1][0] == progress.told[-1][1]
    # About a second on a ward's machine; four leave room for a busy one, and a quadratic reader takes minutes.
    assert taken < 4


def test_a_long_list_of_quoted_rows_is_no_slower_than_its_length():
    data = a_list(*(line.replace("Ellerby Crown Court", '"Ellerby, Crown Court"') for line in numbered(20_000)))
    begun = time.process_time()
    assert len(read(data, TODAY).rows) == 20_000
    assert time.process_time() - begun < 4


def test_reading_can_be_stopped_and_says_that_nothing_was_taken():
    progress = Told(stop_after=3)
    with pytest.raises(ReadingStopped, match="Nothing of this list has been taken in"):
        read(a_list(*numbered(5000)), TODAY, progress)
    assert len(progress.told) == 3
