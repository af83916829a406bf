"""The list for custody staff: what to do, how often, whom to call; and nothing of why."""

from dataclasses import replace
from datetime import timedelta

import pytest
from factories import EVENING, TestDesk, an_author

from pdtdesk.documents import Sheets
from pdtdesk.domain.reception.facts import Medicine, Substance
from pdtdesk.domain.reception.person import Plan, Stay, Task
from pdtdesk.domain.reception.questions import QUESTIONS, SUBSTANCES, Input
from pdtdesk.domain.reception.questions.health import URINE
from pdtdesk.domain.reception.scales import SCALES
from pdtdesk.domain.staff import Establishment
from pdtdesk.policy.findings import TaskKind
from pdtdesk.policy.reception.codes import Code
from pdtdesk.services.reception.custody_watch import SAYS_NOTHING, WATCH_BY_CODE, custody_line
from pdtdesk.services.reception.people import open_record
from pdtdesk.services.reception.sheet_facts import Custody, CustodyLine, Printing, Watch
from pdtdesk.services.reception.sheets import custody_list
from tests.documents.an_evening import a_day_ago, taken_in, the_evening, triaged
from tests.documents.read_back import pages_of, squeezed, whole

MARKER = "zzmarker"
UNTIL = EVENING + timedelta(hours=11)
CLINICAL = frozenset(
    {
        *(medicine.value for medicine in Medicine),
        *(substance.value.replace("_", " ") for substance in Substance if substance is not Substance.OTHER),
        *(choice.label.casefold() for choice in (*SUBSTANCES, *URINE) if choice.word != "other"),
        *(scale.name.casefold() for scale in SCALES.values()),
        *("opioid", "heroin", "drug", "medicine", "dose", "withdrawal", "detox", "dependen", "overdos", "inject"),
        *("sedat", "drows", "intoxic", "drunk", "self-harm", "suicid", "pregnan", "hepatitis", "hiv", "seizure"),
        *("epilep", "psychiat", "mental", "allerg", "prescri", "carat", "score", "tolerance", "naltrexone", "virus"),
    }
)


def printed(*lines: CustodyLine) -> bytes:
    printing = Printing(Establishment("ASH", "HMP Ashmoor"), EVENING, an_author(), "K-08")
    return Sheets().custody(Custody(printing, a_day_ago(), lines))


def a_plan(*codes: str, values: dict[str, str] | None = None) -> Plan:
    """A plan in which every text is a marker: what of it reaches the paper is seen at once."""
    body = {
        "reasons": [MARKER],
        "lines": [{"label": MARKER, "sentence": MARKER, "code": code} for code in codes],
        "findings": [{"code": code, "sentence": MARKER, "values": values or {"x": MARKER}} for code in codes],
        "may_not_be_given": [{"what": MARKER, "why": MARKER, "ends_by": MARKER, "hard": True, "code": codes[0]}],
        "observation": [MARKER],
    }
    return Plan("plan", 2, "now", (MARKER,), body, an_author(), EVENING)


@pytest.fixture
def answered(desk: TestDesk):
    """A person of whom every question was answered, in marker words wherever words can be written."""
    row = taken_in(desk, arrived_from=MARKER)
    answers = {
        key: question.choices[-1].word if question.choices else MARKER
        for key, question in QUESTIONS.items()
        if question.input in (Input.TEXT, Input.LONG_TEXT) or question.choices
    }
    answers |= {key: "yes" for key, q in QUESTIONS.items() if q.input in (Input.YES_NO, Input.YES_NO_UNKNOWN)}
    del answers["prescribed.pharmacy_hours"]
    triaged(desk, row, answers)
    return open_record(desk.acting(), row.patient_id).person


def a_task(kind: TaskKind) -> Task:
    return Task(f"task-{kind}", "p", kind.value, MARKER, EVENING + timedelta(hours=2), None, MARKER)


@pytest.mark.parametrize("code", [*Code, "RC-OF-A-NEWER-DESK"])
def test_no_finding_tells_custody_staff_a_medicine_or_a_diagnosis(answered, code: str) -> None:
    """Otherwise a clinical secret hangs in the wing office."""
    stay: Stay = replace(answered.current, plans=(a_plan(str(code)),), tasks=tuple(a_task(kind) for kind in TaskKind))
    text = whole(printed(custody_line(answered, stay, UNTIL))).casefold()
    assert MARKER not in text
    assert [word for word in CLINICAL if word.replace(" ", "") in text] == []
    assert "sparrow,daniellee" in text


def test_all_findings_and_all_answers_at_once_tell_nothing(answered) -> None:
    stay = replace(answered.current, plans=(a_plan(*map(str, Code)),), tasks=tuple(a_task(kind) for kind in TaskKind))
    text = whole(printed(custody_line(answered, stay, UNTIL))).casefold()
    assert MARKER not in text
    assert [word for word in CLINICAL if word.replace(" ", "") in text] == []


def test_every_finding_has_its_instruction_or_says_nothing() -> None:
    """Otherwise a new rule of reception is silently without an observation."""
    assert set(Code) == set(WATCH_BY_CODE) | SAYS_NOTHING
    assert not set(WATCH_BY_CODE) & SAYS_NOTHING


def test_two_reasons_for_one_instruction_cannot_be_told_apart(answered) -> None:
    """Otherwise the wording itself gives the diagnosis away."""
    alike = [
        code for code, watch in WATCH_BY_CODE.items() if watch is Watch.LOOK_IN and code is not Code.ALCOHOL_CARE
    ]
    lines = {
        custody_line(answered, replace(answered.current, plans=(a_plan(str(code)),), tasks=()), UNTIL)
        for code in alike
    }
    assert len(alike) > 5
    assert len(lines) == 1


def test_the_strongest_instruction_is_printed(answered) -> None:
    both = a_plan(str(Code.COWS), str(Code.SEDATION_DROWSY), str(Code.SELF_HARM_NOW))
    assert custody_line(answered, replace(answered.current, plans=(both,)), UNTIL).watch is Watch.NOT_ALONE
    newer = a_plan(str(Code.COWS), "RC-OF-A-NEWER-DESK")
    assert custody_line(answered, replace(answered.current, plans=(newer,)), UNTIL).watch is Watch.ASK


@pytest.mark.parametrize(
    ("shown", "minutes"),
    [
        ("0.5 hours", 30),
        ("2 hours", 120),
        ("not signed locally", None),
        ("0.5 hours methadone", None),
        ("0 hours", None),
    ],
)
def test_how_often_is_a_signed_interval_or_a_blank_to_write_in(answered, shown: str, minutes: int | None) -> None:
    """Otherwise a figure that nobody has signed is walked by all night."""
    plan = a_plan(str(Code.SEDATION_DROWSY), values={"sedation_recheck_hours": shown})
    line = custody_line(answered, replace(answered.current, plans=(plan,)), UNTIL)
    assert line.minutes == minutes
    assert (f"every{minutes}min" if minutes else "every____min") in whole(printed(line))


def test_the_evening_list_says_what_to_do_for_everybody(desk: TestDesk) -> None:
    """Otherwise somebody is locked up of whom nobody has decided anything."""
    the_evening(desk)
    custody = custody_list(desk.acting(), a_day_ago())
    watches = {line.name.split(",")[0]: line.watch for line in custody.lines}
    assert watches == {
        "PRICE": Watch.NOT_ALONE,
        "OKAFOR": Watch.WAKE,
        "SPARROW": Watch.LOOK_IN,
        "DUNNE": Watch.LOOK_IN,
        "LINDQVIST": Watch.ORDINARY,
        "TRAN": Watch.ASK,
        "HADDAD": Watch.ASK,
    }
    assert [line.watch for line in custody.lines] == sorted(
        (line.watch for line in custody.lines), key=tuple(Watch).index
    )
    assert [line.location for line in custody.lines if line.watch is Watch.LOOK_IN] == ["B1-07", "B1-12"]
    pdf = Sheets().custody(custody)
    (page,) = pages_of(pdf)
    assert [word for word in CLINICAL if word.replace(" ", "") in whole(pdf).casefold()] == []
    assert page.count("ACCT open.") == 1
    assert page.count("Lower bunk.") == 1
    for watch in Watch:  # what is asked stands once, over all of whom it is asked
        assert whole(pdf).count(squeezed(f"{watch.words}{watch.call}")) == 1
    for line in custody.lines:
        assert line.name in page
        assert str(line.prison_number) in page


def test_what_is_asked_stands_over_the_names_of_every_page(answered) -> None:
    """An officer with the second page in hand has forty names and nothing to do."""
    line = custody_line(answered, answered.current, UNTIL)
    printing = Printing(Establishment("ASH", "HMP Ashmoor"), EVENING, an_author(), "K-08")
    also = tuple(replace(line, name=f"ALSO{number:03}, Somebody") for number in range(400))
    pages = pages_of(Sheets().custody(Custody(printing, a_day_ago(), (), also)))
    assert len(pages) > 1
    for page in pages:
        assert page.index(Watch.LOOK_IN.words[:20]) < page.index("ALSO")
