"""A score means the same on every screen, and nobody is called well because a question was skipped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdtdesk.domain.reception.scales import (
    AUDIT,
    CIWA_AR,
    COWS,
    SCALES,
    SDS,
    SOWS,
    Band,
    BandsNotWhole,
    NotPermitted,
    OutsideBands,
    Scale,
    band_of,
    check_bands,
    score,
)

every_scale = pytest.mark.parametrize("scale", SCALES.values(), ids=SCALES.keys())

# The bands of guidance-facts' table, used here to test edges; the product takes its own from signed parameters.
COWS_BANDS = (
    Band("none", 0, 4),
    Band("mild", 5, 12),
    Band("moderate", 13, 24),
    Band("moderately severe", 25, 36),
    Band("severe", 37, 48),
)


def answers_to(scale: Scale) -> st.SearchStrategy[dict[str, int]]:
    """Some or all of the items, each with a score it may be given."""
    return st.fixed_dictionaries({}, optional={item.key: st.sampled_from(item.scores) for item in scale.items})


def lowest(scale: Scale) -> dict[str, int]:
    return {item.key: min(item.scores) for item in scale.items}


def highest(scale: Scale) -> dict[str, int]:
    return {item.key: max(item.scores) for item in scale.items}


@every_scale
def test_the_range_of_a_scale_is_what_its_items_add_up_to(scale):
    assert (score(scale, lowest(scale)).total, score(scale, highest(scale)).total) == scale.range


@pytest.mark.parametrize(
    ("scale", "items", "range_"),
    [(COWS, 11, (0, 48)), (SOWS, 10, (0, 30)), (CIWA_AR, 10, (0, 67)), (AUDIT, 10, (0, 40)), (SDS, 5, (0, 15))],
    ids=lambda value: value.id if isinstance(value, Scale) else str(value),
)
def test_each_scale_has_the_items_and_the_range_of_its_source(scale, items, range_):
    assert len(scale.items) == items
    assert scale.range == range_


def test_cows_has_exactly_the_scores_of_wesson_and_ling():
    assert {item.key: item.scores for item in COWS.items} == {
        "pulse": (0, 1, 2, 4),
        "sweating": (0, 1, 2, 3, 4),
        "restlessness": (0, 1, 3, 5),
        "pupils": (0, 1, 2, 5),
        "aches": (0, 1, 2, 4),
        "nose_eyes": (0, 1, 2, 4),
        "gut": (0, 1, 2, 3, 5),
        "tremor": (0, 1, 2, 4),
        "yawning": (0, 1, 2, 4),
        "anxiety": (0, 1, 2, 4),
        "gooseflesh": (0, 3, 5),
    }


def test_the_other_scales_have_the_scores_of_their_sources():
    assert {item.scores for item in SOWS.items} == {(0, 1, 2, 3)}
    assert {item.scores for item in SDS.items} == {(0, 1, 2, 3)}
    assert [max(item.scores) for item in CIWA_AR.items] == [7] * 9 + [4]
    assert all(item.scores == tuple(range(max(item.scores) + 1)) for item in CIWA_AR.items)
    assert [item.scores for item in AUDIT.items] == [(0, 1, 2, 3, 4)] * 8 + [(0, 2, 4)] * 2


def test_the_short_opiate_withdrawal_scale_cannot_be_taken_for_handelsmans():
    assert "Gossop" in SOWS.name
    assert "Short Opiate Withdrawal Scale" in SOWS.full_name
    assert "not Handelsman" in SOWS.full_name
    assert SOWS.id != "sows"


def test_how_hard_it_is_to_stop_is_asked_in_its_own_words():
    assert SDS.item("worry").words_for(3) == "always or nearly always"
    assert SDS.item("stopping").words_for(3) == "impossible"
    assert SDS.item("stopping").words_for(0) == "not difficult"


@every_scale
def test_every_item_can_be_asked_shown_and_keyed(scale):
    assert scale.full_name
    assert scale.source
    assert scale.purpose_words.endswith(".")
    assert len({item.key for item in scale.items}) == len(scale.items)
    assert len({item.label for item in scale.items}) == len(scale.items)
    for item in scale.items:
        assert item.asked.endswith((".", "?"))
        assert len(item.label) <= 20
        assert list(item.scores) == sorted(set(item.scores))
        assert all(words.strip() for _, words in item.choices)
        assert len({words for _, words in item.choices}) == len(item.choices) or item.key in CIWA_WITH_STEPS_BETWEEN
        for permitted in item.scores:
            assert item.score_of_key(str(permitted)) == permitted


CIWA_WITH_STEPS_BETWEEN = {"nausea", "tremor", "sweats", "anxiety", "agitation"}


def test_a_step_that_ciwa_does_not_word_is_said_to_lie_between_those_it_does():
    assert CIWA_AR.item("tremor").words_for(5) == "between 4 and 7"
    assert CIWA_AR.item("tremor").words_for(2) == "between 1 and 4"
    assert CIWA_AR.item("tremor").words_for(4) == "moderate with arms held out"


@pytest.mark.parametrize("pressed", ["3", "9", "", "00", "x", "-1", "１", " 1"])
def test_a_key_that_an_item_does_not_have_gives_no_score(pressed):
    with pytest.raises(NotPermitted, match="Pulse: press 0, 1, 2 or 4"):
        COWS.item("pulse").score_of_key(pressed)


def test_the_first_picture_of_the_evening_adds_up():
    """Sparrow's COWS: 15, moderate."""
    seen = dict(zip((item.key for item in COWS.items), (1, 2, 1, 2, 2, 2, 2, 1, 1, 1, 0), strict=True))
    result = score(COWS, seen)
    assert (result.total, result.complete, result.in_words()) == (15, True, "15")
    assert band_of(15, COWS_BANDS).label == "moderate"


@pytest.mark.hazard("H-002")
@every_scale
def test_a_part_of_a_scale_is_never_shown_as_its_total(scale):
    for left_out in scale.items:
        answers = highest(scale)
        del answers[left_out.key]
        result = score(scale, answers)
        assert result.total is None
        assert not result.complete
        assert result.missing == (left_out.key,)
        assert result.so_far == scale.range[1] - max(left_out.scores)
        assert "so far, 1 of" in result.in_words()


@every_scale
def test_a_scale_not_begun_has_no_total_and_not_nought(scale):
    result = score(scale, {})
    assert result.total is None
    assert result.answered == 0
    assert result.missing == tuple(item.key for item in scale.items)


@given(st.sampled_from([COWS, SOWS, CIWA_AR, SDS, AUDIT]).flatmap(lambda s: st.tuples(st.just(s), answers_to(s))))
def test_scoring_as_you_go_keeps_count_of_every_item(scale_and_answers):
    scale, answers = scale_and_answers
    result = score(scale, answers)
    assert result.answered + len(result.missing) == len(scale.items)
    assert result.so_far == sum(answers.values())
    assert not set(result.missing) & set(answers)
    assert result.complete == (result.total is not None)
    assert result.total in (None, result.so_far)


@every_scale
def test_a_score_the_scale_does_not_have_is_refused_by_the_items_name(scale):
    for item in scale.items:
        for wrong in {-1, max(item.scores) + 1, *range(max(item.scores))} - set(item.scores):
            with pytest.raises(NotPermitted, match=f"^{item.label}: {wrong} cannot be given"):
                score(scale, {item.key: wrong})


def test_a_score_without_words_is_not_shown():
    with pytest.raises(NotPermitted, match=r"Gooseflesh: 4 cannot be given\. It is scored 0, 3 or 5"):
        COWS.item("gooseflesh").words_for(4)


def test_a_tick_is_not_a_score():
    with pytest.raises(NotPermitted, match="Pulse: True cannot be given"):
        score(COWS, {"pulse": True})


def test_an_answer_to_another_scale_is_not_added_up():
    with pytest.raises(NotPermitted, match="COWS has no item `headache`"):
        score(COWS, {"headache": 1})


def test_somebody_who_never_drinks_is_asked_three_of_the_audits_questions():
    result = score(AUDIT, {"frequency": 0})
    assert result.missing == ("injury", "concern")
    assert score(AUDIT, {"frequency": 0, "injury": 2, "concern": 0}).total == 2


def test_somebody_who_drinks_little_at_once_skips_the_questions_on_dependence():
    result = score(AUDIT, {"frequency": 2, "amount": 0, "six_or_more": 0, "injury": 0, "concern": 0})
    assert (result.total, result.complete) == (2, True)


@pytest.mark.parametrize(
    "answers", [{"frequency": 1}, {"frequency": 4, "amount": 0}, {"amount": 0, "six_or_more": 1}]
)
def test_a_drinker_is_asked_the_whole_audit(answers):
    assert "morning_drink" in score(AUDIT, answers).missing


def test_what_was_answered_wins_over_what_could_have_been_skipped():
    assert score(AUDIT, {"frequency": 0, "morning_drink": 4, "injury": 0, "concern": 0}).total == 4


@pytest.mark.parametrize(
    ("total", "label"),
    [
        *((0, "none"), (4, "none"), (5, "mild"), (12, "mild"), (13, "moderate"), (24, "moderate")),
        *((25, "moderately severe"), (36, "moderately severe"), (37, "severe"), (48, "severe")),
    ],
)
def test_each_edge_of_a_band_falls_on_its_own_side(total, label):
    assert band_of(total, COWS_BANDS).label == label
    assert band_of(total, COWS_BANDS[::-1]).label == label


@given(st.lists(st.integers(0, 12), min_size=1, max_size=8))
def test_whole_bands_give_every_total_exactly_one_name(widths):
    bands, start = [], 0
    for number, width in enumerate(widths):
        bands.append(Band(f"band {number}", start, start + width))
        start += width + 1
    check_bands(tuple(bands), 0, start - 1)
    for total in range(start):
        assert band_of(total, tuple(bands)) == next(b for b in bands if b.from_score <= total <= b.to_score)


@pytest.mark.hazard("H-002")
@pytest.mark.parametrize(
    ("bands", "sentence"),
    [
        ((), "There are no bands"),
        ((Band("mild", 0, 7), Band("severe", 9, 67)), "No band covers 8 to 8, between `mild` and `severe`"),
        ((Band("mild", 0, 8), Band("severe", 8, 67)), "`mild` \\(0 to 8\\) and `severe` \\(8 to 67\\) overlap"),
        ((Band("mild", 0, 67), Band("severe", 20, 30)), "overlap"),
        ((Band("mild", 9, 0), Band("severe", 10, 67)), "`mild` begins at 9 and ends at 0"),
    ],
)
def test_bands_that_leave_a_patient_without_a_word_or_with_two_are_refused_whatever_the_score(bands, sentence):
    for total in (0, 8, 50):
        with pytest.raises(BandsNotWhole, match=sentence):
            band_of(total, bands)
    with pytest.raises(BandsNotWhole, match=sentence):
        check_bands(bands, 0, 67)


def test_bands_of_another_scale_are_noticed():
    check_bands(COWS_BANDS, *COWS.range)
    with pytest.raises(BandsNotWhole, match="The bands end at 48 and the scale at 67"):
        check_bands(COWS_BANDS, *CIWA_AR.range)
    with pytest.raises(BandsNotWhole, match="The bands begin at 5 and the scale at 0"):
        check_bands(COWS_BANDS[1:], *COWS.range)


@pytest.mark.parametrize("total", [-1, 49])
def test_a_total_outside_all_bands_gets_no_name(total):
    with pytest.raises(OutsideBands, match=f"A total of {total} lies outside the bands, which go from 0 to 48"):
        band_of(total, COWS_BANDS)
