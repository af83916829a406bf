"""The administration record of one medicine round: every dose with its checks, and the count of each medicine."""

from pdtdesk.documents.layout.lines import Span
from pdtdesk.documents.layout.pages import Cell, Pages
from pdtdesk.documents.layout.press import printed
from pdtdesk.documents.reception.words import WIDTH, foot, list_head, look_first, short_birth
from pdtdesk.domain.calendar import day_of, show_day, show_instant, show_time
from pdtdesk.domain.names import same_name
from pdtdesk.services.regime.round_sheet import Balance, RoundLine, RoundSheet, SignedOut, plain_mg

NO_REGISTER = (
    "This is an administration record. The controlled-drug register of the premises is a legal book of its own: it "
    "is kept beside this, and is not replaced by it (S-07)."
)
_BLANK = "_____________________"
_TITLES = ("Place · who", "Medicine", "Outcome", "When · by · witness", "Identified by · look")
_SHARES = (0.245, 0.15, 0.18, 0.185, 0.24)
_WIDTHS = [WIDTH * share for share in _SHARES]
_BALANCE = ("Medicine", "Before", "Received", "Given", "Wasted, why", "Counted", "Against the record")
_BALANCE_SHARES = (0.16, 0.1, 0.1, 0.1, 0.2, 0.1, 0.24)
_WITH_SIGNATURES = 14.0
"""Lines of the count and of its signatures, which stand on one page with the balance."""
_BALANCE_WIDTHS = [WIDTH * share for share in _BALANCE_SHARES]


def administration(sheet: RoundSheet) -> bytes:
    """The PDF of the administration record."""
    under = f"{sheet.part.capitalize()} round of {show_day(sheet.day)} · {_counts(sheet)}"
    head, widths = list_head(sheet.printing, "Administration record", under)
    return printed(
        lambda pages: _compose(pages, sheet),
        head=head,
        head_widths=widths,
        title="Administration record",
        foot=f"Administration record, clinical in confidence. {foot(sheet.printing)}",
        demonstration=sheet.printing.demonstration,
    )


def _compose(pages: Pages, sheet: RoundSheet) -> None:
    pages.paragraph([Span(NO_REGISTER, bold=True)])
    pages.space(4)
    pages.row([[look_first(sheet.printing)]], [WIDTH], box=True)
    pages.space(4)
    if not sheet.lines:
        pages.paragraph("Nothing was ordered for this round.")
    else:
        pages.table(_TITLES, _WIDTHS)
        for line in sheet.lines:
            pages.row(_dose(line, sheet), _WIDTHS, gap=6, over=0.5)
        pages.end_table()
    medicines = sum(len(each.balances) for each in sheet.signed) or len(sheet.counted)
    pages.heading("Balance, in mg", _signed_when(sheet), keep=_WITH_SIGNATURES + 2.0 * medicines)
    if len(sheet.signed) > 1:
        pages.paragraph([Span("Signed out twice: both counts stand until one is chosen.", bold=True)])
    for signed in sheet.signed:
        _count(pages, signed)
    if not sheet.signed:
        _uncounted(pages, sheet)
    _signatures(pages, sheet)


def _counts(sheet: RoundSheet) -> str:
    taken = sum(line.outcome is not None and line.outcome.counts for line in sheet.lines)
    parts = [f"{len(sheet.lines)} doses", f"{taken} taken"]
    if sheet.not_written:
        parts.append(f"{len(sheet.not_written)} not written")
    if sheet.waiting:
        parts.append(f"{len(sheet.waiting)} handed out and not recorded")
    return " · ".join(parts)


def _dose(line: RoundLine, sheet: RoundSheet) -> list[Cell]:
    born = f" b. {short_birth(line.who.born)}" if line.who.born else ""
    who: Cell = [
        [Span(line.who.location or "no cell yet", bold=True), Span(f"  {line.who.name}", bold=True)],
        [Span(f"{line.who.prison_number or 'no number yet'}{born}", scale=0.9)],
    ]
    medicine: Cell = [[Span(line.medicine.words)], [Span(f"{line.ordered}", bold=True), Span(f"  {line.slot}")]]
    return [who, medicine, _outcome(line), _written(line, sheet), _checks(line)]


def _outcome(line: RoundLine) -> Cell:
    if line.waits:
        return [[Span("HANDED OUT", bold=True, mark=True)], [Span("not recorded", bold=True)]]
    if line.outcome is None:
        return [[Span("not written", bold=True)]]
    said = [Span(line.outcome.words, bold=True)]
    if line.outcome.counts:
        said.append(Span(f"  {line.taken}"))
    if line.reason:
        said.append(Span(f": {line.reason}"))
    two = [[Span("TWO ACCOUNTS", bold=True, mark=True)]] if line.conflict else []
    return [said, *two]


def _written(line: RoundLine, sheet: RoundSheet) -> Cell:
    at = line.at or line.handed_at
    if at is None:
        return [""]
    when = show_time(at) if day_of(at) == sheet.day else show_instant(at)
    by: Cell = [[Span(when, bold=True), Span(f"  {line.by}")]]
    if line.on_paper:
        by = [[Span(when, bold=True), Span(f"  on paper, by {line.on_paper}")]]
        by += [] if same_name(line.on_paper, line.by) else [[Span(f"entered by {line.by}", scale=0.9)]]
    return [*by, [Span(f"witness: {line.witness}", scale=0.9)]] if line.witness else by


def _checks(line: RoundLine) -> Cell:
    if line.handed_at is None:
        return [[Span("not handed out", scale=0.9)]] if line.outcome is not None else [""]
    look = [[Span(line.look, scale=0.9)]] if line.look else []
    return [[Span(line.identified_by or ("the paper does not say" if line.on_paper else ""))], *look]


def _signed_when(sheet: RoundSheet) -> str:
    if not sheet.signed:
        return "not signed out yet"
    return " · ".join(f"signed out {show_instant(each.at)} by {each.by.name}" for each in sheet.signed)


def _count(pages: Pages, signed: SignedOut) -> None:
    pages.table(_BALANCE, _BALANCE_WIDTHS)
    for each in signed.balances:
        pages.row(_balance(each), _BALANCE_WIDTHS, gap=6, over=0.5)
    pages.end_table()
    said = [Span(f"Counted by {signed.by.name} ({signed.by.role_title}), witness {signed.witness}. ")]
    if signed.remark:
        said.append(Span(f"What was done about the difference: {signed.remark}. "))
    if signed.why:
        said.append(Span(f"Signed out anew: {signed.why}."))
    pages.paragraph(said)


def _balance(each: Balance) -> list[Cell]:
    wasted = f"{each.wasted}, {each.wasted_why}" if each.wasted_why else str(each.wasted)
    words = Span(each.words, bold=each.difference != 0, mark=False)
    amounts = (each.medicine.words, each.opening, each.received, each.given, wasted, each.closing)
    return [*([[Span(str(amount))]] for amount in amounts), [[words]]]


def _uncounted(pages: Pages, sheet: RoundSheet) -> None:
    """What the record has, and lines to be written in by hand."""
    pages.table(_BALANCE, _BALANCE_WIDTHS)
    for each in sheet.counted:
        left = f"handed out and not swallowed: {each.left_over}" if each.left_over.amount else ""
        given = plain_mg(each.given.amount)
        cells = (each.medicine.words, "______", "______", given, "____________", "______", left)
        pages.row([[[Span(cell)]] for cell in cells], _BALANCE_WIDTHS, gap=6, over=0.5)
    pages.end_table()


def _signatures(pages: Pages, sheet: RoundSheet) -> None:
    by = sheet.signed[-1].by.name if sheet.signed else ""
    witness = sheet.signed[-1].witness if sheet.signed else ""
    pages.keep(6)
    pages.space(10)
    line = "Signature: ______________________________"
    titles = ("Given and counted by: ", by), ("Witness: ", witness)
    cells: list[Cell] = [[[Span(title, bold=True), Span(name or _BLANK)], "", line] for title, name in titles]
    pages.row(cells, [WIDTH / 2, WIDTH / 2], gap=10)
