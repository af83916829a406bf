"""A scale on the page: its items by digit keys, the total as it grows, its band, and how it went before."""

from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pdtdesk.domain.calendar import in_london
from pdtdesk.domain.reception.person import Score
from pdtdesk.domain.reception.scales import Band, OutsideBands, Scale, band_of, score
from pdtdesk.ui.theme import current_theme
from pdtdesk.ui.tokens import Tone
from pdtdesk.ui.widgets.asked import item_spec
from pdtdesk.ui.widgets.card import Card, button
from pdtdesk.ui.widgets.field import Field, build_field
from pdtdesk.ui.widgets.flow import FlowLayout
from pdtdesk.ui.widgets.trend import ScoreTrend, TrendPoint
from pdtdesk.ui.widgets.words import Chip, words


class ScaleCard(Card):
    """One scale. `scored(key, value | None)` under `scale.item`; folded until somebody begins it."""

    scored = Signal(str, object)
    arrived = Signal(str)

    def __init__(
        self,
        scale: Scale,
        bands: tuple[Band, ...],
        now: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(scale.name, "", parent)
        self.heading = scale.name
        self.scale = scale
        self._bands = bands
        self.fields: dict[str, Field] = {}
        self._total = words("", "figure", parent=self)
        self._band = Chip("not begun", Tone.GREY, parent=self)
        self.begin = button("Score", parent=self)
        self.begin.setAccessibleName(f"Score {scale.name}")
        self.begin.clicked.connect(self._on_begin)
        for thing in (self._total, self._band, self.begin):  # folded, a scale is one line of the page
            self.head.addWidget(thing)
        self._body = QWidget(self)
        flow = FlowLayout(self._body, current_theme().space("m"), current_theme().space("s"))
        for item in scale.items:
            field = build_field(item_spec(scale, item), now, self._body)
            field.answered.connect(self._on_answered)
            field.focused.connect(self.arrived)
            self.fields[field.key] = field
            flow.addWidget(field)
        self.add(self._body)
        self._trend = ScoreTrend(scale.name, scale.range[1], self)
        self.add(self._trend)
        self.show_values({}, ())

    def show_values(self, items: Mapping[str, str], before: tuple[Score, ...]) -> None:
        """What is being scored, and the scores taken before in this stay."""
        for key, field in self.fields.items():
            field.set_value(items.get(key))
        taken = [each for each in before if each.scale == self.scale.id]
        points = [each for each in taken if each.total is not None]
        self._trend.setVisible(len(points) > 0)
        self._trend.show_points(
            tuple(
                TrendPoint(
                    f"{in_london(each.taken_at):%H:%M}",
                    each.total or 0,
                    (each.taken_at - points[0].taken_at).total_seconds() / 60,
                )
                for each in points
            )
        )
        self._open(bool(items))
        self._show_total(points[-1] if points and not items else None)
        if taken and taken[-1].total is None and not items:
            self._say("", f"left unfinished at {in_london(taken[-1].taken_at):%H:%M}", Tone.AMBER)

    def unfold(self) -> None:
        """Open the scale and bring the keyboard to its first item."""
        self._on_begin()

    def _open(self, opened: bool) -> None:
        self._body.setVisible(opened)
        self.begin.setVisible(not opened)

    def _on_begin(self) -> None:
        self._open(True)
        next(iter(self.fields.values())).take_focus()

    def _on_answered(self, key: str, value: object) -> None:
        self._show_total(None)
        self.scored.emit(key, value)

    def _show_total(self, latest: Score | None) -> None:
        given = {
            key.partition(".")[2]: int(value)
            for key, field in self.fields.items()
            if (value := field.value()) is not None
        }
        if latest is not None and latest.total is not None:
            self._say(str(latest.total), self._word(latest.total), Tone.GREY)
            return
        if not given:
            self._say("", "not begun", Tone.GREY)
            return
        result = score(self.scale, given)
        if result.total is None:
            self._say(str(result.so_far), f"so far, {len(result.missing)} to go", Tone.GREY)
        else:
            self._say(str(result.total), self._word(result.total), Tone.AMBER)

    def _say(self, total: str, word: str, tone: Tone) -> None:
        self._total.setText(total)
        self._total.setVisible(bool(total))
        self._band.set_word(word, tone)

    def _word(self, total: int) -> str:
        try:
            band = band_of(total, self._bands)
        except OutsideBands:
            return "whole"
        return f"{band.label} {band.from_score}–{band.to_score}"
