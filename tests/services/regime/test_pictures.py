"""What the pictures of a regime are drawn from, and where their words find room."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from regime_pictures import RELEASE, TODAY, reducing

from pdtdesk.domain.quantities import Milligrams
from pdtdesk.domain.regime.schedule import Schedule, Stretch
from pdtdesk.services.regime.drawing.labels import Label, Place, Rows, in_a_column, wrapped
from pdtdesk.services.regime.drawing.shapes import Days, Measures
from pdtdesk.services.regime.pictures import ScheduleSeries, end_words, series_of

TYPEWRITER = Measures(lambda text, bold: len(text) * (7.0 if bold else 6.0), 12.0)


def test_a_course_that_is_ordered_to_a_last_day_is_nought_on_the_next() -> None:
    """Drawn as going on, a course of five days reads as one without an end."""
    five = Schedule((Stretch(TODAY, TODAY + timedelta(4), (("morning", Milligrams(Decimal(20))),)),))
    series = series_of("as planned", five)
    assert series.steps == ((TODAY, Decimal(20)), (TODAY + timedelta(5), Decimal(0)))
    assert series.free_from == five.free_from()
    goes_on = Schedule((Stretch(TODAY, None, (("morning", Milligrams(Decimal(20))),)),))
    assert series_of("as planned", goes_on).free_from is None


def test_the_end_of_a_course_is_counted_against_release() -> None:
    """One day before release and on the day of release are two different hand-overs."""
    series = reducing("as planned", 7)
    ends = date(2010, 8, 24)
    assert series.free_from == ends
    assert end_words(series, RELEASE).endswith("94 days before release")
    assert end_words(series, ends).endswith("0 on Tue 24 Aug 2010, the day of release")
    assert end_words(series, ends + timedelta(1)).endswith("1 day before release")
    assert end_words(series, ends - timedelta(1)).endswith("1 day after release")
    assert end_words(ScheduleSeries("x", ()), RELEASE) == "nothing planned"
    assert end_words(ScheduleSeries("x", series.steps, "ends by score"), RELEASE) == "ends by score"


def test_a_pause_in_a_course_is_not_its_end() -> None:
    """Held at 0 for a week and then gone on with: the overdose finding would name the wrong day."""
    steps = ((TODAY, Decimal(10)), (TODAY + timedelta(3), Decimal(0)), (TODAY + timedelta(9), Decimal(5)))
    assert ScheduleSeries("x", steps).free_from is None
    last = (TODAY + timedelta(12), Decimal(0))
    assert ScheduleSeries("x", (*steps, last)).free_from == last[0]
    assert ScheduleSeries("x", (*steps, last)).on(TODAY + timedelta(4)) == 0


_LABELS = st.lists(
    st.builds(
        Label,
        st.text(st.characters(codec="ascii", categories=("L", "Zs")), min_size=1, max_size=40),
        st.floats(0, 500),
        st.sampled_from([(Place.CENTRE,), (Place.RIGHT, Place.LEFT), (Place.FROM,)]),
        bold=st.booleans(),
        upright=st.booleans(),
    ),
    max_size=15,
)


@given(labels=_LABELS, flags=st.booleans())
def test_no_label_lies_on_another_or_leaves_the_picture(labels: list[Label], flags: bool) -> None:
    """Two labels on each other are read as a third that nobody wrote."""
    rows = Rows(TYPEWRITER, 0.0, 500.0)
    (rows.put_flags if flags else rows.put)(labels)
    assert len(rows.placed) == len(labels)
    for at, one in enumerate(rows.placed):
        assert one.x >= 0
        assert one.x + one.width <= 500.01
        for other in rows.placed[at + 1 :]:
            apart = one.x + one.width <= other.x or other.x + other.width <= one.x
            assert apart or one.end_row <= other.row or other.end_row <= one.row


@given(text=st.text(st.characters(codec="ascii", categories=("L", "Zs")), max_size=60), most=st.integers(6, 200))
def test_words_too_wide_go_on_in_the_next_line_and_none_is_lost(text: str, most: int) -> None:
    """A label cut at the edge: 60 mg from 600 mg."""
    lines = wrapped(text, most, False, TYPEWRITER)
    assert all(TYPEWRITER.width(line, False) <= most for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_names_at_the_side_of_a_chart_move_apart() -> None:
    """Two scores that end alike: their names on each other name neither."""
    tops = in_a_column([50.0, 52.0, 54.0], 12.0, 0.0, 60.0)
    assert tops == sorted(tops)
    assert all(after - before >= 12 for before, after in pairwise(tops))
    assert tops[-1] + 12 <= 60


def test_every_place_in_a_chart_is_the_day_that_is_drawn_there() -> None:
    """Pointed at Tuesday and told Monday's dose."""
    days = Days(TODAY, 30, 40.0, 7.5, 0.0, 100.0)
    for at in range(30):
        day = TODAY + timedelta(at)
        assert days.day_at(days.middle_of(day)) == day
    assert days.day_at(-10) == TODAY
    assert days.day_at(10_000) == days.last
