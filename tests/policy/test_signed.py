"""What is signed here holds from its day; what cannot be laid over, and only that, is left out with a sentence."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from factories import national

from pdtdesk.domain.quantities import Milligrams
from pdtdesk.policy.dated import Overlay
from pdtdesk.policy.origin import Reference, Status
from pdtdesk.policy.parameters import NotSignedLocally, Parameters
from pdtdesk.policy.signed import LocalPolicy, SignedValue, beneath_on, check_signed, local_policy, show_count
from pdtdesk.policy.typed import NotSignable, plain_form, read_typed, typed_form
from pdtdesk.policy.units import Words, as_plain

TODAY = date(2010, 6, 1)
JULY = date(2010, 7, 1)
INDUCTION = "missed_days_new_induction"
REFERENCE = Reference("Ashmoor formulary 2010", "4.2")


def a_signature(**given: object) -> SignedValue:
    values: dict[str, object] = {
        "parameter_id": INDUCTION,
        "unit": "days",
        "value": 5,
        "first_day": TODAY,
        "last_day": None,
        "reference": REFERENCE,
        "signed_by": "M. Okonedo",
        "signed_on": TODAY,
        "entry_id": "entry-1",
    }
    return SignedValue(**{**values, **given})


def laid(*signed: SignedValue, over: Parameters | None = None) -> LocalPolicy:
    return local_policy("HMP Ashmoor", signed, over or national())


def days(policy: LocalPolicy, day: date) -> int | None:
    try:
        return policy.parameters.on(day).days(INDUCTION).value
    except NotSignedLocally:
        return None


def test_a_signed_figure_holds_from_its_day_with_who_signed_it_and_on_what() -> None:
    """Otherwise a figure acts before it was signed, or nobody can say on what."""
    policy = laid(a_signature(first_day=JULY))
    assert [days(policy, day) for day in (TODAY, date(2010, 6, 30), JULY)] == [None, None, 5]
    reading = policy.parameters.on(JULY).days(INDUCTION)
    assert (reading.reference, reading.overlay) == (REFERENCE, "local")
    assert (reading.sign_off.status, reading.sign_off.by, reading.sign_off.on) == (
        Status.SIGNED,
        "M. Okonedo",
        TODAY,
    )


def test_the_local_policy_says_whose_it_is_how_much_and_since_when() -> None:
    """Otherwise the status line cannot tell a nurse which policy her desk goes by."""
    policy = laid(a_signature(), a_signature(parameter_id="cows_repeat_hours", unit="hours", value="2.5"))
    assert policy.overlay is not None
    assert policy.overlay.title == "Local policy of HMP Ashmoor, 2 figures signed, last on Tue 1 Jun 2010"
    assert policy.parameters.on(TODAY).hours("cows_repeat_hours").value == Decimal("2.5")
    assert show_count(1) == "1 figure"


def test_where_nothing_is_signed_the_guidance_stands_as_it_is() -> None:
    """Otherwise an empty policy is named on the screen as though somebody had signed it."""
    policy = laid()
    assert policy.overlay is None
    assert policy.parameters.overlays == ()


def test_a_later_signature_takes_over_from_its_day_and_an_older_one_never_comes_back() -> None:
    """Otherwise a figure that the lead replaced acts again when its successor ends."""
    first = a_signature()
    second = a_signature(value=3, first_day=JULY, last_day=date(2010, 7, 9), entry_id="entry-2")
    policy = laid(second, first)
    seen = [days(policy, day) for day in (TODAY, date(2010, 6, 30), JULY, date(2010, 7, 9), date(2010, 7, 10))]
    assert seen == [5, 5, 3, 3, None]


def test_what_was_withdrawn_holds_no_longer_and_what_held_before_stays() -> None:
    """Otherwise a withdrawn figure acts on, or the days on which it acted are rewritten."""
    policy = laid(a_signature(withdrawn_on=JULY, last_day=date(2010, 12, 31)))
    assert [days(policy, day) for day in (TODAY, date(2010, 6, 30), JULY)] == [5, 5, None]
    assert laid(a_signature(withdrawn_on=TODAY)).overlay is None, "it never held"


def test_two_signatures_that_do_not_agree_are_both_left_out_and_said() -> None:
    """Two leads at two desks: whichever came last would silently win on a dose."""
    before = a_signature(value=4)
    one = a_signature(first_day=JULY)
    other = a_signature(first_day=JULY, value=3, entry_id="entry-2", signed_by="P. Lindqvist")
    policy = laid(before, one, other)
    assert [days(policy, day) for day in (date(2010, 6, 30), JULY)] == [4, None]
    (said,) = policy.missing_on(TODAY)
    assert "M. Okonedo on Tue 1 Jun 2010 and P. Lindqvist" in said.sentence
    assert "counts as not signed" in said.sentence
    assert laid(one, replace(other, withdrawn_on=JULY)).overlay is None, "withdrawn at one desk, signed at another"


def test_two_signatures_that_say_the_same_are_one() -> None:
    """The same settlement made twice is one: nobody is asked to choose between 5 days and 5 days."""
    policy = laid(a_signature(), a_signature(entry_id="entry-2", signed_by="P. Lindqvist"))
    assert (days(policy, TODAY), policy.left_out) == (5, ())


def test_what_was_signed_anew_is_no_longer_said() -> None:
    """Otherwise a conflict that the lead has settled is shown to every nurse at every sign-in."""
    one, other = a_signature(), a_signature(value=3, entry_id="entry-2")
    policy = laid(one, other, a_signature(value=6, first_day=JULY, entry_id="entry-3"))
    assert len(policy.missing_on(date(2010, 6, 30))) == 1
    assert policy.missing_on(JULY) == ()
    assert days(policy, JULY) == 6


def test_a_figure_of_a_newer_version_locks_nobody_out() -> None:
    """Otherwise one desk that is brought up to date shuts every other."""
    policy = laid(a_signature(parameter_id="of_a_newer_desk"), a_signature())
    assert days(policy, TODAY) == 5
    (said,) = policy.missing_on(TODAY)
    assert "“of_a_newer_desk” is no figure of this version" in said.sentence


def test_what_was_to_take_its_place_and_cannot_be_read_has_ended_a_figure_all_the_same() -> None:
    """Otherwise a figure that the lead no longer wants goes on acting at the desk that is behind."""
    policy = laid(a_signature(), a_signature(first_day=JULY, unit="fortnights", entry_id="entry-2"))
    assert [days(policy, day) for day in (date(2010, 6, 30), JULY)] == [5, None]


def test_the_policy_before_it_is_taken_away() -> None:
    """Otherwise a withdrawn figure stays laid over until somebody signs in again."""
    first = laid(a_signature()).parameters
    assert laid(over=first).parameters.overlays == ()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"parameter_id": "of_nobody"}, "no figure of this version"),
        ({"unit": "weeks"}, "signed in weeks, and asked for in days"),
        ({"value": "five"}, "is no value in days"),
        ({"first_day": date(2010, 5, 31)}, "What held before it was signed is not rewritten"),
        ({"last_day": date(2010, 5, 31)}, "before it begins on Tue 1 Jun 2010"),
        ({"reference": Reference(" ", "4.2")}, "Name both"),
        ({"reference": Reference("Ashmoor formulary", "")}, "Name both"),
        ({"value": 99, "as_it_stands": True}, "the product has another value since"),
        ({"parameter_id": "order_needed", "unit": "rule", "value": "as we please"}, "a rule is signed as it stands"),
        ({"parameter_id": "maintenance_long", "unit": "text", "value": "never"}, "Write one of offered"),
        ({"parameter_id": "cows_priority", "unit": "words", "value": {"mild": "soon"}}, "must name each of these"),
        (
            {"parameter_id": "cows_bands", "unit": "bands", "value": [{"low": 0, "high": 4, "word": "none"}]},
            "cows_bands|48|bands",
        ),
    ],
)
def test_what_cannot_be_signed_is_refused_with_what_to_do(given: dict[str, object], said: str) -> None:
    """Otherwise a slip of the lead's acts on everybody in the house."""
    with pytest.raises(NotSignable, match=said):
        check_signed(a_signature(**given), national())


def test_a_value_of_the_product_or_one_of_its_readings_is_signed_as_it_stands() -> None:
    """Otherwise the lead copies by hand what the product quotes, with a slip in it."""
    rule = next(each for each in national().all if each.id == "order_needed")
    words = beneath_on(rule, TODAY)
    standing = a_signature(parameter_id=rule.id, unit="rule", value=as_plain(words), as_it_stands=True)
    assert check_signed(standing, national()) == words
    disputed = next(each for each in national().all if each.id == "missed_days_reassess")
    reading = disputed.values[0].candidates[0].value
    other = disputed.values[0].candidates[1].value
    last = a_signature(parameter_id=disputed.id, value=as_plain(other), as_it_stands=True)
    assert check_signed(last, national()) == other != reading
    chosen = a_signature(parameter_id=disputed.id, value=as_plain(reading), as_it_stands=True)
    policy = laid(chosen)
    assert policy.parameters.on(TODAY).days(disputed.id).value == reading


def test_a_table_of_words_and_a_word_of_the_rules_own_can_be_replaced() -> None:
    """Otherwise local priorities cannot be signed at all."""
    beneath = national().on(TODAY).words("cows_priority").value.pairs
    signed = a_signature(parameter_id="cows_priority", unit="words", value=dict.fromkeys(dict(beneath), "now"))
    assert check_signed(signed, national()) == Words(tuple((key, "now") for key, _ in beneath))
    word = a_signature(parameter_id="maintenance_long", unit="text", value="exceptional")
    assert check_signed(word, national()) == "exceptional"


def test_a_ceiling_is_laid_over_in_mg() -> None:
    """Otherwise an unconfirmed dose goes by no ceiling although one is signed."""
    policy = laid(a_signature(parameter_id="unconfirmed_methadone_most", unit="mg", value="20 mg"))
    assert policy.parameters.on(TODAY).milligrams("unconfirmed_methadone_most").value == Milligrams(Decimal(20))


def test_what_the_guidance_itself_refuses_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """A unit that is read but not yet laid over must not shut the desk."""
    whole = Parameters.over

    def over(self: Parameters, *overlays: Overlay | str) -> Parameters:
        from pdtdesk.policy.dated import PolicyFileError

        if any(isinstance(each, Overlay) and each.replacements[0].replaces == INDUCTION for each in overlays):
            raise PolicyFileError("it does not fit")
        return whole(self, *overlays)

    monkeypatch.setattr(Parameters, "over", over)
    (said,) = laid(a_signature()).missing_on(TODAY)
    assert said.sentence == "it does not fit"


def test_outside_every_value_of_the_product_nothing_lies_beneath() -> None:
    """Otherwise the page says that a value has changed which the product never gave."""
    rule = next(each for each in national().all if each.id == "order_needed")
    assert beneath_on(rule, date(1999, 1, 1)) is None


def test_everything_that_the_product_gives_can_be_signed_as_it_stands_and_typed_anew() -> None:
    """Otherwise there is a figure that no lead can sign, found when it is needed."""
    signed = []
    for parameter in national().all:
        given = [each.value for each in parameter.values if each.value is not None]
        given += [candidate.value for each in parameter.values for candidate in each.candidates]
        for value in given:
            kept = json.loads(json.dumps(as_plain(value)))
            one = a_signature(parameter_id=parameter.id, unit=parameter.unit, value=kept, as_it_stands=True)
            assert check_signed(one, national()) == value
            if parameter.unit != "rule":
                form = typed_form(parameter.unit, value)
                typed = json.loads(json.dumps(plain_form(parameter.unit, read_typed(parameter.unit, form), form)))
                assert check_signed(replace(one, value=typed, as_it_stands=False), national()) == value
        if given:
            signed.append(one)
    policy = laid(*signed)
    assert policy.left_out == ()
    assert policy.overlay is not None
    assert len(policy.overlay.replacements) == len(signed)
