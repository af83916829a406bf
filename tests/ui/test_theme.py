"""The window can be read: by day, by night, and at twice the size."""

import re
import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QFontInfo, QFontMetricsF
from PySide6.QtWidgets import QApplication, QLabel

from pdtdesk.ui.theme import TEXT_SCALES, Theme, current_theme, load_fonts
from pdtdesk.ui.theme.stylesheet import stylesheet
from pdtdesk.ui.tokens import BadTokens, Scheme, Tokens, Tone, contrast, load_tokens, too_faint


def test_contrast_is_measured_as_wcag_measures_it() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#005eb8", "#005eb8") == 1.0


def test_every_text_of_the_window_can_be_read_in_light_and_dark(tokens: Tokens) -> None:
    assert too_faint(tokens) == ()


def test_a_dose_is_held_to_seven_to_one(tokens: Tokens) -> None:
    doses = [pair for pair in tokens.pairs if pair.text == "dose"]
    assert doses
    assert all(pair.least >= 7 for pair in doses)


def test_a_grey_that_cannot_be_read_is_found(tokens: Tokens) -> None:
    faint = {**tokens.colours[Scheme.LIGHT], "muted": "#9aa5b1"}
    spoiled = replace(tokens, colours={**tokens.colours, Scheme.LIGHT: faint})
    assert any("light: muted on card" in sentence for sentence in too_faint(spoiled))


def test_every_tone_has_its_own_readable_word(tokens: Tokens) -> None:
    named = {(pair.text, pair.on) for pair in tokens.pairs}
    assert all((f"{tone}_text", tone.value) in named for tone in Tone)


def test_every_colour_that_the_sheet_writes_with_stands_in_a_tested_pair(tokens: Tokens) -> None:
    sheet = stylesheet(Theme(tokens))
    inks = set(re.findall(r"(?:^|[{;\s])color: (#[0-9a-f]{6})", sheet))
    tested = {tokens.colours[Scheme.LIGHT][pair.text] for pair in tokens.pairs}
    assert inks - tested <= {tokens.colours[Scheme.LIGHT]["disabled"], tokens.colours[Scheme.LIGHT]["act"]}


def test_figures_stand_under_each_other(theme: Theme) -> None:
    metrics = QFontMetricsF(theme.font())
    assert len({metrics.horizontalAdvance(figure) for figure in "0123456789"}) == 1


def test_figures_stand_under_each_other_in_a_label_too() -> None:
    label = QLabel("1")
    label.ensurePolished()
    metrics = label.fontMetrics()
    assert metrics.horizontalAdvance("1111") == metrics.horizontalAdvance("0000")


def test_the_bundled_face_is_used_and_may_be_given_away(theme: Theme, theme_folder: Path) -> None:
    assert "Inter" in load_fonts(theme_folder)
    assert QFontInfo(theme.font()).family() == "Inter"
    assert "SIL OPEN FONT LICENSE Version 1.1" in (theme_folder / "fonts" / "OFL.txt").read_text(encoding="utf-8")


def test_text_grows_to_twice_its_size_at_run_time(dress: Callable[..., Theme]) -> None:
    label = QLabel("55 mg")
    label.show()
    before = label.sizeHint().width()
    dress(text_scale=2.0)
    assert label.sizeHint().width() >= 1.9 * before
    label.close()


def test_the_ladder_of_sizes_ends_at_both_ends(tokens: Tokens) -> None:
    theme = Theme(tokens)
    steps = [theme := theme.larger() for _ in range(6)]
    assert [step.text_scale for step in steps] == [1.25, 1.5, 1.75, 2.0, 2.0, 2.0]
    assert Theme(tokens).smaller().text_scale == TEXT_SCALES[0]
    with pytest.raises(ValueError, match="200 %"):
        Theme(tokens, text_scale=2.5)


def test_night_and_day_change_the_whole_window_at_once(qapp: QApplication, dress: Callable[..., Theme]) -> None:
    dark = dress(Scheme.DARK)
    assert current_theme() is dark
    assert qapp.palette().window().color().name() == dark.hex("ground")
    assert current_theme().with_scheme(Scheme.LIGHT).hex("ground") != dark.hex("ground")


@pytest.mark.parametrize("scale", TEXT_SCALES)
@pytest.mark.parametrize("scheme", list(Scheme))
def test_the_sheet_is_whole_for_every_scheme_and_size(tokens: Tokens, scheme: Scheme, scale: float) -> None:
    sheet = stylesheet(Theme(tokens, scheme, scale))
    assert "$" not in sheet
    assert sheet.count("{") == sheet.count("}")


def test_tokens_that_name_a_colour_only_by_day_are_refused(theme_folder: Path, tmp_path: Path) -> None:
    text = (theme_folder / "tokens.toml").read_text(encoding="utf-8")
    assert "light" in tomllib.loads(text)
    (tmp_path / "tokens.toml").write_text(text.replace("[dark]\n", "[dark]\nodd = '#ffffff'\n"), encoding="utf-8")
    with pytest.raises(BadTokens, match="only one has odd"):
        load_tokens(tmp_path)


def test_a_missing_file_of_tokens_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadTokens, match="install PDT Desk again"):
        load_tokens(tmp_path)
