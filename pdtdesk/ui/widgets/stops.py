"""Where the keyboard goes next: the order in which a page is asked aloud, by Enter or by Tab."""

from collections.abc import Iterable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget

from pdtdesk.ui.widgets.inputs.base import Input


def takes_the_keyboard(widget: QWidget) -> bool:
    """Whether Tab may stop here now."""
    return (
        widget.isEnabled()
        and widget.isVisibleTo(widget.window())
        and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and widget.focusProxy() is None
    )


def next_stop(start: QWidget, within: QWidget, step: int) -> QWidget | None:
    """The next (or previous) widget on the focus chain that is not part of `within`; None when there is none."""
    here: QWidget | None = start
    while here is not None:
        here = here.nextInFocusChain() if step > 0 else here.previousInFocusChain()
        if here is None or here is start:
            return None
        if here is within or within.isAncestorOf(here):
            continue
        if takes_the_keyboard(here):
            return here
    return None


def bring_into_sight(widget: QWidget) -> None:
    """Scroll the page until whatever has the keyboard can be seen, with a little room around it."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            room = widget.fontMetrics().lineSpacing()
            above.ensureWidgetVisible(widget, room, room)
        above = above.parentWidget()


def move_on(start: QWidget, within: QWidget, step: int) -> bool:
    """Carry the keyboard to the next stop, and bring it into sight; False at the end of the page."""
    there = next_stop(start, within, step)
    if there is None:
        return False
    reason = Qt.FocusReason.TabFocusReason if step > 0 else Qt.FocusReason.BacktabFocusReason
    there.setFocus(reason)
    bring_into_sight(there)
    return True


def chain(widgets: Iterable[QWidget | Input]) -> None:
    """Let Tab and Enter go through these in this order; inputs by their first stop."""
    before: QWidget | None = None
    for widget in widgets:
        for stop in widget.targets() if isinstance(widget, Input) else (widget,):
            if before is not None:
                QWidget.setTabOrder(before, stop)
            before = stop


def chain_as_laid_out(page: QWidget) -> None:
    """Let Tab go over a page as it is put together: card by card, whatever was made first or made anew since."""
    chain(_as_laid_out(page))


def _as_laid_out(widget: QWidget) -> Iterator[QWidget]:
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield widget
    if isinstance(widget, QScrollArea):
        inside = widget.widget()
        if inside is not None:
            yield from _as_laid_out(inside)
    elif (layout := widget.layout()) is not None:
        yield from _laid_in(layout)


def _laid_in(layout: QLayout) -> Iterator[QWidget]:
    for at in range(layout.count()):
        item = layout.itemAt(at)
        if item is None:
            continue
        if (widget := item.widget()) is not None:
            yield from _as_laid_out(widget)
        elif (inner := item.layout()) is not None:
            yield from _laid_in(inner)
