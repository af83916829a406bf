"""The review letter of a regime: for the file, and for whoever prescribes outside; clinical in confidence."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from pdtdesk.documents.layout.charts import lay_doses, lay_sentence
from pdtdesk.documents.layout.lines import Span
from pdtdesk.documents.layout.pages import Cell, Pages, Paragraph
from pdtdesk.documents.layout.press import printed
from pdtdesk.documents.reception.words import WIDTH, foot, particulars
from pdtdesk.domain.calendar import day_of, show_day, show_near
from pdtdesk.domain.durations import counted
from pdtdesk.services.reception.sheet_facts import Passage
from pdtdesk.services.regime.letter_facts import (
    CoursePart,
    DeclaredPart,
    NextReview,
    OrderPart,
    ReviewLetter,
    ReviewPart,
    Said,
    SincePart,
    ThenNow,
    When,
)

_LABEL = 88.0
_SMALL = 0.85
_LONG = 160
_FEW = 6
"""Steps of a schedule that are read in a line; more stand in columns."""
_AWAITING = "†"
_UNSIGNED = "‡"
_NOT_AN_ORDER = (
    "This letter is no order and no prescription: a dose is given by the signed order at the desk, after a look at "
    "the person."
)
_LEGEND = f"A prescriber decides. {_AWAITING} awaiting clinical sign-off   {_UNSIGNED} not signed locally   [source]"
_LINE = "______________________________"


def review_letter(sheet: ReviewLetter) -> bytes:
    """The PDF of a review letter; the same facts give the same bytes."""
    head, widths = _head(sheet)
    return printed(
        lambda pages: _compose(pages, sheet),
        head=head,
        head_widths=widths,
        title=f"Review letter {sheet.who.prison_number or ''}".strip(),
        foot=f"Review letter, clinical in confidence. {foot(sheet.printing)}",
        demonstration=sheet.printing.demonstration,
    )


def _head(sheet: ReviewLetter) -> tuple[list[Cell], list[float]]:
    who = sheet.who
    number = who.prison_number or "no number yet"
    left: Cell = [
        [Span(who.name, bold=True, scale=1.7)],
        [Span(number, bold=True, scale=1.2), Span(f"   {particulars(who)}")],
    ]
    of = show_day(sheet.review.on) if sheet.review else "no review yet"
    right: Cell = [
        [Span("Review letter", bold=True, scale=1.4)],
        [Span(f"{of} · {who.location or 'no cell yet'}", bold=True)],
        [Span(sheet.printing.establishment.name)],
    ]
    return [left, [""], right], [WIDTH - 172, 12, 160]


def _compose(pages: Pages, sheet: ReviewLetter) -> None:
    if len(sheet.who.name) > _LONG:
        pages.paragraph([Span(sheet.who.name, bold=True)])  # the head has so many lines and no more
    pages.paragraph([Span("To ", bold=True), Span(" · ".join(sheet.addressed))])
    for caution in sheet.cautions:
        pages.paragraph([Span("!", bold=True, mark=True), Span(f" {caution}", bold=True)])
    numbers = _numbers(sheet)
    _reviewed(pages, sheet, numbers)
    _block(pages, "Regime", [_declared(each) for each in sheet.declared])
    _doses(pages, sheet)
    if sheet.tolerance:
        _tolerance(pages, _said(sheet.tolerance, numbers))
    _block(pages, "Wishes", [_wish(sheet)])
    pages.space(2)
    lay_sentence(pages, sheet.sentence)
    _since(pages, sheet)
    _shown(pages, sheet, numbers)
    _block(pages, "Other medicines", _others(sheet))
    _findings(pages, sheet, numbers)
    _signatures(pages, sheet)
    pages.row([[_sources(sheet, numbers)]], [WIDTH], over=0.5)


def _block(pages: Pages, title: str, paragraphs: Sequence[Paragraph], over: float = 0.5) -> None:
    """A part of the letter: its title on the left, what stands in it on the right; in one run where room is short."""
    label = [Span(title, bold=True)]
    if pages.tight:
        spans = [[Span(each)] if isinstance(each, str) else each for each in paragraphs]
        run = [*label, Span("   "), *(part for each in spans for part in (*each, Span("  ")))]
        pages.row([[run]], [WIDTH], over=over)
    else:
        pages.row([[label], paragraphs], [_LABEL, WIDTH - _LABEL], gap=6, over=over)


def _reviewed(pages: Pages, sheet: ReviewLetter, numbers: Mapping[Passage, int]) -> None:
    said: list[Paragraph]
    if sheet.review is None:
        today = day_of(sheet.printing.at)
        holds = any(each.until is None or each.until >= today for each in sheet.declared)
        which = "the decision in force" if holds else "the last decision; no regime is in force"
        said = [[Span("Not reviewed yet.", bold=True), Span(f" This letter tells of {which}.")]]
    else:
        said = _review(sheet.review)
    _block(pages, "Review", [*said, _next(sheet.next_review, numbers)], over=1.4)


def _review(review: ReviewPart) -> list[Paragraph]:
    of = f" of {review.of}" if review.of else ""
    by = f"{review.by.name} ({review.by.role_title})"
    outcome = [Span(review.outcome, bold=True), Span(f"  Review{of}, {show_day(review.on)}, by {by}")]
    if review.standing:
        outcome += [Span("; standing that day: "), Span(review.standing, bold=True)]
    why = [Span("Reason ", bold=True), Span(f"{review.reason}   ")] if review.reason else []
    return [
        outcome,
        [
            *why,
            Span("Took part ", bold=True),
            Span(f"{review.took_part}   "),
            Span("Sleep ", bold=True),
            Span(review.sleep),
        ],
    ]


def _next(review: NextReview, numbers: Mapping[Passage, int]) -> list[Span]:
    said = [Span("Next review ", bold=True)]
    if review.due is None or review.planned is None:
        said.append(Span(f"none: {review.why_none}.", bold=True))
    else:
        said.append(Span(f"due {show_day(review.due)}", bold=True))
        if review.planned != review.due:
            said.append(Span(f", planned for {show_day(review.planned)} (S-05)", bold=True))
        said.append(Span(f", {review.remark}." if review.remark else ".", bold=bool(review.remark)))
    if review.by_rule is not None:
        said += [Span("  By the rule: "), *_said(review.by_rule, numbers)]
    return said


def _declared(part: DeclaredPart) -> list[Span]:
    on = f" on {part.medicine}" if part.medicine else ""
    until = f" until {show_day(part.until)}" if part.until else ""
    said = [
        Span(f"{part.declared.capitalize()}{on}", bold=True),
        Span(f", declared since {show_day(part.since)}{until}"),
    ]
    if part.standing:
        said.append(Span(f"; standing then: {part.standing}, now: {part.stands}"))
    said.append(Span(f". Signed by {part.by.name} ({part.by.role_title}), {show_day(day_of(part.at))}."))
    if part.reason:
        said += [Span("  Reason of the departure: ", bold=True), Span(part.reason)]
    return said


def _ordered(part: OrderPart, pages: Pages) -> list[Span]:
    today = ", ".join(f"{slot} {mg}" for slot, mg in part.today)
    said = [Span(f"{part.medicine.capitalize()}, today: {today or 'nothing'}", bold=True), Span(f", {part.taken}.")]
    if not _in_columns(part, pages) and (len(part.ahead) > 1 or not part.today):
        steps = [[*_step(each), Span(" · ")] for each in part.ahead]
        said += [Span("  From "), *[span for step in steps for span in step][:-1], Span(".")] if steps else []
    if part.ends:
        said.append(Span(f"  {part.ends[:1].upper()}{part.ends[1:]}.", bold=True))
    return [*said, Span(f"  Signed by {part.by}.")]


def _doses(pages: Pages, sheet: ReviewLetter) -> None:
    """What is given today and how, then what lies ahead: a long schedule in columns, to be read day by day."""
    _block(pages, "Doses", [_ordered(each, pages) for each in sheet.orders] or ["No medicine is ordered."])
    for each in sheet.orders:
        if _in_columns(each, pages):
            pages.space(2)
            slots = any(step[2] for step in each.ahead)
            steps = [_step(step) for step in each.ahead]
            pages.columns_under(f"{each.medicine.capitalize()} ahead, from each day on", steps, 2 if slots else 4)


def _in_columns(part: OrderPart, pages: Pages) -> bool:
    return len(part.ahead) > _FEW and not pages.tight


def _step(step: tuple[str, str, str]) -> list[Span]:
    day, mg, slots = step
    return [Span(f"{day}  "), Span(mg, bold=True), Span(f"  ({slots})" if slots else "")]


def _tolerance(pages: Pages, said: Sequence[Span]) -> None:
    pages.space(3)
    pages.row([[[Span("LOSS OF TOLERANCE", bold=True, mark=True), Span("  "), *said]]], [WIDTH], box=True)
    pages.space(2)


def _wish(sheet: ReviewLetter) -> list[Span]:
    wish = sheet.wish
    return [
        Span("Wished ", bold=True),
        Span(f"{wish.wished or 'not written'}   "),
        Span("Told ", bold=True),
        Span(f"{wish.told or 'not written'}   "),
        Span("Agreement ", bold=True),
        Span(f"the person {wish.agreed}" if wish.agreed else "not written"),
    ]


def _since(pages: Pages, sheet: ReviewLetter) -> None:
    part = sheet.since
    pages.space(2)
    since = show_near(part.since, day_of(sheet.printing.at))
    _block(pages, f"Since {since}", [_happened(part)], over=1.4)
    if sheet.doses is not None:
        pages.space(2)
        lay_doses(pages, sheet.doses)


def _happened(part: SincePart) -> list[Span]:
    runs = "; ".join(part.runs)
    said = [Span("Not taken, or not known ", bold=True), Span(f"{runs or 'no day'}   ")]
    if part.outcomes:
        said += [Span("Not as ordered ", bold=True), Span(f"{part.outcomes}   ")]
    said += [Span("Sedation seen ", bold=True), Span(f"{_sedation(part)}   ")]
    if not part.scores:
        said += [Span("Scores ", bold=True), Span("none taken")]
    for score in part.scores:
        band = f" ({score.band})" if score.band else ""
        said += [Span(f"{score.name} {score.total}", bold=True), Span(f"{band} {score.taken}   ")]
    return said


def _sedation(part: SincePart) -> str:
    """When it was seen, and how often somebody looked and saw none; without a record nobody looked."""
    looked = f"looked at {counted(part.looked_awake, 'time')} and written down as neither drowsy nor intoxicated"
    said = [", ".join(part.sedated), looked if part.looked_awake else ""]
    return "; ".join(each for each in said if each) or "nothing written down"


def _shown(pages: Pages, sheet: ReviewLetter, numbers: Mapping[Passage, int]) -> None:
    said: list[Paragraph] = [_course(each) for each in sheet.shown] or ["No dose has been given."]
    if sheet.shown_rests_on is not None:
        said.append(_said(sheet.shown_rests_on, numbers))
    said += [[Span("DIFFERS", bold=True, mark=True), Span("  "), *_said(each, numbers)] for each in sheet.differences]
    if sheet.shown and not sheet.differences:
        said.append("Declared and shown do not differ.")
    _block(pages, "What doses show", said, over=1.4)


def _course(part: CoursePart) -> list[Span]:
    return [
        Span(f"{part.shown.capitalize()}: ", bold=True),
        Span(f"{part.course}; {', '.join(part.phases)}; {part.length}; {part.not_taken}; {part.not_known}."),
    ]


def _others(sheet: ReviewLetter) -> list[Paragraph]:
    part = sheet.other_medicines
    if part is None:
        return ["Not asked, or nothing written down."]
    said = [span for each in part.answers for span in (Span(f"{each.label} "), Span(f"{each.words}   ", bold=True))]
    return [[*said, Span(f"({'; '.join(part.by)})" if part.by else "", scale=_SMALL)]]


_TITLES = {
    When.NEW: "New now",
    When.OTHERWISE: "In other words now",
    When.NO_LONGER: "No longer said",
    When.STILL: "Then and now",
    When.OF_THE_DECISION: "When it was signed",
}


def _findings(pages: Pages, sheet: ReviewLetter, numbers: Mapping[Passage, int]) -> None:
    """What was said when it was decided and what is said now, each line with its source."""
    if sheet.decided_on is None:
        return
    same = "by the same rules and figures" if sheet.same_guidance else "rules or figures have changed since"
    then = f"then {show_day(sheet.decided_on)}, now {show_day(day_of(sheet.printing.at))}: {same}"
    _block(pages, "Findings", [[Span(f"{_LEGEND}   {then}", scale=0.9)]], over=1.4)
    for when, group in groupby(sheet.findings, lambda each: each.when):
        said: list[Paragraph] = [_found(each, numbers) for each in group]
        _block(pages, _TITLES[when], [[span for each in said for span in (*each, Span("  "))]])


def _found(each: ThenNow, numbers: Mapping[Passage, int]) -> list[Span]:
    before = [Span(f"Then: {each.before} Now: ")] if each.before else []
    return [*before, *_said(each.said, numbers)]


def _said(said: Said, numbers: Mapping[Passage, int]) -> list[Span]:
    marks = (_AWAITING if said.awaiting else "") + (_UNSIGNED if said.unsigned else "")
    since = f" {_AWAITING} then, signed since" if said.awaiting_then else ""
    source = ", ".join([*said.facts, *(str(numbers[each]) for each in _passages(said))])
    speaks = f" {said.speaks}" if said.speaks else ""
    inside = ";".join(each for each in (source, speaks) if each).strip()
    return [
        Span(said.sentence),
        Span(f" {marks}{since}" if marks or since else "", bold=True),
        Span(f" [{inside}]" if inside else "", scale=_SMALL),
    ]


def _all_said(sheet: ReviewLetter) -> list[Said]:
    by_rule = sheet.next_review.by_rule
    return [
        *([by_rule] if by_rule else []),
        *([sheet.shown_rests_on] if sheet.shown_rests_on else []),
        *sheet.differences,
        *(each.said for each in sheet.findings),
        *([sheet.tolerance] if sheet.tolerance else []),
    ]


def _numbers(sheet: ReviewLetter) -> Mapping[Passage, int]:
    """Every passage once, numbered as they stand under the letter: document by document, as these are met."""
    met = dict.fromkeys(each for said in _all_said(sheet) for each in _passages(said))
    documents = list(dict.fromkeys(each.document for each in met))
    ordered = sorted(met, key=lambda each: documents.index(each.document))
    return {each: number for number, each in enumerate(ordered, start=1)}


def _passages(said: Said) -> list[Passage]:
    """The passages of a line that its short names do not say already."""
    return [each for each in said.references if each.section not in said.facts]


def _sources(sheet: ReviewLetter, numbers: Mapping[Passage, int]) -> list[Span]:
    spans = [Span("Sources", bold=True, scale=_SMALL)]
    for document, passages in groupby(numbers.items(), lambda item: item[0].document):
        sections = "; ".join(f"[{number}] {each.section}" for each, number in passages)
        spans += [
            Span(f"  {document[:1].upper()}{document[1:]} ", bold=True, scale=_SMALL),
            Span(sections, scale=_SMALL),
        ]
    unsigned = list(dict.fromkeys(words for said in _all_said(sheet) for words in said.unsigned))
    if unsigned:
        spans.append(Span(f"  {_UNSIGNED} Not signed locally: ", bold=True, scale=_SMALL))
        spans.append(Span("; ".join(unsigned), scale=_SMALL))
    return [*spans, Span(f"  Rules and figures: {sheet.parameters}.", scale=_SMALL)]


def _signatures(pages: Pages, sheet: ReviewLetter) -> None:
    pages.keep(5)
    pages.space(3)
    pages.paragraph([Span(_NOT_AN_ORDER, bold=True), Span(f" [{sheet.printing.sedation_rule}]", scale=_SMALL)])
    pages.space(pages.size)
    pages.row(
        [
            [[Span("Prescriber, and day  ", bold=True), Span(_LINE)]],
            [[Span("The person, and day  ", bold=True), Span(_LINE)]],
        ],
        [WIDTH / 2, WIDTH / 2],
        gap=10,
    )
