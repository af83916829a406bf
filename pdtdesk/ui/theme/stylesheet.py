"""The one sheet of styles, written from the tokens.

Widgets say what they are with two dynamic properties: `kind` (card, chip, heading, primary...) and `state`
(error, prefill, notasked...) or `tone`. Nothing else in the window sets a colour or a size.
"""

from string import Template
from typing import Protocol

from pdtdesk.ui.tokens import Tokens, Tone


class Measures(Protocol):
    """What the sheet needs to know of a theme."""

    @property
    def tokens(self) -> Tokens: ...
    def hex(self, name: str) -> str: ...
    def text_px(self, name: str = ...) -> int: ...
    def size(self, name: str) -> int: ...
    def radius(self, name: str) -> int: ...


_GROUND = """
QMainWindow, QWidget[kind="ground"] { background: $ground; }
QToolTip { background: $card; color: $text; border: 1px solid $edge; padding: ${pad_y}px ${pad_x}px; }
QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget[kind="body"] { background: transparent; }
QFrame[kind="card"], QFrame[kind="panel"] {
  background: $card; border: 1px solid $line; border-radius: ${r_card}px; }
QFrame[kind="card"][chosen="true"] { border: 2px solid $act; }
QFrame[kind="popup"] { background: $card; border: 1px solid $edge; border-radius: ${r_control}px; }
QFrame[kind="rule"] { background: $line; border: none; max-height: 1px; min-height: 1px; }
"""

_TEXT = """
QLabel { background: transparent; }
QLabel[kind="title"] { font-size: ${t_name}px; font-weight: 700; color: $heading; }
QLabel[kind="heading"] { font-weight: 600; color: $heading; }
QLabel[kind="strong"] { font-weight: 600; }
QLabel[kind="name"] { font-size: ${t_name}px; font-weight: 600; color: $heading; }
QLabel[kind="number"] { font-weight: 600; color: $muted; }
QLabel[kind="muted"] { color: $muted; }
QLabel[kind="note"] { color: $muted; font-weight: 500; font-size: ${t_small}px; }
QLabel[kind="small"] { color: $muted; font-size: ${t_small}px; }
QLabel[kind="ghost"] { color: $ghost; font-size: ${t_small}px; }
QLabel[kind="figure"] { font-size: ${t_figure}px; font-weight: 700; color: $dose; }
QLabel[kind="dose"] { font-weight: 600; color: $dose; }
QLabel[kind="to-give"] { font-size: ${t_dose}px; font-weight: 700; color: $dose; }
QLabel[kind="error"] { color: $red_text; font-size: ${t_small}px; font-weight: 500; }
QLabel[kind="kbd"] { color: $muted; font-size: ${t_small}px; border: 1px solid $line;
  border-radius: ${r_chip}px; padding: 0px ${chip_y}px; }
"""

_BUTTONS = """
QPushButton { background: $card; color: $heading; border: 1px solid $edge; border-radius: ${r_control}px;
  padding: ${pad_y1}px ${pad_x2}px; font-weight: 600; }
QPushButton:hover { background: $hover; }
QPushButton:focus { border: ${focus_w}px solid $focus; padding: ${pad_y1f}px ${pad_x2f}px; }
QPushButton:disabled { color: $disabled; border-color: $line; }
QPushButton[kind="primary"] { background: $act; color: $act_text; border: 1px solid $act; }
QPushButton[kind="primary"]:hover { background: $act_hover; }
QPushButton[kind="primary"]:focus { border: ${focus_w}px solid $focus; }
QPushButton[kind="primary"]:disabled { background: $grey; color: $grey_text; border-color: $grey; }
QPushButton[kind="danger"] { background: $danger; color: $danger_text; border: 1px solid $danger; }
QPushButton[kind="danger"]:hover { background: $danger_hover; }
QPushButton[kind="danger"]:focus { border: ${focus_w}px solid $focus; }
QPushButton[kind="link"] { background: transparent; color: $link; border: 1px solid transparent;
  padding: 0px; font-size: ${t_small}px; font-weight: 400; text-decoration: underline; text-align: left; }
QPushButton[kind="link"]:hover { color: $act; }
QPushButton[kind="link"]:focus { border: 1px solid $focus; background: $focus_ground; }
QPushButton[kind="segment"], QPushButton[kind="check"] { font-weight: 500; color: $input_text;
  background: $input; padding: ${pad_y}px ${pad_x}px; }
QPushButton[kind="reason"] { font-weight: 500; color: $input_text; text-align: left;
  padding: ${pad_y}px ${pad_x}px; border-color: $line; }
QPushButton[kind="reason"]:checked { background: $chosen; color: $chosen_text; }
QPushButton[kind="reason"]:focus { border: ${focus_w}px solid $focus; background: $focus_ground;
  padding: ${pad_yf}px ${pad_xf}px; }
QPushButton[kind="segment"]:focus, QPushButton[kind="check"]:focus {
  border: ${focus_w}px solid $focus; padding: ${pad_yf}px ${pad_xf}px; }
QPushButton[kind="segment"]:hover, QPushButton[kind="check"]:hover { background: $hover; }
QPushButton[kind="segment"]:checked, QPushButton[kind="check"]:checked {
  background: $act; color: $act_text; border-color: $act; font-weight: 600; }
QPushButton[kind="segment"]:checked:focus, QPushButton[kind="check"]:checked:focus { border-color: $focus; }
QPushButton[state="prefill"]:checked {
  background: $prefill; color: $prefill_text; border-color: $blue_line; font-weight: 600; }
QPushButton[state="error"] { border-color: $red_text; }
QPushButton[kind="segment"]:disabled, QPushButton[kind="check"]:disabled {
  background: $read_only; color: $disabled; }
QPushButton[kind="segment"]:checked:disabled, QPushButton[kind="check"]:checked:disabled {
  background: $grey; color: $grey_text; border-color: $grey_line; }
"""

_INPUTS = """
QLineEdit, QPlainTextEdit, QComboBox { background: $input; color: $input_text; border: 1px solid $edge;
  border-radius: ${r_control}px; padding: ${pad_y}px ${pad_x}px;
  selection-background-color: $act; selection-color: $act_text; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus { border: ${focus_w}px solid $focus;
  background: $focus_ground; padding: ${pad_yf}px ${pad_xf}px; }
QLineEdit[state="prefill"], QPlainTextEdit[state="prefill"], QComboBox[state="prefill"] {
  background: $prefill; color: $prefill_text; border-color: $blue_line; }
QLineEdit[state="prefill"]:focus, QPlainTextEdit[state="prefill"]:focus, QComboBox[state="prefill"]:focus {
  border-color: $focus; }
QLineEdit[state="error"], QPlainTextEdit[state="error"], QComboBox[state="error"] { border-color: $red_text; }
QLineEdit[state="notasked"], QPlainTextEdit[state="notasked"], QComboBox[state="notasked"] {
  border-style: dashed; }
QLineEdit:read-only, QPlainTextEdit:read-only { background: $read_only; border-color: $line; }
QLineEdit[readOnly="true"]:focus, QPlainTextEdit[readOnly="true"]:focus { border-color: $focus; }
QLineEdit[kind="search"] { background: $ground; border-color: $line; }
QLineEdit[kind="search"]:focus { background: $input; border-color: $focus; }
QLineEdit, QPlainTextEdit { placeholder-text-color: $ghost; }
QComboBox[ghost="true"] { color: $ghost; }
QComboBox:disabled { background: $read_only; color: $input_text; border-color: $line; }
QComboBox::drop-down { border: none; width: ${icon}px; padding-right: ${chip_y}px; }
QComboBox::down-arrow { image: url("$folder/icons/chevron.svg"); width: ${t_small}px; height: ${t_small}px; }
QComboBox QAbstractItemView { background: $card; color: $text; border: 1px solid $edge; outline: none;
  selection-background-color: $chosen; selection-color: $chosen_text; }
QComboBox QAbstractItemView::item { padding: ${pad_y}px ${pad_x}px; min-height: ${t_large}px; }
"""

_LISTS = """
QListView, QTableView { background: $card; border: 1px solid transparent; outline: none;
  alternate-background-color: $card; gridline-color: $line; selection-background-color: $chosen;
  selection-color: $chosen_text; }
QListView:focus, QTableView:focus { border: 1px solid $focus; border-radius: ${r_control}px; }
QTableView::item { padding: ${pad_y}px ${pad_x}px; border-bottom: 1px solid $line; }
QTableView::item:selected { background: $chosen; color: $chosen_text; }
QHeaderView { background: $card; border: none; font-size: ${t_small}px; font-weight: 600; }
QHeaderView::section { background: $card; color: $muted; font-weight: 600; font-size: ${t_small}px;
  border: none; border-bottom: 1px solid $line; padding: ${pad_y}px ${pad_x}px; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: ${scroll_bar}px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: ${scroll_bar}px; margin: 0; }
QScrollBar::handle { background: $grey_line; border-radius: ${r_chip}px; margin: 2px; }
QScrollBar::handle:vertical { min-height: ${t_name}px; }
QScrollBar::handle:horizontal { min-width: ${t_name}px; }
QScrollBar::handle:hover { background: $edge; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { background: $grey; color: $grey_text; border: none; border-radius: ${r_chip}px;
  text-align: center; font-size: ${t_small}px; }
QProgressBar::chunk { background: $blue_line; border-radius: ${r_chip}px; }
"""

_SHELL = """
QFrame[kind="rail"] { background: $rail; border: none; }
QPushButton[kind="rail"] { background: transparent; color: $rail_text; border: ${focus_w}px solid transparent;
  border-radius: ${r_control}px; padding: ${pad_y1}px ${pad_y1}px; text-align: left; font-weight: 500; }
QPushButton[kind="rail"]:hover { background: $rail_hover; }
QPushButton[kind="rail"]:checked { background: $rail_chosen; color: $rail_chosen_text; font-weight: 600; }
QPushButton[kind="rail"]:focus { border: ${focus_w}px solid $focus; padding: ${pad_y1}px ${pad_y1}px; }
QLabel[kind="count"] { background: $rail_count; color: $rail_count_text; font-size: ${t_small}px;
  font-weight: 600; border-radius: ${count_r}px; padding: ${chip_y}px ${chip_x}px; }
QLabel[kind="count"][chosen="true"] { background: $act; color: $act_text; }
QFrame[kind="topbar"] { background: $card; border: none; border-bottom: 1px solid $line; }
QFrame[kind="status"] { background: $card; border: none; border-top: 1px solid $line; }
QFrame[kind="banner"] { background: $card; border: 1px solid $line; border-left: ${banner_w}px solid $act;
  border-radius: ${r_card}px; }
QLabel[kind="product"] { font-weight: 700; color: $heading; }
"""

_TONE = """
QLabel[kind="chip"][tone="$tone"] { background: ${tint}; color: ${ink}; }
QFrame[kind="notice"][tone="$tone"] { background: ${tint}; border: 1px solid ${edge};
  border-radius: ${r_control}px; }
QFrame[kind="notice"][tone="$tone"] QLabel { color: ${ink}; }
"""

_CHIP = """
QLabel[kind="chip"] { font-size: ${t_small}px; font-weight: 600; border-radius: ${r_chip}px;
  padding: ${chip_y}px ${chip_x}px; }
QLabel[kind="demo"] { font-size: ${t_small}px; font-weight: 700; background: $amber; color: $amber_text;
  border: 1px solid $amber_line; border-radius: ${r_chip}px; padding: ${chip_y}px ${chip_x}px; }
"""


class _Colours(dict[str, str]):
    """Looks a name up in the theme's colours when it is no measure."""

    def __init__(self, theme: Measures, measures: dict[str, str]) -> None:
        super().__init__(measures)
        self._theme = theme

    def __missing__(self, name: str) -> str:
        return self._theme.hex(name)


def _measures(theme: Measures) -> dict[str, str]:
    pad_y, pad_x = theme.size("pad_y"), theme.size("pad_x")
    thicker = theme.size("focus") - theme.size("border")
    numbers = {
        "t_base": theme.text_px("base"),
        "t_small": theme.text_px("small"),
        "t_large": theme.text_px("large"),
        "t_name": theme.text_px("name"),
        "t_figure": theme.text_px("figure"),
        "t_dose": theme.text_px("dose"),
        "r_chip": theme.radius("chip"),
        "r_control": theme.radius("control"),
        "r_card": theme.radius("card"),
        "pad_y": pad_y,
        "pad_x": pad_x,
        "pad_y1": pad_y + 2,
        "pad_x2": pad_x + 5,
        # the outline in hand is thicker than the edge: the padding gives way so that nothing moves
        "pad_yf": max(pad_y - thicker, 0),
        "pad_xf": max(pad_x - thicker, 0),
        "pad_y1f": pad_y + 2 - thicker,
        "pad_x2f": pad_x + 5 - thicker,
        "focus_w": theme.size("focus"),
        "chip_y": theme.size("chip_y"),
        "chip_x": theme.size("chip_x"),
        "icon": theme.size("icon"),
        "scroll_bar": theme.size("scroll_bar"),
        "count_r": theme.text_px("small") // 2 + theme.size("chip_y"),
        "banner_w": theme.size("chip_y") * 2,
    }
    return {name: str(number) for name, number in numbers.items()} | {"folder": theme.tokens.folder.as_posix()}


def stylesheet(theme: Measures) -> str:
    """Every style of the window for one theme, as one QSS text."""
    names = _Colours(theme, _measures(theme))
    whole = "".join((_GROUND, _TEXT, _BUTTONS, _INPUTS, _LISTS, _SHELL, _CHIP))
    parts = [Template(whole).substitute(names)]
    for tone in Tone:
        inks = {
            "tone": tone.value,
            "tint": theme.hex(tone.value),
            "ink": theme.hex(f"{tone}_text"),
            "edge": theme.hex(f"{tone}_line"),
            "r_control": str(theme.radius("control")),
        }
        parts.append(Template(_TONE).substitute(inks))
    return "".join(parts)
