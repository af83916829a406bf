"""A name finds its person however it is typed, and cannot pretend to be another's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdtdesk.domain.names import (
    NAME_LIMIT,
    NotAName,
    TextRefused,
    check_name,
    check_text,
    display_name,
    excerpt,
    fold,
    match_key,
    same_name,
)


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("SPARROW", "sparrow"),
        ("Bérubé", "berube"),
        ("Be\u0301rube\u0301", "berube"),
        ("O’Rourke", "orourke"),
        ("O'Rourke", "ORourke"),
        ("O´Rourke", "orourke"),
        ("Ahmed-Khan", "ahmed khan"),
        ("Ahmed–Khan", "ahmed  khan "),
        ("Łukasz", "lukasz"),
        ("Sørensen", "sorensen"),
        ("Straße", "STRASSE"),
        ("İnce", "ince"),
        ("Nguyễn", "nguyen"),
        ("Pri\u200bce", "price"),
    ],
)
def test_a_person_is_found_as_the_nurse_types_the_name(written, typed):
    assert fold(written) == fold(typed)


def test_right_to_left_names_keep_their_letters_and_order():
    assert fold("محمد علي") == "محمد علي"
    assert fold("כֹּהֵן") == "כהן"
    assert check_name("محمد علي", "surname") == "محمد علي"


def test_vowel_signs_that_make_another_name_are_not_levelled():
    assert fold("सुमन") != fold("समन")
    assert fold("सत्य") != fold("सतय")


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text("abcdefghijklmnopqrstuvwxyz' -éüñ", min_size=1))
def test_folding_does_not_depend_on_case(text):
    assert fold(text.upper()) == fold(text.lower())


def test_candidates_are_found_across_spacing_but_not_across_people():
    assert match_key("O Brien", "Sean-Paul") == match_key("O'BRIEN", "sean paul")
    assert match_key("Brien", "Sean") != match_key("O'Brien", "Sean")
    assert match_key("Ann", "Alee") != match_key("Anna", "Lee")


@pytest.mark.hazard("H-001")
@pytest.mark.parametrize("code", [*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
def test_a_name_that_would_be_shown_backwards_is_refused(code):
    with pytest.raises(
        NotAName, match=f"surname holds a hidden text-direction mark \\(U\\+{code:04X}\\) at position 4"
    ):
        check_name(f"SPA{chr(code)}RROW", "surname")


@pytest.mark.hazard("H-001")
@pytest.mark.parametrize("code", [*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, 0xD800, 0xDFFF])
def test_a_name_that_would_be_cut_short_or_broken_is_refused(code):
    with pytest.raises(NotAName, match=f"forenames holds a control character \\(U\\+{code:04X}\\) at position 7"):
        check_name(f"Daniel{chr(code)}Lee", "forenames")


def test_a_name_is_kept_up_to_its_limit_and_refused_one_letter_further():
    assert check_name("x" * NAME_LIMIT, "surname") == "x" * NAME_LIMIT
    with pytest.raises(NotAName, match="surname is 201 characters long; at most 200 are kept"):
        check_name("x" * (NAME_LIMIT + 1), "surname")
    with pytest.raises(NotAName, match="surname is 100,000 characters long") as refused:
        check_name("é" * 100_000, "surname")
    assert len(str(refused.value)) < 200


@pytest.mark.parametrize("typed", ["", "   ", "\u00a0", "--", "😀", "\u200b"])
def test_no_name_is_refused_as_a_name(typed):
    with pytest.raises(NotAName, match="Give the name as the person gives it"):
        check_name(typed, "surname")


def test_a_name_is_tidied_but_otherwise_kept_as_given():
    assert check_name("  van  der   Berg ", "surname") == "van der Berg"
    assert check_name("Be\u0301rube\u0301", "surname") == "Bérubé"
    assert check_name("=HYPERLINK(x)", "surname") == "=HYPERLINK(x)"
    assert check_name("Zoë 😀", "forenames") == "Zoë 😀"


@given(st.text(max_size=250))
def test_what_is_taken_as_a_name_is_taken_again_unchanged(text):
    try:
        name = check_name(text, "surname")
    except NotAName:
        return
    assert check_name(name, "surname") == name
    assert 0 < len(name) <= NAME_LIMIT


def test_other_text_may_be_empty_but_not_disguised():
    assert check_text("", "arrived_from", 200) == ""
    with pytest.raises(TextRefused, match="arrived_from holds"):
        check_text("Crown\nCourt", "arrived_from", 200)


def test_the_banner_shows_the_surname_in_capitals_first():
    assert display_name("Sparrow", "Daniel Lee") == "SPARROW, Daniel Lee"
    assert display_name("o'rourke", "Declan") == "O'ROURKE, Declan"
    assert display_name("Sukarno", "") == "SUKARNO"


@given(st.text())
def test_an_excerpt_is_one_short_line_in_which_nothing_hides(text):
    shown = excerpt(text)
    assert shown.isprintable()
    assert len(shown) <= 40 * 10 + 1


def test_a_refusal_reads_the_same_on_the_screen() -> None:
    """Otherwise the window shows the name of an error in place of what to do."""
    with pytest.raises(NotAName) as refused:
        check_name("", "surname")
    assert refused.value.sentence == "surname is empty. Give the name as the person gives it."


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("R. Adeyemi", " r adeyemi ", True), ("R.Adeyemi", "R.  ADEYEMI", True), ("R. Adeyemi", "S. Adeyemi", False)],
)
def test_a_witness_is_not_the_writer_with_another_space(one: str, other: str, *, same: bool) -> None:
    """A dose is witnessed by whoever gave it, written a little otherwise."""
    assert same_name(one, other) is same
