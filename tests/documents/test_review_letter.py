"""The review letter, read back as it was printed."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from a_reviewed_man import REASON, a_departure, an_ordinary_man, the_fullest_man
from factories import TestDesk
from treatment import a_morning

from pdtdesk.documents import Sheets
from pdtdesk.domain.roles import Role
from pdtdesk.services.reception.sheet_facts import Passage
from pdtdesk.services.regime.letter_facts import NextReview, ReviewLetter, Said, ThenNow, When
from pdtdesk.services.regime.letters import review_letter
from tests.documents.read_back import pages_of, squeezed, strings, whole

NOT_AS_THEY_STAND = frozenset(
    {"references", "facts", "printing", "kind", "when", "sex", "role", "doses", "unsigned", "release_from", "id"}
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TestDesk]:
    """A desk on the morning of Wed 2 Jun 2010."""
    made = a_morning(tmp_path / "desk")
    yield made
    made.door.close()


def of(desk: TestDesk, patient_id: str) -> ReviewLetter:
    return review_letter(desk.acting(Role.PRESCRIBER), patient_id)


@pytest.fixture
def ordinary(desk: TestDesk) -> ReviewLetter:
    return of(desk, an_ordinary_man(desk).patient_id)


@pytest.fixture
def fullest(desk: TestDesk) -> ReviewLetter:
    return of(desk, the_fullest_man(desk).patient_id)


def printed(sheet: ReviewLetter) -> str:
    return whole(Sheets().review_letter(sheet))


def missing(sheet: ReviewLetter) -> list[str]:
    """What stands in the facts and not on the paper."""
    text = printed(sheet).casefold()
    held = [each for each in strings(sheet, NOT_AS_THEY_STAND) if each]
    assert len(held) > 40
    return [each for each in held if squeezed(each).casefold() not in text]


def test_an_ordinary_letter_is_one_page_and_says_all_of_it(ordinary: ReviewLetter) -> None:
    """The second page stays in the printer, and with it the line on which the prescriber signs."""
    pdf = Sheets().review_letter(ordinary)
    assert len(pages_of(pdf)) == 1
    assert pdf == Sheets().review_letter(replace(ordinary))
    assert missing(ordinary) == []
    text = whole(pdf)
    for said in (
        *("Review letter", "Mon 14 Jun 2010 · B2-14", "SPARROW, Daniel Lee", "A4127CK", "clinical in confidence"),
        *("To The healthcare file", "Dr A. Finch, Mill Lane surgery", "Goes on as it is", "Review of maintenance"),
        *("Maintenance on methadone, declared since Wed 2 Jun 2010", "standing then: offered, now: offered"),
        *("Methadone, today: morning 40 mg, supervised.", "40 mg goes on."),
        *("Next review due Sun 25 Jul 2010, planned for Sat 24 Jul 2010 (S-05)", "Sentence of 20 weeks"),
        *("Not as ordered 1 refused, 1 missed", "Sedation seen Mon 14 Jun 2010 08:30", "COWS 4"),
        *("Prescriber, and day", "The person, and day", "This letter is no order and no prescription"),
        f"Rules and figures: {ordinary.parameters}.",
    ):
        assert squeezed(said) in text, said


def test_the_longest_letter_cuts_nothing(fullest: ReviewLetter) -> None:
    """What was said about the third medicine ends in the middle of its dose."""
    pages = pages_of(Sheets().review_letter(fullest))
    assert len(pages) == 2
    assert missing(fullest) == []
    assert all("Review letter" in page and "A4127CK" in page for page in pages)
    text = printed(fullest)
    assert squeezed("Methadone ahead, from each day on") in text
    assert squeezed("Wed 6 Oct 0 mg") in text
    for said in ("LOSS OF TOLERANCE", "DIFFERS", "in possession: locked cupboard", "Changed without agreement"):
        assert squeezed(said) in text


@pytest.mark.parametrize("times", [20, 200])
def test_a_letter_of_any_length_goes_on_to_as_many_pages_as_it_needs(fullest: ReviewLetter, times: int) -> None:
    """A long account is printed up to the end of the paper."""
    assert fullest.review is not None
    words = [f"word{number}." for number in range(times * 10)]
    long = replace(fullest, review=replace(fullest.review, reason=" ".join(words)))
    text = printed(long)
    assert [each for each in words if each not in text] == []


def test_a_very_long_name_stands_whole(ordinary: ReviewLetter) -> None:
    """Half of a name is somebody else's."""
    name = " ".join(f"Name{number}" for number in range(70))
    assert squeezed(name) in printed(replace(ordinary, who=replace(ordinary.who, name=name)))


def test_a_departure_stands_with_its_reason(desk: TestDesk) -> None:
    """The reason was given and signed; without it the letter shows a prescriber who did not know the guidance."""
    sheet = of(desk, a_departure(desk).patient_id)
    text = printed(sheet)
    for said in (
        f"Reason of the departure: {REASON}",
        *("standing then: needs a reason", "Not reviewed yet.", "no review yet", "Next review due Wed 30 Jun 2010"),
    ):
        assert squeezed(said) in text
    assert missing(sheet) == []


def test_what_awaits_sign_off_is_marked_and_what_was_signed_since_says_so(ordinary: ReviewLetter) -> None:
    """Second-hand figures go out over a prescriber's signature as if they were guidance."""
    passage = (Passage("Coming Clean", "section of the test"),)
    quoted = Said("A thing quoted.", passage, ("R-01",))
    sheet = replace(
        ordinary,
        tolerance=None,
        findings=(
            ThenNow(When.NEW, replace(quoted, sentence="A thing awaiting.", awaiting=True)),
            ThenNow(When.STILL, replace(quoted, sentence="A thing signed.", awaiting_then=True)),
            ThenNow(When.STILL, quoted),
            ThenNow(When.NO_LONGER, replace(quoted, sentence="A thing gone.", unsigned=("the interval of steps",))),
            ThenNow(When.OTHERWISE, replace(quoted, sentence="A thing now."), "A thing before."),
        ),
    )
    text = printed(sheet)
    for said in (
        *("A thing awaiting. † [R-01,", "A thing signed. † then, signed since [R-01,", "A thing quoted. [R-01,"),
        *(
            "A thing gone. ‡ [R-01,",
            "‡ Not signed locally: the interval of steps",
            "Then: A thing before. Now: A thing",
        ),
        *("† awaiting clinical sign-off", "section of the test", "New now", "No longer said", "In other words now"),
    ):
        assert squeezed(said) in text, said


def test_a_proposal_is_never_called_guidance(fullest: ReviewLetter) -> None:
    """A think tank's wish, on prison paper, over a doctor's name."""
    text = printed(fullest)
    at = text.index("DIFFERS")
    assert squeezed("a proposal, not guidance]") in text[at : at + 300]
    proposed = Said("Maintenance only to 26 weeks.", (), ("R-17",), "a proposal, not guidance")
    more = printed(replace(fullest, findings=(ThenNow(When.NEW, proposed),), next_review=NextReview(None, None, "x")))
    assert squeezed("Maintenance only to 26 weeks. [R-17; a proposal, not guidance]") in more
    assert squeezed("Next review none: x.") in more


def test_every_finding_says_where_it_is_found(ordinary: ReviewLetter) -> None:
    """Nobody outside can look up R-09; the report that it stands in has a name."""
    text = printed(ordinary)
    sources = text[text.rindex("Sources") :]
    for each in ordinary.findings:
        for passage in each.said.references:
            if passage.section not in each.said.facts:
                assert squeezed(passage.section) in sources
                assert squeezed(passage.document).casefold() in sources.casefold()


def test_a_demonstration_is_marked_on_every_page(fullest: ReviewLetter) -> None:
    """An invented letter is filed under a real number."""
    sheet = replace(fullest, printing=replace(fullest.printing, demonstration=True))
    assert all("DEMONSTRATION" in page for page in pages_of(Sheets().review_letter(sheet)))


def test_a_letter_with_next_to_nothing_in_it_is_whole(ordinary: ReviewLetter) -> None:
    """A man who came yesterday and was given nothing yet: each empty part says that it is empty."""
    bare = replace(
        ordinary,
        review=None,
        orders=(),
        shown=(),
        shown_rests_on=None,
        doses=None,
        decided_on=None,
        findings=(),
        other_medicines=None,
        wish=replace(ordinary.wish, wished="", told="", agreed=""),
        next_review=NextReview(None, None, "no day was written"),
        cautions=("Two accounts stand side by side.",),
        who=replace(ordinary.who, prison_number=None, location=None),
        since=replace(ordinary.since, runs=(), outcomes="", sedated=(), scores=()),
    )
    text = printed(bare)
    for said in (
        *(
            "No medicine is ordered.",
            "No dose has been given.",
            "Not asked, or nothing written down.",
            "no number yet",
        ),
        *("Agreement not written", "! Two accounts stand side by side.", "no cell yet", "no day Sedation seen"),
        "Next review none: no day was written.",
    ):
        assert squeezed(said) in text, said


def test_that_somebody_looked_and_saw_no_sedation_is_not_printed_as_not_written_down(ordinary: ReviewLetter) -> None:
    """Whoever prescribes outside would think that nobody had looked at him."""
    quiet = replace(ordinary, since=replace(ordinary.since, sedated=(), looked_awake=128))
    awake = squeezed("Sedation seen looked at 128 times and written down as neither drowsy nor intoxicated")
    assert awake in printed(quiet)
    nobody = replace(ordinary, since=replace(ordinary.since, sedated=(), looked_awake=0))
    assert squeezed("Sedation seen nothing written down") in printed(nobody)
    both = replace(ordinary, since=replace(ordinary.since, sedated=("Mon 14 Jun 2010 08:30",), looked_awake=1))
    assert squeezed("Sedation seen Mon 14 Jun 2010 08:30; looked at 1 time and") in printed(both)
