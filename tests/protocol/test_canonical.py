"""The bytes that are signed: one way to write them, on every machine, for ever."""

import json
from dataclasses import replace
from datetime import datetime

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from pdtdesk.domain.record.entry import Route
from pdtdesk.domain.roles import Role
from pdtdesk.protocol.canonical import NotAnEntry, body_bytes, header_bytes, read_body, read_header
from tests.domain.record.entries import an_entry

_WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | _WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_WORDS, inner, max_size=3),
    max_leaves=8,
)


def test_the_sorting_example_of_the_standard() -> None:
    """RFC 8785, 3.2.3: names are sorted by their UTF-16 units. Else two desks hash one entry differently."""
    given_ = {
        "\u20ac": "Euro Sign",
        "\r": "Carriage Return",
        "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "1": "One",
        "\U0001f600": "Emoji: Grinning Face",
        "\u0080": "Control",
        "\u00f6": "Latin Small Letter O With Diaeresis",
    }
    expected = [
        "Carriage Return",
        "One",
        "Control",
        "Latin Small Letter O With Diaeresis",
        "Euro Sign",
        "Emoji: Grinning Face",
        "Hebrew Letter Dalet With Dagesh",
    ]
    assert list(json.loads(body_bytes(given_)).values()) == expected


def test_the_text_example_of_the_standard() -> None:
    """RFC 8785, 3.2.2: what is escaped, and how. Else a quotation mark in an answer breaks a signature."""
    given_ = {"string": "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/", "literals": [None, True, False]}
    assert body_bytes(given_) == '{"literals":[null,true,false],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'.encode()


@given(st.dictionaries(_WORDS, _VALUES, max_size=5))
def test_what_is_written_is_read_back_and_written_the_same(body: dict) -> None:
    """Otherwise a record changes by being looked at."""
    data = body_bytes(body)
    assert read_body(data) == body
    assert body_bytes(read_body(data)) == data


@given(st.dictionaries(_WORDS, _VALUES, max_size=5))
def test_the_quick_way_of_writing_gives_the_bytes_of_the_standard(body: dict) -> None:
    """Otherwise two desks hash one entry differently, and each calls the other's signature false."""
    assert body_bytes(body) == rfc8785.dumps(body)


@given(
    st.dictionaries(st.text("abcxyzABC_.019", max_size=6), _VALUES, max_size=5), st.text('\x00\x1f\x7f"\\/\u2028é😀')
)
def test_the_everyday_names_and_every_odd_letter_are_written_as_the_standard_says(body: dict, odd: str) -> None:
    """As above, of the names that the product itself gives and the letters that are escaped or never are."""
    body |= {"odd": odd, odd: [True, (odd, 2**53 - 1, -(2**53) + 1, Role.NURSE)]}
    assert body_bytes(body) == rfc8785.dumps(body)


@pytest.mark.parametrize("body", [{"dose": 12.5}, {"doses": [{"dose": 0.1}]}, {"dose": float("nan")}])
def test_a_dose_is_never_a_floating_number(body: dict) -> None:
    """Otherwise 12.5 mg becomes 12.499999 mg on its way."""
    with pytest.raises(NotAnEntry, match="quantity is written as text"):
        body_bytes(body)


_TOO_DEEP: list = []
for _ in range(2000):
    _TOO_DEEP = [_TOO_DEEP]


@pytest.mark.parametrize("body", [{"n": 2**60}, {"words": "\ud800"}, {3: "three"}, {"deep": _TOO_DEEP}])
def test_what_cannot_be_written_is_refused_with_a_sentence(body: dict) -> None:
    """Otherwise the save fails in a way that nobody understands."""
    with pytest.raises(NotAnEntry, match="cannot be written"):
        body_bytes(body)


def test_a_header_is_read_back_as_it_was() -> None:
    """Otherwise who wrote it, or where the person is, changes on the way."""
    entry = an_entry("b", "a")
    header = replace(entry.header, route=Route("moving", "ASH", "BEL"), prev="00", author=entry.author)
    assert read_header(header_bytes(header)) == header


def test_fields_of_a_newer_desk_are_kept_and_written_again() -> None:
    """Otherwise an old desk in between strips a record of what it does not know."""
    entry = an_entry("b")
    fields = {**json.loads(entry.header_bytes), "witness": {"id": "w", "more": [1, None]}}
    newer = body_bytes(fields)
    read = read_header(newer)
    assert read.unknown == {"witness": {"id": "w", "more": [1, None]}}
    assert header_bytes(read) == newer


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("happened_at", "2010-06-01T21:40:00"),
        ("happened_at", "yesterday"),
        ("supersedes", "abc"),
        ("supersedes", [{}]),
        ("id", 7),
        ("desk_seq", "1"),
        ("desk_seq", True),
        ("author", None),
        ("route", "here"),
        ("patient_id", 4),
    ],
)
def test_what_is_not_a_header_is_said_to_be_none(field: str, value: object) -> None:
    """Otherwise one strange entry from a line or a stick stops the record of a person."""
    fields = {**json.loads(an_entry("b").header_bytes), field: value}
    with pytest.raises(NotAnEntry, match="not the header"):
        read_header(json.dumps(fields).encode())


@pytest.mark.parametrize(
    "data",
    [b"", b"[]", b"nothing", b"\xff\xfe", b"{", b"null", b"[" * 100_000, b'{"dose": NaN}', b'{"words": "\\ud800"}'],
)
def test_bytes_that_are_no_entry_are_said_to_be_none(data: bytes) -> None:
    """Otherwise a damaged file ends the program in place of a sentence."""
    with pytest.raises(NotAnEntry):
        read_header(data)
    with pytest.raises(NotAnEntry):
        read_body(data)


@given(st.binary(max_size=60))
def test_no_bytes_end_the_program(data: bytes) -> None:
    """Otherwise whoever sends rubbish stops the desk."""
    with pytest.raises(NotAnEntry):
        read_header(data)


def test_an_instant_keeps_the_offset_it_was_written_with() -> None:
    """Otherwise a dose at 09:00 in summer is shown at 08:00."""
    assert read_header(an_entry("a").header_bytes).happened_at == datetime.fromisoformat("2010-06-01T21:40:00+01:00")


def test_names_in_any_script_are_written_whatever_lies_below_them() -> None:
    """Otherwise an answer with a list in it is written by one way on one desk and by another on the next."""
    body = {"prénom": ["Zoë", 1, None], "a": {"b": ("x", {"c": True})}}
    plain = {"prénom": ["Zoë", 1, None], "a": {"b": ["x", {"c": True}]}}
    assert body_bytes(body) == rfc8785.dumps(plain)
    with pytest.raises(NotAnEntry, match=r"body\.prénom holds the number 0\.1"):
        body_bytes({"prénom": ["Zoë", 0.1]})


def test_an_author_on_a_register_is_signed_with_the_number() -> None:
    """Otherwise nobody can say afterwards which of two H. Castellans signed an order."""
    author = replace(an_entry("a").author, registration="GMC 1234567")
    signed = header_bytes(replace(an_entry("a").header, author=author))
    assert b'"registration":"GMC 1234567"' in signed
    assert read_header(signed).author == author
    assert b"registration" not in an_entry("a").header_bytes


def test_a_refusal_reads_the_same_on_the_screen() -> None:
    """Otherwise the window shows the name of an error in place of what is wrong with the file."""
    with pytest.raises(NotAnEntry) as refused:
        read_body(b"[]")
    assert refused.value.sentence == "The body of an entry is an object of named fields, and this one is not."
