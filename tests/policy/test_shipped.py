"""What is shipped: every figure has a source and a status, and what no source gives is shipped empty."""

from datetime import date
from pathlib import Path

import pytest

from pdtdesk.domain.quantities import Milligrams
from pdtdesk.policy.dated import Parameter
from pdtdesk.policy.national import load_national, national_folder
from pdtdesk.policy.origin import Authority, Status
from pdtdesk.policy.parameters import NoGuidanceInForce, NotSignedLocally, Parameters

DAY = date(2010, 6, 1)
EMPTY = {
    "cows_repeat_hours",
    "ciwa_ar_repeat_hours",
    "sedation_recheck_hours",
    "hours_without_witnessed_dose",
    "missed_days_reassess",
    "missed_days_new_induction",
    "release_near",
    "unconfirmed_buprenorphine_most",
    "unconfirmed_methadone_most",
    "hospital_when",
    "signed_directions",
    "hepatitis_b_days",
    "hepatitis_b_booster_days",
    "sds_cut_off_crack_cocaine",
    "methadone_most",
    "hours_between_days",
    "methadone_ecg_counts",
    *(f"{m}_reduction_{of}" for m in ("methadone", "buprenorphine", "diazepam") for of in ("step", "interval")),
    *(f"{m}_reinduction_{of}" for m in ("methadone", "buprenorphine") for of in ("first", "rise", "interval")),
    "buprenorphine_rise_interval",
    "buprenorphine_after_opioid_hours",
    "methadone_after_buprenorphine_hours",
    "naltrexone_after_opioid_hours",
    *(f"alcohol_{course}_later" for course in ("15_lower", "15_higher", "30_lower", "30_higher", "50")),
}
NATIONAL = load_national()


@pytest.mark.parametrize("parameter", NATIONAL.all, ids=lambda parameter: parameter.id)
def test_each_shipped_parameter_has_a_reference_a_status_and_a_fact(parameter: Parameter) -> None:
    assert parameter.fact
    assert parameter.description
    for value in parameter.values:
        assert value.reference.document in NATIONAL.documents
        assert value.reference.section
        assert value.authority in Authority
        assert value.sign_off.status in (Status.QUOTED, Status.AWAITING), "nobody has signed what is shipped"


def test_what_no_source_gives_is_shipped_empty_and_nothing_else_is() -> None:
    assert {p.id for p in NATIONAL.all if p.values[-1].value is None} == EMPTY


def test_an_empty_parameter_says_who_can_sign_and_that_by_hand_stays_open() -> None:
    with pytest.raises(
        NotSignedLocally, match=r"clinical lead can fill it in and sign it; until then decide by hand"
    ):
        NATIONAL.on(DAY).hours("hours_without_witnessed_dose")


def test_sources_that_disagree_are_both_named() -> None:
    with pytest.raises(NotSignedLocally, match=r"more than 3 missed days .* 3 or more missed days") as refusal:
        NATIONAL.on(DAY).days("missed_days_reassess")
    assert [candidate.value for candidate in refusal.value.candidates] == [4, 3]


def test_the_demonstration_fills_in_every_empty_parameter_and_is_marked() -> None:
    shown = NATIONAL.over("demonstration")
    overlay = shown.overlays[0]
    assert overlay.demonstration
    assert "DEMONSTRATION" in overlay.title
    assert {replacement.replaces for replacement in overlay.replacements} == EMPTY
    for replacement in overlay.replacements:
        assert all(value.reference.document == "DEMONSTRATION" for value in replacement.values)
        assert shown.held(replacement.replaces, DAY)[2] == "demonstration"


def test_figures_stand_as_their_sources_have_them() -> None:
    on = NATIONAL.on(DAY)
    assert on.days("stabilisation_least").value == 5
    assert on.days("psychosocial_package_days").value == 28
    assert on.milligrams("methadone_sedatives_most").value == Milligrams.parse("20 mg")
    assert on.milligrams("methadone_restart_most").value == Milligrams.parse("30 mg")
    assert (on.number("alcohol_assisted_units").value, on.number("alcohol_inpatient_units").value) == (15, 30)
    assert [
        on.score(f"sds_cut_off_{d}").value for d in ("opioids", "amphetamines", "benzodiazepines", "alcohol")
    ] == [
        3,
        5,
        7,
        3,
    ]
    assert on.people("figures_least").value == 5
    assert on.days("stabilisation_least").authority is Authority.GUIDANCE
    assert on.days("stabilisation_least").sign_off.status is Status.QUOTED
    assert on.rule("sedation_stop").sign_off.status is Status.AWAITING


def test_before_the_guidance_there_is_none_and_nothing_is_made_up() -> None:
    with pytest.raises(NoGuidanceInForce, match=r"Sat 31 Dec 2005.*Decide by hand"):
        NATIONAL.on(date(2005, 12, 31)).days("stabilisation_least")


def test_every_shipped_file_lies_where_the_loader_looks() -> None:
    folder = national_folder()
    files = {path for path in folder.rglob("*.toml") if path.name != "documents.toml"}
    assert files == set(folder.glob("*/*.toml"))
    assert isinstance(Parameters.load(Path(folder)), Parameters)


def test_the_template_of_local_policy_can_be_laid_and_gives_no_value() -> None:
    """Copied and not filled in, it must not answer for anybody."""
    plain, laid = load_national(), load_national().over("template")
    for each in plain.all:
        before, after = (held.held(each.id, date(2010, 6, 1))[1] for held in (plain, laid))
        assert (before.value if before else None) == (after.value if after else None)
