"""Guidance is asked by the exact day, says where each value comes from, and never answers with a default."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdtdesk.domain.quantities import Milligrams
from pdtdesk.domain.reception.scales import Band
from pdtdesk.domain.regime.courses import TimesADay
from pdtdesk.policy.dated import DatedValue, Overlay, Parameter, PolicyFileError, Replacement, holding_on, in_order
from pdtdesk.policy.national import load_national
from pdtdesk.policy.origin import Authority, Reference, SignOff, Status, weakest
from pdtdesk.policy.parameters import NoGuidanceInForce, NotSignedLocally, Parameters
from pdtdesk.policy.units import Value, Words

Folder = Callable[..., Path]
DAY = date(2010, 6, 1)
LOCAL = Reference("Local policy 4", "1")


def a_value(value: Value | None, first_day: date = date(2006, 1, 1), last_day: date | None = None) -> DatedValue:
    return DatedValue(first_day, last_day, value, LOCAL, Authority.PRODUCT, SignOff(Status.SIGNED, "lead", DAY))


def an_overlay(
    replaces: str = "local_hours", value: Value = Decimal(2), overlay_id: str = "own", **more: object
) -> Overlay:
    overlay = Overlay(overlay_id, "Own", "The lead", DAY, (Replacement(replaces, (a_value(value),)),))
    return replace(overlay, **more)


@pytest.fixture
def guidance(policy_folder: Folder) -> Parameters:
    return Parameters.load(policy_folder())


def test_the_value_of_the_day_is_read_on_both_sides_of_each_edge(guidance: Parameters) -> None:
    assert guidance.on(date(2006, 1, 1)).days("rest_days").value == 3
    assert guidance.on(date(2010, 3, 31)).days("rest_days").value == 3
    assert guidance.on(date(2010, 5, 1)).days("rest_days").value == 5
    for day in (date(2005, 12, 31), date(2010, 4, 1), date(2010, 4, 30)):
        with pytest.raises(NoGuidanceInForce, match="Days of rest"):
            guidance.on(day).days("rest_days")


def test_a_reading_carries_its_origin(guidance: Parameters) -> None:
    reading = guidance.on(DAY).days("rest_days")
    assert (reading.fact, reading.reference, reading.authority) == ("X-01", Reference("A", "2"), Authority.GUIDANCE)
    assert reading.sign_off.status is Status.AWAITING
    assert reading.overlay is None
    assert reading.shown == "5 days"
    assert str(reading.reference) == "A, 2"


def test_every_reading_is_remembered_once(guidance: Parameters) -> None:
    on = guidance.over("local").on(DAY)
    on.days("rest_days")
    on.hours("local_hours")
    on.days("rest_days")
    assert [reading.id for reading in on.used] == ["rest_days", "local_hours"]


def test_what_is_not_signed_is_refused_until_an_overlay_signs_it(guidance: Parameters) -> None:
    with pytest.raises(NotSignedLocally, match="no source gives one"):
        guidance.on(DAY).hours("local_hours")
    signed = guidance.over("local")
    reading = signed.on(date(2010, 5, 12)).hours("local_hours")
    assert (reading.value, reading.overlay, reading.sign_off.by) == (Decimal("2.5"), "local", "The clinical lead")
    with pytest.raises(NotSignedLocally):
        signed.on(date(2010, 5, 11)).hours("local_hours")


def test_the_establishments_own_values_lie_over_as_frozen_objects(guidance: Parameters) -> None:
    own = guidance.over("local").over(an_overlay(value=Decimal(4)))
    assert own.on(DAY).hours("local_hours").value == 4
    assert [overlay.id for overlay in own.overlays] == ["local", "own"]
    assert own.over(an_overlay(value=Decimal(6))).on(DAY).hours("local_hours").value == 6


@pytest.mark.parametrize(
    ("overlay", "said"),
    [
        (an_overlay(replaces="nothing"), "replaces 'nothing', which no policy file declares"),
        (an_overlay(value=3), "not a value in hours"),
        (an_overlay(replaces="rest_days", value=Decimal("1.5")), "not a value in days"),
        (an_overlay(lies_over=("ghost",)), "lies over 'ghost', which is not known"),
        (
            Overlay("twice", "t", "b", DAY, (Replacement("rest_days", (a_value(1),)),) * 2),
            "replaces 'rest_days' twice",
        ),
        (
            Overlay("o", "t", "b", DAY, (Replacement("rest_days", (a_value(1), a_value(2))),)),
            "oldest first",
        ),
    ],
)
def test_an_overlay_that_cannot_lie_here_is_refused(guidance: Parameters, overlay: Overlay, said: str) -> None:
    with pytest.raises(PolicyFileError, match=said):
        guidance.over(overlay)


def test_an_unknown_overlay_is_refused_with_those_that_are_known(guidance: Parameters) -> None:
    with pytest.raises(PolicyFileError, match="known overlays: local"):
        guidance.over("locla")


def test_overlays_do_not_lie_over_each_other_in_a_circle(policy_folder: Folder) -> None:
    text = (
        'id = "{0}"\ntitle = "t"\napproved_by = "b"\napproved_on = 2010-05-12\nlies_over = ["{1}"]\n'
        '[[replacement]]\nreplaces = "rest_days"\n[[replacement.values]]\nfrom = 2006-01-01\nvalue = 4\n'
        'reference = {{ document = "d", section = "s" }}\nauthority = "product"\nstatus = "awaiting sign-off"\n'
    )
    guidance = Parameters.load(policy_folder(one=text.format("one", "two"), two=text.format("two", "one")))
    with pytest.raises(PolicyFileError, match="one over two over one"):
        guidance.over("one")


def test_an_overlay_brings_what_it_lies_over_and_lies_on_top(guidance: Parameters) -> None:
    top = an_overlay(value=Decimal(8), lies_over=("local",))
    laid = guidance.over(top)
    assert [overlay.id for overlay in laid.overlays] == ["local", "own"]
    assert laid.on(DAY).hours("local_hours").value == 8


def test_what_two_overlays_lie_over_is_laid_once(guidance: Parameters) -> None:
    both = guidance.over(
        an_overlay(overlay_id="one", lies_over=("local",)), an_overlay(overlay_id="two", lies_over=("local",))
    )
    assert [overlay.id for overlay in both.overlays] == ["local", "one", "two"]


@pytest.mark.hazard("H-002")
def test_local_bands_must_name_every_score() -> None:
    gap = (Band("low", 0, 20), Band("high", 21, 40))
    with pytest.raises(PolicyFileError, match="48"):
        load_national().over(an_overlay("cows_bands", gap))
    whole = (Band("low", 0, 20), Band("high", 21, 48))
    assert load_national().over(an_overlay("cows_bands", whole)).on(DAY).bands("cows_bands").value == whole


@pytest.mark.parametrize(
    ("unit", "good", "bad"),
    [
        ("mg", Milligrams(Decimal(30)), 30),
        ("hours", Decimal(2), 2),
        ("words", Words((("a", "b"),)), "a"),
        ("text", "words", 4),
        ("day numbers", (0, 7), (Band("x", 0, 1),)),
        ("range", (15, 25), (Band("x", 0, 1),)),
        ("course", (TimesADay(Milligrams(Decimal(15)), 4),), (15, 4)),
        ("score", 4, True and "4"),
    ],
)
def test_an_own_value_fits_the_unit_it_replaces(unit: str, good: Value, bad: Value) -> None:
    parameter = Parameter("p", "P", unit, "X", (a_value(None),))
    guidance = Parameters({"p": parameter})
    assert guidance.over(an_overlay("p", good)).held("p", DAY)[1] is not None
    with pytest.raises(PolicyFileError, match=f"not a value in {unit}"):
        guidance.over(an_overlay("p", bad))


def test_a_rule_that_asks_in_the_wrong_unit_or_for_nothing_is_a_fault_of_the_program(guidance: Parameters) -> None:
    with pytest.raises(TypeError, match="is in days, and was asked for in hours"):
        guidance.on(DAY).hours("rest_days")
    with pytest.raises(KeyError, match="no policy file declares"):
        guidance.on(DAY).days("nothing")
    wrong = Parameters({"p": Parameter("p", "P", "mg", "X", (a_value(30),))})
    with pytest.raises(TypeError, match="is not Milligrams"):
        wrong.on(DAY).milligrams("p")


def test_the_fingerprint_changes_with_any_value_in_force_and_with_nothing_else(guidance: Parameters) -> None:
    before = guidance.on(DAY).fingerprint
    assert len(before) == 64
    assert guidance.on(DAY + timedelta(days=30)).fingerprint == before
    assert guidance.on(date(2010, 3, 1)).fingerprint != before
    assert guidance.over("local").on(DAY).fingerprint != before
    other = guidance.over(an_overlay(value=Decimal(2))), guidance.over(an_overlay(value=Decimal(3)))
    assert other[0].on(DAY).fingerprint != other[1].on(DAY).fingerprint
    assert guidance.over(an_overlay(value=Decimal(2))).on(DAY).fingerprint == other[0].on(DAY).fingerprint


def test_the_weakest_status_is_the_one_a_line_may_claim() -> None:
    assert weakest((Status.SIGNED, Status.QUOTED)) is Status.QUOTED
    assert weakest((Status.QUOTED, Status.AWAITING)) is Status.AWAITING
    assert weakest(()) is Status.AWAITING


DAYS = st.dates(date(1990, 1, 1), date(2030, 12, 31))


@given(st.lists(DAYS, min_size=1, max_size=6, unique=True).map(sorted), DAYS)
def test_exactly_the_last_value_to_have_begun_holds(begins: list[date], day: date) -> None:
    values = in_order([a_value(number, first) for number, first in enumerate(begins)], "here")
    held = holding_on(values, day)
    expected = [number for number, first in enumerate(begins) if first <= day]
    assert (held.value if held else None) == (expected[-1] if expected else None)


@given(st.lists(DAYS, min_size=2, max_size=8, unique=True).map(sorted), DAYS)
def test_a_day_between_two_values_has_none(edges: list[date], day: date) -> None:
    pairs = list(zip(edges[::2], edges[1::2], strict=False))
    values = in_order([a_value(n, first, last) for n, (first, last) in enumerate(pairs)], "here")
    held = holding_on(values, day)
    inside = [n for n, (first, last) in enumerate(pairs) if first <= day <= last]
    assert (held.value if held else None) == (inside[0] if inside else None)
