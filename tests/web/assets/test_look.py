"""The stylesheet: contrasts of WCAG 2.2 AA in light and dark, logical sides only, nothing too young for old phones."""

import re

import pytest

from forum.groups.hues import HUES as GROUPS
from forum.web import assets

SOURCE = re.sub(r"/\*.*?\*/", "", (assets.STATIC / "parvis.css").read_text(), flags=re.S)
LIGHT, DARK = (
    dict(re.findall(r"--(\w+):\s*(#[0-9a-f]{3,6})", block))
    for block in re.findall(r":root \{(.*?)\}", SOURCE, re.S)[:2]
)
HUES = dict(re.findall(r"\.k-(\d) \{ color: (#[0-9a-f]{6}); \}", SOURCE))

TEXTS = [
    ("ink", "paper"),
    ("ink", "card"),
    ("ink", "stone"),
    ("soft", "paper"),
    ("soft", "card"),
    ("soft", "stone"),
    ("accent", "paper"),
    ("accent", "card"),
    ("accent", "stone"),
    ("on", "accent"),
    ("bad", "paper"),
    ("bad", "card"),
    ("bad", "stone"),
    ("paper", "ink"),
]
SIGNS = [
    (sign, ground)
    for sign in ("edge", "agree", "abstain", "disagree", "block", "accent")
    for ground in ("paper", "card", "stone")
]


def tokens(scheme: str) -> dict[str, str]:
    return LIGHT if scheme == "light" else {**LIGHT, **DARK}


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2, glossary)."""
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours (WCAG 2.2, glossary), from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_yardstick_is_right():
    assert contrast("#fff", "#000") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_text_is_legible(scheme, text, ground):
    colours = tokens(scheme)
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("sign", "ground"), SIGNS)
def test_signs_stand_out(scheme, sign, ground):
    colours = tokens(scheme)
    assert contrast(colours[sign], colours[ground]) >= 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("hue", range(10))
def test_the_ten_hues_stand_out_on_both_cards(scheme, hue):
    assert contrast(HUES[str(hue)], tokens(scheme)["card"]) >= 3


@pytest.mark.parametrize("name", GROUPS)
def test_a_group_s_hue_is_as_legible_as_the_site_s_own(name):
    _, light, dark, on = GROUPS[name]
    for scheme, accent, upon in (("light", light, LIGHT["on"]), ("dark", dark, on)):
        assert contrast(upon, accent) >= 4.5
        for ground in ("paper", "card", "stone"):
            assert contrast(accent, tokens(scheme)[ground]) >= 4.5


def test_dark_redefines_every_colour():
    assert set(DARK) == set(LIGHT)


def test_the_browser_bar_has_the_colour_of_the_page(look):
    source = look.jinja_env.loader.get_source(look.jinja_env, "layouts/base.html")[0]
    assert f'content="{LIGHT["paper"]}" media="(prefers-color-scheme:light)"' in source
    assert f'content="{DARK["paper"]}" media="(prefers-color-scheme:dark)"' in source


@pytest.mark.parametrize(
    "side", [r"(margin|padding|border)-(left|right)", r"[;{]\s*(left|right)\s*:", r"(text-align|float):\s*(left|right)"]
)
def test_start_and_end_are_named_never_left_and_right(side):
    assert not re.search(side, SOURCE)


@pytest.mark.parametrize(
    "young",
    [":has(", "@container", "color-mix", "light-dark", "@layer", "dvh", "svh", "@starting-style", "subgrid", "& "],
)
def test_nothing_younger_than_four_years_without_need(young):
    assert young not in SOURCE


def test_nothing_moves():
    assert not re.search(r"\b(animation|transition)\b", SOURCE)


def test_sizes_follow_the_reader_who_enlarges_text():
    sizes = re.findall(r"font-size:\s*([^;]+);", re.sub(r"\.half (text|\.big) \{.*?\}", "", SOURCE))
    assert sizes
    assert all(size.endswith(("em", "%")) for size in sizes)


def test_every_class_is_told_in_the_page_about_the_look():
    known = set(re.findall(r"\.([a-z][\w-]*)", SOURCE))
    told = (assets.STATIC.parent / "docs" / "look.md").read_text()
    for name in known - {"htmx-request"}:
        assert re.search(rf"\b{name}\b" if not re.match(r"k-\d|l\d", name) else name[:2], told), name
