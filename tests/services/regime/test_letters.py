"""The facts of the review letter: what was decided, what was given, and what was said of it then and now."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from a_reviewed_man import (
    REASON,
    a_departure,
    a_long_reduction,
    a_man,
    an_ordinary_man,
    days_of_doses,
    reviewed,
    the_fullest_man,
)
from factories import SetClock, TestDesk, a_desk
from treatment import (
    AGREED,
    a_morning,
    a_schedule,
    an_ordering,
    by,
    chosen,
    ended,
    given,
    mg,
    now_of,
    ordered,
    tomorrow,
)

from pdtdesk.domain.calendar import LONDON
from pdtdesk.domain.reception.facts import Standing
from pdtdesk.domain.record.entry import NewEntry
from pdtdesk.domain.regime.doses import Outcome
from pdtdesk.domain.regime.facts import RegimeClass
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.schedule import Schedule, Stretch
from pdtdesk.domain.regime.treatment import Agreed, Wish
from pdtdesk.domain.roles import Role
from pdtdesk.policy.findings import plain
from pdtdesk.policy.origin import Authority
from pdtdesk.services.reception import tasks
from pdtdesk.services.refusals import NotAllowed, Refused
from pdtdesk.services.regime.letter_facts import ReviewLetter, When
from pdtdesk.services.regime.letters import review_letter
from pdtdesk.services.regime.pictures import SentenceReview
from pdtdesk.services.regime.then_and_now import compared, then_and_now

DAY = timedelta(days=1)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TestDesk]:
    """A desk on the morning of Wed 2 Jun 2010."""
    made = a_morning(tmp_path / "desk")
    yield made
    made.door.close()


def letter(desk: TestDesk, patient_id: str, **more: object) -> ReviewLetter:
    return review_letter(desk.acting(Role.PRESCRIBER), patient_id, **more)


def of_april(tmp_path: Path) -> TestDesk:
    """A desk two days before the guidance of April 2010."""
    return a_desk(tmp_path / "spring", clock=SetClock(datetime(2010, 3, 30, 9, tzinfo=LONDON)))


def test_the_letter_tells_of_the_review_and_of_who_took_part(desk: TestDesk) -> None:
    """The doctor outside reads that it goes on, and not why, or whether the man was in the room."""
    patient = an_ordinary_man(desk)
    sheet = letter(desk, patient.patient_id)
    review = sheet.review
    assert review is not None
    assert (review.on, review.of, review.outcome, review.standing) == (
        date(2010, 6, 14),
        "maintenance",
        "Goes on as it is",
        "offered",
    )
    assert review.reason.startswith("Steady since")
    assert review.took_part.startswith("D. Sparrow (there)")
    assert review.sleep.startswith("Wakes at four")
    assert (sheet.wish.wished, sheet.wish.agreed) == ("to stay on what holds him", "agreed")
    assert sheet.addressed == (
        "The healthcare file, HMP Ashmoor",
        "Community prescriber: Dr A. Finch, Mill Lane surgery, Ashmoor",
    )
    assert (sheet.who.name, sheet.who.prison_number, sheet.who.location) == (
        "SPARROW, Daniel Lee",
        "A4127CK",
        "B2-14",
    )


def test_the_next_review_is_due_on_one_day_and_planned_for_one_on_which_somebody_is_there(desk: TestDesk) -> None:
    """Due on a Sunday, nobody holds it, and Monday's list begins without it (S-05)."""
    sheet = letter(desk, an_ordinary_man(desk).patient_id)
    assert (sheet.next_review.due, sheet.next_review.planned) == (date(2010, 7, 25), date(2010, 7, 24))
    assert sheet.next_review.by_rule is not None
    assert sheet.next_review.by_rule.awaiting
    assert SentenceReview(date(2010, 7, 24), "Next review Sat 24 Jul") in sheet.sentence.reviews


def test_a_next_review_after_release_says_so(desk: TestDesk) -> None:
    """In the diary of a prison that he has left, the review is held by nobody."""
    patient = a_man(desk)
    chosen(desk, patient)
    reviewed(desk, patient, next_due=date(2010, 9, 1))
    assert letter(desk, patient.patient_id).next_review.remark == "after release on Tue 10 Aug 2010"
    tomorrow(desk, 92)
    assert letter(desk, patient.patient_id).next_review.remark == "OVERDUE: that day has passed"


def test_the_doses_since_the_review_before_are_told_with_what_was_not_taken(desk: TestDesk) -> None:
    """A quiet letter about a man who refused for two days, and was drowsy on the third."""
    sheet = letter(desk, an_ordinary_man(desk).patient_id)
    since = sheet.since
    assert since.since == date(2010, 6, 2)
    assert since.runs == ("1 day up to Sun 6 Jun 2010", "1 day up to Fri 11 Jun 2010")
    assert since.outcomes == "1 refused, 1 missed"
    assert since.sedated == ("Mon 14 Jun 2010 08:30",)
    assert [(each.name, each.total) for each in since.scores] == [("COWS", "4")]
    assert sheet.doses is not None
    assert (sheet.doses.days[0].day, len(sheet.doses.days)) == (date(2010, 6, 2), 13)
    (shown,) = sheet.shown
    assert (shown.shown, shown.length) == ("stabilisation", "12 days, 19 or less")
    assert (shown.not_taken, shown.not_known) == ("longest run not taken 1 day", "0 days not known")


def test_a_second_review_tells_of_the_days_since_the_first(desk: TestDesk) -> None:
    """What was told already hides what is new."""
    patient = a_man(desk)
    chosen(desk, patient)
    days_of_doses(desk, patient, 3, {1: Outcome.REFUSED})
    reviewed(desk, patient)
    days_of_doses(desk, patient, 3, {1: Outcome.MISSED})
    reviewed(desk, patient)
    sheet = letter(desk, patient.patient_id)
    assert sheet.since.since == date(2010, 6, 5)
    assert sheet.since.runs == ("1 day up to Sun 6 Jun 2010",)


def test_before_a_first_review_the_letter_tells_of_the_decision_in_force(desk: TestDesk) -> None:
    """A man moves on in his second week: what goes with him says what was decided, why, and when to look again."""
    sheet = letter(desk, a_departure(desk).patient_id)
    assert sheet.review is None
    (declared,) = sheet.declared
    assert (declared.declared, declared.medicine, declared.since) == ("maintenance", "methadone", date(2010, 6, 2))
    assert (declared.standing, declared.stands, declared.reason) == ("needs a reason", "needs a reason", REASON)
    assert (sheet.next_review.due, sheet.wish.wished) == (date(2010, 6, 30), "to be steady")
    assert (sheet.tolerance, sheet.same_guidance) == (None, True)
    assert len(sheet.parameters) == 16


def test_findings_are_told_as_they_were_then_and_as_they_are_now(tmp_path: Path) -> None:
    """Decided in March by the guidance of March: in April nobody knows any more on what."""
    desk = of_april(tmp_path)
    at = desk.clock.now()
    patient = a_man(desk, sentence_length="P60W")
    heard = tasks.Confirmation(
        Standing.CONFIRMED, "P. Lane, Mill Lane pharmacy", at, "methadone", "40 mg", at - timedelta(hours=20)
    )
    tasks.confirm_prescription(desk.acting(), patient.patient_id, patient.stay, heard)
    chosen(desk, patient)
    days_of_doses(desk, patient, 3)
    sheet = letter(desk, patient.patient_id)
    (declared,) = sheet.declared
    assert (declared.standing, declared.stands) == ("offered", "needs a reason")
    gone = [each.said for each in sheet.findings if each.when is When.NO_LONGER]
    new = [each.said for each in sheet.findings if each.when is When.NEW]
    assert any("R-11" in each.facts for each in gone)
    assert any("R-12" in each.facts for each in new)
    assert not sheet.same_guidance
    assert len(sheet.parameters.split(", ")) == 2
    assert all(each.references for each in (*gone, *new))
    desk.door.close()


def test_other_classes_and_the_words_of_a_signature_are_not_told_as_news(desk: TestDesk) -> None:
    """Every letter would say the same ten new things, and the one that is new is not seen."""
    patient = a_man(desk)
    chosen(desk, patient, wish=replace(AGREED, agreed=Agreed.NO))
    given(desk, patient)
    found = letter(desk, patient.patient_id).findings
    assert not [each for each in found if each.when in (When.NEW, When.NO_LONGER)]
    signed = [each.said.sentence for each in found if each.when is When.OF_THE_DECISION]
    assert sum(each.startswith("Changed without agreement") for each in signed) == 1


def test_a_review_that_names_no_regime_is_told_of_the_one_in_force_that_day(desk: TestDesk) -> None:
    """What an older desk wrote less of is not filled in with words that nobody said."""
    patient = a_man(desk)
    chosen(desk, patient)
    body = {
        "stay": patient.stay,
        "on": "2010-06-02",
        "outcome": "handed over",
        "reason": "",
        "took_part": "the person",
    }
    with desk.store.work() as work:
        author = desk.acting(Role.PRESCRIBER).who
        work.append([NewEntry("regime", "regime_review", body, author, patient.patient_id)])
    review = letter(desk, patient.patient_id).review
    assert review is not None
    assert (review.of, review.standing, review.outcome) == ("maintenance", "", "handed over")


def test_what_is_still_said_of_another_class_has_not_gone(desk: TestDesk) -> None:
    """The letter says that guidance has dropped what it says on every other page."""
    patient = a_man(desk)
    now = chosen(desk, patient)
    regime = now.treatment.regimes[-1]
    others = next(each for each in now.assessment.findings if each.code == "RG-GRADUAL-LENGTH")
    told = replace(regime, body={**regime.body, "findings": [plain(others)]})
    (still,) = [each for each in then_and_now(now, told, desk.acting().policy) if "R-06" in each.said.facts]
    assert still.when is When.STILL


def test_what_was_awaiting_sign_off_and_has_been_signed_says_both(desk: TestDesk) -> None:
    """A figure signed last week makes the decision of last month look as if it had rested on it."""
    body = {
        "code": "RG-GRADUAL-LENGTH",
        "sentence": "About 13 weeks.",
        "references": [{"document": "004", "section": "x"}],
        "authority": str(Authority.GUIDANCE),
        "status": "awaiting sign-off",
    }
    documents = desk.acting().policy.documents
    (still,) = compared([body], [{**body, "status": "signed"}], documents)
    assert (still.when, still.said.awaiting, still.said.awaiting_then) == (When.STILL, False, True)
    (other,) = compared([body], [{**body, "sentence": "About 12 weeks."}], documents)
    assert (other.when, other.said.sentence, other.before) == (
        When.OTHERWISE,
        "About 12 weeks.",
        "About 13 weeks.",
    )
    (proposal,) = compared([], [{**body, "authority": "proposal"}], documents)
    assert proposal.said.speaks == "a proposal, not guidance"
    assert proposal.said.references[0].document == "Coming Clean"
    (newer,) = compared([], [{**body, "authority": "an oracle"}, {**body, "code": "RG-REVIEW-DUE"}], documents)
    assert newer.said.speaks == "an oracle"


def test_a_reduction_says_what_lies_ahead_how_it_ends_and_what_it_takes_away(desk: TestDesk) -> None:
    """The dose that held him in June kills him in December, and nobody wrote it to the doctor outside."""
    sheet = letter(desk, the_fullest_man(desk).patient_id)
    methadone, diazepam = sheet.orders
    assert methadone.today == (("morning", "28 mg"), ("evening", "28 mg"))
    assert methadone.ahead[0] == ("Wed 16 Jun", "56 mg", "morning 28 mg, evening 28 mg")
    assert methadone.ahead[-1] == ("Wed 6 Oct", "0 mg", "")
    assert methadone.ends == "0 on Wed 6 Oct 2010, 83 days before release"
    assert methadone.taken == "in possession: locked cupboard, no history of diversion"
    assert (diazepam.taken, diazepam.ends) == ("supervised", "5 mg goes on")
    assert sheet.tolerance is not None
    assert sheet.tolerance.awaiting
    assert sheet.tolerance.sentence not in [each.said.sentence for each in sheet.findings]
    (differs,) = sheet.differences
    assert differs.sentence.startswith("Declared gradual reduction since Tue 8 Jun 2010; the doses show")
    assert differs.speaks == "a proposal, not guidance"


def test_an_order_that_begins_next_week_stands_beside_the_one_of_today(desk: TestDesk) -> None:
    """On the day of the move the receiving nurse gives next week's dose, or goes on with this one."""
    patient = a_man(desk)
    chosen(desk, patient)
    later = Schedule((Stretch(date(2010, 6, 7), None, (("morning", mg(30)),)),))
    ordered(desk, patient, an_ordering(schedule=later))
    today, next_week = letter(desk, patient.patient_id).orders
    assert today.today == (("morning", "20 mg"),)
    assert today.ends == "until Sun 6 Jun 2010, then the next order takes its place"
    assert (next_week.today, next_week.ahead) == ((), (("Mon 7 Jun", "30 mg", ""),))


def test_a_change_of_class_after_the_review_is_told_with_it(desk: TestDesk) -> None:
    """The review says another class, and the letter says the old one."""
    patient = an_ordinary_man(desk)
    desk.clock.advance(minutes=5)
    reviewed(desk, patient, outcome="change_class")
    desk.clock.advance(minutes=5)
    schedule = a_long_reduction(now_of(desk, patient).today + DAY, top=40)
    chosen(
        desk,
        patient,
        declared=RegimeClass.GRADUAL_REDUCTION,
        since=schedule.first_day,
        ordering=an_ordering(schedule=schedule),
        review_on=date(2010, 7, 12),
        wish=Wish("to come down slowly", "that it can be stopped", Agreed.YES),
    )
    sheet = letter(desk, patient.patient_id)
    assert sheet.review is not None
    assert (sheet.review.outcome, sheet.review.of) == ("Another class", "maintenance")
    assert [(each.declared, each.until) for each in sheet.declared] == [
        ("maintenance", date(2010, 6, 14)),
        ("gradual reduction", None),
    ]
    assert (sheet.next_review.due, sheet.wish.wished) == (date(2010, 7, 12), "to come down slowly")
    assert sheet.since.since == date(2010, 6, 14)
    assert sheet.tolerance is not None


def test_a_regime_that_was_ended_has_its_letter_too(desk: TestDesk) -> None:
    """He goes out with nothing, and nothing says what he had until yesterday."""
    patient = an_ordinary_man(desk)
    tomorrow(desk)
    reviewed(desk, patient, outcome="stop", next_due=None)
    assert letter(desk, patient.patient_id).next_review.why_none == ""
    ended(desk, patient, desk.clock.now().date())
    tomorrow(desk)
    tomorrow(desk, 20)
    sheet = letter(desk, patient.patient_id)
    assert sheet.since.runs == ("2 days up to Tue 15 Jun 2010",)
    assert sheet.doses is not None
    assert max(each.last_day for each in sheet.doses.notes) == date(2010, 6, 15)
    assert (sheet.orders, sheet.next_review.why_none) == ((), "no regime is in force")
    assert [each.until for each in sheet.declared] == [date(2010, 6, 15)]
    assert sheet.tolerance is not None


def test_where_no_day_was_written_and_no_rule_names_one_the_letter_says_so(desk: TestDesk) -> None:
    """An empty line is filled in by hope."""
    patient = a_man(desk)
    schedule = a_schedule()
    chosen(desk, patient, declared=RegimeClass.STABILISATION, ordering=an_ordering(schedule=schedule))
    sheet = letter(desk, patient.patient_id)
    assert sheet.next_review.why_none == "no day was written"
    assert (sheet.declared[0].standing, sheet.declared[0].stands) == ("", "")
    assert (sheet.shown, sheet.shown_rests_on) == ((), None)


def test_the_record_says_where_it_contradicts_itself(desk: TestDesk) -> None:
    """Printed without a word, the one of two accounts that was first becomes the truth outside."""
    patient = a_man(desk)
    chosen(desk, patient)
    given(desk, patient)
    with desk.store.work() as work:
        person = work.person(patient.patient_id)
        entry = next(each for each in person.folded.effective if each.kind == "dose")
        twice = {**entry.body, "outcome": "refused", "reason": "at the other hatch"}
        strange = {"stay": patient.stay, "outcome": "in the words of next year"}
        for kind, body in (("dose", twice), ("regime_review", strange)):
            by_whom = desk.acting(Role.PRESCRIBER).who
            work.append([NewEntry("regime", kind, body, by_whom, patient.patient_id)])
    cautions = letter(desk, patient.patient_id).cautions
    assert any("Two accounts of one dose stand side by side: Wed 2 Jun 2010." in each for each in cautions)
    assert any("1 of the entries is in the words of a newer desk" in each for each in cautions)


def test_other_medicines_stand_as_the_triage_has_them(desk: TestDesk) -> None:
    """The inhaler stops at the gate."""
    part = letter(desk, a_departure(desk).patient_id).other_medicines
    assert part is not None
    assert [each.words for each in part.answers] == ["Salbutamol inhaler · 2 puffs when needed · Continue"]


def test_nobody_gets_a_letter_about_nothing(desk: TestDesk) -> None:
    """A letter without a decision looks like a decision to give nothing."""
    with pytest.raises(Refused, match="no regime and no review"):
        letter(desk, a_man(desk).patient_id)


def test_printing_is_audited_and_not_for_everybody(desk: TestDesk) -> None:
    """Who took the letter out of the desk is known."""
    patient = a_departure(desk)
    letter(desk, patient.patient_id)
    with desk.store.reading() as work:
        assert work.audit_page(None, 1, None)[0].line.what == "printed the review letter"
    with pytest.raises(NotAllowed):
        review_letter(desk.acting(Role.CARAT), patient.patient_id)


def test_a_letter_on_invented_figures_is_marked(desk: TestDesk) -> None:
    """Invented figures in a real file."""
    patient = a_departure(desk)
    assert not letter(desk, patient.patient_id).printing.demonstration
    assert letter(desk, patient.patient_id, demonstration=True).printing.demonstration
    signed = by(desk, Role.PRESCRIBER, signed=True)
    assert review_letter(signed, patient.patient_id).printing.demonstration


def test_the_other_medicine_ordered_here_stands_after_the_substitute(desk: TestDesk) -> None:
    """Diazepam first, methadone overleaf."""
    patient = a_man(desk)
    chosen(desk, patient)
    ordered(desk, patient, an_ordering(Ordered.DIAZEPAM, a_schedule(amount=5)))
    assert [each.medicine for each in letter(desk, patient.patient_id).orders] == ["methadone", "diazepam"]
