"""The seal of a desk: what it signed stays as it was, and what is missing or changed is told."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pdtdesk.domain.record.entry import ChainHead, Entry, NewEntry
from pdtdesk.protocol.canonical import header_bytes, read_header
from pdtdesk.protocol.seal import Desk, chain_faults, faults_of, seal
from tests.domain.record.entries import EVENING, NURSE

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()


def a_chain(length: int = 4) -> list[Entry]:
    desk, head, chain = Desk("ASH", "desk-one", KEY.sign), ChainHead(), []
    for number in range(length):
        new = NewEntry("reception", "triage", {"answer": f"words {number}"}, NURSE, "patient")
        entry, head = seal(new, desk, head, id_=f"e{number}", salt=bytes([number] * 16), recorded_at=EVENING)
        chain.append(entry)
    return chain


def all_faults(chain: Sequence[Entry], key: bytes | None = PUBLIC) -> tuple[str, ...]:
    return (*chain_faults(chain)[0], *(fault for entry in chain for fault in faults_of(entry, key)))


@pytest.mark.hazard("H-004")
def test_a_chain_as_it_was_written_is_sound() -> None:
    """Otherwise the proof of the record is worth nothing: it would cry at every desk."""
    assert all_faults(a_chain()) == ()
    assert chain_faults(a_chain())[1].seq == 4


def test_a_purged_text_leaves_the_chain_sound() -> None:
    """Otherwise nothing could ever be purged at the end of its retention."""
    chain = [replace(entry, body=None, body_bytes=None, salt=None) for entry in a_chain()]
    assert all_faults(chain) == ()


@pytest.mark.hazard("H-004")
@pytest.mark.parametrize("gone", [0, 1, 2])
def test_a_missing_entry_is_told(gone: int) -> None:
    """Otherwise somebody can take a line out of the record."""
    chain = a_chain()
    del chain[gone]
    assert any("missing" in fault for fault in all_faults(chain))


def test_entries_in_each_others_place_are_told() -> None:
    """Otherwise the order in which things were done can be turned round."""
    one, two, three, four = a_chain()
    assert all_faults([one, three, two, four])


def test_a_changed_text_a_changed_header_and_a_lost_salt_are_told() -> None:
    """Otherwise a dose can be changed afterwards."""
    entry = a_chain(1)[0]
    assert "not the one that was signed" in faults_of(replace(entry, body_bytes=b'{"answer":"other"}'), PUBLIC)[0]
    assert "is missing" in faults_of(replace(entry, salt=None), PUBLIC)[0]
    header = replace(entry.header, patient_id="another")
    moved = replace(entry, header=header, header_bytes=header_bytes(header))
    assert "does not fit" in faults_of(moved, PUBLIC)[0]


def test_an_entry_rewritten_and_signed_by_another_desk_is_told() -> None:
    """Otherwise any desk can write as any other."""
    other = Ed25519PrivateKey.from_private_bytes(bytes(32))
    entry = a_chain(1)[0]
    assert "does not fit" in faults_of(replace(entry, signature=other.sign(entry.header_bytes)), PUBLIC)[0]
    assert "not known here" in faults_of(entry, None)[0]
    assert "does not fit" in faults_of(entry, b"not a key")[0]


def test_a_branch_that_follows_another_entry_is_told() -> None:
    """Otherwise a copy of a desk that went on writing passes for the desk."""
    one, two, *_ = a_chain()
    desk = Desk("ASH", "desk-one", KEY.sign)
    new = NewEntry("reception", "triage", {"answer": "branch"}, NURSE, "patient")
    branch, _ = seal(new, desk, ChainHead(2, "00" * 32), id_="branch", salt=bytes(16), recorded_at=EVENING)
    assert any("does not follow" in fault for fault in all_faults([one, two, branch]))


def test_the_signed_bytes_read_as_the_header() -> None:
    """Otherwise what is shown is not what was signed."""
    for entry in a_chain():
        assert read_header(entry.header_bytes) == entry.header
