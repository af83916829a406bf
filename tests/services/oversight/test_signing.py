"""The lead signs a figure at a real desk: shown before it takes effect, acting from its day, refused to others."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from factories import EVENING, NAMES, PASSWORD, TestDesk, a_draft, an_arrival, chance, national

from pdtdesk.domain.record.entry import NewEntry
from pdtdesk.domain.roles import Role
from pdtdesk.policy.origin import Status
from pdtdesk.services.acting import Acting
from pdtdesk.services.desk import session
from pdtdesk.services.oversight import judges
from pdtdesk.services.oversight.parameter_rows import ParameterRow, State, list_parameters
from pdtdesk.services.oversight.signing import Signing, Withdrawal, preview, sign, withdraw
from pdtdesk.services.reception import triage
from pdtdesk.services.reception.take_in import take_in
from pdtdesk.services.refusals import Changed, NotAllowed, Refused
from pdtdesk.ui.tasks import Progress, Stopped

TODAY = EVENING.date()
INDUCTION = "missed_days_new_induction"
MISSED = {
    "arrival.identity_checked": "yes",
    "risk.drowsy": "no",
    "risk.intoxicated": "no",
    "withdrawal.seen": "opioids",
    "prescribed.any": "yes",
    "prescribed.medicine": "methadone",
    "prescribed.daily": "55",
    "prescribed.days_missed": "6",
}


def a_signing(**given: object) -> Signing:
    values: dict[str, object] = {
        "parameter_id": INDUCTION,
        "value": 5,
        "first_day": TODAY,
        "document": "Ashmoor formulary 2010",
        "section": "4.2",
    }
    return Signing(**{**values, **given})


def on_the_books(desk: TestDesk, **given: object) -> tuple[str, str]:
    """Somebody who came without their dose for six days, after a first pass."""
    take_in(desk.acting(), [(2, an_arrival(**given))])
    with desk.store.reading() as work:
        row = next(row for row in work.arrivals(EVENING) if row.passes == 0)
    triage.save(desk.acting(), a_draft(row.stay, row.patient_id, MISSED), 1)
    return row.stay, row.patient_id


def signed(acting: Acting, proposed: Signing) -> Acting:
    return sign(acting, proposed, preview(acting, proposed))


def a_session(desk: TestDesk, role: Role = Role.NURSE) -> session.Session:
    entered = desk.door.enter(role.value, PASSWORD)
    return session.begin(
        entered.store, entered.member_id, clock=desk.clock, policy=national(), random_bytes=chance(5)
    )


def says(acting: Acting, stay: str, patient: str) -> str:
    with acting.store.reading() as work:
        person = work.person(patient)
    assert person is not None
    tonight = triage.propose(acting, person, a_draft(stay, patient, {}))
    return " ".join(found.sentence for found in tonight.findings)


def row(acting: Acting, parameter_id: str = INDUCTION) -> ParameterRow:
    return next(each for each in list_parameters(acting) if each.id == parameter_id)


def audited(desk: TestDesk, count: int = 1) -> list[str]:
    with desk.store.reading() as work:
        return [each.line.what for each in work.audit_page(None, count, None)]


@pytest.mark.hazard("H-009")
def test_a_signed_figure_acts_for_a_person_on_the_books_in_the_next_session(desk: TestDesk) -> None:
    """Shipped empty and signed by the lead: without this the nurse decides by hand for ever."""
    stay, patient = on_the_books(desk)
    assert "new induction is needed is not signed here" in says(a_session(desk).acting, stay, patient)
    lead = signed(a_session(desk, Role.LEAD).acting, a_signing())
    assert "A new induction is needed from 5 days." in says(lead, stay, patient), "in her own session at once"
    nurse = a_session(desk)
    assert "A new induction is needed from 5 days." in says(nurse.acting, stay, patient)
    assert nurse.notices == ()
    (title,) = [overlay.title for overlay in nurse.acting.policy.overlays]
    assert title == "Local policy of HMP Ashmoor, 1 figure signed, last on Tue 1 Jun 2010"


@pytest.mark.hazard("H-009")
def test_what_would_change_is_shown_by_name_before_it_takes_effect(desk: TestDesk) -> None:
    """Otherwise a lead signs a figure and learns from an incident whom it touched."""
    _, patient = on_the_books(desk)
    take_in(desk.acting(), [(3, an_arrival(prison_number="A4128CK", surname="Wren"))])
    lead = a_session(desk, Role.LEAD).acting
    before = lead.policy.fingerprint(TODAY)
    effect = preview(lead, a_signing())
    (changes,) = effect.changes
    assert (effect.looked_at, effect.whole, effect.unanswered) == (2, True, ())
    assert (changes.patient_id, changes.name, changes.prison_number) == (patient, "SPARROW, Daniel Lee", "A4127CK")
    assert any("A new induction is needed from 5 days." in sentence for _, sentence in changes.come)
    assert any("is not signed here" in sentence for _, sentence in changes.gone)
    assert audited(desk) == ["looked at what local policy would change"]
    assert lead.policy.fingerprint(TODAY) == before, "looking signs nothing"
    assert row(lead).state is State.NOT_SIGNED


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.LEAD])
def test_nobody_but_the_lead_signs_and_trying_is_audited(desk: TestDesk, role: Role) -> None:
    """Otherwise a figure acts on everybody that nobody who answers for it has read."""
    effect = preview(desk.acting(Role.LEAD), a_signing())
    for act in (
        lambda: sign(desk.acting(role), a_signing(), effect),
        lambda: preview(desk.acting(role), a_signing()),
        lambda: withdraw(desk.acting(role), Withdrawal(INDUCTION, TODAY, "for the test"), effect),
        lambda: list_parameters(desk.acting(role)),
    ):
        with pytest.raises(NotAllowed, match="sign figures of local policy"):
            act()
        assert audited(desk) == ["refused: sign figures of local policy"]
    assert row(desk.acting(Role.LEAD)).state is State.NOT_SIGNED


def test_a_signature_is_audited_and_keeps_what_the_lead_was_shown(desk: TestDesk) -> None:
    """Otherwise nobody can say afterwards whether anybody had looked."""
    on_the_books(desk)
    signed(desk.acting(Role.LEAD), a_signing())
    assert audited(desk) == ["signed a figure"]
    with desk.store.reading() as work:
        (entry,) = work.establishment_entries("parameter_signed")
    assert entry.author.name == NAMES[Role.LEAD]
    assert entry.body["shown"] == {"looked_at": 1, "changed": 1}


@pytest.mark.hazard("H-009")
def test_only_what_was_shown_to_the_end_and_as_things_stand_can_be_signed(desk: TestDesk) -> None:
    """Otherwise the lead reads what 5 days change, and signs 3; or signs over what a colleague has just signed."""
    lead = desk.acting(Role.LEAD)
    shown = preview(lead, a_signing())
    with pytest.raises(Refused, match="has not been shown"):
        sign(lead, a_signing(value=3), shown)
    with pytest.raises(Refused, match="has not been shown"):
        sign(lead, a_signing(), replace(shown, whole=False))
    signed(lead, a_signing(parameter_id="cows_repeat_hours", value="2"))
    with pytest.raises(Changed, match="since this was shown"):
        sign(lead, a_signing(), shown)
    assert row(lead).state is State.NOT_SIGNED


def test_a_figure_of_the_future_acts_from_its_day(desk: TestDesk) -> None:
    """Otherwise a policy that begins in July is followed in June."""
    stay, patient = on_the_books(desk)
    july = date(2010, 7, 1)
    lead = a_session(desk, Role.LEAD).acting
    effect = preview(lead, a_signing(first_day=july))
    assert (effect.on, len(effect.changes)) == (july, 1)
    lead = sign(lead, a_signing(first_day=july), effect)
    assert "is not signed here" in says(lead, stay, patient)
    assert any(remark.startswith("Will hold from Thu 1 Jul 2010") for remark in row(lead).remarks)
    desk.clock.at = EVENING + timedelta(days=13)
    assert "is not signed here" in says(a_session(desk).acting, stay, patient)
    assert lead.policy.on(july).days(INDUCTION).value == 5


def test_what_held_before_is_not_rewritten(desk: TestDesk) -> None:
    """Otherwise a dose of last week is judged by a figure that nobody had signed then."""
    yesterday = TODAY - timedelta(days=1)
    with pytest.raises(Refused, match="is not rewritten"):
        preview(desk.acting(Role.LEAD), a_signing(first_day=yesterday))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"value": "five"}, "no value in days"),
        ({"section": " "}, "Name both"),
        ({"parameter_id": "of_nobody"}, "no figure of this version"),
    ],
)
def test_what_cannot_be_signed_is_refused_before_anybody_is_looked_at(desk: TestDesk, given, said: str) -> None:
    """Otherwise a slip is found by the person on whom it acts."""
    with pytest.raises(Refused, match=said):
        preview(desk.acting(Role.LEAD), a_signing(**given))
    assert "looked at what local policy would change" not in audited(desk, 5)


def test_signing_again_for_the_same_day_takes_the_place_of_the_first(desk: TestDesk) -> None:
    """Otherwise a slip put right within the hour stands as two policies of one day."""
    lead = signed(signed(desk.acting(Role.LEAD), a_signing()), a_signing(value=3))
    assert lead.policy.on(TODAY).days(INDUCTION).value == 3
    with desk.store.reading() as work:
        assert len(work.establishment_entries("parameter_signed")) == 1


def test_a_withdrawn_figure_holds_no_longer_and_leaves_yesterday_as_it_was(desk: TestDesk) -> None:
    """Otherwise the only way out of a wrong figure is another one."""
    stay, patient = on_the_books(desk)
    lead = signed(a_session(desk, Role.LEAD).acting, a_signing())
    desk.clock.at = EVENING + timedelta(days=2)
    taken_back = Withdrawal(INDUCTION, TODAY, "the section was replaced")
    effect = preview(lead, taken_back)
    assert len(effect.changes) == 1
    lead = withdraw(lead, taken_back, effect)
    assert audited(desk) == ["withdrew a figure of local policy"]
    assert "is not signed here" in says(lead, stay, patient)
    assert "is not signed here" in says(a_session(desk).acting, stay, patient)
    assert lead.policy.on(TODAY).days(INDUCTION).value == 5
    assert row(lead).standing == ()
    with pytest.raises(Refused, match="still stands"):
        preview(lead, taken_back)
    with pytest.raises(Refused, match="Say why"):
        preview(lead, replace(taken_back, why=" "))


def test_a_figure_withdrawn_on_its_first_day_never_held(desk: TestDesk) -> None:
    """Otherwise an empty policy is named on every screen."""
    lead = signed(desk.acting(Role.LEAD), a_signing())
    taken_back = Withdrawal(INDUCTION, TODAY, "a slip")
    lead = withdraw(lead, taken_back, preview(lead, taken_back))
    assert lead.policy.overlays == ()
    assert signed(lead, a_signing(value=4)).policy.on(TODAY).days(INDUCTION).value == 4


def _at_another_desk(desk: TestDesk, value: object) -> None:
    """A second signature of the same figure and day, written without sight of the first."""
    lead = desk.acting(Role.LEAD)
    with desk.store.work() as work:
        (held,) = work.establishment_entries("parameter_signed")
        work.append([NewEntry("oversight", "parameter_signed", {**held.body, "value": value}, lead.who)])


@pytest.mark.hazard("H-009")
def test_two_desks_that_sign_two_figures_have_signed_neither(desk: TestDesk) -> None:
    """Whichever came last would win on a dose, and nobody would have chosen it."""
    stay, patient = on_the_books(desk)
    lead = signed(desk.acting(Role.LEAD), a_signing())
    _at_another_desk(desk, 3)
    nurse = a_session(desk)
    assert "is not signed here" in says(nurse.acting, stay, patient)
    assert any("do not agree" in notice for notice in nurse.notices)
    listed = row(lead)
    assert (listed.state, len(listed.standing)) == (State.NOT_SIGNED, 2)
    assert any("do not agree" in remark for remark in listed.remarks)
    settled = signed(lead, a_signing(value=4))
    assert settled.policy.on(TODAY).days(INDUCTION).value == 4
    assert a_session(desk).notices == ()


def test_two_that_do_not_agree_can_both_be_withdrawn(desk: TestDesk) -> None:
    """Otherwise a lead who wants neither has to sign one of them first."""
    lead = signed(desk.acting(Role.LEAD), a_signing())
    _at_another_desk(desk, 3)
    desk.clock.at = EVENING + timedelta(days=1)
    taken_back = Withdrawal(INDUCTION, TODAY, "neither was meant")
    lead = withdraw(lead, taken_back, preview(lead, taken_back))
    assert a_session(desk).notices == ()
    assert lead.policy.overlays == ()


@pytest.mark.parametrize(
    "spoiled",
    [{"from": "in July"}, {"unit": 7}, {"document": None}, {"parameter": "of_a_newer_desk"}],
)
@pytest.mark.hazard("H-009")
def test_what_another_version_signed_locks_nobody_out(desk: TestDesk, spoiled: dict[str, object]) -> None:
    """Otherwise one entry from a newer desk shuts reception at 21:40."""
    lead = signed(desk.acting(Role.LEAD), a_signing(parameter_id="cows_repeat_hours", value="2"))
    with desk.store.work() as work:
        (held,) = work.establishment_entries("parameter_signed")
        odd = {**held.body, "parameter": INDUCTION, "unit": "days", "value": 5, **spoiled}
        work.append([NewEntry("oversight", "parameter_signed", odd, lead.who)])
    nurse = a_session(desk)
    assert len(nurse.notices) == 1
    assert nurse.acting.policy.on(TODAY).hours("cows_repeat_hours").value == 2
    assert list_parameters(lead)


def test_every_figure_is_listed_with_its_source_its_status_and_its_readings(desk: TestDesk) -> None:
    """Otherwise the lead does not know what there is to sign."""
    lead = desk.acting(Role.LEAD)
    rows = {each.id: each for each in list_parameters(lead)}
    assert set(rows) == {parameter.id for parameter in national().all}
    assert {each.stage for each in rows.values()} >= {"reception", "regime"}
    least = rows["stabilisation_least"]
    assert (least.here, least.national, least.state) == ("5 days", "5 days", State.QUOTED)
    assert least.readings[0].words == "as it stands"
    disputed = rows["missed_days_reassess"]
    assert (disputed.state, disputed.here) == (State.NOT_SIGNED, "")
    assert len(disputed.readings) == 2
    assert rows["cows_bands"].typed.startswith("0-4 none; 5-12 mild")


def test_a_signed_figure_is_listed_with_who_signed_it(desk: TestDesk) -> None:
    """Otherwise a signature has no name."""
    lead = signed(desk.acting(Role.LEAD), a_signing(last_day=date(2010, 12, 31)))
    listed = row(lead)
    assert (listed.state, listed.here, listed.signed_by) == (State.SIGNED, "5 days", NAMES[Role.LEAD])
    assert listed.given_by.startswith("Local policy of HMP Ashmoor")
    assert "up to and including Fri 31 Dec 2010" in listed.remarks[0]
    lead = signed(lead, a_signing(value=4, first_day=date(2010, 7, 1)))
    assert [each.value for each in row(lead).standing] == [5, 4]
    desk.clock.at = EVENING + timedelta(days=10)
    assert len(row(lead).standing) == 2


@pytest.mark.hazard("H-009")
def test_where_the_products_own_value_changes_after_the_signature_the_lead_is_told(desk: TestDesk) -> None:
    """Otherwise a figure signed over guidance that has been restated goes on for years, and nobody looks again."""
    lead = signed(desk.acting(Role.LEAD), a_signing(parameter_id="stabilisation_least", value=7))
    assert len(row(lead, "stabilisation_least").remarks) == 1
    with desk.store.work() as work:
        (held,) = work.establishment_entries("parameter_signed")
        older = {**held.body, "beneath": 4}
        work.append([NewEntry("oversight", "parameter_signed", older, lead.who, supersedes=(held.id,))])
    assert "was “4” when this was signed, and is “5” now" in row(lead, "stabilisation_least").remarks[1]


def test_a_value_of_the_product_is_signed_as_it_stands(desk: TestDesk) -> None:
    """Otherwise everything that awaits sign-off awaits it for ever."""
    lead = desk.acting(Role.LEAD)
    (reading,) = row(lead, "order_needed").readings
    lead = signed(lead, a_signing(parameter_id="order_needed", value=reading.plain, as_it_stands=True))
    assert row(lead, "order_needed").state is State.SIGNED
    assert lead.policy.on(TODAY).rule("order_needed").sign_off.status is Status.SIGNED


def test_looking_can_be_stopped_and_what_was_stopped_cannot_be_signed(desk: TestDesk) -> None:
    """Otherwise 650 people hold the desk up, or half a look passes for a whole one."""
    for number in range(3):
        take_in(desk.acting(), [(number, an_arrival(prison_number=f"A412{number}CK", surname=f"Wren{number}"))])

    class _Stops:
        def __init__(self) -> None:
            self.done: list[int] = []

        def report(self, done: int, total: int) -> None:
            assert total == 3
            self.done.append(done)

        @property
        def stopped(self) -> bool:
            return len(self.done) == 2

    effect = preview(desk.acting(Role.LEAD), a_signing(), _Stops())
    assert (effect.looked_at, effect.whole) == (2, False)
    with pytest.raises(Refused, match="has not been shown to the end"):
        sign(desk.acting(Role.LEAD), a_signing(), effect)


@pytest.mark.usefixtures("qapp")
def test_a_look_stopped_from_the_window_ends_at_once(desk: TestDesk) -> None:
    """The window's own progress ends a job by an exception."""
    take_in(desk.acting(), [(1, an_arrival())])
    progress = Progress()
    preview(desk.acting(Role.LEAD), a_signing(), progress)
    progress.stop()
    effect = preview(desk.acting(Role.LEAD), a_signing(), progress)
    assert not effect.whole
    with pytest.raises(Stopped):
        progress.report(1, 1)


def test_a_figure_that_leaves_a_rule_without_an_answer_is_not_signed(desk: TestDesk) -> None:
    """Otherwise the desk falls over for one person, and nobody connects it with what was signed."""
    on_the_books(desk)
    lead = desk.acting(Role.LEAD)

    def falls_over(_work, _person, params, _now):
        assert params.days(INDUCTION).value > 5
        return {}

    def fails_already(_work, _person, _params, _now):
        raise ZeroDivisionError

    def falls_over_then(_work, _person, params, _now):
        if params.parameters.overlays:
            raise ZeroDivisionError
        return {}

    assert preview(lead, a_signing(), None, (falls_over, fails_already)).unanswered == ()
    effect = preview(lead, a_signing(), None, (falls_over_then,))
    assert effect.unanswered == ("SPARROW, Daniel Lee",)
    with pytest.raises(Refused, match="give no answer for SPARROW"):
        sign(lead, a_signing(), effect)


def test_reception_is_asked_of_everybody() -> None:
    """A stage that no judge speaks for would change unseen."""
    assert judges.reception in judges.JUDGES
