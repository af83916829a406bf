"""The first-night sheet: nothing that was asked or planned is missing from the paper on which the night relies."""

import re
from dataclasses import replace
from datetime import date

import pytest
from factories import EVENING, TestDesk, an_answer, an_author

from pdtdesk.documents import Sheets
from pdtdesk.domain.record.entry import NewEntry
from pdtdesk.domain.roles import Role
from pdtdesk.services.reception.sheet_facts import FirstNight
from pdtdesk.services.reception.sheets import first_night_sheet
from tests.documents.an_evening import CALM, sparrow, taken_in, triaged
from tests.documents.read_back import pages_of, squeezed, strings, whole

NOT_PRINTED_AS_THEY_STAND = frozenset(
    {"references", "printing", "tone", "urgency", "priority", "since", "by", "sex", "nhs_number"}
)
NAMES = [
    ("מוחמד", "דניאל"),
    ("محمد", "عبد الله"),
    ("Ólafsdóttir", "Þórunn"),
    ("Ковальчук", "Олена"),
    ("Nguyễn", "Thị Ánh"),
]


@pytest.fixture
def sheet(desk: TestDesk) -> FirstNight:
    return first_night_sheet(desk.acting(), sparrow(desk))


def test_every_line_of_the_sheet_is_on_the_paper(sheet: FirstNight) -> None:
    """Otherwise the night nurse does not know what the evening nurse was told."""
    text = whole(Sheets().first_night(sheet))
    held = [each for each in strings(sheet, NOT_PRINTED_AS_THEY_STAND) if each]
    assert len(held) > 100
    assert [each for each in held if squeezed(each) not in text] == []


def test_every_line_of_the_plan_says_where_it_is_found(sheet: FirstNight) -> None:
    """Otherwise nobody can look up why; a number of a file that only the product knows is no name for a report."""
    text = whole(Sheets().first_night(sheet))
    passages = [each for part in sheet.plan for each in part.references if each.section not in part.facts]
    assert len(passages) > 15
    for passage in passages:
        number = re.search(rf"\[(\d+)\]{re.escape(squeezed(passage.section.split(': no source')[0]))}", text)
        assert squeezed(passage.document).casefold() in text.casefold(), passage
        assert number is not None or re.match(r"[A-Z]-\d\d: ", passage.section), passage
    assert "Patelreport[12]appendixA3.50to3.52" in text
    assert "000" not in text[text.index("Sources") :]


def test_the_fullest_triage_is_one_page(sheet: FirstNight) -> None:
    """Otherwise the half of it hangs on the board and the other half lies in the printer."""
    marked = replace(sheet, printing=replace(sheet.printing, demonstration=True))
    assert [len(pages_of(Sheets().first_night(each))) for each in (sheet, marked)] == [1, 1]


def test_each_page_says_whose_it_is_and_which_of_how_many(sheet: FirstNight) -> None:
    """Otherwise the second page lies in another person's notes."""
    pages = pages_of(Sheets().first_night(replace(sheet, sections=sheet.sections * 2)))
    assert len(pages) == 2
    for number, page in enumerate(pages, start=1):
        assert "SPARROW, Daniel Lee" in page
        assert "A4127CK" in page
        assert "Allergy: penicillin" in page
        assert f"page {number} of 2" in page


@pytest.mark.hazard("H-001")
def test_a_long_name_takes_no_danger_off_the_sheet(sheet: FirstNight) -> None:
    """The head has so many lines: past them *Allergy: penicillin* stood nowhere."""
    named = replace(sheet, who=replace(sheet.who, name="LONGNAME" * 45))
    text = whole(Sheets().first_night(named))
    assert all(squeezed(alert.words) in text for alert in sheet.alerts)
    assert "Allergy:penicillin" in text


def test_an_answer_of_somebody_else_bears_their_name(desk: TestDesk) -> None:
    """The sheet said "answers by R. Adeyemi unless another name stands beside them", and it was the prescriber's."""
    reached = an_answer("yes", by=an_author(Role.PRESCRIBER))
    sheet = first_night_sheet(desk.acting(), sparrow(desk, **{"prescriber.reached": reached}))
    (page,) = pages_of(Sheets().first_night(sheet))
    assert re.search(r"Prescriber reached Reached[^)]*H\. Castellan", page, re.DOTALL)


def test_words_from_right_to_left_stand_beside_nothing_else(sheet: FirstNight) -> None:
    """A line is turned as a whole: the language of one part stood where the next part's answer belongs."""
    arrival = next(part for part in sheet.sections if part.heading == "Arrival")
    language = replace(arrival.answers[0], label="Language", words="עברית")
    turned = replace(arrival, answers=(language, *arrival.answers[1:]))
    sections = tuple(turned if part is arrival else part for part in sheet.sections)
    (page, *_) = pages_of(Sheets().first_night(replace(sheet, sections=sections)))
    (line,) = [line for line in page.splitlines() if "עברית" in line or "תירבע" in line]
    assert "self-harm" not in line


def test_an_ordinary_arrival_is_one_page(desk: TestDesk) -> None:
    """Otherwise the night nurse turns twelve pages more than she has time for."""
    row = taken_in(desk)
    answers = {
        **CALM,
        "risk.drowsy": "no",
        "withdrawal.seen": "opioids",
        "prescribed.any": "yes",
        "prescribed.medicine": "methadone",
        "prescribed.daily": "40",
        "prescribed.pharmacy": "Mill Lane pharmacy",
        "substances.opioids.frequency": "daily",
        "substances.opioids.last_used": "2010-05-31",
        "substances.tobacco.frequency": "daily",
        "custody_doses.arrested_at": "2010-05-31T22:00",
        "custody_doses.police.given": "no",
        "risk.self_harm_before": "no",
        "risk.allergies": "none",
        "risk.breathing": "no",
        "prescriber.reached": "no",
        "wishes.wants": "maintenance",
        "wishes.told": "The pharmacy will be asked in the morning.",
        "referral.carat": "yes",
    }
    triaged(desk, row, answers)
    assert len(pages_of(Sheets().first_night(first_night_sheet(desk.acting(), row.patient_id)))) == 1


def test_the_same_facts_give_the_same_bytes(sheet: FirstNight) -> None:
    """Otherwise nobody can prove which sheet lay on the ward."""
    assert Sheets().first_night(sheet) == Sheets().first_night(replace(sheet))


def test_what_may_not_be_given_comes_before_the_plan(sheet: FirstNight) -> None:
    text = whole(Sheets().first_night(sheet))
    assert text.index("MAYNOTBEGIVEN") < text.index("Tonight'splan") < text.index("Rightnow")
    assert "Noopioidsubstitutes:nosignedorder" in text


def test_every_sheet_says_to_look_before_the_dose(sheet: FirstNight) -> None:
    """Otherwise a sheet that holds one medicine reads as if the others could be given unseen."""
    assert sheet.may_not_be_given
    said = "lookedat:itisnotgiven.[K-08,awaitingclinicalsign-off]"
    assert said in whole(Sheets().first_night(sheet))
    signed = replace(sheet, printing=replace(sheet.printing, sedation_rule="K-08"))
    assert "lookedat:itisnotgiven.[K-08]" in whole(Sheets().first_night(signed))


def test_lines_without_a_signature_say_so(sheet: FirstNight) -> None:
    """Otherwise a figure that nobody has signed is taken for the clinical lead's."""
    text = whole(Sheets().first_night(sheet))
    assert "†awaitingclinicalsign-off‡notsignedlocally" in text
    assert "decideitwiththeprescriberandrecordit.†‡[S-02" in text
    assert "‡Notsignedlocally:HowoftenCOWSisrepeated" in text


def test_an_answer_of_a_hundred_thousand_characters_goes_on_and_is_not_cut(desk: TestDesk) -> None:
    """No field takes so many; a desk of another version may have."""
    words = [f"word{number:05}" for number in range(11_000)]
    patient = sparrow(desk, **{"wishes.words": "short"})
    with desk.store.work() as work:
        stay = work.person(patient).current
        over = list(stay.answers["wishes.words"][0].entries)
        answer = {"at": EVENING.isoformat(), "over": over, "value": " ".join(words)}
        body = {"stay": stay.id, "answers": {"wishes.words": answer}}
        work.append([NewEntry("reception", "triage", body, an_author(), patient)])
    sheet = first_night_sheet(desk.acting(), patient)
    pdf = Sheets().first_night(sheet)
    assert re.findall(r"word\d{5}", whole(pdf)) == words
    assert len(pages_of(pdf)) > 5


def test_a_word_without_end_is_broken_and_not_cut(sheet: FirstNight) -> None:
    long = replace(sheet, arrived="x" * 100_000)
    assert whole(Sheets().first_night(long)).count("x") >= 100_000


@pytest.mark.parametrize(("surname", "forenames"), NAMES)
def test_a_name_of_another_script_stands_whole(desk: TestDesk, surname: str, forenames: str) -> None:
    """Otherwise somebody goes without a name, or has another's."""
    row = taken_in(desk, surname, forenames, born=date(1979, 5, 5))
    text = whole(Sheets().first_night(first_night_sheet(desk.acting(), row.patient_id)))
    for name in (surname.upper(), *forenames.split()):
        assert squeezed(name) in text or squeezed(name)[::-1] in text
    assert "[U+" not in text


def test_letters_that_no_font_holds_are_spelt_out(sheet: FirstNight) -> None:
    said = replace(sheet, arrived="pill 💊, smile 😀, river 江, flag 🏴, family 👨\u200d👩, a\ufe0fb")
    text = whole(Sheets().first_night(said))
    assert "pill[pill],smile[grinningface],river[U+6C5F]" in text
    assert "family[man][woman],ab" in text


def test_no_control_character_reaches_the_paper(sheet: FirstNight) -> None:
    said = replace(sheet, arrived="before\x00after\x1b[2J\ud800 end\nnext line")
    (page, *_) = pages_of(Sheets().first_night(said))
    assert "before[U+0000]after[U+001B][2J[U+D800] end" in page
    assert not set(page) & (set(map(chr, range(32))) - set("\r\n"))


def test_a_demonstration_is_marked_on_every_page(sheet: FirstNight) -> None:
    """Otherwise an invented plan is given to somebody real."""
    plain = Sheets().first_night(sheet)
    marked = Sheets().first_night(replace(sheet, printing=replace(sheet.printing, demonstration=True)))
    assert not any("DEMONSTRATION" in page for page in pages_of(plain))
    assert all(page.count("DEMONSTRATION") >= 2 for page in pages_of(marked))
