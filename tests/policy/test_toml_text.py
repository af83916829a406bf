"""The text of a TOML file: a time without its seconds, and nothing else touched."""

from datetime import UTC, datetime

import pytest

from pdtdesk.policy.toml_text import NotToml, loads

AT = datetime.fromisoformat("2010-05-20T09:30:00")


@pytest.mark.parametrize(
    "written",
    [
        "x = 2010-05-20T09:30",
        "x = 2010-05-20 09:30  # witnessed at 2010-05-20T09:30",
        "x=2010-05-20T09:30:00",
        "x = 2010-05-20T09:30\n# it's 09:30",
    ],
)
def test_a_time_without_its_seconds_is_a_time(written: str) -> None:
    """The interface writes it so, and a refusal there stops everybody at the first try."""
    assert loads(written)["x"] == AT


def test_it_is_read_in_lists_and_with_its_offset_too() -> None:
    """Otherwise the same time is legal in one place and not in the next."""
    assert loads("x = [2010-05-20T09:30, 2010-05-20T09:30]\ny = { at = 2010-05-20T09:30 }") == {
        "x": [AT, AT],
        "y": {"at": AT},
    }
    assert loads("x = 2010-05-20T09:30Z")["x"] == AT.replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ('x = "seen = 2010-05-20T09:30"', "seen = 2010-05-20T09:30"),
        ("x = 'at 2010-05-20T09:30'", "at 2010-05-20T09:30"),
        ('x = "a \\" 2010-05-20T09:30 "', 'a " 2010-05-20T09:30 '),
        (
            'x = """\nseen = 2010-05-20T09:30\n"" 2010-05-20T09:30\n"""',
            'seen = 2010-05-20T09:30\n"" 2010-05-20T09:30\n',
        ),
        ("x = '''\nit's = 2010-05-20T09:30\n'''", "it's = 2010-05-20T09:30\n"),
    ],
)
def test_words_are_left_as_they_were_written(written: str, words: str) -> None:
    """What a colleague wrote down is not to be changed by whoever reads it."""
    assert loads(written) == {"x": words}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("x = 2010-05-20T09:30\ny = \n", "line 2"),
        ("x = 2010-05-20T9:30", "line 1"),
        ("x = 2010-05-20T25:30", "line 1"),
        ("x = 2010-05-20T09:30 y", "line 1"),
        ('x = """ 2010-05-20T09:30', "Unterminated string"),
        ("x = " + "[" * 5000, "too deep"),
        ("x = 1e99999999999999999999999", "too long"),
        (f"x = 1.{'0' * 40}", "too long"),
    ],
)
def test_what_is_no_toml_is_told_with_its_line(written: str, said: str) -> None:
    """Whoever mends a file of two hundred lines needs to know which."""
    with pytest.raises(NotToml, match=said):
        loads(written)


HUGE = f"0x{'f' * 5000}"


@pytest.mark.parametrize(
    "written",
    [f"cows = {HUGE}", f"cows = -{2**63 + 1}", f"[scores]\ncows = [1, [{HUGE}]]", f"scores = [{{ cows = {2**63} }}]"],
)
def test_a_number_that_nothing_here_could_write_out_is_refused_with_its_key(written: str) -> None:
    """Else the sentence about a wrong score cannot be written, and the command breaks off instead of naming it."""
    with pytest.raises(NotToml, match="the number of key 'cows' is too large for TOML"):
        loads(written)
    assert loads(f"x = [{2**63 - 1}, {-(2**63)}]") == {"x": [2**63 - 1, -(2**63)]}


@pytest.mark.parametrize("key", ["a." * 20_000 + "b = 1", f"[{'a.' * 20_000}b]", '"a" . ' * 20_000 + "b = 1"])
def test_a_key_of_thousands_of_parts_is_refused_before_it_costs_time(key: str) -> None:
    """Else one spoilt line keeps whoever asks at reception waiting, and every example behind it."""
    with pytest.raises(NotToml, match="more than 100 points in line 3; no key is so long"):
        loads(f'# {"." * 200}\nx = "{"." * 200}"\n{key}')


def test_many_points_in_words_and_over_many_lines_are_left_alone() -> None:
    """Else a colleague's own words, or a long list of hours, could not be read."""
    hours = ",\n".join(["0.5"] * 150)
    assert loads(f'words = """\n{"." * 200}"""\nhours = [{hours}]')["words"] == "." * 200
