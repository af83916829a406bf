"""What is entered for each kind of course, and the request that the fields come to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pdtdesk.domain.regime.courses import (
    AlcoholByScore,
    AlcoholFixed,
    BuprenorphineInduction,
    ByHand,
    Conversion,
    CourseStart,
    DiazepamReduction,
    Hypnotic,
    Maintenance,
    Reduction,
    Reinduction,
    Request,
    Titration,
)
from pdtdesk.domain.regime.facts import RegimeClass
from pdtdesk.domain.regime.medicines import SUBSTITUTES, Ordered
from pdtdesk.domain.regime.schedule import DAY, LONGEST, NOUGHT, SLOTS, NotASchedule, doses_of
from pdtdesk.ui.regime.entered import Entered
from pdtdesk.ui.widgets.spec import Choice, FieldSpec, Kind
from pdtdesk.ui.widgets.typed_days import Lean

_SUBSTITUTES = tuple(Choice(each.value, each.words.capitalize()) for each in Ordered if each in SUBSTITUTES)
_SWITCHED = tuple(
    Choice(each, each.capitalize()) for each in ("methadone", "buprenorphine", "buprenorphine-naloxone")
)
_BUPRENORPHINE = _SWITCHED[1:]
_HELD = tuple(Choice(each, each.capitalize()) for each in ("naltrexone", "lofexidine"))
_HYPNOTICS = tuple(Choice(each.value, each.value.capitalize()) for each in Hypnotic)
_SLOT_CHOICES = tuple(Choice(each, each.capitalize()) for each in SLOTS)
SIGNED = "Left empty: as it is signed here."


def _mg(key: str, label: str, about: str = "") -> FieldSpec:
    return FieldSpec(key, label, Kind.DECIMAL, unit="mg", help=about, can_be_not_asked=False, width=7)


def _days(key: str, label: str, about: str = "") -> FieldSpec:
    return FieldSpec(key, label, Kind.INTEGER, unit="days", help=about, can_be_not_asked=False, width=4)


def _day(key: str, label: str, about: str = "") -> FieldSpec:
    return FieldSpec(key, label, Kind.DAY, help=about, lean=Lean.FUTURE, can_be_not_asked=False)


def _moment(key: str, label: str, lean: Lean, about: str = "") -> FieldSpec:
    return FieldSpec(key, label, Kind.MOMENT, help=about, lean=lean, can_be_not_asked=False)


def _choice(key: str, label: str, choices: tuple[Choice, ...], about: str = "") -> FieldSpec:
    return FieldSpec(key, label, Kind.CHOICE, choices, help=about, can_be_not_asked=False)


SLOT_SPEC = FieldSpec("slots", "When", Kind.MULTI_CHOICE, _SLOT_CHOICES, can_be_not_asked=False)
_MEDICINE = _choice("medicine", "Medicine", _SUBSTITUTES)
_START, _RISE = _mg("start", "First dose", SIGNED), _mg("rise", "Rise", SIGNED)
_EVERY, _TARGET = _days("every", "Every"), _mg("target", "Up to")
_STEP, _INTERVAL = _mg("step", "Step down", SIGNED), _days("interval", "Every", SIGNED)
_SLOWER = (
    _mg("then_from", "Slower or faster from", "From this dose down."),
    _mg("then_step", "Then by"),
    _days("then_interval", "Then every"),
    _day("pause_from", "Pause from"),
    _days("pause_days", "Pause for"),
)


@dataclass(frozen=True, slots=True)
class Course:
    """One kind of course: its word, how it reads, its fields, and how they become a request."""

    word: str
    label: str
    specs: tuple[FieldSpec, ...]
    request: Callable[[Entered], Request]
    medicine: Ordered | None = None


def _titration(e: Entered) -> Request:
    return Titration(
        e.medicine(), e.first_day(), e.mg("start"), e.mg("rise"), e.number("every"), e.mg("target"), e.slots()
    )


def _maintenance(e: Entered) -> Request:
    return Maintenance(
        e.medicine(), e.needed_mg("dose", "the dose"), e.first_day(), e.slots(), e.moment("last_opioid_at")
    )


def _reduction(e: Entered) -> Request:
    return Reduction(
        medicine=e.medicine(),
        from_dose=e.needed_mg("from_dose", "the dose from which it comes down"),
        first_day=e.day("lower_from"),
        step=e.mg("step"),
        interval_days=e.number("interval"),
        steady_from=e.first_day(),
        then=e.paces(),
        pauses=e.pauses(),
        stop_at=e.mg("stop_at") or NOUGHT,
        slots=e.slots(),
    )


def _reinduction(e: Entered) -> Request:
    target = e.needed_mg("target", "the dose it rises to")
    return Reinduction(e.medicine(), e.first_day(), target, e.mg("start"), e.mg("rise"), e.number("every"), e.slots())


def _induction(e: Entered) -> Request:
    return BuprenorphineInduction(
        last_opioid_at=e.moment("last_opioid_at"),
        first_dose_at=e.moment("first_dose_at"),
        medicine=e.medicine(),
        start=e.mg("start"),
        rise=e.mg("rise"),
        every_days=e.number("every"),
        target=e.mg("target"),
        slots=e.slots(),
    )


def _conversion(e: Entered) -> Request:
    last = e.moment("last_dose_at")
    if last is None:
        raise NotASchedule("Enter when the last dose of the medicine before is given.")
    return Conversion(
        from_medicine=e.medicine("from_medicine"),
        from_dose=e.needed_mg("from_dose", "the dose of the medicine before"),
        last_dose_at=last,
        to_medicine=e.medicine(),
        from_day=e.first_day(),
        gap_hours=e.decimal("gap_hours"),
        first_dose_at=e.moment("first_dose_at"),
        start=e.mg("start"),
        rise=e.mg("rise"),
        every_days=e.number("every"),
        target=e.mg("target"),
        slots=e.slots(),
    )


def _alcohol_fixed(e: Entered) -> Request:
    start = e.word("course_start")
    return AlcoholFixed(
        first_day=e.first_day(),
        start=CourseStart(start) if start else None,
        units_a_day=e.decimal("units"),
        sadq=e.number("sadq"),
    )


def _alcohol_by_score(e: Entered) -> Request:
    words = e.word("words")
    if words is None:
        raise NotASchedule("Write at which score how much is given, and when to call.")
    return AlcoholByScore(
        first_day=e.first_day(),
        days=e.needed_number("days", "for how many days"),
        most_at_a_time=e.needed_mg("most", "the most that is given at a time"),
        times=e.needed_number("times", "how many times a day at most"),
        words=words,
    )


def _diazepam(e: Entered) -> Request:
    other, dose = e.word("instead_of"), e.mg("instead_mg")
    if (other is None) != (dose is None):
        raise NotASchedule("Another medicine is reckoned by its name and its daily mg: enter both.")
    return DiazepamReduction(
        first_day=e.day("lower_from"),
        from_dose=e.mg("from_dose"),
        instead_of=((Hypnotic(other), dose),) if other is not None and dose is not None else (),
        step=e.mg("step"),
        interval_days=e.number("interval"),
        steady_from=e.first_day(),
        then=e.paces(),
        pauses=e.pauses(),
        stop_at=e.mg("stop_at") or NOUGHT,
        slots=e.slots(),
    )


def _by_hand(e: Entered) -> Request:
    doses = doses_of((slot, mg) for slot in SLOTS if (mg := e.mg(slot)) is not None)
    if not doses:
        raise NotASchedule("Enter a dose for at least one time of the day; 0 mg is a dose too.")
    first, last = e.first_day(), e.day("last_day")
    if last is not None and last < first:
        raise NotASchedule("The last day lies before the first: put the later day last.")
    count = 1 if last is None else (last - first).days + 1
    days = tuple((first + n * DAY, doses) for n in range(min(count, LONGEST.days)))
    return ByHand(e.medicine(), days, goes_on=last is None, begins=True)


_FIRST = _day("first_day", "From")
_RAISING = (_START, _RISE, _EVERY, _TARGET)
_LOWER = _day("lower_from", "First lower dose", "Left empty: after the signed days of stabilisation.")
_DOWN = (_mg("from_dose", "From a dose of"), _STEP, _INTERVAL, _LOWER, _mg("stop_at", "Down to", "Empty: to 0 mg."))

TITRATION = Course("titration", "Begin, and rise to a dose", (_MEDICINE, _FIRST, SLOT_SPEC, *_RAISING), _titration)
STEADY = Course("maintenance", "One dose", (_MEDICINE, _FIRST, SLOT_SPEC, _mg("dose", "Dose")), _maintenance)
REDUCTION = Course("reduction", "Come down in steps", (_MEDICINE, _FIRST, SLOT_SPEC, *_DOWN, *_SLOWER), _reduction)
REINDUCTION = Course(
    "reinduction",
    "Re-induction before release",
    (_MEDICINE, _FIRST, SLOT_SPEC, *_RAISING),
    _reinduction,
)
INDUCTION = Course(
    "induction",
    "Buprenorphine, first dose",
    (
        _choice("medicine", "Medicine", _BUPRENORPHINE),
        _moment("last_opioid_at", "Last opioid", Lean.PAST),
        _moment("first_dose_at", "First dose at", Lean.FUTURE, "Left empty: after the signed hours."),
        SLOT_SPEC,
        *_RAISING,
    ),
    _induction,
)
CONVERSION = Course(
    "conversion",
    "Switch of medicine",
    (
        _choice("from_medicine", "From", _SWITCHED),
        _mg("from_dose", "At a dose of"),
        _FIRST,
        _moment("last_dose_at", "Its last dose", Lean.FUTURE),
        _choice("medicine", "To", _SWITCHED),
        FieldSpec(
            "gap_hours", "Hours between", Kind.DECIMAL, unit="hours", help=SIGNED, can_be_not_asked=False, width=5
        ),
        _moment("first_dose_at", "First dose at", Lean.FUTURE, "Left empty: after the hours between."),
        SLOT_SPEC,
        *_RAISING,
    ),
    _conversion,
)
ALCOHOL_FIXED = Course(
    "alcohol_fixed",
    "Alcohol withdrawal: chlordiazepoxide, fixed course",
    (
        _FIRST,
        FieldSpec("units", "Drank", Kind.DECIMAL, unit="units a day", can_be_not_asked=False, width=6),
        FieldSpec("sadq", "SADQ", Kind.INTEGER, can_be_not_asked=False, width=4),
        _choice("course_start", "Start", (Choice("lower", "Lower"), Choice("higher", "Higher"))),
    ),
    _alcohol_fixed,
    Ordered.CHLORDIAZEPOXIDE,
)
ALCOHOL_BY_SCORE = Course(
    "alcohol_by_score",
    "Alcohol withdrawal: chlordiazepoxide by score",
    (
        _FIRST,
        _days("days", "For"),
        _mg("most", "At most, at a time"),
        FieldSpec("times", "At most", Kind.INTEGER, unit="times a day", can_be_not_asked=False, width=3),
        FieldSpec("words", "At which CIWA-Ar how much, and when to call", can_be_not_asked=False),
    ),
    _alcohol_by_score,
    Ordered.CHLORDIAZEPOXIDE,
)
DIAZEPAM = Course(
    "diazepam",
    "Diazepam, coming down",
    (
        _FIRST,
        SLOT_SPEC,
        _choice("instead_of", "In place of", _HYPNOTICS),
        _mg("instead_mg", "Its daily dose"),
        *_DOWN,
        *_SLOWER,
    ),
    _diazepam,
    Ordered.DIAZEPAM,
)
HELD = Course(
    "held",
    "Naltrexone or lofexidine, one dose",
    (
        _choice("medicine", "Medicine", _HELD),
        _FIRST,
        SLOT_SPEC,
        _mg("dose", "Dose"),
        _moment("last_opioid_at", "Last opioid", Lean.PAST, "For naltrexone."),
    ),
    _maintenance,
)

_ANY = tuple(Choice(each.value, each.words.capitalize()) for each in Ordered)


def _hand(medicines: tuple[Choice, ...]) -> Course:
    """A course without any figure of the product: its days are added to and changed beside it."""
    slots = tuple(_mg(slot, slot.capitalize()) for slot in SLOTS)
    last = _day("last_day", "Until", "Empty: until changed. More days are added beside it.")
    return Course("by_hand", "By hand", (_choice("medicine", "Medicine", medicines), _FIRST, last, *slots), _by_hand)


BY_HAND, BY_HAND_ANY = _hand(_SUBSTITUTES), _hand(_ANY)

_CLASSES: Mapping[RegimeClass | None, tuple[Course, ...]] = {
    RegimeClass.STABILISATION: (TITRATION, INDUCTION, STEADY, BY_HAND),
    RegimeClass.MAINTENANCE: (TITRATION, STEADY, INDUCTION, CONVERSION, REINDUCTION, BY_HAND),
    RegimeClass.GRADUAL_REDUCTION: (REDUCTION, CONVERSION, STEADY, BY_HAND),
    RegimeClass.DETOXIFICATION: (REDUCTION, CONVERSION, BY_HAND),
    None: (ALCOHOL_FIXED, ALCOHOL_BY_SCORE, DIAZEPAM, HELD, BY_HAND_ANY),
}


def courses_of(declared: RegimeClass | None) -> tuple[Course, ...]:
    """The kinds of course that make a class; None: medicines beside the class."""
    return _CLASSES[declared]
